"""The layout of NĐ 30/2020 to the millimetre, looked up in the PDF itself."""

import io
import resource
import string
import unicodedata
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from childcare.documents import pdf
from childcare.documents.docx import render_docx
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import AdminDocument, Annex, Bullets, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.documents.templatetags.documents import in_face, letters
from tests.childcare.documents import samples
from tests.childcare.documents.looking import Piece, pages

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = [
    unicodedata.normalize("NFC", letter + tone) for base in VOWELS for letter in (base, base.upper()) for tone in TONES
] + ["đ", "Đ"]


@pytest.fixture(scope="module")
def short():
    return pages(render_pdf(samples.one_page()))


@pytest.fixture(scope="module")
def long():
    return pages(render_pdf(samples.report()))


@pytest.fixture(scope="module")
def many_rows():
    return pages(render_pdf(samples.annex_300()))


def test_the_page_is_a4_with_margins_20_20_30_20(long):
    page = long[0]
    assert (round(page.wide), round(page.high)) == (210, 297)
    ink = [char for page in long[:7] for char in page.chars if char["text"].strip() and char["top"] > 51]
    assert min(char["x0"] for char in ink) / 72 * 25.4 == pytest.approx(30, abs=0.6)
    assert 210 - max(char["x1"] for char in ink) / 72 * 25.4 == pytest.approx(20, abs=0.6)
    assert min(char["top"] for char in ink) / 72 * 25.4 == pytest.approx(20, abs=1.5)
    assert max(char["bottom"] for char in ink) / 72 * 25.4 <= 277.2


def test_the_national_name_and_the_motto_with_a_rule_as_long_as_its_text(short):
    name, motto = short[0].find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), short[0].find("Độc lập - Tự do - Hạnh phúc")
    assert (name.size, motto.size) == (12, 13) and name.bold and motto.bold and not name.italic
    assert name.middle == pytest.approx(motto.middle, abs=0.3)
    rule = next(rule for rule in short[0].rules if 0 < rule[1] - motto.bottom < 2)
    assert rule[2] == pytest.approx(motto.length, abs=0.6) and rule[0] == pytest.approx(motto.left, abs=0.4)


def test_the_issuer_with_a_rule_of_a_third_to_a_half(short):
    parent, name = short[0].find("QUẬN KIẾN AN"), short[0].find("PHƯỜNG NAM SƠN")
    first = short[0].find("ỦY BAN NHÂN DÂN")
    assert (parent.size, name.size) == (12, 12) and name.bold and not parent.bold
    rule = next(rule for rule in short[0].rules if 0 < rule[1] - name.bottom < 2 and rule[0] < 105)
    assert 1 / 3 <= rule[2] / max(name.length, first.length) <= 1 / 2
    assert rule[0] + rule[2] / 2 == pytest.approx(name.middle, abs=0.4)


def test_number_and_place_stand_on_one_line_under_their_columns(short):
    number, place = short[0].find("Số: 05/BC-UBND"), short[0].find("Nam Sơn, ngày 09 tháng 5 năm 2024")
    assert (number.size, place.size) == (13, 13) and place.italic and not number.italic
    assert number.top == pytest.approx(place.top, abs=0.2)
    assert number.middle == pytest.approx(short[0].find("PHƯỜNG NAM SƠN").middle, abs=0.4)
    assert place.middle == pytest.approx(short[0].find("CỘNG HÒA").middle, abs=0.4)


def test_a_number_and_a_day_that_are_missing_leave_room():
    page = pages(render_pdf(samples.printed_list()))[0]
    assert page.find("/DS-UBND") and page.find("năm 2024")
    gap = next(char for char in page.chars if char["text"] == "/")["x0"] - page.find(":").left
    assert gap > 0


def test_the_title_is_bold_centred_and_ruled(short):
    kind, subject = short[0].find("BÁO CÁO"), short[0].find("Kết quả công tác trẻ em")
    assert kind.size == subject.size == 14 and kind.bold and subject.bold
    assert [kind.middle, subject.middle] == pytest.approx([110, 110], abs=0.4)
    rule = next(rule for rule in short[0].rules if 0 < rule[1] - subject.bottom < 3)
    assert 1 / 3 <= rule[2] / subject.length <= 1 / 2


def test_the_body_is_14_justified_with_a_first_line_of_one_centimetre(long):
    lines = [word for word in long[1].words if word["text"].startswith("24,1% dân số")]
    first = [word for word in long[1].words if word["text"].startswith("Toàn phường")]
    assert {round(word["size"]) for word in lines} == {14}
    assert {round(word["x0"] / 72 * 25.4) for word in first} == {40}
    assert all(word["x1"] / 72 * 25.4 == pytest.approx(190, abs=0.4) for word in first)
    above = next(word for word in long[1].words if word["text"].startswith("- Tổ dân phố số 1"))
    below = next(word for word in long[1].words if word["text"].startswith("- Tổ dân phố số 2"))
    assert below["top"] - above["bottom"] >= 6


