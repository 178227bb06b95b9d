"""How a target is counted that names more than an indicator: TN-08 by how much a count fell against its own base ("số gốc"),
NL-10 where its own project or model runs, in districts or in communes as its unit of count says."""

from dataclasses import replace

from plans.models import Task
from reports.measures.places import LEVELS

WITH_SCOPE = (Task.Kind.MODEL, Task.Kind.PROJECT)
BASED = {"TN-08": "TN-05"}  # indicator of the target → what is counted for it
NO_BASE = "Chưa ghi số gốc: sửa chỉ tiêu, ghi “Số gốc để so sánh” và lấy từ đâu."


def counted_code(target):
    """The code to count for a target; "" without an indicator."""
    code = target.indicator.code if target.indicator else ""
    return BASED.get(code, code)


def counted_breakdown(target, unit):
    """The part of the indicator that the target means in the unit (a Unit or its key): "task=5&kind=district"; mostly ""."""
    if counted_code(target) != "NL-10":
        return ""
    words, parts = target.unit_text.lower(), []
    task = target.task
    if task is not None and task.kind in WITH_SCOPE and target.plan.unit_id == getattr(unit, "pk", unit):
        parts.append(f"task={task.pk}")
    level = next((level for word, level in LEVELS.items() if word in words.split()), "")
    return "&".join([*parts, *([f"kind={level}"] if level else [])])


def against_base(target, figure):
    """The figure as the target wants it: (base − now) / base × 100 where the target is about a base, else unchanged.

    `figure` is a counted or a kept one. Without a base, or while now is not known, it is missing.
    """
    if target.indicator is None or target.indicator.code not in BASED:
        return figure
    if target.baseline is None:
        return replace(figure, numerator=None, denominator=None, missing=True, note=NO_BASE)
    if figure.missing or figure.numerator is None:
        return figure
    base = target.baseline.normalize() if target.baseline % 1 else int(target.baseline)
    source = f" ({target.baseline_text})" if target.baseline_text else ""
    note = f"Năm gốc {base} trẻ em{source}, nay {figure.numerator} trẻ em."
    return replace(figure, numerator=base - figure.numerator, denominator=base, multiplier=100, note=note)
