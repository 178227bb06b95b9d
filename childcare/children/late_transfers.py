"""Transfers that nobody answered in time: both communes are told once, and later the unit above the receiving one.

Children sent from one commune to another on one day are one message: how many, from where, since when; never which child.
A message has its key: a second run, or one after a kill, finds it there. Who comes into a unit later is told too.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.children.models import Terms, Transfer
from childcare.inbox import actions as inbox
from childcare.inbox.models import Message
from childcare.lib.calendar import show

FORGOTTEN = timedelta(days=60)  # what is late for longer is no news any more: the page of transfers still shows it
LONGEST = timedelta(days=90 + 90)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """One message to everybody who holds the permission in the unit, while any of the transfers waits."""

    key: str
    day: date
    unit: int
    permission: str
    subject: str
    url: str
    transfers: tuple


def groups(on):
    """Waiting transfers whose day has passed, together by (from, to, day sent)."""
    terms, found = Terms(), defaultdict(list)
    rows = Transfer.objects.waiting().filter(sent_on__gte=on - FORGOTTEN - LONGEST).defer("note")
    for row in rows.select_related("from_unit", "to_unit__parent__parent").order_by("sent_on", "pk"):
        if terms.due(row) < on:
            found[row.from_unit_id, row.to_unit_id, row.sent_on].append(row)
    return terms, found.values()


def above(unit):
    """The units above, the nearest first."""
    while unit.parent is not None:
        unit = unit.parent
        yield unit


def notices(on):
    """(everything that is due on the day or was missed before it, who holds what where)."""
    terms, late = groups(on)
    late = list(late)
    units = {unit.pk for rows in late for unit in (rows[0].from_unit, rows[0].to_unit, *above(rows[0].to_unit))}
    people = holders(units, on) if units else {}
    found = []
    for rows in late:
        first, due = rows[0], terms.due(rows[0])
        if on <= due + FORGOTTEN:
            found += _both(rows, due)
        if terms.told_above(first) < on <= terms.told_above(first) + FORGOTTEN:
            found += _above(rows, due, terms.told_above(first), people)
    return found, people


def _both(rows, due):
    first = rows[0]
    told = (
        (first.to_unit, f"{_many(rows)} từ {first.from_unit.name} chuyển đến đã quá hạn tiếp nhận {show(due)}"),
        (first.from_unit, f"{first.to_unit.name} chưa tiếp nhận {_many(rows)} chuyển đi, hạn {show(due)}"),
    )
    for unit, subject in told:
        yield _notice("late", rows, due + timedelta(days=1), unit, Permission.CHILD_EDIT, subject, reverse("transfer-list"))


def _above(rows, due, day, people):
    """The nearest unit above the receiving commune in which somebody watches over the communes."""
    goal, permission = rows[0].to_unit, Permission.REPORT_ACCEPT
    unit = next((unit for unit in above(goal) if (unit.pk, permission) in people), None)
    if unit is None:
        return
    subject = f"{goal.name} chưa tiếp nhận {_many(rows)} từ {rows[0].from_unit.name}, hạn {show(due)}"
    sees = unit.kind == "district"  # the province has no page of children: it is led to the commune
    url = reverse("transfer-list") if sees else reverse("unit", args=[goal.public_id])
    yield _notice("above", rows, day + timedelta(days=1), unit, permission, subject, url)


def _many(rows):
    return f"{len(rows)} trẻ"


def _notice(what, rows, day, unit, permission, subject, url):
    first = rows[0]
    key = f"transfer-{what}:{first.from_unit_id}:{first.to_unit_id}:{first.sent_on}"
    return Notice(key, day, unit.pk, permission, subject, url, tuple(row.pk for row in rows))


@transaction.atomic
def deliver(notice, officers, on):
    """Write the messages of one notice unless everything was answered meanwhile. Returns (new, there before)."""
    if not Transfer.objects.waiting().filter(pk__in=notice.transfers).exists():
        return 0, 0
    made = [
        inbox.send(officer=person, key=notice.key, day=on, subject=notice.subject, url=notice.url)[1] for person in officers
    ]
    return sum(made), len(made) - sum(made)


def remind(*, on, dry_run=False):
    """Tell everybody whom a late transfer concerns, exactly once. Returns how many were due, sent, sent before, failed."""
    counts = dict.fromkeys(("due", "sent", "already_sent", "failed"), 0)
    found, people = notices(on)
    keys = [notice.key for notice in found]
    known = set(Message.objects.filter(key__in=keys).values_list("officer_id", "key")) if keys else set()
    for notice in found:
        officers = people.get((notice.unit, notice.permission), [])
        old = [person for person in officers if (person.pk, notice.key) in known]
        if len(old) == len(officers) and notice.day < on:
            continue
        counts["due"] += len(officers)
        if dry_run:
            counts["already_sent"] += len(old)
            continue
        try:
            new, before = deliver(notice, officers, on)
        except Exception:
            log.exception("reminder of a transfer failed")
            counts["failed"] += len(officers)
            continue
        counts["sent"], counts["already_sent"] = counts["sent"] + new, counts["already_sent"] + before
    return counts
