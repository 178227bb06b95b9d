"""The secret address of an officer's calendar: made, made anew, revoked."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from childcare.accounts.models import Officer
from childcare.audit import actions as audit
from plans.models import CalendarFeed


def digest_of(token):
    """What is kept of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def standing(officer):
    """The address that works now, or None."""
    return CalendarFeed.objects.filter(officer=officer, revoked_at=None).first()


@transaction.atomic
def open_feed(*, by):
    """A new secret address; an older one dies. Returns the token, which is shown once and kept nowhere."""
    Officer.objects.select_for_update().get(pk=by.pk)  # of two presses at once the second waits
    _revoke(by)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(officer=by, digest=digest_of(token))
    audit.record("calendar.feed_opened", subject=feed, by=by)
    return token


@transaction.atomic
def revoke(*, by):
    """The address works no more. Returns True when there was one."""
    gone = _revoke(by)
    if gone:
        audit.record("calendar.feed_revoked", subject=by, by=by)
    return bool(gone)


def _revoke(officer):
    return CalendarFeed.objects.filter(officer=officer, revoked_at=None).update(revoked_at=timezone.now())


def officer_of(token):
    """(officer, his feed) of an address that works, or None: unknown, revoked, locked, or of one whose posts have ended."""
    feed = CalendarFeed.objects.filter(digest=digest_of(token), revoked_at=None).select_related("officer").first()
    return (feed.officer, feed) if feed and feed.officer.current_appointments else None
