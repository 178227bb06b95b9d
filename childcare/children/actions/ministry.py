"""What an officer decides about a difference with the ministry's software: take their word, or keep ours."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions import people
from childcare.children.actions.base import locked
from childcare.children.importing.ministry import SOURCE, State, set_states
from childcare.children.ministry import value_of
from childcare.children.models import MinistryDifference

D = MinistryDifference.Decision


@transaction.atomic
def decide(*, difference, by, decision):
    """Take the software's word into the registry, or keep ours. A difference already decided that way is left alone.

    With theirs the child is corrected with its revision; when nothing differs any more the child is "Đã có".
    """
    row = MinistryDifference.objects.select_for_update().get(pk=difference.pk)
    if row.decision == decision or row.decision == D.THEIRS:
        return row
    child = locked(row.child)
    if decision == D.THEIRS:
        people.correct(
            child=child, by=by, version=child.version, changes={row.field: value_of(row.field, row.theirs)}, source=SOURCE
        )
    row.decision, row.decided_by, row.decided_at = decision, by, timezone.now()
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    child.refresh_from_db()
    left = MinistryDifference.objects.filter(child=child).exclude(decision=D.THEIRS).exists()
    set_states({child.pk: child}, {child.pk: State.DIFFERENT if left else State.PRESENT}, by=by)
    audit.record("ministry.decided", by=by, subject=child, fields=[row.field], note=decision)
    return row