def test_recipients_and_signer_stand_side_by_side(short):
    page = short[0]
    copies, capacity, name = page.find("Nơi nhận:"), page.find("TM. ỦY BAN NHÂN DÂN"), page.find("Phạm Thị Lan")
    assert copies.size == 12 and copies.bold and copies.italic and copies.left == pytest.approx(30, abs=0.5)
    assert page.find("- Lưu: VT.").size == 11 and not page.find("- Lưu: VT.").bold
    assert capacity.size == name.size == 14 and capacity.bold and name.bold
    assert abs(capacity.top - copies.top) < 2
    assert capacity.middle == pytest.approx(name.middle, abs=0.4) and 20 <= name.top - page.find("PHÓ CHỦ TỊCH").bottom <= 40


@pytest.mark.parametrize("lines", range(18, 40))
def test_the_signature_is_never_alone_on_a_page(lines):
    blocks = [Paragraph(f"Dòng {line}.") for line in range(lines)] + [Paragraph(samples.SENTENCE)]
    doc = replace(samples.one_page(), blocks=blocks)
    last = pages(render_pdf(doc))[-1]
    assert last.shows("Nơi nhận:") and last.shows("Phạm Thị Lan")
    assert sum(word["top"] < last.find("Nơi nhận:").top * 72 / 25.4 - 5 and word["top"] > 51 for word in last.words) >= 2


@pytest.mark.parametrize("lines", range(16, 32, 2))
def test_signatures_have_text_above_them_not_only_who_printed_it(lines):
    """In the PDF by what stands on the last page, in Word by what is kept with it."""
    blocks = [*(Paragraph(f"Dòng {line}.") for line in range(lines)), Paragraph("Người in: An.", italic=True)]
    doc = replace(samples.one_page(), closing=False, blocks=[*blocks, Signatures([Signer(["NGƯỜI LẬP"], "Lê Văn A")])])
    last = next(page for page in pages(render_pdf(doc)) if page.shows("NGƯỜI LẬP"))
    assert last.shows("Người in: An.") and last.shows(f"Dòng {lines - 1}.")
    word = docx.Document(io.BytesIO(render_docx(doc)))
    kept = {p.text for p in word.paragraphs if p.paragraph_format.keep_with_next}
    assert {"Người in: An.", f"Dòng {lines - 1}."} <= kept and f"Dòng {lines - 2}." not in kept


def test_four_long_rows_begin_below_their_title_and_end_with_two_above_the_signatures():
    tall = "\n".join(f"việc {line}" for line in range(9))
    table = Table([Column("TT", 1), Column("Nội dung", 8)], [[row, f"đầu{row}\n{tall}"] for row in range(4)])
    blocks = [Heading("Tổ dân phố 1", 2), table, Signatures([Signer(["NGƯỜI LẬP"], "Lê Văn A")])]
    first, last = pages(render_pdf(replace(samples.one_page(), landscape=False, closing=False, blocks=blocks)))
    assert first.shows("Tổ dân phố 1") and first.shows("đầu1") and last.shows("đầu2") and last.shows("đầu3")


def test_page_numbers_stand_top_centre_from_page_two(long):
    assert [page.number for page in long] == [None, "2", "3", "4", "5", "6", "7", "1", "1"]
    number = Piece(min(long[1].words, key=lambda word: word["top"]))
    assert 13 <= number.size <= 14 and number.middle == pytest.approx(110, abs=6) and number.bottom < 20


def test_the_head_of_a_table_is_repeated_and_no_row_is_lost_or_cut(long):
    showing = [page for page in long[:7] if page.shows("Chỉ tiêu Kế hoạch Thực hiện Đánh giá")]
    assert len(showing) == 3
    text = "\n".join(page.text for page in showing)
    assert all(f"({row})" in text for row in range(1, 41))
    for page in showing:  # a row begins on the page where its cell lines end
        assert page.words[-1]["bottom"] / 72 * 25.4 <= 277


def test_a_row_is_not_cut():
    tall = "\n".join(f"dòng {line}" for line in range(12))
    table = Table([Column("TT", 1), Column("Nội dung", 8)], [[row, f"đầu{row}\n{tall}\ncuối{row}"] for row in range(9)])
    for page in pages(render_pdf(replace(samples.one_page(), blocks=[table]))):
        for row in range(9):
            assert page.shows(f"đầu{row}") == page.shows(f"cuối{row}")


