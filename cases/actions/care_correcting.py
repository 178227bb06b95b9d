"""Putting right what was written down wrongly of a placement: the number and day of its decision, the day of the hand-over."""

from django.db import transaction
from django.utils import timezone

from cases.actions.care_base import begin, finish
from cases.actions.freezing import freeze, thaw
from cases.actions.numbers import require_free
from cases.actions.placing import PAPER, caregivers, counted
from childcare.children.actions.base import void_row
from childcare.children.actions.merging_facts import copy_row
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal


@transaction.atomic
def correct(*, placement, by, version, reason, decision_number, decision_on, decision_signer, started_on):
    """A number or day was written down wrongly: the old words stay in the timeline, the counted row is replaced."""
    row = begin(placement, "corrected", version=version)
    if row.needs_decision and not (decision_number.strip() and decision_on and decision_signer.strip()):
        raise Refusal(PAPER)
    if decision_on and started_on < decision_on:
        raise Refusal("Ngày giao nhận ở trước ngày quyết định. Hãy xem lại ngày.")
    if row.needs_decision:
        require_free(decision_number, decision_on, owner=row, by=by, but=row.public_id)
    if first := row.visits.order_by("visited_on").first():
        if started_on > first.visited_on:
            raise Refusal(f"Đã có lần thăm ngày {show(first.visited_on)}, trước ngày giao nhận này. Hãy xem lại ngày.")
    old = f"Trước: {row.decision_number} ngày {show(row.decision_on)}, {row.decision_signer}; giao nhận {show(row.started_on)}."
    changes = {
        "decision_number": decision_number[:60], "decision_on": decision_on, "decision_signer": decision_signer[:120],
        "started_on": started_on,
    }  # fmt: skip
    if (support := counted(row)) is not None:
        values = {"started_on": started_on, "decision": decision_number[:120], "decision_on": decision_on}
        changes["support"] = _replaced(support, by, reason, **values)
    for carer in caregivers(row):
        _replaced(carer, by, reason, started_on=started_on)
    finish(row, "corrected", by=by, note=f"{old} Lý do: {reason}", **changes)
    thaw(row, "mau-12")
    if row.needs_decision:
        freeze(row, "mau-12", owner=row, by=by, on=decision_on, number=decision_number)
    return row


def _replaced(old, by, reason, **changes):
    void_row(old, by=by, reason=reason)
    return copy_row(old, by=by, at=timezone.now(), replaces=old, **changes)
