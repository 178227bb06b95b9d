"""Places for children, safe homes, shelters, and what a unit's own plan says of models and communes of the system.

Stock at the end of the cut-off day but NL-12, which is what was upgraded in the window.
"""

from django.db.models import Count, Exists, OuterRef, Q

from cases.models import Shelter
from childcare.children.models import Household, Membership
from childcare.lib.vietnamese import fold, number
from plans.models import ChildPlace, Plan, SafeHome, Task
from reports.measures.conditions import aged, holds, valid

K, S = ChildPlace.Kind, ChildPlace.State
FIELDS = ("pk", "thing", "unit_id", "kind", "state", "started_on", "ended_on")
PLAY = (K.PLAY, K.YARD, K.POOL)
CULTURE = (K.PLAY, K.YARD, K.POOL, K.CULTURE)
KNOWN, HOMES, FAMILIES, SHELTERS, JUDGED = "places known", "homes examined", "families", "shelters known", "models judged"
LEVELS = {
    **dict.fromkeys(("xã", "phường", "thị trấn", "xã, phường"), "commune"),
    **dict.fromkeys(("huyện", "quận", "thị xã", "thành phố", "huyện, thành phố"), "district"),
}
DOING = (Task.Status.RUNNING, Task.Status.DONE)
MISSING = {
    "VH": "Chưa ghi điểm vui chơi, công trình nào: ghi ở trang Nhân lực và tổ chức.",
    "TN-11": "Chưa ghi lần đánh giá Ngôi nhà an toàn nào: đánh dấu theo danh sách hộ ở trang Nhân lực và tổ chức.",
    "NL-11": "Chưa ghi nhà tạm lánh, địa chỉ tin cậy nào: ghi ở sổ nơi tạm lánh của mục Hồ sơ can thiệp.",
    "GD-06": "Chưa có trường, cơ sở giáo dục nào trong danh mục đơn vị; nhập tay theo báo cáo của ngành giáo dục.",
    "plan": "Kế hoạch của đơn vị chưa có mô hình, dự án nào được ghi tiến độ.",
}


def count(cells, scope):
    """Fill the cells of VH-01, VH-02, VH-03, TN-11, GD-06, NL-08 to NL-12. Eight statements."""
    _places(cells, scope)
    _homes(cells, scope)
    _shelters(cells, scope)
    _plans(cells, scope)


def _places(cells, scope):
    for unit in scope.rows:
        if scope.kind(unit) == "commune" and scope.holds(unit):
            for name in ("VH-02 all", "VH-03 all"):
                cells.add((name, ""), scope.path[unit])
        if scope.kind(unit) == "school" and scope.holds(unit):
            cells.add(("GD-06 all", ""), scope.path[unit])
    window = scope.window
    rows = ChildPlace.objects.filter(valid(known_at=window.known_at), scope.inside("unit")).order_by("pk")
    for pk, thing, unit, kind, state, first, last in rows.values_list(*FIELDS):
        units = scope.in_its_time(unit)
        cells.add((KNOWN, ""), units)
        there = (first is None or first <= window.cutoff) and (last is None or last > window.cutoff)
        if state == S.USED and there:
            _used(cells, scope, units, kind)
        if kind == K.UPGRADE and state == S.USED and first and window.data_from <= first <= window.cutoff:
            at_facility = units and scope.kind(units[-1]) == "facility"
            cells.put(("NL-12", ""), units, units[-1] if at_facility else str(thing), pk)


def _used(cells, scope, units, kind):
    if kind == K.TOILET and units and scope.kind(units[-1]) == "school" and scope.holds(units[-1]):
        cells.put(("GD-06", ""), units, units[-1], units[-1])
    commune = next((unit for unit in reversed(units) if scope.kind(unit) == "commune"), None)
    if commune is not None and kind in PLAY:
        cells.put(("VH-02", ""), units, commune, commune)
    if commune is not None and kind in CULTURE:
        cells.put(("VH-03", ""), units, commune, commune)
    if kind in CULTURE and units and scope.kind(units[-1]) == "hamlet":
        cells.put(("VH-01", ""), units, units[-1], units[-1])


