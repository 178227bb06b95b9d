"""What activities, funds and plans tell in detail: who was reached, of how many; what was raised; what was spent.

Asked for only when one of these figures is: three statements more. Persons of several activities are added up only from the
numbers of different persons that officers wrote down, and only of the unit that reports: those whom the unit above reached at
its own activities live in the communes and were perhaps counted there.
"""

from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from plans.models import Activity, BudgetEntry, FundEntry, Tally
from reports.measures.conditions import valid

K, W = Activity.Kind, Tally.What
# Activities whose visitors were told something; a child who was given a present or swam was not.
INFORMING = (K.COMMUNICATION, K.TRAINING, K.ACTION_MONTH, K.FORUM, K.PARTICIPATION, K.CLUB)
# Whom TR-01 reaches → (the breakdown, what they are counted of: the children, or a general figure of the unit).
AUDIENCE = {
    W.CHILDREN: ("to=children", "DS-01"),
    W.FAMILY: ("to=family", "families"),
    W.SCHOOL: ("to=school", "school_staff"),
    W.COMMUNITY: ("to=community", "adults"),
}
OF_GENERAL = {part: key for part, key in AUDIENCE.values()}
RESULTS = {W.CONSULTED: "TG-01", W.ONLINE: "TG-02", W.RIGHTS: "TG-03"}
PRODUCTS = (W.LEAFLET, W.PANEL, W.BANNER, W.ARTICLE, W.BROADCAST)
PEOPLE = frozenset({"TR-01", *RESULTS.values()})
CODES = PEOPLE | {"TR-03", "NL-05", "NL-07"}
WRITTEN, UNKNOWN = "written", "unknown"  # how many numbers of persons there are, and how many activities lack them
GIVEN = (FundEntry.Origin.DONOR, FundEntry.Origin.CAMPAIGN)  # what the budget or another fund gave was not raised
UPPER = ("province", "district")
MILLION = 1_000_000

NOT_WRITTEN = {
    "TR-01": "Chưa ghi số người khác nhau ở hoạt động truyền thông nào. Mở hoạt động, ghi ở “Ghi riêng từng loại người”.",
    "TG-01": "Chưa ghi số trẻ em từ đủ 7 tuổi được lấy ý kiến ở hoạt động nào. Mở diễn đàn, hoạt động quyền tham gia để ghi.",
    "TG-02": "Chưa ghi số trẻ em được hướng dẫn tham gia môi trường mạng an toàn ở hoạt động nào.",
    "TG-03": "Chưa ghi số trẻ em được nâng cao nhận thức về quyền tham gia ở hoạt động nào.",
}
TOO_MANY = "Số người khác nhau đã ghi lớn hơn tổng số đối tượng. Có người bị đếm lại: hãy xem lại các hoạt động trong kỳ."
NO_BUDGET = "Chưa ghi khoản đã chi nào ở mục kinh phí của kế hoạch."
LACKING = {
    "families": "số gia đình có trẻ em", "school_staff": "số cán bộ, giáo viên các trường", "adults": "số người lớn",
    "DS-01": "số trẻ em",
}  # fmt: skip


def tells(code, breakdown=""):
    """True when a figure needs this counting: of products only their kinds do."""
    return code in CODES and (code != "TR-03" or breakdown.startswith("kind="))


def count(cells, scope):
    """Fill the cells of these figures."""
    _count_tallies(cells, scope)
    _count_funds(cells, scope)
    _count_budgets(cells, scope)


def held(scope, prefix=""):
    """The condition on activities of the window that were held, behind any relation."""
    window = scope.window
    days = Q(**{f"{prefix}held_on__gte": window.data_from, f"{prefix}held_on__lte": window.cutoff, f"{prefix}planned": False})
    return days & valid(prefix, window.known_at)


def heads(scope):
    """The tallies of whole kinds, without their parts by sex and age, of activities held in the window."""
    return Tally.objects.filter(held(scope, "activity__"), scope.inside("activity__unit"), sex="", band="")


def rows(code, breakdown, scope):
    """The activities from which persons were added up; None for money."""
    kinds = [what for what, known in RESULTS.items() if known == code]
    found = heads(scope).filter(people__isnull=False)
    if code == "TR-01":
        kinds = [what for what, (part, _) in AUDIENCE.items() if breakdown in ("", part)]
        found = found.filter(activity__kind__in=INFORMING)
    if not kinds:
        return None
    found = found.filter(what__in=kinds).exclude(activity__unit__kind__in=UPPER)
    return Activity.objects.filter(pk__in=found.values("activity"))


