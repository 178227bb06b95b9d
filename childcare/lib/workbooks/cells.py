"""What the readers of the three kinds of workbook share: cells by calamine, texts of old fonts, which rows have content."""

import io

import python_calamine as calamine

from childcare.lib.legacy_fonts import convert
from childcare.lib.refusal import Refusal
from childcare.lib.workbooks import limits
from childcare.lib.workbooks.sheet import Sheet


def calamine_sheets(data):
    """The worksheets of an xlsx or ods with their values and merged cells."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise Refusal(limits.PASSWORD)
    metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(metas) > limits.MAX_SHEETS:
        raise Refusal(limits.TOO_MANY_SHEETS)
    return [_read(book, meta) for meta in metas]


def _read(book, meta):
    sheet = book.get_sheet_by_name(meta.name)
    found = Sheet(meta.name, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)
    found.merged = [((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
    if sheet.start is None:
        return found
    limits.check_bounds(sheet.end[0] + 1, sheet.end[1] + 1, meta.name)
    left = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if has_content(cells):
            found.rows.append((number, left + cells if left else cells))
            if len(found.rows) > limits.MAX_ROWS:
                raise Refusal(limits.TOO_LONG)
    return found


def has_content(cells):
    """True for a row that says anything."""
    return any(cell and (not isinstance(cell, str) or cell.strip()) or cell == 0 for cell in cells)


def convert_cells(sheet, fonts, rich=None):
    """Texts under old fonts become Unicode in their place; what they were is kept in `sheet.fonts`.

    `fonts`: (row, index) → font. `rich`: (row, index) → [(font or "" for that of the cell, text), …] of mixed cells.
    """
    rich = rich or {}
    by_row = {number: cells for number, cells in sheet.rows}
    for place in fonts.keys() | rich.keys():
        number, index = place
        cells = by_row.get(number, ())
        before = cells[index] if index < len(cells) else ""
        if not isinstance(before, str) or not before.strip():
            continue
        font = fonts.get(place, "")
        runs = [(own or font, text) for own, text in rich.get(place, [("", before)])]
        if rich.get(place) and "".join(text for _, text in runs) != before:
            runs = [(font, before)]
        after = "".join(convert(text, own) for own, text in runs)
        old = font or next((own for own, text in runs if convert(text, own) != text), "")
        if old:
            cells[index] = after
            sheet.fonts[place] = (old, before)
