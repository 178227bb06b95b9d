"""People who work with children and their training: stock at the end of the cut-off day, trainings of the window.

A person counts once in a unit, whatever his posts and however many trainings he came to. The share of those trained is of
the people in post at the cut-off: who was trained and has left since is in neither number. A training of which only a
number was written down ("lượt") has no persons: it is told beside and never becomes a share.
"""

from django.db.models import Exists, OuterRef

from childcare.lib.vietnamese import number
from childcare.units.models import EndingUnit
from plans.models import Activity, StaffPost, TrainingAttendance
from reports.measures.conditions import holds, valid

K = StaffPost.Kind
OF_COMMUNE = (K.OFFICIAL, K.WORKER, K.COLLABORATOR)  # "cán bộ cấp xã và cộng tác viên thôn" of NL-02
LOW = ("commune", "hamlet")
TIMES, CLASSES, KNOWN, LOWER, POSTS = "training times", "training classes", "staffing known", "lower units", "staff posts"
NO_PEOPLE = "Chưa ghi danh sách nhân lực: dán danh sách ở trang Nhân lực và tổ chức."
NO_NAMES = "Đã tập huấn {} lượt người ở {} lớp; chưa ghi ai dự: đánh dấu người dự ở trang của hoạt động “Tập huấn”."
NO_HAMLETS = "Chưa nhập thôn, tổ dân phố của đơn vị."
NO_TRAINING = "Chưa ghi lớp tập huấn nào và chưa ghi danh sách nhân lực."
BESIDE = "Ngoài ra có {} lượt người ở {} lớp chỉ ghi số người, không tính vào tỷ lệ."


def posts(scope):
    """Posts that hold at the end of the cut-off day; one that stands in a unit that ended counts in its successor."""
    return StaffPost.objects.filter(valid(known_at=scope.window.known_at), holds(scope.window.cutoff), scope.inside("unit"))


def trainings(window):
    """Trainings of the window that were held and not voided, wherever that was."""
    rows = Activity.objects.done().filter(valid(known_at=window.known_at), kind=Activity.Kind.TRAINING)
    return rows.filter(held_on__gte=window.data_from, held_on__lte=window.cutoff)


def ticks(window):
    """Who came to them."""
    return TrainingAttendance.objects.filter(valid(known_at=window.known_at), activity__in=trainings(window))


def count(cells, scope):
    """Fill the cells of NL-01 to NL-04. Two statements, whatever is asked."""
    came = ticks(scope.window).filter(staff=OuterRef("staff"))
    rows = posts(scope).annotate(trained=Exists(came)).order_by("pk")
    for staff, unit, kind, trained in rows.values_list("staff_id", "unit_id", "kind", "trained"):
        _post(cells, scope, scope.in_its_time(unit), staff, kind, trained)
    named = ticks(scope.window).filter(activity=OuterRef("pk"))
    held = trainings(scope.window).filter(scope.inside("unit")).annotate(named=Exists(named)).order_by("pk")
    for unit, people, has_names in held.values_list("unit_id", "staff", "named"):
        units = scope.in_its_time(unit)
        cells.add((KNOWN, ""), units)
        _lower(cells, scope, units)
        if not has_names:
            cells.add((TIMES, ""), units, people or 0)
            cells.add((CLASSES, ""), units)


def count_ground(cells, scope):
    """The hamlets of the day, without those where people of a split unit wait; what lies right below each unit."""
    waiting = set(EndingUnit.objects.exclude(holding=None).order_by().values_list("holding_id", flat=True))
    for unit in scope.rows:
        if unit in waiting or not scope.holds(unit):
            continue
        if scope.kind(unit) == "hamlet":
            cells.add(("NL-04 all", ""), scope.path[unit])
        if scope.kind(unit) in ("district", "commune", "hamlet") and len(scope.path[unit]) > 1:
            cells.add((LOWER, ""), scope.path[unit][-2:-1])


def _post(cells, scope, units, staff, kind, trained):
    cells.add((KNOWN, ""), units)
    cells.add((POSTS, ""), units)
    names = ["NL-01"]
    if kind in OF_COMMUNE and units and scope.kind(units[-1]) in LOW:
        names.append("NL-02")
    for name in names:
        for breakdown in ("", f"kind={kind}"):
            cells.put((f"{name} all", breakdown), units, staff, staff)
            if trained:
                cells.put((name, breakdown), units, staff, staff)
    if kind == K.COLLABORATOR and units and scope.kind(units[-1]) == "hamlet":
        cells.put(("NL-04", ""), units, units[-1], units[-1])
    if trained:
        _lower(cells, scope, units)


def _lower(cells, scope, units):
    """Each unit on the way down was reached by a training, in the eyes of the one right above it."""
    for above, below in zip(units, units[1:], strict=False):
        if scope.kind(below) in ("district", "commune", "hamlet"):
            cells.put(("NL-03", ""), (above,), below, below)


def why_missing(cells, code, unit):
    """Why a share cannot be told, or "". The hamlets of a commune that has a list count as entered."""
    if code == "NL-04":
        listed = cells.value(POSTS, unit) or any(cells.value(POSTS, above) for above in cells.scope.path[unit][-2:])
        return NO_PEOPLE if not listed else "" if cells.value("NL-04 all", unit) else NO_HAMLETS
    if not cells.value(f"{code} all", unit):
        return NO_PEOPLE
    times, classes = cells.value(TIMES, unit), cells.value(CLASSES, unit)
    if classes and not cells.value(code, unit):
        return NO_NAMES.format(number(times), number(classes))
    return ""


def remark(cells, code, unit):
    """What stands beside the share: trainings of which only a number is known."""
    classes = cells.value(CLASSES, unit) if code in ("NL-01", "NL-02") else 0
    return BESIDE.format(number(cells.value(TIMES, unit)), number(classes)) if classes else ""
