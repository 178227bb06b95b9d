"""Cases opened, in time, closed: each step worked out by hand. Reports received on Monday 08/04/2024 at nine.

Twelve hours end at 21:00; five working days (9, 10, 11, 12, 15) on 15/4; two more after a plan of 12/4 (15, 16) on 16/4.
"""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Assessment, Case, CaseEvent, EmergencyStep, InterventionPlan, PlannedService
from childcare.children.models import CircumstanceKind, FileAccess, Residence, SupportKind
from childcare.lib.calendar import TZ
from reports import measures
from tests import factories as make
from tests import people


def at(day, hour=9, month=4):
    return datetime(2024, month, day, hour, tzinfo=TZ)


def case(ward, received=None, *, kind=None, emergency=None, held=None, step=None, assessed=None, plan=None, **fields):
    """A case with its parts, written as they were at their time. `plan`: (submitted, decided)."""
    file = make.protected_file(None, unit=held or ward)
    file.restricted, file.held_by = held is not None, held
    file.save()
    row = Case.objects.create(
        unit=ward, protected_file=file, opened_at=received or at(8), emergency=emergency,
        kind=CircumstanceKind.objects.get(code=kind) if kind else None, **fields,
    )  # fmt: skip
    if step:
        EmergencyStep.objects.create(case=row, kind="medical", done_at=step)
    if assessed:
        done = {"done_on": assessed.date(), "level": "low", "completed_at": assessed}
        Assessment.objects.create(case=row, form="initial", **done)
    if plan:
        submitted, decided = plan
        state = "approved" if decided else "submitted"
        InterventionPlan.objects.create(
            case=row, state=state, submitted_at=submitted, decided_at=decided, decision_on=decided and decided.date()
        )
    return row


def end(row, what, moment, day=None):
    """Close or screen out, or open again."""
    state = {"closed": "closed", "screened_out": "screened_out", "reopened": "reopened"}[what]
    CaseEvent.objects.create(case=row, at=moment, what=what, state=state)
    Case.objects.filter(pk=row.pk).update(state=state, closed_on=None if what == "reopened" else day or moment.date())


@pytest.fixture(autouse=True)
def entered(ward):
    """A ward without a child has no data."""
    make.child(ward)


def test_cases_count_at_the_day_of_the_report_and_those_screened_out_are_none(ward, number):
    case(ward), case(ward, at(30, 23)), case(ward, at(1, 0, month=5))
    case(ward, datetime(2023, 10, 31, 23, 59, tzinfo=TZ))
    end(case(ward), "screened_out", at(9))
    assert (number("HS-01"), number("HS-06")) == (2, 3)


@pytest.mark.parametrize(
    ("emergency", "assessed", "counts"),
    [
        (True, at(8, 21), "1/1"),
        (True, at(8, 22), "0/1"),
        (True, None, "0/1"),
        (False, at(15, 23), "1/1"),
        (False, at(16, 0), "0/1"),
        (None, None, "0/1"),
    ],
)
def test_assessed_in_twelve_hours_where_it_is_urgent_else_before_the_plan_is_due(ward, figure, emergency, assessed, counts):
    case(ward, emergency=emergency, assessed=assessed)
    assert figure("HS-02").counts == counts


def test_what_still_runs_at_the_cutoff_is_neither_in_time_nor_late(ward, figure):
    case(ward, at(29))
    assert figure("HS-03").counts == "0/0" and figure("HS-03").text == "không phát sinh"
    case(ward)
    assert figure("HS-03").counts == "0/1"


@pytest.mark.parametrize(
    ("plan", "planned", "approved"),
    [
        ((at(15, 23), at(17, 23)), "1/1", "1/1"),
        ((at(16, 0), at(16, 1)), "0/1", "1/1"),
        ((at(12), at(16, 23)), "1/1", "1/1"),
        ((at(12), at(17, 0)), "1/1", "0/1"),
        ((at(12), None), "1/1", "0/1"),
        ((at(12), at(2, month=5)), "1/1", "0/1"),
    ],
)
def test_planned_in_five_days_and_approved_in_two(ward, figure, plan, planned, approved):
    case(ward, plan=plan)
    assert (figure("HS-03").counts, figure("HS-04").counts) == (planned, approved)


@pytest.mark.parametrize(
    ("kind", "plan", "counts"),
    [
        ("N11.1", (at(12), at(16)), "1/1"),
        ("N02", (at(12), at(17, 0)), "0/1"),
        ("N12", (at(16, 0), at(16, 1)), "0/1"),
        ("N11", None, "0/1"),
        ("N09", None, "0/0"),
        (None, None, "0/0"),
    ],
)
def test_criterion_six_asks_of_three_kinds_a_plan_made_and_approved_in_time(ward, figure, kind, plan, counts):
    case(ward, kind=kind, plan=plan)
    assert figure("XH-10").counts == counts


