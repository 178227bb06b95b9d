"""A list given out as the unit keeps its own: the same headings in the same order, and taken in again it changes nothing."""

import io
from datetime import date, datetime

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from childcare.children import exporting, layouts
from childcare.children import models as c
from childcare.children.importing import batches, groups, mapping
from childcare.lib.refusal import Refusal
from tests import factories, people, unit_changes
from tests.childcare.children.importing.test_reading import book

pytestmark = pytest.mark.django_db
TO_2, TO_10 = "Tổ dân phố 2", "Tổ dân phố 10"
NOTHING = {"created": 0, "updated": 0, "rejected": 0}
HEAD = ["TT", "Họ tên trẻ", "Ngày sinh", "Nam", "Nữ", "Địa chỉ", "Tổ", "Chủ hộ", "Hộ nghèo 2023", "Đt", "Cột lạ", "Ghi chú"]
HOA = [1, "Nguyễn Thị Hoà", "5.6.2016", "", "x", "Số 7", TO_10, "Nguyễn Văn Hào", "x", "0912345678", "?", "đi học xa"]
BINH = [2, "Trần Văn Bình", "2018", "x", "", "", TO_2, "", "", "", "", ""]


@pytest.fixture(autouse=True)
def hamlets(ward):
    return {name: factories.hamlet(ward, name) for name in (TO_2, TO_10)}


def take_in(an, ward, *rows, merged=(), sheet="Danh sách", name="DS tre em 2023.xlsx"):
    """Take a list in; everything in it goes in. Returns the layout that is remembered."""
    data = book((sheet, list(rows)), merged=merged)
    _, counts, errors = batches.take_in(data=data, name=name, unit=ward, on=people.TODAY, by=an)
    assert errors is None and counts["created"]
    return c.ListLayout.objects.get(unit=ward)


def given(by, layout, tmp_path, query=""):
    """(bytes of the list in the layout, its rows)."""
    path = tmp_path / "list.xlsx"
    exporting.write(path, QueryDict(query), officer=by, form=exporting.OWN, layout=layout.public_id)
    data = path.read_bytes()
    return data, [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0]]


def again(by, ward, data):
    _, counts, _ = batches.take_in(data=data, name="xuat.xlsx", unit=ward, on=people.TODAY, by=by)
    return {name: counts[name] for name in NOTHING}


def everything():
    """Every row of the registry that an import could change."""
    models = (c.Child, c.Household, c.Residence, c.Membership, c.PovertyStatus, c.Circumstance, c.Support, c.ChildRevision)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_headings_values_and_the_way_of_writing_dates_are_those_of_the_unit(an, ward, tmp_path):
    _, rows = given(an, take_in(an, ward, HEAD, HOA, BINH), tmp_path)
    assert rows[0] == [*[title.replace("2023", "2024") for title in HEAD], "Mã trong sổ"]
    hoa = c.Child.objects.get(full_name="Nguyễn Thị Hoà")
    assert rows[2] == [
        2, "Nguyễn Thị Hoà", "5.6.2016", None, "x", "Số 7", TO_10, "Nguyễn Văn Hào", None, "0912345678", None, None, hoa.code,
    ]  # fmt: skip
    factories.poverty(hoa.household, "poor", 2024)
    assert given(an, c.ListLayout.objects.get(), tmp_path)[1][2][8] == "x"  # the class of this year under the year of this list


def test_taken_in_again_it_changes_nothing(an, ward, tmp_path):
    layout = take_in(an, ward, HEAD, HOA, BINH)
    factories.poverty(c.Household.objects.get(), "near", 2024)
    before = everything()
    assert again(an, ward, given(an, layout, tmp_path)[0]) == NOTHING and everything() == before
    assert c.ListLayout.objects.get().file_name == "DS tre em 2023.xlsx"  # our own file is no layout of the unit


