"""The tables of a document as a workbook by XlsxWriter: numbers as numbers, text never a formula, the head frozen."""

import io
import re
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from childcare.documents.structure import AdminDocument, Table
from childcare.lib.vietnamese import clean_text, parse_number

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LETTERS_WIDE = 110
LONGEST = 32_767


def render_xlsx(source):
    """XLSX bytes of an AdminDocument (a sheet a table) or of a list of (title, Table)."""
    sheets = (
        _sheets(source)
        if isinstance(source, AdminDocument)
        else ((title, (title, table.caption), table) for title, table in source)
    )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        looks = _looks(book)
        taken = set()
        for name, titles, table in sheets:
            _sheet(book.add_worksheet(_sheet_name(name, taken)), titles, table, looks)
        if not taken:
            book.add_worksheet("Không có bảng")
    return file.getvalue()


def _sheets(doc):
    """(sheet name, lines above, table) of every table, in reading order."""
    number = 0
    for block in doc.blocks:
        if isinstance(block, Table):
            number += 1
            yield block.sheet or f"Bảng {number}", (f"{doc.kind} {doc.subject}", block.caption), block
    for at, annex in enumerate(doc.annexes):
        for block in annex.blocks:
            if isinstance(block, Table):
                yield (
                    doc.annex_label(at),
                    (f"{doc.annex_label(at)}. {annex.title}", doc.annex_note(annex), block.caption),
                    block,
                )


def _sheet_name(name, taken):
    """A name that Excel takes: 31 letters, no []:*?/\\ and no other sheet's."""
    base = FORBIDDEN.sub(" ", clean_text(name)).strip(" =+-@＝＋－＠") or "Bảng"
    unique, again = base[:31], 1
    while unique.lower() in taken:
        again += 1
        unique = f"{base[:26]} ({again})"
    taken.add(unique.lower())
    return unique


def _looks(book):
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    cell = {**base, "border": 1, "text_wrap": True}
    looks = {
        "title": book.add_format({**base, "bold": True}),
        "head": book.add_format({**cell, "bold": True, "align": "center"}),
    }
    for align in ("left", "center", "right"):
        for bold in (False, True):
            for form in ("", "#,##0", "#,##0.0##", "0.0##%"):
                number = {"num_format": form} if form else {}
                looks[align, bold, form] = book.add_format({**cell, "align": align, "bold": bold, **number})
    return looks


def _sheet(sheet, titles, table, looks):
    top = 0
    for title in filter(None, map(clean_text, titles)):
        sheet.write_string(top, 0, title[:LONGEST], looks["title"])
        top += 1
    top += bool(top)
    for column, share in enumerate(table.widths):
        sheet.set_column(column, column, max(6, round(share * LETTERS_WIDE)))
    for row, column, cell in table.head_grid():
        last_row, last_column = top + row + cell.down - 1, column + cell.across - 1
        if (last_row, last_column) != (top + row, column):
            sheet.merge_range(top + row, column, last_row, last_column, "", looks["head"])
        sheet.write_string(top + row, column, cell.text[:LONGEST], looks["head"])
    top += len(table.head_rows)
    sheet.freeze_panes(top, 0)
    for at, row in enumerate(table.rows):
        for column, value in enumerate(row):
            _write(sheet, top + at, column, value, table.columns[column].align, at in table.total_rows, looks)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top - len(table.head_rows), top - 1)


def _write(sheet, row, column, value, align, bold, looks):
    number, form = as_number(value, align)
    if number is not None:
        sheet.write_number(row, column, float(number), looks[align, bold, form])
    elif value in (None, ""):
        sheet.write_blank(row, column, None, looks[align, bold, ""])
    else:
        sheet.write_string(row, column, str(value)[:LONGEST], looks[align, bold, ""])


def as_number(value, align):
    """(number, its format) of a cell: of a number, or of a text such as "1.234" or "96,8%" in a column of numbers (right)."""
    if isinstance(value, str):
        text = value.strip()
        if align != "right" or not re.fullmatch(r"-?(0|[1-9][0-9.]*)(,[0-9]+)?%?", text):
            return None, ""
        try:
            number = parse_number(text)
        except ValueError:
            return None, ""
        return (number / 100, "0.0##%") if text.endswith("%") else _with_form(number)
    return (None, "") if value is None else _with_form(Decimal(str(value)))


def _with_form(number):
    if not number.is_finite():
        return None, ""
    return number, "#,##0" if number == number.to_integral_value() else "#,##0.0##"
