"""The structure of an administrative document (NĐ 30/2020/NĐ-CP): an app builds it, the renderers only lay it out.

Every text that is printed is made here, so that PDF, DOCX and JSON cannot say different things.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from childcare.documents.wording import BLANK, END, balanced, day_text, lines_of, listed, roman
from childcare.lib.vietnamese import capital, clean_text, number

NUMBER = re.compile(r"\d{1,6}[a-zđ]?", re.IGNORECASE)
ALIGNMENTS = ("left", "center", "right")


def _set(item, **values):
    for name, value in values.items():
        object.__setattr__(item, name, value)


@dataclass(frozen=True)
class Issuer:
    """Who issues: the body above (may be empty) and the body itself, in capitals, "\\n" breaks a line.

    `plain` is its name inside a sentence ("Ủy ban nhân dân phường Nam Sơn"), for the note under an annex.
    """

    parent: str = ""
    name: str = ""
    plain: str = ""

    def __post_init__(self):
        _set(self, parent="\n".join(lines_of(self.parent)), name="\n".join(lines_of(self.name)), plain=clean_text(self.plain))

    @property
    def parent_lines(self):
        return tuple(part for line in lines_of(self.parent.upper()) for part in balanced(line, 26))

    @property
    def name_lines(self):
        return tuple(part for line in lines_of(self.name.upper()) for part in balanced(line, 26))


@dataclass(frozen=True)
class Signer:
    """In what capacity ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") and who, without title."""

    lines: Sequence[str]
    name: str = ""

    def __post_init__(self):
        _set(self, lines=tuple(clean_text(line).upper() for line in self.lines if clean_text(line)), name=clean_text(self.name))


@dataclass(frozen=True)
class Heading:
    """A heading: level 0 = Phần, Chương (centred); 1 = "I. …"; 2 = "1. …"; 3 = "a) …". Never alone at a page's foot."""

    text: str
    level: int = 1

    def __post_init__(self):
        if self.level not in (0, 1, 2, 3):
            raise ValueError(f"heading level {self.level}: 0 to 3")
        _set(self, text=clean_text(self.text))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; `lead` stands bold before it ("Điều 1.")."""

    text: str
    italic: bool = False
    bold: bool = False
    align: str = "justify"
    lead: str = ""

    def __post_init__(self):
        if self.align not in (*ALIGNMENTS, "justify"):
            raise ValueError(f"align {self.align}")
        _set(self, text=clean_text(self.text), lead=clean_text(self.lead))

    @property
    def whole(self):
        """Lead and text as they are read."""
        return f"{self.lead} {self.text}" if self.lead else self.text


@dataclass(frozen=True)
class Bullets:
    """Items with a dash each, printed as they are given (no punctuation is added)."""

    items: Sequence[str]

    def __post_init__(self):
        bare = (re.sub(r"^[-–•]\s*", "", clean_text(item)) for item in self.items)
        _set(self, items=tuple(item for item in bare if item))

    @property
    def lines(self):
        return tuple(f"- {item}" for item in self.items)


@dataclass(frozen=True)
class Column:
    """A column: title, share of the width (any unit, only the proportions count), alignment of its cells."""

    title: str
    width: float = 1
    align: str = "left"

    def __post_init__(self):
        if self.align not in ALIGNMENTS or self.width <= 0:
            raise ValueError(f"column {self.title!r}: align {self.align}, width {self.width}")
        _set(self, title="\n".join(lines_of(self.title)))


@dataclass(frozen=True)
class HeadCell:
    """A cell of a head with several rows; `across` columns wide, `down` rows high."""

    text: str
    across: int = 1
    down: int = 1

    def __post_init__(self):
        _set(self, text="\n".join(lines_of(self.text)))


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page and whose rows are never cut.

    A cell is a text, or a number (printed as it is written here, a number in XLSX), or None (empty).
    `head_rows` (rows of HeadCell or text) replaces the one row of column titles; `total_rows` are printed bold; `sheet` names
    its sheet in a workbook.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence]
    head_rows: Sequence[Sequence] | None = None
    caption: str = ""
    total_rows: frozenset = frozenset()
    sheet: str = ""

    def __post_init__(self):
        heads = self.head_rows or [[column.title for column in self.columns]]
        heads = tuple(tuple(cell if isinstance(cell, HeadCell) else HeadCell(cell) for cell in row) for row in heads)
        rows = tuple(tuple(_cell(value) for value in row) for row in self.rows)
        _set(self, columns=tuple(self.columns), rows=rows, head_rows=heads, caption=clean_text(self.caption))
        _set(self, total_rows=frozenset(place % len(rows) for place in self.total_rows) if rows else frozenset())
        for place, row in enumerate(rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {place} has {len(row)} cells, the table has {len(self.columns)} columns")
        self.head_grid()

    @property
    def widths(self):
        """The share of the whole width per column, 0 to 1."""
        whole = sum(column.width for column in self.columns)
        return tuple(column.width / whole for column in self.columns)

    def head_grid(self):
        """(row, column, cell) of every head cell; the cells must tile the head exactly."""
        high, wide = len(self.head_rows), len(self.columns)
        taken, places = set(), []
        for top, cells in enumerate(self.head_rows):
            for cell in cells:
                left = next((at for at in range(wide) if (top, at) not in taken), None)
                spots = (
                    {(top + down, left + across) for down in range(cell.down) for across in range(cell.across)}
                    if left is not None
                    else None
                )
                if spots is None or spots & taken or max(spots) >= (high, 0) or max(spot[1] for spot in spots) >= wide:
                    raise ValueError(f"head cell {cell.text!r} does not fit")
                taken |= spots
                places.append((top, left, cell))
        if len(taken) != high * wide:
            raise ValueError("the head of the table has holes")
        return places


def _cell(value):
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    return "\n".join(lines_of(value))


def cell_text(value):
    """A cell as it is printed."""
    if value is None:
        return ""
    return value if isinstance(value, str) else number(value)


def table_size(table):
    """The size of a table's letters in points: smaller where it is wide."""
    return 13 if len(table.columns) <= 5 else 12 if len(table.columns) <= 8 else 11


