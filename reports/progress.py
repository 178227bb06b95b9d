"""The targets of a plan beside what was counted, as rows of text: the table under part IV and annex PL6."""

from dataclasses import replace

from childcare.lib.vietnamese import number
from plans.models import Target
from reports import judging
from reports.measures import Figure

C = Target.Comparison
WORDS = {C.GE: "≥ ", C.LE: "≤ ", C.GT: "> ", C.LT: "< ", C.EQ: ""}


def planned(target):
    """What the plan wants, short: "≥ 99%", "0 trẻ em", "giảm", "định tính"."""
    if target.value is None or target.comparison == C.QUALITATIVE:
        return {C.DECREASE: "giảm so với cùng kỳ", C.INCREASE: "tăng so với cùng kỳ"}.get(target.comparison, "định tính")
    unit = target.unit_text.strip()
    value = f"{number(target.value)}{'%' if unit == '%' else f' {unit}' if unit else ''}"
    if target.comparison == C.GE and unit == "%" and target.value == 100:
        return value
    word = {C.DECREASE: "giảm ", C.INCREASE: "tăng "}.get(target.comparison, WORDS.get(target.comparison, ""))
    return f"{word}{value}"


def as_figure(code, kept, helped=None):
    """A kept figure as `judging` takes it; abused children say how many of them were helped ("1/1": HS-10 of XH-01)."""
    told = code in ("XH-01", "XH-03") and helped is not None and helped.known and helped.denominator
    return Figure(
        code, kept.numerator, kept.denominator, kept.multiplier, kept.missing, note=kept.note, percentage=kept.bare,
        handled=f"{number(helped.numerator)}/{number(helped.denominator)}" if told else "",
    )  # fmt: skip


def target_rows(plan, figures, on, helped=None):
    """A row for each target of the plan: planned, now, the year before, judged, in words.

    `figures(target)` gives (now, a year earlier) of the target's indicator; `helped`: abused children
    who were helped, of how many.
    """
    if plan is None:
        return []
    targets = plan.targets.select_related("indicator", "task", "plan").order_by("position")
    return [target_row(target, *figures(target), on, helped) for target in targets]


def target_row(target, now, earlier, on, helped=None):
    """One target."""
    code = target.indicator.code if target.indicator else ""
    now, earlier = (per(figure, target.multiplier) for figure in (now, earlier))
    verdict = judging.judge(target, as_figure(code, now, helped), as_figure(code, earlier), on)
    silent = target.qualitative and now.missing
    return {
        "key": target.public_id.hex,
        "code": code,
        "text": target.text,
        "section": target.section,
        "planned": planned(target),
        "now": "" if silent else now.text,
        "earlier": "" if silent and earlier.missing else earlier.text,
        "state": verdict.state,
        "word": verdict.word,
        "sentence": verdict.sentence,
        "share": share_of(target, now),
        "note": now.note,
    }


def per(figure, multiplier):
    """The same figure per another number: per 10.000 instead of per 100.000."""
    rated = figure.denominator is not None or figure.bare is not None
    return replace(figure, multiplier=multiplier) if rated and multiplier else figure


def share_of(target, figure):
    """How much of the planned value is reached: "97,8%"; "" where that says nothing."""
    value = figure.rate if figure.rate is not None else figure.numerator
    if figure.missing or value is None or not target.value or target.comparison not in (C.GE, C.GT, C.INCREASE):
        return ""
    return number(value * 100 / target.value, 1) + "%"
