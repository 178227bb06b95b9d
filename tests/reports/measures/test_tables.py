"""The tables of the annex."""

from datetime import date

import pytest

from reports import measures
from reports.measures import tables
from tests import factories as make


@pytest.fixture
def counted(window):
    return lambda unit: tables.counted(unit, window)


def test_pl1_has_a_row_for_each_hamlet_the_rest_and_the_total(ward, counted):
    ten, two = make.hamlet(ward, "Tổ dân phố 10"), make.hamlet(ward, "Tổ dân phố 2")
    make.child(two, sex="f", birth="2020"), make.child(ten), make.child(ward)
    sheet = tables.pl1(ward, counted(ward))
    assert [(row.label, row.text("total")) for row in sheet.rows] == [
        ("Tổ dân phố 2", "1"), ("Tổ dân phố 10", "1"), ("Chưa rõ tổ dân phố", "1"), ("Tổng cộng", "3"),
    ]  # fmt: skip
    assert [sheet.rows[-1].text(key) for key, _ in sheet.columns] == ["3", "2", "1", "1", "2", "0", "0", "0", "0"]


def test_pl1_of_a_district_has_its_wards_and_says_who_has_no_figure(ward, district, counted):
    make.child(ward)
    sheet = tables.pl1(district, counted(district))
    assert len(sheet.rows) == 11
    assert {row.label: row.text("total") for row in sheet.rows}["Phường Văn Đẩu"] == "chưa có số liệu"
    assert sheet.notes == ["1/10 phường có số liệu"]


def test_pl2_prints_flows_parts_and_help_of_each_group_and_the_total_without_doubles(ward, counted):
    child = make.child(ward, sex="f", birth="2020")
    make.circumstance(child, "N04"), make.circumstance(child, "N01", since=date(2024, 2, 1))
    make.circumstance(make.child(ward), "N04", until=date(2024, 3, 1)), make.circumstance(make.child(ward), "L08")
    make.support(child)
    rows = {row.group or "total": row for row in tables.pl2(ward, counted(ward)).rows}
    texts = lambda row: [row.text(key) for key, *_ in tables.PL2]  # noqa: E731
    assert texts(rows["N04"]) == ["2", "0", "1", "1", "1", "1", "0", "1", "100,0%"]
    assert texts(rows["N01"]) == ["0", "1", "0", "1", "1", "1", "0", "1", "100,0%"]
    assert texts(rows["total"]) == ["2", "0", "1", "1", "1", "1", "0", "1", "100,0%"]
    assert texts(rows["L00"])[:4] == ["1", "0", "0", "1"]
    assert rows["N04"].text_earlier("end") == "2"  # "từ trước" held a year ago too
    assert len(rows) == 16


def test_pl3_counts_acts_children_and_money_by_kind(ward, window):
    child, other = make.child(ward), make.child(ward)
    (
        make.support(child, "S33", amount=300_000, source="Quỹ phường"),
        make.support(child, "S33", amount=200_000, source="Hội CTĐ"),
    )
    make.support(other, "S01", on=date(2024, 2, 10), running=True, amount=540_000, per="month", source="Ngân sách")
    rows = {row.group: row for row in tables.pl3(ward, window).rows}
    assert [rows["S33"].text(key) for key, _ in tables.PL3] == ["2", "1", "500.000", "Hội CTĐ; Quỹ phường"]
    assert rows["S01"].text("money") == "1.620.000"  # February, March, April
    assert [rows[""].text(key) for key in ("times", "children", "money")] == ["3", "2", "2.120.000"]


def test_pl4_by_form_and_pl5_by_cause(ward, counted):
    child = make.child(ward)
    make.incident(ward, "abuse", children=[(child, {"form": "violence", "intervened_on": date(2024, 3, 3)})])
    make.incident(ward, "injury", cause="drowning", children=[(child, {"outcome": "died"})])
    four, five = tables.pl4(ward, counted(ward)), tables.pl5(ward, counted(ward))
    rows = {row.label: row for row in four.rows}
    assert [rows["Bạo lực"].text(key) for key in ("incidents", "children", "male", "helped")] == ["1", "1", "1", "1"]
    assert rows["Mua bán"].text("children") == "0" and rows["Tổng cộng"].text("children") == "1"
    assert rows["Tổng cộng"].text_earlier("children") == "chưa có số liệu"
    rows = {row.label: row for row in five.rows}
    assert [rows["Đuối nước"].text(key) for key in ("injured", "died")] == ["1", "1"]
    assert rows["Ngã"].text("injured") == "0"


def test_a_sheet_for_a_screen_is_made_of_masked_tables(ward, counted, binh):
    child = make.child(ward)
    make.incident(ward, "abuse", children=[(child, {"form": "violence"})], protected_file=make.protected_file(child))
    seen = tuple(measures.masked(table, binh) for table in counted(ward))
    rows = {row.label: row for row in tables.pl4(ward, seen).rows}
    assert [rows[label].text("children") for label in ("Bạo lực", "Tổng cộng")] == ["***", "***"]
    assert tables.pl1(ward, seen).rows[-1].text("total") == "1"
