"""Where officers are signed in: the rows beside Django's sessions, and ending them."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from childcare.accounts.models_sessions import Device, SignIn
from childcare.audit import actions as audit

DEVICE_AGE = 400 * 24 * 3600  # seconds: as long as browsers keep a cookie
KEPT = timedelta(days=90)


def open_sign_ins(officer):
    """The sign-ins of the officer whose session still lives, the newest first."""
    rows = list(SignIn.objects.filter(officer=officer, ended_at=None))
    alive = Session.objects.filter(pk__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    living = set(alive.values_list("pk", flat=True))
    return [row for row in rows if row.session_key in living]


@transaction.atomic
def end(*, officer, by, only=None, but=None):
    """End sign-ins of the officer at once: one (`only`), or all but the session `but`. Returns how many."""
    rows = SignIn.objects.filter(officer=officer, ended_at=None)
    rows = rows.filter(pk=only.pk) if only else rows.exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys, ended_at=None).update(ended_at=timezone.now())
    if keys:
        audit.record("session.ended", subject=officer, by=by, note=f"{len(keys)} lần đăng nhập")
    return len(keys)


def moved(request, old_key):
    """The session got another key (a new password): its sign-in follows."""
    SignIn.objects.filter(session_key=old_key).update(session_key=request.session.session_key)


def sweep(*, moment):
    """Sign-ins and machines that are long past go; the log keeps that they were."""
    SignIn.objects.filter(started_at__lt=moment - KEPT).delete()
    Device.objects.filter(last_at__lt=moment - timedelta(seconds=DEVICE_AGE)).delete()
