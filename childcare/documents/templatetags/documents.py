"""Text for the PDF: escaped, with signs drawn that no Times face has."""

import re
import unicodedata
from functools import cache

import segno
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from fontTools.ttLib import TTFont

from childcare.documents.fetcher import FOLDER

register = template.Library()
SIGNS = {"☐": "box", "□": "box", "☑": "box tick", "☒": "box cross", "✓": "tick", "✔": "tick"}
SPLIT = re.compile("([" + "".join(SIGNS) + "])")


@cache
def letters():
    """Every letter that the faces have."""
    with TTFont(FOLDER / "fonts" / "Tinos-Regular.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def in_face(text):
    """The text in letters of the face: others as their plain form (full-width A → A), else as an empty box."""
    if letters().issuperset(text):
        return text
    known = letters() | set(SIGNS)
    plain = "".join(letter if letter in known else unicodedata.normalize("NFKC", letter) for letter in text)
    return "".join(letter if letter in known else "☐" for letter in plain)


@register.filter
def drawn(text):
    """The text escaped, ☐ ☑ ✓ drawn by CSS, lines broken where it says so."""
    lines = [_line(in_face(line)) for line in str(text).split("\n")]
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


@register.filter
def qr(address):
    """The address as a QR code in lines; its size is given by the style."""
    return SafeString(segno.make(address, error="m").svg_inline(border=0, omitsize=True))


def _line(text):
    if not SPLIT.search(text):
        return text
    parts = ((format_html('<i class="sign {}"></i>', SIGNS[part]) if part in SIGNS else part,) for part in SPLIT.split(text))
    return format_html_join("", "{}", parts)
