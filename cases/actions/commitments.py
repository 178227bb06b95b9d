"""Promises of families: write down, look how they are kept, conclude, void."""

import uuid

from django.db import transaction

from cases.models import CaseEvent, Commitment, CommitmentCheck
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh, insert, locked, once, told_of, update, void_row
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal

CLOSED = "Cam kết này đã có kết luận. Hãy ghi cam kết mới nếu gia đình cam kết lại."


@once(Commitment)
def record(*, by, once, child=None, case=None, sensitive=False, **values):
    """A written promise of the child's family; within a case it lies under the case's file."""
    child = case.child if case else child
    if child is None:
        raise Refusal("Hồ sơ chưa nối với trẻ em trong sổ. Hãy nối rồi ghi cam kết.")
    child = locked(child)
    unit = case.unit if case else protection.commune_of(child.unit)
    if case is None:
        protection.require_team(unit=child.unit, by=by)
    file = case.protected_file if case else protection.file_for(child=child, by=by) if sensitive else None
    row = Commitment(public_id=once, unit=unit, child=child, case=case, protected_file=file, recorded_by=by, **values)
    insert(row)
    if case:
        words = f"{row.get_subject_display()}, ngày {show(row.signed_on)}"
        CaseEvent.objects.create(case=case, at=stamp(), by=by, what="promised", state=case.state, note=words)
    audit.record("commitment.recorded", by=by, subject=told_of(row), fields=sorted(values))
    return row


@transaction.atomic
def check(*, commitment, by, version, once=None, checked_on, kept, note=""):
    """Somebody looked how the promise is kept."""
    if once and (made := CommitmentCheck.objects.filter(public_id=once, commitment=commitment).first()):
        return made
    row = _running(commitment, version)
    if checked_on < row.signed_on:
        raise Refusal(f"Ngày kiểm tra ở trước ngày cam kết ({show(row.signed_on)}). Hãy xem lại ngày.")
    made = CommitmentCheck.objects.create(
        public_id=once or uuid.uuid4(), commitment=row, checked_on=checked_on, kept=kept, note=note, recorded_by=by
    )
    update(row)
    audit.record("commitment.checked", by=by, subject=told_of(row), fields=["kept"])
    return made


@transaction.atomic
def close(*, commitment, by, version, outcome, on=None):
    """The promise was kept, broken, or is needed no more."""
    row = _running(commitment, version)
    row.outcome, row.closed_on = outcome, on or today()
    if row.closed_on < row.signed_on:
        raise Refusal(f"Ngày kết luận ở trước ngày cam kết ({show(row.signed_on)}). Hãy xem lại ngày.")
    update(row, "outcome", "closed_on")
    audit.record("commitment.closed", by=by, subject=told_of(row), fields=["outcome"])
    return row


@transaction.atomic
def void(*, commitment, by, version, reason):
    """It should never have been written."""
    row = fresh(commitment, version)
    void_row(row, by=by, reason=reason)
    audit.record("commitment.voided", by=by, subject=told_of(row), fields=["voided_at"])
    return row


def _running(commitment, version):
    row = fresh(commitment, version)
    if row.outcome:
        raise Refusal(CLOSED)
    return row
