"""Biến động: what happened to the children of a unit in a period, read from the dated rows and written down nowhere else.

A move from one ward of a district to another leaves the one and arrives in the other; for the district it is a move within.
Counts belong to the unit. Whose name stands in the list is the question of `visible_to`, asked by event_pages.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from childcare.children.models import Child, ChildRevision, Incident, IncidentChild, Residence
from childcare.lib.calendar import SIXTEEN, TZ, birth_after_for_age, birthday, show

KINDS = {
    "birth": "Sinh", "arrival": "Chuyển đến", "departure": "Chuyển đi", "within": "Chuyển trong địa bàn", "death": "Tử vong",
    "sixteen": "Đủ 16 tuổi", "marriage": "Tảo hôn", "correction": "Đính chính",
}  # fmt: skip
R = Residence.Reason
FIELDS = (
    "pk",
    "child_id",
    "unit__path",
    "unit__name",
    "started_on",
    "ended_on",
    "start_reason",
    "end_reason",
    "protected_file_id",
)


@dataclass(frozen=True)
class Event:
    """One event of one child (None: a child that is not in the registry) on a day, under a protected file or none."""

    kind: str
    day: date
    child: int | None
    detail: str = ""
    file: int | None = None
    unknown: str = ""  # what is known of a child that is not in the registry


def happened(unit, first, last, *, officer):
    """Every event of the unit in the period, as a list by kind and day: kind → events."""
    found = {kind: [] for kind in KINDS}
    for event in _moves(unit, first, last):
        found[event.kind].append(event)
    found["birth"] = list(_births(unit, first, last))
    found["sixteen"] = list(turning_sixteen(unit, first, last))
    found["marriage"] = list(_marriages(unit, first, last, officer))
    found["correction"] = list(_corrections(unit, first, last, officer))
    return {kind: sorted(events, key=lambda event: (event.day, event.child or 0)) for kind, events in found.items()}


def _moves(unit, first, last):
    """Arrivals, departures, moves within, deaths. The end and the start of one move are found by child and day."""
    within = Q(started_on__gte=first, started_on__lte=last) | Q(ended_on__gte=first, ended_on__lte=last)
    touched = Residence.objects.valid().filter(within, unit__path__startswith=unit.path)
    rows = list(Residence.objects.valid().filter(within, child__in=touched.values("child")).order_by("pk").values(*FIELDS))
    came = {(row["child_id"], row["started_on"]): row for row in rows if row["start_reason"] == R.ARRIVAL}
    went = {(row["child_id"], row["ended_on"]): row for row in rows if row["end_reason"] == R.DEPARTURE}
    for (child, day), row in came.items():
        source = went.get((child, day))
        if day and first <= day <= last and _inside(row, unit):
            if source and _inside(source, unit):
                yield _event("within", row, day, f"từ {source['unit__name']} đến {row['unit__name']}")
            else:
                yield _event("arrival", row, day, f"từ {source['unit__name']}" if source else "")
    for (child, day), row in went.items():
        goal = came.get((child, day))
        if first <= day <= last and _inside(row, unit) and not (goal and _inside(goal, unit)):
            yield _event("departure", row, day, f"đến {goal['unit__name']}" if goal else "ngoài hệ thống")
    for row in rows:
        if row["end_reason"] == R.DEATH and first <= row["ended_on"] <= last and _inside(row, unit):
            yield _event("death", row, row["ended_on"], "")


def _inside(row, unit):
    return row["unit__path"].startswith(unit.path)


def _event(kind, row, day, detail):
    return Event(kind, day, row["child_id"], detail, row["protected_file_id"])


def _births(unit, first, last):
    """Children born in the period whose life in the registry began here with their birth."""
    rows = Residence.objects.valid().filter(unit__path__startswith=unit.path)
    exact = Q(child__birth_precision="day", child__birth_latest__gte=first, child__birth_latest__lte=last)
    since_birth = Q(start_reason=R.EXISTING) & (Q(started_on=None) | Q(started_on=F("child__birth_latest")))
    vague = Q(start_reason=R.BIRTH, started_on__gte=first, started_on__lte=last) & ~Q(child__birth_precision="day")
    rows = rows.filter((exact & (Q(start_reason=R.BIRTH) | since_birth)) | vague).order_by("child", "pk")
    seen = set()
    for row in rows.values(*FIELDS, "child__birth_latest", "child__birth_precision"):
        if row["child_id"] not in seen:
            seen.add(row["child_id"])
            born = row["child__birth_latest"] if row["child__birth_precision"] == "day" else row["started_on"]
            yield _event("birth", row, born, "")


def turning_sixteen(unit, first, last):
    """Children who live in the unit on the day on which they become sixteen: computed from the birth date, typed by nobody."""
    youngest, oldest = birth_after_for_age(SIXTEEN, first - timedelta(days=1)), birth_after_for_age(SIXTEEN, last)
    rows = Residence.objects.valid().filter(unit__path__startswith=unit.path)
    rows = rows.filter(child__birth_latest__gt=youngest, child__birth_latest__lte=oldest).order_by("pk")
    for row in rows.values(*FIELDS, "child__birth_latest", "child__birth_precision"):
        day = birthday(row["child__birth_latest"], SIXTEEN)
        if (row["started_on"] or date.min) <= day and day < (row["ended_on"] or date.max):
            guess = "" if row["child__birth_precision"] == "day" else "ước tính, chưa rõ ngày sinh"
            yield _event("sixteen", row, day, guess)


def _marriages(unit, first, last, officer):
    """Children of the child marriages that the officer may see: an Incident of that kind, as TH-01 counts it."""
    incidents = Incident.objects.visible_to(officer).valid().filter(
        kind=Incident.Kind.CHILD_MARRIAGE, occurred_on__gte=first, occurred_on__lte=last, unit__path__startswith=unit.path
    )  # fmt: skip
    rows = IncidentChild.objects.filter(incident__in=incidents).select_related("incident__unit").order_by("pk")
    for row in rows:
        known = [row.get_sex_display(), f"sinh {row.birth_latest.year}" if row.birth_latest else "", "chưa có trong sổ"]
        unknown = "" if row.child_id else ", ".join(filter(None, known))
        yield Event("marriage", row.incident.occurred_on, row.child_id, row.incident.unit.name, unknown=unknown)


def _corrections(unit, first, last, officer):
    """One event a child and day: which own fields were corrected, and residences that were put right or taken back."""
    seen = Child.objects.visible_to(officer).filter(unit__path__startswith=unit.path)
    told = defaultdict(dict)
    days = {"at__date__gte": first, "at__date__lte": last}
    for child, at, field in (
        ChildRevision.objects.filter(child__in=seen, **days).order_by("pk").values_list("child", "at", "field")
    ):
        told[child, at.astimezone(TZ).date()][_word(field)] = True
    days = {"recorded_at__date__gte": first, "recorded_at__date__lte": last}
    rows = Residence.objects.visible_to(officer).filter(child__in=seen, replaces__isnull=False, voided_at=None, **days)
    for child, at, why in rows.order_by("pk").values_list("child", "recorded_at", "replaces__void_reason"):
        told[child, at.astimezone(TZ).date()][f"nơi ở ({why[:1].lower()}{why[1:]})"] = True
    for (child, day), words in told.items():
        yield Event("correction", day, child, ", ".join(words))


def _word(field):
    return "ngày sinh" if field == "birth" else Child._meta.get_field(field).verbose_name


def soon_sixteen(unit, on, days):
    """Children who become sixteen within so many days after today."""
    return sorted(
        turning_sixteen(unit, on + timedelta(days=1), on + timedelta(days=days)), key=lambda event: (event.day, event.child)
    )


def period_word(first, last):
    """ "từ 01/04/2024 đến 30/04/2024"."""
    return f"từ {show(first)} đến {show(last)}"
