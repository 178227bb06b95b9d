"""Messages and the one mail of a day: each message in exactly one mail, sent exactly once, by a real SMTP server."""

import socket
import threading
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from childcare.inbox import actions, tasks
from childcare.inbox.models import Digest, Message
from tests import people

pytestmark = pytest.mark.django_db
DAY = people.TODAY


class Sink:
    """Keeps every mail; `fault` is the answer of a server that is out of order."""

    def __init__(self):
        self.mails, self.fault = [], ""

    async def handle_DATA(self, server, session, envelope):
        if self.fault:
            return self.fault
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def sink(settings):
    """A mail server on a free port, and mail switched on."""
    handler = Sink()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield handler
    controller.stop()


def message(officer, key, day=DAY, subject="Báo cáo 6 tháng 2024 còn 7 ngày", **fields):
    return actions.send(officer=officer, key=key, day=day, subject=subject, **fields)[0]


def digest_for(officer, day=DAY):
    message(officer, f"m{day}", day=day)
    actions.prepare_digests(day=day)
    return Digest.objects.get(officer=officer, day=day)


def test_the_same_key_is_put_into_a_box_once(an, chi):
    first, new = actions.send(officer=an, key="RG01:14", day=DAY, subject="Còn 14 ngày")
    again, newer = actions.send(officer=an, key="RG01:14", day=DAY, subject="Khác")
    assert first == again and (new, newer) == (True, False) and again.subject == "Còn 14 ngày"
    assert actions.send(officer=chi, key="RG01:14", day=DAY, subject="Còn 14 ngày")[1]


def test_one_mail_tells_everything_unread_and_no_body(an, sink):
    message(an, "a", subject="Báo cáo 6 tháng 2024: còn 7 ngày", body="Chỉ đọc trong hệ thống.")
    message(an, "b", day=DAY - timedelta(days=1), subject="Phường Văn Đẩu chưa gửi")
    actions.read(messages=an.inbox.filter(pk=message(an, "c", subject="Đã đọc rồi").pk), by=an)
    assert actions.prepare_digests(day=DAY) == 1 and actions.deliver_waiting() == 1
    [(to, mail)] = sink.mails
    text = mail.get_content()
    assert to == ["an@example.vn"] and mail["Subject"] == "2 việc cần làm ngày 02/05/2024"
    assert mail["Message-ID"] == f"<digest-{an.public_id}-20240502@childcare>"
    assert "Kính gửi Nguyễn Thị An," in text
    assert text.index("1. Phường Văn Đẩu chưa gửi") < text.index("2. Báo cáo 6 tháng 2024: còn 7 ngày")
    assert "Chỉ đọc" not in text and "Đã đọc rồi" not in text and "http://127.0.0.1:8000/nhac-viec/" in text


def test_a_day_has_one_mail_and_what_comes_later_waits_for_the_next(an, sink):
    digest_for(an)
    actions.deliver_waiting()
    message(an, "later", subject="Báo cáo bị yêu cầu chỉnh sửa")
    assert actions.prepare_digests(day=DAY) == 0 and actions.deliver_waiting() == 0
    assert actions.prepare_digests(day=DAY + timedelta(days=1)) == 1 and actions.deliver_waiting() == 1
    assert [len(mail.get_content().split("Báo cáo")) - 1 for _, mail in sink.mails] == [1, 1]


def test_nobody_gets_a_mail_without_address_message_or_active_account(an, binh, chi, dung, sink):
    message(binh, "no address")
    message(dung, "locked")
    type(dung).objects.filter(pk=dung.pk).update(is_active=False)
    message(an, "tomorrow", day=DAY + timedelta(days=1))
    assert actions.prepare_digests(day=DAY) == 0


def test_while_mail_is_off_no_mail_is_made_and_the_message_waits(an, settings):
    settings.EMAIL_ON = False
    message(an, "a")
    assert actions.prepare_digests(day=DAY) == 0 and not Digest.objects.exists()
    settings.EMAIL_ON = True
    assert actions.prepare_digests(day=DAY) == 1


