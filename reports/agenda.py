"""What the calendar of a unit holds between two days, from where it is recorded; never a child's name. Knows no HTTP."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Commitment, Placement
from childcare.accounts.roles import Permission
from childcare.lib.calendar import show
from childcare.lib.vietnamese import small
from plans import campaigns
from plans.models import Activity, Inspection, Plan, Recommendation, Target, Task
from reports import todo, todo_care
from reports.models import Obligation, Regime, Submission

KINDS = {
    "report": "Báo cáo", "plan": "Kế hoạch", "activity": "Hoạt động", "inspection": "Kiểm tra", "campaign": "Ngày chiến dịch",
    "own": "Việc của riêng anh/chị",
}  # fmt: skip
SENT = (Submission.State.SENT, Submission.State.ACCEPTED)
FINISHED = (Task.Status.DONE, Task.Status.DROPPED)
GIVEN = (Task.Kind.TASK, Task.Kind.PROJECT, Task.Kind.MODEL, Task.Kind.DUTY)
UNTOLD = "Hạn của một hồ sơ đang xử lý"


@dataclass(frozen=True)
class Entry:
    """One thing of the calendar. `key` is the same from day to day; `told` is the title that may leave the house (feed)."""

    key: str
    day: date
    kind: str
    title: str
    detail: str = ""
    url: str = ""
    until: date | None = None
    done: bool = False
    told: str = ""

    @property
    def last(self):
        """The last day on which it stands."""
        return self.until or self.day

    @property
    def feed_title(self):
        """The title in the feed; "" keeps the entry at home."""
        return self.told if self.kind == "own" else self.told or self.title

    @property
    def word(self):
        return KINDS[self.kind]

    def late(self, on):
        """True for a last day that is past and not kept; an activity or a campaign is never late."""
        return self.kind in ("report", "plan", "own", "inspection") and not self.done and self.last < on


def entries(officer, unit, first, last, own=True):
    """Everything of the unit that the officer may see between the days, in order; `own`: with his own clocks."""
    found = [
        *reports_of(officer, unit, first, last),
        *reports_below(officer, unit, first, last),
        *planned(officer, unit, first, last),
        *activities(officer, unit, first, last),
        *checks(officer, unit, first, last),
        *campaign_days(officer, unit, first, last),
    ]
    if own:
        found += own_clocks(officer, first, last)
    return sorted(found, key=lambda entry: (entry.day, list(KINDS).index(entry.kind), entry.title, entry.key))


def reports_of(officer, unit, first, last):
    """The last days of the unit's own reports."""
    rows = Obligation.objects.visible_to(officer).filter(unit=unit, last_day__range=(first, last), regime__active=True)
    for row in rows.with_current().select_related("regime", "to_unit").order_by("last_day", "pk"):
        done = row.current_state in SENT
        to = f"gửi {row.to_unit.name}" if row.to_unit else ""
        detail = " · ".join(filter(None, [to, "đã gửi" if done else "chưa gửi"]))
        url = reverse("report", args=[row.public_id])
        yield Entry(f"report-{row.public_id}", row.last_day, "report", f"Hạn gửi {small(row.title)}", detail, url, done=done)


def reports_below(officer, unit, first, last):
    """The last days of what the units below owe: one line for each report, with how many have sent it."""
    if not officer.can_in(Permission.REPORT_ACCEPT, unit):
        return
    rows = Obligation.objects.visible_to(officer).owed_to(unit).filter(last_day__range=(first, last), regime__active=True)
    wanted, sent, period = Counter(), Counter(), {}
    for row in rows.with_current().order_by("last_day", "pk"):
        key = (row.regime_id, row.period, row.last_day)
        wanted[key], sent[key], period[key] = wanted[key] + 1, sent[key] + (row.current_state in SENT), row
    for key, count in wanted.items():
        title = f"Hạn cấp dưới gửi {small(period[key].title)}"
        detail = f"{sent[key]}/{count} đơn vị đã gửi"
        uid = f"below-{unit.public_id}-{key[0]}-{key[1]}-{key[2]:%Y%m%d}"
        yield Entry(uid, key[2], "report", title, detail, reverse("summary"), done=sent[key] == count)


def planned(officer, unit, first, last):
    """The last days of the tasks and targets of the unit's plans, and of tasks that another plan gave it."""
    plans = Plan.objects.visible_to(officer)
    tasks = Task.objects.filter(plan__in=plans, ends_on__range=(first, last)).filter(Q(plan__unit=unit) | Q(unit=unit))
    for row in tasks.select_related("plan__unit").order_by("ends_on", "pk"):
        detail = " · ".join(filter(None, [row.doer, f"kế hoạch {row.plan.years} của {row.plan.unit.name}"]))
        url = reverse("plan", args=[row.plan.public_id])
        done = row.status in FINISHED
        yield Entry(f"task-{row.public_id}", row.ends_on, "plan", f"Hạn nhiệm vụ: {row.title}", detail, url, done=done)
    targets = Target.objects.filter(plan__in=plans.filter(unit=unit), due_on__range=(first, last))
    for row in targets.select_related("plan__unit").order_by("due_on", "pk"):
        url = reverse("plan-targets", args=[row.plan.public_id])
        done = row.status == Target.Status.MET
        title, detail = f"Hạn chỉ tiêu: {row.text}", f"kế hoạch {row.plan.years}"
        yield Entry(f"target-{row.public_id}", row.due_on, "plan", title, detail, url, done=done)


