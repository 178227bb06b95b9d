"""Circumstances, supports and incidents of the demo children. Sensitive ones carry a protected file open to their commune."""

from datetime import date, timedelta

from django.utils import timezone

from childcare.children.models import (
    Circumstance,
    CircumstanceKind,
    FileAccess,
    Incident,
    IncidentChild,
    ProtectedFile,
    Residence,
    Support,
    SupportKind,
)
from reports.demo.families import BATCH, key, some_day
from reports.demo.names import FICTITIOUS

# Share of all children, least and greatest age.
CIRCUMSTANCES = {
    "N01.3": (0.007, 2, 15), "N03.9": (0.005, 1, 15), "N04.1": (0.007, 1, 15), "N04.2": (0.022, 1, 15), "N04.3": (0.016, 3, 15),
    "N08.2": (0.002, 12, 15), "L08": (0.020, 1, 15), "L11": (0.004, 0, 12), "L06": (0.002, 14, 15),
    "R21": (0.008, 8, 15), "R24": (0.006, 1, 15), "R26": (0.020, 3, 14),
}  # fmt: skip
HOUSE_RISKS = {"R12": 0.025, "R17": 0.015, "R18": 0.02}
MONTHLY = {"N01.3": 540_000, "N03.9": 540_000, "N04.1": 900_000, "N04.2": 720_000, "N13.1": 540_000}
FESTIVALS = [(2, 5, "Tết Nguyên đán"), (6, 1, "Quốc tế Thiếu nhi"), (9, 20, "Tết Trung thu")]
SOURCES = ["Ngân sách nhà nước", "Quỹ Bảo trợ trẻ em", "Nhà hảo tâm"]


def holidays(on):
    """(day, what is celebrated) of the two years up to the day: when children get gifts."""
    days = [(date(year, month, number), name) for year in (on.year - 1, on.year) for month, number, name in FESTIVALS]
    return [(day, name) for day, name in days if day <= on]


def make_circumstances(children, poverty, *, since, on, by, rng):
    """Who is in which group, most from before, some new in the period, some ended. Returns child key → [codes]."""
    kinds = {kind.code: kind for kind in CircumstanceKind.objects.all()}
    rows, held = [], {}
    for child in children:
        age = on.year - child.birth_latest.year
        wanted = [code for code, (share, least, most) in CIRCUMSTANCES.items() if least <= age <= most and rng.random() < share]
        level = poverty.get(child.household_id)
        if level in ("poor", "near") and age < 16 and rng.random() < 0.06:
            wanted.append("N13.1" if level == "poor" else "N13.2")
        if any(code.startswith("N") for code in wanted):
            wanted = [code for code in wanted if not code.startswith("R")]
        for code in _one_of_a_group(wanted):
            rows.append(_circumstance(child, kinds[code], since=since, on=on, by=by, rng=rng))
            held.setdefault(child.pk, []).append(code)
    rows += _house_risks(children, kinds, by, rng)
    Circumstance.objects.bulk_create(rows, batch_size=BATCH)
    return held


def _one_of_a_group(codes):
    """At most one sub-group of each group."""
    return list({code.split(".")[0]: code for code in codes}.values())


def _circumstance(child, kind, *, since, on, by, rng):
    row = Circumstance(public_id=key(rng), child=child, kind=kind, recorded_by=by)
    chance = rng.random()
    if chance < 0.12:
        row.started_on = some_day(rng, max(since, child.birth_latest), on)
    elif chance < 0.75:
        row.started_on = some_day(rng, max(child.birth_latest, since - timedelta(days=1500)), max(since, child.birth_latest))
    if chance > 0.96:
        row.ended_on, row.end_reason = some_day(rng, max(since, row.started_on or since), on), "resolved"
    return row


def _house_risks(children, kinds, by, rng):
    for house in {child.household_id: child.household for child in children}.values():
        for code, share in HOUSE_RISKS.items():
            if rng.random() < share:
                yield Circumstance(public_id=key(rng), household=house, kind=kinds[code], recorded_by=by)


