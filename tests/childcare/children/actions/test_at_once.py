"""RL-02, RL-03: equal posts and rival edits that arrive at the same moment. On PostgreSQL, which has real concurrency."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from childcare.children.actions import people as acting
from childcare.children.actions import supports
from childcare.children.actions.base import Conflict
from childcare.children.models import (
    Child,
    ChildRevision,
    Circumstance,
    Household,
    Membership,
    Merge,
    Residence,
    Support,
    SupportKind,
)
from tests import factories, people

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time on SQLite"),
]


def at_once(action, times):
    """What each of so many simultaneous calls answered: a value, or the exception."""

    def call(number):
        try:
            return action(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(call, range(times)))


def test_ten_equal_posts_make_one_support_and_all_get_it():
    an, ward = people.an(), people.unit(people.NAM_SON)
    child, key, kind = factories.child(ward), uuid.uuid4(), SupportKind.objects.get(code="S33")
    answers = at_once(
        lambda _: supports.record(by=an, child=child, kind=kind, unit=ward, started_on=date(2024, 2, 8), once=key).pk, 10
    )
    assert len(set(answers)) == 1 and Support.objects.count() == 1


def test_of_two_officers_with_the_same_version_one_saves_and_the_other_is_told():
    an, child = people.an(), factories.child(people.unit(people.NAM_SON))
    answers = at_once(lambda number: acting.correct(child=child, by=an, version=1, changes={"phone": f"091{number}"}), 6)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 5 and ChildRevision.objects.count() == 1
    child.refresh_from_db()
    assert child.version == 2


def posts(officer, address, sent, times=6):
    """The same form sent so many times at the same moment: the addresses that the answers lead to."""

    def post(_):
        client = Client()
        client.force_login(officer, backend="childcare.accounts.backends.OfficerBackend")
        return client.post(address, sent)

    clients = at_once(post, times)
    return [getattr(answer, "url", answer) for answer in clients]


def test_parallel_posts_of_the_form_make_one_child_and_all_lead_to_it():
    an, place = people.an(), factories.hamlet(people.unit(people.NAM_SON))
    sent = {
        "once": str(uuid.uuid4()),
        "full_name": "Nguyễn Thị Hoà",
        "birth": "2016",
        "hamlet": str(place.public_id),
        "head_name": "Nguyễn Văn Hào",
    }
    answers = posts(an, reverse("child-add"), sent)
    child = Child.objects.get()
    assert set(answers) == {reverse("child", args=[child.public_id])}
    assert Household.objects.count() == Residence.objects.count() == Membership.objects.count() == 1


def test_parallel_posts_record_one_circumstance():
    an, child = people.an(), factories.child(people.unit(people.NAM_SON))
    answers = posts(an, reverse("circumstance-add", args=[child.public_id]), {"once": str(uuid.uuid4()), "kind": "N08"})
    assert set(answers) == {reverse("child", args=[child.public_id])} and Circumstance.objects.count() == 1


def test_parallel_posts_make_one_merge_and_all_lead_to_the_kept_child():
    an, ward = people.an(), people.unit(people.NAM_SON)
    kept, merged = factories.child(ward), factories.child(ward)
    sent = {
        "once": str(uuid.uuid4()), "keep": "first", "residence": "first", "household": "first", "reason": "Cùng giấy khai sinh",
        "first_version": 1, "second_version": 1,
    }  # fmt: skip
    answers = posts(an, reverse("child-merge", args=[kept.public_id, merged.public_id]), sent)
    assert set(answers) == {reverse("child", args=[kept.public_id])} and Merge.objects.count() == 1


def test_parallel_posts_move_a_child_once():
    an, ward = people.an(), people.unit(people.NAM_SON)
    child, place = factories.child(ward), factories.hamlet(ward)
    sent = {"once": str(uuid.uuid4()), "unit": str(place.public_id), "on": "1/4/2024", "kind": "permanent"}
    answers = posts(an, reverse("residence-move", args=[child.public_id]), sent)
    assert set(answers) == {reverse("child", args=[child.public_id])}
    assert list(child.residences.order_by("pk").values_list("unit", flat=True)) == [ward.pk, place.pk]


def test_parallel_posts_end_a_residence_once_and_bring_the_child_back_once():
    an, ward = people.an(), people.unit(people.NAM_SON)
    child = factories.child(ward)
    sent = {"reason": "departure", "on": "1/4/2024"}
    answers = posts(an, reverse("residence-end", args=[child.public_id]), sent)
    assert set(answers) == {reverse("child", args=[child.public_id])} and child.residences.get().ended_on == date(2024, 4, 1)
    sent = {"once": str(uuid.uuid4()), "unit": str(ward.public_id), "on": "15/4/2024", "kind": "permanent"}
    answers = posts(an, reverse("residence-move", args=[child.public_id]), sent)
    assert set(answers) == {reverse("child", args=[child.public_id])} and child.residences.count() == 2