@dataclass(frozen=True)
class Picture:
    """A picture of `lib.drawing` with the words under it; its numbers stand in a table besides. The PDF alone draws it."""

    svg: str
    text: str
    wide: int = 100  # percent of the page's width

    def __post_init__(self):
        _set(self, text=clean_text(self.text))

    @property
    def whole(self):
        """What is read in its place."""
        return self.text


@dataclass(frozen=True)
class Signatures:
    """Several who sign side by side at the end of a list or of minutes: Signers; "(Ký, ghi rõ họ tên)" stands under each."""

    signers: Sequence[Signer]
    hint: str = "(Ký, ghi rõ họ tên)"

    def __post_init__(self):
        if not 1 <= len(self.signers) <= 4:
            raise ValueError(f"{len(self.signers)} signers side by side: 1 to 4")
        _set(self, signers=tuple(self.signers), hint=clean_text(self.hint))

    @property
    def texts(self):
        """What each signs as, with the hint; then the names, which stand on one line."""
        heads = [text for signer in self.signers for text in (*signer.lines, self.hint)]
        return tuple(text for text in (*heads, *(signer.name for signer in self.signers)) if text)


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, numbered from 1. `note` "(Kèm theo …)"; empty: made from the document."""

    title: str
    note: str = ""
    blocks: Sequence = ()
    landscape: bool = True
    marks: Sequence[str] = ()

    def __post_init__(self):
        _set(
            self,
            title=clean_text(self.title),
            note=clean_text(self.note),
            blocks=_blocks(self.blocks),
            marks=_marks(self.marks),
        )


def _marks(marks):
    return tuple(clean_text(mark).upper() for mark in marks if clean_text(mark))


def _blocks(blocks):
    return tuple(block for block in blocks if getattr(block, "text", True) and getattr(block, "items", True))


def _ended(blocks):
    """The blocks with "./." after the last text, once; after a table on a line of its own."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph):
        text = last.text.removesuffix(END).rstrip(" .;,:") + END
        return (*blocks[:-1], Paragraph(text, last.italic, last.bold, last.align, last.lead))
    if isinstance(last, Bullets):
        return (*blocks[:-1], Bullets((*last.items[:-1], last.items[-1].removesuffix(END).rstrip(" .;,:") + END)))
    return (*blocks, Paragraph(END, align="right" if isinstance(last, Table) else "justify")) if blocks else ()


