"""Handing a plan's targets down to the units below, and judging qualitative targets by status and note."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans.actions import assigning
from plans.assigned import holder_of
from plans.models import Assignment, Target, TargetAnswer


@transaction.atomic
def assign_down(*, plan, unit, by=None, values=None):
    """Every target of a plan given to a unit below, each tied to the one above.

    `values`: target code → value of the lower unit; a code that is not named keeps the value of the plan above. Returns (the
    unit's plan that holds them, True when anything was new): what was given before keeps its value.
    """
    values = values or {}
    have = set(Assignment.objects.open().filter(target__plan=plan, unit=unit).values_list("target", flat=True))
    cells = {
        (row.pk, unit.pk): values.get(row.code, row.value) for row in plan.targets.all() if row.pk not in have
    }  # fmt: skip
    made = assigning.assign(plan=plan, by=by, cells=cells)["given"] if cells else 0
    return holder_of(unit, plan), bool(made)


@transaction.atomic
def assess(*, target, by, version, status, note, done=None, of=None):
    """How far a target is, with a note that says why, as its unit tells it; `done` of `of` where it can be counted.

    What was told before is kept. Refuses when another saved meanwhile.
    """
    target = Target.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=target.pk)
    if target.version != version:
        raise Refusal("Đánh giá của chỉ tiêu này vừa được người khác sửa. Hãy tải lại trang, xem rồi đánh giá lại.")
    note = "\n".join(clean_text(line) for line in note.splitlines()).strip()
    if status in (Target.Status.MET, Target.Status.MISSED) and not note and done is None:
        raise Refusal("Hãy ghi nhận xét: vì sao đánh giá là đạt hay không đạt.")
    changed = [name for name, new in (("status", status), ("status_note", note)) if getattr(target, name) != new]
    target.status, target.status_note = status, note
    target.version += 1
    target.save(update_fields=["status", "status_note", "version"])
    TargetAnswer.objects.create(target=target, status=status, note=note, done=done, of=of, told_by=by)
    audit.record("target.assessed", subject=target, by=by, fields=changed)
    return target
