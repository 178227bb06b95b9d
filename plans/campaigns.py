"""Days of the year that every unit keeps: Tháng hành động vì trẻ em, Quốc tế thiếu nhi, Tết Trung thu (by its solar day)."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "campaign_days.csv"


@dataclass(frozen=True)
class Campaign:
    """A day, or days up to `last`."""

    name: str
    first: date
    last: date
    basis: str
    occasion: str  # of the activities that are held for it: Activity.Occasion

    @property
    def key(self):
        """What an address says for it."""
        return f"{self.first}.{self.last}"

    @property
    def short(self):
        """The name without what stands in brackets."""
        return self.name.partition(" (")[0]


@cache
def _rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_year(year):
    """The campaigns of a year in the order of their days. A lunar day stands in the list year by year."""
    found = []
    for row in _rows():
        first = row["first"] if len(row["first"]) > 5 else f"{year}-{row['first']}"
        if first.startswith(str(year)):
            last = f"{year}-{row['last']}" if row["last"] else first
            days = date.fromisoformat(first), date.fromisoformat(last)
            found.append(Campaign(row["name_vi"], *days, row["legal_basis"], row["occasion"]))
    return sorted(found, key=lambda row: (row.first, row.last))


def coming(on, days=60):
    """The campaigns that go on or begin within so many days."""
    until = on + timedelta(days=days)
    return [row for year in {on.year, until.year} for row in of_year(year) if row.last >= on and row.first <= until]


def of_key(key):
    """The campaign that an address names by its days, "2024-06-01.2024-06-30"; None without."""
    year = key[:4]
    return next((row for row in of_year(int(year)) if row.key == key), None) if year.isascii() and year.isdigit() else None
