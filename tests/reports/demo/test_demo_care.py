"""The demo's alternative care, allowance and restricted case: made as officers make them, made once, open to whom they may."""

import pytest

from cases.models import Carer, Case, Placement, Shelter, SignedDecision
from childcare.accounts.models import Officer
from childcare.audit.models import Entry
from childcare.children.models import Support
from reports.demo import care, cases, world
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    world.build(120, reports=False)


def officer(username):
    return Officer.objects.get(username=username)


def test_one_child_is_in_care_another_waits_and_a_decision_is_kept(made):
    assert dict(Placement.objects.values_list("form", "state")) == {"family": "caring", "relative": "preparing"}
    row = Placement.objects.get(state="caring")
    assert row.unit.code == people.NAM_SON and row.visits.count() == 1 and "Minh Họa" in row.carer.name
    assert SignedDecision.objects.filter(form="mau-12", number="41").count() == 1
    assert sorted(Carer.objects.values_list("state", flat=True)) == ["accepted", "applied"] and Shelter.objects.count() == 1


def test_one_allowance_has_its_decision_and_row_of_the_table(made):
    if not Support.objects.filter(decision=care.ALLOWANCE).exists():  # nobody is missing in so small a demo
        factories.circumstance(factories.child(people.unit(people.NAM_SON)), "N01.3")
        care.allowance(cases.Maker(*cases.demo_ward()))
    row = Support.objects.get(decision=care.ALLOWANCE)
    assert row.allowance_code and row.amount == row.base_amount * row.coefficient and row.running


def test_the_restricted_case_is_open_to_who_received_it_and_told_to_the_holder_as_a_code(made):
    case = Case.objects.get(protected_file__restricted=True)
    assert case.protected_file.held_by.code == people.KIEN_AN
    seen = [
        name for name in ("namson", "lanhdao.namson", "vandau", "quan") if Case.objects.visible_to(officer(name)).contains(case)
    ]
    assert seen == ["namson"] and Case.objects.to_hand_out(officer("truongphong")).contains(case)


def test_made_again_nothing_changes(made):
    before = Entry.objects.count(), Placement.objects.count(), Support.objects.count()
    care.make_care()
    assert (Entry.objects.count(), Placement.objects.count(), Support.objects.count()) == before
