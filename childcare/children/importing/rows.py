"""What each row of a list is: a child, or one of the things that stand between children."""

import re
from dataclasses import dataclass

from childcare.children.importing import values
from childcare.children.importing.header import is_column_numbers, words

TOTAL = re.compile(r"^(tong( cong| so| hop)?|cong)\b")
GRAND = re.compile(r"^tong\b")
HEAD = re.compile(r"^\s*(?:chủ hộ|hộ gia đình|hộ (?:ông|bà|anh|chị))\s*[:.\-]?\s*", re.IGNORECASE)
SIGNATURE = re.compile(
    r"\bngay\b.*\bthang\b.*\bnam\b|nguoi lap|\btm\b|\bkt\b|chu tich|ky,? (va )?ghi|ky ten|xac nhan|thu truong|cong chuc|can bo"
)
SIGNED = re.compile(  # so plainly the end of a list that the column in which it stands says nothing
    r"\w ngay( \d+)? thang( \d+)? nam|^nguoi lap|^tm (uy ban|ubnd)|^kt |^(pho )?chu tich|ghi ro ho ten|^xac nhan cua"
)
LIKE_A_NAME = re.compile(r"[^\d:;]{3,60}")
CARRIED = ("hamlet", "household_head", "poverty", "mother_name", "father_name", "address", "phone")
PERSONAL = ("full_name", "family_name", "given_name", "birth_date", "birth_day", "birth_month", "birth_year", "identity_number")


@dataclass
class Line:
    """A row of the sheet below the heading, with what holds for it from the rows above."""

    row: int
    kind: str  # child | hamlet | household_head | total | header | column_numbers | signature | remark
    text: str
    cells: list
    hamlet: str = ""
    head: str = ""
    marks: tuple = ()  # fields of the household's marks
    house: int = 0  # row of the household head, to tell two households of one name apart


def lines(sheet, header, hamlets):
    """The rows below the heading in order. `hamlets` = keys of the known hamlets."""
    walker = Walker(header, hamlets)
    spread_merged(sheet, header)
    walker.hamlet = _hamlet_above(sheet, header, hamlets)
    for number, cells in sheet.rows:
        if number > header.rows[-1] and number != header.column_number_row:
            line = walker.step(number, cells)
            if line is not None:
                yield line


def _hamlet_above(sheet, header, hamlets):
    """A hamlet named in a title line above the heading, or by the name of the sheet."""
    for text in [*header.above, sheet.name]:
        found = re.search(rf"({values.HAMLET_WORDS}[\s.:]+.*)$", values.fold(text))
        if found:
            tail = " ".join(text.split()[-len(found[1].split()) :])
            if values.hamlet_key(tail) in hamlets:
                return tail
    return sheet.name if values.hamlet_key(sheet.name) in hamlets else ""


def spread_merged(sheet, header):
    """Cells merged over several rows of a household hold for each of them."""
    by_row = None
    for (top, left), (bottom, right) in sheet.merged:
        field = header.columns.get(left - 1, "")
        if top <= header.rows[-1] or top == bottom or left != right or field.partition(":")[0] not in CARRIED:
            continue
        by_row = by_row or dict(sheet.rows)
        value = by_row.get(top, [""] * left)[left - 1]
        for number in range(top + 1, bottom + 1):
            if number in by_row and by_row[number][left - 1] in ("", None):
                by_row[number][left - 1] = value


