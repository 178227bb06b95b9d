"""Every table of a document as CSV files in one ZIP: UTF-8 with a mark that Excel understands, nothing a formula."""

import csv
import io
import zipfile

from childcare.documents.downloads import safe_name
from childcare.documents.structure import Table
from childcare.lib.spreadsheets import safe_cell

EPOCH = (2000, 1, 1, 0, 0, 0)


def render_csv(doc):
    """ZIP bytes: one CSV a table, named in reading order."""
    blocks = [*doc.blocks, *(block for annex in doc.annexes for block in annex.blocks)]
    tables = [block for block in blocks if isinstance(block, Table)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, table in enumerate(tables, 1):
            name = safe_name(f"{place:02d} {table.sheet or table.caption or 'Bảng'}.csv")
            packed.writestr(zipfile.ZipInfo(name, EPOCH), one(table))
    return file.getvalue()


def one(table):
    """A table as CSV bytes: one row of heads, numbers with a point."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column.title.replace("\n", " ")) for column in table.columns])
    writer.writerows([safe_cell(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
