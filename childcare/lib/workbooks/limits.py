"""What a workbook may ask for, known before anything is parsed: a file of 5 kB can ask for 17 billion cells (IO-01 to IO-04).

`check_packing` looks at the outside and costs nothing. `check_inside` unpacks and is called in the reader's process only.
"""

import io
import re
import struct
import zipfile
from collections import Counter
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from childcare.lib.refusal import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_SHEETS = 60
MAX_ROWS = 20_000  # with content
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000  # with content, in all sheets
MAX_STRINGS = 500_000  # different texts
MAX_CELL = 32_767
MAX_AREA = 5_000_000  # cells of the smallest rectangle around all content of a sheet: what the reader keeps in memory
EXTENSIONS = ("xlsx", "xls", "ods")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,8})["']""")
VALUE, STRING = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]"), re.compile(rb"<(?:\w+:)?si[ />]")

NOT_A_WORKBOOK = "Tệp này không phải bảng tính Excel. Hãy mở danh sách bằng Excel, chọn “Lưu thành” kiểu .xlsx rồi tải lên lại."
WRONG_NAME = "Tên tệp phải kết thúc bằng .xlsx, .xls hoặc .ods. Hãy lưu danh sách thành tệp Excel (.xlsx) rồi tải lên lại."
OTHER_KIND = "Đuôi tên tệp không khớp với nội dung. Hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi tải lên."
TOO_BIG = "Tệp lớn hơn 10 MB. Hãy chia danh sách thành nhiều tệp, hoặc xóa ảnh trong tệp."
TOO_MUCH = "Tệp giải nén ra quá lớn. Hãy chép riêng bảng danh sách sang một tệp mới rồi tải lên."
TOO_WIDE = "Trang “{}” có ô ở quá xa bảng (quá nhiều hàng hoặc cột). Hãy chép riêng bảng danh sách sang một tệp mới."
TOO_LONG = f"Tệp có hơn {MAX_ROWS // 1000}.000 dòng. Hãy chia thành nhiều tệp."
TOO_MANY_SHEETS = f"Tệp có hơn {MAX_SHEETS} trang. Hãy chép các trang có danh sách trẻ em sang một tệp mới."
TOO_MANY_CELLS = "Tệp có quá nhiều ô. Hãy chép riêng bảng danh sách sang một tệp mới rồi tải lên."
TOO_LONG_CELL = "Trang “{}”, dòng {} có ô quá dài. Hãy rút ngắn chữ trong ô rồi tải lên lại."
MACROS = "Tệp có macro. Hãy lưu lại thành .xlsx không có macro rồi tải lên."
PASSWORD = "Tệp có mật khẩu. Hãy bỏ mật khẩu trong Excel rồi tải lên."
TOO_HARD = "Tệp quá nặng nên không đọc được. Hãy chép riêng bảng danh sách sang một tệp mới rồi tải lên."
MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(name):
    """ "xlsx", "xls" or "ods" by the name; Refusal for any other."""
    extension = name.rpartition(".")[2].lower()
    if extension in ("xlsm", "xltm", "xlsb", "xlam"):
        raise Refusal(MACROS)
    if extension not in EXTENSIONS:
        raise Refusal(WRONG_NAME)
    return extension


def check_packing(data, name):
    """Refuse what is too large, what is no workbook and what says that it would unpack into too much."""
    extension = kind_of(name)
    if len(data) > MAX_BYTES:
        raise Refusal(TOO_BIG)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise Refusal(PASSWORD)
        if MACRO_STREAM in data:
            raise Refusal(MACROS)
        kind = "xls"
    elif data.startswith(b"PK\x03\x04"):
        kind = _check_directory(data)
    else:
        raise Refusal(NOT_A_WORKBOOK)
    if kind != extension:
        raise Refusal(OTHER_KIND)


