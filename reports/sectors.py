"""PL7: figures of other sectors typed for the unit in exactly the window of the report, with source, day and who typed them."""

from childcare.lib.calendar import show
from reports.kept import Kept
from reports.measures.catalogue import is_measured
from reports.measures.window import year_earlier
from reports.models import ManualFigure


def table(unit, window):
    """Rows for the draft: name, code, [value, source, day of the source, who typed it], the value a year earlier."""
    before = {row.indicator.code: kept(row).text for row in _typed(unit, year_earlier(window))}
    rows = [
        {
            "name": row.indicator.name, "code": row.indicator.code, "earlier": before.get(row.indicator.code),
            "values": [kept(row).text, row.source, show(row.source_date) if row.source_date else "",
                       row.entered_by.full_name if row.entered_by else ""],
        }
        for row in _typed(unit, window)
    ]  # fmt: skip
    return {"rows": rows, "notes": []}


def _typed(unit, window):
    found = ManualFigure.objects.valid().filter(
        unit=unit, data_from=window.data_from, cutoff=window.cutoff, breakdown="", origin=ManualFigure.Origin.SECTOR
    )
    found = found.select_related("indicator", "entered_by").order_by("indicator__position", "pk")
    return [row for row in found if not is_measured(row.indicator.code)]


def kept(row):
    """A typed figure as a report prints it."""
    return Kept(row.numerator, row.denominator, row.indicator.multiplier, False, row.percentage)
