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
from reports import documents, freezing, issuing, states
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.actions.signing import file_name, kind_of_scan
from reports.drafts import Draft
from reports.kept import Figures, Kept
from reports.models import Obligation, Submission

S = Submission.State
# What follows from two typed figures: code → (figure whose count is the numerator, figure whose count is the denominator).
FOLLOWS = {"HC-02": ("HC-01", "DS-01"), "HC-06": ("HC-05", "DS-01"), "XH-02": ("XH-01", "DS-01")}


def figures_from(typed, multipliers):
    """The figures of a paper report: what was typed, and the rates that follow from it."""
    kept = {code: Kept(top, below, multipliers.get(code, 1), missing=False) for code, (top, below) in typed.items()}
    if "HC-04" in kept:
        kept.setdefault("HC-03", Kept(kept["HC-04"].numerator, None, 1, missing=False))
        kept.setdefault("HC-01", Kept(kept["HC-04"].denominator, None, 1, missing=False))
    for code, (top, below) in FOLLOWS.items():
        if top in kept and below in kept and code not in kept and kept[below].numerator:
            kept[code] = Kept(kept[top].numerator, kept[below].numerator, multipliers.get(code, 100), missing=False)
    return Figures(kept)


def check_free(current):
    """A paper report replaces a draft or an earlier paper report, never a report that the unit has on its way."""
    if current and not current.on_behalf and current.state in (S.TO_SIGN, S.SIGNED, S.SENT, S.ACCEPTED):
        told = states.told(current)
        raise Refusal(f"Đơn vị đã có báo cáo ở trạng thái “{current.get_state_display()}” nên không nhập thay. {told}".strip())
    if current and current.on_behalf and current.confirmed_at:
        raise Refusal("Đơn vị đã xác nhận số liệu nhập thay nên không nhập lại được.")


@transaction.atomic
def enter(
    *, obligation, by, received_on, figures, multipliers, asked=(), number="", issued_on=None, signer_name="", paper=None
):
    """Write a paper report as the current version: figures frozen, file kept, the day it came decides whether it was late."""
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
    draft = Draft(figures=figures_from(figures, multipliers), extras=[row | {"typed": ""} for row in asked])
    draft.type_in({row["code"]: row["typed"] for row in asked if row["typed"]})
    snapshot = freezing.take(obligation=obligation, draft=draft, by=by)
    file = _store(obligation, paper, number, by) if paper else None
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
        audit.record("report.entered_on_behalf", subject=submission, by=by, fields=list(figures))
        subject = f"{capital(name_of(obligation))} đã được nhập thay, hãy kiểm tra và xác nhận"
        key = f"behalf:{submission.public_id}"
        tell(obligation.unit, Permission.REPORT_WRITE, key=key, subject=subject, url=url_of(obligation), but=by)
    except BaseException:
        if file:
            path_of(file).unlink(missing_ok=True)
        raise
    return submission


def _store(obligation, paper, number, by):
    content_type, ending = kind_of_scan(paper)
    return store(name=f"{file_name(obligation, number)}.giay.{ending}", content_type=content_type, data=paper, by=by)


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
