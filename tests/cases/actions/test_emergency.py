"""Mở hồ sơ trong trường hợp khẩn cấp: reason, three hours, one file, two people told, reviewed; never for the excluded."""

import pytest
import time_machine
from django.utils import timezone

from cases.actions import emergency, intake, secrecy
from cases.models import Case, EmergencyOpening
from childcare.accounts.models import Officer
from childcare.audit.models import Entry
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import todo
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
WHY = "Trẻ đang bị nhốt, cần biết địa chỉ ngay"


@pytest.fixture
def xa(db):
    """A social worker of the ward without the case."""
    return people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)


def open_to(officer, case):
    return Case.objects.visible_to(Officer.objects.get(pk=officer.pk)).contains(case)


def opened(case, officer):
    return emergency.open_file(what=case.code, by=officer, reason=WHY)


@pytest.mark.parametrize("how", ["code", "loose", "child", "identity"])
def test_a_file_is_found_by_its_code_or_the_childs(an, lan, xa, how):
    case = make.received(an, child=make.child(identity_number="031315001234", identity_valid=True))
    what = {
        "code": case.code, "loose": f" {case.code.lower()} ", "child": case.child.code, "identity": "031 3 15 001234",
    }[how]  # fmt: skip
    assert emergency.open_file(what=what, by=xa, reason=WHY).case == case


def test_three_hours_and_then_it_ends_by_itself(an, lan, xa):
    case, start = make.received(an), timezone.now()
    with time_machine.travel(start, tick=False):
        opened(case, xa)
    for minutes, seen in ((0, True), (179, True), (181, False)):
        with time_machine.travel(start + timezone.timedelta(minutes=minutes), tick=False):
            assert open_to(xa, case) is seen, minutes


def test_one_file_and_no_other(an, lan, xa):
    case, other = make.received(an), make.received(an)
    opened(case, xa)
    assert open_to(xa, case) and not open_to(xa, other)


def test_the_owner_and_a_second_person_are_told_at_once_and_the_reason_stays_in_the_file(an, lan, xa):
    case = make.received(an)
    row = opened(case, xa)
    assert set(row.told.all()) == {an, lan}
    assert [message.officer for message in Message.objects.order_by("pk")] == [an, lan]
    assert case.code in Message.objects.first().subject and "nhốt" not in str(Message.objects.values_list())
    entry = Entry.objects.get(action="case.opened")
    assert entry.actor_id == str(xa.public_id) and entry.subject_id == str(case.protected_file.public_id)
    assert "nhốt" not in str(vars(entry)) and case.events.first().note == WHY


@pytest.mark.parametrize("reason", ["", "gấp", "x" * 19, " " * 40])
def test_without_a_reason_nothing_opens(an, lan, xa, reason):
    with pytest.raises(Refusal, match="lý do"):
        emergency.open_file(what=make.received(an).code, by=xa, reason=reason)
    assert not EmergencyOpening.objects.exists()


def test_the_excluded_and_the_stranger_hear_what_they_hear_of_a_file_that_is_none(an, lan, chi, xa, quan):
    case = make.received(an)
    secrecy.exclude(case=case, by=an, version=None, officer=xa, reason="người nhà")
    for officer in (xa, chi, quan):
        assert opened(case, officer) is None
        assert emergency.open_file(what="HS-00000000", by=officer, reason=WHY) is None
    assert Entry.objects.filter(action="case.not_opened").count() == 6 and not Message.objects.filter(officer=an).exists()
    assert not EmergencyOpening.objects.exists()


def test_a_restricted_file_opens_to_nobody_of_the_commune_but_where_it_is_held(an, lan, xa, dung, phuc):
    case = make.received(an, suspect_related="unknown")
    assert opened(case, xa) is None and opened(case, lan) is None
    row = opened(case, dung)
    assert row is not None and open_to(dung, case) and set(row.told.all()) == {an, phuc}


def test_who_is_matched_at_that_moment_is_excluded_instead(an, lan, xa):
    case = make.received(an, suspect="máy 0912345678")
    secrecy.declare(by=xa, once=None, relation="spouse", name="", phone="0912345678")
    assert opened(case, xa) is None and secrecy.excluded_from(case.protected_file).get().officer == xa


def test_the_opener_writes_down_what_was_done_at_once_and_nothing_else(an, lan, xa):
    case = make.received(an)
    opened(case, xa)
    assert Case.objects.visible_to(xa).urgent_for(xa).contains(case)
    assert not Case.objects.workable_by(xa).exists() and not Case.objects.waiting_for(xa).exists()


def test_a_member_of_the_team_has_nothing_to_break(an, lan):
    case = make.received(an)
    assert opened(case, lan) is None and open_to(lan, case)


def test_where_nobody_can_be_told_nothing_opens(an, xa):
    case = make.received(an)
    an.is_active = False
    an.save()
    with pytest.raises(Refusal, match="Chưa có ai khác"):
        opened(case, xa)
    assert not open_to(xa, case)


def test_the_excluded_and_the_opener_are_never_told(an, lan, phuc, dung):
    case = make.received(an, suspect_related="yes")
    intake.hand_out(case=case, by=phuc, worker=dung)
    worker = people.officer("dung2", "Vũ Thị Dung", "district", people.KIEN_AN)
    secrecy.exclude(case=case, by=dung, version=None, officer=lan, reason="x")
    assert set(opened(case, worker).told.all()) == {dung, phuc}


def test_another_person_reviews_and_an_unjustified_opening_ends(an, lan, xa):
    case = make.received(an)
    row = opened(case, xa)
    assert list(EmergencyOpening.objects.to_review_by(lan)) == [row] and not EmergencyOpening.objects.to_review_by(xa).exists()
    with pytest.raises(Refusal, match="không tự xem xét"):
        emergency.review(opening=row, by=xa, justified=True, finding="")
    emergency.review(opening=row, by=lan, justified=False, finding="không có gì khẩn cấp")
    assert not open_to(xa, case)
    with pytest.raises(Refusal, match="đã được xem xét"):
        emergency.review(opening=row, by=an, justified=True, finding="")


def test_who_sees_the_list_of_openings(an, lan, xa, chi, dung, quan, binh):
    row = opened(make.received(an), xa)
    seen = [who for who in (an, lan, xa, chi, dung, quan, binh) if EmergencyOpening.objects.visible_to(who).contains(row)]
    assert seen == [an, lan, xa]
    secrecy.exclude(case=row.case, by=an, version=None, officer=lan, reason="x")
    assert not EmergencyOpening.objects.visible_to(lan).exists()


def test_an_opening_waits_in_what_to_do_of_those_who_may_review_it(an, lan, xa, chi):
    opened(make.received(an), xa)
    assert [line.action for line in todo.openings(lan)] == ["Xem xét"] == [line.action for line in todo.openings(an)]
    assert not list(todo.openings(xa)) and not list(todo.openings(chi))
