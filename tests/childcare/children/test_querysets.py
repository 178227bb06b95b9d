"""AC-02: two wards, each model, each person: what `visible_to` answers, as a table."""

import pytest
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.children import models as c
from childcare.children.querysets import open_files
from tests import factories, people

pytestmark = pytest.mark.django_db
MODELS = [c.Child, c.Household, c.Residence, c.Membership, c.Caregiver, c.PovertyStatus, c.Circumstance, c.Support, c.Incident]
HERE = {"an", "binh", "lan", "dung", "phuc"}


def world(unit):
    """One row of each model in a ward."""
    house = factories.household(unit)
    child = factories.child(unit, house=house)
    factories.poverty(house)
    factories.circumstance(child, "N04")
    factories.support(child)
    factories.incident(unit, children=[(child, {})])
    c.Caregiver.objects.create(child=child, name="Bà", relation="grandparent")
    return child


def everybody():
    return [getattr(people, name)() for name in ("an", "binh", "lan", "chi", "dung", "phuc", "son", "quan")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_sees_the_rows_of_his_place_and_no_others(model):
    world(people.unit(people.NAM_SON))
    nam_son = set(model.objects.values_list("pk", flat=True))
    world(people.unit(people.VAN_DAU))
    van_dau = set(model.objects.values_list("pk", flat=True)) - nam_son
    for officer in everybody():
        seen = set(model.objects.visible_to(officer).values_list("pk", flat=True))
        expected = (nam_son if officer.username in HERE else set()) | (
            van_dau if officer.username in {"chi", "dung", "phuc"} else set()
        )
        assert seen == expected, officer.username


@pytest.mark.parametrize(
    "model", [c.Circumstance, c.Support, c.Incident, c.Caregiver, c.Residence], ids=lambda model: model.__name__
)
def test_a_protected_row_is_seen_by_its_team_alone(model):
    child = world(people.unit(people.NAM_SON))
    file = factories.protected_file(child)
    model.objects.update(protected_file=file)
    assert {who.username for who in everybody() if model.objects.visible_to(who).exists()} == {"an", "lan"}
    c.FileAccess.objects.create(file=file, officer=people.an(), kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert {who.username for who in everybody() if model.objects.visible_to(who).exists()} == {"lan"}
    file.restricted, file.held_by = True, people.unit(people.HAI_PHONG)
    file.save()
    assert not [who.username for who in everybody() if model.objects.visible_to(who).exists()]
    assert c.Child.objects.visible_to(people.an()).exists()  # restriction hides the facts, never the child


def test_an_assigned_officer_sees_the_file_for_its_time(dung, ward):
    child = factories.child(ward)
    file = factories.protected_file(child, officer=dung, kind="emergency")
    assert open_files(dung).contains(file)
    file.access.update(until=timezone.now())
    assert not open_files(dung).exists()


def test_rights_end_with_the_appointment(ward):
    child = world(ward)
    factories.protected_file(child, officer=people.an())
    everybody()
    Appointment.objects.update(ended_on=people.TODAY)
    for officer in everybody():
        assert not open_files(officer).exists()
        for model in MODELS:
            assert not model.objects.visible_to(officer).exists()


def test_a_collaborator_of_a_hamlet_sees_the_hamlet(ward):
    place, other = factories.hamlet(ward), factories.hamlet(ward)
    factories.child(place, "Ở đây"), factories.child(other, "Ở kia"), factories.child(ward, "Chưa rõ")
    officer = people.officer("ctv", "Cộng Tác Viên", "commune", people.NAM_SON)
    officer.appointments.update(unit=place, role="collaborator")
    assert [child.full_name for child in c.Child.objects.visible_to(officer)] == ["Ở đây"]


def test_who_may_change_is_less_than_who_may_see(an, binh, dung, lan, chi, ward):
    factories.child(ward)
    for officer, edit, record, export in ((an, 1, 1, 1), (binh, 0, 0, 0), (dung, 0, 0, 1), (lan, 0, 0, 1), (chi, 0, 0, 0)):
        children = c.Child.objects
        assert (
            children.editable_by(officer).count(),
            children.recordable_by(officer).count(),
            children.exportable_by(officer).count(),
        ) == (edit, record, export)
