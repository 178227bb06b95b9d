"""A figure: a count or a rate with where it came from, or the reason why there is none."""

from dataclasses import dataclass, replace
from decimal import Decimal

from childcare.lib.vietnamese import number
from reports.measures.catalogue import MEASURED

SIGNS = {100: "%", 1000: "‰"}


@dataclass(frozen=True)
class Figure:
    """One figure. `missing` = nobody counted, which differs from zero.

    `percentage`: typed by hand without its parts; shown, never summed. `units_with` of `units_total` lower units have it.
    `origin`: "live" (counted from the registry), "sector", "old_report", "paper". `handled`: "1/1" of
    the abused children, those for whom an intervention began.
    """

    code: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    multiplier: int = 1
    missing: bool = False
    note: str = ""
    origin: str = "live"
    units_with: int = 1
    units_total: int = 1
    percentage: Decimal | None = None
    masked: bool = False
    handled: str = ""

    @property
    def value(self):
        """The rate times its multiplier, or the count; None when missing, masked or without events."""
        if self.missing or self.masked:
            return None
        if self.percentage is not None:
            return self.percentage
        if self.denominator is None:
            return None if self.numerator is None else Decimal(self.numerator)
        return Decimal(self.numerator) * self.multiplier / Decimal(self.denominator) if self.denominator else None

    @property
    def is_rate(self):
        return self.percentage is not None or self.denominator is not None

    @property
    def text(self):
        """ "31", "96,8%", "0,012%", "dưới 5", "chưa có số liệu"; a rate without a single case: "không phát sinh"."""
        if self.missing:
            return "chưa có số liệu"
        if self.masked:
            return "***"
        if not self.is_rate:
            return number(self.numerator)
        if self.value is None:
            return "không phát sinh"
        decimals = 3 if 0 < abs(self.value) < Decimal("0.1") else 1
        return number(self.value, decimals) + SIGNS.get(self.multiplier, "")

    @property
    def counts(self):
        """ "30/31" beside a rate, "" otherwise."""
        if self.missing or self.masked or self.denominator is None:
            return ""
        return f"{number(self.numerator)}/{number(self.denominator)}"

    @property
    def full(self):
        """ "96,8% (30/31)"."""
        return f"{self.text} ({self.counts})" if self.counts else self.text

    def times(self, multiplier):
        """The same figure per another number: per 10.000 instead of per 100.000."""
        return replace(self, multiplier=multiplier) if multiplier and self.is_rate else self


def gap(code, note, **more):
    """A missing figure with the reason."""
    measure = MEASURED.get(code)
    return Figure(code, missing=True, note=note, multiplier=measure.multiplier if measure else 1, **more)


def summable(figure, measure, others):
    """A figure that may be added: its numerator, and for a rate its denominator, are known."""
    if figure.missing or figure.numerator is None:
        return False
    rated = bool(measure.denominator) or (not measure.numerator and any(other.denominator is not None for other in others))
    return figure.denominator is not None or not rated


def origin_of(figures):
    """The one origin that all have, else "live"."""
    found = {figure.origin for figure in figures}
    return found.pop() if len(found) == 1 else "live"
