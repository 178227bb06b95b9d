"""The clocks of alternative care, as those of a case: recording the fact stops them, nothing is ticked."""

from datetime import datetime, time, timedelta

from cases.clocks import Clock, Clocks
from cases.models import Placement
from childcare.lib.calendar import TZ, months_after

PARTS = ("visits", "carer_notices")
YEAR = 12  # months
CARED_FOR = ("relative", "family", "timed", "facility")


def with_parts(placements):
    """Placements with what their clocks and a line about them need, in a fixed number of queries."""
    return placements.select_related("unit", "child", "case", "carer", "shelter", "protected_file").prefetch_related(*PARTS)


def at(day):
    """The beginning of a day in Vietnam, or None."""
    return datetime.combine(day, time(), TZ) if day else None


def quarter_end(day):
    """The last day of the day's quarter."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return months_after(first, 3) - timedelta(days=1)


class PlacementClocks(Clocks):
    """The rules once, for as many placements, carers and promises as a page shows."""

    def of_placement(self, row):
        """Every clock of a placement that began, in the order in which they run out. Visits come prefetched.

        NĐ 56/2017 Điều 42.7 (hand-over), 43.2 (visits, report), 45 (from a facility); NĐ 20/2021 Điều 18.3; Luật Điều 69.
        """
        if row.state == Placement.State.CANCELLED:
            return []
        found = [*self._before(row), *self._caring(row), *self._ending(row)]
        return sorted((clock for clock in found if clock), key=lambda clock: clock.due_at)

    def running_of(self, row):
        """The clocks of a placement that still run, the nearest first."""
        return [clock for clock in self.of_placement(row) if clock.running] if row.open else []

    def of_carer(self, carer):
        """The clock of a registration: fifteen working days to a conclusion; None without the rule."""
        return self._clock("CK46", at(carer.applied_on), carer.unit_id, at(carer.decided_on))

    def of_register(self, heard_on):
        """The clock of a commune's register (Điều 40.1): it is up to date while everybody on it was heard of in the quarter.

        `heard_on`: the last day of which something is written about the one heard of longest ago.
        """
        begins = quarter_end(heard_on) + timedelta(days=1)
        rule = self.rule("CK14", begins)
        if rule is None or rule.amount is None:
            return None
        return Clock(rule, at(begins), at(months_after(begins, rule.amount)) - timedelta(seconds=1))

    def _before(self, row):
        if row.photo_on:
            yield self._clock("CK45", at(row.photo_on), row.unit_id, at(row.decision_on))
        if row.from_facility_id and row.file_received_on:
            yield self._clock("CK10", at(row.file_received_on), row.unit_id, at(row.decision_on))
        if row.needs_decision and row.decision_on:
            yield self._clock("CK09", at(row.decision_on), row.unit_id, at(row.started_on))

    def _caring(self, row):
        if row.started_on is None:
            return
        over = at(row.ended_on)
        if row.form == Placement.Form.SHELTER:
            yield self._clock("CK42", at(row.started_on), row.unit_id, over)
        if row.form not in CARED_FOR:
            return
        visits = [at(visit.visited_on) for visit in row.visits.all()]
        for code, place in (("CK35", 0), ("CK36", 1)):
            yield self._clock(code, at(row.started_on), row.unit_id, visits[place] if place < len(visits) else over)
        yield from self._reports(row, over)
        if row.carer_id:
            yield from self._told(row, over)

    def _told(self, row, over):
        """The carer tells the commune after six months, then every year (Luật Trẻ em Điều 64.1.b)."""
        since, rule = at(row.started_on), self.rule("CK40", row.started_on)
        if rule is None or rule.amount is None:
            return
        due = months_after(row.started_on, rule.amount)
        for told in [*row.carer_notices.all(), None]:
            end = at(due + timedelta(days=1)) - timedelta(seconds=1)
            yield Clock(rule, since, end, at(told.told_on) if told else over)
            if told is not None:
                since, due = at(told.told_on), months_after(told.told_on, YEAR)

    def _reports(self, row, over):
        """A report within six months of the hand-over, and again within six months of the last one."""
        since = at(row.started_on)
        for visit in row.visits.all():
            if visit.report:
                yield self._clock("CK13", since, row.unit_id, at(visit.visited_on))
                since = at(visit.visited_on)
        yield self._clock("CK13", since, row.unit_id, over)

    def _ending(self, row):
        if row.request_on:
            done = at(row.ended_on) - timedelta(seconds=1) if row.ended_on else None
            yield self._clock("CK12", at(row.request_on), row.unit_id, done)
