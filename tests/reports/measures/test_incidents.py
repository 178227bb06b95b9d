"""Incidents: vụ counts incidents, children count children; unit and date of the row, age on that date."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from childcare.children.models import Incident, Residence
from reports import measures
from reports.models import ZeroConfirmation
from tests import factories as make
from tests.reports.measures.test_cases import at, case


def abuse(unit, *children, on=date(2024, 3, 1), **fields):
    return make.incident(unit, "abuse", on, [(child, {"form": "violence", **fields}) for child in children])


def test_died_by_drowning_before_the_cutoff_is_a_death_and_no_longer_a_child_of_the_ward(ward, number):
    child = make.child(ward)
    make.incident(ward, cause="drowning", on=date(2024, 4, 2), children=[(child, {"outcome": "died"})])
    Residence.objects.filter(child=child).update(ended_on=date(2024, 4, 2), end_reason="death")
    make.child(ward)
    assert [number(code) for code in ("TN-05", "TN-03", "TN-01", "DS-01", "TN-07")] == [1, 1, 1, 1, 0]
    assert number("TN-01", "cause=drowning&sex=m") == 1


def test_a_child_abused_twice_is_two_incidents_and_one_child(ward, number):
    child = make.child(ward)
    abuse(ward, child), abuse(ward, child, form="sexual")
    assert [number(code) for code in ("XH-03", "XH-01", "XH-07")] == [2, 1, 1]
    assert [number("XH-01", f"form={form}") for form in ("violence", "sexual", "neglect")] == [1, 1, 0]


def test_children_outside_the_registry_count_one_by_one(ward, number):
    make.incident(
        ward, "abuse", children=[(None, {"sex": "f", "birth_latest": date(2012, 12, 31)}), (None, {}), (make.child(ward), {})]
    )
    assert (number("XH-01"), number("XH-03"), number("XH-01", "sex=f"), number("XH-01", "age=11-15")) == (3, 1, 1, 1)


def test_who_was_sixteen_on_the_day_is_not_counted_and_who_turned_so_later_is(ward, number):
    abuse(ward, make.child(ward, birth="01/03/2008"))
    abuse(ward, make.child(ward, birth="02/03/2008"))
    assert (number("XH-01"), number("XH-03")) == (1, 1)


def test_an_incident_counts_where_it_happened(ward, other_ward, district, number):
    child = make.child(ward)
    abuse(other_ward, child), abuse(ward, child)
    assert [number("XH-01", unit=unit) for unit in (ward, other_ward, district)] == [1, 1, 1]
    assert number("XH-03", unit=district) == 2


def test_intervention_and_support_reach_abused_and_at_risk_children_once(ward, figure):
    abused, at_risk, waiting = make.child(ward), make.child(ward), make.child(ward)
    abuse(ward, abused, intervened_on=date(2024, 3, 5))
    make.circumstance(abused, "R01", since=date(2024, 2, 1))
    make.circumstance(at_risk, "R03", since=date(2024, 2, 1))
    make.circumstance(waiting, "R02", since=date(2024, 2, 1))
    make.circumstance(make.child(ward), "R02", since=None)  # known before: not found in this window
    make.support(at_risk, "S17")
    assert (figure("XH-05").counts, figure("XH-05").note) == ("2/3", "Bị xâm hại 1/1; có nguy cơ 1/3.")
    assert (figure("XH-05", "part=abused").counts, figure("XH-05", "part=risk").counts) == ("1/1", "1/3")
    assert (figure("HS-10").numerator, figure("XH-01").handled) == (1, "1/1")


# Reported on Monday 08/04/2024 at nine: twelve hours end at 21:00, seven working days (9, 10, 11, 12, 15, 16, 17) on 17/04.
@pytest.mark.parametrize(
    ("emergency", "step", "approved", "intervened", "counts"),
    [
        (True, at(8, 21), None, None, "1/1"),
        (True, at(8, 22), None, date(2024, 4, 8), "0/1"),  # the day of a help tells nothing of its hour
        (True, None, at(9), None, "0/1"),
        (False, None, at(17, 23), None, "1/1"),
        (None, None, at(18, 0), None, "0/1"),
        (False, None, None, date(2024, 4, 17), "1/1"),
        (False, None, None, date(2024, 4, 18), "0/1"),
        (False, at(8, 23), None, None, "1/1"),
        (None, None, None, None, "0/1"),
    ],
)
def test_in_time_is_twelve_hours_when_urgent_else_the_seven_days_of_the_procedure(
    ward, figure, emergency, step, approved, intervened, counts
):
    child = make.child(ward)
    plan = (approved, approved) if approved else None
    case(ward, emergency=emergency, step=step, plan=plan, child=child)
    abuse(ward, child, on=date(2024, 4, 6), intervened_on=intervened)
    assert figure("XH-04").counts == counts
    assert figure("HS-10").numerator == (1 if intervened else 0)
    assert figure("XH-05").counts == "1/1"  # a case file is help (and no longer asks in time or not)


def test_without_a_case_the_days_run_from_the_event_and_what_still_runs_is_left_out(ward, figure):
    for day in (10, 11):  # seven working days from Monday 01/04 end on Wednesday the 10th
        abuse(ward, make.child(ward), on=date(2024, 4, 1), intervened_on=date(2024, 4, day))
    abuse(ward, make.child(ward), on=date(2024, 4, 26))  # within its days at the cut-off
    abuse(ward, (waiting := make.child(ward)), on=date(2024, 1, 2))
    case(ward, at(26), child=waiting)  # told long after: the days run from the report
    assert (figure("XH-04").counts, figure("HS-10").numerator, figure("XH-01").numerator) == ("1/2", 2, 4)


def test_a_restricted_case_tells_nothing_beside_an_incident_of_another_file(ward, district, figure):
    child = make.child(ward)
    held = case(ward, step=at(8, 10), emergency=True, held=district, child=child)
    abuse(ward, child, on=date(2024, 4, 6))
    assert figure("XH-04").counts == "0/1" and figure("XH-05").counts == "0/1"
    Incident.objects.update(protected_file=held.protected_file)
    assert figure("XH-01").missing and figure("XH-04", unit=district).counts == "1/1"


@pytest.mark.parametrize("kind", ["incident", "circumstance"])
def test_a_restricted_fact_held_above_costs_a_ward_no_statement_and_the_district_none_more(ward, district, window, kind):
    child = make.child(ward)

    def asked(unit):
        with CaptureQueriesContext(connection) as queries:
            measures.count([unit], window)
        return len(queries)

    before = asked(ward), asked(district)
    file = make.protected_file(child)
    file.restricted, file.held_by = True, district
    file.save()
    if kind == "incident":
        make.incident(ward, "abuse", date(2024, 4, 20), [(child, {"form": "sexual"})], protected_file=file)
    else:
        make.circumstance(child, "N09", since=date(2024, 4, 20), protected_file=file)
    assert (asked(ward), asked(district)) == before


def test_reported_ill_treatment_is_helped_in_time_by_its_case_or_the_first_support(ward, figure):
    told, helped, late, other = (make.child(ward) for _ in range(4))
    for child in (told, helped, late):
        make.circumstance(child, "N09", since=date(2024, 4, 1))
    make.circumstance(other, "N01", since=date(2024, 4, 1))
    case(ward, at(2), plan=(at(5), at(5)), child=told)
    make.support(helped, "S17", on=date(2024, 4, 10))
    make.support(late, "S17", on=date(2024, 4, 11))
    assert figure("XH-06").counts == "2/3"


def test_a_zero_is_printed_only_after_it_was_confirmed(ward, an, window, figure):
    make.child(ward)
    assert (figure("XH-01").missing, figure("XH-01").note) == (True, "Chưa xác nhận không phát sinh.")
    assert figure("XH-02").missing and figure("XH-05").missing
    ZeroConfirmation.objects.create(
        unit=ward,
        code="XH-01",
        data_from=window.data_from,
        cutoff=window.cutoff,
        checked_with="Công an phường",
        confirmed_by=an,
    )
    assert (figure("XH-01").numerator, figure("XH-01").missing, figure("XH-01", "sex=f").numerator) == (0, False, 0)
    assert (figure("XH-05").missing, figure("XH-05").text) == (False, "không phát sinh")
    assert figure("XH-03").missing


def test_a_confirmation_of_another_window_confirms_nothing(ward, an, window, figure):
    make.child(ward)
    ZeroConfirmation.objects.create(
        unit=ward,
        code="XH-01",
        data_from=window.data_from,
        cutoff=date(2024, 4, 29),
        checked_with="Công an phường",
        confirmed_by=an,
    )
    assert figure("XH-01").missing


def test_the_rate_of_change_against_the_same_window_a_year_earlier(ward, figure):
    abuse(ward, make.child(ward), make.child(ward), on=date(2023, 3, 1))
    abuse(ward, make.child(ward), make.child(ward), make.child(ward))
    found = figure("XH-09")
    assert (found.value, found.text, found.note) == (50, "50,0%", "3 trẻ em; cùng kỳ 2 trẻ em")


def test_without_last_year_there_is_no_rate_of_change(ward, figure):
    abuse(ward, make.child(ward))
    assert figure("XH-09").missing


@pytest.mark.parametrize(
    "kind, code",
    [
        ("offence", "VP-01"),
        ("school_violence", "XH-08"),
        ("offence", "VP-02"),
        ("disaster", "HC-24"),
        ("child_marriage", "TH-01"),
    ],
)
def test_other_kinds_of_incident(ward, figure, kind, code):
    make.incident(ward, kind, children=[(make.child(ward), {"intervened_on": date(2024, 3, 2)})])
    assert figure(code).numerator == 1


def test_what_became_of_incidents_counts_vu_by_form_once_each(ward, number, figure):
    first, second, none = (abuse(ward, make.child(ward), form=form) for form in ("sexual", "violence", "neglect"))
    told = {"body": "Công an", "on": date(2024, 4, 1)}
    for incident, kinds in ((first, ("referred", "criminal")), (second, ("criminal", "administrative"))):
        for kind in kinds:
            incident.outcomes.create(kind=kind, **told)
    none.outcomes.create(kind="criminal", **{**told, "on": date(2024, 5, 2)})  # after the cut-off
    assert [number(code) for code in ("HS-07", "HS-08", "HS-09", "XH-11")] == [1, 2, 1, 2]
    assert [number("HS-08", f"form={form}") for form in ("sexual", "violence", "neglect")] == [1, 1, 0]


def test_no_result_is_zero_where_incidents_are_known_and_missing_where_nobody_confirmed_that_there_are_none(ward, figure):
    make.child(ward)
    assert figure("HS-08").missing and figure("XH-11").missing
    abuse(ward, make.child(ward))
    assert figure("HS-08").numerator == 0 and figure("XH-11").numerator == 0
