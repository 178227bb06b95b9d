"""Place of the event ≠ residence: the plan goes over with acknowledgement, the clocks run on, what is urgent stays."""

import uuid
from datetime import timedelta

import pytest

from cases import reporting
from cases.actions import assessing, handover, intake, planning, secrecy
from cases.clocks import Clocks
from cases.models import Case, Handover
from cases.pages import with_parts
from childcare.audit.models import Entry
from childcare.children.models import FileAccess
from childcare.inbox.models import Message
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from tests import people
from tests.cases import casework, noticing
from tests.cases.casework import AT


@pytest.fixture
def sent(ward, an, chi):
    """A case of Văn Đẩu, sent by Chi to Nam Sơn where An is."""
    told = {"child_name": "Lê Bảo Hân", "condition": "bị đánh", "informant": "Ông Tư", "suspect": "Bố dượng"}
    return noticing.handed_over(ward, chi, **told)


def clocks(case):
    case = with_parts(Case.objects.filter(pk=case.pk)).get()
    return {clock.rule.code: clock for clock in Clocks(now=AT + timedelta(hours=2)).of(case)}


def reread(case):
    return Case.objects.get(pk=case.pk)


def urgent(case, by):
    at = AT + timedelta(hours=1)
    return assessing.emergency_step(case=reread(case), by=by, version=None, kind="police", done_at=at)


def test_until_it_is_acknowledged_everything_stays_and_the_receiver_is_told_without_a_name(sent, an, chi):
    assert reread(sent.case).state == "new" and list(Handover.objects.coming_to(an)) == [sent]
    assert not Case.objects.visible_to(an).filter(pk=sent.case.pk).exists()
    [message] = Message.objects.filter(officer=an)
    assert "Hân" not in message.subject + message.body
    assert list(Handover.objects.unanswered(chi)) == [sent]


def test_nothing_is_answered_before_somebody_said_that_it_came(ward, an, chi):
    row = noticing.handed_over(ward, chi, opened=False)
    for act in (lambda: handover.acknowledge(handover=row, by=an), lambda: handover.turn_down(handover=row, by=an, reason="x")):
        with pytest.raises(Refusal, match="Xác nhận đã nhận"):
            act()
    assert handover.open_sent(handover=row, by=an).opened_by == an
    first = Handover.objects.get(pk=row.pk).opened_at
    handover.open_sent(handover=row, by=an)
    assert Handover.objects.get(pk=row.pk).opened_at == first
    assert Entry.objects.filter(action="case.handover_opened").count() == 1
    assert handover.acknowledge(handover=row, by=an).unit == ward


def test_acknowledged_the_receiver_has_a_case_whose_clocks_run_from_the_first_report(sent, an, chi, ward):
    new = handover.acknowledge(handover=sent, by=an)
    old = reread(sent.case)
    assert (new.unit, new.state, new.opened_at, old.state) == (ward, "new", AT, "transferred")
    row = new.intakes.get()
    assert (row.received_at, row.child_name, row.condition, row.suspect) == (AT, "Lê Bảo Hân", "bị đánh", "Bố dượng")
    assert reporting.informant_of(row, an) == ("", "")  # who called Văn Đẩu is not told on
    assert Case.objects.visible_to(an).contains(new) and not Case.objects.visible_to(chi).contains(new)
    assert Case.objects.visible_to(chi).contains(old) and not Case.objects.visible_to(an).contains(old)


def test_the_plan_is_the_receivers_and_what_is_urgent_stays_with_the_sender(sent, an, chi):
    new = handover.acknowledge(handover=sent, by=an)
    ours, theirs = clocks(sent.case), clocks(new)
    assert ours["CK02"].running and not ours["CK04"].running
    assert "CK02" not in theirs and theirs["CK04"].running and theirs["CK04"].started_at == AT
    assert reread(sent.case).closed_on is None  # still open at the sender, for the twelve hours
    with pytest.raises(Refusal, match="Chưa ghi việc khẩn cấp"):
        handover.end_duty(case=sent.case, by=chi, version=None)
    urgent(sent.case, chi)
    assert not clocks(sent.case)["CK02"].running
    handover.end_duty(case=sent.case, by=chi, version=None)
    assert reread(sent.case).closed_on == people.TODAY and reread(sent.case).state == "transferred"


def test_a_case_whose_urgent_part_was_done_before_ends_with_the_acknowledgement(sent, an, chi):
    urgent(sent.case, chi)
    handover.acknowledge(handover=sent, by=an)
    assert reread(sent.case).closed_on == people.TODAY


def test_it_is_taken_over_exactly_once(sent, an):
    handover.acknowledge(handover=sent, by=an)
    with pytest.raises(Refusal, match="đã được trả lời"):
        handover.acknowledge(handover=sent, by=an)
    with pytest.raises(Refusal, match="đã được trả lời"):
        handover.turn_down(handover=sent, by=an, reason="không ở đây")
    assert Case.objects.count() == 2


