"""Undoing a merge: both children stand again as they stood, as long as nothing later stands on it."""

import json

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions import people, protection, removal
from childcare.children.actions.base import locked
from childcare.children.actions.copies import write_copies
from childcare.children.actions.merging import point, standing
from childcare.children.actions.merging_facts import copy_row, put_person, void_at
from childcare.children.actions.merging_fields import own_values, restore_fields, stored
from childcare.children.models import Child, Incident, Merge
from childcare.children.querysets import open_files
from childcare.lib.refusal import Refusal

WHY = "Hoàn tác việc gộp hồ sơ"
NO_REASON = "Hãy ghi lý do hoàn tác."
DONE = "Lần gộp này đã được hoàn tác trước đó."
LATER = "Chưa hoàn tác được vì sau khi gộp đã có: {}. Hãy hủy hoặc sửa lại những nội dung đó trước."
HIDDEN = "nội dung khác (đề nghị liên hệ cấp trên)"


@transaction.atomic
def undo(*, merge, by, reason):
    """Give both children back. Refused with what stands on the merge by now."""
    if not reason.strip():
        raise Refusal(NO_REASON)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise Refusal(DONE)
    keys = sorted([merge.kept_id, merge.merged_id])
    rows = {child.pk: child for child in Child.with_removed.select_for_update().filter(pk__in=keys).order_by("pk")}
    kept, merged = locked(rows[merge.kept_id]), rows[merge.merged_id]
    if later := stands_on(merge, by):
        raise Refusal(LATER.format("; ".join(later)))
    record, at = json.loads(merge.record), timezone.now()
    _void_made(record, by, at)
    changed = restore_fields(kept, record["before"], by=by)
    merged = removal.give_back(child=merged)
    for label, moves in record["moved"].items():
        for name, moved in moves:
            for key in moved:
                point(apps.get_model(label), key, name, merged)
    _restore(record, by, at)
    protection.end_access(record.get("barred", []))
    for child in (kept, merged):
        write_copies(child)
    merge.undone_at, merge.undone_by, merge.undo_reason = at, by, reason.strip()[:300]
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    audit.record("child.unmerged", by=by, subject=kept, fields=changed, shown=[kept.public_id, merged.public_id])
    return merge


def _void_made(record, by, at):
    for label, keys in record["made"].items():
        for row in apps.get_model(label)._base_manager.filter(pk__in=keys, voided_at=None).order_by("pk"):
            void_at(row, by=by, at=at, reason=WHY)


def _restore(record, by, at):
    """Say every row again that the merge voided, for the child that it was about."""
    for label, keys in record["voided"].items():
        for row in apps.get_model(label)._base_manager.filter(pk__in=keys).order_by("pk"):
            new = copy_row(row, by=by, at=at, replaces=_last(row))
            if isinstance(row, Incident):
                for person in row.children.order_by("pk"):
                    put_person(new, person, child=person.child)


def _last(row):
    """The end of the chain of rows that replaced this one."""
    while (after := type(row)._base_manager.filter(replaces=row).first()) is not None:
        row = after
    return row


def stands_on(merge, officer):
    """What was recorded since the merge and would be lost or hang in the air without it, in words that tell nothing hidden."""
    record, kept = json.loads(merge.record), Child.with_removed.get(pk=merge.kept_id)
    found = _fields(record, kept)
    now, hidden = standing(kept), False
    for label, rows in now.items():
        then = record["standing"].get(label, {})
        keys = [key for key in {**then, **rows} if then.get(key) != rows.get(key)]
        words, more = _words(apps.get_model(label), keys, officer)
        found, hidden = found + words, hidden or more
    later = Merge.objects.standing().filter(pk__gt=merge.pk)
    if later.filter(kept=kept).exists() or later.filter(merged=kept).exists():
        found.append("một lần gộp khác, sau lần này")
    return found + ([HIDDEN] if hidden else [])


def _fields(record, kept):
    now = own_values(kept)
    changed = [name for name in people.FIELDS if any(now[one] != record["after"].get(one) for one in stored(name))]
    return [f"thông tin đã sửa: {', '.join(people.label(name) for name in changed)}"] if changed else []


def _words(model, keys, officer):
    """(what may be told of the rows, whether there are others)."""
    rows = model._base_manager.filter(pk__in=keys)
    names = {one.name for one in model._meta.fields}
    if "protected_file" in names:
        seen = rows.filter(protected_file=None) | rows.filter(protected_file__in=open_files(officer))
    else:
        seen = rows
    told = [_word(row) for row in seen.order_by("pk").distinct()]
    return list(dict.fromkeys(told)), rows.count() > len(told)


def _word(row):
    kind = getattr(row, "kind", None)
    name = getattr(kind, "name", None) or (row.get_kind_display() if hasattr(row, "get_kind_display") else "")
    word = row._meta.verbose_name
    return f"{word} “{name}”" if name else f"{word}"


def before_and_after(merge):
    """(label, value before, value after) of each own field of the kept child that the merge changed."""
    record = json.loads(merge.record)
    then, after = (_as_child(record[name]) for name in ("before", "after"))
    shown = [(people.label(name), people.shown(then, name), people.shown(after, name)) for name in people.FIELDS]
    return [row for row in shown if row[1] != row[2]]


def _as_child(values):
    return Child(**{name: Child._meta.get_field(name).to_python(value) for name, value in values.items()})
