"""Incidents: one event, one or more children, known or not."""

import uuid
from datetime import date

import pytest

from childcare.children.actions import incidents, residence
from childcare.children.actions.incidents import Person
from childcare.children.models import FileAccess, Incident, IncidentChild
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 9)


def test_a_drowning_of_a_known_and_an_unknown_child(an, ward):
    child = factories.child(ward, sex="m")
    row = incidents.record(
        by=an, unit=ward, occurred_on=DAY, kind="injury", cause="drowning", setting="water",
        people=[Person(child=child, outcome="died"), Person(sex="f", birth_latest=date(2015, 12, 31), outcome="unharmed")],
    )  # fmt: skip
    known, unknown = row.children.order_by("pk")
    assert (known.child, known.sex, known.birth_latest, known.outcome) == (child, "m", date(2016, 5, 12), "died")
    assert (unknown.child, unknown.sex, unknown.birth_latest) == (None, "f", date(2015, 12, 31))
    assert row.protected_file is None


@pytest.mark.parametrize("kind", ["abuse", "offence"])
def test_abuse_and_offence_are_under_a_file_of_their_own(an, lan, binh, chi, dung, ward, kind):
    child = factories.child(ward)
    row = incidents.record(by=an, unit=ward, occurred_on=DAY, kind=kind, people=[Person(child=child, form="violence")])
    seen = {who.username for who in (an, lan, binh, chi, dung) if Incident.objects.visible_to(who).contains(row)}
    assert seen == {"an", "lan"} and row.protected_file.child == child


def test_the_communes_of_the_children_are_on_the_team_as_well(an, chi, ward):
    there = factories.child(people.unit(people.VAN_DAU))
    here = factories.child(ward)
    row = incidents.record(by=an, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(child=here), Person(child=there)])
    assert Incident.objects.visible_to(chi).contains(row) and row.protected_file.child is None


def test_a_child_that_moves_takes_the_right_along_and_the_place_of_the_incident_keeps_its_own(an, chi, ward):
    child = factories.child(ward)
    row = incidents.record(by=an, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(child=child)])
    residence.move(child=child, unit=people.unit(people.VAN_DAU), by=an, on=date(2024, 4, 1))
    assert Incident.objects.visible_to(chi).contains(row) and Incident.objects.visible_to(an).contains(row)


def test_an_incident_without_children_or_with_one_twice_is_refused(an, ward):
    child = factories.child(ward)
    for who in ([], [Person(child=child), Person(child=child)]):
        with pytest.raises(Refusal):
            incidents.record(by=an, unit=ward, occurred_on=DAY, kind="injury", people=who)
    assert not Incident.objects.exists() and not IncidentChild.objects.exists()


def test_dates_are_in_order(an, ward):
    child = factories.child(ward)
    with pytest.raises(Refusal, match="trước ngày sinh"):
        incidents.record(by=an, unit=ward, occurred_on=date(2016, 5, 11), kind="injury", people=[Person(child=child)])
    with pytest.raises(Refusal, match="trước ngày xảy ra"):
        incidents.record(
            by=an, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(sex="f", intervened_on=date(2024, 3, 8))]
        )


def test_the_same_post_twice_is_one_incident(an, ward):
    key = uuid.uuid4()
    for _ in range(3):
        incidents.record(by=an, unit=ward, occurred_on=DAY, kind="injury", people=[Person(sex="m")], once=key)
    assert Incident.objects.count() == IncidentChild.objects.count() == 1


def test_a_correction_voids_the_incident_and_keeps_its_file(an, ward):
    row = incidents.record(by=an, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(sex="f")])
    new = incidents.correct(
        incident=row, by=an, version=1, reason="Đã can thiệp", people=[Person(sex="f", intervened_on=date(2024, 3, 10))]
    )
    row.refresh_from_db()
    assert row.voided_at and new.replaces == row and new.protected_file == row.protected_file and new.unit == ward
    assert list(Incident.objects.valid()) == [new] and new.children.get().intervened_on == date(2024, 3, 10)


def test_who_may_not_see_protected_facts_records_no_abuse(binh, ward):
    with pytest.raises(Refusal, match="công chức được giao"):
        incidents.record(by=binh, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(sex="f")])


def test_an_excluded_officer_does_not_see_the_incident(an, lan, ward):
    row = incidents.record(by=lan, unit=ward, occurred_on=DAY, kind="abuse", people=[Person(sex="f")])
    FileAccess.objects.create(file=row.protected_file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert not Incident.objects.visible_to(an).exists() and Incident.objects.visible_to(lan).exists()
