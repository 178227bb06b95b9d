"""A change of units is carried out: all layers in one transaction, one entry in the log, one journal from which it is undone.

A kill at any point leaves nothing behind; a second run finds the change done. Figures, signed reports and plans stay with
the old units; reports that are still owed go over to the new.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from childcare.accounts import unit_changes as posts
from childcare.audit import actions as audit
from childcare.children.actions import unit_changes as registry
from childcare.jobs import actions as jobs
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.units.actions import drafting, passage
from childcare.units.models import UnitChange
from plans.actions import fund_moves
from plans.actions import unit_changes as activities
from reports.models import Obligation, Regime
from reports.receiving import receiver

KIND, UNDO = "units.change", "units.change_undo"
NO_REASON = "Hãy ghi lý do hoàn lại."
S = UnitChange.State


@transaction.atomic
def start(*, change, by):
    """Ask for a planned change whose day has come to be carried out. Returns its job; a job that runs is found again."""
    change = drafting.locked(change, S.PLANNED)
    if change.effective_on > today():
        raise Refusal(f"Thay đổi này có hiệu lực từ {show(change.effective_on)}; đến ngày đó sẽ tự thực hiện.")
    if change.job is not None and change.job.open:
        return change.job
    change.job = jobs.enqueue(KIND, key=f"{KIND}:{change.pk}:{change.version}", by=by, change=change.pk)
    change.version += 1
    change.save(update_fields=["job", "version"])
    return change.job


def start_due():
    """Every planned change whose day has come, asked for by who planned it; one that was refused waits for a person."""
    for change in drafting.due().filter(job=None).select_related("created_by"):
        start(change=change, by=change.created_by)


@transaction.atomic
def execute(*, change, by, watch=None):
    """Carry the change out. One that is done already is left alone. Returns what went over, in numbers.

    `watch(done, total, words)` is told how far it is; it must write outside of this transaction.
    """
    change = drafting.locked(change, S.PLANNED, S.DONE)
    if change.state == S.DONE:
        return change.result
    if found := drafting.problems(change):
        raise Refusal(" ".join(found))
    way = passage.open_units(change, watch)
    moved, ended = posts.move_posts(way, by)
    children, households = registry.move_children(way, by)
    activities.move_activities(way)
    activities.move_organisation(way, by)
    fund_moves.carry(way, by)
    owed = _move_obligations(way)
    _copy_regimes(way)
    way.keep()
    change.result = {"children": children, "households": households, "posts": moved, "posts_ended": ended, "reports": owed}
    change.state, change.executed_at, change.version = S.DONE, timezone.now(), change.version + 1
    change.save(update_fields=["result", "state", "executed_at", "version"])
    audit.record("unit.changed", by=by, subject=change, note=f"{drafting.words(change)}: {children} trẻ em, {moved} phân công")
    return change.result


def _move_obligations(way):
    """Reports whose cut-off lies after the change are owed by the successor, and to who is above then. Returns how many."""
    count, open_ones = 0, Obligation.objects.filter(cutoff__gte=way.on).select_related("unit", "regime").order_by("pk")
    for row in open_ones.filter(unit__in=[*way.rest, *way.above]):
        unit = way.rest.get(row.unit_id)
        taken = unit is None or Obligation.objects.filter(regime=row.regime, period=row.period, unit=unit).exists()
        if not taken:
            way.note("obligation", row, row.unit, str(row.office_id or ""))
            row.unit, row.office = unit, way.offices.get(row.office_id)
            row.save(update_fields=["unit", "office"])
            count += 1
        elif not row.submissions.exists():
            row.delete()  # the daily job writes it again when the change is undone
    for row in open_ones.filter(to_unit__in=[*way.rest, *way.above]).select_related("to_unit"):
        way.note("owed", row, row.to_unit)
        row.to_unit = way.rest.get(row.to_unit_id) or receiver(row.unit, row.regime) or row.unit.parent
        row.save(update_fields=["to_unit"])
    return count


def _copy_regimes(way):
    """Days that held in an ended unit alone hold in its successors from the day on; past periods keep theirs."""
    for old in Regime.objects.filter(scope__in=list(way.rest)).exclude(valid_to__lte=way.on).order_by("pk"):
        split = way.split.get(old.scope_id)
        units = [new.unit for new in split.goes_to.select_related("unit")] if split else [way.rest[old.scope_id]]
        way.note("regime", old, was=old.valid_to.isoformat() if old.valid_to else "")
        Regime.objects.filter(pk=old.pk).update(valid_to=way.on)
        for unit in units:
            if not Regime.objects.filter(code=old.code, every=old.every, scope=unit).exists():
                values = {field.name: getattr(old, field.name) for field in Regime._meta.concrete_fields if field.name != "id"}
                way.note("regime-made", Regime.objects.create(**values | {"scope": unit, "valid_from": way.on}))


@transaction.atomic
def ask_undo(*, change, by, reason):
    """Ask for a change to be taken back, refused at once when a child was recorded since. Returns its job; a job that runs
    is found again."""
    if not reason.strip():
        raise Refusal(NO_REASON)
    change = drafting.locked(change, S.DONE)
    if change.job is not None and change.job.open:
        return change.job
    registry.refuse_recorded(change)
    change.job = jobs.enqueue(UNDO, key=f"{UNDO}:{change.pk}:{change.version}", by=by, change=change.pk)
    change.undo_reason, change.version = reason.strip()[:300], change.version + 1
    change.save(update_fields=["job", "undo_reason", "version"])
    return change.job


@transaction.atomic
def undo(*, change, by, reason, watch=None):
    """Everything as before the change; refused as soon as somebody recorded something on the new units.

    One that is undone already is left alone. `watch(done, total, words)` is told how far it is, outside of this transaction.
    """
    if not reason.strip():
        raise Refusal(NO_REASON)
    change = drafting.locked(change, S.DONE, S.UNDONE)
    if change.state == S.UNDONE:
        return change
    _obligations_back(change)
    activities.bring_back(change)
    registry.bring_back(change, by, watch)
    posts.bring_back(change)
    passage.close_units(change)
    change.moves.all().delete()
    change.state, change.undone_at, change.undo_reason = S.UNDONE, timezone.now(), reason.strip()[:300]
    change.version += 1
    change.save(update_fields=["state", "undone_at", "undo_reason", "version"])
    audit.record("unit.change_undone", by=by, subject=change, note=change.undo_reason)
    return change


def _obligations_back(change):
    moves = list(change.moves.filter(what__in=["obligation", "owed", "regime", "regime-made"]))
    for row in moves:
        if row.what == "obligation":
            Obligation.objects.filter(pk=row.key).update(unit=row.before_id, office=int(row.was) if row.was else None)
        elif row.what == "owed":
            Obligation.objects.filter(pk=row.key).update(to_unit=row.before_id)
        elif row.what == "regime":
            Regime.objects.filter(pk=row.key).update(valid_to=date.fromisoformat(row.was) if row.was else None)
    Regime.objects.filter(pk__in=[row.key for row in moves if row.what == "regime-made"]).delete()
    made = [row.key for row in change.moves.filter(what="made")]
    made += list(change.beginning.filter(made=True).values_list("unit_id", flat=True))
    Obligation.objects.filter(unit__in=made, submissions=None).delete()  # the daily job wrote them; nobody began one
