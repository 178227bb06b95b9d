"""Ban hành kế hoạch: which unit shall issue a plan of the year, by when, and whether it did. Nothing is ticked.

The duty is a regime of the kind PLAN, dated as data or without a day ("chưa ấn định hạn"). The fact that fulfils it is the
unit's own plan of the year in the state "đã ban hành". Duties are worked out, never stored: a plan that is issued ends one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from childcare.accounts.roles import Permission
from childcare.lib.calendar import days_left_text, is_working_day, show, working_day_on_or_before
from childcare.lib.periods import OFFSETS, reminder_days
from childcare.lib.vietnamese import join_list
from childcare.units.models import Unit
from plans.models import Plan
from reports.models import Regime
from reports.notice import LONGEST_NOTICE, Notice, first_working_day_after, latest
from reports.obligations import LATE_FOR_GOOD, users_of_the_system
from reports.schedule import last_day_of

UNDATED = "chưa ấn định hạn"
AUTUMN = 10  # a plan due from this month on is due in the year before its own
AGAIN = 7  # days between two notices of a plan that is late


@dataclass(frozen=True)
class Duty:
    """One unit shall issue its plan of one year. `plan`: the one issued, else the draft, else None."""

    regime: Regime
    unit: Unit
    year: int
    last_day: date | None
    plan: Plan | None

    @property
    def done(self):
        return self.plan is not None and self.plan.state == Plan.State.ISSUED

    @property
    def word(self):
        """ "Đã ban hành", "Đang dự thảo", "Chưa ban hành"."""
        if self.done:
            return "Đã ban hành"
        return "Đang dự thảo" if self.plan is not None and self.plan.has_text else "Chưa ban hành"

    def days_late(self, on):
        """Days past the last permitted day, by the day of issue or the day asked for; 0 without a day."""
        if self.last_day is None:
            return 0
        return max(0, (((self.plan.issued_on or on) if self.done else on) - self.last_day).days)

    def due_words(self, on):
        """ "chậm nhất 14/03/2024 (còn 3 ngày)" or "chưa ấn định hạn"."""
        if self.last_day is None:
            return UNDATED
        return f"chậm nhất {show(self.last_day)}" + ("" if self.done else f" ({days_left_text(self.last_day, on)})")


def regimes():
    """The duties to issue a plan that this installation carries out."""
    return list(Regime.objects.filter(active=True, report_kind=Regime.PLAN).select_related("scope"))


def last_day(regime, year):
    """The last permitted day of the plan of a year, or None: nobody set one."""
    if not (regime.due_day and regime.due_month):
        return None
    return last_day_of(regime, year - 1 if regime.due_month >= AUTUMN else year)


def regime_of(unit, year, rows):
    """The regime under which a unit issues its plan of the year: the one of the closest scope, or None."""
    first, last = max(unit.valid_from or date.min, date(year, 1, 1)), min(unit.valid_to or date.max, date(year + 1, 1, 1))
    found = [
        row
        for row in rows
        if unit.kind in row.from_kinds
        and (row.scope is None or unit.is_under(row.scope))
        and (row.valid_from is None or row.valid_from < last)
        and (row.valid_to is None or row.valid_to > first)
    ]
    return max(found, key=lambda row: len(row.scope.path) if row.scope else 0, default=None)


def plans_of(units, year):
    """Key of a unit → its plan of exactly that year (a school year begins in it): an issued one before a draft, the newest."""
    return best(Plan.objects.filter(unit__in=units, first_year=year).with_text(), year)


def best(plans, year):
    """The same of plans that were read already, with their `has_text`."""
    found = [row for row in plans if row.first_year == year and (row.last_year == year or row.kind == Plan.Kind.SCHOOL_YEAR)]
    rows = sorted(found, key=lambda row: (row.state == Plan.State.ISSUED, row.has_text, row.pk))
    return {row.unit_id: row for row in rows}


def duties(units, year, rows=None, plans=None):
    """The duty of each of the units that has one, in their order; three questions at most, whatever the number of units.

    `rows`: the regimes, `plans`: key of a unit → its plan, where the caller has read them.
    """
    rows, units = regimes() if rows is None else rows, _real(units)
    plans = plans_of(units, year) if plans is None else plans
    pairs = ((unit, regime_of(unit, year, rows)) for unit in units)
    return [Duty(regime, unit, year, last_day(regime, year), plans.get(unit.pk)) for unit, regime in pairs if regime]


def _real(units):
    """The units without those that only hold the children of a split commune until they are placed: these plan nothing."""
    units = list(units)
    hamlets = [unit.pk for unit in units if unit.kind == Unit.Kind.HAMLET]
    held = Unit.objects.filter(pk__in=hamlets, holding_for__isnull=False).order_by() if hamlets else Unit.objects.none()
    keys = set(held.values_list("pk", flat=True))
    return [unit for unit in units if unit.pk not in keys]


def any_open(found):
    """True while any of these plans is not issued, as the database has it now."""
    plans = plans_of([duty.unit.pk for duty in found], found[0].year)
    return any(unit not in plans or plans[unit].state != Plan.State.ISSUED for unit in (duty.unit.pk for duty in found))


def waiting(on):
    """Plans not issued whose last day lies within sixty days before or after the day."""
    found = []
    rows = [row for row in regimes() if row.due_day and row.due_month]
    for year in (on.year, on.year + 1) if rows else ():
        days = {row.pk: last_day(row, year) for row in rows}
        near = [row for row in rows if -LATE_FOR_GOOD <= (days[row.pk] - on).days <= LONGEST_NOTICE]
        kinds = {kind for row in near for kind in row.from_kinds}
        units = users_of_the_system(on).filter(kind__in=kinds).select_related("parent").order_by("code", "pk") if near else []
        near_keys = {row.pk for row in near}
        found += [duty for duty in duties(units, year, rows) if duty.regime.pk in near_keys and not duty.done]
    return found


def notices(on, overrides):
    """What the units and those above them are told of plans that are due: each has its key and goes out once."""
    groups = {}
    for duty in waiting(on):
        if notice := _own(duty, on, overrides):
            yield notice
        if duty.unit.parent_id:
            groups.setdefault((duty.regime.pk, duty.unit.parent_id, duty.year), []).append(duty)
    for group in groups.values():
        if notice := _above(group, on, overrides):
            yield notice


def _own(duty, on, overrides):
    """The reminder of the unit itself: before the day as its regime says, past it once a week."""
    title = f"Kế hoạch năm {duty.year} của {duty.unit.name}"
    key = f"plan:{duty.regime.code}:{duty.unit.public_id}:{duty.year}"
    late = (on - duty.last_day).days
    url = reverse("plan", args=[duty.plan.public_id]) if duty.plan else reverse("plan-add")
    if late > 0:
        first = first_working_day_after(duty.last_day, overrides)
        weeks = (on - first).days // AGAIN
        if weeks < 0:
            return None
        day = first + timedelta(days=weeks * AGAIN)
        day = day if is_working_day(day, overrides) else first_working_day_after(day, overrides)
        words, mark = f"{title} chưa ban hành, đã quá hạn {late} ngày", f"late{weeks}"
        if day > on:
            return None
    else:
        found = latest(reminder_days(duty.last_day, duty.regime.reminder_days or OFFSETS, overrides), on)
        if found is None:
            return None
        day, mark = found
        words = f"{title} chưa ban hành: " + (
            "hôm nay là hạn cuối" if not late else f"còn {-late} ngày, chậm nhất {show(duty.last_day)}"
        )
    return Notice(f"{key}:{mark}", day, duty.unit, Permission.PLAN_EDIT, words, url, duties=[duty])


def _above(group, on, overrides):
    """Who has not issued, for the unit above: three days and one day before, and on the first late morning."""
    first = group[0]
    pairs = [(offset, working_day_on_or_before(first.last_day - timedelta(days=offset), overrides)) for offset in (3, 1)]
    found = latest([*pairs, ("late", first_working_day_after(first.last_day, overrides))], on)
    if found is None or (found[1] == "late" and found[0] < on - timedelta(days=7)):
        return None
    day, mark = found
    due = f"hạn {show(first.last_day)}" if mark != "late" else f"đã quá hạn {show(first.last_day)}"
    return Notice(
        key=f"plan-missing:{first.regime.code}:{first.unit.parent_id}:{first.year}:{mark}",
        day=day,
        unit=first.unit.parent,
        permission=Permission.REPORT_ACCEPT,
        subject=f"{len(group)} đơn vị chưa ban hành kế hoạch năm {first.year} ({due})",
        body=f"Chưa ban hành: {join_list(duty.unit.name for duty in group)}.",
        url=reverse("plan-duties") + f"?nam={first.year}",
        duties=group,
    )
