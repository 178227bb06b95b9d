"""The steps of a case: which may be taken when, what each needs, who may decide, what the log and the timeline tell."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.actions import assessing, handover, intake, meetings, planning, unlinking
from cases.actions.base import LOGGED, STEPS, WORDS, may
from cases.models import Case, CaseEvent, EmergencyStep, PlannedService
from childcare.audit.models import Entry
from childcare.audit.words import ACTIONS
from childcare.children.actions import circumstances, residence
from childcare.children.models import FileAccess, Support
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
S = Case.State


def test_the_table_of_steps():
    """Step × state, as the procedure says it."""
    allowed = {step: {str(state) for state in states} for step, (states, _) in STEPS.items()}
    assert allowed["submitted"] == {"planning", "returned"} and allowed["approved"] == {"submitted"}
    assert allowed["closed"] == {"in_review"} and allowed["reopened"] == {"closed", "screened_out"}
    for step, states in allowed.items():
        if step != "reopened" and states != set(S.values):  # what is done about access is done at any time
            assert "closed" not in states and "screened_out" not in states, step
    assert set(STEPS) | {"received", "came", "care", "promised"} == set(WORDS)
    assert not [action for action in LOGGED.values() if action not in ACTIONS]


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_out_of_order_is_refused_with_the_state_in_words(an, step, state):
    case = make.received(an)
    Case.objects.filter(pk=case.pk).update(
        state=state, closed_on=date(2024, 5, 2) if state in ("closed", "screened_out") else None
    )
    case.refresh_from_db()
    if may(case, step):
        return
    calls = {
        "screened_out": lambda: intake.screen_out(case=case, by=an, version=None, reason="x", agreed_by="y"),
        "assessed": lambda: make.assessed(an, case),
        "planning": lambda: make.assessed(an, case, form="full"),
        "reviewed": lambda: make.assessed(an, case, form="review"),
        "emergency": lambda: assessing.emergency_step(case=case, by=an, version=None, kind="police", done_at=make.AT),
        "planned": lambda: planning.save_plan(case=case, by=an, version=None),
        "submitted": lambda: planning.submit(case=case, by=an, version=None),
        "approved": lambda: planning.approve(case=case, by=an, version=None),
        "returned": lambda: planning.give_back(case=case, by=an, version=None, reason="x"),
        "new_round": lambda: planning.new_round(case=case, by=an, version=None),
        "closed": lambda: planning.close(case=case, by=an, version=None, on=date(2024, 5, 2), reason="x"),
        "reopened": lambda: intake.reopen(case=case, by=an, version=None, reason="x"),
        "assigned": lambda: intake.assign(case=case, by=an, version=None, worker=an),
        "told_more": lambda: intake.tell_more(intake=case.intakes.get(), by=an, version=None),
        "linked": lambda: intake.link(case=case, by=an, version=None, child=make.child()),
        "unlinked": lambda: unlinking.unlink(case=case, by=an, version=None, reason="x"),
        "met": lambda: meetings.record(case=case, by=an, version=None, held_at=make.AT, once=uuid.uuid4()),
        "served": lambda: pytest.skip("asked of a service"),
        "sent_over": lambda: handover.send(case=case, by=an, version=None, to=people.unit(people.VAN_DAU), reason="x"),
        "duty_done": lambda: handover.end_duty(case=case, by=an, version=None),
        "handover_refused": lambda: pytest.skip("asked of a hand-over"),
        "transferred": lambda: pytest.skip("asked of a hand-over"),
        "reassigned": lambda: pytest.skip("asked of all files of an officer"),
    }
    with pytest.raises(Refusal, match=case.get_state_display()):
        calls[step]()
    assert CaseEvent.objects.filter(case=case).count() == 1


def test_a_report_opens_a_case_whose_clock_runs_from_the_call(an, ward):
    case = make.received(an, at=make.AT, condition="có vết bầm")
    assert (case.unit, case.state, case.opened_at) == (ward, "new", make.AT)
    assert case.intakes.get().entered_at > make.AT and case.protected_file.restricted is False


def test_the_same_post_twice_opens_one_case(an, chi):
    key = uuid.uuid4()
    assert make.received(an, once=key) == make.received(an, once=key)
    with pytest.raises(Refusal):
        make.received(chi, once=key)
    assert Case.objects.count() == 1


def test_a_call_that_is_still_to_come_is_refused(an):
    with pytest.raises(Refusal, match="Giờ nhận tin"):
        make.received(an, at=make.AT + timedelta(days=1))


@pytest.mark.parametrize("related", ["yes", "unknown"])
def test_a_suspect_near_to_an_officer_restricts_the_file_at_the_first_save(an, lan, dung, ward, related):
    case = make.received(an, suspect_related=related, child=make.child())
    assert case.protected_file.restricted and case.protected_file.held_by == ward.parent
    assert Case.objects.visible_to(an).contains(case) and not Case.objects.visible_to(lan).contains(case)


def test_a_plain_case_is_open_to_the_ward_and_to_nobody_else(an, binh, chi, lan, dung, quan):
    case = make.received(an)
    seen = [officer for officer in (an, binh, chi, lan, dung, quan) if Case.objects.visible_to(officer).contains(case)]
    assert seen == [an, lan]


def test_neither_log_nor_name_of_the_file_tells_of_the_child(an):
    case = make.assessed(an)
    told = str([vars(entry) for entry in Entry.objects.filter(action__startswith="case.")])
    assert "Bảo Hân" not in told and str(case.child.public_id) not in told and str(case.public_id) not in told
    assert str(case.protected_file.public_id) in told


@pytest.mark.parametrize(
    ("marks", "level"),
    [
        ({}, ""), ({"A201": "high"}, ""),
        ({"A201": "high", "A202": "high", "A211": "high", "A212": "low"}, "high"),
        ({"A201": "high", "A202": "low", "A211": "high", "A212": "low"}, "medium"),
        ({"A201": "low", "A202": "medium", "A211": "high", "A212": "low"}, "low"),
        ({"A201": "medium", "A211": "medium"}, "medium"),
    ],
)  # fmt: skip
def test_the_rule_compares_the_two_counts_of_high(an, marks, level):
    case = make.assessed(an, make.received(an), marks=marks, level=level or "low")
    assert case.assessments.get().proposed == level


def test_another_level_than_the_proposed_one_needs_a_reason(an):
    case = make.received(an)
    with pytest.raises(Refusal, match="hãy ghi lý do"):
        make.assessed(an, case, marks=make.GRAVE, level="low", reason="")
    assert make.assessed(an, case, marks=make.GRAVE, level="low", reason="đã đưa đi").level == "low"


def test_an_emergency_step_before_the_call_or_to_come_is_refused(an):
    case = make.received(an)
    for moment in (make.AT - timedelta(minutes=1), make.AT + timedelta(days=1)):
        with pytest.raises(Refusal):
            assessing.emergency_step(case=case, by=an, version=None, kind="police", done_at=moment)
    assert not case.emergency_steps.exists()


def test_a_plan_without_services_is_not_submitted(an):
    case = make.assessed(an, make.assessed(an), form="full", marks={})
    planning.save_plan(case=case, by=an, version=None)
    with pytest.raises(Refusal, match="chưa có dịch vụ"):
        planning.submit(case=case, by=an, version=None)


def test_a_submitted_plan_is_changed_no_more(an):
    case, plan, service = make.planned(an)
    planning.submit(case=case, by=an, version=None)
    with pytest.raises(Refusal, match="đã trình"):
        planning.remove_service(service=service, by=an)
    assert PlannedService.objects.count() == 1


def test_the_leader_decides_and_the_worker_writes_down_the_signed_paper(an, lan):
    case, plan, _ = make.planned(an)
    planning.submit(case=case, by=an, version=None)
    with pytest.raises(Refusal, match="số quyết định"):
        planning.approve(case=case, by=an, version=None)
    planning.approve(
        case=case, by=an, version=None, decision_number="12/QĐ-UBND", decision_on=date(2024, 5, 2), signer="Phạm Thị Lan"
    )
    plan.refresh_from_db()
    assert (plan.state, plan.signer, plan.decision_number) == ("approved", "Phạm Thị Lan", "12/QĐ-UBND")


def test_a_decision_before_the_submission_is_refused(an):
    case, *_ = make.planned(an)
    planning.submit(case=case, by=an, version=None)
    with pytest.raises(Refusal, match="trước ngày trình"):
        planning.approve(case=case, by=an, version=None, decision_number="1", decision_on=date(2024, 5, 1), signer="Lan")


def test_a_service_given_is_one_support_of_the_registry_under_the_cases_file(an, binh):
    case, _, service = make.approved(an)
    key = uuid.uuid4()
    first = planning.serve(service=service, by=an, on=date(2024, 5, 2), once=key, amount=500_000)
    assert planning.serve(service=service, by=an, on=date(2024, 5, 2), once=key) == first
    with pytest.raises(Refusal, match="đã thực hiện"):
        planning.serve(service=service, by=an, on=date(2024, 5, 2), once=uuid.uuid4())
    assert Support.objects.get().protected_file == case.protected_file
    assert Support.objects.visible_to(an).count() == 1 and not Support.objects.visible_to(binh).exists()
    case.refresh_from_db()
    assert case.state == "in_progress"


def test_a_case_of_nobody_in_the_registry_is_linked_before_help_is_recorded(an):
    case = make.received(an)
    with pytest.raises(Refusal, match="đã nối"):
        linked = intake.link(case=case, by=an, version=None, child=make.child())
        intake.link(case=linked, by=an, version=None, child=make.child())
    assert case.protected_file.__class__.objects.get(pk=case.protected_file_id).child is not None


def test_from_the_call_to_the_end_and_open_again(an, lan):
    case, _, service = make.approved(an)
    planning.serve(service=service, by=an, on=date(2024, 5, 2), once=uuid.uuid4())
    case = make.assessed(an, case, form="review", marks={}, level="high")
    with pytest.raises(Refusal, match="nguy cơ cao"):
        planning.close(case=case, by=lan, version=None, on=date(2024, 5, 2), reason="x")
    planning.new_round(case=case, by=an, version=None)
    plan = planning.save_plan(case=case, by=an, version=None, goals="lần hai")
    assert plan.round == 2
    Case.objects.filter(pk=case.pk).update(state="in_review")
    case = make.assessed(an, case, form="review", marks={}, level="low")
    with pytest.raises(Refusal, match="người quyết định"):
        planning.close(case=case, by=an, version=None, on=date(2024, 5, 2), reason="ổn định")
    planning.close(case=case, by=lan, version=None, on=date(2024, 5, 2), reason="ổn định")
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.open) == ("closed", date(2024, 5, 2), False)
    intake.reopen(case=case, by=an, version=None, reason="tin mới")
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("reopened", None)
    assert [event.what for event in case.events.all()][0] == "reopened"


def test_who_is_given_a_case_is_on_its_team_and_an_excluded_officer_is_not_given_it(an, binh, lan):
    case = make.received(an)
    intake.assign(case=case, by=an, version=None, worker=binh)
    assert Case.objects.visible_to(binh).contains(case)
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since=make.AT)
    with pytest.raises(Refusal, match="chọn người khác"):
        intake.assign(case=case, by=an, version=None, worker=lan)


def test_two_officers_on_one_case_the_second_is_told(an):
    case = make.received(an)
    make.assessed(an, case)
    with pytest.raises(Refusal, match="vừa được sửa"):
        intake.screen_out(case=case, by=an, version=1, reason="x", agreed_by="y")


def test_the_place_of_the_event_keeps_its_case_when_the_child_moves(an, chi):
    case = make.assessed(an)
    residence.move(child=case.child, unit=chi.unit, by=an, on=date(2024, 5, 2))
    assert Case.objects.visible_to(an).contains(case) and Case.objects.visible_to(chi).contains(case)


def test_facts_recorded_on_the_childs_page_do_not_fall_into_a_case(an):
    case = make.assessed(an)
    row = circumstances.record(by=an, child=case.child, kind=factories.kind("N11"))
    assert row.protected_file and row.protected_file != case.protected_file


def test_a_case_is_not_put_away_while_the_child_is_isolated(an, lan):
    case, *_ = make.approved(an)
    step = make_isolation(case)
    make.assessed(an, case, form="review", level="low")
    values = {"case": case, "by": lan, "version": None, "on": date(2024, 5, 2), "reason": "an toàn"}
    with pytest.raises(Refusal, match="tạm thời cách ly"):
        planning.close(**values)
    assessing.end_isolation(step=step, by=an, on=date(2024, 5, 2))
    assert planning.close(**values).state == "closed"


def make_isolation(case):
    return EmergencyStep.objects.create(case=case, kind="isolation", done_at=make.AT)


def test_nor_is_it_left_without_a_file_or_ended_at_the_sender(an):
    case = make.received(an)
    make_isolation(case)
    with pytest.raises(Refusal, match="tạm thời cách ly"):
        intake.screen_out(case=case, by=an, version=None, reason="x", agreed_by="y")
    assert not handover.duty_done(case)
    Case.objects.filter(pk=case.pk).update(state="transferred")
    with pytest.raises(Refusal, match="tạm thời cách ly"):
        handover.end_duty(case=Case.objects.get(pk=case.pk), by=an, version=None)


def test_the_hour_of_typing_is_that_of_the_house_in_training(an):
    assert timezone.localdate(make.received(an).intakes.get().entered_at) == date(2024, 5, 2)
