"""The verbs of an import: upload, read, decide, write, cancel. A batch is a row first: no kill loses or doubles anything."""

import json
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.bulk import without_collection
from childcare.children.importing import guesses, layouts, offers, ways, writing
from childcare.children.importing.reading import NoList
from childcare.children.importing.tracing import Trace
from childcare.children.models import ImportBatch
from childcare.documents import downloads, files
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import check_packing, open_workbook

State = ImportBatch.State
CONTENT_TYPES = {
    "xlsx": downloads.XLSX, "xls": "application/vnd.ms-excel", "ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
ENDED = "Danh sách này đã được nhập hoặc đã bỏ. Hãy mở lại trang để xem kết quả."


@transaction.atomic
def upload(*, by, unit, on, name, data):
    """Keep a workbook for a commune and queue its reading. Refused at once when it is no workbook."""
    writing.require_right(by, unit)
    if not unit.valid_on(on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày này. Hãy chọn ngày khác.")
    check_packing(data, name)
    stored = files.store(name=name, content_type=CONTENT_TYPES[name.rpartition(".")[2].lower()], data=data, by=by)
    batch = ImportBatch.objects.create(unit=unit, on=on, file=stored, uploaded_by=by)
    batch.read_job = jobs.enqueue("import.read", key=f"import.read:{batch.public_id}", by=by, batch=batch.pk)
    batch.save(update_fields=["read_job"])
    audit.record("import.uploaded", by=by, subject=batch)
    return batch


@without_collection()
def read_file(*, batch, by, progress=None):
    """Read the kept workbook and keep the reading. A file that cannot be read ends the batch with its sentence."""
    if batch.state != State.READING:
        return batch.summary
    try:
        writing.require_right(by, batch.unit)
        sheets = open_workbook(files.open_bytes(batch.file), batch.file.name)
        reading = ways.read(
            sheets, name=batch.file.name, unit=batch.unit, on=batch.on, progress=progress, left_out=batch.left_out
        )
    except NoList as found:
        if not any(sheet["mapping"] for sheet in found.reading.sheets):
            _leave(batch, state=State.REFUSED, message=str(found)[:500], finished_at=timezone.now())
            raise
        kept = files.store(name="reading.json", content_type=downloads.JSON, data=_dump(found.reading), by=by)
        _leave(batch, state=State.MAPPING, reading=kept, summary={}, accepted_offers=[])
        return batch.summary
    except Refusal as refusal:
        _leave(batch, state=State.REFUSED, message=str(refusal)[:500], finished_at=timezone.now(), reading=None)
        raise
    counts = ways.counts(reading, unit=batch.unit, by=by)
    errors = ways.errors(sheets, reading)
    with transaction.atomic():
        kept = files.store(name="reading.json", content_type=downloads.JSON, data=_dump(reading), by=by)
        stored = errors and files.store(name=_errors_name(batch.file.name), content_type=downloads.XLSX, data=errors, by=by)
        summary = _summary(reading) | counts
        mapping = {sheet["name"]: sheet.get("columns", {}) for sheet in reading.sheets}
        _leave(
            batch, state=State.PREVIEW, reading=kept, errors_file=stored, summary=summary, mapping=mapping,
            kind=ways.kind_of(reading), accepted_offers=_still_chosen(batch, reading),
        )  # fmt: skip
    return summary


@transaction.atomic
def read_again(*, batch, by, left_out):
    """Read the kept workbook once more, by what the unit remembers of it now and without these sheets.

    The reading before stays until the new one is there, which takes over the offers that were chosen and takes its place.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    writing.require_right(by, batch.unit)
    require_mappable(batch)
    attempt = Job.objects.filter(key__startswith=f"import.read:{batch.public_id}").count()
    key = f"import.read:{batch.public_id}:{attempt}"
    batch.read_job, batch.write_job = jobs.enqueue("import.read", key=key, by=by, batch=batch.pk), None
    batch.state, batch.left_out = State.READING, sorted(left_out)
    batch.save(update_fields=["read_job", "write_job", "state", "left_out"])
    return batch


@transaction.atomic
def choose(*, batch, by, shown, taken):
    """Keep which of the offers shown (positions) the officer takes; they are applied when the list is let in."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    writing.require_right(by, batch.unit)
    require_open(batch)
    kept = set(batch.accepted_offers) - set(shown)
    batch.accepted_offers = sorted(kept | (set(taken) & set(shown)))
    batch.save(update_fields=["accepted_offers"])
    return batch


def decide(*, batch, by, accepted):
    """The officer saw the preview and lets the rows in, with the offers of these positions."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        writing.require_right(by, batch.unit)
        require_open(batch)
        offers.require_one_meaning(reading_of(batch), accepted)
        attempt = Job.objects.filter(key__startswith=f"import.write:{batch.public_id}:").count()
        batch.write_job = jobs.enqueue("import.write", key=f"import.write:{batch.public_id}:{attempt}", by=by, batch=batch.pk)
        batch.state, batch.accepted_offers, batch.message = State.WRITING, sorted(accepted), ""
        batch.save(update_fields=["state", "accepted_offers", "message", "write_job"])
        audit.record("import.decided", by=by, subject=batch, note=f"offers={len(accepted)}")
    return batch


@without_collection()
@transaction.atomic
def write_batch(*, batch, by):
    """Write the accepted rows and end the batch in one transaction: done once, however often it is run."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("unit", "reading", "file").get(pk=batch.pk)
    if batch.state != State.WRITING:
        return batch.summary
    trace, reading = Trace(), reading_of(batch)
    _, counts = ways.write(reading, accepted=batch.accepted_offers, unit=batch.unit, by=by, batch=batch, trace=trace)
    trace.keep(batch)
    _remember(batch, reading)
    batch.state, batch.summary, batch.finished_at = State.DONE, batch.summary | counts, timezone.now()
    batch.save(update_fields=["state", "summary", "finished_at"])
    return batch.summary


@transaction.atomic
def cancel(*, batch, by):
    """Drop an import that was not yet let in. Nothing of it is in the registry."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (State.READING, State.MAPPING, State.PREVIEW) and not is_open(batch):
        raise Refusal(ENDED)
    batch.state, batch.finished_at = State.CANCELLED, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    audit.record("import.cancelled", by=by, subject=batch)
    return batch


def require_open(batch):
    """Refuse when there is nothing to decide any more."""
    if not is_open(batch):
        raise Refusal(ENDED)


def require_mappable(batch):
    """Refuse when the columns can no longer be mapped."""
    if batch.state != State.MAPPING:
        require_open(batch)


def is_open(batch):
    """True while the officer may still decide: the preview stands, or the writing failed and wrote nothing."""
    failed = batch.write_job is not None and batch.write_job.state in (Job.State.FAILED, Job.State.REFUSED)
    return batch.state == State.PREVIEW or (batch.state == State.WRITING and failed)


def reading_of(batch):
    """The reading that was kept."""
    return ways.from_json(json.loads(files.open_bytes(batch.reading)))


@without_collection()
def take_in(*, data, name, unit, on, by, dry_run=False, same=False):
    """Read and write in one go, all offers left alone, as the command does. Returns (reading, counts, workbook of errors).

    `same`: the person says that every row of the name, birth and mother of a child who is there is that child.
    """
    writing.require_right(by, unit)
    sheets = open_workbook(data, name)
    reading = ways.read(sheets, name=name, unit=unit, on=on)
    if same:
        guesses.say_same(reading.rows)
    errors = ways.errors(sheets, reading)
    if dry_run:
        counts = ways.counts(reading, unit=unit, by=by)
        return reading, counts | {"rejected": len(reading.rejected)}, errors
    with transaction.atomic():
        stored = files.store(name=name, content_type=CONTENT_TYPES[name.rpartition(".")[2].lower()], data=data, by=by)
        batch = ImportBatch.objects.create(unit=unit, on=on, file=stored, uploaded_by=by, state=State.WRITING)
        trace = Trace()
        reading, counts = ways.write(reading, accepted=(), unit=unit, by=by, batch=batch, trace=trace)
        trace.keep(batch)
        batch.kind = ways.kind_of(reading)
        batch.errors_file = errors and files.store(name=_errors_name(name), content_type=downloads.XLSX, data=errors, by=by)
        batch.state, batch.summary, batch.finished_at = State.DONE, _summary(reading) | counts, timezone.now()
        batch.mapping = {sheet["name"]: sheet.get("columns", {}) for sheet in reading.sheets}
        batch.save()
        _remember(batch, reading)
    return reading, counts, errors


def _remember(batch, reading):
    if ways.kind_of(reading) == ImportBatch.Kind.LIST:
        layouts.remember(batch=batch, reading=reading)


@transaction.atomic
def _leave(batch, **changes):
    """End the reading of a batch; one that was cancelled meanwhile stays so. Files of the reading before are given up."""
    before = [file for file in (batch.reading, batch.errors_file) if file is not None]
    changes = {"errors_file": None, **changes}
    if ImportBatch.objects.filter(pk=batch.pk, state=State.READING).update(**changes):
        batch.refresh_from_db()
        for file in before:
            transaction.on_commit(partial(files.discard, file))


def _still_chosen(batch, reading):
    """The offers chosen before, where the new reading makes them again."""
    if not batch.accepted_offers or batch.reading is None:
        return []
    return offers.carried(reading_of(batch), batch.accepted_offers, reading)


def _dump(reading):
    return json.dumps(reading.as_json(), ensure_ascii=False).encode()


def _errors_name(name):
    return f"Tệp cần sửa - {name.rpartition('.')[0]}.xlsx"


def _summary(reading):
    return {
        "rows": reading.rows_total, "accepted": len(reading.rows), "rejected": len(reading.rejected),
        "warnings": len(reading.warnings), "offers": len(reading.offers),
        "undated": sum(told["kind"] == "decision_without_date" for told in reading.warnings),
    }  # fmt: skip


def default_day(unit, today: date):
    """The day of an import into the unit: today, or the last day of a unit that ended."""
    return unit.as_of(today)
