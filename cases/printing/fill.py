"""What is known filled in, dotted lines for what is not: measured, so that the dots end at the margin in PDF and DOCX."""

from childcare.documents.docx import text_width
from childcare.documents.structure import Column, Paragraph, Table, paragraphs
from childcare.lib.calendar import TZ
from childcare.lib.vietnamese import capital, clean_text

WIDE, LANDSCAPE, INDENT = 160, 247, 10  # millimetres between the margins, on its side, before the first line
FIRST = WIDE - INDENT
BOX, TICKED = "☐", "☒"


def dots(wide, size=14):
    """A line of dots `wide` millimetres long, a little less so that it never breaks."""
    return "." * max(3, int(wide / text_width(".", size, "Regular")) - 2)


def _width(text):
    return text_width(text, 14, "Regular")


def field(label, value="", rows=1):
    """ "Label: value" as paragraphs of their own, or the label with `rows` dotted lines for the pen."""
    label = f"{label}: " if label else ""
    told = paragraphs(value)
    if not told:  # each dotted line is a paragraph: no line may break before a full stop (UAX 14), so dots never wrap
        lines = [Paragraph(dots(FIRST))] * rows
        if _width(label) > FIRST - 30:
            return [Paragraph(label.strip()), *lines]
        return [Paragraph(f"{label}{dots(FIRST - _width(label))}", align="left"), *lines[1:]]
    if not isinstance(told[0], Paragraph):
        return [Paragraph(label.strip()), *told] if label else told
    return [Paragraph(f"{label}{told[0].text}"), *told[1:]]


def said(text):
    """A paragraph of a decision; one with room for the pen is not stretched to the margin."""
    return Paragraph(text, align="left" if "......" in text else "justify")


def _rest(text):
    """Dots for what is left of the line on which the text ends."""
    return dots(max(15, FIRST - _width(text)))


def line(*items):
    """Several short fields on one line: (label, value, millimetres of dots); the last dots run to the margin."""
    text = ""
    for at, (label, value, wide) in enumerate(items):
        value = clean_text(str(value or ""))
        text += f"{'; ' if text and items[at - 1][1] else ' ' if text else ''}{label}: "
        text += value or (_rest(text) if at == len(items) - 1 else dots(wide))
    return Paragraph(text)


def boxes(label, choices, chosen):
    """ "Label: ☒ Nam ☐ Nữ"."""
    words = "; ".join(f"{TICKED if key == chosen else BOX} {word}" for key, word in choices)
    return Paragraph(f"{label}: {words}" if label else words)


def day(value, year=None):
    """ "ngày 02 tháng 5 năm 2024", or room for the pen."""
    if value is None:
        return f"ngày ....... tháng ....... năm {year or '...........'}"
    month = f"{value.month:02d}" if value.month < 3 else value.month
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def moment(at):
    """ "00 giờ 05 phút, ngày 02 tháng 5 năm 2024", in Vietnam."""
    if at is None:
        return f"....... giờ ....... phút, {day(None)}"
    at = at.astimezone(TZ)
    return f"{at:%H} giờ {at:%M} phút, {day(at.date())}"


def table(columns, rows, *, blank=3, total_rows=frozenset(), wide=WIDE):
    """A table of (title, share, alignment) columns; without rows `blank` empty ones of two dotted lines to write in."""
    shares = sum(share for _, share, _ in columns)
    size = 13 if len(columns) <= 5 else 12 if len(columns) <= 8 else 11
    empty = [_pen(wide * share / shares - 3, size) for _, share, _ in columns]
    cells = [[value if value not in ("", None) else empty[at] for at, value in enumerate(row)] for row in rows]
    return Table(
        [Column(title, share, align) for title, share, align in columns], cells or [empty] * blank, total_rows=total_rows
    )  # fmt: skip


def _pen(wide, size):
    one = dots(wide, size)
    return f"{one}\n{one}"


def sentence(text):
    """The text with a capital and a full stop."""
    text = clean_text(text).rstrip(" .;,")
    return f"{capital(text)}." if text else ""
