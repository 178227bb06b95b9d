"""The demo's case files: four steps, made as officers make them, open to their ward only, and made once."""

import pytest

from cases.clocks import Clocks
from cases.models import Case, CaseEvent, PlannedService
from childcare.accounts.models import Officer
from childcare.audit.models import Entry
from reports.demo import cases, world
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A small demo with its cases."""
    world.build(60, reports=False)
    return {case.state: case for case in Case.objects.filter(protected_file__restricted=False)}


def test_four_files_stand_in_four_steps_and_are_made_once(made):
    assert set(made) == {"new", "planning", "submitted", "in_progress"} and Case.objects.count() == 5  # one is restricted
    assert made["new"].child is None and all(case.unit.code == people.NAM_SON for case in made.values())
    entries, events = Entry.objects.count(), CaseEvent.objects.count()
    cases.make_cases()
    assert (Entry.objects.count(), CaseEvent.objects.count(), Case.objects.count()) == (entries, events, 5)


def test_they_have_marks_minutes_services_and_one_support(made):
    for state in ("planning", "submitted", "in_progress"):
        assert made[state].assessments.count() == 2 and made[state].meetings.count() == 1
        assert made[state].plans.get().services.count() == 3
    assert PlannedService.objects.exclude(support=None).count() == 1 and made["in_progress"].plans.get().decision_number


def test_only_the_ward_knows_of_them(made):
    for username, number in (
        ("namson", 5),
        ("lanhdao.namson", 4),
        ("vandau", 0),
        ("quan", 0),
        ("quantri", 0),
        ("ctv.namson", 0),
    ):
        assert Case.objects.visible_to(Officer.objects.get(username=username)).count() == number


def test_no_clock_of_them_has_run_out(made):
    clocks = Clocks()
    running = [clock for case in made.values() for clock in clocks.of(case)]
    assert len(running) >= 8 and not any(clock.late(clocks.now) for clock in running)


def test_in_the_two_tier_state_they_lie_in_the_ward_of_today(settings):
    settings.TRAINING_TODAY = "2026-06-30"
    world.build(60, reports=False)
    assert set(Case.objects.values_list("unit__code", flat=True)) == {"11443"}
