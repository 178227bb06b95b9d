"""Activities, supports given and reports sent: flow by the unit and day written on the row, one grouped statement each."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When

from childcare.children.models import Support
from plans.models import Activity, FundSupport
from reports.measures.conditions import supported, valid
from reports.models import Obligation, Submission

K = Activity.Kind
ACTIVITIES = {
    "TG-04": (K.FORUM,), "TG-05": (K.ACTION_MONTH,), "TG-06": (K.MID_AUTUMN,), "TG-08": (K.PARTICIPATION, K.FORUM),
    "TR-02": (K.COMMUNICATION,), "TR-04": (K.GUIDANCE,),
}  # fmt: skip
OCCASIONS = {"TG-05": Activity.Occasion.ACTION_MONTH, "TG-06": Activity.Occasion.MID_AUTUMN}  # held on it, of whatever kind
SUMS = {"NL-05": "raised", "TR-03": "products"}
BESIDE = ("children", "adults", "staff", "gifts", "money")  # sums of the same activities, as breakdowns "sum=children" …


def activities(scope):
    """Valid activities of the window in the scope that were held, not only planned."""
    window = scope.window
    rows = Activity.objects.done().filter(valid(known_at=window.known_at), scope.inside("unit"))
    return rows.filter(held_on__gte=window.data_from, held_on__lte=window.cutoff)


def is_of(code, kind, occasion):
    """True when an activity of the kind, held on the occasion, counts under the code."""
    return kind in ACTIVITIES[code] or (occasion != "" and OCCASIONS.get(code) == occasion)


def of(code):
    """The same as a condition on activities."""
    wanted = Q(kind__in=ACTIVITIES[code])
    return wanted | Q(occasion=OCCASIONS[code]) if code in OCCASIONS else wanted


def count_activities(cells, scope):
    sums = {f"sum_{name}": Sum(name) for name in (*SUMS.values(), *BESIDE)}
    rows = activities(scope).values("unit_id", "kind", "occasion").annotate(rows=Count("pk"), **sums)
    for row in rows.order_by():
        units = scope.in_its_time(row["unit_id"])
        for code, name in SUMS.items():
            cells.add((code, ""), units, row[f"sum_{name}"] or 0)
        cells.add(("NL-05", "from=activity"), units, row["sum_raised"] or 0)
        for code in (code for code in ACTIVITIES if is_of(code, row["kind"], row["occasion"])):
            cells.add((code, ""), units, row["rows"])
            for name in BESIDE:
                cells.add((code, f"sum={name}"), units, row[f"sum_{name}"] or 0)


HELD = Q(protected_file__restricted=True, protected_file__held_by__isnull=False)
PLACE = Case(When(HELD, then="protected_file__held_by"), default="unit")  # a restricted support counts where it is held


# The four groups in which a fund tells whom it helped. What an entry of the fund names as its purpose wins over the kind.
FUND_GROUPS = {
    "health": "sức khỏe, dinh dưỡng", "education": "giáo dục", "protection": "bảo vệ", "growth": "tham gia, phát triển",
    "other": "đời sống, thăm hỏi, trợ giúp khác",
}  # fmt: skip
GROUP_OF = {
    "health": ("S02", *(f"S{number:02d}" for number in range(7, 16)), "S19", "S43"),
    "education": ("S03", "S04", "S05", "S06", "S16", "S30", "S38", "S47"),
    "protection": ("S17", "S18", *(f"S{number}" for number in range(20, 30)), "S37", "S41", "S42", "S44"),
    "growth": ("S39", "S40", "S46"),
}


def _fund_group():
    """The group of a support out of a fund, as an expression."""
    links = FundSupport.objects.filter(support=OuterRef("pk"), released_at=None)
    purpose = Subquery(links.order_by("pk").values("entry__purpose")[:1])
    by_kind = [When(kind__code__in=codes, then=Value(group)) for group, codes in GROUP_OF.items()]
    by_purpose = [When(of_entry=group, then=Value(group)) for group in GROUP_OF]
    return purpose, Case(*by_purpose, *by_kind, default=Value("other"))


def fund_supports(scope, group=""):
    """Supports given in the window out of a fund, perhaps of one of its groups only."""
    window = scope.window
    inside = (scope.inside("unit") & ~HELD) | (scope.inside("protected_file__held_by") & HELD)
    paid = Exists(FundSupport.objects.filter(support=OuterRef("pk"), released_at=None))
    of_fund = Q(source__icontains="quỹ") | Q(paid)
    rows = Support.objects.filter(valid(known_at=window.known_at), inside, of_fund)
    rows = rows.filter(started_on__gte=window.data_from, started_on__lte=window.cutoff)
    purpose, group_of = _fund_group()
    rows = rows.annotate(of_entry=purpose, fund_group=group_of)
    return rows.filter(fund_group=group) if group else rows


def count_fund_supports(cells, scope):
    for row in fund_supports(scope).values("fund_group", place=PLACE).annotate(rows=Count("pk")).order_by():
        for breakdown in ("", f"for={row['fund_group']}"):
            cells.add(("NL-06", breakdown), scope.in_its_time(row["place"]), row["rows"])


@dataclass
class Help:
    """What was given of one kind."""

    name: str
    times: int = 0
    money: Decimal = Decimal(0)
    children: set = field(default_factory=set)
    sources: set = field(default_factory=set)

    def take(self, child, amount, months, source):
        self.times += 1
        self.money += (amount or 0) * months
        self.children |= {child} - {None}
        self.sources |= {source} - {""}


def help_rows(unit, window):
    """Supports that the unit and those below it gave in the window, or hold under a restriction."""
    inside = (Q(unit__path__startswith=unit.path) & ~HELD) | (Q(protected_file__held_by__path__startswith=unit.path) & HELD)
    return Support.objects.filter(valid(known_at=window.known_at), supported(window), inside)


def help_given(unit, window):
    """Supports given by the unit and those below it in the window: code → Help in the order of the list, None → all of them."""
    rows = help_rows(unit, window)
    fields = ("kind__code", "kind__name", "child_id", "amount", "per", "source", "started_on", "ended_on")
    found = {}
    for code, name, child, amount, per, source, first, last in rows.order_by("kind__position", "pk").values_list(*fields):
        months = months_of(window, first, last) if per == Support.Per.MONTH else 1
        for key, label in ((code, name), (None, "")):
            found.setdefault(key, Help(label)).take(child, amount, months, source)
    return found


def months_of(window, first, last):
    """How many calendar months of the window a support ran in; `last` is the first day on which it no longer did."""
    first = max(first or window.data_from, window.data_from)
    last = min(last - timedelta(days=1) if last else window.cutoff, window.cutoff)
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def owed(scope):
    """Reports of lower units whose last day lies in the window, by the unit that they are owed to."""
    window = scope.window
    return Obligation.objects.filter(scope.inside("to_unit"), last_day__gte=window.data_from, last_day__lte=window.cutoff)


def in_time():
    """The condition that a report was sent by its last permitted day."""
    return Exists(Submission.objects.filter(obligation=OuterRef("pk"), sent_at__date__lte=OuterRef("last_day")))


def count_reports(cells, scope):
    rows = owed(scope).annotate(sent=in_time()).values("to_unit_id")
    for row in rows.annotate(all=Count("pk"), sent_in_time=Count("pk", filter=Q(sent=True)), unit=F("to_unit_id")).order_by():
        units = scope.in_its_time(row["unit"])
        cells.add(("BC-01 all", ""), units, row["all"])
        cells.add(("BC-01", ""), units, row["sent_in_time"])
