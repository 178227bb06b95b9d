"""The own fields of a child in a merge: which value stays, what stood before."""

from datetime import date

from childcare.children.actions import people
from childcare.children.models import Child, ChildRevision

SOURCE, UNDO_SOURCE = "gộp hồ sơ", "hoàn tác gộp hồ sơ"
STORED = {
    "full_name": ("full_name", "name_state", "folded_name", "name_key"),
    "birth": ("birth_earliest", "birth_latest", "birth_precision", "birth_text"),
    "identity_number": ("identity_number", "identity_valid"),
}


def stored(name):
    """The stored fields of a field of people.FIELDS."""
    return STORED.get(name, (name,))


OWN = tuple(field for name in people.FIELDS for field in stored(name))


def own_values(child):
    """Stored name → value as JSON can hold it."""
    values = {name: getattr(child, name) for name in OWN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def apply_fields(kept, merged, *, take, note, by):
    """Give the kept child the chosen values of the other, each with its revision. Returns the names that changed."""
    wrong = sorted(set(take) - set(people.FIELDS))
    if wrong:
        raise TypeError(f"not fields of a child: {wrong}")
    values = {field: getattr(merged, field) for name in take if name != "note" for field in stored(name)}
    if note == "both":
        values["note"] = "\n".join(filter(None, [kept.note, merged.note]))
    elif note == "merged":
        values["note"] = merged.note
    return write_fields(kept, values, by=by, source=SOURCE)


def restore_fields(child, values, *, by):
    """Give a child its own fields back as `own_values` told them. Returns the names that changed."""
    found = {name: Child._meta.get_field(name).to_python(value) for name, value in values.items()}
    return write_fields(child, found, by=by, source=UNDO_SOURCE)


def write_fields(child, values, *, by, source):
    """Write stored fields with a revision for each field of people.FIELDS that reads differently afterwards."""
    before = {name: people.shown(child, name) for name in people.FIELDS}
    for name, value in values.items():
        setattr(child, name, value)
    changed = [name for name in people.FIELDS if people.shown(child, name) != before[name]]
    child.version += 1
    child.save()
    about = {"child": child, "by": by, "source": source, "version": child.version}
    ChildRevision.objects.bulk_create(
        ChildRevision(field=name, old=before[name], new=people.shown(child, name), **about) for name in changed
    )
    return changed
