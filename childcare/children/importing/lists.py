"""The verbs of a list that another sector keeps: upload, read, decide, write, cancel. A list is a row first, as an import is.

What kind of list it is says one module per kind: `RIGHT`, `read`, `preview`, `write`.
"""

import json

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.bulk import without_collection
from childcare.children.importing import files as workbooks
from childcare.children.importing import ministry, offers, pupils
from childcare.children.importing.batches import CONTENT_TYPES, ENDED
from childcare.children.importing.reading import Reading
from childcare.children.models import TakenList
from childcare.documents import downloads, files
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import check_packing, open_workbook

State = TakenList.State
KINDS = {TakenList.Kind.PUPILS: pupils, TakenList.Kind.MINISTRY: ministry}
OFFERED = (
    "identity_leading_zero", "identity_letter_for_digit", "day_month_swap", "year_only", "name_case", "legacy_text",
    "phone_leading_zero",
)  # fmt: skip
OF_PERSON = ("full_name", "birth_date", "sex", "ethnic", "identity_number")
NOT_ALLOWED = "Bạn không còn quyền nhập danh sách vào đơn vị này. Chưa ghi gì."


def require_right(by, kind, unit):
    """Refuse an officer who may not take in such a list now."""
    if not by.is_active or not by.can_in(KINDS[kind].RIGHT, unit):
        raise Refusal(NOT_ALLOWED)


@transaction.atomic
def upload(*, by, kind, unit, on, asked, name, data):
    """Keep a workbook for a school or commune and queue its reading. Refused at once when it is no workbook."""
    require_right(by, kind, unit)
    check_packing(data, name)
    stored = files.store(name=name, content_type=CONTENT_TYPES[name.rpartition(".")[2].lower()], data=data, by=by)
    taken = TakenList.objects.create(kind=kind, unit=unit, on=on, asked=asked, file=stored, uploaded_by=by)
    taken.read_job = jobs.enqueue("list.read", key=f"list.read:{taken.public_id}", by=by, list=taken.pk)
    taken.save(update_fields=["read_job"])
    audit.record("list.uploaded", by=by, subject=taken)
    return taken


@without_collection()
def read_file(*, taken, by, progress=None):
    """Read the kept workbook and keep what it says. A file that cannot be read ends the list with its sentence."""
    if taken.state != State.READING:
        return taken.summary
    of_kind = KINDS[taken.kind]
    try:
        require_right(by, taken.kind, taken.unit)
        sheets = open_workbook(files.open_bytes(taken.file), taken.file.name)
        reading, kept = of_kind.read(taken, sheets, progress)
        kept |= asked_of(reading, kept["rows"])
    except Refusal as refusal:
        _leave(taken, state=State.REFUSED, message=str(refusal)[:500], finished_at=timezone.now())
        raise
    summary = of_kind.preview(taken, kept, by) | {"rejected": len(reading.rejected), "rows": reading.rows_total}
    errors = workbooks.errors_workbook(sheets, reading)
    with transaction.atomic():
        body = json.dumps(kept, ensure_ascii=False).encode()
        stored = files.store(name="reading.json", content_type=downloads.JSON, data=body, by=by)
        name = f"Tệp cần sửa - {taken.file.name.rpartition('.')[0]}.xlsx"
        mending = errors and files.store(name=name, content_type=downloads.XLSX, data=errors, by=by)
        _leave(taken, state=State.PREVIEW, reading=stored, errors_file=mending, summary=summary)
    return summary


def asked_of(reading, rows):
    """What is kept of a reading beside its rows: its offers, warnings and converted names, each about the person alone.

    Nothing about circumstances, households or hamlets: a school is neither asked nor told of them.
    """
    kept = {(row["sheet"], row["row"]) for row in rows}
    of_rows = [one for one in reading.offers if (one["sheet"], one["row"]) in kept and one["kind"] in OFFERED]
    warned = [one for one in reading.warnings if one["field"] in OF_PERSON and (one["sheet"], one["row"]) in kept]
    return {"offers": of_rows, "warnings": warned, "conversions": reading.conversions}


