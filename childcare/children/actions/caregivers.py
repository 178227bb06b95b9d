"""Who cares for a child: record, end, void."""

from datetime import timedelta

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, locked, once, update, void_row
from childcare.children.models import Caregiver
from childcare.lib.refusal import Refusal


@once(Caregiver)
def record(*, by, once, child, name, relation, phone="", started_on=None):
    """Record who cares for the child since a day (None: from before)."""
    locked(child)
    row = Caregiver(
        public_id=once, child=child, name=name[:120], relation=relation, phone=phone[:30], started_on=started_on, recorded_by=by
    )
    insert(row)
    audit.record("caregiver.recorded", by=by, subject=child, fields=["name", "relation", "phone"])
    return row


@transaction.atomic
def end(*, caregiver, by, version, last_day):
    """The person cared for the child for the last time on `last_day`."""
    row = fresh(caregiver, version)
    if row.ended_on is not None:
        raise Refusal("Dòng này đã được kết thúc trước đó.")
    row.ended_on = last_day + timedelta(days=1)
    update(row, "ended_on")
    audit.record("caregiver.ended", by=by, subject=row.child, fields=["ended_on"])
    return row


@transaction.atomic
def void(*, caregiver, by, version, reason):
    """The row should never have been written."""
    row = fresh(caregiver, version)
    void_row(row, by=by, reason=reason)
    audit.record("caregiver.voided", by=by, subject=row.child, fields=["voided_at"])
    return row
