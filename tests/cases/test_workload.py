"""Who has how many cases, and handing all of one officer over: nobody learns of a restricted or barred one."""

import pytest
from django.utils import timezone

from cases import workload
from cases.actions import intake
from cases.actions import workload as actions
from cases.models import Case
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children.models import FileAccess
from childcare.lib.refusal import Refusal
from reports.todo import todos
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hang(db):
    return people.officer("hang", "Đào Thị Hằng", Role.COMMUNE, people.NAM_SON)


def given(an, worker, **values):
    return intake.assign(case=make.received(an, **values), by=an, version=None, worker=worker)


def exclude(file, officer):
    FileAccess.objects.create(file=file, kind="excluded", officer=officer, since=timezone.now())


def hand_over(leaving, to, by):
    return actions.hand_over(leaving=leaving, to=to, by=by, reason="nghỉ việc")


def test_cases_by_officer_stage_risk_and_overdue_worked_out_by_hand(an, hang, lan, settings):
    given(an, hang), given(an, hang)
    planned, *_ = make.planned(an)
    intake.assign(case=planned, by=an, version=None, worker=an)
    make.received(an)
    rows, whole = workload.by_officer(lan)
    assert [(row.name, row.total) for row in rows] == [
        ("Đào Thị Hằng", 2),
        ("Nguyễn Thị An", 1),
        ("Chưa giao người phụ trách", 1),
    ]
    assert dict(rows[0].cells)["Tiếp nhận, đánh giá"] == 2 and dict(rows[0].cells)["Chưa đánh giá"] == 2
    assert dict(rows[1].cells)["Lập kế hoạch"] == 1 and dict(rows[1].cells)["Nguy cơ trung bình"] == 1
    assert whole.total == 4
    settings.TRAINING_TODAY = "2024-05-03"
    rows, whole = workload.by_officer(lan)
    assert (whole.late, rows[0].late, rows[1].late) == (3, 2, 0)  # the plan's five days run to 8/5


def test_a_restricted_or_closed_case_and_one_of_a_file_barred_to_the_leader_are_in_no_number(an, hang, lan):
    shown = given(an, hang)
    make.received(an, suspect_related="yes")
    barred = given(an, hang)
    exclude(barred.protected_file, lan)
    intake.screen_out(case=given(an, hang), by=an, version=None, reason="x", agreed_by="y")
    rows, whole = workload.by_officer(lan)
    assert whole.total == 1 and list(workload.own_cases(lan)) == [shown]


def test_the_district_gets_numbers_by_commune_and_only_who_gives_out_restricted_ones_their_row(an, dung, phuc, son, settings):
    make.received(an), make.received(an)
    make.received(an, suspect_related="yes")
    ward, above = ["Phường Nam Sơn", 2, 2], ["Cấp trên trực tiếp quản lý", 1, 1]
    settings.TRAINING_TODAY = "2024-05-03"  # the twelve hours of each have run out
    assert workload.by_commune(dung) == [ward] and workload.by_commune(phuc) == [ward, above]
    assert workload.by_commune(son) == [ward] and workload.by_commune(an) == []


def test_a_file_barred_to_the_officer_of_the_district_is_in_no_number(an, phuc):
    exclude(make.received(an).protected_file, phuc)
    exclude(make.received(an, suspect_related="yes").protected_file, phuc)
    assert workload.by_commune(phuc) == []


def test_handing_over_gives_every_open_case_to_the_other_and_ends_what_the_leaving_one_could_open_himself(an, hang, lan):
    cases = [given(an, hang) for _ in range(3)]
    done = given(an, hang)
    intake.screen_out(case=done, by=an, version=None, reason="x", agreed_by="y")
    assert hand_over(hang, an, lan) == (3, 0)
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]):
        assert case.worker == an and case.events.filter(what="reassigned", by=lan).count() == 1
        assert FileAccess.objects.filter(file=case.protected_file, officer=an, until=None, kind="team").count() == 1
    assert not FileAccess.objects.filter(officer=hang, until=None).exists()
    assert Case.objects.get(pk=done.pk).worker == hang  # a closed case keeps who worked on it
    assert Entry.objects.filter(action="case.reassigned").count() == 3
    assert Entry.objects.filter(action="case.handed_over", subject_id=str(hang.public_id)).count() == 1


def test_handing_over_twice_changes_nothing_more(an, hang, lan):
    given(an, hang)
    assert hand_over(hang, an, lan) == (1, 0) and hand_over(hang, an, lan) == (0, 0)


def test_a_restricted_case_goes_back_to_its_holder_and_the_log_of_the_ward_tells_nothing(an, hang, lan, phuc):
    case = make.received(hang, suspect_related="unknown")
    Case.objects.filter(pk=case.pk).update(worker=hang)
    assert hand_over(hang, an, lan) == (0, 0)
    case.refresh_from_db()
    assert case.worker is None and list(Case.objects.to_hand_out(phuc)) == [case]
    assert not Case.objects.visible_to(hang).exists() and not Case.objects.visible_to(an).exists()
    entries = Entry.objects.filter(subject_id=str(case.protected_file.public_id)).exclude(action="case.received")
    assert [entry.scopes for entry in entries] == [""]


def test_a_case_from_which_the_receiver_is_excluded_stays_without_officer(an, hang, lan):
    case = given(an, hang)
    exclude(case.protected_file, an)
    assert hand_over(hang, an, lan) == (0, 1)
    case.refresh_from_db()
    assert case.worker is None and not FileAccess.objects.filter(file=case.protected_file, officer=an, kind="team").exists()


@pytest.mark.parametrize(
    ("by", "allowed"), [("lan", True), ("hang", True), ("an", False), ("binh", False), ("chi", False), ("quan", False)]
)
def test_the_leader_hands_over_and_who_leaves_himself(an, hang, by, allowed):
    given(an, hang)
    person = hang if by == "hang" else getattr(people, by)()
    if allowed:
        assert hand_over(hang, an, person) == (1, 0)
    else:
        with pytest.raises(Refusal):
            hand_over(hang, an, person)


def test_a_colleague_takes_over_once_the_officer_has_left(an, hang):
    given(an, hang)
    hang.appointments.update(ended_on=people.TODAY)
    assert workload.unattended(an) == 1
    assert hand_over(hang, an, an) == (1, 0) and workload.unattended(an) == 0


@pytest.mark.parametrize("receiver", ["binh", "chi", "dung", "hang"])
def test_only_an_officer_of_the_unit_who_works_on_cases_receives(an, hang, lan, receiver):
    given(an, hang)
    with pytest.raises(Refusal):
        hand_over(hang, hang if receiver == "hang" else getattr(people, receiver)(), lan)


def test_the_leader_is_told_in_what_to_do_that_files_of_somebody_who_left_wait(an, hang, lan):
    given(an, hang)
    titles = [row.title for row in todos(lan, people.TODAY)["open"]]
    assert "Bàn giao hồ sơ can thiệp" not in titles
    hang.appointments.update(ended_on=people.TODAY)
    found = [row for row in todos(lan, people.TODAY)["open"] if row.title == "Bàn giao hồ sơ can thiệp"]
    assert [row.detail for row in found] == ["1 hồ sơ đứng tên người đã rời vị trí"]
