"""The rows behind a number: exactly as many as it says, and who may open them."""

from functools import cached_property

from cases.models import Case, PlannedService
from childcare.children.models import Child, Incident, IncidentChild, Pupil
from childcare.children.querysets import open_files
from childcare.units.models import Unit
from plans.models import Body, Staff
from reports.measures import arrivals, deeds, flows, population, pupils
from reports.measures.catalogue import (
    ACTIVITY,
    BODY,
    CASE,
    CHILD,
    DEED,
    EVALUATION,
    INCIDENT,
    INCIDENT_CHILD,
    MEASURED,
    OBLIGATION,
    RECORD,
    SERVICE,
    STAFF,
    SUM,
    SUPPORT,
    UNIT,
)
from reports.measures.figures import ALIAS, OF_STAFF, Table
from reports.measures.recognition import recognised
from reports.measures.scope import Scope

BY = ("sex", "age", "minority", "poor", "group", "reason", "form", "cause", "setting")
MODELS = {CHILD: Child, INCIDENT: Incident, INCIDENT_CHILD: IncidentChild, CASE: Case, SERVICE: PlannedService,
          STAFF: Staff, UNIT: Unit, BODY: Body}  # fmt: skip


def rows(code, unit, window, breakdown="", counted_kinds=None):
    """The queryset of exactly the rows behind a counted numerator: children, incidents, activities, supports, obligations.

    An abused child is its first IncidentChild in the window. XH-05 has rows by part (part=abused, part=risk); of sums of money
    the rows are what was summed. None for what is not counted from the registry.
    """
    return Behind(unit, window, counted_kinds).rows(code, breakdown)


def openable(officer, code, unit, window, breakdown="", counted_kinds=None):
    """The same for an officer who may see every one of the rows and everything behind them; None for anybody else.

    None too where the rows are not as many as the figure says, as when a typed figure answers instead of the register.
    """
    behind = Behind(unit, window, counted_kinds)
    found = behind.rows(code, breakdown)
    if found is None:
        return None
    files = behind.files(code, breakdown)
    if files and open_files(officer).filter(pk__in=files).count() < len(files):
        return None
    count = found.count()
    return found if behind.says(code, breakdown, count) and _seen(found, officer).count() == count else None


