"""Incidents (vụ) and their children. Abuse and offences go under a protected file."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh, insert, once, void_row
from childcare.children.actions.outcomes import carry_over
from childcare.children.models import Child, Incident, IncidentChild
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal

PROTECTED = {Incident.Kind.ABUSE, Incident.Kind.OFFENCE}
FIELDS = ("occurred_on", "kind", "cause", "setting", "description", "outcome")


@dataclass(frozen=True)
class Person:
    """A child in an incident: from the registry, or only known by sex and the last day that the birth date allows."""

    child: Child | None = None
    sex: str = ""
    birth_latest: date | None = None
    form: str = ""
    outcome: str = ""
    intervened_on: date | None = None


@once(Incident)
def record(*, by, once, unit, people, **values):
    """Record an incident that happened in the unit to one or more `people`. `values` are FIELDS."""
    row = Incident(public_id=once, unit=unit, recorded_by=by, **values)
    _write(row, people, by)
    audit.record("incident.recorded", by=by, subject=_subject(row), fields=list(values))
    return row


@transaction.atomic
def correct(*, incident, by, version, reason, people, **values):
    """The incident was written down wrongly, or more is known now: void it and put the full one in its place."""
    old = fresh(incident, version)
    void_row(old, by=by, reason=reason)
    kept = {name: getattr(old, name) for name in FIELDS}
    row = Incident(unit=old.unit, protected_file=old.protected_file, replaces=old, recorded_by=by, **{**kept, **values})
    _write(row, people, by)
    carry_over(old, row)
    audit.record("incident.corrected", by=by, subject=_subject(row), fields=list(values))
    return row


@transaction.atomic
def void(*, incident, by, version, reason):
    """The incident should never have been written: it stays in the history and is counted no more."""
    row = fresh(incident, version)
    void_row(row, by=by, reason=reason)
    audit.record("incident.voided", by=by, subject=_subject(row), fields=["voided_at"])
    return row


def _write(row, people, by):
    _refuse_wrong(row, people)
    if row.kind in PROTECTED and row.protected_file_id is None:
        row.protected_file = _file(row, people, by)
    insert(row)
    for person in people:
        _add(row, person)


def _refuse_wrong(row, people):
    if not people:
        raise Refusal("Hãy ghi ít nhất một trẻ em trong vụ việc: chọn từ sổ, hoặc ghi giới tính và năm sinh.")
    if not row.unit.valid_on(row.occurred_on):
        raise Refusal(f"{row.unit.name} không có hiệu lực vào ngày {show(row.occurred_on)}. Hãy xem lại ngày hoặc nơi xảy ra.")
    named = [person.child.pk for person in people if person.child]
    if len(named) != len(set(named)):
        raise Refusal("Một trẻ em chỉ ghi một lần trong một vụ việc.")
    for person in people:
        born = person.child.birth_earliest if person.child else None
        if born and born > row.occurred_on:
            raise Refusal("Ngày xảy ra trước ngày sinh của trẻ.")
        if person.intervened_on and person.intervened_on < row.occurred_on:
            raise Refusal("Ngày bắt đầu can thiệp, hỗ trợ không thể trước ngày xảy ra.")


def _file(row, people, by):
    """A file of its own: the team is the commune where it happened and the communes of the children of the registry."""
    protection.require_team(unit=row.unit, by=by)
    children = [person.child for person in people if person.child]
    units = {protection.commune_of(place) for place in (row.unit, *(child.unit for child in children))}
    return protection.new_file(units=units, by=by, child=children[0] if len(children) == 1 else None)


def _add(row, person):
    child = person.child
    IncidentChild.objects.create(
        incident=row, child=child, sex=child.sex if child else person.sex, form=person.form, outcome=person.outcome,
        birth_latest=child.birth_latest if child else person.birth_latest, intervened_on=person.intervened_on,
    )  # fmt: skip


def _subject(row):
    return row.protected_file or row
