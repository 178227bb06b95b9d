"""Remembering how the lists of a commune look when they are taken in."""

from childcare.children.models import ListLayout

LONGEST, WIDEST = 200, 80  # letters of a heading, columns


def remember(*, batch, reading):
    """Keep the layout of each table of a list that goes in; one that we gave out ourselves says nothing new."""
    found = {}
    for sheet in reading.sheets:
        layout = sheet.get("layout")  # a reading that was kept before layouts were told has none
        if layout and sheet["mapping"] and not layout["ours"]:
            first = found.setdefault(sheet["mapping"]["key"], layout)
            found[sheet["mapping"]["key"]] = {**layout, **{key: first[key] or layout[key] for key in ("by_hamlet", "by_head")}}
    for key, layout in found.items():
        values = {"file_name": batch.file.name, "taken_in_on": batch.on, "table": _cut(layout)}
        ListLayout.objects.update_or_create(unit=batch.unit, key=key, defaults=values)


def _cut(layout):
    columns = [
        {"levels": [level[:LONGEST] for level in column["levels"]], "field": column["field"]}
        for column in layout["columns"][:WIDEST]
    ]
    return {**layout, "columns": columns}
