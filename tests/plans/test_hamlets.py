"""Hamlets: codes, names, ends; children, households and posts follow a change that no flow counts."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.accounts.models import Appointment
from childcare.audit.models import Entry
from childcare.children.models import Residence
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit, UnitYear
from plans.actions import hamlets
from tests import factories, people

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 1)


def test_the_next_hamlet_gets_the_next_code_and_the_dates_of_its_ward(ward, an):
    first = hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)
    second = hamlets.add(commune=ward, name=" Tổ  dân phố 2", by=an, since=ON)
    assert (first.code, first.valid_from, first.valid_to) == ("11437-T01", None, ward.valid_to)
    assert (second.code, second.name, second.valid_from) == ("11437-T02", "Tổ dân phố 2", ON)
    assert second.path == f"{ward.path}{second.pk}."
    assert list(Unit.objects.hamlets_of(ward, ON)) == [first, second]


def test_a_name_that_stands_is_not_given_twice(ward, an):
    hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)
    with pytest.raises(Refusal, match="đã có Tổ dân phố 1"):
        hamlets.add(commune=ward, name="TỔ DÂN PHỐ 1", by=an)


def test_a_hamlet_does_not_begin_outside_the_life_of_its_ward(ward, an):
    with pytest.raises(Refusal, match="không có hiệu lực"):
        hamlets.add(commune=ward, name="Tổ dân phố 1", by=an, since=date(2026, 1, 1))


@pytest.fixture
def place(ward, an):
    return hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)


def test_a_new_name_opens_a_successor_with_the_same_code(place, an):
    new = hamlets.rename(hamlet=place, name="Tổ dân phố Đồng Tâm", on=ON, by=an)
    place.refresh_from_db()
    assert (place.valid_to, new.valid_from, new.code) == (ON, ON, place.code)
    assert list(new.predecessors.all()) == [place]
    assert Entry.objects.get(action="unit.hamlet_renamed").subject_id == str(new.public_id)


def test_people_follow_the_new_name_with_the_reason_that_no_flow_counts(place, an, ward):
    house = factories.household(place)
    child = factories.child(place, house=house)
    officer = people.Officer.objects.create(username="tv", full_name="Tư", password="!")
    Appointment.objects.create(officer=officer, unit=place, role="collaborator", started_on=date(2024, 1, 1))
    new = hamlets.rename(hamlet=place, name="Đồng Tâm", on=ON, by=an)
    for row in (child, house):
        row.refresh_from_db()
        assert row.unit == new
    old_stay, new_stay = child.residences.order_by("pk")
    assert (old_stay.unit, old_stay.ended_on, old_stay.end_reason) == (place, ON, "unit_change")
    assert (new_stay.unit, new_stay.started_on, new_stay.start_reason, new_stay.ended_on) == (new, ON, "unit_change", None)
    posts = officer.appointments.order_by("pk").values_list("unit", "started_on", "ended_on")
    assert list(posts) == [(place.pk, date(2024, 1, 1), ON), (new.pk, ON, None)]


def test_who_came_after_the_change_lives_in_the_successor_alone(place, an):
    late = factories.child(place, since=date(2024, 4, 1))
    gone = factories.child(place)
    Residence.objects.filter(child=gone).update(ended_on=date(2024, 2, 1), end_reason="departure")
    new = hamlets.rename(hamlet=place, name="Đồng Tâm", on=ON, by=an)
    assert [(row.unit, row.started_on) for row in late.residences.all()] == [(new, date(2024, 4, 1))]
    assert [(row.unit, row.end_reason) for row in gone.residences.all()] == [(place, "departure")]


def test_who_left_after_the_change_left_from_the_successor(place, an):
    child = factories.child(place)
    Residence.objects.filter(child=child).update(ended_on=date(2024, 4, 1), end_reason="departure")
    new = hamlets.rename(hamlet=place, name="Đồng Tâm", on=ON, by=an)
    rows = child.residences.order_by("pk").values_list("unit", "ended_on", "end_reason")
    assert list(rows) == [(place.pk, ON, "unit_change"), (new.pk, date(2024, 4, 1), "departure")]


def test_a_hamlet_with_people_ends_only_into_another(place, an, ward):
    child = factories.child(place)
    with pytest.raises(Refusal, match="Còn 1 trẻ em"):
        hamlets.end(hamlet=place, on=ON, by=an)
    other = hamlets.add(commune=ward, name="Tổ dân phố 2", by=an)
    hamlets.end(hamlet=place, on=ON, by=an, into=other)
    child.refresh_from_db()
    assert child.unit == other and place in other.predecessors.all()


def test_it_does_not_end_into_itself_or_another_ward(place, an):
    far = factories.hamlet(people.unit(people.VAN_DAU))
    for into in (place, far):
        with pytest.raises(Refusal, match="cùng xã, phường"):
            hamlets.end(hamlet=place, on=ON, by=an, into=into)


def test_wards_themselves_are_not_renamed_here(ward, an):
    with pytest.raises(Refusal, match="Chỉ đổi được thôn"):
        hamlets.rename(hamlet=ward, name="Khác", on=ON, by=an)


def test_a_hamlet_that_ended_is_not_ended_again(place, an):
    hamlets.end(hamlet=place, on=ON, by=an)
    with pytest.raises(Refusal, match="không có hiệu lực trước ngày"):
        hamlets.end(hamlet=place, on=date(2024, 4, 1), by=an)


def figures(ward, an, value, version=None, source="Công an phường"):
    return hamlets.set_figures(
        unit=ward, year=2024, by=an, figures={"population": (value and Decimal(value), source, date(2024, 1, 15), version)}
    )


def test_figures_are_set_changed_and_taken_away_with_their_version(ward, an):
    assert figures(ward, an, 7900) == ["population"]
    assert figures(ward, an, 7900, 1) == []
    assert figures(ward, an, 8000, 1) == ["population"]
    row = UnitYear.objects.get()
    assert (row.value, row.version, row.source) == (8000, 2, "Công an phường")
    with pytest.raises(Refusal, match="vừa được người khác sửa"):
        figures(ward, an, 8100, 1)
    assert figures(ward, an, None, 2) == ["population"]
    assert not UnitYear.objects.exists()
    assert Entry.objects.filter(action="unit.figures_set").count() == 3
