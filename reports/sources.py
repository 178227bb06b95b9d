"""Where a typed figure of a report comes from: added up from below or typed here, per regime; the other stands beside it."""

from dataclasses import replace

from childcare.lib.vietnamese import number
from reports import measures, outlines
from reports.kept import Kept
from reports.models import FigureSource
from reports.receiving import TAKING

SUM, OWN = FigureSource.Mode.SUM, FigureSource.Mode.OWN
BY_LEVEL = {"district": SUM, "province": SUM}  # a commune types its figures unless it says otherwise


def modes_of(obligation):
    """Code → where the unit takes the typed figure from, in the reports of this regime; only what somebody decided."""
    rows = FigureSource.objects.filter(unit=obligation.unit, regime__code=obligation.regime.code)
    return dict(rows.filter(regime__every=obligation.regime.every).values_list("indicator__code", "mode"))


def mode_of(obligation, code, modes):
    """The mode that was decided, else the usual one of the level."""
    return modes.get(code) or BY_LEVEL.get(obligation.unit.kind, OWN)


def typed_at(table, unit, code):
    """What the unit itself typed, or None."""
    figure = table.typed.figure(code, unit.pk, "", False, None)
    return Kept.of(figure) if figure is not None and not figure.missing else None


def choose(mode, below, own):
    """The figure of the report with the other in its note; None when nobody has it.

    `below`: Σ of the reports below or None; `own`: what the unit typed or None. Where the chosen one is missing in "cộng từ cấp
    dưới" the typed one stands in; "nhập tại cấp này" waits for the typing.
    """
    if mode == OWN:
        if own is None:
            return Kept(missing=True, note=f"Chưa nhập tại cấp này; cộng từ cấp dưới: {below.text}") if below else None
        return beside(own, "cộng từ cấp dưới", below)
    return beside(below, "nhập tại cấp này", own) if below else own


def beside(chosen, words, other):
    """The chosen figure, its note told of the other one and of the difference."""
    if other is None or chosen.same(other):
        return chosen
    step = f"; chênh lệch {number(abs(chosen.numerator - other.numerator))}" if comparable(chosen, other) else ""
    return replace(chosen, note="; ".join(part for part in (chosen.note, f"{words}: {other.text}{step}") if part))


def comparable(one, other):
    return one.numerator is not None and other.numerator is not None and one.numerator != other.numerator


def applied(obligation, table, found, whole, codes):
    """Code → figure of every typed figure of the report. `found`: Σ of accepted reports, `whole`: what lies below typed."""
    modes, chosen = modes_of(obligation), {}
    for code in (code for code in codes if not measures.is_measured(code)):
        own = typed_at(table, obligation.unit, code)
        below = found.get(code) or (whole(code) if own is None and whole(code).known else None)
        figure = choose(mode_of(obligation, code, modes), below, own)
        if figure is not None:
            chosen[code] = figure
    return chosen


def has_typed(obligation):
    """True when a level that has others below tells typed figures in the report."""
    codes = outlines.codes(outlines.form_of(obligation.regime))
    return obligation.unit.kind in TAKING and any(not measures.is_measured(code) for code in codes)


def rows(obligation, codes, names):
    """What the page asks: each typed figure of the outline with its mode."""
    modes = modes_of(obligation)
    typed = [code for code in codes if not measures.is_measured(code) and code in names]
    return [{"code": code, "name": names[code], "mode": mode_of(obligation, code, modes)} for code in typed]
