"""Transfers that arrive at the same moment: one open transfer a child, one answer a transfer. On PostgreSQL."""

import uuid
from datetime import date

import pytest
from django.db import connection

from childcare.children.actions import transfers, undoing
from childcare.children.actions.base import Conflict
from childcare.children.actions.residence import end
from childcare.children.models import Residence, Transfer
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.childcare.children.actions.test_at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time on SQLite"),
]
DAY = date(2024, 4, 1)


@pytest.fixture
def child():
    return factories.child(people.unit(people.NAM_SON))


def send(child, **more):
    return transfers.send(child=child, by=people.an(), to=people.unit(people.VAN_DAU), on=DAY, **more)


def test_ten_equal_posts_make_one_transfer_and_all_get_it(child):
    people.an()
    key = uuid.uuid4()
    answers = at_once(lambda _: send(child, once=key).pk, 10)
    assert len(set(answers)) == 1 and Transfer.objects.count() == 1 and child.residences.count() == 2


def test_of_two_officers_who_send_one_child_one_is_refused(child):
    people.an()
    answers = at_once(lambda _: send(child), 4)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 3 and Transfer.objects.count() == 1


def test_of_receiving_and_returning_at_once_one_holds(child):
    transfer, chi = send(child), people.chi()

    def answer(number):
        if number % 2:
            return transfers.receive(transfer=transfer, by=chi, version=1, unit=transfer.to_unit)
        return transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")

    answers = at_once(answer, 4)
    assert sum(isinstance(one, (Conflict, Refusal)) for one in answers) == 3
    assert Residence.objects.valid().filter(child=child, ended_on=None).count() == 1


def test_a_death_is_taken_back_once(child):
    an = people.an()
    end(child=child, by=an, on=DAY, reason="death")
    answers = at_once(lambda _: undoing.undo_end(child=child, by=an, reason="Ghi nhầm"), 4)
    assert sum(isinstance(one, Refusal) for one in answers) == 3 and Residence.objects.valid().count() == 1
