"""The one place of counting.

    window = measures.Window(data_from, cutoff, known_at=None)      # or Window.of(obligation)
    table = measures.count(units=[district], window=window, by=("sex", "age", "group"))
    table.figure("HC-04", ward)                     # any unit at or below those asked for: one count answers for all of them
    table.figure("HC-01", ward, "group=N04&sex=f")  # -> Figure: numerator, denominator, value, missing, note, text, counts
    measures.rows("HC-01", ward, window, "group=N04")   # exactly the rows behind the number
    measures.openable(officer, "HC-01", ward, window)   # the same, or None for somebody who may not see every one of them
    measures.masked(table, officer).figure(…)           # for a screen: small sensitive numbers masked

Breakdowns are made for what `by` names: "sex" → sex=m, sex=f · "age" → age=0-5, age=6-10, age=11-15 · "minority" → minority ·
"poor" → poor, near · "group" → group=N04, group=N04.2, group=L00 (all local), group=R12 (HC-05); after a group one more may
follow: group=N04&sex=f · "reason" → HC-32 flow=in&reason=new|moved, flow=out&reason=died|sixteen|moved|resolved · "form",
"cause", "setting" → form=sexual, cause=drowning, setting=family of incidents, also followed by sex or age. Always there:
unit=<pk>, HC-32 flow=start|in|out|end (HC-32 itself = flow=in), XH-05 part=abused|risk, TR-02 sum=children|adults|gifts….

The number of statements does not depend on how many units, codes and cells are asked for.
"""

from childcare.children.models import CircumstanceKind
from reports.measures.behind import Behind, openable, rows
from reports.measures.catalogue import LAW_GROUPS, MEASURED, SENSITIVE, is_measured
from reports.measures.figure import Figure
from reports.measures.figures import Table
from reports.measures.masking import masked
from reports.measures.window import Window, year_earlier

__all__ = [
    "Behind",
    "MEASURED", "SENSITIVE", "Figure", "Table", "Window", "count", "is_measured", "law_groups", "masked", "openable", "rows",
    "year_earlier",
]  # fmt: skip


def count(units, window, codes=None, by=(), counted_kinds=None, boundaries=None):
    """Count everything for the units and all units below them. `counted_kinds` (codes of supports) narrows what counts as help.

    `codes` says what the caller will ask for; every figure can be asked of the table. `boundaries`: the day whose units are
    asked about, when they are later than the window: what was one ward then counts where its children are now.
    """
    return Table(list(units), window, by, counted_kinds or None, boundaries=boundaries)


def law_groups():
    """The fourteen groups of the law in order."""
    return list(CircumstanceKind.objects.filter(code__in=LAW_GROUPS).order_by("position"))
