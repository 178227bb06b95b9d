"""Dự thảo kế hoạch phường từ kế hoạch quận: the targets handed down, the tasks as one's own, lines of money left blank."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.documents.issuers import committee, short
from childcare.documents.wording import day_text
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import small
from plans import loading
from plans.actions.assigning import copy_down, head_of
from plans.assigned import holder_of
from plans.models import Assignment, Plan
from plans.querysets import HANDED_DOWN


@transaction.atomic
def draft_from(*, above, unit, by):
    """The draft of a lower unit's plan from the plan above. Returns (plan, True when the text was written).

    Called again it changes nothing: what the unit wrote meanwhile is its own.
    """
    plan = _begun(above, unit)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit__parent", "office").get(pk=plan.pk)
    if plan.items.exists():
        return plan, False
    loading.write(plan, skeleton(plan, above))
    plan.state, plan.version = Plan.State.DRAFT, plan.version + 1
    plan.save(update_fields=["state", "version"])
    plan.carries_out.add(above)
    audit.record("plan.drafted", subject=plan, by=by, note=f"từ {above.audit_name}")
    return plan, True


def _begun(above, unit):
    """The unit's plan of the year with every target of the plan above: at the value given, else at that of the plan above."""
    if not unit.is_under(above.unit) or unit == above.unit:
        raise Refusal(f"{unit.name} không phải đơn vị cấp dưới của {above.unit.name}.")
    plan = holder_of(unit, above) or Plan.objects.create(
        unit=unit, first_year=above.first_year, last_year=above.last_year, seed=HANDED_DOWN, **head_of(above, unit)
    )
    if not plan.items.exists():
        rows = Assignment.objects.filter(target__plan=above, unit=unit)
        given = dict(rows.filter(ended_at=None).values_list("target", "value"))
        gone = set(rows.exclude(ended_at=None).values_list("target", flat=True)) - set(given)
        targets = above.targets.exclude(pk__in=gone).select_related("indicator")
        copy_down(plan, [(target, given.get(target.pk, target.value)) for target in targets])
    return plan


def skeleton(plan, above):
    """The rows of the draft. What only the unit knows stands as dots, for its officer to fill in."""
    rows = [
        _row("head", "title", "KẾ HOẠCH"),
        _row("head", "subject", plan.subject),
        _row("intro", "basis", f"Căn cứ {named(above)};"),
        _row("intro", "intro", f"{committee(plan.unit)} xây dựng kế hoạch thực hiện như sau:"),
        _row("I", "section", "I. MỤC ĐÍCH, YÊU CẦU"),
        *(_row("I", "objective", item.text, item.bullet) for item in above.items.all() if item.kind == "objective"),
        _row("II", "section", "II. CHỈ TIÊU"),
        *(_row("II", "target", f"{target.text}: {target.wanted}.", "-") for target in plan.targets.exclude(kind="general")),
        *_tasks(above),
        _row("IV", "section", "IV. KINH PHÍ THỰC HIỆN"),
        _row("IV", "budget", f"Ngân sách {plan.unit.kind_word}: … đồng.", "-"),
        _row("IV", "budget", "Nguồn vận động, tài trợ hợp pháp khác: … đồng.", "-"),
        _row("V", "section", "V. TỔ CHỨC THỰC HIỆN"),
        *_duties(plan.unit),
    ]
    reports = [item.text for item in above.items.all() if item.kind == "report_regime"]
    rows += [_row("VI", "section", "VI. CHẾ ĐỘ BÁO CÁO")] if reports else []
    return [*rows, *(_row("VI", "report_regime", text) for text in reports)]


def named(plan):
    """ "Kế hoạch số 61/KH-UBND ngày 09 tháng 3 năm 2024 của UBND quận Kiến An về …"; what is not known is left out."""
    number = f" số {plan.number}" if plan.number.partition("/")[0].strip() else ""
    day = f" {day_text(plan.issued_on)}" if plan.issued_on else ""
    return f"Kế hoạch{number}{day} của {short(plan.unit)} về {small(plan.subject)}"


def _row(path, kind, text, bullet=""):
    return {"path": path, "kind": kind, "bullet": bullet, "text_vi": text, "note": ""}


def _tasks(above):
    """The tasks of the plan above in its own words and order, numbered anew."""
    tasks = [task for task in above.tasks.all() if task.kind in ("task", "project") and task.parent_id is None]
    rows = [_row("III", "section", "III. NHIỆM VỤ, GIẢI PHÁP")]
    for number, task in enumerate(tasks, 1):
        text = task.text.split(" ", 1)[1] if task.text[:1].isdigit() and " " in task.text else task.text
        rows.append(_row(f"III.{number}", "task", f"{number}. {text}"))
        rows += [
            _row(f"III.{number}", item.kind, item.text, item.bullet) for item in task.items.all() if item.kind == "activity"
        ]
    return rows


def _duties(unit):
    """Who does what in the unit: to be filled in by its officer."""
    hamlets = f"Các {unit.hamlet_word}"
    return [
        _row("V.1", "responsible", "1. Công chức phụ trách công tác trẻ em: tham mưu, theo dõi, tổng hợp báo cáo."),
        _row("V.2", "responsible", "2. Công chức tài chính - kế toán: bố trí, hướng dẫn sử dụng kinh phí."),
        _row("V.3", "responsible", f"3. {hamlets}, các trường học trên địa bàn: phối hợp thực hiện."),
    ]
