"""Reminders of kiến nghị: seven days before, on the last day, and once when it is past. Each goes out exactly once."""

from datetime import timedelta

from django.urls import reverse

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.inbox import actions as inbox
from childcare.inbox.models import Message
from childcare.lib.calendar import days_left_text, show
from plans.models import Recommendation

MARKS = ((7, "7"), (0, "0"), (-1, "late"))  # days before the last day
LATE_FOR_GOOD = 60


def due(on):
    """(kiến nghị, mark) of what is to be told on the day, or was missed before it: of several missed days the last."""
    first, last = on - timedelta(days=LATE_FOR_GOOD), on + timedelta(days=7)
    rows = Recommendation.objects.running().filter(due_on__range=(first, last))
    for row in rows.select_related("inspection__unit", "inspection__by_unit").order_by("due_on", "pk"):
        come = [mark for days, mark in MARKS if row.due_on - timedelta(days=days) <= on]
        if come:
            yield row, come[-1]


def remind(*, on, dry_run=False):
    """Tell the officers of the unit that must mend. Returns how many were due, sent, sent before, failed."""
    counts = dict.fromkeys(("due", "sent", "already_sent", "failed"), 0)
    found = list(due(on))
    people = holders({row.inspection.unit_id for row, _ in found}, on)
    keys = [f"kien-nghi:{row.public_id}:{mark}" for row, mark in found]
    known = set(Message.objects.filter(key__in=keys).values_list("officer_id", "key")) if keys else set()
    for (row, _), key in zip(found, keys, strict=True):
        for officer in people.get((row.inspection.unit_id, Permission.PLAN_EDIT), []):
            new = (officer.pk, key) not in known
            day = row.due_on if not key.endswith(":7") else row.due_on - timedelta(days=7)
            if not new and day < on:
                continue
            counts["due"] += 1
            if new and not dry_run:
                new = inbox.send(officer=officer, key=key, day=on, subject=subject(row, on), url=url(row))[1]
                counts["sent"] += new
            counts["already_sent"] += not new
    return counts


def subject(row, on):
    """ "Kiến nghị kiểm tra: hạn khắc phục 09/05/2024 (còn 7 ngày)": never what it says."""
    left = days_left_text(row.due_on, on)
    return f"Kiến nghị kiểm tra của {row.inspection.unit.name}: hạn khắc phục {show(row.due_on)} ({left})"


def url(row):
    """The check to which it belongs."""
    return reverse("inspection", args=[row.inspection.public_id])
