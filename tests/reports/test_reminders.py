"""Reminders of the half-year report of 2024, last permitted day 09/05/2024 (a Thursday): 25/4, 2/5, 6/5, 8/5, 9/5."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from childcare.inbox.models import Message
from childcare.jobs.models import Job
from childcare.lib import calendar
from childcare.units.models import DayOverride
from reports import reminders, tasks
from reports.models import Obligation, Regime, Snapshot, Submission
from reports.obligations import ensure_obligations

pytestmark = pytest.mark.django_db
DAYS = [date(2024, 4, 25), date(2024, 5, 2), date(2024, 5, 6), date(2024, 5, 8), date(2024, 5, 9)]


@pytest.fixture(autouse=True)
def owed(an):
    ensure_obligations(2024)


def remind(day):
    return reminders.remind(on=day).as_dict()


def told(officer, word="remind:"):
    return Message.objects.filter(officer=officer, key__startswith=word).count()


def send(unit_code, period="2024-H1", code="RG01"):
    row = Obligation.objects.get(regime__code=code, period=period, unit__code=unit_code)
    frozen = Snapshot.objects.create(
        unit=row.unit, period=period, data_from=row.data_from, cutoff=row.cutoff, text="{}", digest="x"
    )
    return Submission.objects.create(obligation=row, state="sent", sent_at=timezone.now(), snapshot=frozen)


@pytest.mark.parametrize("day", DAYS)
def test_the_ward_is_reminded_on_each_of_the_five_days(day, an):
    assert remind(day) == {"due": 1, "sent": 1, "already_sent": 0, "failed": 0}


@pytest.mark.parametrize("day", [date(2024, 4, 24), date(2024, 3, 1)])
def test_before_the_first_day_nobody_is_reminded(day):
    assert remind(day)["due"] == 0


def test_five_days_make_five_messages_and_a_second_run_none(an):
    for day in DAYS:
        remind(day)
    again = [remind(day) for day in DAYS[-1:]]
    assert told(an) == 5 and again == [{"due": 1, "sent": 0, "already_sent": 1, "failed": 0}]


def test_a_missed_day_is_caught_up_once(an):
    assert remind(date(2024, 4, 26)) == {"due": 1, "sent": 1, "already_sent": 0, "failed": 0}
    assert remind(date(2024, 4, 27)) == {"due": 0, "sent": 0, "already_sent": 0, "failed": 0}
    assert told(an) == 1


def test_of_two_missed_days_only_the_newest_is_caught_up(an):
    remind(date(2024, 5, 7))
    assert list(Message.objects.filter(officer=an).values_list("key", flat=True))[0].endswith(":3")


def test_a_reminder_on_a_day_off_goes_out_on_the_working_day_before(an):
    DayOverride.objects.create(day=date(2024, 5, 8), working=False)
    assert remind(date(2024, 5, 7))["sent"] == 1  # the day of "1" has moved to the 7th
    assert Message.objects.get(officer=an).key.endswith(":1")


def test_who_has_sent_is_never_reminded(an):
    send("11437")
    assert [remind(day)["due"] for day in DAYS] == [0] * 5 and told(an) == 0


def test_a_report_sent_between_the_list_and_the_message_gets_none(an):
    notice = next(reminders.notices(DAYS[0]))
    send("11437")
    assert reminders.deliver(notice, [an], DAYS[0]) == (0, 0)


def test_a_late_ward_is_reminded_every_working_day(an):
    days = [date(2024, 5, day) for day in (10, 11, 12, 13)]  # Friday, Saturday, Sunday, Monday
    assert [remind(day)["sent"] for day in days] == [1, 0, 0, 1]
    assert "quá hạn 4 ngày" in Message.objects.filter(officer=an).order_by("-pk")[0].subject


def test_sixty_days_after_the_last_day_reminding_ends(an):
    Regime.objects.filter(code="RG18").update(active=False)  # the report of the campaign is due these very days
    assert remind(date(2024, 7, 8))["due"] == 1  # 60 days late
    assert remind(date(2024, 7, 9))["due"] == 0  # 61


def test_the_district_gets_the_list_of_who_is_missing_three_days_and_one_day_before_and_on_the_first_late_morning(
    an, chi, dung
):
    ensure_obligations(2024)
    send("11437")
    for day in (*DAYS, date(2024, 5, 10), date(2024, 5, 13)):
        remind(day)
    lists = list(Message.objects.filter(officer=dung, key__startswith="missing:").order_by("day").values_list("day", flat=True))
    assert lists == [date(2024, 5, 6), date(2024, 5, 8), date(2024, 5, 10)]
    first = Message.objects.filter(officer=dung, key__startswith="missing:").order_by("day")[0]
    assert first.subject == "9 đơn vị chưa gửi báo cáo 6 tháng đầu năm 2024 (hạn 09/05/2024)"
    assert "Phường Văn Đẩu" in first.body and "Phường Nam Sơn" not in first.body


def test_the_district_has_its_own_five_days(dung):
    ensure_obligations(2024)
    remind(date(2024, 4, 30))  # 14/5 less 14 days
    own = Message.objects.filter(officer=dung, key__startswith="remind:")
    assert own.count() == 1 and "chậm nhất 14/05/2024" in own[0].subject


def test_only_those_who_write_reports_are_reminded(an, binh, chi, lan):
    remind(DAYS[0])
    assert [told(person) for person in (an, binh, lan)] == [1, 0, 0]


def test_an_officer_who_left_is_not_reminded(an):
    an.appointments.update(ended_on=date(2024, 4, 1))
    assert remind(DAYS[0])["sent"] == 0


def test_a_failure_of_one_message_is_counted_and_the_others_go_out(an, chi, monkeypatch):
    ensure_obligations(2024)
    whole = reminders.deliver

    def deliver(notice, officers, on):
        if notice.unit.code == "11437":
            raise RuntimeError("the disk is full")
        return whole(notice, officers, on)

    monkeypatch.setattr(reminders, "deliver", deliver)
    outcome = remind(DAYS[0])
    assert (outcome["sent"], outcome["failed"]) == (1, 1)


def test_the_command_prints_the_four_numbers_and_a_dry_run_sends_nothing(an):
    out = StringIO()
    call_command("remind", on="2024-04-25", dry_run=True, stdout=out)
    assert json.loads(out.getvalue()) == {"due": 1, "sent": 0, "already_sent": 0, "failed": 0} and told(an) == 0


def test_the_number_of_queries_does_not_grow_with_the_wards(an, dung, django_assert_max_num_queries):
    ensure_obligations(2024)
    with django_assert_max_num_queries(6):
        assert len(list(reminders.notices(DAYS[0]))) == 10


@pytest.mark.parametrize(
    ("now", "jobs"), [("2024-05-02T07:29", 0), ("2024-05-02T07:30", 1), ("2024-05-05T08:00", 0), ("2024-05-04T08:00", 1)]
)
def test_the_morning_job_waits_for_half_past_seven_of_a_working_day(now, jobs, settings, monkeypatch):
    """Saturday 04/05/2024 was worked for Monday 29/04."""
    moment = calendar.datetime.fromisoformat(now).replace(tzinfo=calendar.TZ)
    settings.TRAINING_TODAY = now[:10]
    monkeypatch.setattr(calendar, "now", lambda: moment)
    tasks.daily()
    tasks.daily()
    assert Job.objects.filter(kind="reports.remind").count() == jobs


def test_the_morning_job_reminds_and_running_it_twice_doubles_nothing(an):
    job = Job(kind="reports.remind", params={"on": "2024-04-25"})
    assert [tasks.remind(job)["sent"], tasks.remind(job)["sent"]] == [1, 0]
