"""Layouts that communes use, in small workbooks made here: headings, kinds of rows, values, offers."""

import io
from datetime import date

import pytest
import xlsxwriter

from childcare.children.importing import groups, values
from childcare.children.importing.reading import Place, read
from childcare.lib.refusal import Refusal

ON = date(2024, 5, 2)
HAMLETS = ["Thôn Trung Chính", "Bản Eo Lê", "Tổ dân phố 2"]


def book(*sheets, merged=()):
    """A workbook of (name, rows); `merged` are ranges of the first sheet: ("A1:B1", text)."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = workbook.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
        if (name, rows) == sheets[0]:
            for place, text in merged:
                sheet.merge_range(place, text)
    workbook.close()
    return buffer.getvalue()


def reading(*rows, name="danh-sach.xlsx", sheet="Sheet1", merged=(), holders=None):
    place = Place(ON, HAMLETS, frozenset({"N05"}), **({"holders": holders} if holders else {}))
    return read(book((sheet, list(rows)), merged=merged), name, place)


def kinds(found):
    return {warning["kind"] for warning in found.warnings}


def offered(found):
    return [(offer["kind"], offer["from"], offer["to"]) for offer in found.offers]


HEAD = ["STT", "Họ và tên", "Ngày sinh"]


def test_the_heading_is_found_below_titles_and_its_number_row_is_passed_over():
    found = reading(
        ["ỦY BAN NHÂN DÂN XÃ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["DANH SÁCH TRẺ EM NĂM 2023"],
        HEAD,
        ["(1)", "(2)", "(3)"],
        [1, "Nguyễn Văn An", "1/2/2016"],
    )
    sheet = found.sheets[0]
    assert (sheet["header_rows"], sheet["column_number_row"], sheet["first_row"], sheet["poverty_year"]) == ([4], 5, 6, 2023)
    assert [row["full_name"] for row in found.rows] == ["Nguyễn Văn An"]


def test_a_heading_of_two_merged_rows():
    merged = [("A1:A2", "STT"), ("B1:B2", "Họ và tên"), ("C1:D1", "Giới tính"), ("E1:E2", "Ngày sinh"), ("F1:G1", "Hoàn cảnh")]
    found = reading(
        ["", "", "", "", "", "", ""], ["", "", "Nam", "Nữ", "", "Khuyết tật nặng", "Mồ côi cả cha và mẹ"],
        [1, "Lê Thị Hoa", "", "x", "2/2017", "X", ""], merged=merged,
    )  # fmt: skip
    assert found.sheets[0]["columns"] == {
        "A": "stt", "B": "full_name", "C": "sex:nam", "D": "sex:nữ", "E": "birth_date", "F": "circumstance:N04.2", "G": "circumstance:N01",
    }  # fmt: skip
    assert (found.rows[0]["sex"], found.rows[0]["circumstances"]) == ("nữ", ["N04.2"])


def test_a_heading_of_two_rows_that_nobody_merged():
    found = reading(
        ["STT", "Họ và tên", "Giới tính", "", "Ngày sinh", "", ""],
        ["", "", "Nam", "Nữ", "Ngày", "Tháng", "Năm"],
        [1, "Lê Thị Hoa", "", "x", 5, 3, 2017],
    )
    assert found.sheets[0]["header_rows"] == [1, 2]
    assert (found.rows[0]["birth_date"], found.rows[0]["sex"]) == ("2017-03-05", "nữ")


def test_a_year_of_birth_under_nam_or_nu_gives_both():
    merged = [("A1:A2", "STT"), ("B1:B2", "Họ và tên"), ("C1:D1", "Năm sinh"), ("E1:E2", "Dân tộc")]
    found = reading([""] * 5, ["", "", "Nam", "Nữ", ""], [1, "Lê Thị Hoa", "", 2017, "Kinh"], merged=merged)
    assert (found.rows[0]["birth_date"], found.rows[0]["sex"]) == ("2017", "nữ")


def test_a_single_column_nu_means_that_no_mark_is_nam():
    found = reading([*HEAD, "Nữ"], [1, "Lê Thị Hoa", "2017", "x"], [2, "Lê Văn Nam", "2018", ""])
    assert [row["sex"] for row in found.rows] == ["nữ", "nam"]


def test_names_in_two_columns_are_joined():
    found = reading(["TT", "Họ và tên đệm", "Tên", "Ngày sinh"], [1, "Nguyễn Thị", "Hoa", "1/2/2016"])
    assert found.rows[0]["full_name"] == "Nguyễn Thị Hoa"


@pytest.mark.parametrize(
    "title, field",
    [
        ("H.tên", "full_name"), ("Họ tên trẻ em", "full_name"), ("N.sinh", "birth_date"), ("Ngày tháng năm sinh", "birth_date"),
        ("GT", "sex"), ("Số ĐDCN", "identity_number"), ("Mã định danh", "identity_number"), ("DT", "ethnic"), ("ĐT", "phone"),
        ("Thôn/bản", "hamlet"), ("Họ tên bố", "father_name"), ("Mẹ", "mother_name"), ("Chủ hộ", "household_head"),
        ("Loại hộ", "poverty"), ("Hộ nghèo", "poverty:hộ nghèo"), ("Hoàn cảnh đặc biệt", "circumstances"),
        ("Trẻ em bị bỏ rơi", "circumstance:N02"), ("Mồ côi cha hoặc mẹ", "circumstance:L08"), ("Ghi chú", "note"),
        ("Trợ cấp hằng tháng", "support:S01"), ("Từ ngày", "since"),
    ],
)  # fmt: skip
def test_headings_of_own_habit_are_understood(title, field):
    head = ["Họ và tên", "Ngày sinh", "Dân tộc"]
    at = {"full_name": 0, "birth_date": 1, "ethnic": 2}.get(field, 3)
    found = reading([*head[:at], title, *head[at + 1 :]], ["Lê Thị Hoa", "1/2/2016", "Kinh", ""])
    assert found.sheets[0]["columns"]["ABCD"[at]] == field


@pytest.mark.parametrize("title", ["CCCD của mẹ", "Năm sinh mẹ", "Nghề nghiệp cha", "Tuổi chủ hộ"])
def test_what_belongs_to_parents_is_not_taken_for_the_childs(title):
    found = reading([*HEAD, title], [1, "Lê Thị Hoa", "1/2/2016", "038190000001"])
    assert "D" not in found.sheets[0]["columns"]


def test_hamlet_and_household_rows_carry_down_with_the_poverty_mark():
    found = reading(
        ["STT", "Họ và tên", "Ngày sinh", "Hộ nghèo"],
        ["I. THÔN TRUNG CHÍNH"],
        ["", "Chủ hộ: LÊ VĂN ĐỨC", "", "x"],
        [1, "Lê Thị Hoa", "1/2/2016", ""],
        ["", "Chủ hộ: Vi Văn Bảo", "", ""],
        [2, "Vi Thị Mai", "1/3/2016", ""],
        ["Cộng Thôn Trung Chính: 2 trẻ"],
        ["Bản Eo Lê"],
        [1, "Hà Thị Lan", "1/4/2016", ""],
        ["TỔNG CỘNG: 4 trẻ"],
        ["", "", "Cẩm Vân, ngày 2 tháng 5 năm 2024"],
        ["", "NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"],
        ["", "Cao Thị Minh Hiền", "Lê Đình Khôi"],
    )
    told = [(row["full_name"], row["hamlet"], row["household_head"], row["poverty"]) for row in found.rows]
    assert told == [
        ("Lê Thị Hoa", "Thôn Trung Chính", "Lê Văn Đức", "hộ nghèo"), ("Vi Thị Mai", "Thôn Trung Chính", "Vi Văn Bảo", None),
        ("Hà Thị Lan", "Bản Eo Lê", None, None),
    ]  # fmt: skip
    assert [row["kind"] for row in found.not_children] == [
        "hamlet", "household_head", "household_head", "total", "hamlet", "total", "signature", "signature", "signature",
    ]  # fmt: skip
    assert [(row["kind"], row["value"]) for row in found.warnings if row["kind"] == "totals_differ"] == [
        ("totals_differ", "4 ≠ 3")
    ]


def test_merged_cells_of_a_household_hold_for_its_members():
    found = reading(
        [*HEAD, "Chủ hộ", "Loại hộ năm 2024"], [1, "A B", "1/2/2016", "", ""], [2, "A C", "1/2/2018", "", ""], [3, "D E", "2019", "Khác Hộ", ""],
        merged=[("D2:D3", "Lê Văn Đức"), ("E2:E3", "Hộ nghèo")],
    )  # fmt: skip
    assert [(row["household_head"], row["poverty"]) for row in found.rows] == [("Lê Văn Đức", "hộ nghèo")] * 2 + [
        ("Khác Hộ", None)
    ]


def test_repeated_headings_prenumbered_rows_and_blanks_are_no_children():
    found = reading(
        HEAD + ["Dân tộc"], [1, "Lê Thị Hoa", "1/2/2016", "Kinh"], HEAD + ["Dân tộc"], [2, "", "", ""], [3, " ", "", ""],
        [4, "Hà Thị Lan", "1/4/2016", "Thái"],
    )  # fmt: skip
    assert len(found.rows) == 2 and not found.rejected
    assert [row["kind"] for row in found.not_children] == ["header"]


def test_the_hamlet_may_stand_in_a_title_or_be_the_name_of_the_sheet():
    assert reading(["DANH SÁCH TRẺ EM THÔN TRUNG CHÍNH"], HEAD, [1, "A B", "2016"]).rows[0]["hamlet"] == "Thôn Trung Chính"
    assert reading(HEAD, [1, "A B", "2016"], sheet="TDP 02").rows[0]["hamlet"] == "Tổ dân phố 2"


def test_sheets_without_children_are_ignored_and_a_file_without_any_is_refused():
    sheets = [("Danh mục", [["Mã", "Tên"], [1, "x"]]), ("DS", [HEAD, [1, "A B", "2016"]])]
    found = read(book(*sheets), "a.xlsx", Place(ON))
    assert [sheet["role"] for sheet in found.sheets] == ["ignored", "children"]
    with pytest.raises(Refusal, match="Không tìm thấy danh sách"):
        read(book(sheets[0]), "a.xlsx", Place(ON))


@pytest.mark.parametrize(
    "cell, iso, precision",
    [
        ("12/5/2016", "2016-05-12", "day"), ("12.5.2016", "2016-05-12", "day"), ("12 - 5 - 16", "2016-05-12", "day"),
        ("ngày 12 tháng 5 năm 2016", "2016-05-12", "day"), (date(2016, 5, 12), "2016-05-12", "day"), (42502, "2016-05-12", "day"),
        (2016, "2016", "year"), ("2016", "2016", "year"), ("5/2016", "2016-05", "month"), ("T5/2016", "2016-05", "month"),
        ("tháng 5 năm 2016", "2016-05", "month"), ("khoảng 7 tuổi", "2017", "estimated"), ("không rõ", None, "unknown"), ("", None, "unknown"),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(cell, iso, precision):
    found = reading(HEAD, [1, "Lê Thị Hoa", cell])
    assert (found.rows[0]["birth_date"], found.rows[0]["birth_precision"]) == (iso, precision)
    assert not found.warnings


@pytest.mark.parametrize(
    "cell, kind",
    [
        ("31/02/2016", "birth_impossible"), ("3/5/2024", "birth_impossible"), ("1900", "birth_impossible"), (date(2030, 1, 1), "birth_impossible"),
        ("thứ hai", "birth_unreadable"), ("2/5/2008", "age_16_17"), ("3/5/2006", "age_16_17"),
    ],
)  # fmt: skip
def test_dates_that_are_odd_go_in_and_are_marked(cell, kind):
    found = reading(HEAD, [1, "Lê Thị Hoa", cell])
    assert kinds(found) == {kind} and len(found.rows) == 1


def test_who_turns_eighteen_on_the_day_stays_out_and_who_is_born_on_it_goes_in():
    found = reading(HEAD, [1, "Lê Thị Hoa", "2/5/2006"], [2, "Lê Thị Mai", "2/5/2024"])
    assert [row["reason_code"] for row in found.rejected] == ["adult"]
    assert [row["full_name"] for row in found.rows] == ["Lê Thị Mai"]


def test_day_and_month_are_offered_in_exchange_only_when_the_column_shows_which_comes_first():
    rows = [[1, "A B", date(2016, 5, 12)], [2, "C D", date(2016, 5, 13)], [3, "E F", "05/15/2016"]]
    assert offered(reading(HEAD, *rows)) == [("day_month_swap", "05/15/2016", "2016-05-15")]
    found = reading(HEAD, *rows, [4, "G H", "25/1/2016"])
    assert ("day_month_swap", "2016-05-12", "2016-12-05") in offered(found) and len(found.offers) == 2


def test_a_heap_of_first_januaries_is_offered_as_years():
    heap = [[n, f"Trẻ {chr(65 + n)}", date(2010 + n, 1, 1)] for n in range(5)]
    assert [kind for kind, *_ in offered(reading(HEAD, *heap))] == ["year_only"] * 5
    assert not reading(HEAD, *heap[:4]).offers


def test_the_first_row_with_a_number_keeps_it_and_the_same_child_is_taken_once():
    head = [*HEAD, "Số định danh"]
    found = reading(
        head, [1, "Lê Thị Hoa", "1/2/2016", "038316000011"], [2, "LÊ THỊ HOÀ", "1/2/2016", "038316000011"],
        [3, "Lê Văn Tú", "1/2/2016", "038316000011"],
    )  # fmt: skip
    assert len(found.rows) == 2 and found.repeated[0]["row"] == 3
    assert [(row["row"], row["reason_code"]) for row in found.rejected] == [(4, "identity_used_in_file")]


def test_a_number_of_another_child_of_the_registry_keeps_the_row_out():
    head = [*HEAD, "Số định danh"]
    held = {"038316000011": ("le thi hoa", "2016-02-01")}
    found = reading(
        head, [1, "Lê Thị Hoa", "1/2/2016", "038316000011"], [2, "Vi Văn Tú", "", "038316000011"], holders=lambda numbers: held
    )
    assert len(found.rows) == 1 and len(found.repeated) == 1
    assert found.rejected[0]["reason_code"] in ("identity_used_in_registry", "identity_used_in_file")


def test_blank_words_mean_unknown_without_a_warning():
    for word in ("không rõ", "?", "-", "chưa có", "Chưa cấp", "không có", "..."):
        found = reading([*HEAD, "Số định danh", "Dân tộc"], [1, "Lê Thị Hoa", word, word, word])
        assert not found.warnings and found.rows[0]["identity_status"] is None


@pytest.mark.parametrize("note, reason", [
    ("Chuyển đi Bình Dương", "departed"), ("đã chuyển về quê", "departed"), ("Chết 12/5", "died"), ("đã mất năm 2023", "died"),
    ("Bố mẹ mất sớm", ""), ("mẹ đã chuyển đi làm xa", ""), ("Học sinh giỏi", ""), ("Chuyển trường", ""), ("mất giấy khai sinh", ""),
])  # fmt: skip
def test_notes_that_tell_of_the_child_and_notes_that_do_not(note, reason):
    assert values.residence_end(note) == reason


@pytest.mark.parametrize("text, codes, kind", [
    ("Trẻ em khuyết tật", ["N04"], ""), ("khuyết tật đặc biệt nặng", ["N04.1"], ""), ("N04.2", ["N04.2"], ""),
    ("mồ côi cả cha và mẹ", ["N01"], ""), ("mồ côi cha", ["L08"], ""), ("mồ côi", [], "circumstance_ambiguous"),
    ("hoàn cảnh khó khăn", ["L19"], "circumstance_unspecific"), ("bị tim bẩm sinh, khuyết tật nhẹ", ["L11", "N04.3"], ""),
    ("khuyết tật và mồ côi cả cha và mẹ", ["N04", "N01"], ""), ("HIV/AIDS", ["N05"], ""), ("học giỏi", [], "circumstance_unknown"),
    ("Bệnh hiểm nghèo (hộ nghèo, cận nghèo)", ["N13"], ""), ("mắc bệnh hiểm nghèo", ["L18"], ""),
])  # fmt: skip
def test_groups_in_words(text, codes, kind):
    assert groups.circumstances_in(text) == (codes, kind)


@pytest.mark.parametrize("text, name, kind", [
    ("H'Mông", "HMông", ""), ("Mèo", "HMông", ""), ("muong", "Mường", ""), ("Gia Rai", "Gia-rai", ""), ("Gia Lai", "Gia-rai", "ethnic_typo"),
    ("Tây", None, "ethnic_unknown"), ("Mán", None, "ethnic_ambiguous"), ("1", "Kinh", ""), ("04", None, "ethnic_code_ambiguous"),
    ("99", None, "ethnic_unknown"), ("", None, ""), ("dân tộc Thái", "Thái", ""),
])  # fmt: skip
def test_ethnic_groups_by_table(text, name, kind):
    assert values.ethnic(text) == (name, kind)


@pytest.mark.parametrize("one, other", [
    ("Thôn Trung Chính", "trung chinh"), ("T. Trung Độ", "THÔN TRUNG ĐỘ"), ("Tổ dân phố 9", "TDP 09"), ("VII. BẢN  EO LÊ", "Eo Lê"),
    ("Thôn Làng Sấu", "Làng Sấu"), ("1. Thôn Phú Ninh", "Phú Ninh"), ("Tổ 3", "Tổ dân phố số 3"),
])  # fmt: skip
def test_hamlets_compare_without_their_kind(one, other):
    assert values.hamlet_key(one) == values.hamlet_key(other)


def test_names_as_they_are_written():
    found = reading(
        HEAD, [1, "NGUYỄN THỊ HOA", "2016"], [2, "Nguyễn Trọng Long (ở với bà)", "2016"], [3, "Trai", "2023"], [4, "Ng. V. An", "2017"],
        [5, "", "2018"], [6, "'Lê  Văn Tú .", "2019"], [7, "?", ""],
    )  # fmt: skip
    assert [(row["full_name"], row["name_state"]) for row in found.rows] == [
        ("NGUYỄN THỊ HOA", "named"), ("Nguyễn Trọng Long", "named"), (None, "chưa đặt tên"), ("Ng. V. An", "named"), (None, "thiếu tên"),
        ("Lê Văn Tú", "named"),
    ]  # fmt: skip
    assert kinds(found) == {"note_in_name", "name_abbreviated", "name_missing"}
    assert offered(found) == [("name_case", "NGUYỄN THỊ HOA", "Nguyễn Thị Hoa")]
    assert found.rows[1]["note"] == "ở với bà" and found.rejected[0]["reason_code"] == "no_name_no_birth"


def test_one_and_zero_for_sex_only_when_the_heading_explains_them():
    assert reading([*HEAD, "Giới tính (1: nam, 0: nữ)"], [1, "A B", "2016", 0]).rows[0]["sex"] == "nữ"
    assert "sex_unreadable" in kinds(reading([*HEAD, "Giới tính"], [1, "A B", "2016", 0]))


def test_the_year_of_the_class_may_stand_in_the_name_of_the_file():
    rows = ([*HEAD, "Loại hộ"], [1, "A B", "2016", "Hộ nghèo"])
    assert reading(*rows, name="Danh sách 2023.xlsx").rows[0]["poverty_year"] == 2023
    assert kinds(reading(*rows)) == {"poverty_year_missing"}


def test_twins_are_of_one_mother_and_day_with_different_names():
    head = [*HEAD, "Họ tên mẹ"]
    found = reading(
        head, [1, "Lê Thị Hoa", "1/2/2016", "Vi Thị Mai"], [2, "Lê Thị Lan", "1/2/2016", "VI THỊ MAI"], [3, "Lê Thị Huệ", "2016", "Vi Thị Mai"],
        [4, "Lê Thị Hoà", "1/2/2016", "Vi Thị Mai"],
    )  # fmt: skip
    assert [[place["row"] for place in group] for group in found.twins] == [[2, 3]] or [2, 3] == [
        place["row"] for place in found.twins[0]
    ][:2]
