"""Everything that Tổng hợp shows of a unit, gathered once; pages show parts of it, the paper all of it. No HTTP here."""

from dataclasses import dataclass
from functools import cached_property

from childcare.lib.vietnamese import name_key
from childcare.units.models import Unit
from plans.models import Plan
from reports import boards, measures
from reports.measures.tables import natural
from reports.summary import groups, maps
from reports.summary.heat import heat
from reports.summary.trends import CODES, Trends
from reports.target_table import target_table

START = "HC-01"


@dataclass
class Board:
    """The board of a unit as an officer may see it on a day. `asked`: the period as "regime:period", `code`: the indicator of
    the trend and the map."""

    unit: object
    officer: object
    day: object
    asked: str = ""
    code: str = START

    def __post_init__(self):
        self.code = self.code if self.code in CODES else START

    @cached_property
    def figures(self):
        """The `Standing` figures of the running year."""
        return boards.counted(self.unit, self.day)

    @property
    def window(self):
        return self.figures.table.window

    @cached_property
    def seen(self):
        """The same as the officer may see them."""
        return measures.masked(self.figures.table, self.officer)

    @cached_property
    def owed(self):
        """Periods for which lower units owe reports."""
        return boards.periods_owed_to(self.unit)

    @cached_property
    def chosen(self):
        """(regime, period, last day, name) asked for, else the nearest; None without any."""
        found = (row for row in self.owed if f"{row[0]}:{row[1]}" == self.asked)
        return next(found, boards.nearest(self.owed, self.day))

    @cached_property
    def submissions(self):
        """(rows, counts) of the chosen period."""
        return boards.reporting(self.unit, *self.chosen[:2], self.day) if self.chosen else ([], {})

    @cached_property
    def plans(self):
        """(plan, heat table) of the year's plans over the units below."""
        below = boards.units_below(self.unit, self.day)
        found = Plan.objects.visible_to(self.officer).filter(unit=self.unit).of_year(self.day.year).order_by("pk")
        return [(plan, heat(target_table(plan, [*below, self.unit], self.window, self.officer))) for plan in found]

    @cached_property
    def groups(self):
        return groups.rows(self.seen, self.unit)

    @cached_property
    def trends(self):
        return Trends(self.unit, self.officer, self.day)

    @cached_property
    def parts(self):
        """What the map shows: the units next below, in a commune its hamlets."""
        kinds = ("hamlet",) if self.unit.kind == "commune" else ("commune", "district")
        found = Unit.objects.on(self.window.cutoff).filter(parent=self.unit, kind__in=kinds)
        return sorted(found, key=lambda part: (name_key(natural(part)[1]), natural(part)[2]))

    @cached_property
    def tiles(self):
        return maps.tiles(self.code, self.unit, self.parts, self.seen)

    @property
    def how_laid(self):
        return maps.LAID if maps.laid(self.unit, self.parts) else maps.ORDERED
