"""What the kinds of bulk action share: verdicts, values as JSON and back, voiding many rows at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Model
from django.utils import timezone

CHANGED = "đã được sửa sau khi ghi"


@dataclass(frozen=True)
class Verdict:
    """Whether an item goes in: `reason` says why not; `note` is something to know of one that goes in."""

    reason: str = ""
    note: str = ""


def stored(values):
    """Cleaned values of a form as JSON: days as yyyy-mm-dd, rows of code lists by code, places by public id."""
    return {name: _stored(value) for name, value in values.items() if value not in (None, "")}


def _stored(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, Model):
        return value.code if hasattr(value, "recurrence") or hasattr(value, "family") else str(value.public_id)
    return value


def day(values, name):
    """A day of stored values, or None."""
    return date.fromisoformat(values[name]) if values.get(name) else None


def own(bulk, item):
    """The values of an item: its own before those of the whole action."""
    return {**bulk.values, **item.values}


def void_all(model, keys, *, by, reason):
    """Void many valid rows with one reason; in their history they stay."""
    model.objects.filter(pk__in=keys, voided_at=None).update(
        voided_at=timezone.now(), voided_by=by, void_reason=reason[:300], version=F("version") + 1
    )


def changed(rows):
    """{pk: why} of the written rows (the first version each) that somebody has ended, corrected or voided since."""
    return {row.pk: CHANGED for row in rows if row.voided_at is not None or row.version != 1}
