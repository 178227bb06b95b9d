"""Is a target met? One verdict and why, in a sentence. Knows no HTTP and asks no database."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from childcare.lib.calendar import show
from childcare.lib.vietnamese import number
from plans.models import Target

C, S = Target.Comparison, Target.Status
FEW = 5  # a rate from fewer events is shown and never coloured
# What adds up during the year: behind only when it lags behind the share of the year that has passed. All else is compared now.
GROWING = frozenset(
    {
        "HC-03",
        "HC-04",
        "HC-07",
        "HC-10",
        "HC-11",
        "HC-12",
        "HC-13",
        "HC-20",
        "HC-22",
        "HC-23",
        "HC-25",
        "HC-27",
        "HC-30",
        "NL-01",
    }
    | {"NL-02", "NL-03", "NL-05", "NL-06", "TR-01", "TR-02", "TR-03", "TG-01", "TG-03", "TG-04", "TG-05", "TG-06", "TG-08"}
)
NEEDS_BASE = "Chưa có số liệu cùng kỳ năm trước; nhập theo báo cáo cũ để so sánh."
PLANNED = {C.GE: "ít nhất", C.GT: "trên", C.LE: "không quá", C.LT: "dưới", C.EQ: "bằng"}


@dataclass(frozen=True)
class Verdict:
    """`state`: met, missed, behind, or none (neutral: nothing to colour). `word` is shown, `sentence` says why.

    `share`: how much of the planned value is reached, 1 = all of it; None where a bar says nothing.
    """

    state: str
    word: str
    sentence: str
    share: Decimal | None = None


MET, MISSED, BEHIND, NONE, RUNNING = "Đạt", "Chưa đạt", "Chậm tiến độ", "Chưa có số liệu", "Đang thực hiện"


def judge(target, now, year_earlier, on):
    """The verdict on a target: `now` and `year_earlier` are figures of its indicator in the same window, `on` the day asked.

    A target of none at all never turns red: what was found is told with what was done about it.
    """
    now = now.times(target.multiplier)
    if target.qualitative:
        return _by_status(target, now, on)
    if now.masked:
        return Verdict("none", "Không hiển thị", "Số nhỏ về nội dung nhạy cảm, chỉ người được giao hồ sơ mới xem được.")
    if now.missing:
        return Verdict("none", NONE, _ended(now.note or "Chưa có số liệu"))
    if now.value is None:
        return Verdict("none", "Không phát sinh", "Trong kỳ chưa phát sinh trường hợp nào để tính tỷ lệ.")
    if target.comparison in (C.DECREASE, C.INCREASE):
        return _few(now, _against_last_year(target, now, year_earlier, on))
    if target.value == 0 and target.comparison in (C.EQ, C.LE):
        return _none_at_all(target, now)
    return _few(now, _against_value(target, now, on))


def _ended(sentence):
    return sentence.rstrip(".") + "."


def _few(now, verdict):
    """A rate from fewer than five events keeps its word and loses its colour."""
    if now.denominator is None:
        return verdict
    events = now.numerator if now.multiplier > 1000 else now.denominator
    if abs(events) >= FEW or verdict.state == "none":
        return verdict
    return Verdict("none", verdict.word, f"{verdict.sentence} Số ca quá ít để xếp loại.", verdict.share)


def _by_status(target, now, on):
    """What no figure judges: by the status that somebody set, with his remark; a figure is told beside."""
    told = [_ended(target.status_note)] if target.status_note.strip() else []
    if not now.missing and not now.masked and now.value is not None:
        told.append(f"Số liệu: {now.full}{_unit(target, now)}.")
    if target.status == S.MET:
        return Verdict("met", MET, " ".join(told) or "Đã được đánh giá đạt.")
    over = _over(target, on)
    if target.status == S.MISSED or (target.status == S.NOT_STARTED and over):
        return Verdict("missed", MISSED, " ".join(told) or "Đã được đánh giá không đạt.")
    if target.status in (S.RUNNING, S.NOT_STARTED):
        return Verdict("none", target.get_status_display(), " ".join(told) or f"{target.get_status_display()}.")
    return Verdict("none", NONE, " ".join(["Chỉ tiêu định tính: hãy ghi đánh giá và nhận xét.", *told]))


def _none_at_all(target, now):
    if now.value == 0:
        return Verdict("met", MET, f"Không ghi nhận {_noun(target)} nào.")
    handled = f"; {now.handled} đã được can thiệp" if now.handled else ""
    return Verdict("none", "Ghi nhận", f"Ghi nhận {now.text} {_noun(target)}{handled}.")


def _noun(target):
    return target.unit_text.strip() or "trường hợp"


def _against_last_year(target, now, before, on):
    """giảm, tăng: against the same window a year earlier, by the value of the target when it has one."""
    before, named = _base(target, now, before, on)
    if before is None:
        return Verdict("none", NONE, NEEDS_BASE)
    step = now.value - before.value
    down = target.comparison == C.DECREASE
    wanted, moved = target.value or 0, -step if down else step
    if target.value and target.unit_text.strip() == "%" and not now.is_rate:
        moved = moved * 100 / before.value if before.value else moved
    kept_at_nothing = down and now.value == before.value == 0
    met = kept_at_nothing or (moved >= wanted if target.value else moved > 0)
    word = f"bằng {named}" if not step else f"{'giảm' if step < 0 else 'tăng'} {number(abs(step), 1 if now.is_rate else None)}"
    sentence = f"Thực hiện {now.full}, {named} {before.full}: {word}{_points(now, step)}."
    return Verdict("met", MET, sentence) if met else _unmet(target, on, sentence)


def _base(target, now, before, on):
    """(what a decrease or increase starts from, its name): the same window a year earlier, else the baseline of the target.

    A baseline is the result of a whole year: a count of part of a year is not held against it.
    """
    before = before.times(target.multiplier) if before else None
    if before is not None and not (before.missing or before.masked or before.value is None):
        return before, "cùng kỳ"
    if target.baseline is None or (before is not None and before.masked) or not (now.is_rate or _over(target, on)):
        return None, ""
    rate = {"percentage": target.baseline} if now.is_rate else {"numerator": target.baseline}
    return replace(now, **{"numerator": None, "denominator": None, "percentage": None, **rate}), "số gốc"


def _points(now, step):
    return " điểm phần trăm" if step and now.is_rate and now.multiplier == 100 else ""


def _against_value(target, now, on):
    value, wanted = now.value, target.value
    met = {
        C.GE: value >= wanted, C.GT: value > wanted, C.LE: value <= wanted, C.LT: value < wanted, C.EQ: value == wanted,
    }[target.comparison]  # fmt: skip
    upward = target.comparison in (C.GE, C.GT, C.EQ)
    share = None
    if upward and wanted:
        share = value / wanted
    elif value:
        share = min(Decimal(1), wanted / value)
    sentence = f"Thực hiện {now.full}{_unit(target, now)}, kế hoạch {PLANNED[target.comparison]} {_planned(target, now)}."
    if met:
        return Verdict("met", MET, sentence, share)
    if upward and now.code in GROWING and not _over(target, on):
        passed = _passed(target, on)
        sentence = f"{sentence} Đến {show(on)} đã qua {number(passed * 100, 0)}% thời gian của kế hoạch."
        if share is not None and share >= passed:
            return Verdict("none", RUNNING, sentence, share)
    return _unmet(target, on, sentence, share)


def _unmet(target, on, sentence, share=None):
    """Not met: late while the plan still runs, missed when its time is over."""
    if _over(target, on):
        return Verdict("missed", MISSED, sentence, share)
    return Verdict("behind", BEHIND, sentence, share)


def _unit(target, now):
    unit = target.unit_text.strip()
    return "" if unit in ("", "%", "định tính") or now.multiplier == 100 else f" {unit}"


def _planned(target, now):
    return number(target.value) + ("%" if now.multiplier == 100 and now.is_rate else _unit(target, now))


def _over(target, on):
    """True on the last day of the plan and after it."""
    return on >= date(target.plan.last_year, 12, 31)


def _passed(target, on):
    """How much of the plan's time has passed by the end of the day, 0 to 1."""
    first, last = date(target.plan.first_year, 1, 1), date(target.plan.last_year, 12, 31)
    return Decimal(max(0, min((on - first).days + 1, (last - first).days + 1))) / ((last - first).days + 1)
