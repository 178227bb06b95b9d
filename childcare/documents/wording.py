"""How administrative documents write days, lists, Roman numbers and long titles."""

import re

from childcare.lib.vietnamese import clean_text

END = "./."
BLANK = "\u00a0"  # room left for the pen: white space that no renderer collapses
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(value):
    """A small number as the annexes are counted: 4 → "IV"."""
    text = ""
    for worth, letters in ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def lines_of(text):
    """The cleaned lines of a text (NFC, one space between words), empty ones left out."""
    return tuple(line for line in map(clean_text, str(text or "").split("\n")) if line)


def listed(items, mark="- "):
    """One item a line: "- Như trên;" … and a full stop after the last."""
    bare = [re.sub(r"^[-–•]\s*", "", clean_text(item)).rstrip(" ;,.") for item in items]
    bare = [item for item in bare if item]
    return tuple(f"{mark}{item}{';' if place < len(bare) else '.'}" for place, item in enumerate(bare, 1))


def month_text(month):
    """A month as documents write it: a leading 0 for 1 and 2."""
    return f"{month:02d}" if month < 3 else str(month)


def day_text(day, year=None, month=None):
    """ "ngày 09 tháng 5 năm 2024": a leading 0 for days below 10 and the months 1 and 2; without a day room for the pen."""
    if day is None:
        return f"ngày{BLANK * 4}tháng{f' {month_text(month)} ' if month else BLANK * 4}năm {year or BLANK * 6}"
    return f"ngày {day.day:02d} tháng {month_text(day.month)} năm {day.year}"


def balanced(text, limit):
    """The text in lines of much the same length, none much longer than the limit: no last word stands alone."""
    count = -(-len(text) // limit)
    words, lines = text.split(" "), []
    while words and count > 1:
        share = len(" ".join(words)) / count
        best = min(range(1, len(words) + 1), key=lambda take: abs(len(" ".join(words[:take])) - share))
        lines.append(" ".join(words[:best]))
        words, count = words[best:], count - 1
    return (*lines, " ".join(words)) if words else tuple(lines)
