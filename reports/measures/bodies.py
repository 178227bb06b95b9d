"""Boards, standing groups and clubs at the end of the cut-off day, by the decisions that hold then."""

from plans.models import Body, BodyDecision
from reports.measures.conditions import valid

K = Body.Kind
STANDING = (K.STANDING, K.BOARD)
CHILDREN = (K.CLUB, K.CORE)
KNOWN, STANDING_KNOWN, RENEWED = "bodies known", "standing known", "standing renewed"
NO_STANDING = "Chưa ghi Ban, Nhóm thường trực bảo vệ trẻ em: ghi ở trang Nhân lực và tổ chức."
NO_BODIES = "Chưa ghi ban, nhóm, câu lạc bộ nào: ghi ở trang Nhân lực và tổ chức."
OF_COMMUNES = "Chỉ tính cho xã, phường."


def count(cells, scope):
    """Fill the cells of NL-13 and TG-07. Two statements."""
    cutoff, known_at = scope.window.cutoff, scope.window.known_at
    for unit in scope.rows:
        if scope.kind(unit) == "commune" and scope.holds(unit):
            cells.add(("NL-13 all", ""), scope.path[unit])
    rows = Body.objects.filter(valid(known_at=known_at), scope.inside("unit")).order_by("pk")
    bodies = list(rows.values_list("pk", "unit_id", "kind", "started_on", "ended_on"))
    papers = _papers(rows, known_at, cutoff)
    for pk, unit, kind, first, last in bodies:
        units = scope.in_its_time(unit)
        cells.add((KNOWN, ""), units)
        there = (first is None or first <= cutoff) and (last is None or last > cutoff)
        if kind in CHILDREN and there:
            for breakdown in ("", f"kind={kind}"):
                cells.put(("TG-07", breakdown), units, pk, pk)
        if kind in STANDING and units and scope.kind(units[-1]) == "commune":
            _standing(cells, scope, units, papers.get(pk), there)


def _papers(bodies, known_at, cutoff):
    """Body → (day, until) of its last decision up to the cut-off; one without a day is from before."""
    found = {}
    rows = BodyDecision.objects.filter(valid(known_at=known_at), body__in=bodies.filter(kind__in=STANDING).values("pk"))
    for body, number, day, until in rows.order_by("pk").values_list("body_id", "number", "signed_on", "valid_until"):
        told = (number or day) and (day is None or day <= cutoff)
        if told and (body not in found or found[body][0] is None or (day is not None and day >= found[body][0])):
            found[body] = (day, until)
    return found


def _standing(cells, scope, units, paper, there):
    cells.add((STANDING_KNOWN, ""), units)
    if not there or paper is None:
        return
    day, until = paper
    if until is None or until >= scope.window.cutoff:
        cells.put(("NL-13", ""), units, units[-1], units[-1])
    if day is not None and day >= scope.window.data_from:
        cells.put((RENEWED, ""), units, units[-1], units[-1])


def why_missing(cells, code, unit):
    """Why the figure cannot be told, or ""."""
    if code == "TG-07":
        return "" if cells.value(KNOWN, unit) else NO_BODIES
    if not cells.value("NL-13 all", unit):
        return OF_COMMUNES
    return "" if cells.value(STANDING_KNOWN, unit) else NO_STANDING


def remark(cells, code, unit):
    """How many were renewed within the period."""
    renewed = cells.value(RENEWED, unit) if code == "NL-13" else 0
    if not renewed:
        return ""
    return "Kiện toàn trong kỳ." if cells.scope.kind(unit) == "commune" else f"Trong kỳ {renewed} xã, phường kiện toàn."
