"""The targets of a plan over units, measured and judged: the page of a plan, the board of a district. No HTTP here."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Assignment, Target
from reports import judging, measures, standing
from reports.measures.reduction import against_base, counted_breakdown, counted_code

TONES = {"met": "done", "missed": "late", "behind": "soon", "none": ""}


@dataclass(frozen=True)
class Cell:
    """One target in one unit: the figure now and a year earlier, the verdict, the list behind the figure ("" = none)."""

    unit: object
    target: Target
    now: measures.Figure
    earlier: measures.Figure
    verdict: judging.Verdict
    url: str

    @property
    def tone(self):
        """The tone of the word; a target of "none at all" is judged neutral, so it is never red."""
        return TONES[self.verdict.state]

    @property
    def why(self):
        """The sentence of the verdict, and what there is to know about the figure, said once."""
        note = self.now.note
        return self.verdict.sentence if not note or note in self.verdict.sentence else f"{self.verdict.sentence} {note}"

    @property
    def full_share(self):
        """How far the target is reached, 0 to 100 for a bar; None without one."""
        share = self.verdict.share
        return None if share is None else max(0, min(100, round(float(share) * 100)))


@dataclass(frozen=True)
class TargetTable:
    """Targets × units at the end of a window."""

    units: list
    window: measures.Window
    rows: list  # (target, [Cell of each unit])

    @property
    def measured_rows(self):
        """The targets that have a number to compare: what a table over many units shows."""
        return [(target, cells) for target, cells in self.rows if not target.qualitative]


def figure_url(figure, unit, window, breakdown=""):
    """The address of the list behind a figure; "" where there is nothing to open."""
    if figure.missing or figure.masked or figure.origin != "live" or figure.numerator is None:
        return ""
    query = {"unit": unit.public_id, "from": window.data_from, "to": window.cutoff}
    if breakdown:
        query["breakdown"] = breakdown
    return f"{reverse('figure-rows', args=[figure.code])}?{urlencode(query)}"


class _Counts:
    """Figures of the units in both windows; one counting for each set of kinds of help that targets name."""

    def __init__(self, units, window, officer):
        self.units, self.windows, self.officer = units, (window, measures.year_earlier(window)), officer
        self.tables = {}

    def figures(self, target, unit):
        """(now, a year earlier) of the target's indicator in the unit, with the multiplier of the target."""
        kinds = tuple(target.counted_kinds)
        if kinds not in self.tables:
            today = self.windows[0].cutoff
            found = [standing.counted(self.units, when, kinds, boundaries=today) for when in self.windows]
            self.tables[kinds] = [measures.masked(one.table, self.officer) for one in found]
        code, breakdown = counted_code(target), counted_breakdown(target, unit)
        figures = [table.figure(code, unit, breakdown) for table in self.tables[kinds]]
        return [against_base(target, figure).times(target.multiplier) for figure in figures]


def target_table(plan, units, window, officer):
    """Every target of the plan in each of the units, as the officer may see it.

    A unit that was given its own value is judged by it. The number of queries does not depend on how many targets and
    units there are.
    """
    counts = _Counts(list(units), window, officer)
    targets = list(plan.targets.select_related("indicator", "task", "plan"))
    given = given_to(targets, units)
    rows = [
        (target, [_cell(given[target.pk].get(unit.pk, target), unit, counts, window) for unit in units]) for target in targets
    ]
    return TargetTable(list(units), window, rows)


def target_cells(target, units, window, officer):
    """One target in each of the units, as the officer may see it."""
    counts, given = _Counts(list(units), window, officer), given_to([target], units)[target.pk]
    return [_cell(given.get(unit.pk, target), unit, counts, window) for unit in units]


def given_to(targets, units):
    """{key of a target: {key of a unit: the target as it holds there}}: the value given, the state that the unit told."""
    given = defaultdict(dict)
    handed_down = Target.objects.filter(assigned_from__in=targets, plan__unit__in=units).select_related(
        "indicator", "plan", "task"
    )
    for target in handed_down.select_related("indicator", "plan", "task"):
        given[target.assigned_from_id][target.plan.unit_id] = target
    by_key = {target.pk: target for target in targets}
    for row in Assignment.objects.open().filter(target__in=targets, unit__in=units):
        own = copy(given[row.target_id].get(row.unit_id) or by_key[row.target_id])
        own.value = row.value
        given[row.target_id][row.unit_id] = own
    return given


def _cell(target, unit, counts, window):
    now, earlier = counts.figures(target, unit)
    verdict = judging.judge(target, now, earlier, window.cutoff)
    return Cell(unit, target, now, earlier, verdict, figure_url(now, unit, window, counted_breakdown(target, unit)))
