"""Traps of the files of communes that the other tests do not hold, one by one."""

import io

import pytest
import xlsxwriter

from childcare.children.importing.reading import Place, read
from tests.childcare.children.importing.test_reading import HAMLETS, HEAD, ON, book, kinds, offered, reading


def one(title, *cells):
    """The reading of children who differ in one column only."""
    return reading([*HEAD, title], *([n, f"Lê Thị Hoa {chr(65 + n)}", "2016", cell] for n, cell in enumerate(cells)))


@pytest.mark.parametrize(
    "cell, iso",
    [
        ("2.016", "2016"),
        ("SN 2016", "2016"),
        ("sinh năm 2016", "2016"),
        ("12\\5\\2016", "2016-05-12"),
        ("12/5/2016 00:00:00", "2016-05-12"),
    ],
)
def test_births_with_dots_prefixes_and_times_of_day(cell, iso):
    found = reading(HEAD, [1, "Lê Thị Hoa", cell])
    assert found.rows[0]["birth_date"] == iso and not found.warnings


@pytest.mark.parametrize("cell", ["1900", "2099", "19/02/1016", "31/4/2016"])
def test_years_and_days_that_cannot_be_are_kept_out_and_the_row_goes_in(cell):
    found = reading(HEAD, [1, "Lê Thị Hoa", cell])
    assert kinds(found) == {"birth_impossible"} and found.rows[0]["birth_date"] is None


def test_a_parent_whose_birth_stands_in_the_childs_column_stays_out():
    assert [row["reason_code"] for row in reading(HEAD, [1, "Lê Văn Bố", "1/1/1985"]).rejected] == ["adult"]


def test_bare_codes_of_ethnic_groups_are_ambiguous_until_the_list_is_named():
    assert kinds(one("Mã dân tộc", "04")) == {"ethnic_code_ambiguous"}
    assert [row["ethnic"] for row in one("Mã dân tộc (danh mục 1979)", "04", 3).rows] == ["Hoa", "Thái"]
    assert [row["ethnic"] for row in one("Mã dân tộc theo danh mục 2008", "06").rows] == ["Hoa"]
    assert kinds(one("Mã dân tộc (danh mục 1979)", "99")) == {"ethnic_unknown"}
    assert one("Thành phần dân tộc", "Thái").rows[0]["ethnic"] == "Thái"


def test_levels_of_disability_and_the_one_that_the_law_does_not_know():
    found = one("Khuyết tật", "nặng", "nhẹ", "đặc biệt nặng", "x", "vừa", "")
    assert [row["circumstances"] for row in found.rows] == [["N04.2"], ["N04.3"], ["N04.1"], ["N04"], ["N04"], []]
    assert [(w["kind"], w["value"]) for w in found.warnings] == [("disability_level_unclear", "vừa")]
    found = one("Hoàn cảnh", "khuyết tật vừa", "khuyết tật nặng")
    assert [row["circumstances"] for row in found.rows] == [["N04"], ["N04.2"]] and len(found.warnings) == 1


def test_words_in_a_column_of_marks_are_not_lost_in_silence():
    found = one("Trẻ em bị bỏ rơi", "x", "không", "có từ 2019", "0")
    assert [row["circumstances"] for row in found.rows] == [["N02"], [], [], []]
    assert [(w["kind"], w["value"]) for w in found.warnings] == [("circumstance_unknown", "có từ 2019")]


def test_the_class_of_the_household_in_a_column_of_groups():
    found = one("Diện", "Hộ nghèo", "Mồ côi cha")
    assert [(row["poverty"], row["circumstances"]) for row in found.rows] == [("hộ nghèo", []), (None, ["L08"])]
    assert "circumstance_unknown" not in kinds(found)


def test_an_insurance_number_that_lost_its_zero_is_warned_of():
    found = one("Số thẻ BHYT", 123456789, "0123456789", "TE1383812345678", "123456789")
    assert [(w["kind"], w["row"]) for w in found.warnings] == [("insurance_zero_lost", 2)]


def test_a_hamlet_with_its_commune_behind_it_is_known():
    found = one("Thôn", "Thôn Trung Chính, xã Cẩm Vân", "Trung Chính - Cẩm Vân", "Trung Chính (xã Cẩm Vân cũ)", "Thôn 6 cũ")
    assert [row["hamlet"] for row in found.rows] == ["Thôn Trung Chính"] * 3 + [None]


def test_thousand_separators_of_identity_numbers_and_running_numbers():
    found = reading([*HEAD, "Số định danh"], ["1.234", "Lê Thị Hoa", "2016", "038.316.000.011"])
    assert found.rows[0]["identity_number"] == "038316000011" and not found.warnings


