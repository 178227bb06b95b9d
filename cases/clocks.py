"""The clocks of a case: when each runs out, and the fact that stopped it. Nothing is ticked; recording the fact stops it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cases.models import Case, ClockRule, InterventionPlan, UnitClock
from childcare.lib.calendar import TZ, add_working_days, months_after, stamp
from childcare.units.models import DayOverride

URGENT = timedelta(hours=2)


@dataclass(frozen=True)
class Clock:
    """One clock: its rule, when it runs out, when the fact stopped it (None: it runs)."""

    rule: ClockRule
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None

    @property
    def running(self):
        return self.stopped_at is None

    @property
    def kept(self):
        """True or False once it stopped; None while it runs."""
        return None if self.running else self.stopped_at <= self.due_at

    def late(self, now):
        """True when it ran out before the fact."""
        return (self.stopped_at or now) > self.due_at

    def words(self, now):
        """ "còn 3 giờ 20 phút", "quá 1 ngày", "đúng hạn", "chậm 2 giờ"."""
        if self.running:
            return f"còn {span(self.due_at - now)}" if now <= self.due_at else f"quá {span(now - self.due_at)}"
        return "đúng hạn" if self.kept else f"chậm {span(self.stopped_at - self.due_at)}"


def span(delta):
    """ "45 phút", "3 giờ 20 phút", "2 ngày"."""
    minutes = max(0, int(delta.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} phút"
    if minutes < 24 * 60:
        return f"{minutes // 60} giờ {minutes % 60} phút" if minutes % 60 else f"{minutes // 60} giờ"
    return f"{minutes // (24 * 60)} ngày"


def held(rows, day):
    """The last of the dated rows that holds on the day, or None."""
    found = [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)
    ]
    return found[-1] if found else None


class Clocks:
    """The rules once, for as many cases as a page shows. `law`: without what a unit has set shorter for itself."""

    def __init__(self, now=None, law=False):
        self.now = now or stamp()
        self.rules, self.own = {}, {}
        for rule in ClockRule.objects.all():
            self.rules.setdefault(rule.code, []).append(rule)
        for row in () if law else UnitClock.objects.order_by("valid_from", "pk"):
            self.own.setdefault((row.unit_id, row.code), []).append(row)
        self.overrides = DayOverride.as_dict()

    def rule(self, code, day):
        """The rule that held on the day."""
        return held(self.rules.get(code, ()), day)

    def due(self, code, since, unit_id):
        """(rule, the moment it runs out), or None without a rule or a figure. A unit's own figure can only shorten it."""
        since = since.astimezone(TZ)
        rule = self.rule(code, since.date())
        if rule is None or rule.amount is None:
            return None
        own = held(self.own.get((unit_id, code), ()), since.date())
        amount = min(rule.amount, own.amount) if own else rule.amount
        if rule.measure == ClockRule.Measure.HOURS:
            return rule, since + timedelta(hours=amount)
        if rule.measure == ClockRule.Measure.WORKING_DAYS:
            last = add_working_days(since.date(), amount, self.overrides)
        elif rule.measure == ClockRule.Measure.MONTHS:
            last = months_after(since.date(), amount)
        else:
            last = since.date() + timedelta(days=amount)
        return rule, datetime.combine(last + timedelta(days=1), time(), TZ) - timedelta(seconds=1)

    def clock(self, code, since, unit_id, stopped=None):
        """The clock of a code that began at a moment; None without its rule or figure."""
        return self._clock(code, since, unit_id, stopped)

    def _clock(self, code, since, unit_id, stopped):
        found = self.due(code, since, unit_id) if since else None
        return Clock(found[0], since, found[1], stopped) if found else None

    def of(self, case):
        """Every clock of a case that began, in the order in which they run out. The case brings its parts prefetched.

        NĐ 56/2017 Điều 26.3, 31.2 (12 hours), 28.1 and 28.4 (5 + 2 working days), 32.3 (15 days of isolation), 30.
        """
        found = [*self._first(case), *self._of_plans(case), *self._isolation(case)]
        return sorted((clock for clock in found if clock), key=lambda clock: clock.due_at)

    def _first(self, case):
        ends = {Case.State.SCREENED_OUT: "screened_out", Case.State.TRANSFERRED: "transferred"}
        ended = max((row.at for row in case.events.all() if row.what == ends.get(case.state)), default=None)
        steps = [row.done_at for row in case.emergency_steps.all()]
        calm = [row.completed_at for row in case.assessments.all()] if case.emergency is False else []
        if not any(row.what == "came" for row in case.events.all()):  # what is urgent stays with the commune of the event
            still = None if case.state == Case.State.TRANSFERRED else ended
            yield self._clock("CK02", case.opened_at, case.unit_id, min(steps + calm, default=still))
        plan = next(iter(case.plans.all()), None)
        yield self._clock("CK04", case.opened_at, case.unit_id, plan.submitted_at if plan and plan.submitted_at else ended)

    def _of_plans(self, case):
        reviews = [row for row in case.assessments.all() if row.form == "review"]
        for plan in case.plans.all():
            if plan.submitted_at and plan.state != InterventionPlan.State.RETURNED:
                yield self._clock("CK05", plan.submitted_at, case.unit_id, plan.decided_at)
            if plan.state == InterventionPlan.State.APPROVED and plan.ends_on:
                reviewed = min((row.completed_at for row in reviews if row.completed_at > plan.decided_at), default=None)
                end = datetime.combine(plan.ends_on + timedelta(days=1), time(), TZ) - timedelta(seconds=1)
                if rule := self.rule("CK08", plan.ends_on):
                    yield Clock(rule, plan.decided_at, end, reviewed)

    def _isolation(self, case):
        for step in case.emergency_steps.all():
            if step.kind == "isolation":
                ended = datetime.combine(step.ended_on, time(), TZ) if step.ended_on else None
                yield self._clock("CK03", step.done_at, case.unit_id, ended)

    def running(self, case):
        """The clocks that still run, the nearest first."""
        return [clock for clock in self.of(case) if clock.running] if case.open else []
