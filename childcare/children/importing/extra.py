"""Columns that only some lists have, read by their headings beside a Reading: class, code of the pupil, our own code."""

import re

from childcare.children.importing import values
from childcare.children.importing.header import find_header, words
from childcare.lib.vietnamese import clean_text

CLASS_COLUMN = r"(ten )?(lop|nhom lop|nhom,? lop)( hoc)?( .*)?|lop nhom"
CHILD_CODE = r"ma tre( em)?( trong so)?"
CLASS_LINE = re.compile(
    r"^\s*(?:danh sách (?:học sinh|trẻ)\s*)?(?:lớp|nhóm lớp)\b\s*[:.\-]?\s*([^:,;–]{1,20}?)\s*(?:[,;–-].*)?$", re.I
)
CLASS_SHEET = re.compile(r"^(?:lớp\s*)?((?:\d{1,2}|mầm|chồi|lá|mẫu giáo|nhà trẻ)[\w ./-]{0,15})$", re.I)


def columns(sheets, reading, patterns):
    """(sheet, row) → {field: text of its cell} for the columns whose heading fits a pattern: field → regular expression."""
    found = {}
    wanted = {key: re.compile(pattern) for key, pattern in patterns.items()}
    for sheet, at, header in _with_children(sheets, reading):
        places = {}
        for index, title in header.titles.items():
            for key, pattern in wanted.items():
                if pattern.fullmatch(words(title)):
                    places.setdefault(key, index)
        for number, cells in sheet.rows if places else ():
            if number > at:
                texts = {key: values.text_or_none(cells[index]) or "" for key, index in places.items() if index < len(cells)}
                found[sheet.name, number] = {key: text for key, text in texts.items() if text}
    return found


def classes(sheets, reading):
    """(sheet, row) → class: from a line "Lớp 6A" above the row, else a title of the sheet, else the name of the sheet."""
    found = {}
    for sheet, at, header in _with_children(sheets, reading):
        now = next(filter(None, (class_in(text, CLASS_LINE) for text in header.above)), "") or class_in(sheet.name, CLASS_SHEET)
        for number, cells in sheet.rows:
            if number > at:
                texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
                now = class_in(texts[0], CLASS_LINE) or now if len(texts) == 1 else now
                if now:
                    found[sheet.name, number] = now
    return found


def class_in(text, pattern):
    """The class that a line or the name of a sheet tells, or ""."""
    match = pattern.match(clean_text(text))
    return tidy_class(match[1]) if match else ""


def tidy_class(text):
    """ "lớp  6a" → "6A": capitals, no word in front, no blanks around; at most twenty letters."""
    bare = re.sub(r"^(lớp|nhóm lớp)\s*[:.]?\s*", "", clean_text(text), flags=re.I).strip(" .:")
    return (bare.upper() if re.match(r"^\d", bare) else bare)[:20]


def _with_children(sheets, reading):
    """(sheet, last row of its heading, heading) of the sheets with children."""
    read = {sheet["name"] for sheet in reading.sheets if sheet["role"] == "children"}
    for sheet in sheets:
        if sheet.name in read:
            header = find_header(sheet)
            yield sheet, header.rows[-1], header
