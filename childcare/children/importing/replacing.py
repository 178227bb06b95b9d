"""Facts that a person replaced by what a list says: the old row is voided and a new one put in its place, and back again."""

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from childcare.children.actions import circumstances, residence, supports
from childcare.children.actions.base import insert
from childcare.children.actions.copies import write_copies
from childcare.children.models import Child, Circumstance, CircumstanceKind, PovertyStatus, Residence, Support
from childcare.lib.refusal import Refusal

WHY = "Nhập tệp: lấy theo tệp"
FRESH = ("id", "public_id", "recorded_at", "voided_at", "voided_by", "void_reason", "version", "replaces", "recorded_by")


def classes(levels, *, by, trace):
    """Classes of households of which the file's were taken: (household pk, year) → level."""
    if not levels:
        return
    rows = PovertyStatus.objects.valid().filter(household__in={house for house, _ in levels})
    old = {(row.household_id, row.year): row for row in rows}
    replaced = [old[key] for key in levels if key in old]
    told = {"voided_at": timezone.now(), "voided_by": by, "void_reason": WHY}
    PovertyStatus.objects.filter(pk__in=[row.pk for row in replaced]).update(**told)
    for row in replaced:
        level = levels[row.household_id, row.year]
        new = PovertyStatus(household_id=row.household_id, year=row.year, level=level, recorded_by=by, replaces=row)
        trace.put_in_place(insert(new))


def facts(people, *, by, trace):
    """Groups, help, papers, amounts and hamlets of children already there, of which the file's were taken.

    What a rule of the registry refuses (a day before the birth, a row of a placement) stays as it was and counts as differing.
    """
    for one in people:
        for (name, pk), values in one.corrections.items():
            act, model = (supports, Support) if name == "support" else (circumstances, Circumstance)
            row = model.objects.get(pk=pk)
            if "kind" in values:
                values["kind"] = CircumstanceKind.objects.get(pk=values["kind"])
            try:
                with transaction.atomic():
                    new = act.correct(**{name: row}, by=by, version=row.version, reason=WHY, **values)
            except Refusal:
                one.differs += values
            else:
                trace.put_in_place(new)
        if one.moves_to and "residence_end" not in one.stored:
            row = residence.open_residence(Child.objects.get(pk=one.known["pk"]))
            told = {"unit": one.moves_to, "since": row.started_on, "reason": WHY}
            trace.put_in_place(residence.correct(residence=row, by=by, version=row.version, **told))


def still_there(trace):
    """[(row that was voided, row in its place)] where nobody has voided the latter since; asked before it is voided."""
    found = []
    for name, old, new in trace.replaced:
        model = apps.get_model("children", name)
        rows = model.objects.in_bulk([old, new])
        if rows[new].voided_at is None:
            found.append((rows[old], rows[new]))
    return found


def put_back(places, *, by):
    """A copy of each row that was voided takes the place of the one that was put there, which is voided by now."""
    for old, new in places:
        fields = [field for field in old._meta.concrete_fields if field.name not in FRESH]
        kept = {field.attname: getattr(old, field.attname) for field in fields}
        row = insert(type(old)(**kept, replaces=new, recorded_by=by))
        if isinstance(row, Residence):
            write_copies(row.child)
