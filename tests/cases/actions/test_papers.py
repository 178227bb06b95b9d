"""The minutes, the decisions on an isolation, their numbers, and a form put right."""

import uuid
from datetime import date, timedelta

import pytest

from cases.actions import isolating, papers
from cases.loading import load_cases
from cases.models import Case, Meeting, StatutoryForm
from childcare.audit.models import Entry
from childcare.children.models import FileAccess
from childcare.lib.refusal import Refusal
from tests.cases import casework
from tests.cases.printing import papers as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 2)


def ready(an):
    return casework.assessed(an, make.told(an), form="full", marks={})


def test_a_meeting_is_a_step_of_the_timeline_and_of_the_log(an):
    case = casework.assessed(an, make.told(an))
    make.met(case, an)
    case.refresh_from_db()
    assert case.state == "assessing" and case.events.first().what == "met"
    entry = Entry.objects.get(action="case.met")
    assert entry.subject_id == str(case.protected_file.public_id) and "Hoàng Văn Tú" not in f"{entry.note}{entry.fields}"


def test_minutes_are_corrected_by_a_new_row(an):
    case = casework.assessed(an, make.told(an))
    first = make.met(case, an)
    second = make.met(case, an, replaces=first)
    first.refresh_from_db()
    assert first.voided_at and second.replaces == first and case.meetings.filter(voided_at=None).get() == second
    with pytest.raises(Refusal, match="đã được sửa"):
        make.met(case, an, replaces=first)


def test_sent_twice_the_minutes_are_one(an):
    case = casework.assessed(an, make.told(an))
    key = uuid.uuid4()
    for _ in range(2):
        from_cases = {"case": case, "by": an, "version": None, "held_at": make.AT, "once": key}
        from_meeting = make.meetings.record(**from_cases, **make.MET)
    assert Meeting.objects.get() == from_meeting


@pytest.mark.parametrize(("hours", "words"), [(72, "chưa tới"), (-1, "trước giờ nhận tin")])
def test_a_meeting_lies_between_the_call_and_now(an, hours, words):
    case = casework.assessed(an, make.told(an))
    with pytest.raises(Refusal, match=words):
        make.met(case, an, held_at=make.AT + timedelta(hours=hours))


def test_no_meeting_in_a_case_that_has_just_come_in(an):
    with pytest.raises(Refusal, match="Mới tiếp nhận"):
        make.met(make.told(an), an)


def test_fifteen_days_hold_with_every_extension(an):
    step = make.isolated(make.told(an), an)
    make.order(step, an, "extension", until=date(2024, 5, 10))
    for wrong, words in (
        (date(2024, 5, 10), "sau ngày 10/05/2024"),
        (None, "sau ngày"),
        (date(2024, 5, 18), "không quá ngày 17/05/2024"),
    ):
        with pytest.raises(Refusal, match=words):
            make.order(step, an, "extension", until=wrong)
    make.order(step, an, "extension", until=date(2024, 5, 17))
    make.order(step, an, "extension", until=date(2024, 5, 25), asked_by="Viện kiểm sát quận")
    step.refresh_from_db()
    assert isolating.until(step) == date(2024, 5, 25) and step.until == date(2024, 5, 7)


def test_the_end_closes_the_isolation_and_nothing_follows(an):
    step = make.isolated(make.told(an), an)
    with pytest.raises(Refusal, match="ngày kết thúc"):
        make.order(step, an, "ending")
    with pytest.raises(Refusal, match="trước ngày bắt đầu"):
        make.order(step, an, "ending", ended_on=date(2024, 5, 1))
    make.order(step, an, "ending", ended_on=DAY, carer="mẹ")
    step.refresh_from_db()
    assert step.ended_on == DAY
    with pytest.raises(Refusal, match="đã kết thúc"):
        make.order(step, an, "extension", until=date(2024, 5, 9))


def test_a_second_order_takes_the_place_of_the_first(an):
    step = make.isolated(make.told(an), an)
    first, second = make.order(step, an, place="nhà bà"), make.order(step, an, place="nhà bác")
    first.refresh_from_db()
    assert first.voided_at and second.voided_at is None


def test_only_an_isolation_has_such_decisions(an):
    case = make.told(an)
    step = make.assessing.emergency_step(case=case, by=an, version=None, kind="police", done_at=make.AT)
    with pytest.raises(Refusal, match="không phải là cách ly"):
        make.order(step, an)


def test_a_closed_case_takes_no_decision(an):
    case = make.told(an)
    step = make.isolated(case, an)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=DAY)
    with pytest.raises(Refusal, match="đã kết thúc"):
        make.order(step, an)


def test_a_number_is_given_once_a_year_as_far_as_the_officer_sees(an):
    make.whole(an, number="35/QĐ-UBND")
    step = make.isolated(make.told(an), an)
    for typed in ("35/QĐ-UBND", "35", "035/qđ-ubnd"):
        with pytest.raises(Refusal, match="đã ghi cho một quyết định khác"):
            make.order(step, an, number=typed, signed_on=DAY)
    assert make.order(step, an, number="35/QĐ-UBND", signed_on=date(2023, 12, 29)).pk
    assert make.order(step, an, number="36", signed_on=DAY).pk


def test_a_number_of_a_file_that_is_closed_to_the_officer_tells_him_nothing(an, lan):
    hidden = make.whole(an, number="35/QĐ-UBND")
    FileAccess.objects.create(file=hidden.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    other, *_ = casework.planned(an)
    make.planning.submit(case=other, by=an, version=None)
    make.planning.approve(case=other, by=lan, version=None, decision_number="35/QĐ-UBND", decision_on=DAY)
    assert Case.objects.get(pk=other.pk).state == "approved"


def test_an_order_that_takes_the_place_of_another_may_keep_its_number(an):
    step = make.isolated(make.told(an), an)
    make.order(step, an, number="36", signed_on=DAY)
    assert make.order(step, an, number="36", signed_on=DAY, place="nhà bác").pk


def test_a_number_without_its_day_is_not_taken(an):
    with pytest.raises(Refusal, match="ngày ký"):
        make.order(make.isolated(make.told(an), an), an, number="36")


def test_what_an_administrator_put_right_is_not_loaded_over(quan):
    row = StatutoryForm.objects.get(code="02")
    papers.change(form=row, by=quan, version=1, evidence="text", checked_against="Công báo số 12", checked_on=DAY)
    with pytest.raises(Refusal, match="người khác sửa"):
        papers.change(form=row, by=quan, version=1, evidence="secondary")
    load_cases()
    row.refresh_from_db()
    assert (row.evidence, row.checked_against, row.version) == ("text", "Công báo số 12", 2)
    assert Entry.objects.get(action="case.form_changed").fields == ["checked_against", "checked_on", "evidence"]


def test_the_forms_are_sixteen_and_the_minutes_each_with_its_evidence():
    rows = StatutoryForm.objects.all()
    assert {row.code for row in rows} == {f"{number:02d}" for number in range(1, 17)} | {"BB"}
    assert all(row.to_check for row in rows if row.evidence == "unverified")
    assert {row.code for row in rows if row.valid_from} == {"05", "07", "12", "16"}
