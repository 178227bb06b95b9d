"""Two officers write the same number at the same moment: one has it, the other is told."""

import threading
from datetime import date

import pytest
from django.conf import settings
from django.db import connections

from cases.actions import placing
from cases.models import SignedDecision
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import care

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(settings.SQLITE, reason="rows are held on PostgreSQL only; SQLite has one writer"),
]


def test_of_two_decisions_with_one_number_one_is_refused():
    an = people.an()
    rows = [care.proposed(an, child=factories.child(people.unit(people.NAM_SON))) for _ in range(4)]
    gate, done, refused = threading.Barrier(len(rows)), [], []

    def decide(row):
        gate.wait()
        try:
            done.append(placing.decide(
                placement=row, by=an, version=row.version, decision_number="12", decision_on=date(2024, 3, 15),
                decision_signer="Phạm Thị Lan",
            ))  # fmt: skip
        except Refusal as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1 and len(refused) == 3 and all("đã ghi cho một quyết định khác" in text for text in refused)
    assert SignedDecision.objects.count() == 1
