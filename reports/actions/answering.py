"""Sending and answering: gửi, tiếp nhận, yêu cầu chỉnh sửa. Nobody accepts what he signed or sent."""

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital, nfc
from reports import states
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.obligations import days_late, sent_on


@transaction.atomic
def send(*, submission, by):
    """Gửi cấp trên, once. The first sending of any version decides whether the report came in time."""
    submission = locked(submission)
    if states.repeated(submission, "send", by):
        return submission
    states.move(submission, "send")
    if submission.document is None or submission.document.pdf is None:
        raise Refusal("Bản PDF đã ký chưa tạo xong. Hãy đợi một lát rồi gửi lại.")
    submission.sent_at, submission.sent_by = stamp(), by
    bump(submission, "state", "sent_at", "sent_by")
    audit.record("report.sent", subject=submission, by=by)
    owed = submission.obligation
    late = days_late(owed, sent_on(submission), None) if submission.number == 1 else 0
    subject = f"{owed.unit.name} đã gửi {name_of(owed).split(' của ')[0]}{f', chậm {late} ngày' if late else ''}"
    key = f"sent:{submission.public_id}"
    tell(owed.to_unit, Permission.REPORT_ACCEPT, key=key, subject=subject, url=url_of(owed), but=by)
    return submission


def check_not_own(submission, by):
    """Nobody answers what he wrote, presented, signed or sent himself."""
    own = (submission.created_by_id, submission.presented_by_id, submission.signed_by_id, submission.sent_by_id)
    if by.pk in own:
        raise Refusal("Người đã lập, ký hoặc gửi báo cáo không được tự tiếp nhận. Hãy nhờ đồng nghiệp khác xử lý.")


@transaction.atomic
def accept(*, submission, by):
    """Tiếp nhận, once."""
    submission = locked(submission)
    if states.repeated(submission, "accept", by):
        return submission
    check_not_own(submission, by)
    states.move(submission, "accept")
    submission.answered_at, submission.answered_by = stamp(), by
    bump(submission, "state", "answered_at", "answered_by")
    audit.record("report.accepted", subject=submission, by=by)
    _tell_unit(submission, "đã được tiếp nhận", by)
    return submission


@transaction.atomic
def return_(*, submission, by, reason):
    """Yêu cầu chỉnh sửa, with a reason that the unit reads."""
    submission = locked(submission)
    if states.repeated(submission, "return", by):
        return submission
    check_not_own(submission, by)
    if not reason.strip():
        raise Refusal("Hãy ghi rõ cần chỉnh sửa nội dung gì.")
    states.move(submission, "return")
    return _returned(submission, by, reason)


def give_back(submission, by, reason):
    """Return a report that was sent or accepted because its unit asked to correct it; the row is held by the caller."""
    states.move(submission, "give_back")
    return _returned(submission, by, reason)


def _returned(submission, by, reason):
    submission.answered_at, submission.answered_by = stamp(), by
    submission.return_reason = nfc(reason).strip()
    bump(submission, "state", "answered_at", "answered_by", "return_reason")
    audit.record("report.returned", subject=submission, by=by)
    _tell_unit(submission, "cần chỉnh sửa", by)
    return submission


def _tell_unit(submission, what, by):
    owed = submission.obligation
    key = f"answered:{submission.public_id}:{submission.state}"
    tell(owed.unit, Permission.REPORT_WRITE, key=key, subject=f"{capital(name_of(owed))} {what}", url=url_of(owed), but=by)
