"""Verdicts on targets: the word, the colour and the sentence."""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import Plan, Target
from reports.judging import judge
from reports.measures import Figure

MAY, DECEMBER = date(2024, 4, 30), date(2024, 12, 31)


def target(comparison, value=None, **fields):
    plan = Plan(first_year=2024, last_year=2024)
    value = None if value is None else Decimal(value)
    return Target(plan=plan, comparison=comparison, value=value, **{"unit_text": "%", "multiplier": 100, **fields})


def share(numerator, denominator, code="DL-01", **more):
    return Figure(code, numerator, denominator, 100, **more)


def amount(value, code="TG-04", **more):
    return Figure(code, value, **more)


MISSING = Figure("HC-04", missing=True, note="Chưa có dữ liệu trong sổ.")


@pytest.mark.parametrize(
    "comparison, value, reached, state",
    [
        ("ge", 90, 90, "met"), ("ge", 90, 89, "behind"), ("gt", 90, 90, "behind"), ("gt", 90, 91, "met"),
        ("le", 2, 2, "met"), ("lt", 2, 2, "behind"), ("lt", 2, 1, "met"), ("eq", 50, 50, "met"), ("eq", 50, 49, "behind"),
    ],
)  # fmt: skip
def test_each_comparison_at_its_edge(comparison, value, reached, state):
    assert judge(target(comparison, value), share(reached, 100), None, MAY).state == state


def test_the_sentence_tells_what_was_done_and_what_was_planned():
    verdict = judge(target("gt", 90), share(1823, 2000), None, MAY)
    assert (verdict.word, verdict.sentence) == ("Đạt", "Thực hiện 91,2% (1.823/2.000), kế hoạch trên 90%.")


def test_not_met_when_the_year_is_over_is_missed():
    verdict = judge(target("ge", 99), share(30, 31, "HC-04"), None, DECEMBER)
    assert (verdict.state, verdict.word) == ("missed", "Chưa đạt")


def test_what_grows_is_late_only_when_it_lags_behind_the_year():
    late, in_time = share(20, 100, "HC-04"), share(60, 100, "HC-04")  # a third of the year has passed, 33 of 99 are due
    assert [judge(target("ge", 99), figure, None, MAY).word for figure in (late, in_time)] == ["Chậm tiến độ", "Đang thực hiện"]
    assert "đã qua 33% thời gian" in judge(target("ge", 99), late, None, MAY).sentence


def test_a_stock_is_compared_now():
    assert judge(target("ge", 90), share(60, 100), None, MAY).word == "Chậm tiến độ"


def test_the_bar_shows_how_much_is_reached():
    assert judge(target("ge", 90), share(45, 100), None, MAY).share == Decimal("0.5")
    assert judge(target("ge", 4, unit_text="cuộc", multiplier=1), amount(1), None, MAY).share == Decimal("0.25")
    assert judge(target("lt", 2), share(4, 100), None, MAY).share == Decimal("0.5")


def test_the_multiplier_of_the_target_wins():
    figure = Figure("TN-02", 30, 10_000, 100_000)
    verdict = judge(target("le", 30, multiplier=10_000, unit_text="trên 10.000"), figure, None, MAY)
    assert (verdict.state, verdict.sentence[:25]) == ("met", "Thực hiện 30,0 (30/10.000"[:25])


def test_a_missing_figure_says_why():
    verdict = judge(target("ge", 99), MISSING, None, MAY)
    assert (verdict.state, verdict.word, verdict.sentence) == ("none", "Chưa có số liệu", "Chưa có dữ liệu trong sổ.")


@pytest.mark.parametrize("now, before, word", [(3, 4, "Đạt"), (4, 4, "Chậm tiến độ"), (5, 4, "Chậm tiến độ"), (0, 0, "Đạt")])
def test_decrease_against_the_same_window_last_year(now, before, word):
    wanted = target("decrease", unit_text="trẻ em", multiplier=1)
    assert judge(wanted, amount(now, "HC-05"), amount(before, "HC-05"), MAY).word == word


