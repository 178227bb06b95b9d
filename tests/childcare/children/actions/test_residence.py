"""Where a child lives, and the copies of it on the child."""

from datetime import date

import pytest

from childcare.children.actions import circumstances, residence
from childcare.children.models import Circumstance, Residence, Support
from childcare.children.querysets import open_files
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


def copies_agree(child):
    """What a full recount of the dated rows says is what the copies say."""
    child.refresh_from_db()
    current = child.residences.filter(voided_at=None, ended_on=None).first()
    member = child.memberships.filter(voided_at=None, ended_on=None).first()
    assert child.residing == (current is not None)
    assert current is None or child.unit == current.unit
    assert child.household_id == (member.household_id if member else None)


def test_a_move_ends_one_residence_and_opens_another_on_the_same_day(an, ward, other):
    child = factories.child(ward, since=date(2020, 1, 1))
    residence.move(child=child, unit=other, by=an, on=date(2024, 4, 1))
    old, new = child.residences.order_by("pk")
    assert (old.ended_on, old.end_reason) == (date(2024, 4, 1), "departure")
    assert (new.unit, new.started_on, new.start_reason) == (other, date(2024, 4, 1), "arrival")
    copies_agree(child)
    at = Residence.objects.valid().at_end_of
    assert {row.unit for row in at(date(2024, 3, 31))} == {ward} and {row.unit for row in at(date(2024, 4, 1))} == {other}


def test_a_move_moves_the_rights_at_once(an, chi, ward, other):
    child = factories.child(ward)
    circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    residence.move(child=child, unit=other, by=an, on=date(2024, 4, 1))
    facts = Circumstance.objects.filter(child=child)
    assert facts.visible_to(chi).exists() and not facts.visible_to(an).exists()


def test_a_move_within_the_ward_keeps_the_team(an, ward):
    child = factories.child(ward)
    circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    residence.move(child=child, unit=factories.hamlet(ward), by=an, on=date(2024, 4, 1))
    assert open_files(an).count() == 1 and child.protected_files.get().access.count() == 1
    copies_agree(child)


def test_a_restricted_file_stays_with_its_holder(an, chi, ward, other):
    child = factories.child(ward)
    file = factories.protected_file(child, unit=people.unit(people.HAI_PHONG))
    file.restricted, file.held_by = True, people.unit(people.HAI_PHONG)
    file.save()
    residence.move(child=child, unit=other, by=an, on=date(2024, 4, 1))
    assert not open_files(chi).exists() and file.access.count() == 1


def test_the_household_moves_along_with_its_only_child(an, chi, ward, other):
    house = factories.household(ward)
    child = factories.child(ward, house=house)
    residence.move(child=child, unit=other, by=an, on=date(2024, 4, 1))
    house.refresh_from_db()
    copies_agree(child)
    assert house.unit == other and child.household == house


def test_a_child_that_moves_alone_leaves_the_household_of_its_brother(an, ward, other):
    house = factories.household(ward, "Nguyễn Văn Hào")
    child, brother = factories.child(ward, house=house), factories.child(ward, "Anh", house=house)
    residence.move(child=child, unit=other, by=an, on=date(2024, 4, 1))
    house.refresh_from_db()
    copies_agree(child)
    brother.refresh_from_db()
    assert house.unit == ward and brother.household == house
    assert child.household.unit == other and child.household.head_name == "Nguyễn Văn Hào"
    assert child.memberships.get(household=house).ended_on == date(2024, 4, 1)
    residence.move(child=brother, unit=other, by=an, on=date(2024, 4, 2))  # who comes after finds it
    brother.refresh_from_db()
    assert brother.household == child.household != house


def test_a_move_before_the_start_is_refused(an, ward, other):
    child = factories.child(ward, since=date(2024, 2, 1))
    with pytest.raises(Refusal, match="01/02/2024"):
        residence.move(child=child, unit=other, by=an, on=date(2024, 1, 31))
    assert child.residences.get().ended_on is None


