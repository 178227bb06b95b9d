"""A household splits, moves together, gets another head: dated, and nothing of it is lost."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import splitting, transfers
from childcare.children.actions.base import Conflict
from childcare.children.models import Child, Household, Membership, Residence, Transfer
from childcare.lib.refusal import Refusal
from reports.integrity import breaches
from tests import factories, people

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 10)


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def place(ward):
    return factories.hamlet(ward, "Tổ dân phố 1")


@pytest.fixture
def house(place):
    """A household of three children, poor this year."""
    row = factories.household(place, "Nguyễn Văn Hào")
    for name in ("Anh", "Bình", "Chi"):
        factories.child(place, f"Nguyễn Văn {name}", house=row)
    factories.poverty(row, "poor")
    return row


def split(house, an, children, unit, **more):
    values = {"version": house.version, "on": DAY, "head_name": "Nguyễn Văn Em", **more}
    return splitting.split(household=house, by=an, children=children, unit=unit, **values)


def test_part_of_a_household_lives_in_a_new_one_since_the_day(an, ward, house):
    there = factories.hamlet(ward, "Tổ dân phố 2")
    first, second, third = Child.objects.order_by("pk")
    new = split(house, an, [first, second], there)
    for child in (first, second, third):
        child.refresh_from_db()
    assert [child.household for child in (first, second, third)] == [new, new, house]
    assert (first.unit, third.unit, new.unit) == (there, house.unit, there)
    old, now = Membership.objects.filter(child=first).order_by("pk")
    assert (old.household, old.ended_on, now.started_on) == (house, DAY, DAY)
    assert house.poverty.count() == 1 and not new.poverty.exists() and not list(breaches(fast=True))
    assert [row.field for row in house.revisions.all()] == [row.field for row in new.revisions.all()] == ["split"]
    assert Entry.objects.get(action="household.split").shown == [str(first.public_id), str(second.public_id)]


def test_within_one_place_a_split_moves_nobody(an, house):
    split(house, an, [Child.objects.first()], house.unit)
    assert Residence.objects.count() == 3


def test_nobody_everybody_another_commune_and_a_day_too_early_are_refused(an, other, house):
    children = list(Child.objects.order_by("pk"))
    Membership.objects.filter(child=children[0]).update(started_on=date(2024, 4, 20))
    for chosen, unit, told in (
        ([], house.unit, "Chưa chọn"), (children, house.unit, "Cả hộ"), (children[1:2], other, "cùng xã, phường"),
        (children[:1], house.unit, "20/04/2024"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=told):
            split(house, an, chosen, unit)
    assert Household.objects.count() == 1


def test_a_split_sent_twice_is_one(an, house):
    child = Child.objects.first()
    split(house, an, [child], house.unit)
    with pytest.raises(Conflict):
        split(house, an, [child], house.unit)
    assert Household.objects.count() == 2


def test_the_whole_household_moves_to_another_hamlet(an, ward, house):
    there = factories.hamlet(ward, "Tổ dân phố 2")
    splitting.move(household=house, by=an, version=1, unit=there, on=DAY, kind="permanent")
    house.refresh_from_db()
    assert house.unit == there and {child.unit for child in Child.objects.all()} == {there}
    assert {child.household for child in Child.objects.all()} == {house} and Membership.objects.count() == 3
    assert not Transfer.objects.exists() and not list(breaches(fast=True))


def test_to_another_commune_it_goes_with_all_its_children_who_are_acknowledged(an, chi, other, house):
    splitting.move(household=house, by=an, version=1, unit=other, on=DAY, kind="permanent")
    house.refresh_from_db()
    assert house.unit == other and {child.household for child in Child.objects.all()} == {house}
    assert Transfer.objects.waiting().count() == 3 and house.poverty.count() == 1
    hamlet = factories.hamlet(other)
    for row in Transfer.objects.order_by("pk"):
        transfers.receive(transfer=row, by=chi, version=1, unit=hamlet)
    house.refresh_from_db()
    assert house.unit == hamlet and {child.unit for child in Child.objects.all()} == {hamlet}
    assert not list(breaches(fast=True))


def test_when_all_are_returned_the_household_is_back(an, chi, other, place, house):
    splitting.move(household=house, by=an, version=1, unit=other, on=DAY, kind="permanent")
    for number, row in enumerate(Transfer.objects.order_by("pk"), 1):
        transfers.give_back(transfer=row, by=chi, version=1, reason="Không về đây")
        house.refresh_from_db()
        assert house.unit == (place if number == 3 else other)
    assert {child.household for child in Child.objects.all()} == {house} and not list(breaches(fast=True))


def test_one_child_that_waits_elsewhere_holds_the_whole_household(an, other, house):
    transfers.send(child=Child.objects.first(), by=an, to=other, on=DAY)
    splitting.move(household=house, by=an, version=1, unit=other, on=DAY, kind="permanent")  # the two who are left
    assert Transfer.objects.waiting().count() == 3


def test_another_head_since_a_day_and_the_old_one_is_remembered(an, house):
    splitting.change_head(household=house, by=an, version=1, head_name="Lê Thị Mơ", since=DAY, reason="Chủ hộ cũ mất")
    house.refresh_from_db()
    row = house.revisions.get()
    assert (house.head_name, row.old, row.new, row.since, row.reason) == (
        "Lê Thị Mơ", "Nguyễn Văn Hào", "Lê Thị Mơ", DAY, "Chủ hộ cũ mất"
    )  # fmt: skip
    with pytest.raises(Refusal, match="vẫn là người này"):
        splitting.change_head(household=house, by=an, version=2, head_name="le thi mo")
