"""Where a child lives: open, move, end, correct."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import households, protection
from childcare.children.actions.base import fresh, insert, locked, void_row
from childcare.children.actions.copies import write_copies
from childcare.children.models import Circumstance, Residence, Support
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal

END_REASON = {Residence.Reason.DEATH: Circumstance.EndReason.DIED, Residence.Reason.DEPARTURE: Circumstance.EndReason.MOVED}


def open_row(*, child, unit, since, reason, kind, by, replaces=None):
    """Insert a residence. The caller writes the copies and the entry. Refused for a unit that did not exist on the day."""
    if since is not None and not unit.valid_on(since):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {show(since)}. Hãy xem lại ngày hoặc địa bàn.")
    if since is not None and child.birth_earliest and since < child.birth_earliest:
        raise Refusal("Ngày bắt đầu cư trú trước ngày sinh của trẻ.")
    return insert(
        Residence(
            child=child, unit=unit, started_on=since, start_reason=reason, kind=kind, recorded_by=by, replaces=replaces
        )  # fmt: skip
    )


@transaction.atomic
def open_again(*, child, unit, by, since, kind=Residence.Kind.PERMANENT, reason=Residence.Reason.ARRIVAL):
    """A child who had left lives in the unit again."""
    child = locked(child)
    old = child.unit
    row = open_row(child=child, unit=unit, since=since, reason=reason, kind=kind, by=by)
    households.follow_row(child=child, unit=unit, on=since, by=by)
    write_copies(child)
    protection.follow(child=child, old=old, new=unit, by=by)
    audit.record("residence.opened", by=by, subject=child, fields=["unit"])
    return row


@transaction.atomic
def move(*, child, unit, by, on, kind=Residence.Kind.PERMANENT):
    """The child lives in another unit since the day. Rights to its protected files follow at once."""
    child = locked(child)
    row = _open(child)
    if row.unit_id == unit.pk:
        raise Refusal(f"Trẻ đang ở {unit.name} rồi. Hãy chọn nơi ở khác.")
    _close(row, ended_on=on, reason=Residence.Reason.DEPARTURE)
    new = open_row(child=child, unit=unit, since=on, reason=Residence.Reason.ARRIVAL, kind=kind, by=by)
    households.follow_row(child=child, unit=unit, on=on, by=by)
    write_copies(child)
    protection.follow(child=child, old=row.unit, new=unit, by=by)
    audit.record("residence.moved", by=by, subject=child, fields=["unit"])
    return new


@transaction.atomic
def end(*, child, by, on, reason):
    """The child left the places of the registry or died on the day: it is not counted any more at the end of that day.

    Open circumstances and running supports of the child end with it.
    """
    if reason not in END_REASON:
        raise Refusal("Hãy chọn lý do: chuyển đi hoặc tử vong.")
    child = locked(child)
    row = _open(child)
    _close(row, ended_on=on, reason=reason)
    for fact in Circumstance.objects.filter(child=child, voided_at=None, ended_on=None):
        _end_fact(fact, on, end_reason=END_REASON[reason])
    for fact in Support.objects.filter(child=child, voided_at=None, ended_on=None, running=True):
        _end_fact(fact, on, running=False)
    write_copies(child)
    audit.record("residence.ended", by=by, subject=child, fields=["residing"])
    return row


@transaction.atomic
def correct(*, residence, by, version, unit, since, reason, kind=None):
    """The residence was written down wrongly: void it and put the right one in its place, with the same end."""
    child = locked(residence.child)
    old = fresh(residence, version)
    before = child.unit
    void_row(old, by=by, reason=reason)
    new = open_row(child=child, unit=unit, since=since, reason=old.start_reason, kind=kind or old.kind, by=by, replaces=old)
    if old.ended_on is not None:
        _close(new, ended_on=old.ended_on, reason=old.end_reason)
    write_copies(child)
    protection.follow(child=child, old=before, new=child.unit, by=by)
    audit.record("residence.corrected", by=by, subject=child, fields=["unit", "started_on"])
    return new


def _open(child):
    row = Residence.objects.select_related("unit").filter(child=child, ended_on=None, voided_at=None).first()
    if row is None:
        raise Refusal("Trẻ không còn cư trú ở đây. Hãy ghi “Chuyển đến” trước.")
    return row


def _close(row, *, ended_on, reason):
    if row.started_on is not None and ended_on < row.started_on:
        raise Refusal(f"Trẻ ở {row.unit.name} từ {show(row.started_on)}: ngày này phải sau ngày đó.")
    row.ended_on, row.end_reason, row.version = ended_on, reason, row.version + 1
    row.save(update_fields=["ended_on", "end_reason", "version"])


def _end_fact(fact, on, **values):
    fact.ended_on = max(on, fact.started_on) if fact.started_on else on
    for name, value in values.items():
        setattr(fact, name, value)
    fact.version += 1
    fact.save(update_fields=["ended_on", "version", *values])
