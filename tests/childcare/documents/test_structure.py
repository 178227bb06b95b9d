"""What is printed where, by NĐ 30/2020: numbers, days, punctuation, heads of tables."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.documents.plain import as_json, texts
from childcare.documents.structure import (
    AdminDocument,
    Annex,
    Bullets,
    Column,
    HeadCell,
    Heading,
    Issuer,
    Paragraph,
    Signer,
    Table,
    balanced,
    day_text,
    listed,
    paragraphs,
    roman,
)
from tests.childcare.documents import samples

NBSP = "\u00a0"


def document(**fields):
    return AdminDocument(
        **{"subject": "Kết quả", "issuer": samples.NAM_SON, "notation": "BC-UBND", "place": "Nam Sơn", **fields}
    )


@pytest.mark.parametrize(
    ("number", "line"),
    [("5", "Số: 05/BC-UBND"), ("05", "Số: 05/BC-UBND"), (7, "Số: 07/BC-UBND"), ("127", "Số: 127/BC-UBND"), ("12a", "Số: 12a/BC-UBND"), ("", f"Số:{NBSP * 5}/BC-UBND")],
)  # fmt: skip
def test_a_number_below_ten_has_a_leading_zero_and_a_missing_one_leaves_room(number, line):
    assert document(number=number).number_line == line


def test_a_sign_has_no_spaces_around_its_strokes():
    assert document(number="12", notation="UBND - VX").number_line == "Số: 12/UBND-VX"


@pytest.mark.parametrize("number", ["05/BC", "năm", "-3", "1.000", "<b>"])
def test_a_number_that_is_none_is_refused_with_a_sentence(number):
    with pytest.raises(ValueError, match="không phải là số văn bản"):
        document(number=number)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 5, 9), "ngày 09 tháng 5 năm 2024"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024"),
        (date(2024, 2, 1), "ngày 01 tháng 02 năm 2024"),
        (date(2024, 3, 10), "ngày 10 tháng 3 năm 2024"),
        (date(2024, 12, 5), "ngày 05 tháng 12 năm 2024"),
    ],
)
def test_days_below_ten_and_the_months_one_and_two_have_a_leading_zero(day, text):
    assert day_text(day) == text


def test_a_missing_day_leaves_room_and_keeps_the_year():
    assert document(year=2024).place_line == f"Nam Sơn, ngày{NBSP * 4}tháng{NBSP * 4}năm 2024"
    assert document().place_line.endswith(f"năm {NBSP * 6}")


@pytest.mark.parametrize("end", ["", ".", ";", "./.", " ./.", "…".replace("…", "")])
def test_the_text_ends_with_the_mark_exactly_once(end):
    assert document(blocks=[Paragraph(f"Trân trọng báo cáo{end}")]).blocks[-1].text == "Trân trọng báo cáo./."


def test_the_mark_follows_the_last_item_of_a_list():
    assert document(blocks=[Bullets(["a;", "b."])]).blocks[-1].lines == ("- a;", "- b./.")


def test_after_a_table_the_mark_has_a_line_of_its_own():
    table = Table([Column("TT")], [[1]])
    assert [getattr(block, "text", None) for block in document(blocks=[table]).blocks] == [None, "./."]


def test_a_stored_plan_may_end_as_it_is():
    assert document(blocks=[Paragraph("Hết")], closing=False).blocks[-1].text == "Hết"


def test_a_document_without_text_has_no_mark():
    assert document().blocks == ()


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_whatever_the_text_it_ends_with_one_mark(lines):
    blocks = document(blocks=[Paragraph(line) for line in lines]).blocks
    assert not blocks or (blocks[-1].text.endswith("./.") and not blocks[-1].text.endswith("./../."))


def test_recipients_begin_with_nhu_tren_and_end_with_luu():
    found = document(addressees=["UBND quận Kiến An"], recipients=["- UBND quận (để b/c);", "Công an phường"]).recipient_lines
    assert found == ("- Như trên;", "- UBND quận (để b/c);", "- Công an phường;", "- Lưu: VT.")


def test_recipients_that_are_complete_stay_as_they_are():
    found = document(addressees=["A"], recipients=["Như trên", "Lưu: VT, LĐTBXH."]).recipient_lines
    assert found == ("- Như trên;", "- Lưu: VT, LĐTBXH.")


def test_without_kinh_gui_nobody_is_nhu_tren():
    assert document(recipients=["Các phường"]).recipient_lines == ("- Các phường;", "- Lưu: VT.")


def test_no_recipients_no_list():
    assert document().recipient_lines == ()


def test_one_addressee_stands_on_the_line_several_below_it():
    assert document(addressees=["UBND quận."]).addressee_lines == ("Kính gửi: UBND quận",)
    assert document(addressees=["Sở Y tế", "UBND quận"]).addressee_lines == ("Kính gửi:", "- Sở Y tế;", "- UBND quận.")


def test_bases_are_divided_by_semicolons_and_closed_by_a_full_stop():
    assert document(bases=["Luật Trẻ em;", "Nghị định số 56/2017/NĐ-CP"]).base_lines == (
        "Luật Trẻ em;",
        "Nghị định số 56/2017/NĐ-CP.",
    )


def test_several_annexes_have_roman_numbers_one_has_none():
    two = document(annexes=[Annex("A"), Annex("B")])
    assert (two.annex_label(0), two.annex_label(1)) == ("Phụ lục I", "Phụ lục II")
    assert document(annexes=[Annex("A")]).annex_label(0) == "Phụ lục"


@pytest.mark.parametrize(("value", "text"), [(1, "I"), (4, "IV"), (7, "VII"), (9, "IX"), (14, "XIV"), (29, "XXIX")])
def test_roman_numbers(value, text):
    assert roman(value) == text


def test_the_note_of_an_annex_is_made_from_the_document():
    doc = document(number="5", day=date(2024, 5, 9))
    assert (
        doc.annex_note(Annex("A"))
        == "(Kèm theo Báo cáo số 05/BC-UBND ngày 09 tháng 5 năm 2024 của Ủy ban nhân dân phường Nam Sơn)"
    )
    assert doc.annex_note(Annex("A", note="Số liệu đến 30/4/2024")) == "(Số liệu đến 30/4/2024)"


def test_the_title_of_the_file_says_kind_and_number_only():
    doc = document(kind="QUYẾT ĐỊNH", subject="Trợ giúp cháu Nguyễn Thị Hoà", number="3", notation="QĐ-UBND")
    assert doc.file_title == "Quyết định 03/QĐ-UBND"


def test_a_letter_says_what_it_is_about():
    assert document(kind="", subject="rà soát trẻ em").about_line == "V/v rà soát trẻ em"
    assert document(kind="", subject="V/v rà soát").about_line == "V/v rà soát"


def test_text_comes_out_composed_and_in_one_line():
    assert Paragraph("Hoa\u0300\n  Bi\u0300nh\u200b").text == "Hoà Bình"


def test_a_heading_knows_four_levels():
    with pytest.raises(ValueError):
        Heading("I. A", 4)


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="row 1 has 1 cells"):
        Table([Column("A"), Column("B")], [[1, 2], [1]])


def test_a_head_of_two_rows_says_where_each_cell_lies():
    table = Table([Column("")] * 3, [], head_rows=[[HeadCell("TT", down=2), HeadCell("Trong đó", across=2)], ["Nam", "Nữ"]])
    assert [(row, column, cell.text) for row, column, cell in table.head_grid()] == [
        (0, 0, "TT"),
        (0, 1, "Trong đó"),
        (1, 1, "Nam"),
        (1, 2, "Nữ"),
    ]


@pytest.mark.parametrize(
    "head", [[["A"]], [["A", "B", "C"]], [[HeadCell("A", across=2)], ["B"]], [[HeadCell("A", down=2), "B"]]]
)
def test_a_head_with_holes_or_too_wide_is_refused(head):
    with pytest.raises(ValueError):
        Table([Column("A"), Column("B")], [], head_rows=head)


def test_the_last_row_may_be_named_as_total_from_the_end():
    assert Table([Column("A")], [[1], [2]], total_rows={-1}).total_rows == {1}


def test_numbers_in_cells_are_printed_as_people_here_write_them():
    rows = as_json(document(blocks=[Table([Column("A")] * 4, [[1234, Decimal("98.2"), 0, None]])]))["blocks"][0]["table"]
    assert rows == [["1.234", "98,2", "0", ""]]


def test_a_long_title_is_divided_in_lines_of_much_the_same_length():
    assert balanced("Kết quả công tác trẻ em 6 tháng đầu năm 2024 trên địa bàn quận Kiến An", 64) == (
        "Kết quả công tác trẻ em 6 tháng đầu",
        "năm 2024 trên địa bàn quận Kiến An",
    )
    assert balanced("Ngắn", 64) == ("Ngắn",)


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(5, 80))
def test_dividing_a_title_loses_no_word(text, limit):
    clean = Paragraph(text).text
    assert " ".join(balanced(clean, limit)).split() == clean.split()


def test_issuer_signer_and_marks_are_in_capitals():
    doc = document(
        issuer=Issuer("UBND quận Kiến An", "UBND\nphường Nam Sơn"),
        signer=Signer(["TM. Ủy ban", "Chủ tịch"], "Lê Lan"),
        marks=["Lưu hành nội bộ"],
    )
    assert doc.issuer.name_lines == ("UBND", "PHƯỜNG NAM SƠN")
    assert doc.signer.lines == ("TM. ỦY BAN", "CHỦ TỊCH") and doc.marks == ("LƯU HÀNH NỘI BỘ",)


def test_the_long_name_of_an_issuer_is_divided():
    assert Issuer("ỦY BAN NHÂN DÂN QUẬN KIẾN AN").parent_lines == ("ỦY BAN NHÂN DÂN", "QUẬN KIẾN AN")


def test_typed_text_becomes_paragraphs_and_lists():
    assert paragraphs("Trong kỳ:\n- một;\n– hai.\n\nHết.") == [
        Paragraph("Trong kỳ:"),
        Bullets(["một;", "hai."]),
        Paragraph("Hết."),
    ]
    assert paragraphs("") == paragraphs(None) == []


def test_a_list_leaves_empty_items_out():
    assert listed(["a", " ", "b,"]) == ("- a;", "- b.")


def test_the_texts_are_in_reading_order():
    found = texts(samples.one_page())
    assert found[:7] == [
        "ỦY BAN NHÂN DÂN", "QUẬN KIẾN AN", "ỦY BAN NHÂN DÂN", "PHƯỜNG NAM SƠN", "Số: 05/BC-UBND", "Nam Sơn, ngày 09 tháng 5 năm 2024", "BÁO CÁO",
    ]  # fmt: skip
    assert found[-4:] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Thị Lan"]
