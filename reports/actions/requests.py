"""Xin gia hạn, đề nghị chỉnh sửa sau khi gửi: asked by the unit, answered by the unit above, both with a reason."""

from datetime import timedelta

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital
from reports.actions.answering import give_back
from reports.actions.base import locked, name_of, tell, url_of
from reports.actions.drafting import clean
from reports.models import Obligation, ReportRequest, Submission
from reports.obligations import unsent

K, S = ReportRequest.Kind, Submission.State
LONGEST_EXTENSION = 90  # days; a later day is a slip of the pen


def held(obligation):
    """The owed report, held until the transaction ends."""
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    return Obligation.objects.select_related("unit", "to_unit", "regime").get(pk=obligation.pk)


def is_unsent(obligation):
    """True while no version was ever sent."""
    return unsent(Obligation.objects.filter(pk=obligation.pk)).exists()


def check_day(obligation, day):
    """Refuse a day that is no extension."""
    if day is None or day <= obligation.last_day:
        raise Refusal(f"Hãy chọn ngày sau hạn hiện nay ({show(obligation.last_day)}).")
    if day < today():
        raise Refusal("Ngày này đã qua. Hãy chọn hôm nay hoặc một ngày sau hôm nay.")
    if day > obligation.last_day + timedelta(days=LONGEST_EXTENSION):
        raise Refusal(f"Gia hạn quá {LONGEST_EXTENSION} ngày. Hãy xem lại ngày.")


def check_possible(obligation, kind):
    """Refuse more time for what was sent, and a correction of what was not."""
    if kind == K.EXTEND and not is_unsent(obligation):
        raise Refusal("Báo cáo đã gửi nên không cần gia hạn. Nếu phải sửa, hãy đề nghị chỉnh sửa.")
    sent = obligation.submissions.current().filter(state__in=[S.SENT, S.ACCEPTED], on_behalf=False)
    if kind == K.REVISE and not sent.exists():
        raise Refusal("Chỉ báo cáo đã gửi mới đề nghị chỉnh sửa được. Hãy tải lại trang.")


@transaction.atomic
def ask(*, obligation, kind, by, reason, wanted_on=None):
    """Ask the unit above. A request that waits already is given back as it is: a double click asks once."""
    obligation, reason = held(obligation), clean(reason)
    waiting = obligation.requests.filter(kind=kind, answered_at=None).first()
    if waiting:
        return waiting
    if not reason:
        raise Refusal("Hãy ghi lý do để cấp trên xem xét.")
    check_possible(obligation, kind)
    if kind == K.EXTEND:
        check_day(obligation, wanted_on)
    row = ReportRequest.objects.create(
        obligation=obligation, kind=kind, reason=reason, asked_by=by, wanted_on=wanted_on if kind == K.EXTEND else None
    )
    audit.record("report.requested", subject=row, by=by)
    what = "xin gia hạn" if kind == K.EXTEND else "đề nghị chỉnh sửa"
    tell(
        obligation.to_unit, Permission.REPORT_ACCEPT, key=f"asked:{row.public_id}",
        subject=f"{obligation.unit.name} {what} {name_of(obligation).split(' của ')[0]}", url=url_of(obligation), but=by,
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, request, by, granted, text="", day=None):
    """Grant or refuse, once. A granted extension moves the last day; a granted correction gives the report back."""
    obligation = held(request.obligation)
    row = ReportRequest.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=request.pk)
    row.obligation, text = obligation, clean(text)
    if row.answered_at:
        if row.answered_by_id == by.pk and row.granted == granted:
            return row
        raise Refusal("Đề nghị này đã được trả lời. Hãy tải lại trang.")
    if not granted and not text:
        raise Refusal("Hãy ghi lý do không đồng ý để đơn vị biết.")
    if granted:
        check_possible(obligation, row.kind)
        grant(row, by, text, day or row.wanted_on)
    row.granted, row.answer, row.answered_at, row.answered_by = granted, text, stamp(), by
    row.save(update_fields=["granted", "answer", "answered_at", "answered_by", "granted_on", "old_last_day"])
    audit.record("report.request_answered", subject=row, by=by, note="đồng ý" if granted else "không đồng ý")
    what = f"{row.get_kind_display()}: {'được đồng ý' if granted else 'không được đồng ý'}"
    if row.kind == K.EXTEND and granted:
        what = f"được gia hạn đến {show(row.granted_on)}"
    tell(
        obligation.unit, Permission.REPORT_WRITE, key=f"request:{row.public_id}",
        subject=f"{capital(name_of(obligation))}: {what}", url=url_of(obligation), but=by,
    )  # fmt: skip
    return row


def grant(row, by, text, day):
    """What a granted request does to the report."""
    if row.kind == K.EXTEND:
        row.granted_on, row.old_last_day = day, extend(row.obligation, day)
        return
    submission = locked(row.obligation.submissions.current().get())
    reason = f"Theo đề nghị của đơn vị: {row.reason}"
    give_back(submission, by, f"{reason}\n{text}".strip())


def extend(obligation, day):
    """Move the last day; the first one stays known. Returns what it was."""
    check_day(obligation, day)
    old, obligation.last_day = obligation.last_day, day
    obligation.extended_from = obligation.extended_from or old
    obligation.save(update_fields=["last_day", "extended_from"])
    return old


@transaction.atomic
def extend_unasked(*, obligation, by, reason, day):
    """Gia hạn by the unit above of its own accord, with a reason; an open request of the unit is answered with it."""
    obligation = held(obligation)
    waiting = obligation.requests.filter(kind=K.EXTEND, answered_at=None).first()
    if not clean(reason):
        raise Refusal("Hãy ghi lý do gia hạn.")
    row = waiting or ReportRequest.objects.create(obligation=obligation, kind=K.EXTEND, reason=clean(reason), wanted_on=day)
    return answer(request=row, by=by, granted=True, text=reason if waiting else "", day=day)
