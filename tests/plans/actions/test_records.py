"""Places, safe homes, hamlets at high risk: written, changed in state, ended, voided."""

from datetime import date

import pytest

from childcare.lib.refusal import Refusal
from plans.actions import records as actions
from plans.loading_records import load_criteria
from plans.models import ChildPlace, RiskArea, SafeHome, SafeHomeCriterion
from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db
MARCH = date(2024, 3, 1)


@pytest.fixture
def hamlet(ward):
    return f.hamlet(ward, "Tổ dân phố 1")


def test_the_same_place_is_written_once(an, hamlet):
    staffing.place(hamlet)
    with pytest.raises(Refusal, match="đã có “SÂN CHƠI”"):
        actions.add_place(by=an, unit=hamlet, kind="play", name="SÂN CHƠI", state="used")


def test_a_new_state_ends_the_row_and_begins_one_of_the_same_thing(an, hamlet):
    old = staffing.place(hamlet, money=5_000_000, year=2020)
    new = actions.change_place(place=old, by=an, version=1, state="broken", on=MARCH)
    old.refresh_from_db()
    assert (old.ended_on, new.started_on, new.thing, new.money) == (MARCH, MARCH, old.thing, 5_000_000)
    assert (
        ChildPlace.objects.on(date(2024, 2, 29)).get().state == "used" and ChildPlace.objects.on(MARCH).get().state == "broken"
    )
    with pytest.raises(Refusal, match="đúng tình trạng"):
        actions.change_place(place=new, by=an, version=1, state="broken", on=date(2024, 4, 1))


def test_a_state_cannot_begin_before_the_one_before(an, hamlet):
    row = staffing.place(hamlet, started_on=MARCH)
    with pytest.raises(Refusal, match="không sau ngày bắt đầu"):
        actions.change_place(place=row, by=an, version=1, state="broken", on=MARCH)


def test_what_ended_cannot_end_again(an, hamlet):
    row = staffing.place(hamlet)
    actions.end(row=row, by=an, version=1, on=MARCH)
    with pytest.raises(Refusal, match="đã kết thúc"):
        actions.end(row=row, by=an, version=2, on=MARCH)


def test_a_house_examined_twice_on_a_day_with_the_same_result_is_one_row(an, hamlet):
    house = f.household(hamlet)
    assert staffing.homes(hamlet, (house, "", True), (None, "Phạm Hộ", False)) == 2
    assert staffing.homes(hamlet, (house, "", True), (None, "PHẠM HỘ", False)) == 0
    assert staffing.homes(hamlet, (house, "", False)) == 1  # another result replaces that of the day
    assert SafeHome.objects.valid().filter(household=house).get().met is False and SafeHome.objects.count() == 3


def test_a_house_that_does_not_meet_the_criteria_says_which(an, hamlet):
    actions.examine(by=an, unit=hamlet, on=MARCH, results=[(None, "A", False), (None, "B", True)], unmet=["NAT02"])
    assert {row.head: row.unmet for row in SafeHome.objects.all()} == {"A": ["NAT02"], "B": []}


def test_a_hamlet_at_risk_needs_a_reason_and_is_written_once(an, hamlet):
    with pytest.raises(Refusal, match="ít nhất một lý do"):
        actions.add_risk(by=an, unit=hamlet, reasons=[])
    row = actions.add_risk(by=an, unit=hamlet, reasons=["water", "poor"], note="ao đình")
    assert row.why == "ao, hồ, sông không rào; nhiều hộ nghèo, cận nghèo; ao đình"
    with pytest.raises(Refusal, match="đang có trong danh sách"):
        actions.add_risk(by=an, unit=hamlet, reasons=["drugs"])
    actions.end(row=row, by=an, version=1, on=MARCH)
    actions.add_risk(by=an, unit=hamlet, reasons=["drugs"], started_on=MARCH)
    assert RiskArea.objects.on(MARCH).get().why == "ma túy"


def test_a_record_is_voided_with_a_reason(an, hamlet):
    row = staffing.place(hamlet)
    with pytest.raises(Refusal, match="lý do"):
        actions.void(row=row, by=an, version=1, reason="")
    actions.void(row=row, by=an, version=1, reason="Ghi nhầm tổ")
    assert not ChildPlace.objects.valid().exists()


def test_criteria_are_loaded_unchecked_and_a_correction_stays(quan):
    row = SafeHomeCriterion.objects.get(code="NAT02")
    assert not row.verified and SafeHomeCriterion.objects.count() == 11
    actions.correct_criterion(criterion=row, by=quan, version=1, text="Bể nước có nắp", active=True, verified=True)
    assert load_criteria() == 11
    row.refresh_from_db()
    assert (row.text, row.verified) == ("Bể nước có nắp", True)


def test_records_are_seen_by_the_unit_and_above(an, binh, chi, dung, hamlet):
    row = staffing.place(hamlet)
    assert [set(ChildPlace.objects.visible_to(who)) for who in (an, dung)] == [{row}, {row}]
    assert not any(ChildPlace.objects.visible_to(who).exists() for who in (binh, chi))
