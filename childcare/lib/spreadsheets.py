"""Workbooks from outside, opened only after their packing was checked; and cells going out that cannot become formulas.

Nothing is parsed before the limits are known to hold: a workbook of 5 kB can ask for 17 billion cells.
"""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

import python_calamine as calamine
import xlsxwriter
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from childcare.lib.refusal import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 20_000  # with content
MAX_COLUMNS = 200
MAX_CELL = 32_767
MAX_AREA = 5_000_000  # cells of the smallest rectangle around all content of a sheet: what the reader keeps in memory
EXTENSIONS = ("xlsx", "xls", "ods")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,8})["']""")

NOT_A_WORKBOOK = "Tệp này không phải bảng tính Excel. Hãy mở danh sách bằng Excel, chọn “Lưu thành” kiểu .xlsx rồi tải lên lại."
WRONG_NAME = "Tên tệp phải kết thúc bằng .xlsx, .xls hoặc .ods. Hãy lưu danh sách thành tệp Excel (.xlsx) rồi tải lên lại."
OTHER_KIND = "Đuôi tên tệp không khớp với nội dung. Hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi tải lên."
TOO_BIG = "Tệp lớn hơn 10 MB. Hãy chia danh sách thành nhiều tệp, hoặc xóa ảnh trong tệp."
TOO_MUCH = "Tệp giải nén ra quá lớn. Hãy chép riêng bảng danh sách sang một tệp mới rồi tải lên."
TOO_WIDE = "Trang “{}” có ô ở quá xa bảng (quá nhiều hàng hoặc cột). Hãy chép riêng bảng danh sách sang một tệp mới."
TOO_LONG = f"Tệp có hơn {MAX_ROWS // 1000}.000 dòng. Hãy chia thành nhiều tệp."
MACROS = "Tệp có macro. Hãy lưu lại thành .xlsx không có macro rồi tải lên."
PASSWORD = "Tệp có mật khẩu. Hãy bỏ mật khẩu trong Excel rồi tải lên."


@dataclass
class Sheet:
    """One sheet: its rows with content as (number as the program shows it, cells from column A)."""

    name: str
    hidden: bool = False
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)  # ((row, column), (row, column)) from 1, both ends included


def open_workbook(data, name):
    """The worksheets of a workbook in bytes, cells as Python values. Raises Refusal with a sentence for the officer."""
    check_packing(data, name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_read(book, meta) for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError:
        raise Refusal(PASSWORD)
    except Refusal:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the reader is no Exception
        raise Refusal(NOT_A_WORKBOOK)
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise Refusal(TOO_LONG)
    return sheets


def _read(book, meta):
    sheet = book.get_sheet_by_name(meta.name)
    found = Sheet(meta.name, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)
    found.merged = [((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
    if sheet.start is None:
        return found
    if sheet.end[1] >= MAX_COLUMNS or sheet.end[0] * (sheet.end[1] + 1) > MAX_AREA:
        raise Refusal(TOO_WIDE.format(meta.name))
    left = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell and (not isinstance(cell, str) or cell.strip()) or cell == 0 for cell in cells):
            found.rows.append((number, left + cells if left else cells))
            if len(found.rows) > MAX_ROWS:
                raise Refusal(TOO_LONG)
            if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
                raise Refusal(f"Trang “{meta.name}”, dòng {number} có ô quá dài.")
    return found


def check_packing(data, name):
    """Refuse what is too large, what is no workbook, and what would unpack into too much (IO-01, IO-02, IO-04)."""
    extension = name.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise Refusal(WRONG_NAME)
    if len(data) > MAX_BYTES:
        raise Refusal(TOO_BIG)
    if data.startswith(OLE):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
            raise Refusal(PASSWORD)
        kind = "xls"
    elif data.startswith(b"PK\x03\x04"):
        kind = _check_zip(data)
    else:
        raise Refusal(NOT_A_WORKBOOK)
    if kind != extension:
        raise Refusal(OTHER_KIND)


def _check_zip(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Refusal(TOO_MUCH)
            names = Counter(entry.filename for entry in entries)
            if any("vbaProject" in entry for entry in names):
                raise Refusal(MACROS)
            kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
            if not kind or max(names.values()) > 1:
                raise Refusal(NOT_A_WORKBOOK)
            left = MAX_UNPACKED
            for entry in entries:
                left -= _check_entry(archive, entry, left)
            return kind
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refusal(NOT_A_WORKBOOK)


def _check_entry(archive, entry, left):
    """Unpack one entry within the limits and look at its XML; returns its true size."""
    packed = max(entry.compress_size, 1)
    with archive.open(entry) as stream:
        content = stream.read(min(left, MAX_UNPACKED) + 1)
    if len(content) > left or (len(content) > 1_000_000 and len(content) / packed > MAX_RATIO):
        raise Refusal(TOO_MUCH)
    if entry.filename.endswith((".xml", ".rels")):
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]:  # no DTD, and no UTF-16 to hide one
            raise Refusal(NOT_A_WORKBOOK)
        if entry.filename.startswith("xl/worksheets/"):
            _check_area(content, entry.filename, _xlsx_bounds)
        elif entry.filename == "content.xml":
            _check_area(content, entry.filename, _ods_bounds)
        elif len(content) <= 200_000:
            _check_small(content)
    return len(content)


def _check_small(content):
    try:
        ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError):
        raise Refusal(NOT_A_WORKBOOK)


def _check_area(content, name, bounds):
    """Refuse a sheet whose content spans more than the reader may hold. A quick look first, an exact one when it alarms."""
    if bounds is _xlsx_bounds:
        places = POSITION.findall(content)
        columns = max(map(_column, {letters for letters, _ in places}), default=0)
        if columns <= MAX_COLUMNS and columns * max(map(int, {row for _, row in places}), default=0) <= MAX_AREA:
            return
    try:
        rows, columns = bounds(content)
    except expat.ExpatError:
        raise Refusal(NOT_A_WORKBOOK)
    if columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        raise Refusal(TOO_WIDE.format(name.rpartition("/")[2].removesuffix(".xml")))


def _column(letters):
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parse(content, start, end=None, text=None):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text

    def refuse(*_):
        raise Refusal(NOT_A_WORKBOOK)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.Parse(content, True)


def _xlsx_bounds(content):
    """Last row and column of a cell with a value."""
    at, last = [0, 0], [0, 0]

    def start(tag, attributes):
        tag = tag.rpartition(" ")[2]
        if tag == "row":
            at[0] = int(attributes.get("r") or at[0] + 1)
            at[1] = 0
        elif tag == "c":
            match = POSITION.match(f'r="{attributes.get("r", "")}"'.encode())
            at[1] = _column(match[1]) if match else at[1] + 1
            at[0] = int(match[2]) if match else at[0]
        elif tag in ("v", "is"):
            last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])

    _parse(content, start)
    return last


