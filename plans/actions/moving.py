"""Staff, bodies, places and risks go on in the unit that stands in the place of their own: the row ends, a new one begins.

What a unit without successor had ends with it. A board or standing group of a commune that was merged ends too: the new
commune has to found its own. Safe homes stay where they were examined: the counting finds them by their day.
"""

from datetime import date

from django.db.models import ProtectedError

from childcare.lib.refusal import Refusal
from plans.models import Body, BodyDecision, BodyMember, ChildPlace, RiskArea, StaffPost

FIELDS = {
    StaffPost: ("staff_id", "kind", "position", "time", "decision_number", "decision_on", "note"),
    ChildPlace: ("thing", "kind", "name", "state", "year", "money", "source", "note"),
    RiskArea: ("reasons", "note"),
    Body: ("kind", "name", "note"),
}
MODELS = {model.__name__: model for model in FIELDS}
OF_COMMUNE = (Body.Kind.STANDING, Body.Kind.BOARD, Body.Kind.STEERING)
CHANGED = "Không hoàn lại được: ở đơn vị mới đã sửa danh sách nhân lực hoặc ban, nhóm. Hãy lập một thay đổi ngược lại."


def carry(targets, on, by, *, note, merged=frozenset(), whole=None):
    """Carry everything over. `targets`: key of an ended unit → the unit in its place, or None.

    `merged`: keys of new communes that more than one old commune became. `whole`: keys of units that went over whole; what
    comes from another is at its new place without a hamlet, and says where it was. `note(what, row, before, was)` keeps the
    journal from which it is undone.
    """
    for model, names in FIELDS.items():
        rows = model.objects.filter(unit__in=list(targets), voided_at=None).exclude(ended_on__lte=on)
        for row in rows.select_related("unit", "unit__parent").order_by("pk"):
            target = targets[row.unit_id]
            ends = model is Body and row.kind in OF_COMMUNE and target is not None and target.pk in merged
            if target is not None and not ends:
                _again(row, names, target, on, by, note, whole is None or row.unit_id in whole)
            _end(row, on, note)


def _end(row, on, note):
    note(f"ended-{type(row).__name__}", row, None, row.ended_on.isoformat() if row.ended_on else "")
    row.ended_on = max(on, row.started_on) if row.started_on else on
    row.save(update_fields=["ended_on"])


def _again(row, names, target, on, by, note, whole):
    values = {name: getattr(row, name) for name in names}
    if isinstance(row, StaffPost) and _there(row, target):
        return
    if not whole:
        values["note"] = f"{values['note']} {_was_in(row.unit)}".strip()[:300]
    started = max(on, row.started_on) if row.started_on else on
    new = type(row).objects.create(unit=target, started_on=started, ended_on=row.ended_on, recorded_by=by, **values)
    note(f"organised-{type(row).__name__}", new, None, str(row.pk))
    if isinstance(row, Body):
        _members(row, new, on, by)


def _was_in(hamlet):
    """What a row says that waits in a commune for its hamlet to be placed."""
    return f"(trước ở {hamlet.name}, {hamlet.parent.name})"


def follow_hamlet(change, former, target):
    """What went from a hamlet of a split unit to the first successor goes to the hamlet that is now known to follow it.

    What somebody moved or ended since stays where it is.
    """
    waits = {row.pk for row in former_successors(change, former)}
    for model in FIELDS:
        gone = {str(pk) for pk in model.objects.filter(unit=former).values_list("pk", flat=True)}
        keys = change.moves.filter(what=f"organised-{model.__name__}", was__in=gone).values_list("key", flat=True)
        for row in model.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), unit__in=waits, voided_at=None):
            row.unit, row.note, row.version = target, row.note.replace(_was_in(former), "").strip(), row.version + 1
            row.save(update_fields=["unit", "note", "version"])


def former_successors(change, former):
    """The units that the change made of the unit of a hamlet."""
    line = change.ending.filter(unit=former.parent_id).first()
    return [new.unit for new in line.goes_to.select_related("unit")] if line else []


def _there(row, target):
    """True when the person does the same in the new unit already: he worked in both that became one."""
    return StaffPost.objects.filter(
        staff=row.staff_id, unit=target, kind=row.kind, voided_at=None, ended_on=None
    ).exists() and row.ended_on is None  # fmt: skip


def _members(old, new, on, by):
    """Who is in the body stays in it, and its decisions stand."""
    for row in reversed(old.decisions.filter(voided_at=None)):
        BodyDecision.objects.create(
            body=new, kind=row.kind, number=row.number, signed_on=row.signed_on, valid_until=row.valid_until,
            children=row.children, recorded_by=by,
        )  # fmt: skip
    for row in old.members.filter(voided_at=None).exclude(ended_on__lte=on):
        BodyMember.objects.create(
            body=new, staff_id=row.staff_id, name=row.name, role=row.role, position=row.position, place=row.place,
            started_on=row.started_on, ended_on=row.ended_on, recorded_by=by,
        )  # fmt: skip


def bring_back(change):
    """Undo: what began by the change goes, what it ended holds again."""
    moves = list(change.moves.filter(what__startswith="organised-")) + list(change.moves.filter(what__startswith="ended-"))
    try:
        for row in moves:
            kind, _, name = row.what.partition("-")
            model = MODELS[name]
            if kind == "ended":
                model.objects.filter(pk=row.key).update(ended_on=date.fromisoformat(row.was) if row.was else None)
                continue
            if model is Body:
                BodyMember.objects.filter(body=row.key).delete()
                BodyDecision.objects.filter(body=row.key).delete()
            model.objects.filter(pk=row.key).delete()
    except ProtectedError:
        raise Refusal(CHANGED)
