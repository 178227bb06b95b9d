"""Case files: opened, assessed, planned and approved in time, closed, under way. By the unit and day of the report received.

A restricted case counts at the unit that holds it and nowhere below. In time is what the clock of the law says, whatever a unit
set shorter for itself; a step whose time still runs at the cut-off is neither in time nor late and is left out of the rate.
"""

from datetime import timedelta

from django.db.models import Q

from cases.models import Case, PlannedService
from cases.pages import with_parts
from childcare.lib.calendar import TZ
from reports.measures.timely import NEVER, judged, start_of

S = Case.State
# Sexual abuse, abandonment, trafficking: the groups of criterion 6 of QĐ 06/2019.
OF_CRITERION = ("N02", "N11", "N12")
OPENED, ACTIVE, CLOSED = "HS-01", "HS-06", "HS-05"
ENDS = {"closed": True, "screened_out": True, "reopened": False}


def in_scope(scope, prefix=""):
    """Cases of the scope: by their unit, or by the unit that holds the restriction."""
    file = f"{prefix}protected_file__"
    restricted = Q(**{f"{file}restricted": True})
    return (scope.inside(f"{prefix}unit") & ~restricted) | (scope.inside(f"{file}held_by") & restricted)


def count(cells, scope):
    """Fill the cells of cases received or ended in the window or under way at its end, and of the services of their plans."""
    window = scope.window
    first, last = start_of(window.data_from), start_of(window.cutoff + timedelta(days=1))
    touched = Q(opened_at__gte=first) | Q(closed_on=None) | Q(closed_on__gte=window.data_from)
    found = Case.objects.filter(in_scope(scope), touched, opened_at__lt=last)
    if window.known_at is not None:
        found = found.filter(created_at__lte=window.known_at)
    rows = list(with_parts(found, texts=False).order_by("pk"))
    if not rows:
        return
    for case in rows:
        _tally(cells, scope, Read(case, scope.clocks, window))
    _count_services(cells, scope)


class Read:
    """One case as it stood at the cut-off, as far as it was known."""

    def __init__(self, case, clocks, window):
        self.case, self.reader, self.window = case, clocks, window
        self.received = case.opened_at.astimezone(TZ).date()
        self.until = min(start_of(window.cutoff + timedelta(days=1)), window.known_at or NEVER)
        self.clocks = {}
        for clock in clocks.of(case):
            self.clocks.setdefault(clock.rule.code, clock)
        self.ended = self._ended()

    @property
    def place(self):
        """The unit at which the case counts."""
        file = self.case.protected_file
        return file.held_by_id if file.restricted and file.held_by_id else self.case.unit_id

    @property
    def in_window(self):
        """True when the report was received in the window and a case was needed."""
        return self.window.data_from <= self.received and not (self.ended and self.ended[1] == "screened_out")

    def _ended(self):
        """(day, closed or screened_out) of the end that stands at the cut-off, or None."""
        events = [row for row in self.case.events.all() if row.what in ENDS and row.at < (self.window.known_at or NEVER)]
        events = sorted(events, key=lambda row: (row.at, row.pk))
        found = None
        for row in events:
            day = row.at.astimezone(TZ).date()
            if row is events[-1] and self.case.closed_on is not None:
                day = self.case.closed_on  # typed: the paper may be older than the entry
            if day <= self.window.cutoff:
                found = (day, row.what) if ENDS[row.what] else None
        return found

    def judged(self, due, done):
        """True in time, False late, None while the time still ran at the cut-off."""
        return judged(due, done, self.until)

    def step(self, code):
        """The same for a clock of the case; None without it."""
        clock = self.clocks.get(code)
        return self.judged(clock.due_at, clock.stopped_at) if clock else None

    def assessed(self):
        """The first assessment: within twelve hours where the child was in urgent need, else before the plan is due."""
        clock = self.clocks.get("CK02" if self.case.emergency else "CK04")
        done = min((row.completed_at for row in self.case.assessments.all()), default=None)
        return self.judged(clock.due_at, done) if clock else None

    def urgent(self):
        """The emergency measure within twelve hours (NĐ 56/2017 Điều 26.3); None where none was needed."""
        clock = self.clocks.get("CK02")
        if not self.case.emergency or clock is None:
            return None
        return self.judged(clock.due_at, min((row.done_at for row in self.case.emergency_steps.all()), default=None))

    def criterion(self):
        """Planned in five days and approved in two, of the kinds of criterion 6; None for others and while both still run."""
        kind = self.case.kind
        if kind is None or kind.code.split(".")[0] not in OF_CRITERION:
            return None
        planned, approved = self.step("CK04"), self.step("CK05")
        if planned is not True:
            return planned
        if approved is None and (whole := self.reader.due("CK06", self.case.opened_at, self.case.unit_id)):
            return self.judged(whole[1], None)  # returned, or still waiting: late once the seven days of the procedure are over
        return approved


def _tally(cells, scope, read):
    """Count one case for everything that it tells."""
    units = scope.above(read.place, read.received)
    names = []
    if read.ended is None:
        names.append(ACTIVE)
    elif read.ended[1] == "closed" and read.window.data_from <= read.ended[0]:
        names.append(CLOSED)
    if read.in_window:
        names.append(OPENED)
        steps = {"HS-02": read.assessed(), "HS-03": read.step("CK04"), "HS-04": read.step("CK05")}
        for code, kept in {**steps, "XH-10": read.criterion(), "XH-12": read.urgent()}.items():
            names += [f"{code} all"] * (kept is not None) + [code] * (kept is True)
    for name in names:
        cells.put((name, ""), units, read.case.pk, read.case.pk)
        cells.cover((name, ""), units, {read.case.protected_file_id})


SERVICE = ("pk", "plan__case__unit_id", "plan__case__protected_file_id", "plan__case__protected_file__restricted",
           "plan__case__protected_file__held_by_id", "starts_on", "plan__decision_on", "support__started_on",
           "support__recorded_at", "support__voided_at")  # fmt: skip


def _count_services(cells, scope):
    """HC-12: services of approved plans that were to begin in the window, and those of them that were given by its end."""
    window = scope.window
    planned = Q(starts_on__gte=window.data_from, starts_on__lte=window.cutoff)
    planned |= Q(starts_on=None, plan__decision_on__gte=window.data_from, plan__decision_on__lte=window.cutoff)
    rows = PlannedService.objects.filter(planned, in_scope(scope, "plan__case__"), plan__state="approved")
    if window.known_at is not None:
        rows = rows.filter(plan__decided_at__lte=window.known_at)
    for pk, unit, file, restricted, holder, starts, decided, *support in rows.order_by("pk").values_list(*SERVICE):
        units = scope.above(holder if restricted and holder else unit, starts or decided)
        for name in ["HC-12 all"] + ["HC-12"] * _given(window, *support):
            cells.put((name, ""), units, pk, pk)
            cells.cover((name, ""), units, {file})


def _given(window, on, recorded_at, voided_at):
    """True when the service was given by the end of the window, as it is known now or was known then."""
    if on is None or on > window.cutoff:
        return False
    if window.known_at is None:
        return voided_at is None
    return recorded_at <= window.known_at and (voided_at is None or voided_at > window.known_at)