def make_supports(children, held, poverty, *, place, on, by, rng):
    """Monthly allowances, gifts on festive days, visits: most children in special circumstances are helped, not all."""
    kinds = {kind.code: kind for kind in SupportKind.objects.all()}
    days, rows = holidays(on), []

    def add(child, code, day, **more):
        row = Support(
            public_id=key(rng), child=child, kind=kinds[code], unit=place, started_on=day, recorded_by=by,
            source=rng.choice(SOURCES), **more,
        )  # fmt: skip
        if place.valid_on(day):  # the ward of today gave nothing before it was
            rows.append(row)

    def recent(child):
        return some_day(rng, max(on - timedelta(days=170), child.birth_latest), on)

    for child in children:
        special = [code for code in held.get(child.pk, []) if code.startswith("N")]
        if special and rng.random() < 0.07:
            continue  # nobody has helped yet: what the officer has to do
        before = len(rows)
        for code in special:
            if code in MONTHLY and rng.random() < 0.9:
                first = max(child.birth_latest, date(on.year - 1, 1, 1), place.valid_from or date.min)
                add(child, "S01", first, running=True, per="month", amount=MONTHLY[code], decision="QĐ minh họa")
            if code.startswith("N04") and rng.random() < 0.6:
                add(child, "S07", recent(child), provider="Trạm y tế")
        if "L11" in held.get(child.pk, []) and rng.random() < 0.8:
            add(child, "S08", recent(child), provider="Bệnh viện Trẻ em")
        if special or poverty.get(child.household_id) and rng.random() < 0.5:
            for day, name in days:
                if day >= child.birth_latest:
                    add(child, "S33", day, amount=rng.choice([300_000, 500_000]), occasion=name)
        if special and len(rows) == before:
            add(child, "S34", recent(child), amount=300_000)
    Support.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def protect(child, place):
    """The protected file of a child, open to the officers of its commune who may see sensitive facts."""
    file = ProtectedFile.objects.filter(child=child).first()
    if file is None:
        file = ProtectedFile.objects.create(child=child)
        FileAccess.objects.create(file=file, kind="team", unit=place, since=timezone.now(), reason=FICTITIOUS)
    return file


def make_abuse(child, place, *, on, intervened_on, by, rng):
    """One case of violence that was found and helped: incident, circumstance R01 and counselling under one protected file."""
    file = protect(child, place)
    incident = Incident.objects.create(
        public_id=key(rng), unit=place, occurred_on=on, kind="abuse", setting="family", recorded_by=by, protected_file=file,
        description=FICTITIOUS, outcome="Đã có biện pháp bảo vệ, chuyển Công an xử lý",
    )  # fmt: skip
    IncidentChild.objects.create(
        incident=incident, child=child, sex=child.sex, birth_latest=child.birth_latest, form="violence", outcome="injured",
        intervened_on=intervened_on,
    )  # fmt: skip
    Circumstance.objects.create(
        public_id=key(rng),
        child=child,
        kind=CircumstanceKind.objects.get(code="R01"),
        started_on=on,
        recorded_by=by,
        protected_file=file,
    )
    Support.objects.create(
        public_id=key(rng), child=child, kind=SupportKind.objects.get(code="S17"), unit=place, started_on=intervened_on,
        recorded_by=by, protected_file=file,
    )  # fmt: skip
    return incident


def make_drowning(child, place, *, on, by, rng):
    """A child drowned: the incident counts, and from the next day the child no longer lives in the ward."""
    incident = Incident.objects.create(
        public_id=key(rng), unit=place, occurred_on=on, kind="injury", cause="drowning", setting="water", recorded_by=by,
        description=FICTITIOUS,
    )  # fmt: skip
    IncidentChild.objects.create(incident=incident, child=child, sex=child.sex, birth_latest=child.birth_latest, outcome="died")
    Residence.objects.filter(child=child, ended_on=None).update(ended_on=on, end_reason="death")
    child.circumstances.filter(ended_on=None).update(ended_on=on, end_reason="died")
    child.supports.filter(ended_on=None, running=True).update(ended_on=on, running=False)
    child.residing = False
    child.save(update_fields=["residing"])
    return incident


def make_injuries(children, place, *, count, first, last, by, rng):
    """Injuries of the usual causes, one child each."""
    for child in rng.sample(children, min(count, len(children))):
        cause = rng.choice(["traffic", "fall", "fall", "burn", "animal"])
        day = some_day(rng, max(first, child.birth_latest), last)
        setting = "road" if cause == "traffic" else rng.choice(["family", "school", "community"])
        incident = Incident.objects.create(
            public_id=key(rng), unit=place, occurred_on=day, kind="injury", cause=cause, setting=setting, recorded_by=by,
        )  # fmt: skip
        IncidentChild.objects.create(
            incident=incident, child=child, sex=child.sex, birth_latest=child.birth_latest, outcome="injured",
            intervened_on=incident.occurred_on,
        )  # fmt: skip
