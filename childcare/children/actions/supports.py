"""Supports: record, end, correct, void. Lượt counts rows, so that a double click must never make two."""

from datetime import timedelta

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh, insert, once, told_of, update, void_row
from childcare.children.actions.circumstances import lock_owner
from childcare.children.models import Support
from childcare.lib.refusal import Refusal

EDITABLE = (
    "kind", "started_on", "ended_on", "running", "amount", "per", "source", "provider", "occasion", "decision", "decision_on",
    "note", "allowance_code", "coefficient", "base_amount",
)  # fmt: skip


@once(Support)
def record(*, by, once, kind, unit, child=None, household=None, sensitive=False, **values):
    """Record one act of help, given by the unit to a child or a household.

    A one-off act has its day in `started_on`; a monthly one is `running` until it is ended. `sensitive` puts it under the
    child's protected file: it tells of a sensitive circumstance. `values` are fields of EDITABLE but the kind.
    """
    owner = lock_owner(child, household)
    row = Support(
        public_id=once, kind=kind, unit=unit, child=child, household=household, recorded_by=by, **_editable(values)
    )  # fmt: skip
    _refuse_wrong(row, owner)
    if sensitive and child is not None:
        row.protected_file = protection.file_for(child=child, by=by)
    insert(row)
    audit.record("support.recorded", by=by, subject=told_of(row), fields=["kind", *values])
    return row


@transaction.atomic
def end(*, support, by, version, last_day):
    """A running support was given for the last time on `last_day`."""
    row = fresh(support, version)
    _refuse_of_care(row)
    if not row.running:
        raise Refusal("Trợ giúp này đã kết thúc hoặc chỉ có một lần.")
    row.running, row.ended_on = False, last_day + timedelta(days=1)
    update(row, "running", "ended_on")
    audit.record("support.ended", by=by, subject=told_of(row), fields=["ended_on"])
    return row


@transaction.atomic
def correct(*, support, by, version, reason, **values):
    """The row was written down wrongly: void it with the reason and put the right one in its place."""
    old = fresh(support, version)
    _refuse_of_care(old)
    owner = lock_owner(old.child, old.household)
    void_row(old, by=by, reason=reason)
    kept = {name: getattr(old, name) for name in EDITABLE}
    row = Support(
        child=old.child, household=old.household, unit=old.unit, protected_file=old.protected_file, replaces=old,
        recorded_by=by, **{**kept, **_editable(values)},
    )  # fmt: skip
    row.ended_with = old.ended_with if row.ended_on == old.ended_on else None
    _refuse_wrong(row, owner)
    insert(row)
    audit.record("support.corrected", by=by, subject=told_of(row), fields=list(values))
    return row


@transaction.atomic
def void(*, support, by, version, reason):
    """The row should never have been written: it stays in the history and is counted no more."""
    row = fresh(support, version)
    _refuse_of_care(row)
    void_row(row, by=by, reason=reason)
    audit.record("support.voided", by=by, subject=told_of(row), fields=["voided_at"])
    return row


def _refuse_of_care(row):
    """The row that counts a placement is written by the placement alone, so that the two never say different days."""
    if getattr(row, "placement", None) is not None:
        raise Refusal("Dòng này đi theo việc chăm sóc thay thế. Hãy ghi hoặc đính chính ở trang chăm sóc thay thế.")


def _editable(values):
    wrong = sorted(set(values) - set(EDITABLE))
    if wrong:
        raise TypeError(f"not fields of a support: {wrong}")
    return values


def _refuse_wrong(row, owner):
    if row.started_on is None and not row.running:
        raise Refusal("Hãy ghi ngày trợ giúp. Chỉ trợ giúp đang tiếp tục mới được để trống ngày bắt đầu.")
    born = getattr(owner, "birth_earliest", None)
    if row.started_on and born and row.started_on < born:
        raise Refusal("Ngày trợ giúp trước ngày sinh của trẻ.")
    if row.started_on and not row.unit.valid_on(row.started_on):
        raise Refusal(f"{row.unit.name} không có hiệu lực vào ngày trợ giúp. Hãy xem lại ngày.")