def test_no_row_stands_alone_at_the_end_of_a_table():
    """Whatever the number of rows: the last page shows two rows at least, and a head is followed by two."""
    for count in range(28, 40):
        table = Table([Column("TT", 1), Column("Tên", 5)], [[row, f"Dòng {row}."] for row in range(count)])
        for page in pages(render_pdf(replace(samples.one_page(), annexes=[Annex("A", blocks=[table], landscape=False)])))[1:]:
            assert page.text.count("Dòng ") >= 2, count


def test_a_note_too_long_for_a_line_is_broken_before_the_name_of_the_issuer(long):
    assert long[7].find("(Kèm theo Báo cáo số 127/BC-UBND").right < 277 and long[8].shows("\ncủa Ủy ban nhân dân quận Kiến An)")


def test_wide_tables_have_smaller_letters(long):
    assert long[6].find("Phường đạt tiêu chuẩn").size == 13
    assert long[7].find("Nhóm 1").size == 11


def test_annexes_are_numbered_from_one_with_their_own_heads(long):
    first, second = long[7], long[8]
    assert (round(first.wide), round(second.wide)) == (297, 210)
    assert first.find("Phụ lục I").bold and first.find("Phụ lục I").size == 14
    assert first.find("TRẺ EM CÓ HOÀN CẢNH ĐẶC BIỆT THEO 14 NHÓM").bold
    assert first.find("(Kèm theo Báo cáo số 127/BC-UBND ngày 05 tháng 01 năm 2024").italic
    assert first.find("Phụ lục I").middle == pytest.approx((30 + 277) / 2, abs=0.5)
    assert second.shows("Phụ lục II")


def test_the_mark_of_circulation_is_framed(long):
    mark = long[0].find("LƯU HÀNH NỘI BỘ")
    assert mark.bold and mark.size == 13
    left, top, wide, high = min((rect for rect in long[0].rects if rect[3] > 3), key=lambda rect: abs(rect[1] - mark.top))
    assert left < mark.left and left + wide > mark.right and top <= mark.top + 0.5 and top + high >= mark.bottom - 0.5
    assert long[8].shows("LƯU HÀNH NỘI BỘ")


def test_a_heading_never_stays_at_the_foot_of_a_page():
    for lines in range(20, 32):
        blocks = [
            *[Paragraph(f"Dòng {line}.") for line in range(lines)],
            Heading("II. MỤC SAU"),
            Paragraph(samples.SENTENCE),
            Paragraph("Hết."),
        ]
        for page in pages(render_pdf(replace(samples.one_page(), blocks=blocks))):
            if page.shows("II. MỤC SAU"):
                assert page.shows("Toàn phường hiện có")


def test_three_hundred_rows_come_in_parts_without_a_seam(many_rows):
    annex = many_rows[1:]
    assert [page.number for page in annex] == [str(place) for place in range(1, len(annex) + 1)]
    assert [page.shows("Họ và tên") for page in annex] == [True] * len(annex)
    seen = [int(word) for page in annex for word in _first_column(page)]
    assert seen == list(range(1, 301))
    bottoms = [max(char["bottom"] for char in page.chars) / 72 * 25.4 for page in annex[:-1]]
    assert min(bottoms) > 165  # of 190: no page ends early


def _first_column(page):
    return [word["text"] for word in page.words if word["x1"] / 72 * 25.4 < 42 and word["text"].isdigit() and word["top"] > 51]


def test_parts_and_whole_say_the_same(monkeypatch):
    rows = [[row, "Trẻ em mồ côi cả cha và mẹ được người thân nuôi dưỡng " * (row % 3)] for row in range(1, 121)]
    doc = replace(
        samples.one_page(),
        blocks=[Paragraph("Danh sách:"), Table([Column("TT", 1), Column("Tên", 5)], rows), Paragraph("Hết.")],
    )
    whole = [page.text for page in pages(render_pdf(doc))]
    monkeypatch.setattr(pdf, "ROWS_PER_PART", 25)
    assert [page.text for page in pages(render_pdf(doc))] == whole


def test_two_tables_in_parts_say_the_same_as_the_whole(monkeypatch):
    table = Table([Column("TT", 1), Column("Tên", 5)], [[row, f"Tên {row}"] for row in range(1, 61)], total_rows={0, -1})
    doc = replace(samples.one_page(), annexes=[Annex("Hai bảng", blocks=[table, Paragraph("Giữa."), table])])
    whole = [page.text for page in pages(render_pdf(doc))]
    monkeypatch.setattr(pdf, "ROWS_PER_PART", 10)
    assert [page.text for page in pages(render_pdf(doc))] == whole


