"""A school of Phường Nam Sơn with the pupils of its year: most matched, some whom the ward still has to say who they are."""

import random
from datetime import date

from childcare.children.models import Child, Enrolment, Pupil
from childcare.children.records import name_fields
from childcare.units.models import Unit
from plans.actions import schools
from reports.demo.families import key
from reports.demo.names import full_name

COMMUNE, NAME, YEAR, SINCE = "11437", "Trường THCS Nam Sơn", 2023, date(2023, 9, 5)
OWN = (
    "full_name", "folded_name", "name_key", "birth_earliest", "birth_latest", "birth_precision", "sex", "ethnic", "mother_name",
    "father_name", "phone",
)  # fmt: skip


def make_school(on):
    """The school, when it is not there yet."""
    ward = Unit.objects.by_code(COMMUNE, on)
    found = Unit.objects.filter(parent=ward, kind="school").first()
    return found or schools.add(commune=ward, name=NAME, by=None)


def make_pupils(school, by):
    """Children of the ward of eleven to fourteen years attend; a tenth is not matched yet, two of them are in no registry."""
    if Pupil.objects.filter(unit=school).exists():
        return
    rng = random.Random(f"{school.code}-{YEAR}")
    born = {"birth_latest__year__gte": YEAR - 14, "birth_latest__year__lte": YEAR - 11}
    children = Child.objects.filter(unit__path__startswith=school.parent.path, birth_precision="day", **born)
    pupils = [_pupil(school, child, place, by, rng) for place, child in enumerate(children.residing().order_by("pk"), 1)]
    for pupil in pupils[-2:]:
        for name, value in name_fields(full_name(rng, pupil.sex)).items():
            if name in OWN:
                setattr(pupil, name, value)
        pupil.child, pupil.asked, pupil.mother_name, pupil.father_name = None, school.parent, "", ""
    Pupil.objects.bulk_create(pupils)
    Enrolment.objects.bulk_create(_row(pupil, by, rng) for pupil in pupils)


def _pupil(school, child, place, by, rng):
    own = {name: getattr(child, name) for name in OWN}
    matched = rng.random() < 0.9
    return Pupil(
        public_id=key(rng), unit=school, code=f"31{YEAR % 100}{place:06}", child=child if matched else None,
        asked=None if matched else school.parent, created_by=by, **own,
    )  # fmt: skip


def _row(pupil, by, rng):
    grade = min(9, max(6, YEAR - pupil.birth_latest.year - 5))
    return Enrolment(
        public_id=key(rng), pupil=pupil, child=pupil.child, unit=pupil.unit, school_year=YEAR, started_on=SINCE,
        class_name=f"{grade}{rng.choice('AB')}", recorded_by=by,
    )  # fmt: skip