@pytest.mark.parametrize(
    ("emergency", "step", "counts"),
    [(True, at(8, 20), "1/1"), (True, at(8, 22), "0/1"), (True, None, "0/1"), (False, at(8, 20), "0/0")],
)
def test_emergency_measures_within_twelve_hours(ward, figure, emergency, step, counts):
    case(ward, emergency=emergency, step=step)
    assert figure("XH-12").counts == counts


def test_a_ward_with_a_shorter_clock_is_judged_by_the_law(ward, figure, an):
    from_before = date(2024, 1, 1)
    ward.clocks.create(code="CK04", amount=2, valid_from=from_before)
    case(ward, plan=(at(15), at(16)))
    assert figure("HS-03").counts == "1/1"


def test_closed_counts_at_the_day_of_the_paper_and_a_case_opened_again_is_under_way(ward, number):
    end(case(ward), "closed", at(20)), end(case(ward), "closed", at(2, month=5), date(2024, 4, 29))
    end(case(ward), "closed", at(2, month=5))
    again = case(ward)
    end(again, "closed", at(20)), end(again, "reopened", at(22))
    assert (number("HS-05"), number("HS-06")) == (2, 2)


def test_as_it_was_known_then(ward, figure, window):
    Residence.objects.update(recorded_at=at(1))
    row = case(ward, plan=(at(12), at(16)))
    Case.objects.filter(pk=row.pk).update(created_at=at(8, 10))
    end(row, "closed", at(20))
    late = case(ward)  # typed long after
    Case.objects.filter(pk=late.pk).update(created_at=at(2, month=5))
    known = measures.Window(window.data_from, window.cutoff, at(18))
    assert (figure("HS-01").numerator, figure("HS-01", window=known).numerator) == (2, 1)
    assert (figure("HS-05").numerator, figure("HS-05", window=known).numerator) == (1, 0)
    early = measures.Window(window.data_from, window.cutoff, at(13))
    assert figure("HS-04", window=early).counts == "0/0" and figure("HS-04", window=known).counts == "1/1"


def test_a_restricted_case_counts_where_it_is_held_and_nowhere_below(ward, district, figure, number, window):
    case(ward), case(ward, held=district)
    assert number("HS-01") == 1 and number("HS-01", unit=district) == 2
    table = measures.count([district], window)
    assert table.rest("HS-01", district).numerator == 1


def test_services_needed_and_given(ward, figure):
    row = case(ward, plan=(at(12), at(16)))
    plan, kind = row.plans.get(), SupportKind.objects.get(code="S33")
    given = make.support(make.child(ward), "S33", on=date(2024, 4, 20))
    PlannedService.objects.create(plan=plan, kind=kind, starts_on=date(2024, 4, 18), support=given)
    PlannedService.objects.create(plan=plan, kind=kind)
    PlannedService.objects.create(plan=plan, kind=kind, starts_on=date(2024, 5, 3))
    assert figure("HC-12").counts == "1/2"
    type(given).objects.filter(pk=given.pk).update(voided_at=timezone.now(), void_reason="nhầm")
    assert figure("HC-12").counts == "0/2"


def test_the_list_behind_the_figure_is_as_long_and_opens_for_who_may_see_every_case(ward, window, an, lan, dung, district):
    rows = [case(ward), case(ward)]
    assert set(measures.rows("HS-01", ward, window)) == set(rows)
    assert measures.openable(an, "HS-01", ward, window).count() == 2
    assert measures.openable(dung, "HS-01", ward, window) is None
    FileAccess.objects.create(file=rows[0].protected_file, kind="excluded", officer=lan, since=timezone.now() - timedelta(1))
    assert measures.openable(lan, "HS-01", ward, window) is None


def test_few_cases_are_masked_for_who_may_not_open_them_all(ward, window, an, dung, district):
    case(ward), case(people.unit(people.VAN_DAU))
    table = measures.count([district], window)
    assert measures.masked(table, dung).figure("HS-01", ward).text == "***"
    assert measures.masked(measures.count([ward], window), an).figure("HS-01", ward).text == "1"


def test_a_district_sums_numerators_and_denominators(ward, other_ward, district, figure):
    make.child(other_ward)
    case(ward, plan=(at(12), at(16))), case(other_ward), case(other_ward)
    assert figure("HS-03", unit=district).counts == "1/3"


def test_a_ward_without_a_case_has_a_zero_and_no_rate(ward, figure):
    assert figure("HS-01").text == "0" and figure("XH-10").text == "không phát sinh"


def test_as_many_statements_for_twelve_cases_as_for_two(ward, window):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            measures.count([ward], window)
        return len(queries)

    two = [case(ward, plan=(at(12), at(16)), step=at(8), assessed=at(8)) for _ in range(2)] and counted()
    for _ in range(10):
        case(ward, plan=(at(12), at(16)), step=at(8), assessed=at(8))
    assert counted() == two <= 21
