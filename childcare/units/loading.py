"""Loading units and offices from CSV; running it again changes nothing."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from childcare.units.models import Office, Unit

DATA = Path(__file__).parent / "data" / "units.csv"


def first_day(text):
    """The first day on which a row holds, or None."""
    return date.fromisoformat(text) if text else None


def day_after(text):
    """The files name the last day on which a row holds; the database the first on which it no longer does."""
    return date.fromisoformat(text) + timedelta(days=1) if text else None


def overlapping(start, end):
    """The condition that a dated row shares a day with [start, end)."""
    until = Q(valid_to=None) | Q(valid_to__gt=start) if start else Q()
    since = Q(valid_from=None) | Q(valid_from__lt=end) if end else Q()
    return until & since


def find_parent(code, start, end):
    """The unit of that code which held during the row's time; the last one when several did."""
    return Unit.objects.filter(overlapping(start, end), code=code).order_by("-valid_from").first() if code else None


def set_path(unit):
    """Write the path of a unit from its parent's."""
    path = f"{unit.parent.path if unit.parent else '.'}{unit.pk}."
    if unit.path != path:
        unit.path = path
        unit.save(update_fields=["path"])


def load_unit(row):
    """Create or refresh one unit. Returns it."""
    start, end = first_day(row["valid_from"]), day_after(row["valid_to"])
    unit, _ = Unit.objects.update_or_create(
        code=row["code"],
        valid_from=start,
        defaults={
            "kind": row["kind"],
            "name": row["name"],
            "valid_to": end,
            "parent": find_parent(row["parent_code"], start, end),
            "evidence": row["evidence"],
            "note": row["note"],
        },
    )
    set_path(unit)
    return unit


def load_office(row):
    """Create or refresh one office; its abbreviation and sign stand in the note of the file."""
    start, end = first_day(row["valid_from"]), day_after(row["valid_to"])
    facts = dict(part.strip().rsplit(" ", 1) for part in row["note"].split(";") if part.strip())
    Office.objects.update_or_create(
        code=row["code"],
        valid_from=start,
        defaults={
            "name": row["name"],
            "unit": find_parent(row["parent_code"], start, end),
            "valid_to": end,
            "abbreviation": facts.get("abbreviation", ""),
            "sign": facts.get("sign in document numbers", ""),
            "evidence": row["evidence"],
        },
    )


def link_successors(row):
    """Write the predecessors of the units that follow this one ("code@first day")."""
    old = Unit.objects.get(code=row["code"], valid_from=first_day(row["valid_from"]))
    for mark in filter(None, row["successors"].split(";")):
        code, start = mark.strip().split("@")
        Unit.objects.get(code=code, valid_from=first_day(start)).predecessors.add(old)


@transaction.atomic
def load_units(path=DATA):
    """Load every row of the file. Returns the numbers of units and offices in it."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = [row for row in rows if row["kind"] != "office"]
    for row in places:
        load_unit(row)
    for row in places:
        link_successors(row)
    offices = [row for row in rows if row["kind"] == "office"]
    for row in offices:
        load_office(row)
    return {"units": len(places), "offices": len(offices)}
