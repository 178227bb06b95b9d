"""A version of a report as bytes: frozen ones of a signed report, else made from what it says now."""

import json
from datetime import timedelta

from childcare.documents import plain
from childcare.documents.csvs import render_csv
from childcare.documents.docx import render_docx
from childcare.documents.files import open_bytes
from childcare.documents.pdf import render_pdf
from childcare.documents.xlsx import render_xlsx
from childcare.lib.refusal import Refusal
from childcare.units.models import Office
from reports import collecting, documents, drafts, obligations, schedule
from reports.models import Obligation, Regime, Submission
from reports.receiving import receiver

ENDINGS = ("pdf", "docx", "xlsx", "csv", "json")
TABLES = {"xlsx": render_xlsx, "csv": render_csv}


def data_of(submission, ending):
    """The bytes of a version in one of the formats; its tables as CSV are files in a ZIP."""
    if submission.document and ending in ("pdf", "docx"):
        stored = getattr(submission.document, ending)
        if stored:
            return frozen(stored)
    document = documents.of_submission(submission)
    if ending == "pdf":
        return render_pdf(document)
    if ending == "docx":
        return render_docx(document)
    if ending in TABLES:
        return TABLES[ending](document)
    return as_json(submission, document)


def frozen(stored):
    """The bytes that were frozen. Refuses to hand out bytes that are gone or were changed on the disk."""
    try:
        return open_bytes(stored)
    except (FileNotFoundError, ValueError):
        raise Refusal(
            "Văn bản đã lưu không còn nguyên vẹn nên không tải được. Hãy báo quản trị hệ thống khôi phục từ bản sao lưu."
        )


def as_json(submission, document):
    """Everything that is printed, and every figure with its parts, for machines."""
    owed, draft = submission.obligation, drafts.load(submission)
    said = {
        "unit": owed.unit.code,
        "period": owed.period,
        "data_from": owed.data_from.isoformat(),
        "cutoff": owed.cutoff.isoformat(),
        "last_day": owed.last_day.isoformat(),
        "state": submission.state,
        "version": submission.number,
        "digest": submission.snapshot.digest if submission.snapshot_id else "",
        "figures": draft.figures.as_json(),
        "year_earlier": draft.earlier.as_json(),
        "tables": draft.tables,
        "targets": draft.targets,
        "extras": [{**row, "typed": ""} for row in draft.extras],
        "document": plain.as_json(document),
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def readable(document):
    """The document as data for a page, its tables with one row of titles."""
    said = plain.as_json(document)
    found = [block for blocks in (said, *said["annexes"]) for block in blocks["blocks"] if "table" in block]
    for place, block in enumerate(found, 1):
        block["name"] = f"Bảng {place}"
        first, *below = block["head"]
        width = len(block["table"][0]) if block["table"] else len(first)
        wide = first.index("Trong số cuối kỳ") if below and len(first) < width else None
        block["titles"] = first if wide is None else [*first[:wide], *below[0], *first[wide + 1 :]]
    return said


def obligation_for(unit, period):
    """The owed report of a unit and period; one that nobody wrote down yet is made up from the regime and not kept."""
    found = Obligation.objects.filter(unit=unit, period=period).select_related("unit__parent", "to_unit", "regime", "office")
    owed = found.order_by("regime__code").first()
    if owed:
        return owed
    year = int(period[:4])
    for regime in Regime.objects.dated().select_related("scope").order_by("code"):
        slot = next((row for row in schedule.slots(regime, year) if row.period == period), None)
        asked = slot and unit.kind in regime.from_kinds and obligations.holds_on(regime, schedule.asked_on(regime, slot))
        to = receiver(unit, regime) if asked and (regime.scope is None or unit.is_under(regime.scope)) else None
        if to:
            return made(regime, unit, year, slot, to)
    raise Refusal(f"{unit.name} không có báo cáo phải gửi cho kỳ {period}.")


def made(regime, unit, year, slot, to):
    """An obligation that is not kept."""
    return Obligation(
        regime=regime, unit=unit, to_unit=to, period=slot.period, cutoff=slot.cutoff, last_day=slot.last_day,
        subject=obligations.subject_of(regime, year),
        data_from=slot.data_from or obligations.annual_cutoff(regime, year - 1, unit) + timedelta(days=1),
        office=Office.objects.on(slot.cutoff).filter(unit=unit).first() if regime.by_office else None,
    )  # fmt: skip


def version_for(unit, period):
    """The current version of the report of a unit and period; without one a draft counted now and not kept."""
    owed, current = obligation_for(unit, period), None
    if owed.pk:
        current = owed.submissions.current().select_related("snapshot", "document__pdf", "document__docx").first()
        if current and current.state != Submission.State.DRAFT:
            current.obligation = owed
            return current
    submission = Submission(obligation=owed, as_office=owed.office_id is not None)
    draft = drafts.Draft.parse(current.text if current else "")
    draft.renew(collecting.collect(owed))
    submission.text = draft.dump()
    return submission
