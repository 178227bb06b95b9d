"""Requests about data: receive, answer, extend, close. Two clocks run from the receipt (NĐ 356/2025/NĐ-CP, CK23–CK25)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from childcare.audit import actions as audit
from childcare.children.actions.base import USED_KEY, fresh, update
from childcare.children.models import DataRequest, DataRule
from childcare.lib.calendar import add_working_days, show, today
from childcare.lib.refusal import Refusal
from childcare.units.models import DayOverride, Unit

State = DataRequest.State
NOT_CHECKED = (
    "Hãy kiểm tra người yêu cầu trước: đúng là cha, mẹ, người giám hộ của trẻ, không bị Tòa án hạn chế quyền, "
    "không phải người bị nghi gây hại cho trẻ. Kiểm tra xong thì đánh dấu rồi lưu."
)


def after(day, code):
    """The last day of the clock that started on the day; by the rule's own measure."""
    rule = DataRule.objects.get(code=code)
    if rule.measure == DataRule.Measure.WORKING_DAYS:
        return add_working_days(day, rule.amount, DayOverride.as_dict())
    return day + timedelta(days=rule.amount)


@transaction.atomic
def receive(*, by, unit, received_on, asker, kind, once, relation="", child=None, content=""):
    """Write a request into the register of the unit. Both last days are computed now; the number is the next of the unit."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    if made := DataRequest.objects.filter(public_id=once).first():
        if made.recorded_by_id != by.pk:
            raise Refusal(USED_KEY)
        return made
    last = DataRequest.objects.filter(unit=unit).aggregate(last=Max("number"))["last"] or 0
    row = DataRequest.objects.create(
        public_id=once, unit=unit, number=last + 1, received_on=received_on, asker=asker, relation=relation[:60], child=child,
        kind=kind, content=content, answer_by=after(received_on, "CK23"), act_by=after(received_on, "CK24"), recorded_by=by,
    )  # fmt: skip
    audit.record("request.received", by=by, subject=row)
    return row


@transaction.atomic
def answer(*, request, by, version, on, text, refuse=False, checked=False):
    """Tell the asker how the request will be handled, or that it will not be. A person checks the asker first.

    A guardian suspected of the abuse gets nothing until somebody decides; the same is asked of every request, so that the
    question tells nobody that a protected file exists.
    """
    row = fresh(request, version)
    if row.state != State.OPEN:
        raise Refusal("Yêu cầu này đã được trả lời.")
    if not refuse and not checked:
        raise Refusal(NOT_CHECKED)
    _not_before(row, on)
    row.answered_on, row.answer, row.asker_checked = on, text, checked
    row.state = State.REFUSED if refuse else State.ANSWERED
    row.closed_on = on if refuse else None
    update(row, "answered_on", "answer", "asker_checked", "state", "closed_on")
    audit.record("request.answered", by=by, subject=row, fields=["state"])
    return row


@transaction.atomic
def extend(*, request, by, version, reason):
    """Put the deed off once (CK25)."""
    row = fresh(request, version)
    if not row.open:
        raise Refusal("Yêu cầu này đã kết thúc.")
    if row.extended:
        raise Refusal(f"Yêu cầu này đã gia hạn một lần, đến {show(row.act_by)}; không gia hạn thêm được.")
    if today() > row.act_by:
        raise Refusal(f"Hạn thực hiện {show(row.act_by)} đã qua, không gia hạn được nữa.")
    row.act_by, row.extended, row.extension_reason = after(row.act_by, "CK25"), True, reason
    update(row, "act_by", "extended", "extension_reason")
    audit.record("request.extended", by=by, subject=row, fields=["act_by"])
    return row


@transaction.atomic
def close(*, request, by, version, on, result):
    """The request was carried out."""
    row = fresh(request, version)
    if row.state != State.ANSWERED:
        raise Refusal("Hãy ghi việc trả lời người yêu cầu trước." if row.state == State.OPEN else "Yêu cầu này đã kết thúc.")
    _not_before(row, on)
    row.state, row.closed_on, row.result = State.DONE, on, result
    update(row, "state", "closed_on", "result")
    audit.record("request.closed", by=by, subject=row, fields=["state"])
    return row


def _not_before(row, on):
    if on < row.received_on:
        raise Refusal(f"Yêu cầu nhận ngày {show(row.received_on)}: ngày này không thể trước ngày đó.")
