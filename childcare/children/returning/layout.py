"""The columns of the list that goes out and comes back: one place for what is printed and for what is understood."""

import re
from dataclasses import dataclass, field

from childcare.children.importing.header import words
from childcare.lib.vietnamese import clean_text

LOOK_INTO = 60  # rows from the top
# field, heading, width; what stands under "new:" is filled in by the hamlet and the police
COLUMNS = [
    ("stt", "STT", 5), ("child_code", "Mã trẻ", 12), ("full_name", "Họ và tên", 26), ("birth_date", "Ngày sinh", 12),
    ("sex", "Giới tính", 9), ("ethnic", "Dân tộc", 10), ("mother_name", "Họ và tên mẹ", 24),
    ("defect", "Nội dung cần sửa", 30), ("new:identity_number", "Số định danh cá nhân\n(Công an xã ghi)", 18),
    ("new:full_name", "Họ và tên đúng\n(nếu sai)", 24), ("new:birth_date", "Ngày sinh đúng\n(nếu sai)", 14),
    ("new:verified_on", "Ngày công an xác nhận", 14), ("note", "Ghi chú", 24),
]  # fmt: skip
MEANINGS = [
    ("stt", r"(stt|tt|so tt)"), ("child_code", r"ma (so )?(cua )?tre( em)?( .*)?"), ("new:full_name", r"ho (va )?ten dung.*"),
    ("new:birth_date", r"ngay( thang nam)? sinh dung.*"), ("new:verified_on", r"ngay cong an.*"),
    ("new:identity_number", r"(so )?(dinh danh|ddcn|cccd|can cuoc).*"), ("full_name", r"ho (va )?ten( tre( em)?)?"),
    ("birth_date", r"ngay( thang nam)? sinh"), ("sex", r"gioi( tinh)?"), ("ethnic", r"dan toc"),
    ("mother_name", r"ho (va )?ten (cua )?me"), ("defect", r"(loi|noi dung) can.*"), ("note", r"ghi chu.*"),
]  # fmt: skip
MEANINGS = [(name, re.compile(pattern)) for name, pattern in MEANINGS]
ASKING = {"defect", "new:full_name", "new:birth_date", "new:verified_on"}
EXPORTED = re.compile(r"xuất (?:lúc \d{1,2}:\d{2} )?ngày (\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)


@dataclass
class Heading:
    """Where the heading of a returned sheet stands, what its columns hold, and the lines above it."""

    rows: list
    columns: dict  # index from 0 → field
    titles: dict  # index from 0 → heading
    above: list = field(default_factory=list)

    def cell(self, cells, name):
        """The cell of a field in a row, "" where the sheet has none."""
        index = next((index for index, found in self.columns.items() if found == name), None)
        return cells[index] if index is not None and index < len(cells) else ""


def find_heading(sheet):
    """The heading of a list that went out from us: our child code beside a column to be filled in; or None."""
    for position, (number, cells) in enumerate(sheet.rows[:LOOK_INTO]):
        titles = {index: clean_text(cell) for index, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}
        columns = {}
        for index, title in titles.items():
            name = field_of(title)
            if name and name not in columns.values():
                columns[index] = name
        if "child_code" in columns.values() and any(name.startswith("new:") for name in columns.values()):
            above = [clean_text(str(cell)) for _, row in sheet.rows[:position] for cell in row if cell not in ("", None)]
            return Heading([number], columns, titles, above)
    return None


def field_of(title):
    """The field of a column by its heading, or None."""
    bare = words(title)
    return next((name for name, pattern in MEANINGS if pattern.fullmatch(bare)), None)


def is_returned(sheets):
    """True for a workbook that is a list of ours, filled in.

    Our code beside a number is told by every export of ours too: only a list to be checked has a column that asks for
    something, or says what is to be mended.
    """
    return any(_asks(found) for sheet in sheets if sheet.rows and (found := find_heading(sheet)))


def _asks(heading):
    names = set(heading.columns.values())
    number = next((words(heading.titles[at]) for at, name in heading.columns.items() if name == "new:identity_number"), "")
    return bool(names & ASKING) or "cong an" in number
