"""Xã, phường phù hợp với trẻ em: of each commune the last decision and the points of the last council up to the cut-off."""

from django.db.models import OuterRef, Subquery, Sum

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


POINTS = "PH-02"
SCORED = "PH-02 scored"
NOT_SCORED = "Chưa có bản tự chấm nào được hội đồng của xã, phường họp thông qua."
OF_COMMUNES = "Chỉ tính cho từng xã, phường; mở từng xã, phường để xem điểm."


def count(cells, scope):
    """Recognised and judged communes, and the points of each self-scoring that a council passed; one question.

    Points are of the last council up to the cut-off; nobody reads their sum over communes.
    """
    judged, passed = {}, {}
    rows = Evaluation.objects.filter(scope.inside("unit")).exclude(state=Evaluation.State.SCORING)
    rows = rows.values_list("unit_id", "state", "decided_on", "held_on", "pk").annotate(points=Sum("scores__points"))
    for unit, state, decided_on, held_on, pk, points in rows.order_by():
        if state in DECIDED and decided_on <= scope.window.cutoff:
            judged[unit] = max(judged.get(unit, (decided_on, pk, state)), (decided_on, pk, state))
        if held_on and held_on <= scope.window.cutoff:
            passed[unit] = max(passed.get(unit, (held_on, pk, points)), (held_on, pk, points))
    for unit, (_, _, state) in judged.items():
        units = scope.in_its_time(unit)
        cells.add((JUDGED, ""), units)
        if state == Evaluation.State.RECOGNISED:
            cells.add((PASSED, ""), units)
    for unit, (_, _, points) in passed.items():
        units = scope.in_its_time(unit)
        cells.add((SCORED, ""), units)
        cells.add((POINTS, ""), units, points or 0)
