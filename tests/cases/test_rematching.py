"""What is learnt later bars an officer as if it had been known: matched again, once, and never against two people's word."""

import pytest

from cases import rematching
from cases.actions import intake, lifting, secrecy
from cases.models import Case
from childcare.children.models import FileAccess
from childcare.inbox.models import Message
from tests import factories, people
from tests.cases import casework

pytestmark = pytest.mark.django_db


def seen(case, officer):
    return Case.objects.visible_to(type(officer).objects.get(pk=officer.pk)).contains(case)


def learnt(an, lan):
    """A case open to Lan; later a telephone of the child's household is written down that she declared."""
    secrecy.declare(by=lan, once=None, relation="sibling", name="", phone="0912345678")
    house = factories.household(people.unit(people.NAM_SON))
    case = casework.received(an, child=casework.child(house=house))
    assert seen(case, lan)
    house.phone = "0912 345 678"
    house.save()
    return case


def test_a_telephone_known_later_bars_and_restricts_once(an, lan, phuc):
    case = learnt(an, lan)
    assert rematching.run() == 1 and not seen(case, lan) and Case.objects.get(pk=case.pk).protected_file.restricted
    events, rows = case.events.count(), FileAccess.objects.count()
    assert rematching.run() == 0 and (case.events.count(), FileAccess.objects.count()) == (events, rows)
    assert not Message.objects.filter(officer=lan).exists()


def test_a_closed_case_is_left_alone(an, lan):
    case = learnt(an, lan)
    intake.screen_out(case=case, by=an, version=None, reason="x", agreed_by="y")
    assert rematching.run() == 0


def test_whom_two_people_let_in_again_stays_in(an, lan, dung, phuc):
    case = learnt(an, lan)
    rematching.run()
    case = Case.objects.get(pk=case.pk)
    intake.hand_out(case=case, by=phuc, worker=dung) if case.worker is None else None
    made = lifting.propose(
        case=case, by=phuc, reason="không phải người thân", exclusion=FileAccess.objects.get(kind="excluded")
    )
    lifting.decide(proposal=made, by=dung, confirmed=True)
    assert rematching.run() == 0 and not FileAccess.objects.filter(kind="excluded", until=None).exists()
