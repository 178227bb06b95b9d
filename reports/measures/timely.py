"""Whether a child who was reported as harmed was helped in time: its case file against the clocks of the law (XH-04, XH-06).

In time is, of what needs an emergency measure, the first within twelve hours of the report (NĐ 56/2017 Điều 26.3); of all
else the first measure, or the approved plan, within the seven working days of the procedure (Điều 28.1, 28.4). Without a case
file nobody knows when the report came: the seven days run from the day of the event, which can only be earlier. What a unit
set shorter for itself judges nobody here.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import Min, OuterRef, Q, Subquery

from cases.models import Case, EmergencyStep, InterventionPlan
from childcare.lib.calendar import TZ
from reports.measures.catalogue import RISK_OF_HARM

NEVER = datetime(9999, 1, 1, tzinfo=TZ)
EMERGENCY, PLAN = "CK02", "CK06"
REPORTED = ("L07", "L10", "N09", "N11")  # XH-06: labour against the law, ill-treatment, violence, sexual abuse


def start_of(day):
    """The beginning of a day in Vietnam."""
    return datetime.combine(day, time(), TZ)


def end_of(day):
    """Its last second; a measure of which only the day is known was begun by then."""
    return start_of(day + timedelta(days=1)) - timedelta(seconds=1)


def judged(due, done, until):
    """True in time, False late, None while the time still ran at `until`."""
    if done is not None and done < until:
        return done <= due
    return False if due < until else None


class Timely:
    """The case files of the children and protected files asked about, in one statement.

    How many statements there are must not tell of what is restricted: in a commune nothing held above it is asked about, and a
    level that may hold something asks always.
    """

    def __init__(self, scope, children, files):
        self.scope, window = scope, scope.window
        self.until = min(start_of(window.cutoff + timedelta(days=1)), window.known_at or NEVER)
        self.of_file, self.of_child = defaultdict(list), defaultdict(list)
        if upper := any(scope.kind(unit.pk) in ("district", "province") for unit in scope.roots):
            scope.clocks  # noqa: B018 (read whether anything is judged or not)
        if children or files or upper:
            self._read(children or {0}, files)

    def _read(self, children, files):
        # A restricted case tells nothing beside a fact that lies under another file.
        mine = Q(protected_file__in=files) | Q(child__in=children, protected_file__restricted=False)
        found = Case.objects.filter(mine, opened_at__lt=self.until).exclude(state=Case.State.SCREENED_OUT)
        if self.scope.window.known_at is not None:
            found = found.filter(created_at__lte=self.scope.window.known_at)
        first = EmergencyStep.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(at=Min("done_at"))
        plans = InterventionPlan.objects.filter(case=OuterRef("pk"), state=InterventionPlan.State.APPROVED)
        approved = plans.order_by().values("case").annotate(at=Min("decided_at"))
        found = found.annotate(first=Subquery(first.values("at")), approved=Subquery(approved.values("at")))
        names = ("child_id", "protected_file_id", "opened_at", "unit_id", "emergency", "first", "approved")
        for row in found.order_by("opened_at", "pk").values_list(*names):
            self.of_file[row[1]].append(row[2:])
            self.of_child[row[0]].append(row[2:])

    def cases(self, child, file, day):
        """The case files of a fact of a child: those under its file, else those opened since its day; the earliest first."""
        return self.of_file.get(file) or [row for row in self.of_child.get(child, ()) if row[0] >= start_of(day)]

    def judged(self, *, child, file, day, unit, begun=None):
        """True, False or None of a fact of a child: under `file` (or None) since `day`; `begun`: the day of the first help."""
        found = self.cases(child, file, day)
        begun = [end_of(begun)] if begun else []
        if not found:
            return self._judged(PLAN, start_of(day), unit, begun)
        urgent = any(row[2] for row in found)
        done = begun + [at for row in found for at in (row[3], None if urgent else row[4]) if at]
        return self._judged(EMERGENCY if urgent else PLAN, found[0][0], found[0][1], done)

    def _judged(self, code, since, unit, done):
        due = self.scope.clocks.due(code, since, unit)
        return judged(due[1], min(done, default=None), self.until) if due else None


def of_harm(scope, persons):
    """The case files of those of the persons of whom harm or a risk of it was found in the window."""
    told = [(person, fact) for person in persons for fact in person.facts.values() if _told(fact, scope)]
    return Timely(scope, {person.key for person, _ in told}, {fact.file for _, fact in told if fact.file})


def _told(fact, scope):
    """True for harm, or a risk of it, that began in the window and that the scope counts."""
    harm = fact.code in RISK_OF_HARM or fact.code.split(".")[0] in REPORTED
    return harm and began(fact, scope.window) and counts(fact, scope)


def counts(fact, scope):
    """False for a fact that is restricted and held above the scope."""
    return fact.holder is None or bool(scope.above(fact.holder))


def began(fact, window):
    """True for a fact that began in the window: "được phát hiện trong kỳ"."""
    return fact.started_on is not None and window.data_from <= fact.started_on <= window.cutoff
