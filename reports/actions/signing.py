"""Signing on paper: the officer types the number the clerk gave, day and signer, attaches the scan; the bytes are frozen."""

import logging

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents import books, capacities
from childcare.documents.actions import numbers
from childcare.documents.actions.issuing import issue
from childcare.documents.docx import render_docx
from childcare.documents.files import store
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal
from reports import documents, states
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


def sign(
    *, submission, by, version, number, issued_on, signer_lines, signer_name, scan=None, position="", mandate=""
):  # fmt: skip
    """Ghi nhận ký, all or nothing: number, document, frozen bytes, scan, state, log.

    The documents are rendered before the transaction from the frozen snapshot, which cannot change while the report waits for
    its signature; inside it the version is held against what was rendered. Without a number the application gives the next,
    where the unit wants that. `position`: the signer's office, `mandate`: the paper by which he signs TUQ.
    """
    submission = Submission.objects.select_related("obligation__unit__parent", "obligation__to_unit", "snapshot").get(
        pk=submission.pk
    )
    if states.repeated(submission, "sign", by):
        return submission
    states.move(submission, "sign")
    series, typed = series_of(submission), numbers.plain(number) if number else ""
    check_day(submission, issued_on)
    capacities.require_fitting(
        signer_lines, name=signer_name, position=position, unit=series.unit, office=series.office, mandate=mandate, on=issued_on
    )
    head = documents.Head(day=issued_on, lines=tuple(signer_lines), name=signer_name)
    document = documents.of_submission(submission, head)
    if typed:
        numbers.may_bear(series, typed, document.notation, issued_on.year)
    extra = []
    if scan:
        content_type, ending = kind_of_scan(scan)
        extra = [(f"ban-quet.{ending}", content_type, scan)]
    return issue(
        document, by=by, series=series, typed=typed, mandate=mandate, extra=extra,
        files=[("pdf", PDF, render_pdf), ("docx", DOCX, render_docx)],
        step=lambda keep: _sign(submission, by, version, issued_on, keep),
    )  # fmt: skip


def _sign(submission, by, version, issued_on, keep):
    """Inside the transaction: all still holds; then the document is kept and the report is signed."""
    submission = locked(submission)
    if states.repeated(submission, "sign", by):
        return submission
    states.move(submission, "sign")
    if submission.version != version:
        raise Refusal("Báo cáo vừa được rút về hoặc trình lại. Hãy tải lại trang.")
    check_day(submission, issued_on)
    obligation = submission.obligation
    submission.document = keep()
    submission.signed_at, submission.signed_by = stamp(), by
    bump(submission, "state", "document", "signed_at", "signed_by")
    audit.record("report.signed", subject=submission, by=by, note=submission.document.full_number)
    tell(
        obligation.unit, Permission.REPORT_WRITE, key=f"signed:{submission.public_id}",
        subject=f"Đã ghi nhận ký {name_of(obligation)}, còn phải gửi", url=url_of(obligation), but=by,
    )  # fmt: skip
    return submission


def series_of(submission):
    """In which book the report is numbered."""
    obligation = submission.obligation
    return books.Series(obligation.unit, obligation.office if submission.as_office else None, "BC")


def check_day(submission, issued_on):
    """A day of signing lies between the cut-off and today."""
    if issued_on > today():
        raise Refusal("Ngày ký không được sau hôm nay.")
    if issued_on < submission.obligation.cutoff:
        raise Refusal(f"Ngày ký không được trước ngày chốt số liệu {show(submission.obligation.cutoff)}.")


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
