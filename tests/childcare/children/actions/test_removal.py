from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from childcare.children import search
from childcare.children.actions import people, removal
from childcare.children.actions.base import locked
from childcare.children.models import Child, Membership, Residence
from childcare.lib.refusal import Refusal
from reports import integrity, measures
from tests import factories
from tests.people import an as _an
from tests.people import unit

pytestmark = pytest.mark.django_db
NUMBER = "031216000012"


@pytest.fixture
def an():
    return _an()


@pytest.fixture
def ward():
    return unit("11437")


@pytest.fixture
def gone(ward, an):
    """A child whose facts were voided and who then left the registry."""
    house = factories.household(ward)
    child = factories.child(ward, "Nguyễn Thị Đào", house=house, identity_number=NUMBER, identity_valid=True)
    moment = timezone.now()
    for model in (Residence, Membership):
        model.objects.filter(child=child).update(voided_at=moment, voided_by=an, void_reason="hoàn tác")
    assert removal.remove(keys=[child.pk], by=an, reason=Child.Removal.IMPORT_UNDONE, at=moment) == 1
    child.refresh_from_db()
    return child


def test_a_removed_child_is_in_no_list_and_no_search_and_no_household(gone, ward, an):
    factories.child(ward, "Nguyễn Văn Nam")

    assert [child.full_name for child in Child.objects.visible_to(an)] == ["Nguyễn Văn Nam"]
    assert search.find("Đào", officer=an)[0] == []
    assert search.find(NUMBER, officer=an)[0] == []
    assert search.find(str(gone.public_id), officer=an)[0] == []
    assert not search.similar(officer=an, full_name="Nguyễn Thị Đào")
    assert list(gone.household.children.all()) == []
    assert Child.with_removed.get(pk=gone.pk).removed_by == an


def test_its_voided_facts_still_say_whose_they_were(gone):
    assert Residence.objects.get(child_id=gone.pk).child.full_name == "Nguyễn Thị Đào"


def test_its_number_is_free_for_another_child(gone, ward, an):
    people.refuse_used_number(NUMBER, by=an)
    other = factories.child(ward, "Trần Thị Mai", identity_number=NUMBER, identity_valid=True)
    other.validate_constraints()

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.child(ward, "Trần Thị Mận", identity_number=NUMBER, identity_valid=True)
    with pytest.raises(Refusal, match="đã có ở một trẻ khác"):
        removal.give_back(child=gone)


def test_it_can_be_given_back(gone, an):
    back = removal.give_back(child=gone)

    assert back.removed_at is None
    assert Child.objects.get(pk=gone.pk).version == gone.version + 1


def test_a_child_about_whom_something_is_recorded_is_not_removed(ward, an):
    child = factories.child(ward)

    with pytest.raises(Refusal, match="nơi cư trú"):
        removal.remove(keys=[child.pk], by=an, reason=Child.Removal.MERGED)

    assert Child.objects.filter(pk=child.pk).exists()


def test_nor_one_in_an_incident(ward, an):
    child = factories.child(ward)
    Residence.objects.filter(child=child).update(voided_at=timezone.now(), void_reason="x")
    factories.incident(ward, children=[(child, {})])

    assert removal.with_facts([child.pk]) == {child.pk}


def test_nothing_more_is_recorded_about_a_removed_child(gone):
    with pytest.raises(Refusal, match="không còn trong sổ"):
        locked(gone)


def test_it_is_counted_no_more_but_what_was_known_before_still_is(gone, ward, an):
    other = factories.child(ward)
    before = gone.removed_at - timedelta(seconds=1)
    Residence.objects.update(recorded_at=before)
    then = measures.Window(date(2023, 11, 1), date(2024, 4, 30), known_at=before)
    now = measures.Window(date(2023, 11, 1), date(2024, 4, 30))

    assert measures.count([ward], now).figure("DS-01", ward).numerator == 1
    assert measures.count([ward], then).figure("DS-01", ward).numerator == 2
    assert set(measures.openable(an, "DS-01", ward, then)) == {gone, other}


def test_check_data_tells_of_a_removed_child_with_a_fact(gone, ward):
    assert list(integrity.removed_children_have_no_facts()) == []
    Residence.objects.create(child_id=gone.pk, unit=ward)

    assert list(integrity.removed_children_have_no_facts()) == [
        f"trẻ {gone.public_id}: đã đưa ra khỏi sổ mà còn dòng đang được tính"
    ]