def _check_directory(data):
    """The kind of a zipped workbook by its table of contents, within the limits that it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error):
        raise Refusal(NOT_A_WORKBOOK)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refusal(TOO_MUCH)
    if any(entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in entries):
        raise Refusal(TOO_MUCH)
    names = Counter(entry.filename for entry in entries)
    if any("vbaProject" in entry or entry.startswith("Basic/") for entry in names):
        raise Refusal(MACROS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal(PASSWORD)
    kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
    if not kind or max(names.values()) > 1:
        raise Refusal(NOT_A_WORKBOOK)
    return kind


def check_inside(data):
    """Unpack a zipped workbook within the limits and look at its XML. Returns name → content of what is read further."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, left, cells = {}, MAX_UNPACKED, 0
            for entry in archive.infolist():
                content = _unpack(archive, entry, left)
                left -= len(content)
                if entry.filename.endswith((".xml", ".rels")):
                    cells += _check_xml(entry.filename, content)
                    parts[entry.filename] = content
                if cells > MAX_CELLS:
                    raise Refusal(TOO_MANY_CELLS)
            return parts
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refusal(NOT_A_WORKBOOK)


def _unpack(archive, entry, left):
    """The content of an entry; Refusal when it is larger than it said or than what is left."""
    packed = max(entry.compress_size, 1)
    with archive.open(entry) as stream:
        content = stream.read(left + 1)
    if len(content) > left or (len(content) > 1_000_000 and len(content) / packed > MAX_RATIO):
        raise Refusal(TOO_MUCH)
    return content


def _check_xml(name, content):
    """Refuse declarations and far cells; returns the number of cells with a value."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]:  # no DTD, and no UTF-16 to hide one
        raise Refusal(NOT_A_WORKBOOK)
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        _check_area(content, name, _xlsx_bounds)
        return sum(1 for _ in VALUE.finditer(content))
    if name == "content.xml":
        _check_area(content, name, _ods_bounds)
    elif name == "xl/sharedStrings.xml":
        if sum(1 for _ in STRING.finditer(content)) > MAX_STRINGS:
            raise Refusal(TOO_MANY_CELLS)
    elif len(content) <= 200_000:
        _check_small(content)
    return 0


def _check_small(content):
    try:
        ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError):
        raise Refusal(NOT_A_WORKBOOK)


def _check_area(content, name, bounds):
    """Refuse a sheet whose content spans more than the reader may hold. A quick look first, an exact one when it alarms."""
    if bounds is _xlsx_bounds:
        places = POSITION.findall(content)
        columns = max(map(column_number, {letters for letters, _ in places}), default=0)
        if columns <= MAX_COLUMNS and columns * max(map(int, {row for _, row in places}), default=0) <= MAX_AREA:
            return
    try:
        rows, columns = bounds(content)
    except expat.ExpatError:
        raise Refusal(NOT_A_WORKBOOK)
    check_bounds(rows, columns, name.rpartition("/")[2].removesuffix(".xml"))


def check_bounds(rows, columns, name):
    """Refuse content that reaches too far."""
    if columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        raise Refusal(TOO_WIDE.format(name))


def column_number(letters):
    """b"A" → 1, b"AB" → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def parse_xml(content, start, end=None, text=None):
    """Walk through XML without declarations. Raises Refusal for a declaration, ExpatError for what is no XML."""
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
            at[1] = column_number(match[1]) if match else at[1] + 1
            at[0] = int(match[2]) if match else at[0]
        elif tag in ("v", "is"):
            last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])

    parse_xml(content, start)
    return last


def repeated(attributes, what):
    """How often a row or cell of an OpenDocument table stands there."""
    found = next((value for key, value in attributes.items() if key.endswith(f" number-{what}-repeated")), "1")
    return int(found) if found.isdigit() else 1


def _ods_bounds(content):
    """Last row and column of a cell with a value, repeated rows and cells counted; the larger of any table."""
    at, last, repeat = [0, 0], [0, 0], [1]

    def start(tag, attributes):
        tag = tag.rpartition(" ")[2]
        if tag == "table":
            at[:] = [0, 0]
        elif tag == "table-row":
            repeat[0] = repeated(attributes, "rows")
            at[:] = [at[0] + repeat[0], 0]
        elif tag in ("table-cell", "covered-table-cell"):
            at[1] += repeated(attributes, "columns")
            if any(key.endswith(" value-type") for key in attributes):
                last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])
        elif tag == "p":
            last[0], last[1] = max(last[0], at[0]), max(last[1], at[1])

    parse_xml(content, start)
    return last
