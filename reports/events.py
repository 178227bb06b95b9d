"""Reports that are owed so many days after an event: the forum of children that a unit held."""

from datetime import date, timedelta

from django.db.models import Q

from childcare.lib.calendar import show
from plans.models import Activity
from reports.models import Obligation, Regime
from reports.receiving import Receivers

# Regime → kind of the activities after which it asks for a report, and what the report tells.
AFTER = {"RG06": (Activity.Kind.FORUM, "Kết quả diễn đàn trẻ em")}


def ensure(year, within=None):
    """Write what is owed after the events of the year; one that was struck out asks for nothing. Returns how many are new."""
    return sum(_after(row, year, within) for row in Regime.objects.after_events().filter(scope=None, code__in=AFTER))


def _after(regime, year, within):
    kind, subject = AFTER[regime.code]
    _forget(regime)
    held = Activity.objects.valid().filter(kind=kind, planned=False, held_on__year=year, unit__kind__in=regime.from_kinds)
    held = held.filter(Q(held_on__gte=regime.valid_from or date.min) & Q(held_on__lt=regime.valid_to or date.max))
    if within:
        held = held.filter(unit__path__startswith=within.path)
    rows = list(held.filter(obligations=None).select_related("unit").order_by("pk"))
    takers = Receivers().of([row.unit for row in rows], regime)
    new = [_owed(regime, row, takers[row.unit_id], subject) for row in rows if row.unit_id in takers]
    Obligation.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _owed(regime, event, taker, subject):
    """The report on one event: what happened on its days, at the latest so many days after its end."""
    return Obligation(
        regime=regime, unit=event.unit, to_unit=taker, period=f"{event.held_on.year}-E{event.pk}", event=event,
        subject=f"{subject} ngày {show(event.held_on)}", data_from=event.begins_on or event.held_on, cutoff=event.held_on,
        last_day=event.held_on + timedelta(days=regime.due_day),
    )  # fmt: skip


def _forget(regime):
    """Reports on events that were struck out and that nobody has begun."""
    Obligation.objects.filter(regime=regime, event__voided_at__isnull=False, submissions=None, requests=None).delete()
