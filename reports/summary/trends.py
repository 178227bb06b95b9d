"""A figure over five years and, from four sure years on, where a straight line through them leads. No HTTP here.

A year is told by the report that was signed for it; else by what was typed from an old report; else it is counted from the
register, which is sure only for years that the register has seen: children who had grown up before are not in it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localtime

from childcare.children.models import Residence
from childcare.children.querysets import in_units
from childcare.indicators.models import Indicator
from childcare.lib import drawing, forecast
from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from reports import measures, standing, windows
from reports.measures.catalogue import MEASURED
from reports.models import SnapshotFigure, Submission
from reports.summary.groups import value

CODES = ("DS-01", "HC-01", "HC-02", "HC-04", "HC-05", "XH-01", "TN-01", "TN-03", "YT-09", "DL-02")
S = Submission.State
SIGNED = (S.SIGNED, S.SENT, S.ACCEPTED)
BY_REPORT, BY_OLD, BY_REGISTER = "theo báo cáo đã ký", "theo báo cáo cũ, số nhập tay", "theo sổ hôm nay"
BEFORE = "theo sổ hôm nay, sổ lập sau năm này nên có thể thiếu"
TOO_FEW = f"Chưa đủ {forecast.LEAST} năm có số liệu chắc chắn nên không ước tính năm tới."


@dataclass(frozen=True)
class Point:
    """A year: the figure, where it comes from, and whether it is sure enough to draw a line through."""

    year: int
    figure: measures.Figure
    source: str
    sure: bool

    @property
    def value(self):
        return value(self.figure)


@dataclass(frozen=True)
class Trend:
    """Five years of an indicator; `ahead` = (year, low, value, high) or None, `method` says how it was made."""

    code: str
    name: str
    points: list
    ahead: tuple | None = None
    method: str = TOO_FEW

    @property
    def ahead_text(self):
        """ "1.842 (từ 1.790 đến 1.894)" or ""."""
        if not self.ahead:
            return ""
        low, middle, high = (self._written(part) for part in self.ahead[1:])
        return f"{middle} (từ {low} đến {high})"

    def _written(self, part):
        rate = next(point.figure for point in self.points if point.sure).is_rate
        return number(round(part, 1), 1) + "%" if rate else number(round(part))

    def picture(self):
        """(SVG, its words)."""
        points = [(str(point.year), point.value, point.figure.text, point.sure) for point in self.points]
        ahead = (f"{self.ahead[0]} ước tính", *self.ahead[1:], self._written(self.ahead[2])) if self.ahead else None
        words = f"{self.name}, {self.points[0].year}–{self.points[-1].year}"
        if ahead:
            words += f"; năm {self.ahead[0]} ước tính theo {self.method}"
        return drawing.years(points, words, ahead), words


class Trends:
    """Trends of one unit as an officer may see them; the years are counted once for all indicators."""

    def __init__(self, unit, officer, on):
        self.unit, self.officer = unit, officer
        self.windows = {year: windows.of_year(unit, year) for year in range(on.year - standing.YEARS, on.year)}
        counted = {year: standing.counted([unit], window, boundaries=on) for year, window in self.windows.items()}
        self.stale = any(one.stale for one in counted.values())
        self.tables = {year: measures.masked(one.table, officer) for year, one in counted.items()}
        self.names = dict(Indicator.objects.filter(code__in=CODES).values_list("code", "name"))

    @cached_property
    def begun(self):
        """The day on which the register of the unit, or of one that it followed, began; None while it is empty."""
        units = [self.unit, *Unit.objects.filter(pk__in=self.unit.former_keys)]
        first = Residence.objects.filter(in_units("unit", units)).order_by("pk").values_list("recorded_at", flat=True).first()
        return localtime(first).date() if first else None

    @cached_property
    def reported(self):
        """(code, year) → what the signed annual report of the unit says."""
        years = {str(year): year for year in self.windows}
        kept = SnapshotFigure.objects.filter(
            snapshot__submission__state__in=SIGNED, snapshot__submission__current=True, snapshot__unit=self.unit,
            snapshot__submission__obligation__in=windows.annual_of(self.unit), snapshot__period__in=years, code__in=CODES,
            breakdown="",
            missing=False, unit=None,
        )  # fmt: skip
        rows = kept.order_by("pk").values_list("code", "snapshot__period", "numerator", "denominator")
        return {(code, years[period]): (top, below) for code, period, top, below in rows}

    def of(self, code):
        """The trend of an indicator."""
        points = [self._point(code, year) for year in self.windows]
        sure = [(point.year, point.value) for point in points if point.sure and point.value is not None]
        line, more = forecast.line(sure), {}
        if line:
            year = points[-1].year + 1
            low, middle, high = line.between(year)
            top = 100 if MEASURED[code].multiplier == 100 else float("inf")
            cut = tuple(min(max(0.0, part), top) for part in (low, middle, high))
            method = f"{forecast.name(line.count)}, khoảng tin cậy {forecast.SURE}"
            more = {"ahead": (year, *cut), "method": method}
        return Trend(code, self.names.get(code, code), points, **more)

    def _point(self, code, year):
        found, measure = self.tables[year].figure(code, self.unit), MEASURED[code]
        if found.masked:
            return Point(year, found, "số nhỏ, không hiển thị", False)
        signed = self.reported.get((code, year))
        if signed:
            told = measures.Figure(code, *signed, multiplier=measure.multiplier)
            if self.tables[year].few(told, self.unit):
                return Point(year, measures.Figure(code, masked=True), "số nhỏ, không hiển thị", False)
            return Point(year, told, BY_REPORT, True)
        if found.missing:
            return Point(year, found, found.note, False)
        if found.origin != "live":
            return Point(year, found, BY_OLD, True)
        sure = self.begun is not None and self.windows[year].cutoff >= self.begun
        return Point(year, found, BY_REGISTER if sure else BEFORE, sure)
