"""Own fields of many children at once: every field that changes leaves a revision. Runs in the transaction of its caller."""

from django.utils import timezone

from childcare.children import bulk
from childcare.children.actions.people import shown
from childcare.children.models import Child, ChildRevision

UNTOLD = {"identity_valid", "name_state", "folded_name", "name_key", "household_id"}


def fill(children, changes, *, by, source, trace):
    """Set the stored fields `changes` (pk → name → value) of the children (pk → Child)."""
    revisions, names = [], {"version", "changed_at"}
    found_by = Child._meta.get_field("found_by")
    for pk, fields in changes.items():
        child = children[pk]
        trace.filled(child, fields)
        told = {"birth" if name.startswith("birth_") and name != "birth_certificate" else name for name in fields} - UNTOLD
        before = {name: shown(child, name) for name in told}
        for name, value in fields.items():
            setattr(child, name, value)
        child.version, child.changed_at = child.version + 1, timezone.now()
        if not {*found_by.names, *found_by.numbers}.isdisjoint(fields):
            found_by.pre_save(child, add=False)
            names.add("found_by")
        names |= {name.removesuffix("_id") for name in fields}
        changed = [name for name in sorted(told) if shown(child, name) != before[name]]
        revisions += [(pk, name, before[name], shown(child, name), by.pk, source, child.version) for name in changed]
    if changes:
        Child.objects.bulk_update([children[pk] for pk in changes], sorted(names), batch_size=500)
        bulk.insert(ChildRevision, ("child_id", "field", "old", "new", "by_id", "source", "version"), revisions)