def test_what_was_learnt_since_does_not_make_another_child_of_one_who_is_known_by_name_alone(an, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"], ["Hà Thị Lan", ""])
    c.Child.objects.update(mother_name="Đỗ Thị Vui", identity_number=None)
    c.Child.objects.filter(full_name="Hà Thị Lan").update(full_name="Hà Thị Lan Anh", folded_name="ha thi lan anh")
    before = everything()
    assert again(an, ward, given(an, layout, tmp_path)[0]) == NOTHING and everything() == before


def test_a_code_on_a_wrong_line_joins_nobody(an, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"])
    code = c.Child.objects.get().code
    data = book(("A", [["Họ và tên", "Ngày sinh", "Mã trong sổ"], ["Hà Thị Lan", "3/4/2017", code]]))
    assert again(an, ward, data) == {**NOTHING, "created": 1} and c.ListLayout.objects.get() == layout


TALL = [
    ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "", "Giới tính", "Hoàn cảnh", "", "Trợ cấp hằng tháng", "Từ ngày"],
    ["", "", "Ngày", "Tháng", "Năm", "", "Khuyết tật", "Bị bỏ rơi", "", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
]
MERGED = [
    ("A1:A2", "STT"), ("B1:B2", "Họ và tên"), ("C1:E1", "Ngày, tháng, năm sinh"), ("F1:F2", "Giới tính"),
    ("G1:H1", "Hoàn cảnh"), ("I1:I2", "Trợ cấp hằng tháng"), ("J1:J2", "Từ ngày"),
]  # fmt: skip


def test_a_heading_of_two_rows_lines_of_hamlets_and_of_heads_come_again(an, ward, tmp_path):
    layout = take_in(
        an, ward, *TALL, ["", TO_10], ["", "Chủ hộ: Vũ Văn Tú"], [1, "Vũ Thị Mai", 5, 6, 2016, "Nữ", "nặng", "", "x", "1/3/2023"],
        [2, "Vũ Văn Đức", "", "", 2018, "Nam", "", "x", "", ""], ["", TO_2], [3, "Đỗ Thị Én", 1, 2, 2017, "Nữ", "", "", "", ""],
        merged=MERGED,
    )  # fmt: skip
    assert (layout.table["by_hamlet"], layout.table["by_head"], layout.table["numbered"]) == (True, True, True)
    factories.child(ward, "Lê Không Tổ", None, "")
    data, rows = given(an, layout, tmp_path)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {str(one) for one in sheet.merged_cells.ranges} == {
        "A1:A2",
        "B1:B2",
        "C1:E1",
        "F1:F2",
        "G1:H1",
        "I1:I2",
        "J1:J2",
        "K1:K2",
    }
    assert rows[2] == [f"({number})" for number in range(1, 12)]
    assert [row[1] for row in rows[3:]] == [
        "Lê Không Tổ", TO_2, "Đỗ Thị Én", TO_10, "Chủ hộ: Vũ Văn Tú", "Vũ Văn Đức", "Vũ Thị Mai",
    ]  # fmt: skip
    assert rows[-1][2:10] == [5, 6, 2016, "Nữ", "nặng", None, "x", "1/3/2023"] and rows[-2][2:8] == [
        None,
        None,
        2018,
        "Nam",
        None,
        "x",
    ]
    before = everything()
    assert again(an, ward, data) == NOTHING and everything() == before


def test_true_dates_stay_true_dates(an, ward, tmp_path):
    head = ["Họ và tên", "Ngày sinh"]
    layout = take_in(an, ward, head, ["Lê Thị Hoa", date(2016, 2, 1)], ["Hà Thị Lan", date(2017, 3, 4)], ["Vi Văn Tú", "2018"])
    data, rows = given(an, layout, tmp_path)
    assert [row[1] for row in rows[1:]] == [datetime(2016, 2, 1), datetime(2017, 3, 4), "2018"]
    assert again(an, ward, data) == NOTHING


@pytest.mark.parametrize(
    ("written", "shown"),
    [("05/06/2016", "05/06/2016"), ("5/6/2016", "5/6/2016"), ("05-06-2016", "05-06-2016"), ("5.6.2016", "5.6.2016")],
)
def test_dates_are_written_as_the_unit_writes_them(an, ward, tmp_path, written, shown):
    _, rows = given(an, take_in(an, ward, ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", written]), tmp_path)
    assert rows[1][1] == shown


def test_no_formula_comes_out_and_the_rows_are_still_the_same_children(an, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh", "Chủ hộ", "Địa chỉ"], ["Lê Thị Hoa", "1/2/2016", "Lê Văn Đức", ""])
    c.Child.objects.update(full_name="=1+1", folded_name="=1+1")
    c.Household.objects.update(head_name="@SUM(A1)", address="=cmd|' /C calc'!A0")
    data, rows = given(an, layout, tmp_path)
    cells = [cell for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells) and rows[1][0] == "'=1+1" and rows[1][2] == "'@SUM(A1)"
    assert again(an, ward, data) == NOTHING


def test_headings_that_say_nothing_are_known_again_by_what_the_unit_once_said(an, ward, tmp_path):
    odd = ["Số", "Quý danh cháu", "Chào đời", "Ông"]
    fields = ["stt", "full_name", "birth_date", "household_head"]
    key = mapping.key_of(dict(enumerate(odd)))
    c.ImportMapping.objects.create(unit=ward, key=key, fields=fields, changed_by=an)
    data, rows = given(an, take_in(an, ward, odd, [1, "Lê Thị Hoa", "1/2/2016", "Lê Văn Đức"]), tmp_path)
    assert rows[0] == [*odd, "Mã trong sổ"] and rows[1][:4] == [1, "Lê Thị Hoa", "1/2/2016", "Lê Văn Đức"]
    assert again(an, ward, data) == NOTHING


def test_every_group_is_written_so_that_it_is_read_as_itself(db):
    for kind in c.CircumstanceKind.objects.exclude(family="R"):
        assert groups.circumstances_in(kind.name) == ([kind.code], ""), kind


def test_every_kind_of_help_is_written_so_that_it_is_read_as_itself(db):
    for kind in c.SupportKind.objects.all():
        assert groups.support_of(kind.name) == kind.code


WORDS = ["Họ và tên", "Ngày sinh", "Hoàn cảnh", "Trợ giúp", "Loại hộ"]


def test_groups_and_help_in_words_add_nothing_when_they_come_back(an, ward, tmp_path):
    layout = take_in(an, ward, WORDS, ["Lê Thị Hoa", "1/2/2016", "", "", ""])
    hoa = c.Child.objects.get()
    house = factories.household(ward, "Lê Văn Đức")
    c.Child.objects.update(household=house)
    factories.circumstance(hoa, "N04.2", since=date(2023, 1, 1))
    factories.circumstance(hoa, "N02")
    factories.circumstance(hoa, "R12")
    factories.circumstance(house, "R12")
    factories.support(hoa, "S33", on=date(2024, 2, 8))
    factories.support(hoa, "S01", on=date(2023, 4, 1), running=True)
    factories.support(hoa, "S34", on=date(2023, 2, 8))  # of another year
    data, rows = given(an, layout, tmp_path)
    names = {kind.code: kind.name for kind in c.CircumstanceKind.objects.all()}
    assert rows[1][2] in ("N04.2; N02", f"{names['N04.2']}; {names['N02']}") and rows[1][3]
    before = everything()
    assert again(an, ward, data) == NOTHING and everything() == before


def test_a_mark_without_a_day_begins_no_help_that_runs_already(an, ward, tmp_path):
    head = ["Họ và tên", "Ngày sinh", "Trợ cấp hằng tháng", "Thẻ BHYT miễn phí"]
    layout = take_in(an, ward, head, ["Lê Thị Hoa", "1/2/2016", "", ""])
    hoa = c.Child.objects.get()
    factories.support(hoa, "S01", on=date(2023, 4, 1), running=True)
    factories.support(hoa, "S02", on=date(2024, 1, 1))  # given for a year, told as an act: without its day it is not told
    data, rows = given(an, layout, tmp_path)
    assert rows[1][2:4] == ["x", None]
    before = everything()
    assert again(an, ward, data) == NOTHING and everything() == before


def test_a_child_of_unknown_sex_stays_so_where_only_girls_are_marked(an, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh", "Nữ"], ["Lê Thị Hoa", "1/2/2016", "x"], ["Lê Văn Tú", "2017", ""])
    c.Child.objects.filter(full_name="Lê Văn Tú").update(sex="")
    data, rows = given(an, layout, tmp_path)
    assert [row[2] for row in rows[1:]] == ["x", "?"]
    assert again(an, ward, data) == NOTHING and set(c.Child.objects.values_list("sex", flat=True)) == {"f", ""}


def test_sensitive_groups_only_for_the_team(an, lan, dung, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh", "Nhiễm HIV/AIDS", "Hoàn cảnh"], ["Lê Thị Hoa", "1/2/2016", "", ""])
    hoa = c.Child.objects.get()
    file = factories.protected_file(hoa, unit=ward)
    factories.circumstance(hoa, "N05", protected_file=file)
    assert given(lan, layout, tmp_path)[1][1][2] == "x"
    query = f"unit={ward.public_id}"
    assert given(dung, layout, tmp_path, query)[1][1][2:4] == [None, None]
    c.FileAccess.objects.create(file=file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert given(an, layout, tmp_path)[1][1][2:4] == [None, None]


def test_a_layout_is_of_its_commune_and_a_list_of_several_has_none(an, chi, dung, ward, tmp_path):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"])
    for officer in (chi, dung):
        with pytest.raises(Refusal, match="Không có mẫu này"):
            given(officer, layout, tmp_path)
    assert len(given(dung, layout, tmp_path, f"unit={ward.public_id}")[1]) == 2


def test_the_filters_hold_and_the_second_sheet_says_who_took_it(an, ward, tmp_path):
    layout = take_in(an, ward, HEAD, HOA, BINH)
    data, rows = given(an, layout, tmp_path, "sex=f")
    assert [row[1] for row in rows[1:]] == ["Nguyễn Thị Hoà"]
    told = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))["Thông tin"]]
    assert ["Mẫu", "như tệp DS tre em 2023.xlsx"] in told and ["Số dòng", "1"] in told


def test_too_many_rows_to_be_taken_in_again_are_refused(an, ward, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_OWN", 1)
    layout = take_in(an, ward, HEAD, HOA, BINH)
    with pytest.raises(Refusal, match="Hãy lọc"):
        given(an, layout, tmp_path)


def test_the_number_of_queries_does_not_grow_with_the_children(an, ward, tmp_path, django_assert_max_num_queries):
    layout = take_in(an, ward, [*HEAD, "Hoàn cảnh", "Trợ giúp", "Quan hệ với chủ hộ"], [*HOA, "", "", ""])
    for number in range(60):
        factories.circumstance(factories.child(ward, f"Trẻ {number}", house=factories.household(ward)), "N04")
    with django_assert_max_num_queries(16):
        assert len(given(an, layout, tmp_path)[1]) == 62


def test_the_newest_five_layouts_are_offered_the_latest_first(an, ward):
    for number in range(6):
        c.ListLayout.objects.create(
            unit=ward, key=str(number), file_name=f"{number}.xlsx", taken_in_on=date(2023, 1, 1 + number)
        )
    assert [row.file_name for row in layouts.offered(ward)] == ["5.xlsx", "4.xlsx", "3.xlsx", "2.xlsx", "1.xlsx"]
    assert layouts.offered(None) == []


def test_the_layouts_of_a_ward_are_those_of_the_ward_that_it_was_merged_into(an, quan, ward):
    layout = take_in(an, ward, ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"])
    _, merged = unit_changes.merge(quan, [ward, people.unit(people.VAN_DAU)])
    assert layouts.offered(merged) == [layout] and layouts.find(merged, layout.public_id) == layout


def test_decisions_and_amounts_come_again(an, ward, tmp_path):
    head = [
        "Họ và tên",
        "Ngày sinh",
        "Khuyết tật",
        "Trợ cấp xã hội hằng tháng",
        "Từ ngày",
        "Số QĐ",
        "Ngày QĐ",
        "Số tiền (đồng)",
    ]
    layout = take_in(
        an, ward, head, ["Lê Thị Hoa", "1/2/2016", "nặng", "x", "1/4/2023", "12/QĐ-UBND", "20/3/2023", "540.000"],
        ["Hà Thị Lan", "3/4/2017", "nhẹ", "", "", "15/GXN", "2/5/2023", ""],
    )  # fmt: skip
    data, rows = given(an, layout, tmp_path)
    told = {row[0]: row[5:8] for row in rows[1:]}
    assert told == {
        "Lê Thị Hoa": ["12/QĐ-UBND", "20/3/2023", 540000], "Hà Thị Lan": ["15/GXN", "2/5/2023", None]
    }  # fmt: skip
    before = everything()
    assert again(an, ward, data) == NOTHING and everything() == before


def test_number_and_day_in_one_column_come_again_in_one_column(an, ward, tmp_path):
    layout = take_in(
        an, ward, ["Họ và tên", "Ngày sinh", "Khuyết tật", "Số, ngày quyết định"],
        ["Lê Thị Hoa", "1/2/2016", "nặng", "12/QĐ-UBND ngày 20/3/2023"],
    )  # fmt: skip
    _, rows = given(an, layout, tmp_path)
    assert rows[1][3] == "12/QĐ-UBND ngày 20/03/2023"