class Walker:
    """Goes down the rows and remembers hamlet, household and its marks."""

    def __init__(self, header, hamlets):
        self.header, self.hamlets = header, hamlets
        self.hamlet, self.head, self.marks, self.house = "", "", (), 0
        self.signed = self.totalled = False
        self.stt = header.column_of("stt")
        self.name = header.column_of("full_name")
        if self.name is None:
            self.name = header.column_of("family_name")
        columns = header.columns.items()
        self.personal = [index for index, field in columns if field in PERSONAL or field.partition(":")[0] in ("sex", "birth")]
        self.others = [index for index in self.personal if index != self.name]
        self.mapped = [index for index, field in columns if field != "stt"]
        self.titles = {words(title) for title in header.titles.values()}

    def step(self, number, cells):
        """The line of a row, or None for one that says nothing."""
        if self._is_plain_child(cells):
            return Line(number, "child", "", cells, self.hamlet, self.head, self.marks, self.house)
        texts = [cell for cell in cells if cell not in ("", None) and not (isinstance(cell, str) and not cell.strip())]
        if not texts or (len(texts) == 1 and _is_number(texts[0]) and self._at(cells, self.stt) == texts[0]):
            return None
        kind = self._kind(cells, texts)
        told = [str(cell).strip() for cell in texts if isinstance(cell, str) and not values.is_mark(cell)]
        text = " | ".join(told or [str(cell) for cell in texts])
        if kind == "hamlet":
            self.hamlet, self.head, self.marks, self.house = self._joined(texts), "", (), 0
        elif kind == "household_head":
            self._enter(number, cells, texts)
        line = Line(number, kind, text, cells, self.hamlet, self.head, self.marks, self.house)
        self.signed = self.signed or kind == "signature"
        self.totalled = self.totalled or (kind == "total" and bool(GRAND.match(words(self._first(texts)))))
        return line

    def _is_plain_child(self, cells):
        """The common row, told at once: a number in front, a name, and something else of the person."""
        if not isinstance(self._at(cells, self.stt), float):
            return False
        name = self._at(cells, self.name)
        return isinstance(name, str) and name[:1].isalpha() and any(map(cells.__getitem__, self.others))

    def _kind(self, cells, texts):
        strings = [text for text in texts if isinstance(text, str)]
        first = words(self._first(texts))
        named = self._at(cells, self.name)
        repeated = isinstance(named, str) and words(named) in self.titles
        if repeated and sum(words(text) in self.titles for text in strings) >= max(3, len(strings) - 1):
            return "header"
        if len(texts) >= 4 and is_column_numbers(cells) and self._at(cells, self.name):
            return "column_numbers"
        person = any(self._at(cells, index) not in ("", None) for index in self.others)
        if TOTAL.match(first) or (isinstance(named, str) and TOTAL.match(words(named))):
            return "total" if not person or len(strings) <= 2 else "child"
        if not person and strings and HEAD.match(self._first(strings)):
            return "household_head"
        if not person and len(texts) <= 2 and self._is_hamlet(texts):
            return "hamlet"
        if self._is_signature(cells, strings, person):
            return "signature"
        return "child" if self._is_child(cells, texts, person) else "remark"

    def _is_signature(self, cells, strings, person):
        if self.stt is not None and _is_number(self._at(cells, self.stt)):
            return False
        if self.signed or any(SIGNED.search(words(text)) for text in strings):
            return True
        return not person and any(SIGNATURE.search(words(text)) for text in strings)

    def _is_child(self, cells, texts, person):
        numbered = self.stt is not None and _is_number(self._at(cells, self.stt))
        if person:
            return True
        named = str(self._at(cells, self.name) or "").strip()
        if numbered:
            return any(self._at(cells, index) not in ("", None) for index in self.mapped)
        if self.totalled or not named:
            return bool(not self.totalled and self.stt is None and len(texts) > 2)
        alone = self.stt is None and bool(LIKE_A_NAME.fullmatch(named)) and 2 <= len(named.split()) <= 6
        return len(texts) > 1 or alone

    def _is_hamlet(self, texts):
        joined = self._joined(texts)
        return isinstance(texts[-1], str) and (values.names_hamlet(joined) or values.hamlet_key(joined) in self.hamlets)

    def _enter(self, number, cells, texts):
        """A household begins: its head, and marks that hold for its members."""
        text = self._first([text for text in texts if isinstance(text, str)])
        self.head, self.house = HEAD.sub("", text).strip(), number
        self.marks = tuple(
            field
            for index, field in self.header.columns.items()
            if field.startswith("poverty:") and values.is_mark(self._at(cells, index))
        )
        column = self.header.column_of("poverty")
        if column is not None and (level := values.poverty(values.tidy(self._at(cells, column)))):
            self.marks = (f"poverty:{level}",)

    @staticmethod
    def _at(cells, index):
        return cells[index] if index is not None and index < len(cells) else ""

    @staticmethod
    def _first(texts):
        return next((str(text) for text in texts if isinstance(text, str)), str(texts[0]) if texts else "")

    @staticmethod
    def _joined(texts):
        return " ".join(str(text).strip() for text in texts)


def _is_number(cell):
    return isinstance(cell, (int, float)) or bool(re.fullmatch(r"\s*\d{1,5}\s*[.)]?\s*", str(cell)))
