"""A notice: what is told to whom on which day. Reminders of reports and of plans are made of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from childcare.lib.calendar import is_working_day

LONGEST_NOTICE = 60


@dataclass
class Notice:
    """What is told to everybody who holds a permission in a unit, while any of `obligations` is unsent or of `duties` open."""

    key: str
    day: date
    unit: object
    permission: str
    subject: str
    url: str
    obligations: list = field(default_factory=list)
    body: str = ""
    duties: list = field(default_factory=list)


def first_working_day_after(day, overrides):
    """The first late morning."""
    day += timedelta(days=1)
    while not is_working_day(day, overrides):
        day += timedelta(days=1)
    return day


def latest(days, on):
    """The newest of the (mark, day) pairs that has come, or None: of several missed days only the last is caught up."""
    come = [(day, mark) for mark, day in days if day <= on]
    return max(come, key=lambda pair: pair[0]) if come else None