def _count_tallies(cells, scope):
    rows = heads(scope).values("what", place=F("activity__unit_id"), kind=F("activity__kind"))
    rows = rows.annotate(n_times=Sum("times"), n_people=Sum("people"), n_known=Count("people"), n_rows=Count("pk"))
    for row in rows.order_by():
        units, what = scope.in_its_time(row["place"]), row["what"]
        if what in PRODUCTS:
            cells.add(("TR-03", f"kind={what}"), units, row["n_times"] or 0)
        for code, part in _told(what, row["kind"]):
            _add_people(cells, _reporting(scope, units), code, part, row)


def _told(what, kind):
    """(code, breakdown) under which persons of this kind of activity count."""
    if what in RESULTS:
        return [(RESULTS[what], "")]
    if what in AUDIENCE and kind in INFORMING:
        return [("TR-01", ""), ("TR-01", AUDIENCE[what][0])]
    return []


def _add_people(cells, units, code, part, row):
    cells.add((code, part), units, row["n_people"] or 0)
    cells.add((f"{code} {WRITTEN}", part), units, row["n_known"])
    cells.add((f"{code} {UNKNOWN}", part), units, row["n_rows"] - row["n_known"])


def _reporting(scope, units):
    """The units among these for which persons may be added: none when a district or province held the activity itself."""
    return units if any(scope.kind(unit) not in UPPER for unit in units) else ()


def received(scope):
    """What donors gave to funds in the window, less what an activity names as raised already."""
    window = scope.window
    again = Q(activity__isnull=False, activity__voided_at=None)
    rows = FundEntry.objects.filter(
        valid(known_at=window.known_at), scope.inside("fund__unit"), kind="income", origin__in=GIVEN
    )
    return rows.filter(on__gte=window.data_from, on__lte=window.cutoff).exclude(again)


def _count_funds(cells, scope):
    rows = received(scope).values("form", place=F("fund__unit_id")).annotate(amount_in=Sum("amount"))
    for row in rows.order_by():
        units = scope.in_its_time(row["place"])
        for part in ("", "from=fund", f"form={row['form']}"):
            cells.add(("NL-05", part), units, row["amount_in"])


def spent(scope):
    """Money spent of plans in the window. A line that is the total of others with spending is not added to them."""
    window = scope.window
    rows = BudgetEntry.objects.filter(valid(known_at=window.known_at), scope.inside("line__plan__unit"), kind="spent")
    below = BudgetEntry.objects.filter(line__part_of=OuterRef("line"), kind="spent", voided_at=None)
    return rows.filter(on__gte=window.data_from, on__lte=window.cutoff).exclude(Exists(below))


def _count_budgets(cells, scope):
    for row in spent(scope).values(place=F("line__plan__unit_id")).annotate(whole=Sum("amount"), rows=Count("pk")).order_by():
        units = scope.in_its_time(row["place"])
        cells.add(("NL-07", ""), units, Decimal(row["whole"]) / MILLION)
        cells.add((f"NL-07 {WRITTEN}", ""), units, row["rows"])


def refuses(code, breakdown, amount, below, cells, unit):
    """Why a figure of these is no figure yet, or ""."""
    if code == "NL-07":
        return "" if cells.value(f"NL-07 {WRITTEN}", unit) else NO_BUDGET
    if code not in PEOPLE:
        return ""
    if not cells.value(f"{code} {WRITTEN}", unit, breakdown):
        return NOT_WRITTEN[code]
    return TOO_MANY if below is not None and amount > below else ""


def remark(code, cells, unit, breakdown=""):
    """What the figure leaves out."""
    if code not in PEOPLE:
        return ""
    missing = cells.value(f"{code} {UNKNOWN}", unit, breakdown)
    return f"Cộng số người khác nhau; {missing} dòng chưa ghi số này, chưa tính." if missing else "Cộng số người khác nhau."


def audience(breakdown, children, years):
    """(of how many, why not): of a part, or of children, families, schools and the community together."""
    wanted = [OF_GENERAL[breakdown]] if breakdown in OF_GENERAL else list(OF_GENERAL.values())
    known = {key: children if key == "DS-01" else years.get(key) for key in wanted}
    lacking = [LACKING[key] for key, value in known.items() if not value]
    if lacking:
        return None, f"Chưa có mẫu số: nhập {', '.join(lacking)} ở số liệu chung của đơn vị."
    return sum(known.values()), ""
