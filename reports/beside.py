"""Theo báo cáo beside theo sổ hôm nay: for the whole and for each part, figure by figure. No HTTP here."""

from dataclasses import dataclass

from childcare.indicators.models import Indicator
from reports import consolidation, measures, outlines
from reports.kept import Kept

MASK = "***"


@dataclass(frozen=True)
class Cell:
    """A figure as a report told it and as the register gives it to the officer who looks; `open`: its causes may be asked."""

    told: str
    counted: str
    differs: bool
    open: bool = False


def comparison(obligation, officer):
    """The parts, and a row for each figure of the outline; small sensitive numbers of the register are masked on the screen."""
    parts, codes = consolidation.parts_of(obligation), outlines.codes(outlines.form_of(obligation.regime))
    now, _, _, table = consolidation.figures_of(obligation, parts, list(codes), list(codes))
    table = measures.masked(table, officer)
    names = dict(Indicator.objects.order_by("position").values_list("code", "name"))
    rows = []
    for code in codes:
        told, cells = now(code), [cell_of(code, part, table) for part in parts]
        whole = cell(code, told, table.figure(code, obligation.unit))
        if told.known or whole.counted != consolidation.DASH:
            name, pairs = consolidation.title(code, names), list(zip(parts, cells, strict=True))
            rows.append({"code": code, "name": name, "whole": whole, "note": told.note, "pairs": pairs})
    return {"parts": parts, "rows": rows, "notes": consolidation.notes(parts)}


def cell_of(code, part, table):
    """The cell of a part; without an accepted report only the register speaks."""
    unit = part.obligation.unit
    if not part.accepted:
        return cell(code, Kept(), table.figure(code, unit), compare=False)
    return cell(code, part.figures(code), table.figure(code, unit), own=not part.submission.on_behalf)


def cell(code, told, figure, own=False, compare=True):
    """One pair. What is masked is never called different: the difference would tell the number."""
    if figure.masked:
        return Cell(consolidation.short(code, told), MASK, False)
    counted = Kept.of(figure)
    differs = compare and not told.same(counted)
    return Cell(consolidation.short(code, told), consolidation.short(code, counted), differs, differs and own and told.known)
