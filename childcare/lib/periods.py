"""Reporting periods, due dates, data windows, reminder days: pure dates, no units."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from childcare.lib.calendar import birthday, month_end, working_day_on_or_before

ROMAN = ("I", "II", "III", "IV")
KINDS = {
    "": "year", "H": "half", "Q": "quarter", "9": "nine-months", "C": "campaign", "E": "event", "X": "request",
}  # fmt: skip
OFFSETS = (14, 7, 3, 1, 0)


@dataclass(frozen=True)
class Period:
    """A period by its code: 2024-H1, 2024-H2, 2024, 2024-Q3, 2024-9M, 2024-03.

    Within a year lie a campaign by its first month (2024-C06), an event (2024-E12) and a request for one report (2024-X7).
    """

    code: str
    first: date
    last: date
    name: str

    @property
    def year(self):
        """The year in which the period lies."""
        return self.first.year

    @property
    def kind(self):
        """half, year, quarter, nine-months, month, campaign, event or request."""
        part = self.code[5:]
        return KINDS.get(part[:1], "month")

    def last_year(self):
        """The same period one year earlier."""
        return parse(self.code.replace(str(self.year), str(self.year - 1), 1))


def parse(code):
    """The period of a code. Raises ValueError with a Vietnamese sentence."""
    match = re.fullmatch(r"((?:19|20)[0-9]{2})(?:-(H[12]|Q[1-4]|9M|C?0[1-9]|C?1[0-2]|[EX][0-9]{1,8}))?", code)
    if not match:
        raise ValueError(f"Không có kỳ “{code}”. Hãy viết ví dụ 2024-H1, 2024, 2024-Q3, 2024-9M hoặc 2024-03.")
    year, part = int(match[1]), match[2]
    first, last, name = _span(year, part)
    return Period(code, date(year, first, 1), month_end(year, last), name)


def _span(year, part):
    if part is None or part[0] in "CEX":
        return 1, 12, f"năm {year}"
    if part.startswith("H"):
        return (1, 6, f"6 tháng đầu năm {year}") if part == "H1" else (7, 12, f"6 tháng cuối năm {year}")
    if part == "9M":
        return 1, 9, f"9 tháng năm {year}"
    if part.startswith("Q"):
        quarter = int(part[1])
        return 3 * quarter - 2, 3 * quarter, f"quý {ROMAN[quarter - 1]} năm {year}"
    return int(part), int(part), f"tháng {int(part)} năm {year}"


def permitted_last_day(rule, day, month, year):
    """The last day on which a report is in time: "trước ngày 10/5" = at the latest 9/5; "by" = the day itself."""
    due = date(year, month, day)
    return due - timedelta(days=1) if rule == "before" else due


def default_cutoff(last_day):
    """The last day of the month before the due date."""
    return last_day.replace(day=1) - timedelta(days=1)


def window(previous_annual_cutoff, cutoff):
    """(số liệu từ, số liệu đến): the day after the last annual cut-off (without one 1 January) to the cut-off."""
    first = previous_annual_cutoff + timedelta(days=1) if previous_annual_cutoff else date(cutoff.year, 1, 1)
    return first, cutoff


def year_earlier(day):
    """The same day one year earlier; the end of a month stays one."""
    if day == month_end(day.year, day.month):
        return month_end(day.year - 1, day.month)
    return birthday(day, -1)


def reminder_days(last_day, offsets=OFFSETS, overrides=None):
    """(offset, day) counted from the last permitted day, each moved to the working day before when it falls on a day off."""
    return [(offset, working_day_on_or_before(last_day - timedelta(days=offset), overrides)) for offset in offsets]
