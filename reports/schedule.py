"""When a regime asks for a report: the periods of a year, each with its cut-off and its last permitted day. Pure dates.

Reports of months and quarters tell only what is new: each begins on the day after the cut-off of the one before. Half-year,
nine months and year tell everything since the last annual cut-off, so that with the same cut-offs Q1 + Q2 = six months.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from childcare.lib.calendar import month_end
from childcare.lib.periods import default_cutoff, parse, permitted_last_day

DAY = timedelta(days=1)
ONCE = {"year": "", "half": "-H1", "nine": "-9M"}  # reports of a year that run from its beginning


@dataclass(frozen=True)
class Slot:
    """One report that is due: since when it tells (None: since the last annual cut-off), until when, by when."""

    period: str
    data_from: date | None
    cutoff: date
    last_day: date


def asked_on(regime, slot):
    """The day on which regime and units must hold: the cut-off; of a campaign the last day, for its reports follow the law of
    the day on which they are sent (June 2025 was told by the communes of July to the province)."""
    return slot.last_day if regime.every == "campaign" else slot.cutoff


def slots(regime, year):
    """What the regime asks for in the periods of a year, in their order; nothing for an event or a request."""
    if regime.every in ONCE:
        return [Slot(f"{year}{ONCE[regime.every]}", None, cutoff_of(regime, year), last_day_of(regime, year))]
    if regime.every == "campaign":
        first = _day(year, regime.period_start)
        code = f"{year}-C{first.month:02d}"
        return [Slot(code, first, _day(year, regime.period_end), last_day_of(regime, year))]
    if regime.every in ("month", "quarter"):
        return [_short(regime, code) for code in _codes(regime.every, year)]
    return []


def _codes(every, year):
    if every == "month":
        return [f"{year}-{month:02d}" for month in range(1, 13)]
    return [f"{year}-Q{quarter}" for quarter in range(1, 5)]


def _day(year, text):
    """The day of a year: "06-30"."""
    month, day = map(int, text.split("-"))
    return _clipped(year, month, day)


def _clipped(year, month, day):
    """The day of a month, its last one where it has fewer days."""
    return min(month_end(year, month), date(year, month, min(day, 28)) + (day - min(day, 28)) * DAY)


def _short(regime, code):
    """The report of a month or a quarter."""
    period = parse(code)
    length = 1 if regime.every == "month" else 3
    cutoff = _month_cutoff(regime, period.last)
    before = _month_cutoff(regime, _months(period.last, -length))
    due = _months(period.last, regime.due_after)
    last_day = _clipped(due.year, due.month, regime.due_day)
    return Slot(code, before + DAY, cutoff, last_day - DAY if regime.due_rule == "before" else last_day)


def _month_cutoff(regime, last):
    """The cut-off in the month of the day: the regime's own day, else the last of the month."""
    return _clipped(last.year, last.month, regime.cutoff_day) if regime.cutoff_day else month_end(last.year, last.month)


def _months(day, count):
    """The last day of the month that lies so many months away."""
    place = day.year * 12 + day.month - 1 + count
    return month_end(place // 12, place % 12 + 1)


def cutoff_of(regime, year):
    """The last day of the data of a yearly one: the regime's own day, else the last day of the month before the due date."""
    if regime.cutoff_month:
        return _clipped(year, regime.cutoff_month, regime.cutoff_day)
    return default_cutoff(last_day_of(regime, year))


def last_day_of(regime, year):
    """The last permitted day of a yearly one: "trước ngày 10/5" = at the latest 9/5; of the year after where it says so."""
    return permitted_last_day(regime.due_rule, regime.due_day, regime.due_month, year + regime.due_year_offset)