@pytest.mark.parametrize("at", [3, 19, 25])
def test_a_row_taller_than_a_page_is_neither_lost_nor_doubled_by_the_parts(monkeypatch, at):
    rows = [[row, f"Tên {row}"] for row in range(40)]
    rows[at][1] = "\n".join(f"dòng {line}x" for line in range(140))
    doc = replace(samples.one_page(), annexes=[Annex("A", blocks=[Table([Column("TT"), Column("Tên", 4)], rows)])])
    whole = [page.text for page in pages(render_pdf(doc))]
    monkeypatch.setattr(pdf, "ROWS_PER_PART", 6)
    assert [page.text for page in pages(render_pdf(doc))] == whole


def test_memory_stays_flat_for_long_annexes(monkeypatch):
    """Five times the rows take hardly more memory at the peak, because no part grows."""
    monkeypatch.setattr(pdf, "ROWS_PER_PART", 60)
    peaks = []
    for rows in (90, 90, 450):
        render_pdf(replace(samples.one_page(), annexes=[Annex("Danh sách", blocks=[samples.child_list(rows)])]))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert peaks[2] - peaks[1] < 20_000  # kB; laid out in one piece they take some 60 MB more


def test_a_very_long_issuer_keeps_its_column():
    page = pages(render_pdf(samples.letter()))[0]
    nation = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    for line in samples.LONG.parent_lines + samples.LONG.name_lines:
        assert page.find(line).right <= nation.left + 0.5
    assert page.find("Số: 12/UBND-VX").top == pytest.approx(page.find("Hải Phòng, ngày 12 tháng 02 năm 2024").top, abs=0.3)
    assert page.find("V/v rà soát").size == 12
    assert page.find("V/v rà soát").top - page.find("Số: 12").bottom >= 6 / 72 * 25.4 - 0.5


def test_equal_structures_give_equal_bytes():
    assert render_pdf(samples.one_page()) == render_pdf(samples.one_page())
    assert render_pdf(samples.report()) == render_pdf(samples.report())


def test_the_properties_of_the_file_are_fixed_and_name_no_child():
    child = replace(samples.one_page(), subject="Trợ giúp cháu Nguyễn Thị Hoà", kind="QUYẾT ĐỊNH")
    about = PdfReader(io.BytesIO(render_pdf(child))).metadata
    assert about == {"/Title": "Quyết định 05/BC-UBND", "/Producer": "childcare"}


def test_only_subsets_of_tinos_are_embedded(long):
    fonts = {char["fontname"] for page in long for char in page.chars}
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Tinos"} and all("+" in name for name in fonts)
    reader = PdfReader(io.BytesIO(render_pdf(samples.one_page())))
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in below or "/FontFile3" in below


def test_every_vietnamese_letter_is_in_the_face():
    assert len(set(VIETNAMESE)) == 146
    assert set(VIETNAMESE) | set(string.printable.strip()) | set("–—…“”‘’≥≤±×%‰₫°•") <= letters()
    assert {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306", "\u031b"} <= letters()


def test_every_vietnamese_letter_is_printed_and_can_be_copied():
    doc = replace(samples.one_page(), blocks=[Paragraph(letter) for letter in [" ".join(VIETNAMESE)]])
    written = "".join(page.written for page in pages(render_pdf(doc)))
    assert "".join(VIETNAMESE) in written
    assert unicodedata.is_normalized("NFC", "".join(char["text"] for page in pages(render_pdf(doc)) for char in page.chars))


def test_letters_in_two_parts_are_printed_composed():
    doc = replace(samples.one_page(), blocks=[Paragraph(unicodedata.normalize("NFD", "Nguyễn Thị Hoà"))])
    assert "Nguyễn Thị Hoà./." in pages(render_pdf(doc))[0].text


def test_signs_are_drawn_and_foreign_letters_become_a_box():
    doc = replace(samples.one_page(), blocks=[Bullets(["☐ chưa", "☑ rồi ✓", "Ａ１ 漢 😀"])])
    page = pages(render_pdf(doc))[0]
    assert page.shows("- chưa") and page.shows("A1")
    assert {char["fontname"].split("+")[1].split("-")[0] for char in page.chars} == {"Tinos"}
    assert in_face("漢 ½") == "☐ ½"


def test_text_of_officers_is_never_markup():
    doc = replace(samples.one_page(), blocks=[Paragraph("<b>{{ 7*7 }}</b> <svg onload=x> & {% now %}")])
    assert "<b>{{ 7*7 }}</b> <svg onload=x> & {% now %}./." in pages(render_pdf(doc))[0].text


def test_a_letter_without_day_number_or_signer_is_printed():
    doc = AdminDocument(subject="Không đầu", issuer=samples.NAM_SON, kind="KẾ HOẠCH", blocks=[Paragraph("Nội dung.")])
    page = pages(render_pdf(doc))[0]
    assert page.shows("Nội dung./.") and not page.shows("Nơi nhận")
