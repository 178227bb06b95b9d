"""The rows behind a number: exactly as many as it says, and who may open them."""

from functools import cached_property

from childcare.children.models import Child, Incident, IncidentChild
from childcare.children.querysets import open_files
from reports.measures import flows, population
from reports.measures.catalogue import ACTIVITY, CHILD, INCIDENT, INCIDENT_CHILD, MEASURED, OBLIGATION, SUM, SUPPORT
from reports.measures.figures import ALIAS, Table
from reports.measures.scope import Scope

BY = ("sex", "age", "minority", "poor", "group", "reason", "form", "cause", "setting")
MODELS = {CHILD: Child, INCIDENT: Incident, INCIDENT_CHILD: IncidentChild}


def rows(code, unit, window, breakdown="", counted_kinds=None):
    """The queryset of exactly the rows behind a counted numerator: children, incidents, activities, supports, obligations.

    An abused child is its first IncidentChild in the window. XH-05 has rows by part (part=abused, part=risk); of sums of money
    the rows are what was summed. None for what is not counted from the registry.
    """
    return Behind(unit, window, counted_kinds).rows(code, breakdown)


def openable(officer, code, unit, window, breakdown="", counted_kinds=None):
    """The same for an officer who may see every one of the rows and everything behind them; None for anybody else."""
    behind = Behind(unit, window, counted_kinds)
    found = behind.rows(code, breakdown)
    if found is None:
        return None
    files = behind.files(code, breakdown)
    if files and open_files(officer).filter(pk__in=files).count() < len(files):
        return None
    return found if _seen(found, officer).count() == found.count() else None


class Behind:
    """The rows behind the figures of one unit; what was counted for one is kept for the next."""

    def __init__(self, unit, window, counted_kinds=None):
        self.unit, self.window, self.kinds = unit, window, counted_kinds

    @cached_property
    def cells(self):
        return Table([self.unit], self.window, BY, self.kinds, keep=True).cells

    def rows(self, code, breakdown=""):
        """The queryset, or None."""
        measure, breakdown = self._asked(code, breakdown)
        if measure is None or (measure.numerator == "XH-05" and "part=" not in breakdown):
            return None
        if measure.of in (ACTIVITY, SUM, SUPPORT, OBLIGATION):
            return _flow(measure.numerator, Scope([self.unit], self.window))
        if measure.numerator in population.conditions(self.window.cutoff):
            return population.rows(Scope([self.unit], self.window), measure.numerator, breakdown)
        name = (measure.numerator, breakdown)
        keys = self.cells.rows[name].get(self.unit.pk, {}) if name in self.cells.rows else {}
        model = Child if breakdown == "part=risk" else MODELS[measure.of]
        return model.objects.filter(pk__in=list(keys.values()))

    def files(self, code, breakdown=""):
        """Protected files behind the number."""
        measure, breakdown = self._asked(code, breakdown)
        if measure.of not in MODELS or measure.numerator in population.conditions(self.window.cutoff):
            return set()
        return self.cells.files[measure.numerator, breakdown].get(self.unit.pk, set())

    @staticmethod
    def _asked(code, breakdown):
        if (code, breakdown) in ALIAS:
            code, breakdown = ALIAS[code, breakdown], ""
        return MEASURED.get(code), breakdown


def _flow(code, scope):
    if code in flows.ACTIVITIES:
        return flows.activities(scope).filter(kind__in=flows.ACTIVITIES[code])
    if code in flows.SUMS:
        return flows.activities(scope).filter(**{f"{flows.SUMS[code]}__gt": 0})
    if code == "NL-06":
        return flows.fund_supports(scope)
    return flows.owed(scope).filter(flows.in_time())


def _seen(queryset, officer):
    if queryset.model is IncidentChild:
        return queryset.filter(incident__in=Incident.objects.visible_to(officer))
    return queryset.filter(pk__in=queryset.model.objects.visible_to(officer).values("pk"))
