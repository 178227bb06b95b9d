"""RL-02, RL-03: equal posts and rival edits that arrive at the same moment. On PostgreSQL, which has real concurrency."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from childcare.children.actions import people as acting
from childcare.children.actions import supports
from childcare.children.actions.base import Conflict
from childcare.children.models import ChildRevision, Support, SupportKind
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
