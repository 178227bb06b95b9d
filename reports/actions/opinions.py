"""Ý kiến of the leader on a report that waits for the signature: agreed, or back to the draft with what is to be changed."""

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital
from reports.actions import drafting
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.models import Submission


@transaction.atomic
def give(*, submission, by, agrees, text, version):
    """Keep the leader's word. One who does not agree says why, and the report becomes a draft again with his words on it.

    Refuses unless the report waits for its signature and the page is no older than the report.
    """
    submission = locked(submission)
    text = drafting.clean(text)
    if (submission.opinion_by_id, submission.opinion_agrees, submission.opinion) == (by.pk, agrees, text):
        return submission
    if submission.state != Submission.State.TO_SIGN:
        raise Refusal("Báo cáo không còn chờ ký nên không ghi ý kiến được nữa. Hãy tải lại trang.")
    if submission.version != version:
        raise Refusal("Báo cáo vừa được rút về hoặc trình lại. Hãy tải lại trang, đọc lại rồi cho ý kiến.")
    if not agrees and not text:
        raise Refusal("Hãy ghi cần sửa chỗ nào để cán bộ biết mà sửa.")
    submission.opinion, submission.opinion_agrees = text, agrees
    submission.opinion_at, submission.opinion_by = stamp(), by
    bump(submission, "opinion", "opinion_agrees", "opinion_at", "opinion_by")
    audit.record("report.opinion", subject=submission, by=by, note="đồng ý ký" if agrees else "yêu cầu sửa")
    return say(submission if agrees else drafting.withdraw(submission=submission, by=by), by)


def say(submission, by):
    """Tell those who write the report."""
    owed = submission.obligation
    word = "đồng ý ký" if submission.opinion_agrees else "yêu cầu sửa"
    tell(
        owed.unit, Permission.REPORT_WRITE, key=f"opinion:{submission.public_id}:{submission.version}",
        subject=f"{capital(by.full_name)} {word} {name_of(owed)}", url=url_of(owed), but=by,
    )  # fmt: skip
    return submission
