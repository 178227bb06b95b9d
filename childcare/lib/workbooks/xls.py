"""Reading an .xls with xlrd, whose memory follows the size of the file; formulas and links by a look at its records."""

import io
import struct

import xlrd

from childcare.lib.legacy_fonts import encoding_of
from childcare.lib.refusal import Refusal
from childcare.lib.workbooks import cells, limits
from childcare.lib.workbooks.sheet import Sheet

FORMULA, LINK_SOURCE, END, BEGIN = 0x0006, 0x01AE, 0x000A, 0x0809
OWN_SOURCES = (0x0401, 0x3A01)  # of a SUPBOOK record: this workbook, add-ins
PLAIN_COLOURS = (8, 9, 64, 65, 32767)


def read(data):
    """The sheets of an .xls. Raises Refusal."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as problem:
        raise Refusal(limits.PASSWORD if "encrypted" in str(problem) else limits.NOT_A_WORKBOOK)
    if book.nsheets > limits.MAX_SHEETS:
        raise Refusal(limits.TOO_MANY_SHEETS)
    linked = _refers_to_other_files(book)
    return [_read(book, place, linked) for place in range(book.nsheets)]


def _read(book, place, linked):
    sheet = book.sheet_by_index(place)
    found = Sheet(sheet.name, hidden=bool(sheet.visibility))
    found.merged = [((top + 1, left + 1), (bottom, right)) for top, bottom, left, right in sheet.merged_cells]
    fonts, rich, width = {}, {}, 0
    for row in range(sheet.nrows):
        values = [_value(book, cell) for cell in sheet.row(row)]
        if not cells.has_content(values):
            continue
        while values and values[-1] == "":
            values.pop()
        width = max(width, len(values))
        found.rows.append((row + 1, values))
        limits.check_bounds(row + 1, width, sheet.name)
        if len(found.rows) > limits.MAX_ROWS:
            raise Refusal(limits.TOO_LONG)
        colour = _look_at_row(book, sheet, row, values, fonts, rich)
        if colour:
            found.colours[row + 1] = colour
    _look(book, place, sheet, found, linked)
    cells.convert_cells(found, fonts, rich)
    return found


def _value(book, cell):
    """The value of a cell as calamine would give it."""
    if cell.ctype == xlrd.XL_CELL_TEXT or cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != xlrd.XL_CELL_DATE:
        return ""
    try:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return cell.value
    if moment.year < 1900:
        return cell.value
    return moment.date() if cell.value == int(cell.value) else moment


def _look_at_row(book, sheet, row, values, fonts, rich):
    """Notes the fonts of the texts of a row; returns its colours."""
    colours = set()
    for index in range(sheet.row_len(row)):
        place = sheet.cell_xf_index(row, index)
        if place >= len(book.xf_list) or book.xf_list[place].font_index >= len(book.font_list):
            continue
        form = book.xf_list[place]
        font = book.font_list[form.font_index]
        colours |= {_colour(form.background.pattern_colour_index)} if form.background.fill_pattern else set()
        colours.add(_colour(font.colour_index))
        if index < len(values) and isinstance(values[index], str):
            if encoding_of(font.name):
                fonts[row + 1, index] = font.name
            if runs := sheet.rich_text_runlist_map.get((row, index)):
                rich[row + 1, index] = _runs(book, values[index], font.name, runs)
    return "; ".join(sorted(colours - {""}))


def _runs(book, text, first, runs):
    """A text of several fonts as [(font, part)]."""
    ends = [start for start, _ in runs] + [len(text)]
    parts = [(first, text[: ends[0]])]
    return parts + [(book.font_list[font].name, text[a:b]) for (a, font), b in zip(runs, ends[1:], strict=True)]


def _colour(index):
    return "" if index in PLAIN_COLOURS else f"indexed{index}"


def _look(book, place, sheet, found, linked):
    """Hidden rows and columns with content, comments, formulas."""
    told = {number for number, _ in found.rows}
    found.hidden_rows = sorted(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden and row + 1 in told)
    found.hidden_columns = sorted(column for column, info in sheet.colinfo_map.items() if info.hidden)
    found.comments = len(sheet.cell_note_map)
    start = book._sh_abs_posn[place] if place < len(book._sh_abs_posn) else None
    if start is not None:
        found.formulas = sum(code == FORMULA for code, _ in _records(book.mem, start))
    found.links = bool(linked and found.formulas)


def _refers_to_other_files(book):
    sources = (body for code, body in _records(book.mem, book.base) if code == LINK_SOURCE and len(body) >= 4)
    return any(struct.unpack("<H", body[2:4])[0] not in OWN_SOURCES for body in sources)


def _records(memory, start):
    """(code, body) of the records from a place to the end of their stream."""
    depth, at = 0, start
    while at + 4 <= len(memory):
        code, length = struct.unpack("<HH", memory[at : at + 4])
        yield code, bytes(memory[at + 4 : at + 4 + min(length, 8)])
        depth += (code == BEGIN) - (code == END)
        if depth <= 0:
            return
        at += 4 + length
