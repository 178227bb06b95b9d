"""The clocks of alternative care, worked out by hand: 15 working days to the hand-over, 1, 3, 6 months of visits, 15 to the end."""

from datetime import date

import pytest

from cases.actions import carers, placing
from cases.clocks_placement import PlacementClocks, with_parts
from cases.models import Placement
from childcare.lib.calendar import TZ, months_after
from tests import factories, people
from tests.cases import care

pytestmark = pytest.mark.django_db


def clocks(row):
    """Code of the rule → (last day, kept); several of one code in their order."""
    row = with_parts(Placement.objects.filter(pk=row.pk)).get()
    return [(clock.rule.code, clock.due_at.astimezone(TZ).date(), clock.kept) for clock in PlacementClocks().of_placement(row)]


def visit(row, day, an, **values):
    placing.visit(placement=row, by=an, version=None, visited_on=day, **values)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2023, 1, 31), 1, date(2023, 2, 28)), (date(2024, 3, 20), 6, date(2024, 9, 20)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)), (date(2024, 12, 1), 1, date(2025, 1, 1)), (date(2024, 11, 30), 1, date(2024, 12, 30)),
    ],
)  # fmt: skip
def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_the_month(day, count, later):
    assert months_after(day, count) == later


def test_fifteen_working_days_from_the_decision_to_the_hand_over(an):
    # Decided on Friday 15/03/2024: 18–22, 25–29 March, 1–5 April are fifteen working days.
    assert clocks(care.decided(an)) == [("CK09", date(2024, 4, 5), None)]


def test_the_hand_over_stops_it(an):
    found = dict((code, kept) for code, _, kept in clocks(care.caring(an)))
    assert found["CK09"] is True


def test_visits_after_one_and_three_months_and_a_report_within_six(an):
    row = care.caring(an)  # handed over on 20/03/2024
    waiting = [line for line in clocks(row) if line[0] not in ("CK09", "CK40")]
    assert waiting == [("CK35", date(2024, 4, 20), None), ("CK36", date(2024, 6, 20), None), ("CK13", date(2024, 9, 20), None)]


def test_each_visit_stops_the_next_clock_and_a_report_starts_the_next_half_year(an):
    row = care.caring(an)
    visit(row, date(2024, 4, 19), an)
    visit(row, date(2024, 4, 30), an, report=True)
    assert [line for line in clocks(row) if line[0] not in ("CK09", "CK40")] == [
        ("CK35", date(2024, 4, 20), True),
        ("CK36", date(2024, 6, 20), True),
        ("CK13", date(2024, 9, 20), True),
        ("CK13", date(2024, 10, 30), None),
    ]


def test_a_visit_a_day_late_is_late(an):
    row = care.caring(an)
    visit(row, date(2024, 4, 21), an)
    assert ("CK35", date(2024, 4, 20), False) in clocks(row)


def test_the_end_stops_everything(an):
    assert not [line for line in clocks(care.ended(an)) if line[2] is None]
    assert not PlacementClocks().running_of(with_parts(Placement.objects.all()).get())


def test_fifteen_working_days_from_the_request_to_the_end(an):
    row = care.caring(an)
    placing.ask_to_end(
        placement=row, by=an, version=None, request_on=date(2024, 4, 22), request_by="cô Hiền", request_reason="ốm"
    )
    # 23–26 April (4); 29/04 was given away for Saturday 04/05, 30/04 and 01/05 are holidays; 2–4 (7), 6–10 (12), 13–15 May (15).
    assert ("CK12", date(2024, 5, 15), None) in clocks(row)


def test_a_child_from_a_facility_has_twenty_five_working_days(an):
    place = care.shelter(an, kind="facility")
    row = care.opened(an)
    placing.describe(placement=row, by=an, version=None, from_facility=place, file_received_on=date(2024, 3, 4))
    # 5–8 (4), 11–15 (9), 18–22 (14), 25–29 March (19), 1–5 (24), 8 April (25).
    assert clocks(row) == [("CK10", date(2024, 4, 8), None)]


def test_a_shelter_is_for_three_months_and_owes_no_report(an):
    assert clocks(care.caring(an, "shelter")) == [("CK42", date(2024, 6, 20), None)]


def test_day_care_has_no_clock(an):
    assert clocks(care.caring(an, "day_care")) == []


def test_what_was_given_up_has_none(an):
    row = care.decided(an)
    placing.cancel(placement=row, by=an, version=None, reason="thôi")
    assert clocks(row) == []


def test_a_registration_is_concluded_within_fifteen_working_days(an):
    row = care.carer(an, accepted=False)  # Monday 04/03/2024: 5–8 (4), 11–15 (9), 18–22 (14), 25 (15)
    clock = PlacementClocks().of_carer(row)
    assert (clock.due_at.astimezone(TZ).date(), clock.kept) == (date(2024, 3, 25), None)
    carers.withdraw(carer=row, by=an, version=row.version, on=date(2024, 3, 26), reason="đổi ý")
    row.refresh_from_db()
    assert PlacementClocks().of_carer(row).kept is False


def told(row, day, an):
    placing.told(placement=row, by=an, version=None, told_on=day, text="cháu khỏe, học đều")


def of_code(row, code):
    return [line[1:] for line in clocks(row) if line[0] == code]


def test_the_carer_tells_after_six_months_and_then_every_year(an, settings):
    settings.TRAINING_TODAY = "2026-05-02"
    row = care.caring(an)  # handed over on 20/03/2024
    assert of_code(row, "CK40") == [(date(2024, 9, 20), None)]
    told(row, date(2024, 9, 20), an)
    assert of_code(row, "CK40") == [(date(2024, 9, 20), True), (date(2025, 9, 20), None)]
    told(row, date(2025, 9, 21), an)
    assert of_code(row, "CK40") == [(date(2024, 9, 20), True), (date(2025, 9, 20), False), (date(2026, 9, 21), None)]


def test_the_end_of_the_care_stops_the_carers_clock_and_a_place_has_none(an):
    assert of_code(care.ended(an), "CK40") == [(date(2024, 9, 20), True)]
    assert of_code(care.caring(an, "facility", child=factories.child(people.unit(people.NAM_SON))), "CK40") == []


def test_the_photo_in_the_file_is_good_for_six_months_until_the_decision(an):
    row = care.opened(an)
    placing.describe(placement=row, by=an, version=None, photo_on=date(2024, 2, 29))
    assert of_code(row, "CK45") == [(date(2024, 8, 29), None)]
    placing.describe(placement=row, by=an, version=None, photo_on=date(2024, 4, 1))  # a new photo
    assert of_code(row, "CK45") == [(date(2024, 10, 1), None)]
    Placement.objects.filter(pk=row.pk).update(state="decided", decision_on=date(2024, 4, 5))
    assert of_code(row, "CK45") == [(date(2024, 10, 1), True)]


@pytest.mark.parametrize(
    ("heard_on", "due"),
    [
        (date(2024, 3, 4), date(2024, 6, 30)),  # heard of in the first quarter: by the end of the second
        (date(2024, 3, 31), date(2024, 6, 30)),
        (date(2024, 4, 1), date(2024, 9, 30)),
        (date(2024, 9, 30), date(2024, 12, 31)),
        (date(2023, 12, 31), date(2024, 3, 31)),
    ],
)
def test_the_register_is_brought_up_to_date_in_every_quarter(db, heard_on, due):
    clock = PlacementClocks().of_register(heard_on)
    assert clock.rule.code == "CK14" and clock.due_at.astimezone(TZ).date() == due
