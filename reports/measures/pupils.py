"""What a school counts: its pupils as it brought them, and of the registry what may be told about those who are matched.

A school counts whom it teaches, wherever they live; nothing of it reaches a unit above, which counts by residence. Facts of a
protected file and of sensitive kinds count for no school: nothing it could do to its list makes such a fact show.
"""

from django.db.models import Count, F, Q

from childcare.children.models import CircumstanceKind, Enrolment, Incident, IncidentChild, Pupil
from reports.measures import incidents
from reports.measures.conditions import NO_MINORITY, age_band, aged, holds, minority, valid
from reports.measures.people import Tally
from reports.measures.persons import People
from reports.measures.population import RESIDENTS, UNKNOWN_BIRTH, keys

MATCHED = "pupils matched"
BREAKDOWNS = ("sex=", "age=", "minority")
# Counted from what the registry holds of matched pupils: totals only, never a breakdown.
OF_REGISTRY = frozenset("HC-01 HC-03 HC-05 HC-07 HC-10 HC-15 HC-25 HC-27 DS-10 XH-08 TN-01 TN-03 TN-05 TN-06 TN-07".split())
NOT_COUNTED = "Trường không đếm chỉ tiêu này: danh sách học sinh không cho biết."
NO_PUPILS = "Trường chưa nhập danh sách học sinh."
KINDS = (Incident.Kind.INJURY, Incident.Kind.SCHOOL_VIOLENCE)


def conditions(day):
    """Every count of what the school brought: name → condition on an enrolment that holds at the end of the day."""
    pupil = aged(day, prefix="pupil__")
    return {
        RESIDENTS: Q(),
        MATCHED: Q(child__isnull=False),
        UNKNOWN_BIRTH: Q(pupil__birth_latest=None),
        "DS-01": pupil,
        "DS-03": aged(day, 6, "pupil__"),
        "DS-05": pupil & Q(pupil__sex="m"),
        "DS-06": pupil & Q(pupil__sex="f"),
        "DS-07": pupil & ~Q(pupil__ethnic__in=NO_MINORITY),
        "DS-14": aged(day, 18, "pupil__", at_least=5),
        "TG-01 all": aged(day, prefix="pupil__", at_least=7),
    }


def is_counted(count, breakdown=""):
    """True when a school tells this count, in this breakdown."""
    if count in OF_REGISTRY:
        return not breakdown
    brought = count in ("DS-01", "DS-03", "DS-05", "DS-06", "DS-07", "DS-14")
    return brought and all(part.startswith(BREAKDOWNS) for part in breakdown.split("&") if part)


class SchoolsOnly:
    """The schools of a counting: each stands for itself, nothing is above it."""

    def __init__(self, schools, window):
        self.schools, self.window = frozenset(schools), window

    def above(self, unit, day=None):
        return (unit,) if unit in self.schools else ()

    def inside(self, field):
        return Q(**{f"{field}__in": self.schools})


def enrolments(schools, window):
    """Who attends one of the schools at the end of the cut-off day, as known then."""
    return Enrolment.objects.filter(valid(known_at=window.known_at), holds(window.cutoff), schools.inside("unit"))


def count(cells, units, window, by, kinds=None):
    """Fill the cells of these schools: five statements, asked for only when the figure of a school is."""
    schools = SchoolsOnly(units, window)
    _count_brought(cells, schools, window, by)
    for person in MatchedPupils(schools).values():
        Tally(person, cells, schools, (), kinds).run()
    for row in injured(schools):
        incidents.tally(cells, schools, (), row)


def _count_brought(cells, schools, window, by):
    """One statement, grouped by school and by the breakdowns asked for."""
    day, wanted = window.cutoff, conditions(window.cutoff)
    what = {"sex": F("pupil__sex"), "age": age_band(day, "pupil__"), "minority": minority("pupil__")}
    what = {f"by_{name}": expression for name, expression in what.items() if name in by}
    totals = {f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(wanted.values()) if condition}
    rows = enrolments(schools, window).annotate(**what).values("unit_id", *what).annotate(n0=Count("*"), **totals)
    for row in rows.order_by():
        for key in keys({name: row[name] for name in what}):
            for place, name in enumerate(wanted):
                cells.add((name, key), (row["unit_id"],), row[f"n{place}"])