@dataclass(frozen=True)
class AdminDocument:
    """An administrative document. `kind` "" = công văn (the subject is printed as V/v under the number).

    `number` "" and `day` None leave room for the pen, as paper does; `year` and `month` are then printed. A paper
    without a notation bears no number; one without an issuer (an application) has the nation alone at its head. `foot`
    stands small at the foot of every page. `check_url` is printed as a QR code beside the signature. Raises ValueError.
    """

    subject: str
    issuer: Issuer
    kind: str = "BÁO CÁO"
    number: str = ""
    notation: str = ""
    place: str = ""
    day: date | None = None
    year: int | None = None
    month: int | None = None
    addressees: Sequence[str] = ()
    bases: Sequence[str] = ()
    blocks: Sequence = ()
    recipients: Sequence[str] = ()
    signer: Signer | None = None
    marks: Sequence[str] = ()
    annexes: Sequence[Annex] = ()
    landscape: bool = False
    closing: bool = True
    foot: str = ""
    check_url: str = ""

    def __post_init__(self):
        text = clean_text(str(self.number or ""))
        if text and not NUMBER.fullmatch(text):
            raise ValueError(f"“{text}” không phải là số văn bản. Hãy gõ số như 05 hoặc 127.")
        blocks = _blocks(self.blocks)
        _set(
            self,
            number=text.zfill(2) if text.isdigit() else text,
            notation=re.sub(r"\s*([/-])\s*", r"\1", clean_text(self.notation)).strip("/"),
            kind=clean_text(self.kind).upper(),
            subject=clean_text(self.subject),
            place=clean_text(self.place),
            year=self.year or (self.day.year if self.day else None),
            addressees=tuple(clean_text(name).rstrip(" ;,.") for name in self.addressees if clean_text(name)),
            bases=tuple(clean_text(base) for base in self.bases if clean_text(base)),
            blocks=_ended(blocks) if self.closing else blocks,
            recipients=tuple(clean_text(name) for name in self.recipients if clean_text(name)),
            marks=_marks(self.marks),
            annexes=tuple(self.annexes),
            foot=clean_text(self.foot),
        )

    @property
    def number_line(self):
        """ "Số: 05/BC-UBND"; without a number "Số:     /BC-UBND", without a notation nothing."""
        if not (self.number or self.notation):
            return ""
        return f"Số: {self.number}/{self.notation}" if self.number else f"Số:{BLANK * 5}/{self.notation}"

    @property
    def nation_alone(self):
        """True when nothing stands beside the nation at the head: an application of a person."""
        return not (self.issuer.name_lines or self.number_line or self.marks)

    @property
    def place_line(self):
        """ "Nam Sơn, ngày 09 tháng 5 năm 2024"."""
        day = day_text(self.day, self.year, self.month)
        return f"{self.place}, {day}" if self.place else capital(day)

    @property
    def subject_lines(self):
        """The subject under the kind, in lines of much the same length."""
        return balanced(self.subject, 46 if self.subject.isupper() else 64)  # capitals are wider

    @property
    def about_line(self):
        """The subject of a công văn: "V/v …"."""
        return self.subject if self.subject.lower().startswith("v/v") else f"V/v {self.subject}"

    @property
    def about_lines(self):
        """The same in lines of much the same length."""
        return balanced(self.about_line, 34)

    @property
    def addressee_lines(self):
        """("Kính gửi: UBND quận Kiến An",) or ("Kính gửi:", "- …;", "- ….")."""
        if len(self.addressees) == 1:
            return (f"Kính gửi: {self.addressees[0]}",)
        return ("Kính gửi:", *listed(self.addressees)) if self.addressees else ()

    @property
    def base_lines(self):
        """The legal bases: ";" after each, a full stop after the last."""
        return listed(self.bases, mark="")

    @property
    def recipient_lines(self):
        """Nơi nhận: "- Như trên;" first when there is a Kính gửi, "- Lưu: VT." last."""
        names = list(self.recipients)
        if not names:
            return ()
        plain = [re.sub(r"^[-–•]\s*", "", name).lower() for name in names]
        if self.addressees and not plain[0].startswith("như trên"):
            names.insert(0, "Như trên")
        if not any(name.startswith("lưu") for name in plain):
            names.append("Lưu: VT")
        return listed(names)

    @property
    def check_words(self):
        """What stands under the QR code."""
        return "Quét mã để kiểm tra văn bản" if self.check_url else ""

    def annex_label(self, place):
        """ "Phụ lục", or "Phụ lục II" when there are several; `place` from 0."""
        return f"Phụ lục {roman(place + 1)}" if len(self.annexes) > 1 else "Phụ lục"

    def annex_note(self, annex):
        """The note under an annex: its own, or "(Kèm theo Báo cáo số 05/BC-UBND ngày 09 tháng 5 năm 2024 của …)"."""
        if annex.note:
            return annex.note if annex.note.startswith("(") else f"({annex.note})"
        kind = self.kind.capitalize() if self.kind else "Công văn"
        of = f" của {self.issuer.plain}" if self.issuer.plain else ""
        return f"(Kèm theo {kind} số {self.number or BLANK * 5}/{self.notation} {day_text(self.day, self.year)}{of})"

    @property
    def file_title(self):
        """The title in the file's properties: kind and number only, never the subject (it may name a child)."""
        kind = self.kind.capitalize() if self.kind else "Công văn"
        return f"{kind} {self.number}/{self.notation}" if self.number else f"{kind} {self.notation}".strip()


def paragraphs(text):
    """What an officer typed as blocks: a paragraph a line; neighbouring lines that begin with a dash are one list."""
    blocks, dashes = [], []
    for line in (*lines_of(text), None):
        if line and re.match(r"[-–•]\s", line):
            dashes.append(line)
            continue
        if dashes:
            blocks.append(Bullets(dashes))
            dashes = []
        if line:
            blocks.append(Paragraph(line))
    return blocks


def above_signatures(blocks, at):
    """True for what goes along when the signatures go to the next page: the last block, and the one before a copy line."""
    after = blocks[at + 1 : at + 3]
    if after and isinstance(after[0], Signatures):
        return True
    return len(after) == 2 and is_copy_line(after[0]) and isinstance(after[1], Signatures)


def is_copy_line(block):
    """Who printed it and when: words in italics that are no text of the document."""
    return isinstance(block, Paragraph) and block.italic
