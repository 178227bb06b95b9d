"""What every verb of the registry needs: one row per post, locks, versions, refusals from constraints, voiding."""

import uuid
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from childcare.children.models import Child
from childcare.lib.refusal import Refusal

STALE = "Dòng này vừa được sửa ở nơi khác. Hãy mở lại trang để xem nội dung mới rồi sửa lại."
USED_KEY = "Biểu mẫu này đã được gửi cho việc khác. Hãy mở lại trang rồi ghi lại."

REMOVED = "Trẻ em này không còn trong sổ: dòng này đã được gộp vào trẻ khác hoặc lần nhập tệp đã được hoàn tác."


class Conflict(Refusal):
    """Somebody else changed the row since the form was opened; `fields` are the names of what he changed."""

    def __init__(self, sentence, fields=()):
        super().__init__(sentence)
        self.fields = list(fields)


def once(model, author="recorded_by"):
    """An action that makes one row per key: its form carries a one-time key, which becomes the row's public id.

    The same post sent twice (double click, F5, two at the same moment) finds the row of the first and returns it.
    The public id is unique in the database, so that no second row can arise. Opens the transaction of the action.
    """

    def decorate(action):
        @wraps(action)
        def guarded(*, by, once=None, **values):
            if made := _made(model, author, once, by):
                return made
            try:
                with transaction.atomic():
                    return action(by=by, once=once or uuid.uuid4(), **values)
            except (IntegrityError, Refusal):  # refused perhaps only because the first of two equal posts was quicker
                if made := _made(model, author, once, by):
                    return made
                raise

        return guarded

    return decorate


def _made(model, author, key, by):
    made = model._base_manager.filter(public_id=key).first() if key else None
    if made is not None and getattr(made, f"{author}_id") != getattr(by, "pk", None):
        raise Refusal(USED_KEY)
    if getattr(made, "removed_at", None):
        raise Refusal(REMOVED)
    return made


def locked(child):
    """The child's row, locked: everything recorded about one child happens one after the other. Refused for a removed row."""
    row = Child.with_removed.select_for_update().get(pk=child.pk)
    if row.removed_at:
        raise Refusal(REMOVED)
    return row


def fresh(row, version=None):
    """The row read anew and locked; refused when it was voided, or changed since the form with `version` was opened."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if version is not None and row.version != version:
        raise Conflict(STALE)
    if getattr(row, "voided_at", None):
        raise Refusal("Dòng này đã bị hủy trước đó.")
    return row


def insert(row):
    """Save a new row; a constraint that would break is a refusal with its own sentence."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages))
    row.save(force_insert=True)
    return row


def update(row, *fields):
    """Save fields of a row with its next version; a constraint that would break is a refusal."""
    row.version += 1
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages))
    row.save(update_fields=[*fields, "version"])
    return row


def void_row(row, *, by, reason):
    """Mark a row as voided, with its reason. It stays in the history and is counted no more."""
    if not reason.strip():
        raise Refusal("Hãy ghi lý do hủy.")
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason.strip()[:300]
    return update(row, "voided_at", "voided_by", "void_reason")


def told_of(row):
    """Whom the log names as the subject of a fact: its protected file, else its child or household.

    A fact under a protected file is never told of its child: the log must not give away that a file exists.
    """
    return getattr(row, "protected_file", None) or getattr(row, "child", None) or row.household
