"""All children by residence: one statement, grouped by unit and by the breakdowns asked for."""

from django.db.models import Count, F, Q

from childcare.children.models import Child, Residence
from reports.measures.conditions import age_band, aged, holds, minority, valid

RESIDENTS, UNKNOWN_BIRTH = "residents", "unknown birth"
PRESENT = Child.MinistryState.PRESENT


def conditions(day):
    """Every count of this statement: name → condition on a residence that holds at the end of the day."""
    child = aged(day, prefix="child__")
    small = aged(day, 6, "child__")
    listed = child & Q(child__ministry_state=PRESENT)
    card = ~Q(child__insurance_number="") & (Q(child__insurance_until=None) | Q(child__insurance_until__gte=day))
    basics = Q(child__full_name="") | Q(child__sex="") | ~Q(child__birth_precision="day")
    return {
        RESIDENTS: Q(),
        UNKNOWN_BIRTH: Q(child__birth_latest=None),
        "DS-01": child,
        "DS-03": small,
        "DS-05": child & Q(child__sex="m"),
        "DS-06": child & Q(child__sex="f"),
        "DS-07": child & ~Q(child__ethnic__in=("", "E01", "E55", "E56")),
        "DS-13": aged(day, 5, "child__") & ~Q(child__birth_certificate=""),
        "DS-13 all": aged(day, 5, "child__"),
        "DS-14": aged(day, 18, "child__", at_least=5),
        "TG-01 all": aged(day, prefix="child__", at_least=7),
        "YT-09": small & card,
        "DL-01": listed,
        "DL-02": listed & Q(child__identity_verified_on__lte=day),
        "DL-03": child & (Q(child__identity_valid=False) | basics),
    }


def residences(scope):
    """Residences of the scope at the end of the cut-off day."""
    window = scope.window
    return Residence.objects.filter(valid(known_at=window.known_at), holds(window.cutoff), scope.stock("unit"))


def dimensions(day, by):
    """What to group by beside the unit."""
    found = {"sex": F("child__sex"), "age": age_band(day), "minority": minority()}
    return {f"by_{name}": found[name] for name in ("sex", "age", "minority") if name in by}


def keys(values):
    """The breakdown keys of a group: total, sex, age band, minority."""
    found = [""]
    for name, value in values.items():
        if value:
            found.append(f"sex={value}" if name == "by_sex" else value)
    return found


def count(cells, scope, by):
    """Fill the cells of this statement."""
    day = scope.window.cutoff
    wanted, by_what = conditions(day), dimensions(day, by)
    totals = {f"n{number}": Count("pk", filter=condition) for number, condition in enumerate(wanted.values()) if condition}
    rows = (
        residences(scope).annotate(place=scope.place(), **by_what).values("place", *by_what).annotate(n0=Count("*"), **totals)
    )
    for row in rows.order_by():
        units = scope.above(row["place"])
        for key in keys({name: row[name] for name in by_what}):
            for number, name in enumerate(wanted):
                if amount := row[f"n{number}"]:
                    cells.add((name, key), units, amount)


def rows(scope, name, breakdown, without=()):
    """The children behind one of these counts, without those of the communes that the figure leaves out."""
    day = scope.window.cutoff
    found = residences(scope).filter(conditions(day)[name])
    for unit in without:
        found = found.exclude(unit__path__startswith=scope.rows[unit][0])
    for part in filter(None, breakdown.split("&")):
        if part.startswith("sex="):
            found = found.filter(child__sex=part.removeprefix("sex="))
        elif part.startswith("age="):
            found = found.annotate(band=age_band(day)).filter(band=part)
        else:
            found = found.annotate(of=minority()).filter(of=part)
    return Child.with_removed.filter(pk__in=found.values("child"))
