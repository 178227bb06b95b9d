"""Handing a plan's targets down to the units below, and judging qualitative targets by status and note."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans.models import Plan, Target
from plans.querysets import HANDED_DOWN

COPIED = (
    "position", "code", "section", "text", "indicator", "comparison", "value",
    "unit_text", "multiplier", "kind", "counted_kinds",
)  # fmt: skip


@transaction.atomic
def assign_down(*, plan, unit, by=None, values=None, issued=True):
    """The plan of a unit below with the same targets, each tied to the one above.

    `values`: target code → value of the lower unit; a code that is not named keeps the value of the plan above. The text is the
    lower unit's own to write; targets are what is handed down. Returns (plan, True when new): a second call changes nothing.
    """
    if not unit.is_under(plan.unit) or unit == plan.unit:
        raise Refusal(f"{unit.name} không phải đơn vị cấp dưới của {plan.unit.name}.")
    lower, made = Plan.objects.get_or_create(
        unit=unit, first_year=plan.first_year, last_year=plan.last_year, seed=HANDED_DOWN, defaults=_head(plan, unit)
    )
    if made:
        Target.objects.bulk_create(
            _handed_down(target, lower, values or {}) for target in plan.targets.select_related("indicator")
        )
        audit.record("plan.assigned", subject=lower, by=by, note=f"giao từ {plan.audit_name}")
    return lower, made


def _head(plan, unit):
    return {
        "subject": plan.subject,
        "place": unit.bare_name,
        "number": "/KH-UBND",
        "state": Plan.State.DRAFT,
        "signer_lines": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "recipients": [f"UBND {plan.unit.kind_word} {plan.unit.bare_name};", "Lưu: VT."],
    }


def _handed_down(target, plan, values):
    copy = Target(plan=plan, assigned_from=target, **{name: getattr(target, name) for name in COPIED})
    copy.value = values.get(target.code, target.value)
    return copy


@transaction.atomic
def assess(*, target, by, version, status, note):
    """The state of a target that no figure can judge, with a note that says why. Refuses when another saved meanwhile."""
    target = Target.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=target.pk)
    if target.version != version:
        raise Refusal("Đánh giá của chỉ tiêu này vừa được người khác sửa. Hãy tải lại trang, xem rồi đánh giá lại.")
    if status in (Target.Status.MET, Target.Status.MISSED) and not note.strip():
        raise Refusal("Hãy ghi nhận xét: vì sao đánh giá là đạt hay không đạt.")
    changed = [name for name, new in (("status", status), ("status_note", note)) if getattr(target, name) != new]
    target.status, target.status_note = status, "\n".join(clean_text(line) for line in note.splitlines()).strip()
    target.version += 1
    target.save(update_fields=["status", "status_note", "version"])
    audit.record("target.assessed", subject=target, by=by, fields=changed)
    return target
