"""Drafts of forms: kept on the server while an officer types, so that a lost line loses no text.

A page proves by its ticket that this officer opened this form a short while ago, with all the checks of that page: without a
ticket nothing is read or written. A draft is never written over a newer one of another page, and a form that was saved
closes its draft for good, also for a late message of the page that saved it.
"""

import json
import uuid
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from childcare.accounts.models import Draft

SALT = "childcare.draft"
TICKET_AGE = 12 * 3600  # seconds: longer than a session lasts
KEPT = timedelta(days=7)
LARGEST = 200_000  # characters
MOST = 100  # drafts of one officer; the oldest go


class Newer(Exception):
    """Another page of the same form wrote since this one was opened."""


def ticket(officer, key):
    """What a page carries to read and write the draft of its form."""
    return signing.dumps([officer.pk, key], salt=SALT, compress=True)


def key_of(text, officer):
    """The form of a ticket that was given to this officer, or None."""
    try:
        owner, key = signing.loads(text or "", salt=SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return key if owner == officer.pk else None


def new_page():
    """A name for one opening of a page."""
    return uuid.uuid4().hex


def version_of(officer, key):
    """The version of the draft that lies there, 0 for none."""
    return Draft.objects.filter(officer=officer, key=key).exclude(fields="").values_list("version", flat=True).first() or 0


def read(officer, key):
    """The open draft of a form, or None."""
    return Draft.objects.filter(officer=officer, key=key).exclude(fields="").first()


@transaction.atomic
def save(*, officer, key, page, known, fields):
    """Keep the fields ([name, value] pairs). Returns the Draft, or None when the form was saved meanwhile.

    `known`: the version that the page knows of; raises Newer when another page wrote after that.
    """
    row = Draft.objects.select_for_update().filter(officer=officer, key=key).first()
    text = json.dumps(fields, ensure_ascii=False)
    if row is None:
        return _first(officer, key, page, text)
    if row.page == page and not row.fields:
        return None
    if row.page != page and row.fields and row.version > known:
        raise Newer
    row.page, row.fields, row.version, row.saved_at = page, text, row.version + 1, timezone.now()
    row.save(update_fields=["page", "fields", "version", "saved_at"])
    return row


def _first(officer, key, page, text):
    try:
        with transaction.atomic():
            row = Draft.objects.create(officer=officer, key=key, page=page, fields=text, saved_at=timezone.now())
    except IntegrityError:
        raise Newer
    old = Draft.objects.filter(officer=officer).order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
    return row


@transaction.atomic
def close(*, officer, key, page):
    """The form was saved, or the officer wants no draft: the text goes; a late message of the page brings none back."""
    Draft.objects.update_or_create(
        officer=officer, key=key, defaults={"page": page[:40], "fields": "", "saved_at": timezone.now()}
    )


def sweep(*, now):
    """Drafts that nobody came back to within a week, and closed ones of yesterday, go. Returns how many."""
    closed = Draft.objects.filter(fields="", saved_at__lt=now - timedelta(days=1))
    old = Draft.objects.filter(saved_at__lt=now - KEPT)
    return closed.delete()[0] + old.delete()[0]
