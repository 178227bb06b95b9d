"""What was done: recorded, corrected by a new row in place of the old one, voided with a reason."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans.actions import training
from plans.models import Activity

COPIED = (
    "unit", "held_on", "kind", "title", "place", "children", "adults", "staff", "products", "gifts",
    "money", "raised", "source", "note",
)  # fmt: skip
CORRECTED = "Đã sửa bằng dòng khác"


def check(unit, held_on):
    """Refuse a day on which the unit did not exist: units that ended are valid for their years."""
    if not unit.valid_on(held_on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {held_on:%d/%m/%Y}. Hãy chọn đơn vị đúng của ngày đó.")


@transaction.atomic
def record(*, by, unit, held_on, kind, title, targets=(), **facts):
    """Write one activity of a unit; `facts` are its numbers, money and notes, `targets` what it serves. Returns it."""
    check(unit, held_on)
    activity = Activity.objects.create(unit=unit, held_on=held_on, kind=kind, title=title, recorded_by=by, **facts)
    activity.targets.set(targets)
    audit.record("activity.recorded", subject=activity, by=by)
    return activity


@transaction.atomic
def correct(*, activity, by, version, targets=(), **facts):
    """Put a corrected row in the place of a wrong one, which is voided and kept. Returns the new row."""
    old = _locked(activity, version)
    check(facts.get("unit", old.unit), facts.get("held_on", old.held_on))
    changed = [name for name in COPIED if facts.get(name, getattr(old, name)) != getattr(old, name)]
    if set(targets) != set(old.targets.all()):
        changed.append("targets")
    if not changed:
        return old
    new = Activity.objects.create(recorded_by=by, **{name: facts.get(name, getattr(old, name)) for name in COPIED})
    new.targets.set(targets)
    training.follow(old, new)
    _void(old, by, CORRECTED)
    audit.record("activity.corrected", subject=new, by=by, fields=changed, note=f"thay cho {old.public_id}")
    return new


@transaction.atomic
def void(*, activity, by, version, reason):
    """Take an activity out of every count; the row stays with who, when and why."""
    old = _locked(activity, version)
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    _void(old, by, clean_text(reason)[:300])
    audit.record("activity.voided", subject=old, by=by)
    return old


def _locked(activity, version):
    old = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if old.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi xem lại.")
    if old.version != version:
        raise Refusal("Hoạt động này vừa được người khác sửa. Hãy tải lại trang rồi sửa lại.")
    return old


def _void(activity, by, reason):
    activity.voided_at, activity.voided_by, activity.void_reason = timezone.now(), by, reason
    activity.version += 1
    activity.save(update_fields=["voided_at", "voided_by", "void_reason", "version"])
