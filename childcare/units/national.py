"""Every province and commune of the country from our own CSV; what is there already is kept, a second load adds nothing."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from django.db import transaction

from childcare.lib.vietnamese import fold
from childcare.units.loading import day_after, first_day
from childcare.units.models import Unit

DATA = Path(__file__).parent / "data"
PRESENT, FORMER = DATA / "national.csv", DATA / "former.csv"
BATCH = 2000
LEVELS = ("province", "district", "commune")


def read(path):
    """The rows of a file with their days."""
    with open(path, encoding="utf-8", newline="") as file:
        return [
            {**row, "start": first_day(row["valid_from"]), "end": day_after(row["valid_to"])} for row in csv.DictReader(file)
        ]


class Known:
    """The units by code, so that a row finds the one that held in its time."""

    def __init__(self):
        self.by_code = defaultdict(list)
        for unit in Unit.objects.exclude(kind__in=["hamlet", "school", "facility"]):
            self.by_code[unit.code].append(unit)

    def find(self, code, start, end):
        """The unit that the code named on the first day of a row, or on its last when it has no first."""
        day = start or (date.fromordinal(end.toordinal() - 1) if end else None)
        held = [unit for unit in self.by_code[code] if day is None or unit.valid_on(day)]
        return max(held, key=lambda unit: unit.valid_from or date.min, default=None)


def _new(row, known):
    return Unit(
        code=row["code"], kind=row["kind"], name=row["name"], folded_name=fold(row["name"]), valid_from=row["start"],
        valid_to=row["end"], parent=known.find(row["parent_code"], row["start"], row["end"]) if row["parent_code"] else None,
        evidence=row["evidence"], note=row["note"],
    )  # fmt: skip


def _insert(rows, known):
    """Insert what is missing, level by level: a path needs the parent's. Returns how many are new."""
    made = 0
    for kind in LEVELS:
        wanted = [row for row in rows if row["kind"] == kind and known.find(row["code"], row["start"], row["end"]) is None]
        new = Unit.objects.bulk_create([_new(row, known) for row in wanted], batch_size=BATCH)
        for unit in new:
            unit.path = f"{unit.parent.path if unit.parent else '.'}{unit.pk}."
            known.by_code[unit.code].append(unit)
        Unit.objects.bulk_update(new, ["path"], batch_size=500)
        made += len(new)
    return made


def _link(rows, known):
    """Write who followed whom. Returns how many links are new."""
    through = Unit.predecessors.through
    links = {
        (known.find(code, date.fromisoformat(start), None).pk, known.find(row["code"], row["start"], row["end"]).pk)
        for row in rows
        for code, start in (mark.split("@") for mark in row["successors"].split(";") if mark)
    }
    links -= set(through.objects.values_list("from_unit_id", "to_unit_id"))
    rows = [through(from_unit_id=new, to_unit_id=old) for new, old in sorted(links) if new != old]
    through.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def load_national(former=False):
    """The 34 provinces and 3,321 communes since 01/07/2025; `former`: also what ended the day before, with its successors."""
    rows, known = read(PRESENT), Known()
    counts = {"units": _insert(rows, known), "rows": len(rows)}
    if former:
        old = read(FORMER)
        counts |= {"former": _insert(old, known), "former_rows": len(old), "links": _link(old, known)}
    return counts