def test_one_caller_claims_a_mail(an, sink):
    digest, now = digest_for(an), timezone.now()
    assert [actions.claim(digest.pk, now=now) for _ in range(3)] == [True, False, False]


def test_a_crash_after_the_claim_delays_the_mail_until_the_lease_is_over(an, sink):
    digest = digest_for(an)
    actions.claim(digest.pk, now=timezone.now())  # and the worker dies
    assert actions.deliver_waiting() == 0 and sink.mails == []
    Digest.objects.update(claimed_at=timezone.now() - actions.LEASE - timedelta(seconds=1))
    assert actions.deliver_waiting() == 1 and actions.deliver_waiting() == 0
    assert len(sink.mails) == 1


def test_a_mail_sent_and_not_marked_comes_again_under_the_same_id(an, sink):
    """The one gap that cannot be closed: the receiving server knows the second by its Message-ID."""
    digest = digest_for(an)
    actions.claim(digest.pk, now=timezone.now())
    actions.deliver(digest.pk)
    Digest.objects.update(sent_at=None, claimed_at=timezone.now() - actions.LEASE - timedelta(seconds=1))
    actions.deliver_waiting()
    assert len(sink.mails) == 2 and len({mail["Message-ID"] for _, mail in sink.mails}) == 1


def test_a_server_out_of_order_is_tried_five_times_and_no_more(an, sink):
    digest = digest_for(an)
    sink.fault = "451 try later"
    assert [actions.deliver_waiting() for _ in range(8)] == [0] * 8
    digest.refresh_from_db()
    assert (digest.tries, digest.sent_at, digest.error) == (actions.MAX_TRIES, None, "SMTPDataError")
    sink.fault = ""
    assert actions.deliver_waiting() == 0, "shown as failed on the settings page, not tried for ever"


def test_a_server_that_comes_back_gets_the_mail(an, sink):
    digest = digest_for(an)
    sink.fault = "451 try later"
    actions.deliver_waiting()
    sink.fault = ""
    assert actions.deliver_waiting() == 1
    digest.refresh_from_db()
    assert digest.sent_at and digest.error == ""


def test_a_server_that_is_not_there_is_an_error_on_the_row(an, sink, settings):
    digest = digest_for(an)
    settings.EMAIL_PORT = 1
    assert actions.deliver_waiting() == 0
    digest.refresh_from_db()
    assert digest.error == "ConnectionRefusedError" and digest.claimed_at is None


def test_one_address_that_cannot_be_written_holds_up_no_other(an, chi, sink):
    type(an).objects.filter(pk=an.pk).update(email="an\n@example.vn")
    for officer in (an, chi):
        message(officer, "a")
    actions.prepare_digests(day=DAY)
    assert actions.deliver_waiting() == 1
    assert Digest.objects.get(officer=an).error


@pytest.mark.parametrize(("clock", "made"), [("07:39", 0), ("07:45", 1), ("16:00", 1)])
def test_the_mail_waits_for_the_reminders_of_the_morning(an, sink, settings, clock, made, time_machine):
    settings.TRAINING_TODAY = ""
    time_machine.move_to(f"2024-05-02T{clock}:00+07:00")
    message(an, "a", day=date(2024, 5, 2))
    tasks.digests()
    assert len(sink.mails) == made


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share the memory database of SQLite")
def test_eight_workers_at_once_send_each_mail_once(sink):
    officers = [
        people.officer(f"cb{n}", f"Cán Bộ {n}", "collaborator", people.NAM_SON, email=f"cb{n}@example.vn") for n in range(5)
    ]
    for officer in officers:
        message(officer, "a")
    start, sent = threading.Barrier(8), []

    def worker():
        start.wait(20)
        actions.prepare_digests(day=DAY)
        sent.append(actions.deliver_waiting())
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(sent) == 5 and sorted(to[0] for to, _ in sink.mails) == [f"cb{n}@example.vn" for n in range(5)]
    assert Message.objects.filter(digest=None).count() == 0
