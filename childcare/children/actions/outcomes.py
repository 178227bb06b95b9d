"""Writing down what became of an incident; a wrong line is voided and stays in the history."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, once, void_row
from childcare.children.models import Incident, IncidentOutcome
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal


@once(IncidentOutcome)
def record(*, by, once, incident, kind, on, body, document=""):
    """One result of the incident, with the body that gave it."""
    row = fresh(Incident.objects.get(pk=incident.pk))
    if on < row.occurred_on:
        raise Refusal(f"Ngày này ở trước ngày xảy ra vụ việc, {show(row.occurred_on)}. Hãy xem lại.")
    found = IncidentOutcome(
        public_id=once, incident=row, kind=kind, on=on, body=body[:160], document=document[:160], recorded_by=by
    )
    insert(found)
    audit.record("outcome.recorded", by=by, subject=row.protected_file or row, fields=["kind", "on"])
    return found


@transaction.atomic
def void(*, outcome, by, version, reason):
    """It should not have been written."""
    row = fresh(outcome, version)
    void_row(row, by=by, reason=reason)
    audit.record("outcome.voided", by=by, subject=row.incident.protected_file or row.incident, fields=["voided_at"])
    return row


def carry_over(old, new):
    """An incident was corrected: its results stand on the row that took its place, known since they were known."""
    for row in old.outcomes.filter(voided_at=None):
        known = row.recorded_at
        copy = IncidentOutcome.objects.create(
            incident=new, kind=row.kind, on=row.on, body=row.body, document=row.document, recorded_by=row.recorded_by
        )
        IncidentOutcome.objects.filter(pk=copy.pk).update(recorded_at=known)
