"""What comes of a plan: who does a task and by when, what came of it; a target set more exactly; money allocated and spent."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, number
from plans.actions.held import check_version
from plans.actions.writing import keep_version
from plans.models import BudgetEntry, BudgetLine, Plan, Target, Task

TASK_FIELDS = ("unit", "doer", "partners", "starts_on", "ends_on", "status", "result")
TARGET_FIELDS = (
    "text", "indicator", "comparison", "value", "unit_text", "multiplier", "due_on", "baseline", "baseline_text",
    "definition", "group_text", "counted_kinds", "task",
)  # fmt: skip
GIVEN = ("comparison", "value", "unit_text", "indicator", "multiplier")


def _changed(row, facts, names):
    return [name for name in names if name in facts and getattr(row, name) != facts[name]]


def _locked(row, version, word):
    """A task or target held for writing. Refuses when somebody else saved it since the page was opened."""
    row = type(row).objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=row.pk)
    check_version(row, version, word)
    return row


def _write(row, facts, changed, action, by, told=None):
    for name in changed:
        setattr(row, name, facts[name])
    row.version += 1
    row.save()
    audit.record(action, subject=row, by=by, fields=told or changed)
    return row


@transaction.atomic
def set_task(*, task, by, version, **facts):
    """Who does a task, from when to when, how far it is and what came of it. Returns it."""
    task = _locked(task, version, "Nhiệm vụ")
    if facts.get("status") == Task.Status.DONE and not facts.get("result", task.result).strip():
        raise Refusal("Hãy ghi kết quả của nhiệm vụ đã hoàn thành.")
    changed = _changed(task, facts, TASK_FIELDS)
    if "areas" in facts and set(task.areas.all()) != set(facts["areas"]):
        task.areas.set(facts["areas"])
        changed.append("areas")
    return _write(task, facts, [name for name in changed if name != "areas"], "task.set", by, changed)


@transaction.atomic
def set_target(*, target, by, version, reason="", **facts):
    """Set a target more exactly. What the unit above handed down is not changed here; an issued plan needs a reason."""
    target = _locked(target, version, "Chỉ tiêu")
    changed = _changed(target, facts, TARGET_FIELDS)
    if target.assigned_from_id and set(changed) & set(GIVEN):
        raise Refusal("Chỉ tiêu này do cấp trên giao. Hãy đề nghị cấp trên sửa mức giao, hoặc thêm chỉ tiêu riêng.")
    if set(changed) & {"text", "comparison", "value"}:
        keep_version(target.plan, by, reason)
    return _write(target, facts, changed, "target.set", by)


@transaction.atomic
def add_target(*, plan, by, reason="", **facts):
    """One more target of a plan, after the others. Returns it."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    keep_version(plan, by, reason)
    last = plan.targets.aggregate(last=Max("position"))["last"] or 0
    target = Target.objects.create(plan=plan, position=last + 1, code=str(last + 1), kind="specific", **facts)
    audit.record("target.added", subject=target, by=by)
    return target


@transaction.atomic
def set_line(*, line, by, amount, source):
    """The amount planned of a line of money and where it comes from; an amount that the text names is not changed."""
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=line.pk)
    line.amount, line.source = amount, clean_text(source)[:200]
    line.save(update_fields=["amount", "source"])
    audit.record("budget.set", subject=line.plan, by=by)
    return line


@transaction.atomic
def record_money(*, line, by, kind, on, amount, note=""):
    """Money allocated to a line, or spent from it. Refuses to spend more than was allocated, where anything was. Returns it."""
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=line.pk)
    got, spent = totals(line)
    if kind == BudgetEntry.Kind.SPENT and got and spent + amount > got:
        left = number(got - spent)
        raise Refusal(f"Khoản này mới được cấp {number(got)} đồng, còn {left} đồng. Hãy ghi số được cấp thêm trước.")
    entry = BudgetEntry.objects.create(line=line, kind=kind, on=on, amount=amount, note=clean_text(note)[:300], recorded_by=by)
    audit.record("budget.recorded", subject=entry, by=by)
    return entry


@transaction.atomic
def void_money(*, entry, by, reason):
    """Take a mistaken entry out of the sums; it stays with who, when and why."""
    entry = BudgetEntry.objects.select_for_update(of=("self",)).select_related("line__plan__unit").get(pk=entry.pk)
    if entry.voided_at:
        raise Refusal("Khoản này đã được hủy.")
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    entry.voided_at, entry.voided_by, entry.void_reason = timezone.now(), by, clean_text(reason)[:300]
    entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
    audit.record("budget.voided", subject=entry, by=by)
    return entry


def totals(line):
    """(allocated, spent) of a line in đồng."""
    rows = list(line.entries.filter(voided_at=None).values_list("kind", "amount"))
    return tuple(sum(amount for kind, amount in rows if kind == wanted) for wanted in BudgetEntry.Kind.values)
