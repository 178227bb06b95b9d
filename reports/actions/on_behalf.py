"""Nhập thay: a report that came on paper is typed by the unit that takes it. Typing it in is taking it; the unit may confirm.

The unit below signed and sent it, so the officer who types accepts nothing of his own. It is marked everywhere, and the unit
confirms it or says what is wrong.
"""

from datetime import datetime, time

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.files import path_of, store
from childcare.documents.models import IssuedDocument
from childcare.lib.calendar import TZ, stamp
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital, nfc
from reports import documents, drafts, freezing, issuing, paper, refreshing, states
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.actions.signing import file_name, kind_of_scan
from reports.models import Obligation, Submission

S = Submission.State


def check_free(current):
    """A paper report replaces a draft or an earlier paper report, never a report that the unit has on its way."""
    if current and not current.on_behalf and current.state in (S.TO_SIGN, S.SIGNED, S.SENT, S.ACCEPTED):
        told = states.told(current)
        raise Refusal(f"Đơn vị đã có báo cáo ở trạng thái “{current.get_state_display()}” nên không nhập thay. {told}".strip())
    if current and current.on_behalf and current.confirmed_at:
        raise Refusal("Đơn vị đã xác nhận số liệu nhập thay nên không nhập lại được.")


@transaction.atomic
def enter(*, obligation, by, received_on, content, number="", issued_on=None, signer_name="", scan=None):
    """Write a paper report as the current version: all it says frozen, file kept, the day it came decides if it was late.

    `content`: keyword arguments of `paper.build`.
    """
    obligation = (
        Obligation.objects.select_for_update(of=("self",)).select_related("unit__parent", "to_unit").get(pk=obligation.pk)
    )
    current = obligation.submissions.current().select_related("obligation__unit", "sent_by", "presented_by").first()
    check_free(current)
    if received_on < obligation.data_from:
        raise Refusal("Ngày nhận báo cáo phải sau ngày bắt đầu kỳ số liệu.")
    if current:
        current.current, current.state = False, S.REPLACED
        bump(current, "current", "state")
    snapshot = freezing.take(obligation=obligation, draft=paper.build(obligation, **content), by=by)
    file = _store(obligation, scan, number, by) if scan else None
    now = stamp()
    try:
        last = obligation.submissions.order_by("-number").first()
        submission = Submission.objects.create(
            obligation=obligation,
            number=last.number + 1 if last else 1,
            state=S.ACCEPTED,
            on_behalf=True,
            snapshot=snapshot,
            document=_document(obligation, number, issued_on, signer_name, file),
            paper=file,
            created_by=by,
            sent_at=datetime.combine(received_on, time(12), TZ),
            answered_at=now,
            answered_by=by,
        )
        audit.record(
            "report.entered_on_behalf", subject=submission, by=by, fields=[key for key in content["figures"] if "|" not in key]
        )
        subject = f"{capital(name_of(obligation))} đã được nhập thay, hãy kiểm tra và xác nhận"
        key = f"behalf:{submission.public_id}"
        tell(obligation.unit, Permission.REPORT_WRITE, key=key, subject=subject, url=url_of(obligation), but=by)
    except BaseException:
        if file:
            path_of(file).unlink(missing_ok=True)
        raise
    return submission


def _store(obligation, scan, number, by):
    content_type, ending = kind_of_scan(scan)
    return store(name=f"{file_name(obligation, number)}.giay.{ending}", content_type=content_type, data=scan, by=by)


def _document(obligation, number, issued_on, signer_name, file):
    if not number:
        return None
    return IssuedDocument.objects.create(
        unit=obligation.unit,
        kind="BÁO CÁO",
        number=number.zfill(2) if number.isdigit() else number,
        notation=issuing.of(obligation, False).notation,
        issued_on=issued_on,
        subject=documents.subject(obligation),
        signer_name=signer_name,
        scan=file,
    )


def check_on_behalf(submission):
    if not submission.on_behalf or submission.state != S.ACCEPTED:
        raise Refusal("Báo cáo này không phải bản nhập thay đang có hiệu lực.")


@transaction.atomic
def confirm(*, submission, by):
    """The unit says that the typed figures are those of its paper report."""
    submission = locked(submission)
    check_on_behalf(submission)
    if submission.confirmed_at:
        return submission
    submission.confirmed_at, submission.confirmed_by = stamp(), by
    bump(submission, "confirmed_at", "confirmed_by")
    audit.record("report.on_behalf_confirmed", subject=submission, by=by)
    return submission


@transaction.atomic
def dispute(*, submission, by, reason):
    """The unit says that the typed figures are wrong: the version goes back, to be typed again or sent by the unit itself."""
    submission = locked(submission)
    check_on_behalf(submission)
    if submission.confirmed_at:
        raise Refusal("Số liệu nhập thay đã được xác nhận.")
    if not reason.strip():
        raise Refusal("Hãy ghi rõ số liệu nào chưa đúng.")
    submission.state, submission.return_reason = S.RETURNED, nfc(reason).strip()
    submission.answered_at, submission.answered_by = stamp(), by
    bump(submission, "state", "return_reason", "answered_at", "answered_by")
    audit.record("report.on_behalf_disputed", subject=submission, by=by)
    owed = submission.obligation
    tell(
        owed.to_unit, Permission.REPORT_ON_BEHALF, key=f"disputed:{submission.public_id}",
        subject=f"{owed.unit.name} báo số liệu nhập thay chưa đúng", url=url_of(owed), but=by,
    )  # fmt: skip
    return submission


@transaction.atomic
def replace(*, submission, by):
    """The unit writes its own report in the place of the typed one, which stays in the history. A second click does nothing."""
    old = locked(submission)
    if old.state == S.REPLACED and not old.current:
        return old.obligation.submissions.current().get()
    check_on_behalf(old)
    old.current, old.state = False, S.REPLACED
    bump(old, "current", "state")
    new = Submission(obligation=old.obligation, number=old.number + 1, created_by=by, text=old.snapshot.text)
    new.as_office = old.obligation.office_id is not None
    drafts.propose(new)
    new.save()
    refreshing.keep_keys(new)
    audit.record("report.version_begun", subject=new, by=by, note=f"thay cho bản nhập thay {old.number}")
    owed = old.obligation
    tell(
        owed.to_unit, Permission.REPORT_ON_BEHALF, key=f"replaced:{old.public_id}",
        subject=f"{owed.unit.name} lập báo cáo của mình để thay bản nhập thay", url=url_of(owed), but=by,
    )  # fmt: skip
    return new
