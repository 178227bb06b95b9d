"""Households, their members and their class of the year; who cares for a child."""

from datetime import date

import pytest

from childcare.children.actions import caregivers, households
from childcare.children.actions.base import Conflict
from childcare.children.models import Household, PovertyStatus
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_household_is_found_by_its_head_without_tones(ward):
    house = factories.household(ward, "Nguyễn Văn Hào")
    assert households.find_or_make(unit=ward, head_name="nguyen van hao") == house
    assert households.find_or_make(unit=factories.hamlet(ward), head_name="Nguyễn Văn Hào") != house
    assert Household.objects.count() == 2


def test_two_heads_of_one_name_are_told_apart_by_address(ward):
    first = factories.household(ward, "Nguyễn Văn Hào", address="Số 3")
    second = households.find_or_make(unit=ward, head_name="Nguyễn Văn Hào", address="Số 5")
    assert first != second and households.find_or_make(unit=ward, head_name="Nguyễn Văn Hào", address="Số 3") == first


def test_households_without_a_head_are_never_one(ward):
    assert households.find_or_make(unit=ward, head_name="") != households.find_or_make(unit=ward, head_name=" ")


def test_joining_another_household_ends_the_former_membership(an, ward):
    child = factories.child(ward, house=factories.household(ward, "Cũ"))
    new = factories.household(ward, "Mới")
    households.join(child=child, household=new, by=an, since=date(2024, 3, 1))
    child.refresh_from_db()
    old, member = child.memberships.order_by("pk")
    assert child.household == new == member.household and old.ended_on == date(2024, 3, 1)


def test_a_household_is_changed_in_place_with_version(an, ward):
    house = factories.household(ward, "Nguyễn Văn Hào")
    households.change(household=house, by=an, version=1, head_name="Nguyễn Thị Hảo", address="Số 3")
    house.refresh_from_db()
    assert (house.head_folded, house.address, house.version) == ("nguyen thi hao", "Số 3", 2)
    with pytest.raises(Conflict):
        households.change(household=house, by=an, version=1, head_name="Khác")


def test_the_class_of_a_year_is_one_row_and_a_change_replaces_it(an, ward):
    house = factories.household(ward)
    first = households.set_class(household=house, year=2024, level="poor", by=an)
    assert households.set_class(household=house, year=2024, level="poor", by=an) == first
    second = households.set_class(household=house, year=2024, level="near", by=an)
    first.refresh_from_db()
    assert first.voided_at and second.replaces == first
    assert list(PovertyStatus.objects.valid()) == [second]
    households.set_class(household=house, year=2023, level="poor", by=an)
    assert PovertyStatus.objects.valid().count() == 2
    with pytest.raises(Refusal):
        households.set_class(household=house, year=1024, level="poor", by=an)


def test_a_carer_is_recorded_ended_and_voided(an, ward):
    child = factories.child(ward)
    row = caregivers.record(by=an, child=child, name="Trần Thị Bà", relation="grandparent", phone="0912")
    caregivers.end(caregiver=row, by=an, version=1, last_day=date(2024, 1, 31))
    row.refresh_from_db()
    assert row.ended_on == date(2024, 2, 1)
    with pytest.raises(Refusal):
        caregivers.end(caregiver=row, by=an, version=2, last_day=date(2024, 1, 31))
    caregivers.void(caregiver=row, by=an, version=2, reason="Nhầm")
