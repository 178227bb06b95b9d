"""The workbook of a list in the unit's own layout: headings as high as theirs, hamlets and heads between the rows."""

from itertools import islice

from django.db.models import F

from childcare.children import layouts, listing, places
from childcare.children.resources import BATCH
from childcare.lib.spreadsheets import MAX_CELL, new_workbook, safe_cell, write_row
from childcare.units.models import Unit

WIDTHS = {
    "stt": 6, "full_name": 26, "family_name": 20, "birth_date": 12, "sex": 9, "identity_number": 16, "mother_name": 24,
    "father_name": 24, "household_head": 24, "address": 30, "circumstances": 36, "supports": 30, "hamlet": 18,
}  # fmt: skip
NARROW = ("sex", "birth", "poverty", "circumstance", "support")


def write(path, table, children, *, officer, on, about, ids, progress):
    """Write the list of the children into `path`; their public ids are added to `ids`."""
    rows = layouts.Rows(table, officer=officer, on=on)
    book = new_workbook(path, in_memory=False, tmpdir=str(path.parent))
    try:
        looks = {
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}),
            "line": book.add_format({"bold": True}), "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        }  # fmt: skip
        sheet = book.add_worksheet(f"Trẻ em {on.year}")
        first = _head(sheet, table, layouts.headings(table, on.year), looks)
        sheet.freeze_panes(first, rows.name_at + 1)
        for number, line in enumerate(_lines(children, rows, table, ids, progress), first):
            if isinstance(line, str):
                write_row(sheet, number, [None] * rows.name_at + [line], looks["line"])
            else:
                _row(sheet, number, line, looks)
        told = book.add_worksheet("Thông tin")
        told.set_column(0, 1, 40)
        for number, row in enumerate(about):
            write_row(told, number, row)
    except BaseException:
        book.fileclosed = True  # stopped half-way: nothing to put together
        raise
    book.close()


def _head(sheet, table, columns, looks):
    """The headings, cells of one heading merged; returns the first row below, from 0."""
    high = max(len(levels) for levels in columns)
    for at, levels in enumerate(columns):
        field = table["columns"][at]["field"] if at < len(table["columns"]) else "child_code"
        width = 8 if ":" in field and field.partition(":")[0] in NARROW else WIDTHS.get(field, 14)
        sheet.set_column(at, at, width, looks["text"])
        for down, text in enumerate(levels):
            if down + 1 == len(levels):
                _merge(sheet, down, at, high - 1, at, text, looks["head"])
            elif at == 0 or not _same(columns[at - 1], levels, down):
                last = at
                while last + 1 < len(columns) and _same(columns[last + 1], levels, down):
                    last += 1
                _merge(sheet, down, at, down, last, text, looks["head"])
    if table["numbered"]:
        write_row(sheet, high, [f"({number})" for number in range(1, len(columns) + 1)], looks["head"])
    return high + bool(table["numbered"])


def _same(levels, others, down):
    """True when two neighbours stand under one heading down to this level."""
    return len(levels) > down + 1 and levels[: down + 1] == others[: down + 1]


def _merge(sheet, top, left, bottom, right, text, look):
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, look)
    else:
        sheet.merge_range(top, left, bottom, right, "", look)
        sheet.write_string(top, left, text, look)


def _row(sheet, number, cells, looks):
    for column, value in enumerate(cells):
        if hasattr(value, "isoformat"):
            sheet.write_datetime(number, column, value, looks["day"])
        elif isinstance(value, int):
            sheet.write_number(number, column, value)
        elif value:
            sheet.write_string(number, column, safe_cell(value)[:MAX_CELL], looks["text"])


def _lines(children, rows, table, ids, progress):
    """Cells of the children in order, and before them, where the unit's list has such lines, their hamlet and head."""
    total, head = children.order_by().count(), None
    for place, found in _by_place(children, table):
        if place is not None and place.kind == "hamlet":
            yield place.name
        head = ""
        for child in _loaded(_ordered(found, table), rows):
            above = child.household.head_name if table["by_head"] and child.household else ""
            if above and (above, child.household_id) != head:
                head = (above, child.household_id)
                yield f"Chủ hộ: {above}"
            ids.append(child.public_id)
            yield rows.cells(child, len(ids))
            if len(ids) % BATCH == 0:
                progress(len(ids), max(total, len(ids)))
    progress(len(ids), len(ids))


def _by_place(children, table):
    """(hamlet, its children) where hamlets are lines of the list, those of no known hamlet first; else everybody at once."""
    if not table["by_hamlet"]:
        return [(None, children)]
    units = Unit.objects.in_bulk(list(children.order_by().values_list("unit", flat=True).distinct()))
    ordered = sorted(units.values(), key=lambda unit: (unit.kind == "hamlet", places.natural(unit), unit.pk))
    return [(unit, children.filter(unit=unit)) for unit in ordered]


def _ordered(children, table):
    """By name; under the lines of heads by household, those without a head before the first line."""
    if not table["by_head"]:
        return listing.ordered(children, "name")
    return children.order_by(F("household__head_folded").asc(nulls_first=True), "household_id", "name_key", "pk")


def _loaded(children, rows):
    found = children.select_related("unit", "unit__parent", "household").iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        rows.load(batch)
        yield from batch
