"""What may be changed without programming: a unit's shorter clocks; rules, reminders, lines of forms by the administrator."""

from datetime import timedelta

from django.db import transaction

from cases.models import AssessmentItem, AssessmentRule, ClockReminder, ClockRule, UnitClock
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal

NO_RULE = "Không có thời hạn này. Hãy mở lại trang."
FIXED = "Thời hạn này do văn bản ấn định, đơn vị không tự đặt được."
LONGER = "{basis} cho nhiều nhất {amount} {measure}. Đơn vị chỉ được đặt ngắn hơn, không được đặt bằng hoặc dài hơn."
NOT_HERE = "Thời hạn riêng của xã, phường do người làm hồ sơ hoặc lãnh đạo của xã, phường đó đặt."
TOO_EARLY = "Ngày áp dụng phải sau {day}, ngày bắt đầu của dòng hiện tại. Dòng cũ vẫn giữ cho những hồ sơ trước đó."
TEXT, UNVERIFIED = "text", "unverified"


def rule_on(code, day):
    """The rule of the code on the day; a refusal when there is none."""
    rule = ClockRule.objects.on(day).filter(code=code).last()
    if rule is None:
        raise Refusal(NO_RULE)
    return rule


def newest(code):
    """The row of the code that holds or will hold, the newest; None without one."""
    return ClockRule.objects.not_ended(today()).filter(code=code).last()


@transaction.atomic
def set_shorter(*, unit, code, amount, basis, by):
    """From today on cases of the unit run this clock shorter. Longer than the law is refused with its name."""
    _require_commune(unit, by)
    rule = rule_on(code, today())
    if rule.configurable == ClockRule.Configurable.NO or not rule.amount:
        raise Refusal(FIXED)
    if amount >= rule.amount:
        law = rule.legal_basis or "Văn bản"
        raise Refusal(LONGER.format(basis=law, amount=rule.amount, measure=rule.get_measure_display()))
    _end(unit, code)
    row = UnitClock.objects.create(
        unit=unit, code=code, amount=amount, basis=basis[:200], valid_from=today(), set_at=stamp(), set_by=by
    )
    audit.record("clock.shortened", by=by, subject=unit, note=f"{code}: {amount} {rule.get_measure_display()}")
    return row


@transaction.atomic
def drop_shorter(*, unit, code, by):
    """From today on the clock of the law holds again."""
    _require_commune(unit, by)
    if not _end(unit, code):
        raise Refusal("Đơn vị không đặt thời hạn riêng nào ở đây.")
    audit.record("clock.restored", by=by, subject=unit, note=code)


def _require_commune(unit, by):
    if unit.kind != "commune" or not any(by.can_in(P, unit) for P in (Permission.CASE_WORK, Permission.CASE_DECIDE)):
        raise Refusal(NOT_HERE)


def _end(unit, code):
    return UnitClock.objects.filter(unit=unit, code=code, valid_to=None).update(valid_to=today())


def _dated(old, day):
    """Refuse a day on which the row in force did not stand before."""
    if old.valid_from and day <= old.valid_from:
        raise Refusal(TOO_EARLY.format(day=show(old.valid_from)))


@transaction.atomic
def correct_clock(*, code, by, valid_from, name, amount, measure, legal_basis, verified):
    """A rule is wrong or changes: the old row ends and another stands from a day on. What ran before keeps its time."""
    old = newest(code)
    if old is None:
        raise Refusal(NO_RULE)
    _dated(old, valid_from)
    ClockRule.objects.filter(pk=old.pk).update(valid_to=valid_from, corrected_at=stamp(), corrected_by=by)
    row = ClockRule.objects.create(
        code=code, name=name, amount=amount, measure=measure, legal_basis=legal_basis,
        evidence=TEXT if verified else UNVERIFIED, starts_at=old.starts_at, actor=old.actor,
        configurable=old.configurable, note=old.note, valid_from=valid_from,
        corrected_at=stamp(), corrected_by=by,
    )  # fmt: skip
    audit.record("clock.corrected", by=by, note=f"{code} từ {show(valid_from)}: {amount} {row.get_measure_display()}")
    return row


@transaction.atomic
def verify_clock(*, code, by, legal_basis):
    """Somebody read the text: the row in force is marked as checked against it."""
    rule = newest(code)
    if rule is None:
        raise Refusal(NO_RULE)
    rule.evidence, rule.legal_basis, rule.corrected_at, rule.corrected_by = TEXT, legal_basis, stamp(), by
    rule.save(update_fields=["evidence", "legal_basis", "corrected_at", "corrected_by"])
    audit.record("clock.verified", by=by, note=f"{code}: {legal_basis}")
    return rule


@transaction.atomic
def correct_item(*, item, by, name, high, medium, low, verified):
    """Another line stands in the form from today on; assessments that were made keep the line that they answered."""
    old = AssessmentItem.objects.select_for_update().get(pk=item.pk)
    if not old.active:
        raise Refusal("Dòng này đã được thay. Hãy mở lại trang.")
    head = old.code.split(".")[0]
    number = AssessmentItem.objects.filter(code__startswith=f"{head}.").count() + 1
    AssessmentItem.objects.filter(pk=old.pk).update(active=False, valid_to=today(), corrected_at=stamp(), corrected_by=by)
    row = AssessmentItem.objects.create(
        code=f"{head}.{number}", form=old.form, part=old.part, position=old.position, name=name, high=high, medium=medium,
        low=low, evidence=TEXT if verified else UNVERIFIED, valid_from=today(), corrected_at=stamp(), corrected_by=by,
    )  # fmt: skip
    audit.record("assessment_item.corrected", by=by, note=f"{old.code} → {row.code}")
    return row


@transaction.atomic
def set_rule(*, by, valid_from, verified, **values):
    """Another rule proposes the level from a day on; assessments that were made keep what was proposed."""
    old = AssessmentRule.objects.select_for_update().filter(valid_to=None).last()
    if old is not None:
        _dated(old, valid_from)
        AssessmentRule.objects.filter(pk=old.pk).update(valid_to=valid_from)
    row = AssessmentRule.objects.create(
        valid_from=valid_from, evidence=TEXT if verified else UNVERIFIED, corrected_at=stamp(), corrected_by=by, **values
    )
    audit.record("assessment_rule.set", by=by, note=f"từ {show(valid_from)}")
    return row


@transaction.atomic
def add_reminder(*, by, code, measure, goes_to, offset):
    """One more mark at which somebody is told."""
    row, made = ClockReminder.objects.get_or_create(code=code, measure=measure, goes_to=goes_to, offset=offset)
    if not made and row.active:
        raise Refusal("Lần nhắc này đã có.")
    ClockReminder.objects.filter(pk=row.pk).update(active=True)
    audit.record("clock.reminder", by=by, note=f"thêm {row}")
    return row


@transaction.atomic
def drop_reminder(*, pk, by):
    """Nobody is told at this mark any more; loading the lists again does not bring it back."""
    row = ClockReminder.objects.filter(pk=pk, active=True).first()
    if row is None:
        raise Refusal("Lần nhắc này đã được bỏ.")
    ClockReminder.objects.filter(pk=pk).update(active=False)
    audit.record("clock.reminder", by=by, note=f"bỏ {row}")
    return row


def first_day():
    """The first day that a form of the administrator proposes: tomorrow."""
    return today() + timedelta(days=1)
