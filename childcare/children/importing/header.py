"""Finding the heading of a list by its words, in any row and up to three rows high, and what each column holds."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from childcare.children.importing import decisions
from childcare.children.importing.groups import circumstance_of, support_of
from childcare.lib.legacy_fonts import suspected
from childcare.lib.vietnamese import clean_text, fold

LOOK_INTO = 80  # rows from the top
HIGHEST = 3
PARENT_PERSON = re.compile(r"\b(me|cha|bo|chu ho|nguoi (giam ho|cham soc|nuoi duong|dai dien)|phu huynh)\b")
NAME_OF = r"(ho |ho va |ho, )?(ten )?(cua )?{}( (cua )?(tre( em)?|chau|be))?"
# What a column holds, by the words of its heading without diacritics and punctuation; the first that fits counts.
FIELDS = [
    ("stt", r"(stt|tt|so tt|so thu tu)"),
    ("child_code", r"ma trong so|ma (so )?(cua )?tre( em)?( trong so)?"),  # of our own lists
    (
        "full_name",
        r"(ho (va )?ten|h ten|ho ten khai sinh|ten)( (cua )?(tre( em)?|chau|be|doi tuong|hoc sinh))?( .*duoi 16.*)?|ten tre.*",
    ),
    ("family_name", r"ho( (va )?(ten )?(dem|lot)| dem| lot)?"),
    ("birth_date", r"(ngay|sinh).*\bsinh\b.*|n sinh|nam sinh( .*)?|sinh (ngay|nam).*|ngay thang nam.*|ns"),
    ("sex", r"gioi( tinh)?|gt|phai|nam nu( .*)?|gioi tinh .*"),
    ("pupil_code", r"ma( so)?( dinh danh)? ?(hoc sinh|hs)( .*)?|ma dinh danh bo( .*)?"),  # of schools, no identity number
    ("identity_number", r".*(dinh danh|ddcn|can cuoc|cccd|cmnd).*|so dd( .*)?|ma so ca nhan"),
    ("ethnic:1979", r"ma( so)? dan toc.*\b1979\b.*"),
    ("ethnic:2008", r"ma( so)? dan toc.*\b2008\b.*"),
    ("ethnic", r"((ten|ma|ma so|thanh phan) )?dan toc( .*)?|dt|d toc"),
    ("hamlet", r"(thon|to|to dan pho|tdp|ban|ap|khu|khu pho|khom|buon|dia ban|xom)( .*)?"),
    ("former_commune", r"(xa|phuong|thi tran|don vi)( (xa|phuong|thi tran))*( hanh chinh)? (cu|truoc day|truoc sap nhap)"),
    ("address", r"(dia chi|noi o|cho o|noi cu tru|ho khau)( .*)?"),
    ("phone", r"(so )?(dien thoai|sdt|dt|di dong)( .*)?"),
    ("since", r"(tu ngay|ngay bat dau|tu thang|ngay ap dung).*"),
    ("insurance_number", r".*(bhyt|bao hiem y te).*"),
    ("birth_certificate", r".*khai sinh.*"),
    ("relation_to_head", r"quan he.*"),
    ("school_name", r"(ten )?(truong|lop|noi hoc)( .*)?"),
    ("schooling", r"(tinh trang (hoc|di hoc)|trinh do|dang hoc|van hoa)( .*)?"),
    ("note", r"(ghi chu|gc|chu thich)( .*)?"),
]
FIELDS = [(name, re.compile(pattern)) for name, pattern in FIELDS]
POVERTY_CLASS = [
    ("hộ cận nghèo", re.compile(r"(ho )?can ngheo|cn|hcn")),
    ("hộ nghèo", re.compile(r"(ho )?ngheo|hn")),
    ("khác", re.compile(r"(ho )?(khac|khong ngheo|trung binh|kha|binh thuong)")),
]
YEAR = re.compile(r"\b(20\d\d)\b")
# Columns that we put behind a list: what is to be mended, and the code by which a child is known again.
OUR_OWN = ("noi dung can sua", "ma trong so")


@dataclass
class Header:
    """Where the heading stands and which field each column holds, both as the spreadsheet program counts (rows from 1)."""

    rows: list
    columns: dict  # index from 0 → field
    titles: dict  # index from 0 → words of the heading
    column_number_row: int | None = None
    poverty_year: int | None = None
    above: list = field(default_factory=list)  # texts of the lines above
    unknown: list = field(default_factory=list)  # headings under "hoàn cảnh" that name no group
    headings: dict = field(default_factory=dict)  # index from 0 → all levels of the heading as one text
    levels: dict = field(default_factory=dict)  # index from 0 → the same levels from the top down

    def column_of(self, name):
        """The index of the first column of a field, or None."""
        return next((index for index, found in self.columns.items() if found == name), None)


def letter(index):
    """The letters of a column from its index: 0 → A, 27 → AB."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def index_of(letters):
    """The index of a column from its letters: A → 0, AB → 27."""
    index = 0
    for sign in letters:
        index = index * 26 + ord(sign) - 64
    return index - 1


