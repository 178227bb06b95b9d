"""Places and works for children, safe homes, hamlets at high risk: written, changed in state, ended, voided."""

import uuid

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, once, update, void_row
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from plans.models import ChildPlace, RiskArea, SafeHome, SafeHomeCriterion

KEPT = ("unit", "thing", "kind", "name", "year", "money", "source", "note")


@once(ChildPlace)
def add_place(*, by, once, unit, kind, name, state, **facts):
    """A place or work for children in the state that it is in."""
    same = ChildPlace.objects.filter(voided_at=None, ended_on=None, unit=unit, kind=kind)
    if any(fold(row.name) == fold(name) for row in same):
        raise Refusal(f"{unit.name} đã có “{name}” trong danh sách. Hãy mở dòng đã có để đổi tình trạng.")
    row = ChildPlace(public_id=once, thing=uuid.uuid4(), unit=unit, kind=kind, name=name, state=state, recorded_by=by, **facts)
    insert(row)
    audit.record("place.added", subject=row, by=by)
    return row


@transaction.atomic
def change_place(*, place, by, version, state, on):
    """Another state from a day on: the row ends and one of the same thing begins. Returns the new row."""
    row = _open(place, version, on)
    if state == row.state:
        raise Refusal(f"“{row.name}” đang ở đúng tình trạng ấy rồi.")
    row.ended_on = on
    update(row, "ended_on")
    new = ChildPlace(state=state, started_on=on, recorded_by=by, **{name: getattr(row, name) for name in KEPT})
    insert(new)
    audit.record("place.changed", subject=new, by=by, note=new.get_state_display())
    return new


@transaction.atomic
def end(*, row, by, version, on):
    """A place is there no more, a hamlet is no longer at high risk: `on` is the first day without it."""
    found = _open(row, version, on)
    found.ended_on = on
    update(found, "ended_on")
    audit.record("place.ended" if isinstance(found, ChildPlace) else "risk.ended", subject=found, by=by)
    return found


def _open(row, version, on):
    found = fresh(row, version)
    if found.ended_on:
        raise Refusal("Dòng này đã kết thúc trước đó. Hãy tải lại trang.")
    if found.started_on and on <= found.started_on:
        raise Refusal(f"Ngày này không sau ngày bắt đầu ({show(found.started_on)}). Hãy xem lại ngày.")
    return found


@transaction.atomic
def void(*, row, by, version, reason):
    """A place, an examination or a risk that was written by mistake."""
    found = fresh(row, version)
    void_row(found, by=by, reason=reason)
    audit.record("record.voided", subject=found, by=by, note=str(type(found)._meta.verbose_name))
    return found


@transaction.atomic
def examine(*, by, unit, on, results, unmet=()):
    """Houses of a hamlet examined on a day. `results`: (household or None, head, met). Returns how many were written.

    The same house with the same result on the same day is written once, whatever the form is sent again.
    """
    if not unit.valid_on(on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {show(on)}. Hãy xem lại ngày.")
    there = {
        (row.household_id, fold(row.head)): row for row in SafeHome.objects.filter(voided_at=None, unit=unit, assessed_on=on)
    }
    count = 0
    for household, head, met in results:
        old = there.get((household.pk if household else None, fold(head)))
        if old is not None and old.met == met:
            continue
        if old is not None:
            void_row(old, by=by, reason="Ghi lại kết quả trong ngày")
        row = SafeHome(unit=unit, household=household, head=head, assessed_on=on, met=met, recorded_by=by)
        row.unmet = [] if met else list(unmet)
        insert(row)
        count += 1
    if count:
        audit.record("home.examined", subject=unit, by=by, note=f"{count} nhà")
    return count


@transaction.atomic
def correct_criterion(*, criterion, by, version, text, active, verified):
    """A criterion put right by an administrator, who says whether he held it against the text."""
    row = SafeHomeCriterion.objects.select_for_update().get(pk=criterion.pk)
    if row.version != version:
        raise Refusal("Tiêu chí này vừa được sửa ở nơi khác. Hãy tải lại trang.")
    row.text, row.active, row.verified = text, active, verified
    update(row, "text", "active", "verified")
    audit.record("criterion.corrected", subject=row, by=by)
    return row


@once(RiskArea)
def add_risk(*, by, once, unit, reasons, started_on=None, note=""):
    """A hamlet or commune where children are at high risk."""
    if not reasons:
        raise Refusal("Hãy đánh dấu ít nhất một lý do.")
    if RiskArea.objects.filter(voided_at=None, ended_on=None, unit=unit).exists():
        raise Refusal(f"{unit.name} đang có trong danh sách. Hãy kết thúc dòng cũ trước khi ghi lý do mới.")
    row = RiskArea(public_id=once, unit=unit, reasons=list(reasons), started_on=started_on, note=note, recorded_by=by)
    insert(row)
    audit.record("risk.added", subject=row, by=by)
    return row
