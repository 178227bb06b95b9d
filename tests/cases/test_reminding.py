"""Who is told of a clock and when, worked out by hand; each once however often it runs or is killed."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from cases import reminding
from cases.actions import assessing, intake, planning
from cases.models import Case, ClockReminder, ClockTold
from childcare.accounts.roles import Role
from childcare.children.models import FileAccess
from childcare.inbox.models import Message
from childcare.lib.calendar import TZ
from childcare.units.models import DayOverride
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at(*parts):
    return datetime(*parts, tzinfo=TZ)


def told(officer, code=""):
    """What the clocks told the officer."""
    rows = officer.inbox.filter(Q(key__startswith="clock:") | Q(key__startswith="number:")).order_by("pk")
    return [row.subject for row in rows if code in row.subject]


def run(now):
    return reminding.run(now=now)


def calm(case, by):
    """No emergency: only the five days run."""
    return make.assessed(by, case)


@pytest.fixture
def case(an):
    """Received on Thursday 02/05/2024 at five past midnight: twelve hours end at 12:05; An works on it."""
    case = make.received(an)
    return intake.assign(case=case, by=an, version=None, worker=an)


@pytest.mark.parametrize(
    ("hours", "messages"),
    [(5.9, 0), (6, 1), (10.9, 1), (11, 2), (11.9, 2), (12, 3), (23, 3), (24, 4)],
)
def test_hours_remind_six_and_one_before_the_end_at_the_end_and_twelve_after(case, an, hours, messages):
    for minutes in range(0, int(hours * 60) + 1, 6):
        run(make.AT + minutes * HOUR / 60)
    assert len(told(an, "khẩn cấp")) == messages


def test_the_words_say_the_case_and_the_time_left_and_never_a_name(an):
    case = intake.assign(case=make.received(an, child=make.child()), by=an, version=None, worker=an)
    run(make.AT + 6 * HOUR)
    row = an.inbox.get()
    assert row.subject == f"Hồ sơ {case.code}: còn 6 giờ – Thực hiện can thiệp khẩn cấp hoặc tạm thời cách ly"
    assert "Chậm nhất 12:05 ngày 02/05/2024" in row.body and "Điều 26.3" in row.body
    assert "Hân" not in row.subject + row.body + row.key and str(case.public_id) in row.url


def test_nothing_is_told_before_the_first_mark_nor_twice(case, an):
    assert run(make.AT + 5 * HOUR) == 0
    assert run(make.AT + 6 * HOUR) == 1
    assert run(make.AT + 6 * HOUR) == 0 and run(make.AT + 7 * HOUR) == 0
    assert an.inbox.count() == 1


def test_of_marks_that_were_missed_only_the_last_is_told(case, an, lan):
    run(make.AT + 12 * HOUR)
    assert len(told(an)) == 1 and "quá 0 phút" not in told(an)[0]


def test_a_run_that_was_killed_half_way_is_finished_by_the_next_and_doubles_nothing(an, lan, dung, phuc, monkeypatch):
    for _ in range(3):
        intake.assign(case=make.received(an), by=an, version=None, worker=an)
    real, calls = reminding.inbox.send, []

    def killed(**values):
        calls.append(values)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(**values)

    monkeypatch.setattr(reminding.inbox, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        run(make.AT + 16 * HOUR)
    monkeypatch.setattr(reminding.inbox, "send", real)
    run(make.AT + 16 * HOUR)
    assert (len(told(an)), len(told(lan)), len(told(phuc))) == (3, 3, 1)
    assert run(make.AT + 16 * HOUR) == 0


def test_the_fact_stops_the_reminders(case, an, lan):
    assessing.emergency_step(case=case, by=an, version=None, kind="medical", done_at=make.AT + HOUR / 60)
    run(make.AT + 13 * HOUR)
    assert not told(an, "khẩn cấp") and not told(lan)


def test_when_it_runs_out_the_leader_is_told_and_four_hours_later_the_unit_above_gets_a_number(case, an, lan, phuc, dung):
    run(make.AT + 11 * HOUR)
    assert not told(lan) and not told(phuc)
    run(make.AT + 12 * HOUR + HOUR / 60)
    assert len(told(lan, case.code)) == 1 and not told(phuc)
    run(make.AT + 16 * HOUR)
    assert told(phuc) == ["Phường Nam Sơn: 1 hồ sơ can thiệp quá hạn chưa xử lý"]
    assert case.code not in phuc.inbox.get().body + phuc.inbox.get().url and not told(dung)


def test_the_number_above_is_told_again_when_one_more_runs_out_even_one_typed_late(case, an, phuc):
    run(make.AT + 16 * HOUR)
    make.received(an, at=make.AT - 3 * HOUR)  # typed late, its marks lie before what was told
    run(make.AT + 17 * HOUR)
    assert told(phuc) == [
        "Phường Nam Sơn: 1 hồ sơ can thiệp quá hạn chưa xử lý", "Phường Nam Sơn: 2 hồ sơ can thiệp quá hạn chưa xử lý",
    ]  # fmt: skip
    assert run(make.AT + 17 * HOUR) == 0


def test_an_officer_who_left_is_not_told_and_the_others_of_the_unit_are(case, an, lan):
    hang = people.officer("hang", "Đào Thị Hằng", Role.COMMUNE, people.NAM_SON)
    an.appointments.update(ended_on=people.TODAY)
    run(make.AT + 6 * HOUR)
    assert not told(an) and len(told(hang, case.code)) == 1 and not told(lan)


def test_with_nobody_else_left_the_leader_is_told_and_with_no_leader_the_unit_above(case, an, phuc):
    an.is_active = False
    an.save()
    run(make.AT + 6 * HOUR)
    assert told(phuc) == ["Phường Nam Sơn: 1 hồ sơ can thiệp đang chạy thời hạn mà đơn vị chưa có người xử lý"]
    lan = people.lan()
    run(make.AT + 6 * HOUR)
    assert len(told(lan, case.code)) == 1


def test_an_officer_who_moved_to_another_ward_is_not_told_any_more(case, an, lan):
    an.appointments.update(unit=people.unit(people.VAN_DAU))
    run(make.AT + 6 * HOUR)
    assert not told(an) and len(told(lan, case.code)) == 1


def test_a_stranger_and_a_collaborator_are_told_nothing(case, an, binh, chi):
    run(make.AT + 20 * HOUR)
    assert not told(binh) and not told(chi)


def exclude(file, officer):
    FileAccess.objects.create(file=file, kind="excluded", officer=officer, since=timezone.now() - HOUR)


def test_an_excluded_officer_gets_neither_the_case_nor_a_number_that_counts_it(case, an, lan, phuc):
    exclude(case.protected_file, lan)
    exclude(case.protected_file, phuc)
    run(make.AT + 20 * HOUR)
    assert Message.objects.filter(officer__in=[lan, phuc]).count() == 0 and not ClockTold.objects.filter(officer=phuc).exists()
    other = make.received(an)
    run(make.AT + 20 * HOUR)
    assert told(phuc) == ["Phường Nam Sơn: 1 hồ sơ can thiệp quá hạn chưa xử lý"] and len(told(lan, other.code)) == 1


def test_a_restricted_case_tells_its_holder_and_the_unit_above_that_and_nobody_of_the_ward_but_who_received_it(
    an, lan, phuc, son
):
    hang = people.officer("hang", "Đào Thị Hằng", Role.COMMUNE, people.NAM_SON)
    case = make.received(an, suspect_related="yes")
    run(make.AT + 6 * HOUR)
    assert told(phuc) == ["1 hồ sơ hạn chế tiếp cận do Quận Kiến An giữ sắp hết hoặc đã hết thời hạn"]
    run(make.AT + 20 * HOUR)
    assert told(son) == ["Quận Kiến An: 1 hồ sơ can thiệp quá hạn chưa xử lý"]
    assert not told(lan) and not told(hang) and len(told(an, case.code)) >= 1
    assert all("Nam Sơn" not in row for row in told(phuc))


def test_a_restricted_case_that_was_given_out_reminds_its_officer(an, phuc, dung):
    case = make.received(an, suspect_related="unknown")
    intake.hand_out(case=case, by=phuc, worker=dung)
    run(make.AT + 6 * HOUR)
    assert len(told(dung, case.code)) == 1 and not told(phuc) and not told(an)


@pytest.mark.parametrize(
    ("received", "marks"),
    [  # the five working days, the morning two of them before the end, the last morning, the late morning
        (at(2024, 4, 8, 23, 59), [at(2024, 4, 11, 7, 30), at(2024, 4, 15, 7, 30), at(2024, 4, 16, 7, 30)]),
        (at(2024, 4, 26, 9, 0), [at(2024, 5, 4, 7, 30), at(2024, 5, 7, 7, 30), at(2024, 5, 8, 7, 30)]),  # Sat 4/5 was worked
        (at(2024, 2, 7, 8, 0), [at(2024, 2, 19, 7, 30), at(2024, 2, 21, 7, 30), at(2024, 2, 22, 7, 30)]),  # Tết 8–14/2
    ],
)
def test_days_remind_on_working_mornings_around_weekends_holidays_and_tet(an, received, marks):
    case = intake.assign(case=make.received(an, at=received), by=an, version=None, worker=an)
    calm(case, an)
    for number, mark in enumerate(marks):
        assert run(mark - HOUR / 60) == 0, mark
        assert run(mark) == 1 + (number == 2), mark
        people.lan()


def test_a_day_off_announced_late_moves_the_marks_and_tells_nothing_anew(case, an):
    calm(case, an)
    run(at(2024, 5, 6, 7, 30))  # the five days end on Wednesday 8/5, Saturday 4/5 being worked
    DayOverride.objects.create(day=at(2024, 5, 8).date(), working=False)
    assert run(at(2024, 5, 8, 7, 30)) == 0 and run(at(2024, 5, 9, 7, 30)) == 1


def test_a_submitted_plan_reminds_the_leader_and_the_worker_only_when_it_is_late(an, lan):
    case, *_ = make.planned(an)
    intake.assign(case=case, by=an, version=None, worker=an)
    planning.submit(case=case, by=an, version=None)
    Case.objects.get(pk=case.pk).plans.update(submitted_at=at(2024, 5, 6, 16, 0))  # Monday; two days end on Wednesday
    run(at(2024, 5, 7, 7, 30))
    assert len(told(lan, "Phê duyệt")) == 1 and not told(an, "Phê duyệt")
    run(at(2024, 5, 9, 7, 30))
    assert len(told(lan, "Phê duyệt")) == 2 and len(told(an, "Phê duyệt")) == 1


def test_the_marks_are_data(case, an):
    ClockReminder.objects.update(active=False)
    assert run(make.AT + 30 * HOUR) == 0
    ClockReminder.objects.create(code="CK02", measure="hours", goes_to="worker", offset=-9)
    assert run(make.AT + 3 * HOUR) == 1


def test_a_closed_case_tells_nothing(an, lan):
    case = make.received(an)
    intake.screen_out(case=case, by=an, version=None, reason="tin sai", agreed_by="Phạm Thị Lan")
    assert run(make.AT + 100 * HOUR) == 0


def test_many_cases_take_few_more_queries_than_their_messages(an, lan, django_assert_max_num_queries):
    for _ in range(20):
        make.received(an)
    run(make.AT + 12 * HOUR)
    with django_assert_max_num_queries(25):
        assert run(make.AT + 12 * HOUR) == 0
