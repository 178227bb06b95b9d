"""The rows behind a number: exactly as many as it says, and who may open them."""

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
    found = _rows(code, unit, window, breakdown, counted_kinds)
    return found[0] if found else None


def openable(officer, code, unit, window, breakdown="", counted_kinds=None):
    """The same for an officer who may see every one of the rows and everything behind them; None for anybody else."""
    found = _rows(code, unit, window, breakdown, counted_kinds)
    if found is None:
        return None
    queryset, files = found
    seen = _seen(queryset, officer)
    if files and open_files(officer).filter(pk__in=files).count() < len(files):
        return None
    return queryset if seen.count() == queryset.count() else None


def _rows(code, unit, window, breakdown, kinds):
    """(queryset, protected files behind it), or None."""
    code = ALIAS.get((code, breakdown), code)
    breakdown = "" if code in ("DS-08", "DS-09") and breakdown in ("poor", "near") else breakdown
    measure = MEASURED.get(code)
    if measure is None or (code == "XH-05" and "part=" not in breakdown):
        return None
    if measure.of in (ACTIVITY, SUM, SUPPORT, OBLIGATION):
        return _flow(code, Scope([unit], window)), ()
    if measure.numerator in population.conditions(window.cutoff):
        return population.rows(Scope([unit], window), measure.numerator, breakdown), ()
    table = Table([unit], window, BY, kinds, keep=True)
    name = (measure.numerator, breakdown)
    keys = table.cells.rows[name].get(unit.pk, {}) if name in table.cells.rows else {}
    model = Child if breakdown == "part=risk" else IncidentChild if breakdown == "part=abused" else MODELS[measure.of]
    return model.objects.filter(pk__in=list(keys.values())), table.cells.files[name].get(unit.pk, ())


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