def _homes(cells, scope):
    """A house counts by its last examination up to the cut-off; beside it the families with a child."""
    window, last = scope.window, {}
    rows = SafeHome.objects.filter(valid(known_at=window.known_at), scope.inside("unit"), assessed_on__lte=window.cutoff)
    fields = ("household_id", "head", "unit_id", "met")
    for house, head, unit, met in rows.order_by("assessed_on", "pk").values_list(*fields):
        last[("h", house) if house else ("n", unit, fold(head))] = (unit, met)
    for key, (unit, met) in last.items():
        units = scope.in_its_time(unit)
        cells.put((HOMES, ""), units, key, key)
        if met:
            cells.put(("TN-11", ""), units, key, key)
    if not last:
        return
    day = window.cutoff
    living = Membership.objects.filter(
        valid(known_at=window.known_at), holds(day), aged(day, prefix="child__"), household=OuterRef("pk")
    )
    families = Household.objects.filter(scope.stock("unit"), Exists(living)).order_by()
    for row in families.values("unit_id").annotate(families=Count("pk")):
        cells.add((FAMILIES, ""), scope.above(row["unit_id"]), row["families"])


def _shelters(cells, scope):
    kinds = (Shelter.Kind.TRUSTED, Shelter.Kind.SHELTER)
    rows = Shelter.objects.filter(scope.inside("unit"), kind__in=kinds).order_by("pk")
    for unit, kind, closed in rows.values_list("unit_id", "kind", "closed_on"):
        units = scope.in_its_time(unit)
        cells.add((SHELTERS, ""), units)
        if closed is None or closed > scope.window.cutoff:
            for breakdown in ("", f"kind={kind}"):
                cells.add(("NL-11", breakdown), units)


def _plans(cells, scope):
    """Models that run (NL-09), communes of the projects (NL-08) and all units where they run (NL-10), by the progress written
    down in the unit's own plan.

    They stay with the unit of the plan: a province and its districts tell of the same communes.
    """
    plans = Plan.objects.in_force().of_year(scope.window.year).filter(scope.inside("unit"))
    rows = Task.objects.filter(~Q(status=""), plan__in=plans, kind__in=(Task.Kind.MODEL, Task.Kind.PROJECT))
    for task in rows.prefetch_related("scopes").select_related("plan", "parent").order_by("pk"):
        units = scope.in_its_time(task.plan.unit_id)[-1:]
        cells.add((JUDGED, ""), units)
        if task.status not in DOING:
            continue
        if task.kind == Task.Kind.MODEL:
            cells.put(("NL-09", ""), units, task.pk, task.pk)
        for place in task.scopes.all():
            if level := LEVELS.get(place.kind_word):
                _running_in(cells, units, task, place, level)
            if task.kind == Task.Kind.PROJECT and level == "commune":
                for breakdown in ("", f"status={place.status}"):
                    cells.add(("NL-08", breakdown), units, place.stated or len(place.names))


def _running_in(cells, units, task, place, level):
    """NL-10: the units of one scope. One that is named counts once, however many models run there; of those that a plan only
    counts ("15 xã") nobody knows whether they are the same, so that each scope adds its own."""
    keys = [(level, fold(place.within), fold(name)) for name in place.names]
    keys += [(level, place.pk, number_) for number_ in range(len(place.names), place.stated or 0)]
    of_task = f"task={task.pk}"
    for breakdown in ("", f"kind={level}", of_task, f"{of_task}&kind={level}"):
        for key in keys:
            cells.put(("NL-10", breakdown), units, key, task.pk)


def why_missing(cells, code, unit):
    """Why the figure cannot be told, or ""."""
    if code in ("NL-08", "NL-09", "NL-10"):
        return "" if cells.value(JUDGED, unit) else MISSING["plan"]
    if code == "TN-11":
        return "" if cells.value(HOMES, unit) else MISSING["TN-11"]
    if code == "NL-11":
        return "" if cells.value(SHELTERS, unit) else MISSING["NL-11"]
    if code == "GD-06" and not cells.value("GD-06 all", unit):
        return MISSING["GD-06"]
    if not cells.value(KNOWN, unit):
        return MISSING["VH"]
    below = {"VH-01": "NL-04 all", "VH-02": "VH-02 all", "VH-03": "VH-03 all"}.get(code)
    if below and not cells.value(below, unit):
        return "Chưa nhập thôn, tổ dân phố của đơn vị." if code == "VH-01" else "Chỉ tính cho xã, phường."
    return ""


def remark(cells, code, unit):
    """Safe homes stand beside all that were examined and beside the families with a child."""
    if code != "TN-11":
        return ""
    met, examined, families = (cells.value(name, unit) for name in ("TN-11", HOMES, FAMILIES))
    share = (
        f"; bằng {number(met * 100 / families, 1)}% số hộ có trẻ em trong sổ ({number(met)}/{number(families)})"
        if families
        else ""
    )
    return f"Đạt {number(met)}/{number(examined)} hộ đã đánh giá{share}."
