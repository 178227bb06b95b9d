"""The clocks, worked out by hand: running hours over midnight, working days over holidays, stopped by the fact alone."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import assessing, intake, planning
from cases.clocks import Clocks, span
from cases.models import Case, ClockRule, UnitClock
from cases.pages import with_parts
from childcare.lib.calendar import TZ
from childcare.units.models import DayOverride
from tests.cases import casework as make

pytestmark = pytest.mark.django_db


def clocks(case, now=None):
    row = with_parts(Case.objects).get(pk=case.pk)
    return {clock.rule.code: clock for clock in Clocks(now).of(row)}


def at(*parts):
    return datetime(*parts, tzinfo=TZ)


@pytest.mark.parametrize(
    ("received", "twelve_hours"),
    [
        (at(2024, 5, 2, 0, 5), at(2024, 5, 2, 12, 5)),
        (at(2024, 4, 27, 22, 30), at(2024, 4, 28, 10, 30)),  # a Saturday night: hours run on, over midnight
        (at(2024, 2, 28, 23, 0), at(2024, 2, 29, 11, 0)),
    ],
)
def test_twelve_hours_run_through_nights_and_holidays(db, received, twelve_hours):
    assert clocks(make.received(at=received))["CK02"].due_at == twelve_hours


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (at(2024, 4, 26, 9, 0), date(2024, 5, 7)),  # Fri; 27–28/4 weekend, 29/4–1/5 off; 2, 3, Sat 4/5 worked, 6, 7
        (at(2024, 4, 8, 23, 59), date(2024, 4, 15)),  # Monday before midnight; 9, 10, 11, 12, 15
        (at(2024, 2, 7, 8, 0), date(2024, 2, 21)),  # Wednesday before Tết, 8–14/2 off; 15, 16, 19, 20, 21
    ],
)
def test_five_working_days_leave_out_weekends_and_holidays(db, received, last_day):
    due = clocks(make.received(at=received))["CK04"].due_at
    assert due == at(last_day.year, last_day.month, last_day.day, 23, 59, 59)


def test_a_day_off_announced_late_moves_the_clock(db):
    case = make.received()
    before = clocks(case)["CK04"].due_at
    DayOverride.objects.create(day=date(2024, 5, 6), working=False)
    assert clocks(case)["CK04"].due_at == before + timedelta(days=1)


def test_a_unit_runs_a_clock_shorter_and_never_longer(ward):
    case = make.received()
    own = UnitClock.objects.create(unit=ward, code="CK02", amount=8)
    assert clocks(case)["CK02"].due_at == make.AT + timedelta(hours=8)
    own.amount = 20
    own.save()
    assert clocks(case)["CK02"].due_at == make.AT + timedelta(hours=12)


def test_the_first_emergency_step_stops_the_twelve_hours_and_a_second_changes_nothing(an):
    case = make.received()
    assert clocks(case)["CK02"].running
    for kind in ("police", "medical"):
        assessing.emergency_step(case=case, by=an, version=None, kind=kind, done_at=make.AT)
    clock = clocks(case)["CK02"]
    assert clock.stopped_at == make.AT and clock.kept is True and clock.words(make.AT) == "đúng hạn"


def test_an_assessment_that_finds_no_emergency_stops_them_too_and_one_that_finds_one_does_not(an):
    calm, grave = make.assessed(an), make.received(an)
    make.assessed(an, grave, marks=make.GRAVE, level="high", emergency=True)
    assert not clocks(calm)["CK02"].running and clocks(grave)["CK02"].running


def test_the_plan_stops_the_five_days_and_starts_the_two(an, lan):
    case, plan, _ = make.planned(an)
    assert clocks(case)["CK04"].running and "CK05" not in clocks(case)
    planning.submit(case=case, by=an, version=None)
    found = clocks(case)
    assert not found["CK04"].running and found["CK05"].running
    planning.approve(case=case, by=lan, version=None)
    assert clocks(case)["CK05"].kept is True


def test_a_returned_plan_waits_for_nobody_until_it_is_submitted_again(an, lan):
    case, *_ = make.planned(an)
    planning.submit(case=case, by=an, version=None)
    planning.give_back(case=case, by=lan, version=None, reason="thiếu dự toán")
    assert "CK05" not in clocks(case)
    planning.submit(case=case, by=an, version=None)
    assert clocks(case)["CK05"].running


def test_the_review_is_due_when_the_plan_ends(an):
    case, plan, _ = make.approved(an)
    assert clocks(case)["CK08"].due_at == at(2024, 6, 3, 23, 59, 59)
    make.assessed(an, case, form="review", marks={}, level="low")
    assert not clocks(case)["CK08"].running


def test_fifteen_days_of_isolation_run_from_the_step(an):
    case = make.received(an)
    step = assessing.emergency_step(case=case, by=an, version=None, kind="isolation", done_at=make.AT, decision="3/QĐ-UBND")
    assert clocks(case)["CK03"].due_at == at(2024, 5, 17, 23, 59, 59)
    assessing.end_isolation(step=step, by=an, on=date(2024, 5, 2))
    assert not clocks(case)["CK03"].running


def test_screening_out_stops_everything(an):
    case = make.received(an)
    intake.screen_out(case=case, by=an, version=None, reason="tin sai", agreed_by="Phạm Thị Lan")
    assert all(not clock.running for clock in clocks(case).values())


def test_a_rule_of_another_time_does_not_count(db):
    case = make.received()
    ClockRule.objects.filter(code="CK02").update(valid_to=date(2024, 5, 2))
    ClockRule.objects.create(
        code="CK02", name="Mới", starts_at="x", amount=6, measure="hours", valid_from=date(2024, 5, 2), evidence="text"
    )
    assert clocks(case)["CK02"].due_at == make.AT + timedelta(hours=6)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 phút"), (45, "45 phút"), (60, "1 giờ"), (200, "3 giờ 20 phút"), (1440, "1 ngày"), (2 * 1440 + 5, "2 ngày")],
)
def test_spans_in_words(minutes, words):
    assert span(timedelta(minutes=minutes)) == words


def test_words_of_a_clock_before_and_after(db):
    clock = clocks(make.received())["CK02"]
    assert clock.words(make.AT + timedelta(hours=9)) == "còn 3 giờ"
    assert clock.words(make.AT + timedelta(hours=13)) == "quá 1 giờ" and clock.late(make.AT + timedelta(hours=13))


def test_clocks_of_many_cases_are_read_in_as_many_queries_as_of_one(an, django_assert_max_num_queries):
    for _ in range(12):
        make.received(an)
    with django_assert_max_num_queries(9):
        reader = Clocks()
        assert len([reader.running(case)[0] for case in with_parts(Case.objects)]) == 12