def test_two_sheets_with_different_columns_and_the_same_child_make_one():
    found = read(
        book(
            ("Tổ 1", [[*HEAD, "Số định danh"], [1, "Lê Thị Hoa", "1/2/2016", "038316000011"]]),
            ("Tổ 2", [["Họ tên", "Mã định danh", "Ngày sinh", "Dân tộc"], ["LÊ THỊ HOA", "038316000011", "01/02/2016", "Thái"]]),
        ),
        "a.xlsx", Place(ON, HAMLETS),
    )  # fmt: skip
    assert len(found.rows) == 2 and [row["sheet"] for row in found.repeated] == ["Tổ 2"]


def test_names_under_old_fonts_in_two_columns_and_under_a_font_of_capitals():
    def fill(sheet, fonts):
        for column, text in enumerate(["TT", "Hä vµ tªn ®Öm", "Tªn", "N¨m sinh", "Chñ hé"]):
            sheet.write(0, column, text, fonts[".VnTime"])
        sheet.write_row(1, 0, [1, "NguyÔn ThÞ", "¸nh", 2016], fonts[".VnTime"])
        sheet.write_row(2, 0, [2, "trÇn v¨n", "®øc", 2017], fonts[".VnTimeH"])
        sheet.write_row(3, 0, [3, "Nguyeãn Thò Hoàng", "Ñaøo", 2018, "Leâ Vaên Tuù"], fonts["VNI-Times"])
        sheet.write_row(4, 0, [4, "Lê Thị", "Hoa", 2018], fonts["Arial"])

    found = read(typed(fill), "a.xlsx", Place(ON))
    assert [row["full_name"] for row in found.rows] == ["Nguyễn Thị Ánh", "Trần Văn Đức", "Nguyễn Thị Hồng Đào", "Lê Thị Hoa"]
    assert found.rows[2]["household_head"] == "Lê Văn Tú"
    told = found.conversions
    assert (told["encoding"], told["fonts"], told["names_converted"]) == ("TCVN3, VNI", [".VnTime", ".VnTimeH", "VNI-Times"], 3)
    assert told["full_name"][0] == {
        "sheet": "DS",
        "row": 2,
        "font": ".VnTime",
        "from": "NguyÔn ThÞ ¸nh",
        "to": "Nguyễn Thị Ánh",
    }
    assert told["not_converted_rows"] == [5] and not found.offers and not found.warnings


def test_a_whole_list_that_lost_its_font_is_understood_and_nothing_is_converted_by_itself():
    found = reading(["TT", "Hä vµ tªn", "Ngµy sinh", "Giíi tÝnh"], [1, "NguyÔn ThÞ Hång", "1/2/2016", "Nam"])
    assert found.rows[0]["full_name"] == "NguyÔn ThÞ Hång" and found.conversions is None
    assert offered(found) == [("legacy_text", "NguyÔn ThÞ Hång", "Nguyễn Thị Hồng")]
    assert kinds(found) == {"legacy_text_suspected"}


def test_what_a_sheet_holds_besides_values_is_told_once():
    def fill(sheet, fonts):
        sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Dân tộc", "Ghi chú"])
        for row in (1, 2, 3):
            sheet.write_row(row, 0, [f"Lê Thị {chr(64 + row)}n", "2016", "Thái"])
        sheet.write(1, 0, "Lê Thị Yến", fonts["yellow"])
        sheet.write_formula(2, 1, "=2000+17", None, 2017)
        sheet.write_comment(3, 0, "mới chuyển đến")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    found = read(typed(fill), "a.xlsx", Place(ON))
    assert [(w["kind"], w["row"], w["value"]) for w in found.warnings] == [
        ("hidden_rows", None, "3"), ("hidden_columns", None, "C"), ("formulas", None, "1"), ("comments", None, "1"),
        ("cell_colours", None, None),
    ]  # fmt: skip
    assert [row["birth_date"] for row in found.rows] == ["2016", "2017", "2016"] and len(found.rows) == 3


def test_colours_of_headings_hamlets_and_whole_columns_say_nothing():
    def fill(sheet, fonts):
        sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh"], fonts["yellow"])
        sheet.write(1, 0, "Thôn Trung Chính", fonts["yellow"])
        for row in (2, 3):
            sheet.write(row, 0, f"Lê Thị {chr(64 + row)}n")
            sheet.write(row, 1, "2016", fonts["yellow"])

    assert not read(typed(fill), "a.xlsx", Place(ON, HAMLETS)).warnings


def typed(fill):
    """A workbook whose sheet "DS" is written with fonts."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    fonts = {name: workbook.add_format({"font_name": name}) for name in (".VnTime", ".VnTimeH", "VNI-Times", "Arial")}
    fonts["yellow"] = workbook.add_format({"bg_color": "#FFFF00"})
    fill(workbook.add_worksheet("DS"), fonts)
    workbook.close()
    return buffer.getvalue()