@lru_cache(maxsize=4096)
def words(text):
    """The text without diacritics, punctuation and capitals."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def field_of(parts):
    """The field of a column whose heading has these levels from the top down, or None."""
    whole, last = words(" ".join(parts)), words(parts[-1])
    if len(parts) > 1:
        found = _field_under(parts, words(" ".join(parts[:-1])), last)
        if found is not None:
            return found
    if PARENT_PERSON.search(whole) and not circumstance_of(whole):
        return _field_of_person(whole)
    if re.search(r"\bđt\b|\bsđt\b", clean_text(parts[-1]).lower()):
        return "phone"
    if found := decisions.field_of(whole):
        return found
    if found := _poverty(whole):
        return found
    for name, pattern in FIELDS:
        if pattern.fullmatch(whole) or (len(parts) > 1 and pattern.fullmatch(last)):
            return name
    if clean_text(parts[-1]).lower() in ("nam", "nữ"):
        return f"sex:{clean_text(parts[-1]).lower()}"
    if re.search(r"hoan canh|doi tuong|nhom tre|dien\b", whole) and not circumstance_of(whole):
        return "circumstances"
    if code := circumstance_of(whole):
        return f"circumstance:{code}"
    if code := support_of(whole):
        return f"support:{code}"
    return "supports" if re.fullmatch(r"(tro giup|ho tro|hinh thuc (tro giup|ho tro)|che do|dang huong).*", whole) else None


def _field_under(parts, above, last):
    """The field of a column under a common heading."""
    if found := decisions.field_of(last, above):
        return found
    typed = clean_text(parts[-1]).lower()
    if typed in ("nam", "nữ") or typed in ("trai", "gái"):
        sex = "nam" if typed in ("nam", "trai") else "nữ"
        return f"birth:{sex}" if "sinh" in above.split() else f"sex:{sex}"
    if "sinh" in above.split() and typed in ("ngày", "tháng", "năm"):
        return {"ngày": "birth_day", "tháng": "birth_month", "năm": "birth_year"}[typed]
    if re.search(r"loai ho|ho ngheo|dien ho|kinh te", above):
        for level, pattern in POVERTY_CLASS:
            if pattern.fullmatch(last):
                return f"poverty:{level}"
    if re.search(r"tu ngay", last):
        return "since"
    if "hoan canh" in above or "doi tuong" in above or "nhom" in above:
        label = words(" ".join(parts[1:])) if len(parts) > 1 else last
        code = circumstance_of(label) or circumstance_of(last)
        return f"circumstance:{code}" if code else "circumstance:?"
    if "tro giup" in above or "ho tro" in above or "che do" in above:
        code = support_of(last)
        return f"support:{code}" if code else None
    return None


def _field_of_person(whole):
    if re.search(r"dien thoai|sdt|\bdt\b|di dong", whole):
        return "phone"
    if re.fullmatch(NAME_OF.format("me( de)?"), whole):
        return "mother_name"
    if re.fullmatch(NAME_OF.format("(cha|bo)( de)?"), whole):
        return "father_name"
    if re.fullmatch(NAME_OF.format("chu ho"), whole):
        return "household_head"
    return "relation_to_head" if whole.startswith("quan he") else None


def _poverty(whole):
    bare = YEAR.sub("", whole).replace("nam", "").strip()
    if re.fullmatch(
        r"(loai|dien|phan loai|hoan canh) (ho|kinh te|gia dinh)( .*)?|ho ngheo( hoac| va)?( ho)? can ngheo|ngheo can ngheo",
        bare,
    ):
        return "poverty"
    for level, pattern in POVERTY_CLASS[:2]:
        if pattern.fullmatch(bare) and "ngheo" in bare:
            return f"poverty:{level}"
    return None


def find_header(sheet):
    """The heading of a sheet, or None when it holds no list of children."""
    rows = sheet.rows[:LOOK_INTO]
    for position, (_number, _cells) in enumerate(rows):
        height = _height(sheet, rows, position)
        block = rows[position : position + height]
        parts = parts_of(sheet, block)
        columns = {index: found for index, texts in parts.items() if (found := field_of(texts))}
        if _is_header(columns):
            return make(sheet, rows, position, block, parts, columns)
    return None


def _is_header(columns):
    found = set(columns.values())
    named = "full_name" in found or "family_name" in found
    known = found - {"stt", "note", "circumstances", "support"}
    return named and len(known) >= 2


def _height(sheet, rows, position):
    """How many rows the heading that begins here has: by its merged cells, else by sub-headings without a name or number."""
    number, cells = rows[position]
    last = number
    for (top, _), (bottom, _) in sheet.merged:
        if top == number and bottom < number + HIGHEST:
            last = max(last, bottom)
    if last == number and not sheet.merged:
        for below, texts in rows[position + 1 : position + HIGHEST]:
            if below != last + 1 or not _is_subheading(cells, texts):
                break
            last = below
    return sum(1 for row, _ in rows[position : position + HIGHEST] if row <= last)


def _is_subheading(cells, below):
    texts = [cell for cell in below if cell not in ("", None)]
    if not texts or not all(isinstance(text, str) for text in texts) or all(_is_number_mark(text) for text in texts):
        return False
    own = [index for index, cell in enumerate(below) if cell not in ("", None) and index < len(cells)]
    name = next((index for index, cell in enumerate(cells) if isinstance(cell, str) and field_of([cell]) == "full_name"), None)
    return name is not None and name not in own and 0 not in own and len(own) >= 2


def parts_of(sheet, block):
    """The levels of each column's heading from the top down, merged cells spread over their range."""
    width = max(len(cells) for _, cells in block)
    numbers = [number for number, _ in block]
    grid = {number: [_heading(cell) for cell in [*cells, *[""] * (width - len(cells))]] for number, cells in block}
    inside = [(a, b) for a, b in sheet.merged if a[0] in grid and b[0] <= numbers[-1]]
    for (top, left), (bottom, right) in inside:
        text = grid[top][left - 1] if left <= width else ""
        for number in range(top, bottom + 1):
            for index in range(left - 1, min(right, width)):
                if number in grid:
                    grid[number][index] = text
    if not sheet.merged and len(block) > 1:
        _spread(grid, numbers, width)
    parts = {}
    for index in range(width):
        levels = [grid[number][index] for number in numbers]
        parts[index] = [text for place, text in enumerate(levels) if text and (place == 0 or text != levels[place - 1])]
    return {index: texts for index, texts in parts.items() if texts}