def _ods_bounds(content):
    """Last row and column of a cell with a value, repeated rows and cells counted; the larger of any table."""
    at, last, repeat = [0, 0], [0, 0], [1, 1]

    def times(attributes, what):
        found = next((value for key, value in attributes.items() if key.endswith(f" number-{what}-repeated")), "1")
        return int(found) if found.isdigit() else 1

    def start(tag, attributes):
        tag = tag.rpartition(" ")[2]
        if tag == "table":
            at[:] = [0, 0]
        elif tag == "table-row":
            repeat[0] = times(attributes, "rows")
            at[:] = [at[0] + repeat[0], 0]
        elif tag in ("table-cell", "covered-table-cell"):
            at[1] += times(attributes, "columns")
            if any(key.endswith(" value-type") for key in attributes):
                last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])
        elif tag == "p":
            last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])

    _parse(content, start)
    return last


# --- going out -------------------------------------------------------------------------------------------------------

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
NUMBER_LIKE = re.compile(r"[+-]?[\d .,]+")  # +84 912 345 678 and -5 stay readable
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def safe_text(text):
    """A text that no spreadsheet program takes for a formula (IO-03, CWE-1236): an apostrophe before a dangerous beginning."""
    text = CONTROL.sub("", str(text))
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    if bare.startswith(DANGEROUS) and not NUMBER_LIKE.fullmatch(bare):
        return "'" + text.lstrip("\t\r\n")
    return text


def safe_cell(value):
    """A value for a cell of a CSV or XLSX file: numbers, dates and truth values as they are, all else safe text."""
    if value is None or isinstance(value, (bool, int, float)) or hasattr(value, "isoformat"):
        return value
    return safe_text(value)


def write_row(worksheet, row, values, form=None):
    """Write a row with XlsxWriter, texts always as strings: neither formulas nor links arise from them. Row from 0."""
    for column, value in enumerate(values):
        value = safe_cell(value)
        if isinstance(value, str):
            worksheet.write_string(row, column, value[:MAX_CELL], form)
        elif value is not None:
            worksheet.write(row, column, value, form)


def new_workbook(buffer):
    """An XlsxWriter workbook into a buffer that makes nothing of texts but texts."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    return xlsxwriter.Workbook(buffer, options)
