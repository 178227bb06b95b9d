"""Sending and answering: gửi, tiếp nhận, yêu cầu chỉnh sửa. Nobody accepts what he signed or sent."""

from django.db import transaction
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.inbox import actions as inbox
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from reports import states
from reports.actions.drafting import bump, locked


def officers(unit, permission):
    """Officers who hold the permission in exactly this unit today."""
    found = Appointment.objects.on(today()).holding(permission, GRANTS).filter(unit=unit, officer__is_active=True)
    return [row.officer for row in found.select_related("officer").order_by("officer__username")]


def tell(unit, permission, *, key, subject, url):
    """One message to each officer of the unit who holds the permission."""
    for officer in officers(unit, permission):
        inbox.send(officer=officer, key=key, day=today(), subject=subject, url=url)


@transaction.atomic
def send(*, submission, by):
    """Gửi cấp trên. The first sending decides whether the report came in time."""
    submission = locked(submission)
    states.move(submission, "send")
    if submission.document is None or submission.document.pdf is None:
        raise Refusal("Bản PDF đã ký chưa tạo xong. Hãy đợi một lát rồi gửi lại.")
    submission.sent_at, submission.sent_by = timezone.now(), by
    bump(submission, "state", "sent_at", "sent_by")
    audit.record("report.sent", subject=submission, by=by)
    owed = submission.obligation
    subject = f"{owed.unit.name} đã gửi báo cáo kỳ {owed.period}"
    tell(owed.to_unit, Permission.REPORT_ACCEPT, key=f"sent:{submission.public_id}", subject=subject, url=url_of(submission))
    return submission


def url_of(submission):
    """The address of a submission inside the application."""
    return f"/bao-cao/{submission.obligation.public_id}/"


def check_not_own(submission, by):
    """Nobody answers what he signed, sent or entered himself."""
    if by.pk in (submission.signed_by_id, submission.sent_by_id, submission.created_by_id):
        raise Refusal("Người đã lập, ký hoặc gửi báo cáo không được tự tiếp nhận. Hãy nhờ đồng nghiệp khác xử lý.")


@transaction.atomic
def accept(*, submission, by):
    """Tiếp nhận."""
    submission = locked(submission)
    check_not_own(submission, by)
    states.move(submission, "accept")
    submission.answered_at, submission.answered_by = timezone.now(), by
    bump(submission, "state", "answered_at", "answered_by")
    audit.record("report.accepted", subject=submission, by=by)
    _tell_unit(submission, "đã được tiếp nhận")
    return submission


@transaction.atomic
def return_(*, submission, by, reason):
    """Yêu cầu chỉnh sửa, with a reason that the unit reads."""
    submission = locked(submission)
    check_not_own(submission, by)
    if not reason.strip():
        raise Refusal("Hãy ghi rõ cần chỉnh sửa nội dung gì.")
    states.move(submission, "return")
    submission.answered_at, submission.answered_by = timezone.now(), by
    submission.return_reason = reason.strip()
    bump(submission, "state", "answered_at", "answered_by", "return_reason")
    audit.record("report.returned", subject=submission, by=by)
    _tell_unit(submission, "cần chỉnh sửa")
    return submission


def _tell_unit(submission, what):
    owed = submission.obligation
    tell(
        owed.unit,
        Permission.REPORT_WRITE,
        key=f"answered:{submission.public_id}:{submission.state}",
        subject=f"Báo cáo kỳ {owed.period} của {owed.unit.name} {what}",
        url=url_of(submission),
    )
