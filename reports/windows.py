"""The data windows of reports (số liệu từ … đến): the one place that says from which day something is counted."""

from datetime import date, timedelta

from childcare.lib.periods import year_earlier
from childcare.units.models import Unit
from reports.measures.window import Window
from reports.models import Obligation


def annual_of(unit):
    """What the unit owes for whole years."""
    return Obligation.objects.filter(unit=unit, regime__every="year", regime__report_kind__startswith="PERIODIC")


def annual(unit, year):
    """The window of the unit's annual report of a year, or None when it owes none."""
    owed = annual_of(unit).filter(period=str(year)).order_by("cutoff", "pk").first()
    return Window.of(owed) if owed else None


def of_year(unit, year):
    """The window of the annual report of the year: of the unit, or of one that it followed; else the calendar year."""
    for place in (unit, *Unit.objects.filter(pk__in=unit.former_keys).order_by("-valid_to", "pk")):
        found = annual(place, year)
        if found is not None:
            return found
    return Window(date(year, 1, 1), date(year, 12, 31))


def running(unit, on):
    """From the day after the last annual cut-off to the day; 1 January for a unit that owes no annual report.

    A year that nobody wrote down yet begins on the day after the cut-off of the one before, so that 15 November
    does not count what the annual report has already told.
    """
    now = annual_of(unit).filter(data_from__lte=on, cutoff__gte=on).order_by("-data_from").first()
    if now:
        return Window(now.data_from, on)
    closed = annual_of(unit).filter(cutoff__lt=on, cutoff__gt=year_earlier(on)).order_by("-cutoff").first()
    return Window(closed.cutoff + timedelta(days=1) if closed else date(on.year, 1, 1), on)


def of_plan(plan, on, asked=None):
    """The window in which a plan is judged: its last year's up to the day asked for.

    Without one up to `on`, or, when that year has passed, to its annual cut-off.
    """
    year = annual(plan.unit, plan.last_year) or Window(date(plan.first_year, 1, 1), date(plan.last_year, 12, 31))
    last = asked or (on if on.year <= plan.last_year else year.cutoff)
    return Window(year.data_from, max(year.data_from, last))