def test_decrease_by_a_percentage():
    wanted = target("decrease", 10, multiplier=1)
    assert [judge(wanted, amount(now, "HC-05"), amount(100, "HC-05"), MAY).word for now in (90, 91)] == ["Đạt", "Chậm tiến độ"]


def test_increase_of_a_rate_is_told_in_points():
    verdict = judge(target("increase"), share(9, 10, "PH-01"), share(8, 10, "PH-01"), MAY)
    assert (verdict.word, verdict.sentence) == (
        "Đạt",
        "Thực hiện 90,0% (9/10), cùng kỳ 80,0% (8/10): tăng 10,0 điểm phần trăm.",
    )


@pytest.mark.parametrize("before", [None, MISSING, Figure("HC-04", 0, 0, 100)])
def test_without_last_year_there_is_no_verdict_but_what_to_do(before):
    verdict = judge(target("decrease"), share(5, 10, "HC-04"), before, MAY)
    assert (verdict.state, verdict.word) == ("none", "Chưa có số liệu")
    assert "nhập theo báo cáo cũ" in verdict.sentence


@pytest.mark.parametrize("day", [MAY, DECEMBER])
def test_a_zero_abuse_target_never_turns_red(day):
    wanted = target("eq", 0, unit_text="trẻ em", multiplier=1)
    verdict = judge(wanted, amount(1, "XH-01", handled="1/1"), None, day)
    assert (verdict.state, verdict.sentence) == ("none", "Ghi nhận 1 trẻ em; 1/1 đã được can thiệp.")
    assert judge(wanted, amount(0, "XH-01"), None, day).word == "Đạt"


def test_a_rate_from_fewer_than_five_events_keeps_its_word_and_loses_its_colour():
    verdict = judge(target("ge", 90), share(4, 4), None, MAY)
    assert (verdict.state, verdict.word) == ("none", "Đạt")
    assert judge(target("ge", 90), share(5, 5), None, MAY).state == "met"
    rare = Figure("TN-02", 3, 10_000, 100_000)
    assert judge(target("le", 50, multiplier=100_000), rare, None, MAY).state == "none"


def test_a_rate_without_a_case_is_neither_met_nor_missed():
    assert judge(target("ge", 100), share(0, 0, "XH-05"), None, MAY).word == "Không phát sinh"


@pytest.mark.parametrize(
    "status, day, state, word",
    [
        ("met", MAY, "met", "Đạt"), ("missed", MAY, "missed", "Chưa đạt"), ("running", MAY, "none", "Đang thực hiện"),
        ("not_started", MAY, "none", "Chưa thực hiện"), ("not_started", DECEMBER, "missed", "Chưa đạt"),
        ("", MAY, "none", "Chưa có số liệu"),
    ],
)  # fmt: skip
def test_a_qualitative_target_is_judged_by_its_status(status, day, state, word):
    verdict = judge(target("qualitative", status=status), MISSING, None, day)
    assert (verdict.state, verdict.word) == (state, word)


def test_a_decrease_that_nobody_counts_is_judged_by_its_status_too():
    gap = target("decrease", unit_text="định tính", multiplier=1, status="met", status_note="Đã thu hẹp")
    assert gap.qualitative and judge(gap, MISSING, MISSING, MAY).sentence == "Đã thu hẹp."
    assert judge(target("decrease"), MISSING, MISSING, MAY).word == "Chưa có số liệu"


def test_a_qualitative_target_tells_its_remark_and_its_figure():
    verdict = judge(
        target("qualitative", status="met", status_note="Đã tổ chức", unit_text="cuộc", multiplier=1), amount(2), None, MAY
    )
    assert verdict.sentence == "Đã tổ chức. Số liệu: 2 cuộc."


def test_a_masked_figure_gives_nothing_away():
    verdict = judge(target("eq", 0), Figure("XH-01", masked=True), None, MAY)
    assert (verdict.state, verdict.share) == ("none", None)
