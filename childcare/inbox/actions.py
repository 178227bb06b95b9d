"""Messages are rows written with the change they tell of; the digest of a day is claimed, sent, marked."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from childcare.inbox.models import Digest, Message

LEASE = timedelta(minutes=5)
MAX_TRIES = 5
TOLD_FOR = timedelta(days=30)  # what is older is read in the app, not told by mail


def send(*, officer, key, day, subject, body="", url=""):
    """Put one message into an officer's box. Returns (message, True when new): the same key is never sent twice."""
    return Message.objects.get_or_create(
        officer=officer, key=key, defaults={"day": day, "subject": subject, "body": body, "url": url}
    )


def read(*, messages, by):
    """Mark the officer's own messages as read."""
    return messages.filter(officer=by, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def prepare_digests(*, day):
    """The one digest of the day for every active officer with an address: all he has not read and no mail has told yet.

    What arrives after the digest of a day waits for that of the next. Returns how many were made; none while mail is off.
    """
    if not settings.EMAIL_ON:
        return 0
    had = Digest.objects.filter(day=day).values("officer")
    untold = Message.objects.filter(digest=None, read_at=None, day__lte=day, day__gt=day - TOLD_FOR)
    waiting = untold.filter(officer__is_active=True).exclude(officer__email="").exclude(officer__in=had)
    officers = list(waiting.order_by("officer").values_list("officer", "officer__public_id").distinct())
    made = 0
    for pk, who in officers:
        message_id = f"<digest-{who}-{day:%Y%m%d}@childcare>"
        digest, new = Digest.objects.get_or_create(officer_id=pk, day=day, defaults={"message_id": message_id})
        if new:  # another worker's digest may be on its way already: what is untold waits for tomorrow
            untold.filter(officer=pk).update(digest=digest)
            made += 1
    return made


def claim(pk, *, now):
    """True for exactly one caller; a claim older than the lease may be taken again."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    mine = Digest.objects.filter(free, pk=pk, sent_at=None, tries__lt=MAX_TRIES)
    return mine.update(claimed_at=now, tries=F("tries") + 1) == 1


def deliver(pk):
    """Send one claimed digest under its fixed Message-ID: subject lines only, never a name of a child."""
    digest = Digest.objects.select_related("officer").get(pk=pk)
    lines = list(digest.messages.order_by("day", "pk"))
    body = render_to_string("inbox/digest.txt", {"digest": digest, "lines": lines, "site": settings.PUBLIC_URL})
    mail = EmailMessage(
        f"{len(lines)} việc cần làm ngày {digest.day:%d/%m/%Y}", body, to=[digest.officer.email],
        headers={"Message-ID": digest.message_id},
    )  # fmt: skip
    try:
        mail.send()
    except (OSError, ValueError) as error:  # every fault of smtplib is an OSError; an address it cannot write is a ValueError
        Digest.objects.filter(pk=pk).update(claimed_at=None, error=type(error).__name__)
        return False
    Digest.objects.filter(pk=pk).update(sent_at=timezone.now(), error="")
    return True


def deliver_waiting():
    """Send every digest that waits. Returns how many went out."""
    waiting = Digest.objects.filter(sent_at=None, tries__lt=MAX_TRIES).order_by("pk").values_list("pk", flat=True)
    return sum(deliver(pk) for pk in list(waiting) if claim(pk, now=timezone.now()))
