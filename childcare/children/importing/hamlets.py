"""Hamlets by other names: former ones that those of the commune followed, and spellings that an officer explained once."""

from collections import defaultdict

from childcare.children.importing.values import hamlet_key
from childcare.children.models import ImportHamlet
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

WARNING = "hamlet_unknown"
SAMPLES, LONGEST = 3, 200
LINKS = Unit.predecessors.through.objects


def known(unit, on, hamlets):
    """Key of a spelling, or (key, folded former commune) → name of one of the `hamlets`. What an officer said comes first.

    A former hamlet that was split, and a name that several former communes had, mean nobody: the officer is asked.
    """
    return former(hamlets, on) | _said(unit, hamlets)


def former(hamlets, on):
    """The names of the hamlets that these followed, back to the first, alone and with their former commune."""
    now = {hamlet.pk: hamlet.name for hamlet in hamlets}
    reached = _reached(now)
    found = defaultdict(set)
    for old in Unit.objects.filter(pk__in=reached, kind=Unit.Kind.HAMLET).select_related("parent"):
        keys = {hamlet_key(old.name)}
        if old.parent is not None:
            keys.add((hamlet_key(old.name), fold(old.parent.bare_name)))
        for key in keys:
            found[key] |= reached[old.pk]
    return {key: now[min(into)] for key, into in found.items() if len(into) == 1 and min(into) in now}


def _reached(now):
    """Key of a former unit → keys of all units that it led to; those of other communes too, so that a split shows."""
    into, wave = {pk: {pk} for pk in now}, set(now)
    while wave:
        before = set(LINKS.filter(from_unit__in=wave).values_list("to_unit", flat=True)) - into.keys()
        for new, old in LINKS.filter(to_unit__in=before).values_list("from_unit", "to_unit") if before else ():
            into.setdefault(old, set()).update(into.get(new, {new}))
        wave = before
    return {old: found for old, found in into.items() if old not in now}


def _said(unit, hamlets):
    """What the officers of the commune, or of one that it followed, said of spellings; its own word goes first."""
    names = {hamlet.pk: hamlet.name for hamlet in hamlets}
    rows = ImportHamlet.objects.filter(unit__in=[unit.pk, *unit.former_keys]).select_related("hamlet")
    told = {row.key: row.hamlet_id for row in sorted(rows, key=lambda row: (row.unit_id == unit.pk, row.changed_at))}
    moved = former(hamlets, None) if any(pk not in names for pk in told.values()) else {}
    old = {row.hamlet_id: moved.get(hamlet_key(row.hamlet.name)) for row in rows}
    found = {key: names.get(pk) or old[pk] for key, pk in told.items()}
    return {key: name for key, name in found.items() if name}


def asked(reading):
    """The spellings of a reading that nobody knows: key, as written, how many rows, names of the first children."""
    names = {(row["sheet"], row["row"]): row["full_name"] or f"({row['name_state']})" for row in reading.rows}
    found = {}
    for warning in reading.warnings:
        if warning["kind"] == WARNING:
            key = hamlet_key(warning["value"])
            if not key or len(key) > LONGEST:
                continue
            line = found.setdefault(key, {"key": key, "spelling": warning["value"], "rows": 0, "children": []})
            line["rows"] += 1
            if len(line["children"]) < SAMPLES:
                line["children"].append(names.get((warning["sheet"], warning["row"]), ""))
    return sorted(found.values(), key=lambda line: -line["rows"])


def explained(reading, unit):
    """The spellings of a reading that an officer of the commune explained before, as `asked` tells those that are open."""
    told = {hamlet_key(line["spelling"]): line for line in reading.hamlets}
    rows = ImportHamlet.objects.filter(unit=unit, key__in=told).select_related("hamlet", "changed_by").order_by("spelling")
    return [
        {
            "key": row.key, "spelling": told[row.key]["spelling"], "rows": told[row.key]["rows"], "children": [],
            "meant": str(row.hamlet.public_id), "by": row.changed_by.full_name,
        }
        for row in rows
    ]  # fmt: skip
