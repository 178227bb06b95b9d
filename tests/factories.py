"""One maker per noun, plain functions: what is not said has a harmless value. They write rows directly, past the actions."""

from datetime import date
from itertools import count

from childcare.children import models as c
from childcare.lib.calendar import parse_partial
from childcare.lib.vietnamese import fold, name_key
from childcare.units.models import Unit

serial = count(1)


def hamlet(commune, name="Tổ dân phố 1", **fields):
    """A hamlet of a commune."""
    number = next(serial)
    row = Unit.objects.create(
        code=f"{commune.code}-T{number:02d}", kind="hamlet", name=name, parent=commune,
        valid_from=commune.valid_from, valid_to=commune.valid_to, **fields,
    )  # fmt: skip
    row.path = f"{commune.path}{row.pk}."
    row.save(update_fields=["path"])
    return row


def household(unit, head="Nguyễn Văn Hào", **fields):
    """A household of a unit."""
    return c.Household.objects.create(unit=unit, head_name=head, head_folded=fold(head), **fields)


def child(unit, name="Nguyễn Văn Nam", birth="12/05/2016", sex="m", since=None, house=None, **fields):
    """A child living in the unit since a day (None: from before), in a household when one is given."""
    born = parse_partial(birth) if birth else None
    row = c.Child.objects.create(
        full_name=name, folded_name=fold(name), name_key=name_key(name), sex=sex, unit=unit, household=house,
        birth_earliest=born.earliest if born else None, birth_latest=born.latest if born else None,
        birth_precision=born.precision if born else "", **fields,
    )  # fmt: skip
    c.Residence.objects.create(child=row, unit=unit, started_on=since)
    if house:
        c.Membership.objects.create(child=row, household=house)
    return row


def kind(code):
    """A circumstance kind by its code."""
    return c.CircumstanceKind.objects.get(code=code)


def circumstance(of, code="N04", since=None, until=None, **fields):
    """A circumstance of a child (or household), `until` = first day on which it no longer holds."""
    owner = {"household": of} if isinstance(of, c.Household) else {"child": of}
    return c.Circumstance.objects.create(kind=kind(code), started_on=since, ended_on=until, **owner, **fields)


def support(of, code="S34", on=date(2024, 2, 1), unit=None, **fields):
    """A support given to a child (or household) on a day."""
    owner = {"household": of} if isinstance(of, c.Household) else {"child": of}
    return c.Support.objects.create(
        kind=c.SupportKind.objects.get(code=code), unit=unit or of.unit, started_on=on, **owner, **fields
    )


def poverty(house, level="poor", year=2024, **fields):
    """The class of a household in a year."""
    return c.PovertyStatus.objects.create(household=house, level=level, year=year, **fields)


def protected_file(of, unit=None, officer=None, kind="team"):
    """A protected file of a child, open to a unit (default: the child's commune) or an officer."""
    file = c.ProtectedFile.objects.create(child=of)
    since = "2024-01-01T00:00:00+07:00"
    c.FileAccess.objects.create(file=file, kind=kind, officer=officer, unit=None if officer else unit or of.unit, since=since)
    return file


def incident(unit, kind="injury", on=date(2024, 3, 1), children=(), **fields):
    """An incident; `children` = list of (child or None, dict of fields)."""
    row = c.Incident.objects.create(unit=unit, kind=kind, occurred_on=on, **fields)
    for who, more in children:
        c.IncidentChild.objects.create(
            incident=row, child=who, **{"sex": who.sex, "birth_latest": who.birth_latest, **more} if who else more
        )
    return row


def school(commune, name="Trường THCS Nam Sơn", **fields):
    """A school of a commune."""
    row = hamlet(commune, name, **fields)
    row.code, row.kind = row.code.replace("-T", "-S"), "school"
    row.save(update_fields=["code", "kind"])
    return row


def pupil(unit, name="Nguyễn Văn Nam", birth="12/05/2012", sex="m", child=None, class_name="6A", since=date(2023, 9, 5),
          year=2023, **fields):  # fmt: skip
    """A pupil who attends a class of a school since a day; matched when a child is given, else its commune is asked."""
    born = parse_partial(birth) if birth else None
    row = c.Pupil.objects.create(
        unit=unit, full_name=name, folded_name=fold(name), name_key=name_key(name), sex=sex, child=child,
        birth_earliest=born.earliest if born else None, birth_latest=born.latest if born else None,
        birth_precision=born.precision if born else "", asked=None if child else fields.pop("asked", unit.parent), **fields,
    )  # fmt: skip
    c.Enrolment.objects.create(pupil=row, child=child, unit=unit, school_year=year, class_name=class_name, started_on=since)
    return row