def activities(officer, unit, first, last):
    """Activities of the unit on their day, planned and done."""
    rows = Activity.objects.visible_to(officer).valid().filter(unit=unit, held_on__gte=first)
    rows = rows.filter(Q(held_on__lte=last) | Q(begins_on__lte=last))
    for row in rows.order_by("held_on", "pk"):
        url = reverse("activity", args=[row.public_id])
        key, told = f"activity-{row.public_id}", row.get_kind_display()
        detail = " · ".join(filter(None, ["dự kiến" if row.planned else "", row.place]))
        until = row.held_on if row.begins_on else None
        yield Entry(key, row.begins_on or row.held_on, "activity", row.title, detail, url, until=until, told=told)


def checks(officer, unit, first, last):
    """Checks of the unit, and the last days of their kiến nghị once concluded."""
    rows = Inspection.objects.visible_to(officer).filter(starts_on__lte=last, ends_on__gte=first)
    for row in rows.filter(Q(unit=unit) | Q(by_unit=unit)).select_related("unit", "by_unit").order_by("starts_on", "pk"):
        until = row.ends_on if row.ends_on != row.starts_on else None
        title, url = f"Kiểm tra {row.unit.name}: {row.checker}", reverse("inspection", args=[row.public_id])
        key, word = f"inspection-{row.public_id}", row.get_state_display().lower()
        yield Entry(key, row.starts_on, "inspection", title, word, url, until=until, done=row.concluded)
    told = Recommendation.objects.filter(
        inspection__in=Inspection.objects.told_to(officer).filter(unit=unit, state="concluded")
    )
    for row in told.filter(due_on__range=(first, last)).select_related("inspection").order_by("due_on", "pk"):
        url = reverse("inspection", args=[row.inspection.public_id])
        key, done = f"recommendation-{row.public_id}", row.done_on is not None
        yield Entry(key, row.due_on, "inspection", "Hạn khắc phục kiến nghị", row.text, url, done=done)


def campaign_days(officer, unit, first, last):
    """Days that every unit keeps and that touch the span; who writes activities there is led to one of that day."""
    writes = officer.can_in(Permission.PLAN_EDIT, unit)
    for year in range(first.year, last.year + 1):
        for row in campaigns.of_year(year):
            if row.first <= last and row.last >= first:
                key = f"campaign-{row.first:%Y%m%d}-{row.last:%Y%m%d}"
                until = row.last if row.last != row.first else None
                url = f"{reverse('activity-add')}?dip={row.key}" if writes else ""
                yield Entry(key, row.first, "campaign", row.name, row.basis, url, until=until)


def own_clocks(officer, first, last):
    """Clocks of the files and requests that are the officer's own to work on: codes and rules, never a name.

    Out of the house goes only that some file is due; of a file with restricted access nothing.
    """
    silent = _restricted(officer)
    lines = [*todo.cases(officer), *todo.notices(officer), *todo.data_requests(officer)]
    lines += [todo.Todo(*line) for line in todo_care.lines(officer, first, (last - first).days)]
    for row in lines:
        if row.due is not None and first <= row.due <= last:
            key = f"own-{row.url.strip('/').replace('/', '-')}"
            told = "" if row.url in silent else UNTOLD
            yield Entry(key, row.due, "own", row.title, row.detail, row.url, told=told)


def _restricted(officer):
    """Addresses of what lies under a file with restricted access, as far as the officer sees it."""
    found = set()
    for model, name in ((Case, "case"), (Placement, "placement"), (Commitment, "commitment")):
        rows = model.objects.visible_to(officer).filter(protected_file__restricted=True)
        found |= {reverse(name, args=[key]) for key in rows.values_list("public_id", flat=True)}
    return found


def undated(officer, unit, year):
    """(what, where from, address) of duties of the unit that bear no day: chưa ấn định hạn."""
    return [*_tasks_without_day(officer, unit, year), *_mending_without_day(officer, unit), *_regimes_without_day(unit, year)]


def _mending_without_day(officer, unit):
    told = Inspection.objects.told_to(officer).filter(unit=unit, state="concluded")
    rows = Recommendation.objects.filter(inspection__in=told, due_on=None, done_on=None).select_related("inspection")
    for row in rows.order_by("pk"):
        basis = f"kiến nghị kiểm tra ngày {show(row.inspection.starts_on)}"
        yield row.text, basis, reverse("inspection", args=[row.inspection.public_id])


def _tasks_without_day(officer, unit, year):
    plans = Plan.objects.visible_to(officer).of_year(year)
    tasks = Task.objects.filter(plan__in=plans, ends_on=None, kind__in=GIVEN).filter(Q(plan__unit=unit) | Q(unit=unit))
    for row in tasks.exclude(status__in=FINISHED).select_related("plan__unit").order_by("plan", "position"):
        yield row.title, f"kế hoạch {row.plan.years} của {row.plan.unit.name}", reverse("plan", args=[row.plan.public_id])


def _regimes_without_day(unit, year):
    last = date(year, 12, 31)
    for row in Regime.objects.filter(Q(due_month=None) | Q(due_day=None), scope=None).order_by("code", "pk"):
        begun = row.valid_from is None or row.valid_from <= last
        if unit.kind in row.from_kinds and begun and (row.valid_to is None or row.valid_to > date(year, 1, 1)):
            unread = "" if row.evidence == "text" else "chưa đối chiếu văn bản"
            yield row.name, " · ".join(filter(None, [row.legal_basis, unread])), reverse("regime-list")


def day_words(entry):
    """ "01/06 – 30/06/2024", "09/05/2024"."""
    return f"{entry.day:%d/%m} – {show(entry.until)}" if entry.until else show(entry.day)
