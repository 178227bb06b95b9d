"""Signing on paper: the officer types the number the clerk gave, day and signer, attaches the scan; the bytes are frozen."""

import logging

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.docx import render_docx
from childcare.documents.files import path_of, store
from childcare.documents.models import IssuedDocument
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal
from reports import documents, issuing, states
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.models import Submission

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAGIC = ((b"%PDF-", PDF, "pdf"), (b"\xff\xd8\xff", "image/jpeg", "jpg"), (b"\x89PNG\r\n\x1a\n", "image/png", "png"))
LARGEST = 10 * 1024 * 1024
log = logging.getLogger(__name__)


def kind_of_scan(data):
    """(content type, ending) of a scan, told by its first bytes and never by its name. Raises Refusal."""
    if len(data) > LARGEST:
        raise Refusal("Bản quét lớn quá 10 MB. Hãy quét lại ở 200 dpi hoặc tách tệp.")
    for begin, content_type, ending in MAGIC:
        if data.startswith(begin):
            return content_type, ending
    raise Refusal("Bản quét phải là tệp PDF, JPG hoặc PNG.")


def file_name(obligation, number=""):
    """A name that says what the file is, without a child's name: "bao-cao-11437-2024-H1-so-05"."""
    return f"bao-cao-{obligation.unit.code}-{obligation.period}{f'-so-{number}' if number else ''}"


def sign(*, submission, by, version, number, issued_on, signer_lines, signer_name, scan=None):
    """Ghi nhận ký, all or nothing: document, frozen bytes, scan, state, log.

    The documents are rendered before the transaction from the frozen snapshot, which cannot change while the report waits for
    its signature; inside it the version is held against what was rendered.
    """
    submission = Submission.objects.select_related("obligation__unit__parent", "obligation__to_unit", "snapshot").get(
        pk=submission.pk
    )
    if states.repeated(submission, "sign", by):
        return submission
    states.move(submission, "sign")
    check_number(submission, number, issued_on)
    head = documents.Head(number, issued_on, tuple(signer_lines), signer_name)
    document = documents.of_submission(submission, head)
    files = [("pdf", PDF, render_pdf(document)), ("docx", DOCX, render_docx(document))]
    if scan:
        content_type, ending = kind_of_scan(scan)
        files.append((f"ban-quet.{ending}", content_type, scan))
    stored = []
    try:
        return _sign(submission, by, version, document, head, files, stored)
    except BaseException:
        for file in stored:  # rows went with the transaction; the bytes must not stay behind
            path_of(file).unlink(missing_ok=True)
        raise


@transaction.atomic
def _sign(submission, by, version, document, head, files, stored):
    submission = locked(submission)
    if states.repeated(submission, "sign", by):
        return submission
    states.move(submission, "sign")
    if submission.version != version:
        raise Refusal("Báo cáo vừa được rút về hoặc trình lại. Hãy tải lại trang.")
    obligation = submission.obligation
    check_number(submission, head.number, head.day)
    kept = {}
    for ending, content_type, data in files:
        file = store(name=f"{file_name(obligation, head.number)}.{ending}", content_type=content_type, data=data, by=by)
        stored.append(file)
        kept[ending.split(".")[0]] = file
    submission.document = IssuedDocument.objects.create(
        unit=obligation.unit,
        office=obligation.office if submission.as_office else None,
        kind="BÁO CÁO",
        number=document.number,
        notation=document.notation,
        issued_on=head.day,
        subject=document.subject,
        signer_authority=list(head.lines),
        signer_name=head.name,
        pdf=kept["pdf"],
        docx=kept["docx"],
        scan=kept.get("ban-quet"),
        signed_by=by,
    )
    submission.signed_at, submission.signed_by = stamp(), by
    bump(submission, "state", "document", "signed_at", "signed_by")
    audit.record("report.signed", subject=submission, by=by, note=submission.document.full_number)
    tell(
        obligation.unit, Permission.REPORT_WRITE, key=f"signed:{submission.public_id}",
        subject=f"Đã ghi nhận ký {name_of(obligation)}, còn phải gửi", url=url_of(obligation), but=by,
    )  # fmt: skip
    return submission


def check_number(submission, number, issued_on):
    """A number is given once a year by one issuer; a day of signing lies between the cut-off and today."""
    obligation = submission.obligation
    if issued_on > today():
        raise Refusal("Ngày ký không được sau hôm nay.")
    if issued_on < obligation.cutoff:
        raise Refusal(f"Ngày ký không được trước ngày chốt số liệu {show(obligation.cutoff)}.")
    notation = issuing.of(obligation, submission.as_office).notation
    number = number.zfill(2) if number.isdigit() else number
    same = IssuedDocument.objects.filter(unit=obligation.unit, notation=notation, number=number, issued_on__year=issued_on.year)
    if same.exists():
        raise Refusal(f"Số {number}/{notation} năm {issued_on.year} đã dùng cho văn bản khác. Hãy hỏi lại văn thư.")


@transaction.atomic
def attach_scan(*, submission, by, scan):
    """Add the scan of the signed paper afterwards, once."""
    submission = locked(submission)
    if submission.document is None:
        raise Refusal("Báo cáo chưa được ghi nhận ký.")
    if submission.document.scan_id:
        raise Refusal("Báo cáo đã có bản quét.")
    content_type, ending = kind_of_scan(scan)
    name = f"{file_name(submission.obligation, submission.document.number)}.ban-quet.{ending}"
    submission.document.scan = store(name=name, content_type=content_type, data=scan, by=by)
    submission.document.save(update_fields=["scan"])
    audit.record("report.scan_attached", subject=submission, by=by)
    return submission
