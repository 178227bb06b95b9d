"""Looks into a PDF: words with their places in millimetres, rules, the text as it was written."""

import io
import unicodedata

import pdfplumber

MM = 72 / 25.4


def pages(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [Page(page) for page in pdf.pages]


class Page:
    def __init__(self, page):
        self.wide, self.high = float(page.width) / MM, float(page.height) / MM
        self.chars = page.chars
        self.words = page.extract_words(keep_blank_chars=True, extra_attrs=["fontname", "size"], x_tolerance=2)
        self.rects = [(r["x0"] / MM, r["top"] / MM, r["width"] / MM, r["height"] / MM) for r in page.rects]
        self.text = unicodedata.normalize("NFC", page.extract_text() or "")

    @property
    def rules(self):
        """(left, top, length) of the thin horizontal bars."""
        return [(left, top, wide) for left, top, wide, high in self.rects if high < 0.5 and wide > 5]

    def find(self, text):
        """The first piece of a line that contains the text."""
        found = [word for word in self.words if text in unicodedata.normalize("NFC", word["text"])]
        assert found, f"{text!r} is not on the page"
        return Piece(found[0])

    def shows(self, text):
        return text in self.text

    @property
    def number(self):
        """The page number in the top margin, or None."""
        words = [word for word in self.words if word["top"] < 18 * MM]
        return words[0]["text"] if words else None

    @property
    def written(self):
        """Every letter in the order of writing, without white space and without what stands in the top margin."""
        text = "".join(char["text"] for char in self.chars if char["top"] > 18 * MM)
        return "".join(unicodedata.normalize("NFC", text).split())


class Piece:
    def __init__(self, word):
        self.left, self.right, self.top, self.bottom = (word[key] / MM for key in ("x0", "x1", "top", "bottom"))
        self.size, self.face = round(word["size"], 1), word["fontname"]
        self.middle, self.length = (self.left + self.right) / 2, self.right - self.left

    @property
    def bold(self):
        return "Bold" in self.face

    @property
    def italic(self):
        return "Italic" in self.face
