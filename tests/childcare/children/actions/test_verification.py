"""Checked with the police, with its day; DL-02 moves with it."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import people, verification
from childcare.children.actions.base import Conflict
from childcare.children.models import ChildRevision
from childcare.lib.refusal import Refusal
from reports import measures
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "031216000012", "031216000013"


@pytest.fixture
def child(ward):
    return factories.child(ward, identity_number=NUMBER, identity_valid=True, ministry_state="present")


def dl02(ward, cutoff):
    return measures.count([ward], measures.Window(date(2023, 11, 1), cutoff)).figure("DL-02", ward).counts


def test_the_day_is_kept_with_who_and_a_revision(child, an):
    assert verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1) == ["identity_verified_on"]
    child.refresh_from_db()
    assert child.identity_verified_on == date(2024, 4, 20)
    revision = ChildRevision.objects.get()
    assert (revision.field, revision.old, revision.new, revision.by) == ("identity_verified_on", "", "20/04/2024", an)
    assert Entry.objects.get(action="child.corrected").fields == ["identity_verified_on"]


def test_the_rate_of_checked_numbers_moves_on_the_day_itself(child, ward, an):
    """Four on the Ministry's software, of whom one was checked before: 1/4, and with this child 2/4 from its day on."""
    for day in (date(2024, 1, 5), None, None):
        number = {"identity_number": f"03121600{100 + (day is None)}", "identity_valid": False} if day is None else {}
        factories.child(ward, ministry_state="present", identity_verified_on=day, **number)
    factories.child(ward, ministry_state="", identity_verified_on=date(2024, 1, 5))
    assert dl02(ward, date(2024, 4, 30)) == "1/4"
    verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
    assert dl02(ward, date(2024, 4, 30)) == "2/4"
    assert dl02(ward, date(2024, 4, 20)) == "2/4"
    assert dl02(ward, date(2024, 4, 19)) == "1/4"


@pytest.mark.parametrize("number", [None, "0312"])
def test_without_a_valid_number_nothing_is_stored(ward, an, number):
    child = factories.child(ward, identity_number=number)
    with pytest.raises(Refusal, match="12 chữ số"):
        verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
    with pytest.raises(Refusal, match="12 chữ số"):
        people.add(by=an, unit=ward, full_name="Lê Văn Tư", identity_verified_on=date(2024, 4, 20))


@pytest.mark.parametrize("day", [date(2024, 5, 3), date(2016, 5, 11)])
def test_a_day_to_come_or_before_the_birth_is_refused(child, an, day):
    with pytest.raises(Refusal, match="xem lại"):
        verification.verify(child=child, by=an, on=day, version=1)


def test_another_number_takes_the_day_away_and_the_history_keeps_it(child, an):
    verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
    child.refresh_from_db()
    changes = {"identity_number": OTHER, "identity_verified_on": date(2024, 4, 20)}  # as the form sends it back
    assert people.correct(child=child, by=an, version=2, changes=changes) == ["identity_number", "identity_verified_on"]
    child.refresh_from_db()
    assert (child.identity_number, child.identity_verified_on) == (OTHER, None)
    assert people.correct(child=child, by=an, version=3, changes={"identity_verified_on": date(2024, 4, 29)})


def test_a_new_number_with_its_own_day_keeps_the_day(child, an):
    verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
    people.correct(child=child, by=an, version=2, changes={"identity_number": OTHER, "identity_verified_on": date(2024, 4, 29)})
    child.refresh_from_db()
    assert (child.identity_number, child.identity_verified_on) == (OTHER, date(2024, 4, 29))


def test_a_number_that_becomes_malformed_loses_the_day(child, an):
    verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
    people.correct(child=child, by=an, version=2, changes={"identity_number": "0312"})
    child.refresh_from_db()
    assert (child.identity_valid, child.identity_verified_on) == (False, None)


def test_an_old_page_is_told_what_changed(child, an):
    people.correct(child=child, by=an, version=1, changes={"phone": "0912345678"})
    with pytest.raises(Conflict):
        verification.verify(child=child, by=an, on=date(2024, 4, 20), version=1)
