"""Restriction by one, lifting by two; exclusion; the unit above takes over where the suspect sits; what is taken back."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.actions import intake, lifting, rules, secrecy, workload
from cases.models import Case, LiftProposal, SecrecyRule, Suspect
from childcare.accounts.models import Draft
from childcare.children.models import FileAccess
from childcare.inbox import actions as inbox
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import todo
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db


def seen_by(case, *officers):
    return [
        officer.username
        for officer in officers
        if Case.objects.visible_to(type(officer).objects.get(pk=officer.pk)).contains(case)
    ]


def second():
    """Another head of Phòng LĐTBXH."""
    return people.officer("hieu", "Ngô Văn Hiếu", "office_leader", people.KIEN_AN)


def restricted(an, **values):
    return make.received(an, suspect_related="yes", **values)


def file_of(case):
    return type(case.protected_file).objects.select_related("held_by").get(pk=case.protected_file_id)


def test_one_person_of_the_team_restricts_at_once_and_the_worker_stays(an, lan, phuc, ward):
    case = make.received(an)
    worker = people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    other = people.officer("ctxh2", "Vũ Thị Khác", "social_worker", people.NAM_SON)
    intake.assign(case=case, by=an, version=None, worker=other)
    intake.assign(case=case, by=an, version=None, worker=worker)
    secrecy.restrict(case=case, by=an, version=None, reason="nghi là người nhà lãnh đạo")
    assert file_of(case).held_by == ward.parent and seen_by(case, an, lan, worker, other) == ["an", "ctxh"]
    with pytest.raises(Refusal, match="đã được hạn chế"):
        secrecy.restrict(case=case, by=an, version=None, reason="lần nữa")
    assert Message.objects.get(officer=phuc).subject == f"Hồ sơ hạn chế {case.code} chờ giao người xử lý"


def test_an_exclusion_restricts_and_takes_back_what_lies_with_the_excluded(an, lan):
    case = make.received(an)
    intake.assign(case=case, by=an, version=None, worker=lan)
    inbox.send(officer=lan, key="a", day=people.TODAY, subject=f"Hồ sơ can thiệp {case.code}: còn 2 giờ")
    inbox.send(officer=lan, key="b", day=people.TODAY, subject="Nhắc", url=f"/ho-so/{case.public_id}/")
    inbox.send(officer=lan, key="c", day=people.TODAY, subject="Báo cáo 6 tháng")
    for key in (f"/ho-so/{case.public_id}/ke-hoach/", "/ke-hoach/"):
        Draft.objects.create(officer=lan, key=key, page="x", fields="[]", saved_at=make.AT)
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="là vợ của người bị nghi")
    assert seen_by(case, an, lan) == ["an"] and file_of(case).restricted
    case.refresh_from_db()
    assert case.worker is None
    assert [row.key for row in Message.objects.filter(officer=lan)] == ["c"]
    assert [row.key for row in Draft.objects.filter(officer=lan)] == ["/ke-hoach/"]
    assert secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="lần nữa") == case  # and tells nothing new
    with pytest.raises(Refusal, match="tự loại trừ"):
        secrecy.exclude(case=case, by=an, version=None, officer=an, reason="x")


def test_where_somebody_involved_sits_the_unit_above_takes_over_with_its_people(an, dung, phuc, son):
    case = restricted(an)
    intake.hand_out(case=case, by=phuc, worker=dung)
    assert seen_by(case, an, dung, son) == ["an", "dung"]
    secrecy.exclude(case=case, by=an, version=None, officer=phuc, reason="cấp trên là người bị nghi")
    case.refresh_from_db()
    assert file_of(case).held_by == people.unit(people.HAI_PHONG) and case.worker is None
    assert seen_by(case, an, dung, phuc) == ["an"]
    assert Case.objects.to_hand_out(son).contains(case) and not Case.objects.to_hand_out(phuc).contains(case)
    assert Message.objects.filter(officer=son).count() == 1 and not Message.objects.filter(officer=phuc).exists()


def test_the_unit_where_the_suspect_works_does_not_hold_the_file(an, son, ward):
    case = restricted(an)
    secrecy.suspect(case=case, by=an, version=None, once=uuid.uuid4(), name="Ông A", works_in=ward.parent)
    assert file_of(case).held_by == people.unit(people.HAI_PHONG)


def test_a_matched_receiver_loses_the_case_and_the_unit_above_has_it(an, phuc):
    secrecy.declare(by=an, once=None, relation="spouse", name="", phone="0912345678")
    case = make.received(an, suspect="số 0912345678")
    assert seen_by(case, an) == [] and Case.objects.to_hand_out(phuc).contains(case)
    assert case.events.first().what == "matched" and case.events.first().by is None


def test_who_is_matched_when_a_case_is_given_out_is_refused_and_excluded(an, dung, phuc):
    case = restricted(an, suspect="số 0912345678")
    dung.phone = "0912345678"
    dung.save()
    with pytest.raises(Refusal, match="chọn người khác"):
        intake.hand_out(case=case, by=phuc, worker=dung)
    assert secrecy.excluded_from(case.protected_file).filter(officer=dung).exists()


def test_two_people_lift_the_restriction_and_the_commune_has_its_case_again(an, lan, phuc, ward):
    case, hieu = restricted(an, child=make.child()), second()
    made = lifting.propose(case=case, by=phuc, reason="đã xác minh: không phải người nhà")
    with pytest.raises(Refusal, match="không tự xác nhận"):
        lifting.decide(proposal=made, by=phuc, confirmed=True)
    with pytest.raises(Refusal, match="đang chờ người thứ hai"):
        lifting.propose(case=case, by=hieu, reason="lần nữa")
    assert list(LiftProposal.objects.to_decide_by(hieu)) == [made] and not LiftProposal.objects.to_decide_by(phuc).exists()
    lifting.decide(proposal=made, by=hieu, confirmed=True)
    assert not file_of(case).restricted and seen_by(case, an, lan, phuc) == ["an", "lan"]
    with pytest.raises(Refusal):
        lifting.decide(proposal=made, by=hieu, confirmed=True)
    assert [row.what for row in case.events.all()][:2] == ["restriction_lifted", "lift_proposed"]


def test_a_refused_proposal_lifts_nothing_and_another_may_follow(an, phuc):
    case, hieu = restricted(an), second()
    made = lifting.propose(case=case, by=phuc, reason="x")
    lifting.decide(proposal=made, by=hieu, confirmed=False, answer="chưa đủ căn cứ")
    assert file_of(case).restricted
    assert lifting.propose(case=case, by=hieu, reason="nay đã đủ").proposed_by == hieu


@pytest.mark.parametrize("who", ["an", "lan", "dung", "son", "quan"])
def test_who_has_no_say_neither_proposes_nor_confirms(an, phuc, who):
    case = restricted(an)
    made, officer = lifting.propose(case=case, by=phuc, reason="x"), getattr(people, who)()
    with pytest.raises(Refusal, match="không quyết định"):
        lifting.propose(case=case, by=officer, reason="x")
    with pytest.raises(Refusal, match="không quyết định"):
        lifting.decide(proposal=made, by=officer, confirmed=True)
    assert not LiftProposal.objects.to_decide_by(officer).exists()


def test_the_excluded_neither_propose_nor_confirm_and_their_proposal_falls(an, phuc, son):
    case, hieu = restricted(an), second()
    made = lifting.propose(case=case, by=phuc, reason="x")
    secrecy.exclude(case=case, by=an, version=None, officer=phuc, reason="người bị nghi")
    for officer in (phuc, hieu):
        with pytest.raises(Refusal, match="không quyết định"):
            lifting.decide(proposal=made, by=officer, confirmed=True)
    with pytest.raises(Refusal, match="sang đơn vị khác"):
        lifting.decide(proposal=made, by=son, confirmed=True)
    assert file_of(case).restricted


def test_two_people_lift_one_exclusion_and_the_restriction_stays(an, lan, phuc):
    case, hieu = make.received(an), second()
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="x")
    row = secrecy.excluded_from(case.protected_file).get()
    made = lifting.propose(case=case, by=phuc, reason="nhầm người cùng tên", exclusion=row)
    lifting.decide(proposal=made, by=hieu, confirmed=True)
    assert not secrecy.excluded_from(case.protected_file).exists() and file_of(case).restricted
    with pytest.raises(Refusal, match="đã hết"):
        lifting.propose(case=case, by=phuc, reason="x", exclusion=row)


def test_the_database_knows_no_one_person_who_lifts_alone(an, phuc):
    made = lifting.propose(case=restricted(an), by=phuc, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        LiftProposal.objects.filter(pk=made.pk).update(decided_by=phuc, decided_at=make.AT, confirmed=True)


def test_a_commune_without_a_unit_above_excludes_and_says_it_cannot_restrict(an, lan, ward):
    top = people.unit(people.HAI_PHONG)
    keeper = people.officer("sep", "Lý Thị Sếp", "commune", people.NAM_SON)
    keeper.appointments.update(unit=top)
    type(top).objects.filter(pk=top.pk).update(kind="commune")
    case = Case.objects.create(
        unit=type(top).objects.get(pk=top.pk), protected_file=make.received(an).protected_file, opened_at=make.AT
    )
    with pytest.raises(Refusal, match="chưa có cấp trên"):
        secrecy.restrict(case=case, by=keeper, version=None, reason="x")
    secrecy.exclude(case=case, by=keeper, version=None, officer=lan, reason="x")
    assert secrecy.excluded_from(case.protected_file).filter(officer=lan).exists()


def test_the_clocks_go_on_in_a_restricted_case_and_the_excluded_are_not_told(an, lan, phuc):

    case = make.received(an)
    assert case.opened_at == make.AT
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="x")
    (line,) = todo.cases(an)
    assert case.code in line.title and line.due == date(2024, 5, 2)
    assert [row.action for row in todo.held_cases(phuc)] == ["Giao người"]
    assert not list(todo.cases(lan)) and not Message.objects.filter(officer=lan).exists()


def test_units_of_a_kind_that_do_not_hold_are_passed_over_from_the_day_of_the_rule(an, quan, ward):
    assert file_of(restricted(an)).held_by == ward.parent
    rules.change(
        by=quan, unit_kind="district", valid_from=date(2024, 5, 2), holds=False, decider="Không", basis="", verified=False
    )
    assert file_of(restricted(an)).held_by == people.unit(people.HAI_PHONG)
    assert secrecy.rule_of("district", date(2024, 5, 1)).holds and not secrecy.rule_of("district", date(2024, 5, 2)).holds
    old = SecrecyRule.objects.get(unit_kind="district", valid_from=None)
    assert old.valid_to == date(2024, 5, 2)
    with pytest.raises(Refusal, match="sau ngày này"):
        rules.change(
            by=quan, unit_kind="district", valid_from=date(2024, 1, 1), holds=True, decider="x", basis="", verified=False
        )


def test_a_unit_in_which_nobody_could_give_the_file_out_is_passed_over(an, son, ward):
    assert file_of(restricted(an)).held_by == people.unit(people.HAI_PHONG)  # no head of the office has an account
    people.phuc()
    assert file_of(restricted(an)).held_by == ward.parent


def test_an_emergency_or_a_second_unit_opens_nothing_after_the_restriction(an, lan):
    case = make.received(an)
    FileAccess.objects.create(file=case.protected_file, kind="emergency", officer=lan, since=make.AT, given_by=lan)
    secrecy.restrict(case=case, by=an, version=None, reason="x")
    assert seen_by(case, lan) == []


def test_a_file_handed_over_with_others_is_matched_with_who_takes_it(an, lan):
    hang = people.officer("hang", "Đào Thị Hằng", "commune", people.NAM_SON)
    mai = people.officer("mai", "Đặng Thị Mai", "commune", people.NAM_SON)
    mai.phone = "0912345678"
    mai.save()
    plain, near = make.received(an), make.received(an)
    for case in (plain, near):
        intake.assign(case=case, by=an, version=None, worker=hang)
    near.intakes.update(condition="")
    Suspect.objects.create(case=near, phone="0912345678")
    workload.hand_over(leaving=hang, to=mai, by=lan, reason="nghỉ việc")
    assert seen_by(plain, mai) == ["mai"] and seen_by(near, mai) == []
    assert file_of(near).restricted


def test_a_proposal_waits_in_what_to_do_of_the_second_person_only(an, phuc):
    lifting.propose(case=restricted(an), by=phuc, reason="x")
    hieu = second()
    assert [line.action for line in todo.lifts(hieu)] == ["Cho ý kiến"]
    assert not list(todo.lifts(phuc)) and not list(todo.lifts(an))


def test_the_two_of_the_same_post_are_one_suspect_and_one_declaration(an):
    case, key = make.received(an), uuid.uuid4()
    values = {"case": case, "by": an, "version": None, "once": key, "name": "A"}
    assert secrecy.suspect(**values) == secrecy.suspect(**values)
    first = secrecy.declare(by=an, once=key, relation="self", name="A")
    assert secrecy.declare(by=an, once=key, relation="self", name="A") == first
    secrecy.withdraw(person=first, by=an)
    assert not an.declared_persons.exists()
