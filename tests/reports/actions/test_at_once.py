"""Two officers press the button at the same moment: one effect, the other is told who and when (F10)."""

import threading

import pytest
from django.conf import settings
from django.db import connection, connections

from childcare.documents.models import IssuedDocument
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports.actions import answering, drafting, signing
from reports.models import Submission
from tests import people
from tests.reports import reporting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(settings.SQLITE, reason="rows are held on PostgreSQL only; SQLite has one writer"),
]
ROUNDS = 4


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def together(acts):
    """Run the acts in threads released at one moment. Returns (results, sentences of refusals)."""
    gate, done, refused = threading.Barrier(len(acts)), [], []

    def run(act):
        gate.wait()
        try:
            done.append(act())
        except Refusal as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, refused


def test_two_officers_send_one_report_at_once():
    an, lan = people.an(), people.lan()
    people.dung()
    row = reporting.signed(an)
    acts = [lambda by=by: answering.send(submission=row, by=by) for by in (an, lan) * 5]
    done, refused = together(acts)
    sender = Submission.objects.get(pk=row.pk).sent_by
    assert len(done) == 5 and {one.sent_by for one in done} == {sender}  # the five of one officer: one effect, told five times
    assert len(refused) == 5 and all(f"{sender.full_name} đã gửi lúc" in sentence for sentence in refused)
    assert Submission.objects.get(pk=row.pk).version == row.version + 1
    assert Message.objects.filter(key__startswith="sent:").count() == 1


def test_two_officers_note_the_signature_at_once():
    an, lan = people.an(), people.lan()
    row = reporting.presented(an)
    acts = [
        lambda by=by, number=number: signing.sign(
            submission=row, by=by, version=row.version, **{**reporting.SIGNED, "number": number}
        )
        for by, number in [(an, "05"), (lan, "06")] * ROUNDS
    ]
    together(acts)
    assert IssuedDocument.objects.count() == 1 and Submission.objects.get(pk=row.pk).state == "signed"


def test_two_officers_take_one_report_at_once():
    an, dung, phuc = people.an(), people.dung(), people.phuc()
    row = reporting.sent(an)
    done, refused = together([lambda by=by: answering.accept(submission=row, by=by) for by in (dung, phuc) * ROUNDS])
    assert len({one.answered_by for one in done}) == 1 and len(refused) == ROUNDS
    assert Message.objects.filter(officer=an, key__startswith="answered:").count() == 1


def test_a_draft_begun_twice_at_once_is_one():
    an = people.an()
    owed = reporting.owed()
    done, _ = together([lambda: drafting.begin(obligation=owed, by=an) for _ in range(ROUNDS)])
    assert len({one.pk for one in done}) == 1 and owed.submissions.count() == 1
    assert connection.vendor == "postgresql"
