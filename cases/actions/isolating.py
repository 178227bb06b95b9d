"""Decisions on the isolation of a child (NĐ 56/2017 Điều 32): the order, an extension, the end."""

import uuid

from django.db import transaction

from cases.actions.base import finish
from cases.actions.freezing import freeze, thaw
from cases.actions.numbers import require_free
from cases.clocks import Clocks
from cases.models import EmergencyStep, IsolationOrder
from childcare.lib.calendar import TZ, show, stamp, today
from childcare.lib.refusal import Refusal

Kind = IsolationOrder.Kind
NOTES = {
    Kind.ORDER: "Quyết định tạm thời cách ly",
    Kind.EXTENSION: "Gia hạn cách ly",
    Kind.ENDING: "Quyết định kết thúc cách ly",
}
PRINTED = {Kind.ORDER: "mau-07", Kind.EXTENSION: "mau-07-gia-han", Kind.ENDING: "mau-07-ket-thuc"}


def begun(step):
    """The first day of the isolation."""
    return step.done_at.astimezone(TZ).date()


def until(step):
    """The last day of the isolation as decided so far, or None."""
    days = [row.until for row in step.orders.all() if row.voided_at is None and row.until]
    return max([*days, *([step.until] if step.until else [])], default=None)


def last_day(step):
    """The last day that the law allows with every extension (CK03, Điều 32.3), or None without a figure."""
    found = Clocks().due("CK03", step.done_at, step.case.unit_id)
    return found[1].date() if found else None


@transaction.atomic
def order(*, step, by, once, kind, number="", signed_on=None, signer="", until=None, ended_on=None, asked_by="", **texts):
    """Write down a decision on an isolation. One order, any number of extensions, one end; a later order of the same kind
    replaces the first."""
    if made := IsolationOrder.objects.filter(public_id=once).first():
        return made
    row = EmergencyStep.objects.select_for_update().select_related("case__protected_file").get(pk=step.pk)
    if row.kind != EmergencyStep.Kind.ISOLATION:
        raise Refusal("Việc này không phải là cách ly.")
    if not row.case.open:
        raise Refusal("Hồ sơ đã kết thúc. Hãy mở lại hồ sơ rồi ghi quyết định.")
    _check_days(row, kind, until, ended_on, asked_by)
    if number.strip() and not signed_on:
        raise Refusal(f"Hãy ghi ngày ký của quyết định số {number}.")
    _replace(row, kind)
    require_free(number, signed_on or today(), owner=row.case, by=by)
    made = IsolationOrder.objects.create(
        public_id=once or uuid.uuid4(),
        step=row,
        kind=kind,
        number=number[:60],
        signed_on=signed_on,
        signer=signer[:120],
        until=until,
        asked_by=asked_by[:160],
        recorded_by=by,
        **texts,
    )
    if kind == Kind.ENDING and row.ended_on is None:
        row.ended_on = ended_on
        row.save(update_fields=["ended_on"])
    finish(row.case, "emergency", by=by, note=NOTES[kind])
    if signed_on:
        freeze(made, PRINTED[kind], owner=row.case, by=by, on=signed_on, number=number)
    return made


def _replace(step, kind):
    """The order, or the end, that stood before and what was kept of it; an extension goes beside the others."""
    if kind == Kind.EXTENSION:
        return
    for former in step.orders.filter(kind=kind, voided_at=None):
        thaw(former, PRINTED[kind])
    step.orders.filter(kind=kind, voided_at=None).update(voided_at=stamp())


def _check_days(step, kind, day, ended_on, asked_by):
    if kind == Kind.ENDING:
        if step.ended_on is None and ended_on is None:
            raise Refusal("Hãy ghi ngày kết thúc cách ly.")
        if ended_on and ended_on < begun(step):
            raise Refusal("Ngày kết thúc ở trước ngày bắt đầu cách ly.")
        return
    if step.ended_on is not None:
        raise Refusal("Việc cách ly này đã kết thúc.")
    now = until(step)
    if kind == Kind.EXTENSION and (day is None or now and day <= now):
        raise Refusal(f"Ngày gia hạn phải sau ngày {show(now)}." if now else "Hãy ghi ngày gia hạn đến hết.")
    limit = last_day(step)
    if day and day < begun(step):
        raise Refusal("Ngày hết cách ly ở trước ngày bắt đầu.")
    if day and limit and day > limit and not asked_by:
        raise Refusal(
            f"Cách ly kể cả gia hạn không quá ngày {show(limit)}, trừ khi cơ quan có thẩm quyền yêu cầu: hãy ghi cơ quan đó."
        )
