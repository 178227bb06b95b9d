"""Assessing: marks, both totals, the level that the rule proposes and a person confirms (NĐ 56/2017 Điều 26.2, 27.1, 30)."""

from collections import Counter

from django.db import transaction

from cases.actions.base import begin, finish
from cases.models import Assessment, AssessmentItem, AssessmentRule, Case, EmergencyStep, Mark
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal

STEP = {"initial": "assessed", "full": "planning", "review": "reviewed"}
Level = Case.Level


def totals(marks):
    """Part → Counter of marks, from (part, mark) pairs: the two "Tổng số" of the form."""
    counts = {part: Counter() for part in AssessmentItem.Part.values}
    for part, mark in marks:
        counts[part][mark] += 1
    return counts


def proposed(marks, rule):
    """The level that the rule proposes; "" without marks in both parts or without a rule.

    As loaded: more "Cao" of harm than of self-protection: high; as many: medium; fewer: low. The rule is not in the decree
    (unverified): a person confirms or overrides it, and an administrator may set another from a day on.
    """
    counts = totals(marks)
    harm, ability = counts["harm"], counts["ability"]
    if not harm or not ability or rule is None:
        return ""
    mine, other = harm[rule.harm_mark], ability[rule.ability_mark]
    if mine == other:
        return rule.when_equal
    return rule.when_more if mine > other else rule.when_fewer


@transaction.atomic
def assess(*, case, by, version, form, done_on, marks, level, reason="", emergency=None, **texts):
    """Write an assessment. `marks` is item code → mark; a level other than the proposed one needs its reason."""
    row = begin(case, STEP[form], version=version)
    items = {item.code: item for item in AssessmentItem.objects.filter(form=form)}
    given = {items[code]: mark for code, mark in marks.items() if code in items and mark}
    pairs = [(item.part, mark) for item, mark in given.items()]
    rule = proposed(pairs, AssessmentRule.objects.on(done_on).last())
    if rule and level != rule and not reason.strip():
        raise Refusal(f"Quy tắc đề xuất “{Level(rule).label.lower()}”. Chọn mức khác thì hãy ghi lý do.")
    done = Assessment.objects.create(
        case=row, form=form, done_on=done_on, proposed=rule, level=level, reason=reason, completed_at=stamp(), completed_by=by,
        **texts,
    )  # fmt: skip
    Mark.objects.bulk_create([Mark(assessment=done, item=item, mark=mark) for item, mark in given.items()])
    changes = {"level": level} | ({"emergency": emergency} if form == "initial" else {})
    finish(row, STEP[form], by=by, **changes)
    return done


@transaction.atomic
def emergency_step(*, case, by, version, kind, done_at, detail="", decision="", until=None):
    """What was done at once. Isolation lasts fifteen days at most with its extension (Điều 32.3)."""
    row = begin(case, "emergency", version=version)
    if done_at > stamp():
        raise Refusal("Giờ này chưa tới. Hãy ghi giờ đã làm.")
    if done_at < row.opened_at:
        raise Refusal("Việc này ở trước giờ nhận tin. Hãy xem lại ngày và giờ.")
    step = EmergencyStep.objects.create(
        case=row, kind=kind, done_at=done_at, detail=detail, decision=decision[:120], until=until, recorded_by=by
    )
    early = row.state in (Case.State.NEW, Case.State.ASSESSING, Case.State.REOPENED)
    finish(row, "emergency", by=by, note=step.get_kind_display(), emergency=True, **({"state": "emergency"} if early else {}))
    return step


@transaction.atomic
def end_isolation(*, step, by, on):
    """The isolation ended: the home was found safe, or the fifteen days are over."""
    row = EmergencyStep.objects.select_for_update().select_related("case").get(pk=step.pk)
    if row.kind != EmergencyStep.Kind.ISOLATION or row.ended_on is not None:
        raise Refusal("Việc cách ly này đã kết thúc.")
    if on < row.done_at.date():
        raise Refusal("Ngày kết thúc ở trước ngày bắt đầu cách ly.")
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    finish(row.case, "emergency", by=by, note="Kết thúc cách ly")
    return row
