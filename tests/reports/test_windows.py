"""From which day something is counted: one place says it, for boards, plans and reports alike."""

from datetime import date

import pytest

from plans.models import Plan
from reports import boards, windows
from reports.measures import Window
from reports.models import Obligation
from reports.obligations import ensure_obligations

pytestmark = pytest.mark.django_db
NOVEMBER = date(2023, 11, 1)


@pytest.fixture
def owed(an):
    ensure_obligations(2024)


def test_the_running_window_begins_after_the_last_annual_cut_off(ward, owed):
    for day in (NOVEMBER, date(2024, 5, 2), date(2024, 10, 31)):
        assert windows.running(ward, day) == Window(NOVEMBER, day)


def test_after_the_annual_cut_off_nothing_is_counted_that_the_annual_report_told(ward, owed):
    assert windows.running(ward, date(2024, 11, 15)) == Window(date(2024, 11, 1), date(2024, 11, 15))


def test_a_year_written_down_long_ago_says_nothing_about_today(ward, owed):
    assert windows.running(ward, date(2026, 6, 30)) == Window(date(2026, 1, 1), date(2026, 6, 30))


def test_a_unit_that_owes_no_annual_report_counts_from_the_first_of_january(ward):
    assert windows.running(ward, date(2024, 5, 2)) == Window(date(2024, 1, 1), date(2024, 5, 2))


def test_the_half_year_report_does_not_start_a_window(ward, owed):
    assert Obligation.objects.filter(unit=ward, period="2024-H1", cutoff=date(2024, 4, 30)).exists()
    assert windows.running(ward, date(2024, 5, 2)).data_from == NOVEMBER


def test_board_plan_and_report_count_from_the_same_day(ward, owed):
    day, plan = date(2024, 4, 30), Plan(unit=ward, first_year=2024, last_year=2024)
    half = Window.of(Obligation.objects.get(unit=ward, period="2024-H1"))
    assert boards.counted(ward, day).table.window == windows.of_plan(plan, day) == half == Window(NOVEMBER, day)


def test_a_plan_is_judged_up_to_the_day_asked_for_and_never_before_its_first(ward, owed):
    plan, on = Plan(unit=ward, first_year=2024, last_year=2024), date(2024, 5, 2)
    assert windows.of_plan(plan, on, date(2024, 3, 31)) == Window(NOVEMBER, date(2024, 3, 31))
    assert windows.of_plan(plan, on, date(2020, 1, 1)) == Window(NOVEMBER, NOVEMBER)


def test_a_plan_whose_year_has_passed_is_judged_at_its_annual_cut_off(ward, owed):
    plan = Plan(unit=ward, first_year=2024, last_year=2024)
    assert windows.of_plan(plan, date(2025, 3, 1)) == Window(NOVEMBER, date(2024, 10, 31))


def test_what_one_unit_owes_is_written_without_the_others(an, dung):
    ward = an.unit
    assert ensure_obligations(2023, within=ward) == Obligation.objects.filter(unit=ward).count() > 0
    assert not Obligation.objects.exclude(unit__path__startswith=ward.path).exists()
