"""Figures typed by hand: of other sectors, of paper, of the time before a unit began with the system."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Min

from childcare.children.models import Enrolment, Residence
from reports.measures.figure import Figure
from reports.models import ManualFigure

BEFORE = (ManualFigure.Origin.OLD, ManualFigure.Origin.PAPER)


class Typed:
    """Figures typed for exactly the window and the same window a year earlier, of every unit of the scope.

    `schools()` gives the keys of the schools of the scope; asked only when figures of an earlier time were typed.
    """

    def __init__(self, scope, window, earlier, schools):
        self.scope, self.window, self.earlier, self.schools = scope, window, earlier, schools
        windows = [(self.window.data_from, self.window.cutoff), (self.earlier.data_from, self.earlier.cutoff)]
        found = ManualFigure.objects.valid().filter(self.scope.inside("unit"))
        found = found.filter(data_from__in=[first for first, _ in windows], cutoff__in=[last for _, last in windows])
        self.rows = defaultdict(list)
        for row in found.select_related("indicator").order_by("pk"):
            if (row.data_from, row.cutoff) in windows:
                late = (row.data_from, row.cutoff) == windows[1]
                self.rows[row.indicator.code, row.breakdown, row.unit_id, late].append(row)
        self._first = {}
        if any(row.origin in BEFORE for rows in self.rows.values() for row in rows):
            seen = Residence.objects.filter(self.scope.inside("unit")).values_list("unit_id").annotate(Min("recorded_at"))
            for unit, moment in seen.order_by():
                for above in {unit, *self.scope.above(unit)}:
                    self._first[above] = min(moment, self._first.get(above, moment))
            schools = self.schools()
            taught = Enrolment.objects.filter(unit__in=schools).values_list("unit_id").annotate(Min("recorded_at"))
            self._first.update(taught.order_by() if schools else ())

    def figure(self, code, unit, breakdown, late, measure):
        """The typed figure that answers, or None. Of the time before the unit began with the system, or of another sector."""
        rows = self.rows.get((code, breakdown, unit, late), ())
        cutoff = (self.earlier if late else self.window).cutoff
        for row in sorted(rows, key=lambda row: row.origin != ManualFigure.Origin.SECTOR):
            before = row.origin in BEFORE and (measure is None or self._before(unit, cutoff))
            sector = row.origin == ManualFigure.Origin.SECTOR and (measure is None or measure.official)
            if before or sector:
                return self._from_row(row, measure)
        return self._of_parts(code, unit, breakdown, late, measure)

    def _of_parts(self, code, unit, breakdown, late, measure):
        """What was typed for the communes that made up the unit later, added up, when each of them has it."""
        parts = self.scope.made_of(unit, self.earlier.cutoff if late else None)
        typed = [self.figure(code, part, breakdown, late, measure) for part in parts]
        if not typed or any(figure is None or figure.numerator is None for figure in typed):
            return None
        below = [figure.denominator for figure in typed]
        return replace(
            typed[0], numerator=sum(figure.numerator for figure in typed), denominator=None if None in below else sum(below)
        )

    def _before(self, unit, cutoff):
        """True when the window closed before the first residence of the unit was recorded."""
        first = self._first.get(unit)
        return first is None or cutoff < first.date()

    def _from_row(self, row, measure):
        source = f"{row.get_origin_display()}: {row.source}" + (f" ({row.source_date:%d/%m/%Y})" if row.source_date else "")
        multiplier = measure.multiplier if measure else row.indicator.multiplier
        if row.numerator is None:
            return Figure(row.indicator.code, None, None, multiplier, False, source, row.origin, percentage=row.percentage)
        return Figure(row.indicator.code, row.numerator, row.denominator, multiplier, False, source, row.origin)
