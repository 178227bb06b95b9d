"""Circumstances and risks: record, end, correct, void. A sensitive kind puts the row under the child's protected file."""

from datetime import timedelta

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh, insert, locked, once, told_of, update, void_row
from childcare.children.models import Circumstance, Household, PovertyStatus
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal

HIDDEN = "Chưa ghi được hoàn cảnh này. Đề nghị liên hệ cấp trên."
OPEN_ALREADY = "Trẻ em này đang có hoàn cảnh này rồi. Hãy kết thúc hoặc đính chính dòng đang có."
EDITABLE = ("kind", "started_on", "ended_on", "end_reason", "paper", "paper_on", "note")


@once(Circumstance)
def record(*, by, once, kind, child=None, household=None, started_on=None, paper="", paper_on=None, note=""):
    """Record that the child (or household) has the circumstance since a day (None: from before, the day is not known)."""
    owner = lock_owner(child, household)
    row = Circumstance(
        public_id=once, kind=kind, child=child, household=household, started_on=started_on, recorded_by=by,
        paper=paper[:200], paper_on=paper_on, note=note,
    )  # fmt: skip
    _refuse_wrong(row, owner)
    _refuse_open(row, by)
    _cover(row, by)
    insert(row)
    audit.record("circumstance.recorded", by=by, subject=told_of(row), fields=["kind", "started_on"])
    return row


@transaction.atomic
def end(*, circumstance, by, version, last_day, reason):
    """The circumstance held for the last time on `last_day` (None: the day is not known, refused)."""
    row = fresh(circumstance, version)
    if row.ended_on is not None:
        raise Refusal("Hoàn cảnh này đã được kết thúc trước đó.")
    row.ended_on, row.end_reason = last_day + timedelta(days=1), reason
    update(row, "ended_on", "end_reason")
    audit.record("circumstance.ended", by=by, subject=told_of(row), fields=["ended_on", "end_reason"])
    return row


@transaction.atomic
def correct(*, circumstance, by, version, reason, **values):
    """The row was written down wrongly: void it with the reason and put the right one (fields of EDITABLE) in its place."""
    old = fresh(circumstance, version)
    owner = lock_owner(old.child, old.household)
    void_row(old, by=by, reason=reason)
    kept = {name: getattr(old, name) for name in EDITABLE}
    row = Circumstance(child=old.child, household=old.household, replaces=old, recorded_by=by, **{**kept, **values})
    row.ended_with = old.ended_with if row.ended_on == old.ended_on else None
    _refuse_wrong(row, owner)
    _refuse_open(row, by)
    row.protected_file = old.protected_file
    _cover(row, by)
    insert(row)
    audit.record("circumstance.corrected", by=by, subject=told_of(row), fields=list(values))
    return row


@transaction.atomic
def void(*, circumstance, by, version, reason):
    """The row should never have been written: it stays in the history and is counted no more."""
    row = fresh(circumstance, version)
    void_row(row, by=by, reason=reason)
    audit.record("circumstance.voided", by=by, subject=told_of(row), fields=["voided_at"])
    return row


def warning(row):
    """What does not fit together with the row, as a sentence; it never blocks (circumstances.csv, notes on N08 and N13)."""
    code, child = row.kind.group_code, row.child
    if code == "N13" and not _poor(child, row.started_on or today()):
        return "Nhóm này dành cho trẻ em thuộc hộ nghèo, hộ cận nghèo: hãy ghi loại hộ của năm."
    if code == "N08" and child.schooling not in ("Bỏ học", "Chưa đi học", ""):
        return "Nhóm này dành cho trẻ em bỏ học: hãy xem lại tình trạng học của trẻ."
    return ""


def _poor(child, day):
    rows = PovertyStatus.objects.valid().filter(household=child.household_id, year__in=[day.year, today().year])
    return child.household_id is not None and rows.filter(level__in=["poor", "near"]).exists()


def lock_owner(child, household):
    """The child or household that a fact is about, locked."""
    return locked(child) if child else Household.objects.select_for_update().get(pk=household.pk)


def _refuse_wrong(row, owner):
    kind = row.kind
    if kind.computed:
        raise Refusal("Nguy cơ này do phần mềm tự tính, không ghi tay.")
    if (kind.applies_to == "household") != (row.household_id is not None) or kind.applies_to == "hamlet":
        raise Refusal("Nguy cơ của hộ ghi ở trang của hộ; hoàn cảnh của trẻ ghi ở trang của trẻ.")
    if row.started_on and kind.valid_to and row.started_on >= kind.valid_to:
        raise Refusal(f"Nhóm này không còn hiệu lực vào ngày {show(row.started_on)}.")
    born = getattr(owner, "birth_earliest", None)
    if row.started_on and born and row.started_on < born:
        raise Refusal(f"Ngày bắt đầu {show(row.started_on)} trước ngày sinh của trẻ.")


def _refuse_open(row, by):
    """One open row per subject and kind; of a row that the officer may not see the refusal says nothing."""
    if row.ended_on is not None:
        return
    same = Circumstance.objects.open().filter(kind=row.kind, child=row.child, household=row.household)
    if same.exists():
        raise Refusal(OPEN_ALREADY if same.visible_to(by).exists() else HIDDEN)


def _cover(row, by):
    """A sensitive kind goes under the protected file of the child, or of a household's commune."""
    if not row.kind.sensitive or row.protected_file_id:
        return
    if row.child_id:
        row.protected_file = protection.file_for(child=row.child, by=by)
    else:
        protection.require_team(unit=row.household.unit, by=by)
        row.protected_file = protection.new_file(units={protection.commune_of(row.household.unit)}, by=by)
