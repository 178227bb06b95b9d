"""Where a child lives: open, move, end, correct."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import households, protection
from childcare.children.actions.base import fresh, insert, locked, void_row
from childcare.children.actions.copies import write_copies
from childcare.children.models import Circumstance, Residence, Support
from childcare.lib.calendar import show, today
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
    if done := _open_since(child, unit, since):
        return done
    row = arrive_row(child=child, unit=unit, by=by, since=since, kind=kind, reason=reason)
    audit.record("residence.opened", by=by, subject=child, fields=["unit"])
    return row


def arrive_row(*, child, unit, by, since, kind=Residence.Kind.PERMANENT, reason=Residence.Reason.ARRIVAL):
    """The locked child who had left lives in the unit: its residence, household and rights. Writes no entry."""
    old = child.unit
    _refuse_dead(child)
    row = open_row(child=child, unit=unit, since=since, reason=reason, kind=kind, by=by)
    households.follow_row(child=child, unit=unit, on=since, by=by)
    write_copies(child)
    protection.follow(child=child, old=old, new=unit, by=by)
    return row


@transaction.atomic
def move(*, child, unit, by, on, kind=Residence.Kind.PERMANENT):
    """The child lives in another unit since the day. Rights to its protected files follow at once.

    Said once more (a double click), it finds what was written and changes nothing; so do `open_again` and `end`.
    """
    child = locked(child)
    if done := _open_since(child, unit, on):
        return done
    _, new = move_row(child=child, unit=unit, by=by, on=on, kind=kind)
    audit.record("residence.moved", by=by, subject=child, fields=["unit"])
    return new


def move_row(*, child, unit, by, on, kind=Residence.Kind.PERMANENT):
    """(the residence that ended, the one that began) of a locked child that moves. Writes no entry."""
    row = open_residence(child)
    if row.unit_id == unit.pk:
        raise Refusal(f"Trẻ đang ở {unit.name} rồi. Hãy chọn nơi ở khác.")
    _close(row, ended_on=on, reason=Residence.Reason.DEPARTURE)
    new = open_row(child=child, unit=unit, since=on, reason=Residence.Reason.ARRIVAL, kind=kind, by=by)
    households.follow_row(child=child, unit=unit, on=on, by=by)
    write_copies(child)
    protection.follow(child=child, old=row.unit, new=unit, by=by)
    return row, new


def _open_since(child, unit, on):
    """The open residence when it is this unit since this day, else None."""
    return Residence.objects.valid().filter(child=child, unit=unit, started_on=on, ended_on=None).first() if on else None


def reopen_row(row, *, by, reason):
    """The end of a residence was a mistake: void the row, put one without end in its place. Writes no copies, no entry."""
    if not row.unit.valid_on(today()):
        raise Refusal(f"{row.unit.name} nay không còn nên không mở lại nơi ở cũ được. Hãy ghi “Chuyển đến” đơn vị mới.")
    void_row(row, by=by, reason=reason)
    return insert(
        Residence(
            child=row.child, unit=row.unit, started_on=row.started_on, start_reason=row.start_reason, kind=row.kind,
            protected_file=row.protected_file, replaces=row, recorded_by=by,
        )
    )  # fmt: skip


@transaction.atomic
def end(*, child, by, on, reason):
    """The child left the places of the registry or died on the day: it is not counted any more at the end of that day.

    Open circumstances and running supports of the child end with it and say so, for `undoing` to open them again.
    """
    if reason not in END_REASON:
        raise Refusal("Hãy chọn lý do: chuyển đi hoặc tử vong.")
    child = locked(child)
    done = Residence.objects.valid().filter(child=child, ended_on=on, end_reason=reason).order_by("-pk").first()
    if done is not None and not child.residing:
        return done
    row = open_residence(child)
    _refuse_day(child, on, reason)
    _close(row, ended_on=on, reason=reason)
    for fact in Circumstance.objects.filter(child=child, voided_at=None, ended_on=None):
        _end_fact(fact, on, end_reason=END_REASON[reason], ended_with=row)
    for fact in Support.objects.filter(child=child, voided_at=None, ended_on=None, running=True):
        _end_fact(fact, on, running=False, ended_with=row)
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


def _refuse_dead(child):
    """Who died does not arrive: a death written down wrongly is taken back, with what ended with it."""
    last = Residence.objects.valid().filter(child=child).select_related("unit").order_by("-ended_on", "-pk").first()
    if last is not None and last.end_reason == Residence.Reason.DEATH and last.unit.valid_on(today()):
        raise Refusal(f"Trẻ đã được ghi tử vong ngày {show(last.ended_on)}. Nếu ghi nhầm, hãy bấm “Hoàn tác” ở trang của trẻ.")


def _refuse_day(child, on, reason):
    if on > today():
        raise Refusal("Ngày này chưa đến. Hãy ghi khi việc đã xảy ra.")
    if child.birth_earliest and on < child.birth_earliest:
        what = "Ngày mất" if reason == Residence.Reason.DEATH else "Ngày chuyển đi"
        raise Refusal(f"{what} {show(on)} trước ngày sinh của trẻ. Hãy xem lại ngày.")


def open_residence(child):
    """The residence of the child that holds; refused when there is none."""
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