def test_turned_down_the_case_stays_and_the_sender_learns_why_and_can_send_it_elsewhere(sent, an, chi, ward):
    handover.turn_down(handover=sent, by=an, reason="Trẻ đã về phường khác")
    case = reread(sent.case)
    assert case.state == "new" and Message.objects.filter(officer=chi, subject__contains="không nhận").count() == 1
    again = handover.send(case=case, by=chi, version=None, to=ward, reason="Đã hỏi lại, trẻ ở tổ 3")
    assert again.open and Handover.objects.count() == 2


def test_one_hand_over_at_a_time(sent, chi, ward):
    with pytest.raises(Refusal, match="đang chờ trả lời"):
        handover.send(case=sent.case, by=chi, version=None, to=ward, reason="")


@pytest.mark.parametrize("who", ["binh", "lan", "dung", "son", "chi"])
def test_nobody_else_answers(sent, who):
    with pytest.raises(Refusal):
        handover.acknowledge(handover=sent, by=getattr(people, who)())
    assert Case.objects.count() == 1


def test_a_restricted_case_is_not_sent_and_one_restricted_since_is_no_longer_offered(sent, an, chi, ward):
    case = intake.receive(
        by=chi, unit=people.unit(people.VAN_DAU), received_at=AT, channel="phone", suspect_related="unknown", once=uuid.uuid4()
    )
    with pytest.raises(Refusal, match="hạn chế tiếp cận"):
        handover.send(case=case, by=chi, version=None, to=ward, reason="")
    file = sent.case.protected_file
    file.restricted, file.held_by = True, people.unit(people.KIEN_AN)
    file.save()
    assert not Handover.objects.coming_to(an).exists()


def test_a_commune_where_nobody_would_take_it_or_the_own_one_is_refused(chi, an, ward):
    case = intake.receive(
        by=an, unit=ward, received_at=AT, channel="phone", suspect_related="no", once=uuid.uuid4()
    )  # fmt: skip
    for unit in (ward, people.unit(people.KIEN_AN), people.unit("15160")):
        with pytest.raises(Refusal):
            handover.send(case=case, by=an, version=None, to=unit, reason="")


def test_a_case_that_was_submitted_is_not_sent(an, chi):
    case, _, _ = casework.planned(an)
    planning.submit(case=case, by=an, version=None)
    with pytest.raises(Refusal, match="chưa làm được việc này"):
        handover.send(case=case, by=an, version=None, to=people.unit(people.VAN_DAU), reason="")


def test_known_suspects_go_over_too(sent, an, chi):
    sent.case.suspects.create(name="Trần Văn Khải", born=1980, phone="0912345678", recorded_by=chi)
    new = handover.acknowledge(handover=sent, by=an)
    assert [(row.name, row.born, row.phone) for row in new.suspects.all()] == [("Trần Văn Khải", 1980, "0912345678")]


def test_whoever_works_where_it_is_sent_and_may_be_concerned_reads_nothing_of_it(ward, an, chi, lan):
    """Lan, of the receiving commune, bears the name of the suspect: the case is held above before anybody there opens it."""
    row = noticing.handed_over(ward, chi, opened=False, child_name="Lê Bảo Hân", suspect=f"bà {lan.full_name}")
    case = reread(row.case)
    assert case.protected_file.restricted and not row.open and "cấp trên giữ" in row.refusal
    assert not Handover.objects.coming_to(an).exists() and not Message.objects.filter(officer__in=[an, lan]).exists()
    assert FileAccess.objects.filter(file=case.protected_file, kind="excluded", officer=lan).exists()
    assert Case.objects.visible_to(chi).filter(pk=case.pk).exists()  # who received it stays on it


def test_a_suspect_told_of_after_the_sending_is_matched_where_it_was_sent(ward, an, chi, lan):
    row = noticing.handed_over(ward, chi, opened=False, child_name="Lê Bảo Hân")
    secrecy.suspect(case=reread(row.case), by=chi, version=None, once=uuid.uuid4(), name=lan.full_name)
    assert reread(row.case).protected_file.restricted and not Handover.objects.coming_to(an).exists()


def test_whoever_is_excluded_is_not_told_of_what_comes_and_stays_excluded_from_the_new_file(ward, an, chi):
    case = noticing.handed_over(ward, chi, child_name="Lê Bảo Hân", suspect="Bố dượng").case
    Message.objects.all().delete()
    Handover.objects.all().delete()
    FileAccess.objects.create(file=case.protected_file, kind="excluded", officer=an, since=stamp(), reason="người thân")
    taker = people.officer("mai", "Vũ Thị Mai", "commune", people.NAM_SON)
    sent = handover.send(case=reread(case), by=chi, version=None, to=ward, reason="Trẻ cư trú tại phường")
    assert list(Message.objects.values_list("officer__username", flat=True)) == ["mai"]
    assert not Handover.objects.coming_to(an).exists()
    handover.open_sent(handover=sent, by=taker)
    new = handover.acknowledge(handover=sent, by=taker)
    assert Case.objects.visible_to(taker).contains(new) and not Case.objects.visible_to(an).contains(new)
    kept = FileAccess.objects.get(file=new.protected_file, kind="excluded")
    assert (kept.officer, kept.reason) == (an, "người thân")