class MatchedPupils(People):
    """Matched pupils with what may be told of them: an enrolment is their stay, a protected or sensitive fact is none."""

    def __init__(self, schools):
        super().__init__(schools)
        secret = set(CircumstanceKind.objects.filter(sensitive=True).values_list("code", flat=True))
        for person in self.values():
            person.facts = {key: fact for key, fact in person.facts.items() if not fact.file and fact.code not in secret}
            person.aids = {key: aid for key, aid in person.aids.items() if not aid[4]}

    def _stays(self, where=None):
        rows = Enrolment.objects.filter(valid(known_at=self.window.known_at), self.scope.inside("unit"))
        return rows.filter(child__isnull=False).annotate(place=F("unit_id"))


def injured(schools):
    """Matched pupils in injuries and school violence while they attended: rows as `incidents` counts them."""
    window, at = schools.window, "child__enrolments__"
    begun = Q(**{f"{at}started_on": None}) | Q(**{f"{at}started_on__lte": F("incident__occurred_on")})
    lasting = Q(**{f"{at}ended_on": None}) | Q(**{f"{at}ended_on__gte": F("incident__occurred_on")})
    attended = valid(at, window.known_at) & schools.inside(f"{at}unit") & begun & lasting
    rows = IncidentChild.objects.filter(
        valid("incident__", window.known_at), attended, incident__protected_file=None, incident__kind__in=KINDS,
        incident__occurred_on__gte=window.data_from, incident__occurred_on__lte=window.cutoff,
    )  # fmt: skip
    names = ("incident_id", f"{at}unit_id", "incident__occurred_on", "incident__kind", "incident__cause", "incident__setting")
    person = ("pk", "child_id", "child__sex", "child__birth_latest", "sex", "birth_latest", "form", "outcome", "intervened_on")
    for values in rows.order_by("pk").distinct().values_list(*names, *person):
        row = incidents.Row(*values[:6], None, False, None, *values[6:], False)
        if row.counts():
            yield row


def rows(school, window, count, breakdown):
    """The pupils behind one of the counts of what the school brought."""
    found = enrolments(SchoolsOnly([school.pk], window), window).filter(conditions(window.cutoff)[count])
    for part in filter(None, breakdown.split("&")):
        if part.startswith("sex="):
            found = found.filter(pupil__sex=part.removeprefix("sex="))
        elif part.startswith("age="):
            found = found.annotate(band=age_band(window.cutoff, "pupil__")).filter(band=part)
        else:
            found = found.annotate(of=minority("pupil__")).filter(of=part)
    return Pupil.objects.filter(pk__in=found.values("pupil"))


def by_class(school, day):
    """Rows of the classes that a school has at the end of a day: pupils, boys, girls, of a minority, matched; by class name."""
    of = {
        "pupils": Count("pk"), "boys": Count("pk", filter=Q(pupil__sex="m")), "girls": Count("pk", filter=Q(pupil__sex="f")),
        "minority": Count("pk", filter=~Q(pupil__ethnic__in=NO_MINORITY)),
        "matched": Count("pk", filter=Q(child__isnull=False)),
    }  # fmt: skip
    found = Enrolment.objects.filter(valid(), holds(day), unit=school)
    return list(found.order_by().values("class_name", "school_year").annotate(**of))


def by_ethnic(school, day):
    """Key of the ethnic group as the school brought it ("" = not told) → pupils at the end of the day."""
    found = Enrolment.objects.filter(valid(), holds(day), unit=school)
    return dict(found.order_by().values_list("pupil__ethnic").annotate(Count("pk")))
