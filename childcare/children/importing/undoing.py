"""Undoing an import as a whole, within thirty days, unless later changes stand on it. docs/decisions/import_undo.md"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions import removal
from childcare.children.actions.undoing import undo_end
from childcare.children.importing import filling, replacing, standing
from childcare.children.importing.tracing import Trace, stored
from childcare.children.importing.writing import require_right
from childcare.children.models import CheckListRow, Child, ImportBatch
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

DAYS, KIND = 30, "import.undo"
State = ImportBatch.State
SOURCE = "hoàn tác nhập tệp"
LATE = f"Đã quá {DAYS} ngày kể từ khi nhập nên không hoàn tác cả lần nhập được nữa. Hãy sửa từng trẻ."
NO_TRACE = "Lần nhập này ghi bằng bản phần mềm cũ, không có dấu vết để hoàn tác. Hãy sửa từng trẻ."
NOT_DONE = "Chỉ hoàn tác được lần nhập đã ghi vào sổ."
STANDS = "Chưa hoàn tác được: đã có {} thay đổi ghi sau dựa trên lần nhập này. Hãy mở trang hoàn tác để xem là những trẻ nào."


def hindrance(batch, *, now=None):
    """Why the batch can be undone no more, as a sentence; "" when it can, as far as the batch itself goes."""
    failed = batch.undo_job is not None and batch.undo_job.state in (Job.State.FAILED, Job.State.REFUSED)
    if batch.state != State.DONE and not (batch.state == State.UNDOING and failed):
        return NOT_DONE
    if (now or timezone.now()) > batch.finished_at + timedelta(days=DAYS):
        return LATE
    return "" if hasattr(batch, "trace") else NO_TRACE


def ask(*, batch, by, reason):
    """Queue the undoing. Refused at once when something stands on the import; nothing is undone in part."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("undo_job", "unit").get(pk=batch.pk)
        _refuse(batch, by)
        if not reason.strip():
            raise Refusal("Hãy ghi lý do hoàn tác.")
        attempt = Job.objects.filter(key__startswith=f"{KIND}:{batch.public_id}:").count()
        batch.undo_job = jobs.enqueue(KIND, key=f"{KIND}:{batch.public_id}:{attempt}", by=by, batch=batch.pk)
        batch.state, batch.undo_reason = State.UNDOING, reason.strip()[:300]
        batch.save(update_fields=["state", "undo_reason", "undo_job"])
    return batch


def _refuse(batch, by):
    require_right(by, batch.unit)
    if sentence := hindrance(batch):
        raise Refusal(sentence)
    if found := standing.standing(Trace.of(batch)):
        raise Refusal(STANDS.format(len(found)))


def undo(*, batch, by):
    """Undo the batch in one transaction: done once, however often it is run. A refusal leaves the import as it stands."""
    try:
        with transaction.atomic():
            return _undo(batch, by)
    except Refusal as refusal:
        ImportBatch.objects.filter(pk=batch.pk, state=State.UNDOING).update(state=State.DONE, message=str(refusal)[:500])
        raise


def _undo(batch, by):
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    if batch.state != State.UNDOING:
        return batch
    require_right(by, batch.unit)
    Unit.objects.select_for_update(no_key=True).get(pk=batch.unit_id)
    trace, moment = Trace.of(batch), timezone.now()
    if found := standing.standing(trace):
        raise Refusal(STANDS.format(len(found)))
    reason = f"Hoàn tác lần nhập tệp ngày {show(batch.on)}"
    for child in Child.objects.in_bulk(list(trace.ends)).values():
        undo_end(child=child, by=by, reason=reason)
    places = replacing.still_there(trace)
    _void(trace, by, reason, moment)
    replacing.put_back(places, by=by)
    _give_back_fields(trace, by)
    created = trace.keys.get("child", [])
    removal.remove(keys=created, by=by, reason=Child.Removal.IMPORT_UNDONE, at=moment)
    CheckListRow.objects.filter(batch=batch).update(batch=None, returned_at=None)
    batch.state, batch.undone_at, batch.undone_by, batch.message = State.UNDONE, moment, by, ""
    batch.save(update_fields=["state", "undone_at", "undone_by", "message"])
    audit.record("import.undone", by=by, subject=batch, note=f"children={len(created)}, corrected={len(trace.fields)}")
    return batch


def _void(trace, by, reason, moment):
    """Void every row of the import that still counts; they stay in the history and in figures as known before."""
    values = {"voided_at": moment, "voided_by": by, "void_reason": reason, "version": F("version") + 1}
    for model in standing.FACTS:
        model.objects.filter(pk__in=trace.keys.get(model._meta.model_name, []), voided_at=None).update(**values)


def _give_back_fields(trace, by):
    """Own fields of children who were there before are as they were; the correction and its taking back stay in the history."""
    children = Child.objects.in_bulk(list(trace.fields))
    changes = {
        key: {name: stored(name, before) for name, (before, _) in fields.items()} for key, fields in trace.fields.items()
    }
    filling.fill(children, changes, by=by, source=SOURCE, trace=Trace())
