"""Days of the year that every unit keeps: Tháng hành động vì trẻ em, Quốc tế thiếu nhi, Tết Trung thu (by its solar day)."""

import csv
from dataclasses import dataclass
from datetime import date
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
            found.append(Campaign(row["name_vi"], date.fromisoformat(first), date.fromisoformat(last), row["legal_basis"]))
    return sorted(found, key=lambda row: (row.first, row.last))
