"""A unit shortens a clock and never lengthens one; an administrator puts rules right, dated, without touching older cases."""

from datetime import date, timedelta

import pytest

from cases.actions import clock_settings as actions
from cases.clocks import Clocks
from cases.loading import load_cases
from cases.models import Assessment, AssessmentItem, AssessmentRule, Case, ClockReminder, ClockRule, UnitClock
from cases.pages import with_parts
from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def due(case, code="CK02"):
    row = with_parts(Case.objects).get(pk=case.pk)
    return next(clock.due_at for clock in Clocks().of(row) if clock.rule.code == code)


def shorten(ward, by, amount=8, code="CK02"):
    return actions.set_shorter(unit=ward, code=code, amount=amount, basis="Quy chế phối hợp", by=by)


def correct(by, **values):
    told = {"name": "Can thiệp khẩn cấp", "amount": 10, "measure": "hours", "legal_basis": "NĐ mới Điều 1", "verified": False}
    return actions.correct_clock(code="CK02", by=by, **{"valid_from": date(2024, 5, 2), **told, **values})


def test_a_shorter_clock_holds_for_cases_from_today_on_and_older_ones_keep_theirs(ward, an):
    old = make.received(an, at=make.AT - 24 * HOUR)
    shorten(ward, an)
    new = make.received(an)
    assert due(old) == make.AT - 12 * HOUR and due(new) == make.AT + 8 * HOUR
    assert Entry.objects.filter(action="clock.shortened").get().note == "CK02: 8 giờ"


@pytest.mark.parametrize("amount", [12, 13, 500])
def test_as_long_as_the_law_or_longer_is_refused_with_its_name(ward, an, amount):
    with pytest.raises(Refusal, match="NĐ 56/2017 Điều 26.3.* cho nhiều nhất 12 giờ"):
        shorten(ward, an, amount)
    assert not UnitClock.objects.exists()


@pytest.mark.parametrize("code", ["CK01", "CK09", "CK08"])
def test_what_the_text_fixes_or_leaves_without_figure_cannot_be_set(ward, an, code):
    with pytest.raises(Refusal, match="không tự đặt được"):
        shorten(ward, an, 1, code)


@pytest.mark.parametrize("who", ["chi", "quan", "binh"])
def test_nobody_else_sets_the_clock_of_a_ward(ward, who):
    with pytest.raises(Refusal, match="do người làm hồ sơ hoặc lãnh đạo"):
        shorten(ward, getattr(people, who)())


def test_the_clock_of_the_ward_is_changed_and_dropped_again_from_the_day_on(ward, an, lan, settings):
    shorten(ward, an)
    shorten(ward, lan, 6)
    assert due(make.received(an)) == make.AT + 6 * HOUR
    settings.TRAINING_TODAY = "2024-05-03"
    actions.drop_shorter(unit=ward, code="CK02", by=an)
    assert due(make.received(an, at=make.AT + 24 * HOUR)) == make.AT + 36 * HOUR
    assert UnitClock.objects.filter(valid_to=None).count() == 0
    with pytest.raises(Refusal):
        actions.drop_shorter(unit=ward, code="CK02", by=an)


def test_measures_ask_the_clock_of_the_law_whatever_the_ward_set(ward, an):
    shorten(ward, an)
    row = with_parts(Case.objects).get(pk=make.received(an).pk)
    assert next(clock.due_at for clock in Clocks(law=True).of(row) if clock.rule.code == "CK02") == make.AT + 12 * HOUR


def test_a_corrected_rule_holds_from_its_day_and_survives_loading_the_lists_again(an, quan):
    old = make.received(an, at=make.AT - 24 * HOUR)
    correct(quan)
    load_cases()
    assert due(old) == make.AT - 12 * HOUR and due(make.received(an)) == make.AT + 10 * HOUR
    rows = ClockRule.objects.filter(code="CK02")
    assert [(row.amount, row.valid_to, row.evidence) for row in rows] == [
        (12, date(2024, 5, 2), "text"),
        (10, None, "unverified"),
    ]


def test_a_day_before_the_row_in_force_began_is_refused(quan):
    with pytest.raises(Refusal, match="phải sau 01/07/2017"):
        correct(quan, valid_from=date(2017, 7, 1))


def test_a_rule_read_in_the_text_loses_its_mark(quan):
    ClockRule.objects.filter(code="CK02").update(evidence="unverified")
    actions.verify_clock(code="CK02", by=quan, legal_basis="NĐ 56/2017 Điều 26.3")
    assert ClockRule.objects.get(code="CK02").evidence == "text"
    load_cases()
    assert ClockRule.objects.get(code="CK02").legal_basis == "NĐ 56/2017 Điều 26.3"


def test_a_corrected_line_stands_in_new_assessments_and_old_ones_keep_theirs(an, quan):
    made = make.assessed(an)
    item = AssessmentItem.objects.get(code="A201")
    new = actions.correct_item(item=item, by=quan, name="Tổn hại", high="a", medium="b", low="c", verified=True)
    assert (new.code, new.position, new.evidence) == ("A201.1", item.position, "text")
    assert made.assessments.get().marks.filter(item=item).exists()
    load_cases()
    assert list(AssessmentItem.objects.filter(code__startswith="A201", active=True)) == [new]
    with pytest.raises(Refusal):
        actions.correct_item(item=item, by=quan, name="x", high="", medium="", low="", verified=False)


def test_a_new_rule_proposes_from_its_day_on(an, quan):
    assert make.assessed(an, marks=make.GRAVE).assessments.get().proposed == "high"
    values = {"harm_mark": "high", "ability_mark": "low", "when_more": "medium", "when_equal": "high", "when_fewer": "low"}
    actions.set_rule(by=quan, valid_from=date(2024, 5, 2), verified=False, legal_basis="họp ngày 2/5", **values)
    assert make.assessed(an, marks=make.GRAVE, level="high").assessments.get().proposed == "medium"  # two high, one low
    assert AssessmentRule.objects.on(date(2024, 5, 1)).get().when_more == "high"
    assert Assessment.objects.filter(proposed="high").count() == 1
    load_cases()
    assert AssessmentRule.objects.count() == 2


def test_a_mark_is_added_once_and_a_dropped_one_stays_away(quan):
    with pytest.raises(Refusal, match="đã có"):
        actions.add_reminder(by=quan, code="", measure="hours", goes_to="worker", offset=-6)
    row = ClockReminder.objects.get(code="", measure="hours", goes_to="worker", offset=-6)
    actions.drop_reminder(pk=row.pk, by=quan)
    load_cases()
    assert not ClockReminder.objects.get(pk=row.pk).active
    assert actions.add_reminder(by=quan, code="", measure="hours", goes_to="worker", offset=-6) == row
    assert ClockReminder.objects.get(pk=row.pk).active
    with pytest.raises(Refusal):
        actions.drop_reminder(pk=0, by=quan)
