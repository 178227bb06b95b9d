"""What the pages of xã, phường phù hợp với trẻ em show beside the points: figures, proposals, the table of a district."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from plans import friendly
from plans.actions.friendly import criteria_of, result_of
from plans.models import Evaluation
from reports import measures, windows
from reports.measures import Window
from reports.target_table import figure_url

TONES = {"scoring": "soon", "council": "soon", "submitted": "now", "recognised": "done", "refused": "late"}


@dataclass(frozen=True)
class Said:
    """What the system counted for a part: in words, with the list behind it, and the points that it proposes."""

    code: str
    name: str
    text: str
    note: str
    url: str
    points: Decimal | None
    words: str

    @property
    def said(self):
        """ "HC-04: 96,8% (30/31)"."""
        return f"{self.code}: {self.text}"


def window_of(evaluation):
    """The days of the evaluation's year: those of the annual report, up to today."""
    unit, year = evaluation.unit, evaluation.year
    day = unit.as_of(today())
    found = windows.annual(unit, year) or Window(
        day.replace(year=year, month=1, day=1), day.replace(year=year, month=12, day=31)
    )
    return Window(found.data_from, max(found.data_from, min(found.cutoff, day)))


def figures_of(evaluation, officer, lines):
    """(part key → Said, criterion number → [Said]) as the officer may see them; one counting for the page."""
    window = window_of(evaluation)
    table = measures.masked(measures.count([evaluation.unit], window), officer)
    names = dict(Indicator.objects.order_by("pk").values_list("code", "name"))
    parts, whole = {}, {}
    for line in lines:
        for part, _ in line.parts:
            if part.indicator:
                parts[part.pk] = _said(table, names, part.indicator, evaluation.unit, window, part)
        codes = [code for code in line.criterion.indicators if not any(part.indicator == code for part, _ in line.parts)]
        whole[line.criterion.number] = [_said(table, names, code, evaluation.unit, window) for code in codes]
    return parts, whole


def _said(table, names, code, unit, window, part=None):
    figure = table.figure(code, unit)
    points, words = friendly.proposal(part, figure) if part else (None, "")
    return Said(code, names.get(code, code), figure.full, figure.note, figure_url(figure, unit, window), points, words)


@dataclass(frozen=True)
class Row:
    """A commune in the table of a year."""

    unit: Unit
    evaluation: Evaluation | None
    word: str
    tone: str
    total: str
    result: object


def table_of(officer, unit, year):
    """The communes below the unit with what they submitted for the year; what is still being scored there is not told."""
    day = unit.as_of(min(today(), date(year, 12, 31)))
    communes = Unit.objects.under(unit, on=day).communes().order_by("code")
    found = Evaluation.objects.visible_to(officer).filter(unit__path__startswith=unit.path, year=year)
    rows = {row.unit_id: row for row in found.select_related("unit", "standard", "threshold").prefetch_related("scores")}
    kept = {}
    return [_row(commune, rows.get(commune.pk), kept) for commune in communes]


def _row(unit, evaluation, kept):
    if evaluation is None:
        return Row(unit, None, "Chưa trình", "", "", None)
    result = result_from(evaluation, kept)
    return Row(unit, evaluation, evaluation.get_state_display(), TONES[evaluation.state], number(result.total), result)


def result_from(evaluation, kept):
    """The result of an evaluation whose scores are read already; the criteria of a standard are read once for all rows."""
    if evaluation.standard_id not in kept:
        kept[evaluation.standard_id] = criteria_of(evaluation.standard)
    return result_of(evaluation, kept[evaluation.standard_id])