def test_a_unit_of_another_time_is_refused(an, ward):
    child = factories.child(ward)
    with pytest.raises(Refusal, match="không có hiệu lực"):
        residence.move(child=child, unit=factories.hamlet(ward), by=an, on=date(2030, 1, 1))


@pytest.mark.parametrize(("reason", "told"), [("death", "died"), ("departure", "moved")])
def test_the_end_of_a_residence_ends_what_was_open(an, ward, reason, told):
    child = factories.child(ward)
    open_one = factories.circumstance(child, "N04", since=date(2023, 1, 1))
    ended = factories.circumstance(child, "N01", until=date(2023, 5, 1))
    monthly, gift = factories.support(child, "S01", running=True), factories.support(child, "S33")
    residence.end(child=child, by=an, on=date(2024, 4, 20), reason=reason)
    for row in (open_one, ended, monthly, gift):
        row.refresh_from_db()
    assert (open_one.ended_on, open_one.end_reason) == (date(2024, 4, 20), told)
    assert (ended.ended_on, ended.end_reason) == (date(2023, 5, 1), "")
    assert (monthly.running, monthly.ended_on) == (False, date(2024, 4, 20))
    assert (gift.running, gift.ended_on) == (False, None)
    copies_agree(child)
    assert child.unit == ward and not child.residing


def test_it_ends_what_the_officer_may_not_see_as_well(an, lan, ward):
    child = factories.child(ward)
    hidden = factories.circumstance(child, "N11", protected_file=factories.protected_file(child, officer=lan))
    residence.end(child=child, by=an, on=date(2024, 4, 20), reason="death")
    hidden.refresh_from_db()
    assert hidden.ended_on == date(2024, 4, 20)


def test_who_died_on_the_cut_off_day_is_not_counted_on_it(an, ward):
    child = factories.child(ward)
    residence.end(child=child, by=an, on=date(2024, 4, 30), reason="death")
    assert not Residence.objects.at_end_of(date(2024, 4, 30)).exists()
    assert Residence.objects.at_end_of(date(2024, 4, 29)).exists()


def test_a_second_end_is_refused(an, ward):
    child = factories.child(ward)
    residence.end(child=child, by=an, on=date(2024, 4, 20), reason="death")
    with pytest.raises(Refusal, match="không còn cư trú"):
        residence.end(child=child, by=an, on=date(2024, 4, 21), reason="death")


def test_a_child_that_left_comes_back(an, ward, other):
    child = factories.child(ward)
    residence.end(child=child, by=an, on=date(2024, 1, 20), reason="departure")
    residence.open_again(child=child, unit=other, by=an, since=date(2024, 3, 1))
    copies_agree(child)
    assert child.unit == other and child.residing
    with pytest.raises(Refusal, match="đang hiệu lực"):
        residence.open_again(child=child, unit=ward, by=an, since=date(2024, 4, 1))


def test_a_correction_voids_the_row_and_keeps_what_was_known_then(an, ward):
    child = factories.child(ward, since=date(2024, 3, 1))
    wrong = child.residences.get()
    place = factories.hamlet(ward)
    right = residence.correct(residence=wrong, by=an, version=1, unit=place, since=date(2024, 2, 1), reason="Ghi nhầm tổ")
    wrong.refresh_from_db()
    assert (right.replaces, wrong.void_reason, wrong.voided_by) == (wrong, "Ghi nhầm tổ", an)
    assert list(Residence.objects.valid()) == [right] and list(Residence.objects.valid(known_at=wrong.recorded_at)) == [wrong]
    copies_agree(child)
    assert child.unit == place


def test_a_running_support_without_end_date_is_what_the_end_stops(an, ward):
    child = factories.child(ward)
    factories.support(child, "S01", on=date(2024, 4, 25), running=True)
    residence.end(child=child, by=an, on=date(2024, 4, 20), reason="departure")
    assert Support.objects.get().ended_on == date(2024, 4, 25)  # never before its own start