def _heading(cell):
    """The words of a heading; one that lost its old font is understood as what it was."""
    if not isinstance(cell, str):
        return ""
    lost = suspected(cell.strip())
    return clean_text(lost[1] if lost else cell)


def _spread(grid, numbers, width):
    """Without merged cells: a heading reaches to the right over the columns that have a sub-heading and none of their own."""
    for above, below in zip(numbers, numbers[1:], strict=False):
        for index in range(1, width):
            if not grid[above][index] and grid[below][index] and grid[above][index - 1]:
                grid[above][index] = grid[above][index - 1]


def make(sheet, rows, position, block, parts, columns):
    """The Header of a block of rows whose columns have these levels and fields."""
    first, last = block[0][0], block[-1][0]
    above = [clean_text(str(cell)) for _, cells in rows[:position] for cell in cells if cell not in ("", None)]
    titles = {index: texts[-1] for index, texts in parts.items()}
    found = Header(list(range(first, last + 1)), columns, titles, above=above)
    found.unknown = [titles[index] for index, name in columns.items() if name == "circumstance:?"]
    found.columns = {index: name for index, name in columns.items() if name != "circumstance:?"}
    if "family_name" in columns.values():
        found.columns = {i: "given_name" if name == "full_name" else name for i, name in found.columns.items()}
    after = next(((number, cells) for number, cells in rows[position + len(block) :]), None)
    if after and is_column_numbers(after[1]):
        found.column_number_row = after[0]
    found.headings = {index: " / ".join(texts) for index, texts in parts.items() if words(texts[-1]) not in OUR_OWN}
    found.levels = {index: parts[index] for index in found.headings}
    return found


def poverty_year(sheet, header):
    """The year of the poverty class: in the heading of its column, in a title ("năm 2026"), in the name of the sheet."""
    for index, text in header.headings.items():
        if not header.columns.get(index, "").startswith("poverty"):
            continue
        if match := YEAR.search(text):
            return int(match[1])
    for text in header.above:
        if match := re.search(r"\bnam (20\d\d)\b", fold(text)):
            return int(match[1])
    match = YEAR.search(sheet.name)
    return int(match[1]) if match else None


def _is_number_mark(cell):
    return bool(re.fullmatch(r"\(?\d{1,2}\)?(\.0)?", str(cell).strip()))


def is_column_numbers(cells):
    """True for a row (1) (2) (3) …"""
    texts = [cell for cell in cells if cell not in ("", None)]
    if len(texts) < 3 or not all(_is_number_mark(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", str(text).removesuffix(".0"))) for text in texts]
    return all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False))