class Behind:
    """The rows behind the figures of one unit; what was counted for one is kept for the next."""

    def __init__(self, unit, window, counted_kinds=None):
        self.unit, self.window, self.kinds = unit, window, counted_kinds

    @cached_property
    def scope(self):
        """What is counted by days and units alone (activities, sums, supports of the fund) needs no more than this."""
        return Scope([self.unit], self.window)

    @cached_property
    def table(self):
        return Table([self.unit], self.window, BY, self.kinds, keep=True)

    @property
    def cells(self):
        return self.table.cells

    def says(self, code, breakdown, count):
        """True when the figure is so many rows; of money, products and attendance the rows are what was summed."""
        figure = self.table.figure(code, self.unit, breakdown)
        if figure.missing or figure.origin != "live":
            return False
        return MEASURED[code].of in (SUM, DEED) or "sum=" in breakdown or figure.numerator == count

    def rows(self, code, breakdown=""):
        """The queryset, or None."""
        code, measure, breakdown = self._asked(code, breakdown)
        if arrivals.tells(code, breakdown):
            counted = self.unit.kind in arrivals.COUNTED_FOR
            return self.table.arrivals(self.unit.pk).rows(breakdown) if counted else None
        if self.unit.kind == "school" and measure is not None and measure.of in MODELS and measure.of not in OF_STAFF:
            return self._of_school(code, measure, breakdown)
        if measure is None or measure.of == RECORD or (measure.numerator == "XH-05" and "part=" not in breakdown):
            return None
        if measure.of == EVALUATION:
            return None if breakdown else recognised(self.scope)
        if measure.of in (ACTIVITY, SUM, SUPPORT, OBLIGATION):
            of_activities = breakdown == "from=activity"
            if code == "NL-06" and breakdown.removeprefix("for=") in ("", *flows.FUND_GROUPS):
                return flows.fund_supports(self.scope, breakdown.removeprefix("for="))
            return _flow(measure.numerator, self.scope, of_activities) if _plain(code, measure, breakdown) else None
        if measure.of == DEED:
            return deeds.rows(code, breakdown, self.scope)
        if measure.of in OF_STAFF:
            self.table.figure(code, self.unit)  # they are counted when one is asked for
        without = self.table.left_out(code, self.unit, breakdown)
        if measure.numerator in population.conditions(self.window.cutoff):
            return population.rows(self.table.scope, measure.numerator, breakdown, without)
        keys = self._keys((measure.numerator, breakdown), without)
        model = Child if breakdown == "part=risk" else MODELS[measure.of]
        return every(model).filter(pk__in=list(keys.values()))

    def _of_school(self, code, measure, breakdown):
        """Pupils behind what the school brought; the children and incidents behind what the registry tells of them."""
        if not pupils.is_counted(measure.numerator, breakdown):
            return None
        if measure.numerator not in pupils.OF_REGISTRY:
            return pupils.rows(self.unit, self.window, measure.numerator, breakdown)
        self.table.figure(code, self.unit)  # the schools are counted when one is asked for
        return every(MODELS[measure.of]).filter(pk__in=list(self._keys((measure.numerator, ""), []).values()))

    def _keys(self, name, without):
        """Key → row of what was counted in the unit, less what lies only in communes that the figure leaves out."""
        found = self.cells.rows[name] if name in self.cells.rows else {}
        whole = dict(found.get(self.unit.pk, {}))
        if without:
            parts = self.table.scope.communes(self.unit.pk)
            kept = {key for part in parts if part not in without for key in found.get(part, {})}
            gone = {key for part in without for key in found.get(part, {})} - kept
            whole = {key: row for key, row in whole.items() if key not in gone}
        return whole

    def files(self, code, breakdown=""):
        """Protected files behind the number."""
        code, measure, breakdown = self._asked(code, breakdown)
        if measure.of not in MODELS or measure.numerator in population.conditions(self.window.cutoff):
            return set()
        return self.cells.files[measure.numerator, breakdown].get(self.unit.pk, set())

    @staticmethod
    def _asked(code, breakdown):
        if (code, breakdown) in ALIAS:
            code, breakdown = ALIAS[code, breakdown], ""
        return code, MEASURED.get(code), breakdown


def _plain(code, measure, breakdown):
    """True when rows stand behind the figure in this breakdown. Money raised by activities and given to funds has no one list:
    ask from=activity, or nothing when no fund received anything."""
    if code == "NL-05" and breakdown == "from=activity":
        return True
    return not breakdown or (measure.of in (ACTIVITY, SUM) and breakdown.startswith("sum="))


def _flow(code, scope, of_activities=False):
    if code in flows.ACTIVITIES:
        return flows.activities(scope).filter(flows.of(code))
    if code == "NL-05" and not of_activities and deeds.received(scope).exists():
        return None
    if code in flows.SUMS:
        return flows.activities(scope).filter(**{f"{flows.SUMS[code]}__gt": 0})
    return flows.owed(scope).filter(flows.in_time())


def _seen(queryset, officer):
    if queryset.model is IncidentChild:
        return queryset.filter(incident__in=Incident.objects.visible_to(officer))
    if queryset.model is PlannedService:
        return queryset.filter(plan__case__in=Case.objects.visible_to(officer))
    if queryset.model is Pupil:
        return queryset.filter(pk__in=Pupil.objects.kept_by(officer).values("pk"))
    return queryset.filter(pk__in=every(queryset.model).visible_to(officer).values("pk"))


def every(model):
    """Rows as they may once have been counted: a child that has since left the registry is still behind an older figure."""
    return model.with_removed.all() if model is Child else model.objects.all()
