"""A figure as a report keeps it: numerator, denominator, missing or not. What is printed is made from these alone."""

from dataclasses import dataclass
from decimal import Decimal

from childcare.lib.vietnamese import number

NO_FIGURE = "chưa thống kê"
NO_CASE = "không phát sinh"
SIGNS = {100: "%", 1000: "‰"}
FEW = 5  # events under which a change is not told in percent


@dataclass(frozen=True)
class Kept:
    """One figure. `missing` = nobody counted, which differs from zero."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    multiplier: int = 1
    missing: bool = True
    bare: Decimal | None = None  # a percentage typed by hand without its parts: shown, never summed
    note: str = ""

    @property
    def rate(self):
        """The value per 100, 1.000 … or None without a denominator."""
        if self.missing:
            return None
        if self.denominator:
            return Decimal(self.numerator) * self.multiplier / Decimal(self.denominator) if self.numerator is not None else None
        return self.bare

    @property
    def share(self):
        """The rate as it is written: "96,8%", "0,012%"; "" when there is none."""
        if self.rate is None:
            return ""
        sign = SIGNS.get(self.multiplier, f"/{number(self.multiplier)}")
        return number(self.rate, 3 if 0 < self.rate < Decimal("0.1") else 1) + sign

    @property
    def count(self):
        """The numerator as it is written, or "chưa thống kê"."""
        return NO_FIGURE if self.missing or self.numerator is None else number(self.numerator)

    @property
    def text(self):
        """As it stands in a table: "1.842", "30/31 (96,8%)", "chưa thống kê"."""
        if self.missing:
            return NO_FIGURE
        if self.multiplier == 1 and self.bare is None:
            return self.count if self.denominator is None else f"{self.count}/{number(self.denominator)}"
        if self.denominator is not None:
            return f"{self.count}/{number(self.denominator)} ({self.share})" if self.denominator else NO_CASE
        return self.share or self.count

    @property
    def known(self):
        return not self.missing

    @property
    def zero(self):
        """True for a counted zero."""
        return not self.missing and self.numerator == 0

    def as_json(self):
        """Plain values for storing; numbers as text, so that nothing is rounded."""
        row = {"n": plain(self.numerator), "d": plain(self.denominator), "m": self.multiplier, "missing": self.missing}
        return row | {key: value for key, value in (("bare", plain(self.bare)), ("note", self.note)) if value}

    @classmethod
    def from_json(cls, row):
        """The figure that `as_json` wrote."""
        return cls(amount(row["n"]), amount(row["d"]), row["m"], row["missing"], amount(row.get("bare")), row.get("note", ""))

    @classmethod
    def of(cls, figure):
        """A figure of `reports.measures` as kept."""
        bare = None
        if not figure.missing and figure.numerator is None:
            bare = figure.value
        return cls(figure.numerator, figure.denominator, figure.multiplier, figure.missing, bare, figure.note or "")

    def same(self, other):
        """True when both say the same number."""
        mine, theirs = (self.missing, self.numerator, self.denominator), (other.missing, other.numerator, other.denominator)
        return (self.missing and other.missing) or (mine == theirs and self.bare == other.bare)


NOTHING = Kept()


class Figures:
    """Figures by code and breakdown; what is not there is missing."""

    def __init__(self, rows=()):
        self.rows = dict(rows)

    def __call__(self, code, breakdown=""):
        return self.rows.get(key_of(code, breakdown), NOTHING)

    def as_json(self):
        return {key: figure.as_json() for key, figure in sorted(self.rows.items())}

    @classmethod
    def from_json(cls, rows):
        return cls({key: Kept.from_json(row) for key, row in rows.items()})


def key_of(code, breakdown=""):
    """ "HC-01" or "HC-01|group=N04"."""
    return f"{code}|{breakdown}" if breakdown else code


def plain(value):
    """A decimal as short text: "31", "12.5"; None stays None."""
    if value is None:
        return None
    value = Decimal(value)
    return f"{value.normalize():f}" if value else "0"


def amount(text):
    return None if text is None else Decimal(text)


def difference(now, earlier, noun):
    """How a count moved: "tăng 5 trẻ em", "giảm 5 trẻ em, tương đương giảm 13,9%", "bằng"; "" when one side is missing.

    The absolute change and the percentage are told apart in words; a percentage only where the base is not tiny.
    """
    if now.missing or earlier.missing or now.numerator is None or earlier.numerator is None:
        return ""
    step = now.numerator - earlier.numerator
    if not step:
        return "bằng"
    word = "tăng" if step > 0 else "giảm"
    text = f"{word} {number(abs(step))} {noun}"
    if earlier.numerator >= FEW:
        text += f", tương đương {word} {number(abs(step) * 100 / earlier.numerator, 1)}%"
    return text


def total_of(figures):
    """Σ numerator / Σ denominator over the figures that are there, and how many those were: (Kept, have, all).

    A rate is summed only from figures that have both parts; a bare percentage is never summed.
    """
    figures = list(figures)
    rate = any(figure.denominator is not None for figure in figures)
    parts = [f for f in figures if f.known and f.numerator is not None and (f.denominator is not None or not rate)]
    if not parts:
        return NOTHING, 0, len(figures)
    total = Kept(
        numerator=sum(part.numerator for part in parts),
        denominator=sum(part.denominator for part in parts) if rate else None,
        multiplier=parts[0].multiplier,
        missing=False,
    )
    return total, len(parts), len(figures)
