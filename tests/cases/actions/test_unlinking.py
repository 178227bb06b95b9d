"""A case joined to the wrong child: taken back with its reason, while nothing of it is counted for that child."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions import intake, unlinking
from cases.models import Case, CaseEvent
from childcare.audit.models import Entry
from childcare.children.models import FileAccess, Support, SupportKind
from childcare.inbox import actions as inbox
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db


def linked(an, child=None):
    case = casework.received(an)
    return intake.link(case=case, by=an, version=None, child=child or casework.child())


def test_the_case_and_its_file_leave_the_child_and_the_reason_stands_in_the_timeline(an):
    case = linked(an)
    unlinking.unlink(case=case, by=an, version=case.version, reason="trẻ trùng tên")
    case = Case.objects.get(pk=case.pk)
    assert case.child is None and case.protected_file.child is None
    event = CaseEvent.objects.filter(case=case).first()
    assert (event.what, event.note, event.by) == ("unlinked", "trẻ trùng tên", an)
    entry = Entry.objects.get(action="case.unlinked")
    assert "trùng tên" not in entry.note and entry.subject_id == str(case.protected_file.public_id)
    assert intake.link(case=case, by=an, version=None, child=casework.child()).child


def test_the_commune_of_that_child_is_off_the_team_and_what_it_was_told_is_taken_back(an, chi):
    there = people.unit(people.VAN_DAU)
    case = linked(an, factories.child(there))
    inbox.send(officer=chi, key="a", day=people.TODAY, subject=f"Hồ sơ {case.code}", url=reverse("case", args=[case.public_id]))
    assert Case.objects.visible_to(chi).contains(case)
    unlinking.unlink(case=case, by=an, version=None, reason="nhầm")
    assert not Case.objects.visible_to(chi).contains(case) and Case.objects.visible_to(an).contains(case)
    assert not Message.objects.filter(officer=chi).exists()
    assert FileAccess.objects.filter(file=case.protected_file, unit=there).exclude(until=None).count() == 1


def test_of_one_commune_it_stays_on_the_team(an, lan):
    case = linked(an)
    unlinking.unlink(case=case, by=an, version=None, reason="nhầm")
    assert Case.objects.visible_to(lan).contains(case)


@pytest.mark.parametrize("what", ["support", "placement", "promise"])
def test_what_is_counted_for_the_child_is_put_right_first(an, what):
    case = linked(an)
    if what == "support":
        Support.objects.create(
            child=case.child, kind=SupportKind.objects.get(code="S33"), unit=case.unit, started_on=date(2024, 5, 2),
            protected_file=case.protected_file,
        )  # fmt: skip
    else:
        care.opened(an, case=case) if what == "placement" else care.promise(an, case=case)
    word = {"support": "trợ giúp", "placement": "chăm sóc thay thế", "promise": "cam kết"}[what]
    with pytest.raises(Refusal, match=word):
        unlinking.unlink(case=case, by=an, version=None, reason="nhầm")
    assert Case.objects.get(pk=case.pk).child is not None


def test_an_excluded_officer_stays_so(an, lan):
    case = linked(an)
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    unlinking.unlink(case=case, by=an, version=None, reason="nhầm")
    assert not Case.objects.visible_to(lan).contains(case)


def test_without_a_child_there_is_nothing_to_take_back(an):
    with pytest.raises(Refusal, match="chưa nối"):
        unlinking.unlink(case=casework.received(an), by=an, version=None, reason="nhầm")


def test_the_page_is_there_for_who_works_on_the_case_and_for_nobody_else(as_, an, lan, binh, chi):
    case = linked(an)
    url = reverse("case-unlink", args=[case.public_id])
    assert url in as_(an).get(reverse("case", args=[case.public_id])).content.decode()
    assert [as_(officer).get(url).status_code for officer in (binh, chi, lan)] == [403, 404, 403]
    as_(an).post(url, {"version": case.version, "reason": "nhầm"})
    assert Case.objects.get(pk=case.pk).child is None and as_(an).get(url).status_code == 404
