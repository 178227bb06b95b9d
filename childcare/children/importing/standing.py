"""What stands on an import: later changes of what it wrote. While there is any, the import cannot be undone."""

from dataclasses import dataclass

from django.db.models import Q

from childcare.children.actions.people import label
from childcare.children.importing.tracing import stored
from childcare.children.models import (
    CheckListRow,
    Child,
    Circumstance,
    DuplicatePair,
    Household,
    Incident,
    IncidentChild,
    Membership,
    PovertyStatus,
    Residence,
    Support,
)
from childcare.children.querysets import open_files

FACTS = (Residence, Membership, PovertyStatus, Circumstance, Support)
ENDED_WITH = (Circumstance, Support)
NO_CHANGE = (DuplicatePair, CheckListRow)  # a pair that a search found, a line of a list that was printed
DERIVED = {"identity_valid", "name_state", "folded_name", "name_key", "birth_latest", "birth_precision", "birth_text"}
SHOWN = 200


@dataclass(frozen=True)
class Standing:
    """One later change: of which child, in words, under which protected file, in which incident."""

    child: int | None
    what: str
    file: int | None = None
    incident: int | None = None


def standing(trace):
    """Everything recorded later that would be left hanging, in a number of queries that does not depend on the rows."""
    created = trace.keys.get("child", [])
    found = [*_changed_rows(trace), *_on_children(trace, created), *_on_households(trace)]
    gone = Child.with_removed.filter(pk__in=[*created, *trace.fields], removed_at__isnull=False)
    found += [Standing(key, "đã được gộp hoặc đưa ra khỏi sổ") for key in gone.values_list("pk", flat=True)]
    return [*found, *_on_fields(trace), *_on_ends(trace)]


def told(found, officer):
    """(lines for the officer, how many changes he may not see): names only of children that he sees, the rest as a number."""
    children = Child.objects.visible_to(officer).in_bulk({one.child for one in found if one.child})
    files = {one.file for one in found if one.file}
    open_to_him = set(open_files(officer).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
    incidents = {one.incident for one in found if one.incident}
    seen = Incident.objects.visible_to(officer).filter(pk__in=incidents).values_list("pk", flat=True)
    known = {None, *(seen if incidents else ())}
    shown = {
        (one.child, one.what)
        for one in found
        if one.child in children and one.file in {None, *open_to_him} and one.incident in known
    }
    hidden = {one for one in found if (one.child, one.what) not in shown}
    lines = [
        {"public_id": children[key].public_id, "name": children[key].display_name, "what": what} for key, what in sorted(shown)
    ]
    return lines[:SHOWN], len(hidden) + max(0, len(lines) - SHOWN)


def _changed_rows(trace):
    """Rows of the import that were changed or ended since; a row that was voided is no hindrance."""
    for model in FACTS:
        rows = model.objects.filter(pk__in=trace.keys.get(model._meta.model_name, []), voided_at=None).exclude(version=1)
        if model in ENDED_WITH:
            rows = rows.filter(Q(ended_with=None) | ~Q(ended_with__in=list(trace.ends.values())))
        for row in rows:
            file = getattr(row, "protected_file_id", None)
            yield Standing(getattr(row, "child_id", None), f"{model._meta.verbose_name} đã được sửa hoặc kết thúc", file)


def _on_children(trace, created):
    """Whatever else points at a child that the import made: facts, corrections, papers, cases of higher apps."""
    for model, name in _pointing(Child):
        for row in _later(model, name, created, trace):
            incident = row.incident_id if model is IncidentChild else None
            what = f"{model._meta.verbose_name} ghi sau lần nhập"
            yield Standing(getattr(row, f"{name}_id"), what, getattr(row, "protected_file_id", None), incident)


def _on_households(trace):
    """The same of a household that the import made; children of the import itself may live in it."""
    houses = trace.keys.get("household", [])
    for model, name in _pointing(Household):
        rows = _later(model, name, houses, trace)
        if model is Child:
            rows = rows.exclude(pk__in=list(trace.fields))
        for row in rows:
            child = row.pk if model is Child else getattr(row, "child_id", None)
            what = f"hộ của trẻ: {model._meta.verbose_name} ghi sau lần nhập"
            yield Standing(child, what, getattr(row, "protected_file_id", None))


def _pointing(target):
    return [
        (link.related_model, link.field.name)
        for link in target._meta.related_objects
        if not link.many_to_many and link.related_model not in NO_CHANGE
    ]


def _later(model, name, keys, trace):
    rows = model._default_manager.filter(**{f"{name}__in": keys}).exclude(pk__in=trace.keys.get(model._meta.model_name, []))
    if any(field.name == "voided_at" for field in model._meta.fields):
        rows = rows.filter(voided_at=None)
    return rows.filter(incident__voided_at=None) if model is IncidentChild else rows


def _on_fields(trace):
    """Own fields that were corrected once more, and numbers that another child holds by now."""
    children = Child.objects.in_bulk(list(trace.fields))
    for key, fields in trace.fields.items():
        child = children.get(key)
        if child is None:
            continue
        for name, (_, after) in fields.items():
            if name not in DERIVED and getattr(child, name) != stored(name, after):
                word = "ngày sinh" if name.startswith("birth_e") else "hộ" if name == "household_id" else label(name)
                yield Standing(key, f"{word} đã được sửa sau lần nhập")
    numbers = {
        fields["identity_number"][0]: key
        for key, fields in trace.fields.items()
        if "identity_number" in fields and fields.get("identity_valid", [False])[0]
    }
    taken = Child.objects.filter(identity_valid=True, identity_number__in=list(numbers)).values_list("identity_number", "pk")
    for number, holder in taken:
        if holder != numbers[number]:
            yield Standing(numbers[number], "số định danh trước đây nay đã ghi cho trẻ khác")


def _on_ends(trace):
    rows = Residence.objects.in_bulk(list(trace.ends.values()))
    for key, row in trace.ends.items():
        if row not in rows or rows[row].voided_at or rows[row].child.residing:
            yield Standing(key, "nơi cư trú đã được ghi lại sau lần nhập")
