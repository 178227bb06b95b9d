"""Two rows of one child become one; everything recorded of both stays, figures count the child once from now on.

No dated row is changed: a row that no longer stands as it was is voided, what stands instead is a new row of the kept child.
So a figure as known before the merge still counts two, and undoing can say every row again. Protected files go along with
their facts and keep the people who may see them, but for whoever is excluded from one of them: he is excluded from all.
"""

import json

from django.db import IntegrityError, transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions import protection, removal, transfers
from childcare.children.actions.base import STALE, Conflict, locked, once
from childcare.children.actions.copies import write_copies
from childcare.children.actions.merging_facts import WHY, Work, merge_facts
from childcare.children.actions.merging_fields import apply_fields, own_values
from childcare.children.models import Child, ChildRevision, DuplicatePair, Incident, IncidentChild, Merge
from childcare.children.models.base import DatedFact, Fact
from childcare.lib.refusal import Refusal

# Rows about a child that stay with the row they were written for; every other row that is no dated fact goes along.
STAY = (ChildRevision, DuplicatePair, IncidentChild, Merge)
NO_REASON = "Hãy ghi căn cứ: vì sao đây là cùng một trẻ."


@once(Merge, author="merged_by")
def merge(*, by, once, kept, merged, reason, take=(), note="kept", residence="kept", household="kept", twice=(), versions=None):
    """Make `merged` one with `kept`. Returns the Merge.

    `take`: names of people.FIELDS whose value comes from `merged`; `note`: kept | merged | both; `residence`, `household`:
    whose dated rows go before where both have one for the same days; `twice`: public ids of supports of `merged` that look
    like one of `kept` and yet were two. `versions`: of kept and merged as the officer saw them.
    """
    if not reason.strip():
        raise Refusal(NO_REASON)
    kept, merged = _locked(kept, merged, versions)
    work = Work(kept=kept, merged=merged, by=by, at=timezone.now())
    before = own_values(kept)
    merge_facts(work, residence=residence, household=household, twice={str(key) for key in twice})
    moved = _move(merged, kept)
    barred = protection.share_exclusions(child=kept, by=by, reason=WHY)
    removal.remove(keys=[merged.pk], by=by, reason=Child.Removal.MERGED, at=work.at)
    changed = apply_fields(kept, merged, take=take, note=note, by=by)
    write_copies(kept)
    record = {
        "before": before, "after": own_values(kept), "made": work.made, "voided": work.voided, "moved": moved,
        "standing": standing(kept), "barred": barred,
    }  # fmt: skip
    row = Merge.objects.create(
        public_id=once, kept=kept, merged=merged, merged_at=work.at, merged_by=by, reason=reason.strip()[:300],
        record=json.dumps(record, ensure_ascii=False),
    )  # fmt: skip
    audit.record("child.merged", by=by, subject=kept, fields=changed, shown=[kept.public_id, merged.public_id])
    return row


def made_by(once, by):
    """The merge that this one-time key of the officer made before, or None."""
    return Merge.objects.filter(public_id=once, merged_by=by).select_related("kept").first() if once else None


def lives_on_as(**code):
    """The key of the child that a code (pk=… or public_id=…) stands for now: its own, the one it was merged into, or None."""
    child = Child.with_removed.filter(**code).only("pk", "removed_at").first()
    while child is not None and child.removed_at:
        row = Merge.objects.standing().filter(merged=child).select_related("kept").first()
        child = row.kept if row else None
    return child.pk if child else None


def _locked(kept, merged, versions):
    """Both rows, locked in the order of their keys; refused when either changed since the officer looked."""
    rows = {child.pk: locked(child) for child in sorted((kept, merged), key=lambda child: child.pk)}
    if len(rows) != 2:
        raise Refusal("Hãy chọn hai hồ sơ khác nhau.")
    kept, merged = rows[kept.pk], rows[merged.pk]
    if versions is not None and tuple(versions) != (kept.version, merged.version):
        raise Conflict(STALE)
    for child in (kept, merged):
        transfers.refuse_open(child)
    return kept, merged


def related():
    """(model, name of the key) of everything that points at a child."""
    return [(link.related_model, link.field.name) for link in Child._meta.related_objects if not link.many_to_many]


def _move(source, target):
    """Point everything at the target that is no dated fact and does not stay. Returns label → [[key name, keys moved]]."""
    moved = {}
    for model, name in related():
        if issubclass(model, DatedFact) or model in STAY:
            continue
        keys = list(model._base_manager.filter(**{name: source}).order_by("pk").values_list("pk", flat=True))
        if gone := [key for key in keys if point(model, key, name, target)]:
            moved.setdefault(model._meta.label, []).append([name, gone])
    return moved


def point(model, key, name, child):
    """True when the row points at the child now; a row that would stand twice there stays where it is."""
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=key).update(**{name: child}))
    except IntegrityError:
        return False


def standing(child):
    """Label → {key: version} of every valid row about the child: what a later look is compared with."""
    found = {}
    for model, name in related():
        if issubclass(model, Fact):
            rows = model._base_manager.filter(**{name: child}, voided_at=None).order_by("pk").values_list("pk", "version")
            found[model._meta.label] = {str(key): version for key, version in rows}
    rows = Incident.objects.filter(children__child=child, voided_at=None).order_by("pk").values_list("pk", "version")
    found[Incident._meta.label] = {str(key): version for key, version in rows}
    return found
