"""Trao đổi between a unit and the unit above about a paragraph of a report; showing a draft before it is signed."""

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from reports import comments
from reports.actions.base import bump, locked, name_of, tell, url_of
from reports.actions.drafting import clean
from reports.models import ReportComment, Submission

LONGEST = 2000


def check_side(by, obligation):
    """The unit for which the officer speaks; refused to everybody else."""
    unit = comments.side(by, obligation)
    if unit is None:
        raise Refusal("Chỉ đơn vị lập báo cáo và đơn vị nhận báo cáo trao đổi với nhau ở đây.")
    return unit


@transaction.atomic
def write(*, obligation, section, text, by, number=1, quote="", thread=None):
    """Say something about a section, or answer in a thread; an answer opens a thread that was done. The other side is told."""
    unit, text = check_side(by, obligation), clean(text)[:LONGEST]
    if not text:
        raise Refusal("Hãy ghi nội dung trao đổi.")
    quote = "" if thread else clean(quote)[:LONGEST]
    if twin := _said(obligation, section, by, text, quote, thread):
        return twin  # a double click says it once
    if thread is not None:
        thread = ReportComment.objects.select_for_update().get(pk=thread.pk)
        if thread.resolved_at:
            thread.resolved_at = thread.resolved_by = None
            thread.save(update_fields=["resolved_at", "resolved_by"])
    row = ReportComment.objects.create(
        obligation=obligation, thread=thread, section=section, number=number, text=text, unit=unit, written_by=by, quote=quote,
    )  # fmt: skip
    audit.record("report.commented", subject=row, by=by)
    _tell(row, by)
    return row


def _said(obligation, section, by, text, quote, thread):
    """The last remark of the section when the officer has just said the same in the same place."""
    last = obligation.comments.filter(section=section).order_by("-pk").first()
    if last is None or last.written_by_id != by.pk or (last.text, last.quote) != (text, quote):
        return None
    return last if last.thread_id == (thread.pk if thread else None) else None


def _tell(row, by):
    """One message to the officers of the other unit; the words stay on the page."""
    owed = row.obligation
    above = row.unit_id == owed.unit_id
    other, permission = (owed.to_unit, Permission.REPORT_ACCEPT) if above else (owed.unit, Permission.REPORT_WRITE)
    tell(
        other, permission, key=f"comment:{row.public_id}", url=f"{url_of(owed)}trao-doi/{row.section}/", but=by,
        subject=f"{row.unit.name} trao đổi về {name_of(owed)}, mục {comments.section_of(row.section).title}",
    )  # fmt: skip


@transaction.atomic
def settle(*, thread, by, done):
    """Đã xong, or mở lại: either side may say so."""
    check_side(by, thread.obligation)
    row = ReportComment.objects.select_for_update().get(pk=thread.pk)
    if row.thread_id is not None:
        raise Refusal("Chỉ cả trao đổi mới ghi xong được.")
    if bool(row.resolved_at) == done:
        return row
    row.resolved_at, row.resolved_by = (stamp(), by) if done else (None, None)
    row.save(update_fields=["resolved_at", "resolved_by"])
    row.obligation = thread.obligation
    audit.record("report.comment_settled", subject=row, by=by, note="đã xong" if done else "mở lại")
    return row


@transaction.atomic
def show(*, submission, by, shown):
    """Cho cấp trên xem dự thảo, or no longer: the unit that takes the report reads the draft and may comment on it."""
    submission = locked(submission)
    if submission.state != Submission.State.DRAFT:
        raise Refusal("Chỉ bản dự thảo mới cho xem trước. Hãy tải lại trang.")
    if bool(submission.shown_at) == shown:
        return submission
    submission.shown_at, submission.shown_by = (stamp(), by) if shown else (None, None)
    bump(submission, "shown_at", "shown_by")
    audit.record("report.draft_shown" if shown else "report.draft_hidden", subject=submission, by=by)
    if shown:
        owed = submission.obligation
        tell(
            owed.to_unit, Permission.REPORT_ACCEPT, key=f"shown:{submission.public_id}:{submission.version}",
            subject=f"{owed.unit.name} cho xem dự thảo {name_of(owed).split(' của ')[0]}", url=url_of(owed), but=by,
        )  # fmt: skip
    return submission
