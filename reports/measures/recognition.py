"""Xã, phường phù hợp với trẻ em: of each commune the last decision up to the cut-off."""

from django.db.models import OuterRef, Subquery

from plans.models import Evaluation

PASSED = "PH-01"
JUDGED = "PH-01 judged"
DECIDED = (Evaluation.State.RECOGNISED, Evaluation.State.REFUSED)


def last_decided(scope):
    """The last decided evaluation of every commune of the scope at the cut-off."""
    decided = Evaluation.objects.filter(state__in=DECIDED, decided_on__lte=scope.window.cutoff)
    newest = decided.filter(unit=OuterRef("unit")).order_by("-decided_on", "-pk").values("pk")[:1]
    return decided.filter(scope.inside("unit"), pk=Subquery(newest))


def recognised(scope):
    """Those of them that recognised the commune."""
    return last_decided(scope).filter(state=Evaluation.State.RECOGNISED)


def count_recognised(cells, scope):
    """Recognised and judged communes by unit; one question."""
    for unit, state in last_decided(scope).order_by().values_list("unit_id", "state"):
        units = scope.in_its_time(unit)
        cells.add((JUDGED, ""), units)
        if state == Evaluation.State.RECOGNISED:
            cells.add((PASSED, ""), units)
