"""The targets of a plan beside what was counted, as rows of text: the table under part IV and annex PL6."""

from childcare.lib.vietnamese import number
from plans.models import Target
from reports import judging
from reports.kept import Kept
from reports.measures import Figure

C = Target.Comparison
WORDS = {C.GE: "≥ ", C.LE: "≤ ", C.GT: "> ", C.LT: "< ", C.EQ: ""}


def planned(target):
    """What the plan wants, short: "≥ 99%", "0 trẻ em", "giảm", "định tính"."""
    if target.value is None or target.comparison == C.QUALITATIVE:
        return {C.DECREASE: "giảm so với cùng kỳ", C.INCREASE: "tăng so với cùng kỳ"}.get(target.comparison, "định tính")
    unit = target.unit_text.strip()
    value = f"{number(target.value)}{'%' if unit == '%' else f' {unit}' if unit else ''}"
    word = {C.DECREASE: "giảm ", C.INCREASE: "tăng "}.get(target.comparison, WORDS.get(target.comparison, ""))
    return f"{word}{value}"


def as_figure(code, kept):
    """A kept figure as `judging` takes it."""
    return Figure(
        code=code, numerator=kept.numerator, denominator=kept.denominator, multiplier=kept.multiplier, missing=kept.missing,
        note=kept.note,
    )  # fmt: skip


def target_rows(plan, now, earlier, on):
    """A row for each target of the plan: planned, now, the year before, judged, in words."""
    if plan is None:
        return []
    found = []
    for target in plan.targets.select_related("indicator").order_by("position"):
        code = target.indicator.code if target.indicator else ""
        figure, before = now(code), earlier(code)
        verdict = judging.judge(target, as_figure(code, figure), as_figure(code, before), on)
        found.append(
            {
                "key": target.public_id.hex,
                "code": code,
                "text": target.text,
                "section": target.section,
                "planned": planned(target),
                "now": text_of(figure),
                "earlier": text_of(before),
                "state": verdict.state,
                "word": verdict.word,
                "sentence": verdict.sentence,
                "share": share_of(target, figure),
                "note": figure.note,
            }
        )
    return found


def text_of(figure: Kept):
    return figure.text


def share_of(target, figure):
    """How much of the planned value is reached: "97,8%"; "" where that says nothing."""
    value = figure.rate if figure.rate is not None else figure.numerator
    if figure.missing or value is None or not target.value or target.comparison not in (C.GE, C.GT, C.INCREASE):
        return ""
    return number(value * 100 / target.value, 1) + "%"
