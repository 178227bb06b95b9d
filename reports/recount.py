"""Figures of a year that has passed, on the units of then or on the boundaries of now. No HTTP here."""

from childcare.units.models import Unit
from reports import measures, windows
from reports.measures.tables import natural

COLUMNS = (
    ("DS-01", "Trẻ em dưới 16 tuổi"), ("HC-01", "Có hoàn cảnh đặc biệt"), ("HC-03", "Được trợ giúp"), ("HC-05", "Có nguy cơ"),
)  # fmt: skip


def years(unit, on):
    """The years that can be counted again, the last one first."""
    return [on.year - back for back in range(1, 4)]


def by_unit(unit, year, officer, on, recount):
    """(window, rows, note): a row (unit, figures) for each part and the whole, as the officer may see them.

    `recount`: on the units of `on`; otherwise on those of the year, for a unit that did not exist yet those it was made of.
    """
    window = windows.of_year(unit, year)
    day = on if recount else window.cutoff
    wholes = [unit] if recount or unit.valid_on(window.cutoff) else _before(unit, window.cutoff)
    boundaries = day if recount and day > window.cutoff else None
    rows = []
    for whole in wholes:
        table = measures.masked(measures.count([whole], window, boundaries=boundaries), officer)
        parts = _parts(whole, day)
        rows += [(part, _figures(table, part), False) for part in parts]
        rest = [table.rest_of(code, whole, parts) for code, _ in COLUMNS] if parts else []
        if any(figure.numerator for figure in rest):
            rows.append((None, rest, False))
        rows.append((whole, _figures(table, whole), True))
    return window, rows


def _before(unit, day):
    """The units of the day that this one was made of."""
    return sorted(Unit.objects.filter(pk__in=unit.former_keys, kind=unit.kind).on(day), key=natural)


def _parts(unit, day):
    kind = "hamlet" if unit.kind == "commune" else "commune"
    return sorted(Unit.objects.under(unit, day).filter(kind=kind).exclude(pk=unit.pk), key=natural)


def _figures(table, unit):
    return [table.figure(code, unit) for code, _ in COLUMNS]