def reading_of(taken, kept):
    """What was kept as a reading, for the pages that show one and for applying its offers."""
    sheets = [{"name": name, "role": "children"} for name in dict.fromkeys(row["sheet"] for row in kept["rows"])]
    told = {name: kept.get(name) or [] for name in ("offers", "warnings")}  # those kept before had none
    return Reading(taken.file.name, taken.on.isoformat(), sheets, kept["rows"], conversions=kept.get("conversions"), **told)


@transaction.atomic
def choose(*, taken, by, shown, chosen):
    """Keep which of the offers shown (positions) the officer takes; they are applied when the list is let in."""
    taken = TakenList.objects.select_for_update().get(pk=taken.pk)
    require_right(by, taken.kind, taken.unit)
    if not is_open(taken):
        raise Refusal(ENDED)
    left = set(taken.accepted.get("offers", [])) - set(shown)
    taken.accepted = {**taken.accepted, "offers": sorted(left | (set(chosen) & set(shown)))}
    taken.save(update_fields=["accepted"])
    return taken


@transaction.atomic
def decide(*, taken, by, accepted):
    """The officer saw the preview and lets the rows in, with what he accepted of them."""
    taken = TakenList.objects.select_for_update().get(pk=taken.pk)
    require_right(by, taken.kind, taken.unit)
    if not is_open(taken):
        raise Refusal(ENDED)
    attempt = Job.objects.filter(key__startswith=f"list.write:{taken.public_id}:").count()
    taken.write_job = jobs.enqueue("list.write", key=f"list.write:{taken.public_id}:{attempt}", by=by, list=taken.pk)
    taken.state, taken.accepted, taken.message = State.WRITING, accepted, ""
    taken.save(update_fields=["state", "accepted", "message", "write_job"])
    audit.record("list.decided", by=by, subject=taken)
    return taken


@without_collection()
@transaction.atomic
def write_list(*, taken, by):
    """Write the rows and end the list in one transaction: done once, however often it is run."""
    taken = TakenList.objects.select_for_update(of=("self",)).select_related("unit", "reading").get(pk=taken.pk)
    if taken.state != State.WRITING:
        return taken.summary
    require_right(by, taken.kind, taken.unit)
    kept = kept_of(taken)
    kept["rows"] = offers.apply(reading_of(taken, kept), taken.accepted.get("offers", []))
    counts = KINDS[taken.kind].write(taken, kept, by)
    taken.state, taken.summary, taken.finished_at = State.DONE, taken.summary | counts, timezone.now()
    taken.save(update_fields=["state", "summary", "finished_at"])
    note = ", ".join(f"{name}={value}" for name, value in sorted(counts.items()) if isinstance(value, int))
    audit.record("list.taken_in", by=by, subject=taken, note=note)
    return taken.summary


@transaction.atomic
def cancel(*, taken, by):
    """Drop a list that was not yet let in."""
    taken = TakenList.objects.select_for_update().get(pk=taken.pk)
    if taken.state != State.READING and not is_open(taken):
        raise Refusal(ENDED)
    taken.state, taken.finished_at = State.CANCELLED, timezone.now()
    taken.save(update_fields=["state", "finished_at"])
    audit.record("list.cancelled", by=by, subject=taken)
    return taken


def is_open(taken):
    """True while the officer may still decide: the preview stands, or the writing failed and wrote nothing."""
    failed = taken.write_job is not None and taken.write_job.state in (Job.State.FAILED, Job.State.REFUSED)
    return taken.state == State.PREVIEW or (taken.state == State.WRITING and failed)


def kept_of(taken):
    """What was kept of the reading."""
    return json.loads(files.open_bytes(taken.reading))


def _leave(taken, **changes):
    """End the reading of a list; one that was cancelled meanwhile stays so."""
    if TakenList.objects.filter(pk=taken.pk, state=State.READING).update(**changes):
        taken.refresh_from_db()
