"""Figures of a board: counted beforehand where counting takes long, counted now everywhere else. No HTTP here.

A kept count answers as long as nothing that is counted was written since. After that it is counted again at once where that
takes a moment; where it takes long the kept one still answers, and `Standing.stale` makes the page say so.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.units.models import Unit
from plans.models import Plan
from reports import marks, measures, windows
from reports.measures.kept_table import KeptTable, pack
from reports.models import CountMark, KeptCount

BY = ("sex", "age", "group")
QUICK = 1.5  # seconds; what takes no longer is counted now rather than told from before
REACH = 2  # days for which the count of an earlier day may answer while that of today is not there yet
YEARS = 5
REST = timedelta(hours=6)  # closed years of long counts are counted again no more often
SHARE = 10  # a long count is left alone for ten times as long as it took


@dataclass(frozen=True)
class Standing:
    """Figures with the moment of their counting; `counted_at` None: just now. `stale`: something changed since."""

    table: measures.Table
    counted_at: datetime | None = None
    stale: bool = False


def counted(units, window, kinds=(), boundaries=None):
    """The figures of units and those below them, see `measures.count`; kept ones where there are any that may answer."""
    units, kinds = list(units), sorted(kinds or ())
    root = top_of(units)
    row = _kept(root, window, boundaries or window.cutoff, kinds) if root else None
    late = row is not None and (row.stale or row.changed or row.cutoff != window.cutoff)
    if row is None or (late and row.seconds < QUICK):
        return Standing(measures.count(units, window, by=BY, counted_kinds=kinds or None, boundaries=boundaries))
    then = measures.Window(row.data_from, row.cutoff)
    table = KeptTable(units, then, row.cells, BY, kinds or None, None if row.day == row.cutoff else row.day)
    return Standing(table, row.counted_at, late)


def top_of(units):
    """The one province or district among the units under which all the others lie; None without one."""
    tops = [unit for unit in units if not any(unit.pk != other.pk and unit.is_under(other) for other in units)]
    return tops[0] if len(tops) == 1 and tops[0].kind in ("province", "district") else None


def _kept(unit, window, day, kinds):
    """The kept count of the window, else that of the same window as it stood one or two days earlier."""
    if window.known_at:
        return None
    rows = KeptCount.objects.filter(unit=unit, data_from=window.data_from, kinds=",".join(kinds)).exclude(counted_at=None)
    near = rows.filter(
        cutoff__range=(window.cutoff - timedelta(days=REACH), window.cutoff), day__range=(day - timedelta(days=REACH), day)
    )
    found = near.annotate(changed=Exists(CountMark.objects.all())).order_by("-day", "-cutoff")
    back = ((row, day - row.day, window.cutoff - row.cutoff) for row in found)
    return next((row for row, days, of_cutoff in back if of_cutoff in (timedelta(0), days)), None)


def wanted(on):
    """(unit, window, kinds, day) of every count that boards of the day ask for."""
    posts = Appointment.objects.on(on).filter(unit__kind__in=("province", "district"))
    for unit in Unit.objects.on(on).filter(pk__in=posts.values("unit")).order_by("path"):
        yield from wanted_of(unit, on)


def wanted_of(unit, on):
    """The same of one unit: this year and a year earlier for every set of supports that its targets name; closed years."""
    day = unit.as_of(on)
    now = windows.running(unit, day)
    plans = Plan.objects.filter(unit=unit).of_year(day.year)
    sets = {(), *(tuple(sorted(target.counted_kinds)) for plan in plans for target in plan.targets.all())}
    for kinds in sorted(sets):
        yield unit, now, kinds, day
        yield unit, measures.year_earlier(now), kinds, day
    for year in range(day.year - YEARS, day.year):
        yield unit, windows.of_year(unit, year), (), day


def collect():
    """Note that everything kept may differ from now on, and take the marks away that say so. One short transaction.

    What was written and not yet seen keeps its mark. Without its triggers a table could have changed unseen.
    """
    with transaction.atomic():
        bare = marks.put_up()
        seen, _ = CountMark.objects.all().delete()
        if seen or bare:
            KeptCount.objects.update(stale=True)
    return seen


def due(on, now):
    """What of the wanted is to be counted: what is not kept, and what changed; long counts rest in between."""
    fields = ("unit", "data_from", "cutoff", "day", "kinds", "stale", "seconds", "counted_at")
    rows = {tuple(row[:5]): row[5:] for row in KeptCount.objects.values_list(*fields)}
    for unit, window, kinds, day in dict.fromkeys(wanted(on)):
        key = (unit.pk, window.data_from, window.cutoff, day, ",".join(kinds))
        stale, seconds, counted_at = rows.get(key, (True, 0, None))
        if stale and not (counted_at and seconds >= QUICK and now - counted_at < _rest(window, on, seconds)):
            yield unit, window, kinds, day


def _rest(window, on, seconds):
    """For how long a count that takes long stands as it is."""
    return max(REST if window.cutoff.year < on.year else timedelta(0), timedelta(seconds=SHARE * seconds))


def refresh(unit, window, kinds, day):
    """Count and keep, in one transaction that sees one moment of the register. May be killed and repeated at any point.

    The row is there before its moment begins: should `collect` take marks away meanwhile, it writes the row as well and
    the count of the earlier moment is refused instead of passing for a new one.
    """
    kept = {"unit": unit, "data_from": window.data_from, "cutoff": window.cutoff, "day": day, "kinds": ",".join(kinds)}
    KeptCount.objects.get_or_create(**kept, defaults={"stale": True})
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        counted_at, begun = timezone.now(), time.perf_counter()
        table = measures.count([unit], window, by=BY, counted_kinds=list(kinds) or None, boundaries=day)
        cells, seconds = pack(table), time.perf_counter() - begun
        KeptCount.objects.filter(**kept).update(cells=cells, counted_at=counted_at, seconds=seconds, stale=False)


def forget(on):
    """Drop the counts of days that are past: nobody asks for them any more."""
    KeptCount.objects.filter(day__lt=on - timedelta(days=REACH + 1)).delete()
