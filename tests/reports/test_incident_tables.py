"""PL3 to PL5 as the report prints them, the figure of the police beside ours, what is held above the wards."""

from datetime import date

import pytest

from childcare.indicators.models import Indicator
from reports import annexes, collecting, consolidation, incident_tables, measures
from reports.kept import Kept
from reports.manual import enter
from reports.models import Obligation
from reports.obligations import ensure_obligations
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db
WINDOW = measures.Window(date(2023, 11, 1), date(2024, 4, 30))


@pytest.fixture
def owed(ward, an):
    ensure_obligations(2024)
    return Obligation.objects.get(unit=ward, regime__code="RG01", period="2024-H1")


@pytest.fixture
def facts(ward):
    girl, boy = make.child(ward, sex="f", birth="03/04/2015"), make.child(ward, sex="m", birth="03/04/2010")
    on = date(2024, 3, 1)
    abused = make.incident(ward, "abuse", on, [(girl, {"form": "sexual", "intervened_on": on})], setting="family")
    abused.outcomes.create(kind="criminal", on=date(2024, 4, 1), body="Công an quận")
    make.incident(ward, "injury", on, [(boy, {"outcome": "died"})], cause="drowning", setting="water")
    make.support(girl, "S33", amount=200_000, source="Quỹ Bảo trợ trẻ em")


def tables(owed):
    return collecting.collect(owed).tables


def row(table, name):
    return next(row["values"] for row in table["rows"] if row["name"] == name)


def test_abuse_by_form_with_what_became_of_it(facts, owed):
    table = tables(owed)["PL4"]
    #                    vụ, trẻ, nam, nữ, <6, 6-10, 11-15, can thiệp, chuyển, hình sự, hành chính
    assert row(table, "Xâm hại tình dục") == [1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert row(table, "Tổng số (không trùng)") == row(table, "Xâm hại tình dục")
    assert row(table, "Nơi, môi trường: Gia đình") == row(table, "Xâm hại tình dục")


def test_injuries_by_cause_and_help_by_kind(facts, owed):
    found = tables(owed)
    assert row(found["PL5"], "Đuối nước") == [1, 1, 1, 0] and row(found["PL5"], "Ngã") == [0, 0, 0, 0]
    assert row(found["PL3"], "Tổng cộng") == [1, 1, 200_000, "Quỹ Bảo trợ trẻ em"]


def test_only_the_annex_on_abuse_is_always_for_internal_use(facts, owed):
    period = type("Period", (), {"year": 2024})
    found = {title: marks for title, _, _, marks in annexes.incidents(tables(owed), period)}
    assert found == {"Trợ giúp trẻ em": (), "Trẻ em bị xâm hại": ("LƯU HÀNH NỘI BỘ",), "Tai nạn, thương tích trẻ em": ()}


def typed(ward, an, number, note=""):
    enter(
        by=an, unit=ward, indicator=Indicator.objects.get(code="XH-01"), data_from=WINDOW.data_from, cutoff=WINDOW.cutoff,
        origin="sector", source="Công an phường", source_date=date(2024, 5, 1), numerator=number, note=note,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "note", "words"),
    [
        (3, "hai vụ chưa báo về phường", "báo cáo này: 1. Chênh lệch: 2. Giải thích: hai vụ chưa báo về phường."),
        (3, "", "báo cáo này: 1. Chênh lệch: 2. Chưa có giải thích chênh lệch."),
        (1, "", "báo cáo này: 1. Hai số bằng nhau."),
    ],
)
def test_the_figure_of_the_police_stands_beside_ours_and_is_never_added(ward, an, number, note, words):
    typed(ward, an, number, note)
    ours = Kept(1, None, 1, False)
    told = incident_tables.police(ward, WINDOW, lambda code: ours)
    assert told == [f"Theo Công an phường (01/05/2024): {number} trẻ em bị xâm hại; {words}"]


def test_the_figure_of_the_police_does_not_change_the_count(facts, ward, an, owed):
    typed(ward, an, 9)
    assert collecting.collect(owed).now("XH-01").numerator == 1


def test_what_the_district_holds_stands_in_a_column_of_its_own_and_in_the_total(ward, an):
    district = people.unit(people.KIEN_AN)
    ensure_obligations(2024)
    owed = Obligation.objects.filter(unit=district, to_unit__isnull=False).order_by("cutoff").first()
    file = make.protected_file(None, unit=district)
    file.restricted, file.held_by = True, district
    file.save()
    make.incident(ward, "abuse", owed.cutoff, [(None, {"form": "sexual", "sex": "f"})], protected_file=file)
    counted = collecting.collect(owed)
    assert counted.now("XH-01").numerator == 1 and counted.parts["names"][-1] == "Cấp trên trực tiếp quản lý"
    cells = next(line for section in counted.parts["sections"] for line in section["rows"] if "vụ xâm hại" in line["name"])
    assert cells["cells"][-1] == "1" and cells["total"] == "1"
    assert row(counted.tables["PL4"], "Xâm hại tình dục")[:4] == [1, 1, None, 1]  # of the boys nobody told
    assert consolidation.figures_now(owed)("XH-03").numerator == 1


def test_help_given_under_a_restriction_counts_where_it_is_held(ward):
    district, child = people.unit(people.KIEN_AN), make.child(ward)
    file = make.protected_file(None, unit=district)
    file.restricted, file.held_by = True, district
    file.save()
    make.support(child, "S33", protected_file=file)
    assert incident_tables.help_given(ward, WINDOW)["rows"] == []
    assert row(incident_tables.help_given(district, WINDOW), "Tổng cộng")[0] == 1
