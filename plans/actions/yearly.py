"""Dự thảo kế hoạch năm sau: the text with the years that the officer confirmed, targets, own tasks carried on, blank money."""

import uuid

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans import loading, structure, yearly
from plans.actions.writing import OWN
from plans.assigned import holder_of
from plans.models import Plan, Target

TARGET_FIELDS = (
    "code", "section", "text", "indicator_id", "comparison", "unit_text", "multiplier", "kind", "definition", "group_text",
    "counted_kinds",
)  # fmt: skip
TASK_FIELDS = ("unit_id", "office_id", "doer", "partners")


@transaction.atomic
def draft_next(*, plan, by, subject, confirmed, goals, ended):
    """The draft of the plan that follows. `confirmed`: keys of paragraphs whose years move; `ended`: keys of tasks that end.

    `goals`: [(target, {"value", "baseline", "baseline_text"})] of the targets that go on. Returns the new plan. Refuses when
    the plan that follows has words already.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit__parent", "office").get(pk=plan.pk)
    if not yearly.one_year(plan):
        raise Refusal("Chỉ kế hoạch một năm mới có kế hoạch năm sau. Kế hoạch nhiều năm thì soạn kế hoạch mới.")
    items = list(plan.items.all())
    if not items:
        raise Refusal("Kế hoạch này chưa có nội dung để chuyển sang năm sau.")
    new = _begun(plan, clean_text(subject)[:500])
    gone, kept = _with_parts(plan, ended), {target.pk for target, _ in goals}
    dropped = {f"{row.text}: {row.wanted}." for row in plan.targets.all() if row.pk not in kept}
    loading.write(new, [_row(plan, item, confirmed) for item in items if _goes_on(item, gone, dropped)])
    _carry_tasks(plan, new, gone)
    _carry_targets(plan, new, goals)
    for line, old in zip(new.budget_lines.all(), plan.budget_lines.all(), strict=False):
        line.source = line.source or old.source
        line.save(update_fields=["source"])
    audit.record("plan.carried_on", subject=new, by=by, note=f"từ {plan.audit_name}")
    return new


def following(plan):
    """The plan that was drafted from this one, or None."""
    return plan.followed_by.order_by("-pk").first()


def _begun(plan, subject):
    """The plan of next year: the one that holds targets handed down for it, else a new one."""
    head = {
        "office": plan.office, "kind": plan.kind, "subject": subject, "place": plan.place, "signer_lines": plan.signer_lines,
        "number": f"/{plan.number.partition('/')[2]}" if "/" in plan.number else "", "recipients": plan.recipients,
        "state": Plan.State.DRAFT, "follows": plan,
    }  # fmt: skip
    years = {"first_year": plan.first_year + 1, "last_year": plan.last_year + 1}
    there = holder_of(plan.unit, Plan(**years))
    if there and there.state == Plan.State.DRAFT and not there.items.exists():
        for name, value in head.items():
            setattr(there, name, value)
        there.version += 1
        there.save()
        new = there
    elif there and (there.follows_id == plan.pk or there.state == Plan.State.ISSUED):
        raise Refusal(f"Kế hoạch năm {there.years} đã có nội dung. Hãy mở kế hoạch đó để sửa.")
    else:
        new = Plan.objects.create(unit=plan.unit, seed=f"{OWN}{uuid.uuid4().hex[:12]}", **years, **head)
    new.carries_out.add(*Plan.objects.filter(follows__in=plan.carries_out.all(), **years))
    return new


def _with_parts(plan, ended):
    """Keys of the tasks that end, with their parts."""
    parts = dict(plan.tasks.values_list("pk", "parent"))
    gone = set(ended)
    for key in parts:
        above = key
        while above is not None and above not in gone:
            above = parts.get(above)
        if above is not None:
            gone.add(key)
    return gone


def _goes_on(item, gone, dropped):
    """False for what only this year's issuing told, for tasks that end, for the drafted sentence of a target that ends."""
    return not (item.kind in yearly.NOT_CARRIED or item.task_id in gone or (item.kind == "target" and item.text in dropped))


def _row(plan, item, confirmed):
    text = yearly.forward(item.text, plan) if item.pk in confirmed else item.text
    return {**loading.row_of(item), "text_vi": yearly.blank(text) if item.kind == "budget" else text}


def _carry_tasks(plan, new, gone):
    """Who does a task goes on with it; how far it was and by when does not."""
    old = {
        (row.kind, structure.key_of(yearly.forward(row.text, plan))): row
        for row in plan.tasks.exclude(pk__in=gone).prefetch_related("areas")
    }
    for task in new.tasks.all():
        before = old.get((task.kind, structure.key_of(yearly.forward(task.text, plan))))
        if before:
            for name in TASK_FIELDS:
                setattr(task, name, getattr(before, name))
            task.save(update_fields=[name.removesuffix("_id") for name in TASK_FIELDS])
            task.areas.set(before.areas.all())


def _carry_targets(plan, new, goals):
    """The targets that go on, after those that were handed down for the new year already, which they do not repeat."""
    have = {structure.key_of(row.text) for row in new.targets.all()}
    tasks, last = list(new.tasks.all()), new.targets.count()
    for target, facts in goals:
        text = yearly.forward(target.text, plan)
        if structure.key_of(text) in have:
            continue
        last += 1
        row = Target(plan=new, position=last, **{name: getattr(target, name) for name in TARGET_FIELDS}, **facts)
        row.text, row.task = text, structure.task_of(target.section, tasks)
        row.save()
        _reword(new, f"{target.text}: {target.wanted}.", f"{text}: {row.wanted}.")


def _reword(plan, before, after):
    """The drafted sentence of a target follows its value; a sentence that the officer worded himself stays."""
    plan.items.filter(kind="target", text=before).update(text=after)
