"""Periods, due days, windows and reminders: by hand, with the days of the seed plans."""

from datetime import date as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.lib.periods import default_cutoff, parse, permitted_last_day, reminder_days, window, year_earlier


@pytest.mark.parametrize(
    ("code", "first", "last", "name", "kind"),
    [
        ("2024-H1", D(2024, 1, 1), D(2024, 6, 30), "6 tháng đầu năm 2024", "half"),
        ("2024-H2", D(2024, 7, 1), D(2024, 12, 31), "6 tháng cuối năm 2024", "half"),
        ("2024", D(2024, 1, 1), D(2024, 12, 31), "năm 2024", "year"),
        ("2024-Q1", D(2024, 1, 1), D(2024, 3, 31), "quý I năm 2024", "quarter"),
        ("2024-Q3", D(2024, 7, 1), D(2024, 9, 30), "quý III năm 2024", "quarter"),
        ("2024-9M", D(2024, 1, 1), D(2024, 9, 30), "9 tháng năm 2024", "nine-months"),
        ("2024-02", D(2024, 2, 1), D(2024, 2, 29), "tháng 2 năm 2024", "month"),
        ("2023-02", D(2023, 2, 1), D(2023, 2, 28), "tháng 2 năm 2023", "month"),
        ("2024-12", D(2024, 12, 1), D(2024, 12, 31), "tháng 12 năm 2024", "month"),
    ],
)
def test_a_code_names_a_period(code, first, last, name, kind):
    period = parse(code)
    assert (period.first, period.last, period.name, period.kind, period.year) == (first, last, name, kind, first.year)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "24",
        "2024-H3",
        "2024-Q5",
        "2024-13",
        "2024-00",
        "2024-1",
        "2024-h1",
        "2024H1",
        "2024-H1 ",
        "0000",
        "0001",
        "９９９９",
        "2024-H1\n",
        "2024-12M",
    ],
)
def test_another_code_is_refused_with_a_sentence(code):
    with pytest.raises(ValueError, match="Không có kỳ"):
        parse(code)


@given(st.text(max_size=12))
def test_no_code_raises_anything_but_the_sentence(code):
    try:
        parse(code)
    except ValueError as fault:
        assert str(fault).startswith("Không có kỳ")


@pytest.mark.parametrize(
    ("code", "before"),
    [("2024-H1", "2023-H1"), ("2024", "2023"), ("2024-02", "2023-02"), ("2020-9M", "2019-9M"), ("2000-Q1", "1999-Q1")],
)
def test_the_same_period_a_year_earlier(code, before):
    assert parse(code).last_year() == parse(before)


def test_before_10_5_means_at_the_latest_9_5():
    assert permitted_last_day("before", 10, 5, 2024) == D(2024, 5, 9)
    assert permitted_last_day("before", 1, 3, 2024) == D(2024, 2, 29)
    assert permitted_last_day("before", 1, 1, 2025) == D(2024, 12, 31)
    assert permitted_last_day("by", 15, 6, 2024) == D(2024, 6, 15)


def test_figures_end_with_the_month_before_the_due_day():
    assert default_cutoff(D(2024, 5, 9)) == D(2024, 4, 30)
    assert default_cutoff(D(2024, 11, 9)) == D(2024, 10, 31)
    assert default_cutoff(D(2024, 3, 9)) == D(2024, 2, 29)


def test_figures_begin_the_day_after_the_last_annual_report():
    assert window(D(2023, 10, 31), D(2024, 4, 30)) == (D(2023, 11, 1), D(2024, 4, 30))
    assert window(None, D(2024, 4, 30)) == (D(2024, 1, 1), D(2024, 4, 30))


@pytest.mark.parametrize(
    ("day", "before"),
    [(D(2024, 4, 30), D(2023, 4, 30)), (D(2024, 2, 29), D(2023, 2, 28)), (D(2025, 2, 28), D(2024, 2, 29)), (D(2024, 2, 28), D(2023, 2, 28)), (D(2024, 11, 1), D(2023, 11, 1))],
)  # fmt: skip
def test_a_year_earlier_the_end_of_a_month_stays_one(day, before):
    assert year_earlier(day) == before


def test_reminders_of_the_report_due_on_9_5_2024():
    """14;7;3;1;0 days before the last permitted day, as the contract of the architecture says."""
    assert reminder_days(D(2024, 5, 9)) == [
        (14, D(2024, 4, 25)),
        (7, D(2024, 5, 2)),
        (3, D(2024, 5, 6)),
        (1, D(2024, 5, 8)),
        (0, D(2024, 5, 9)),
    ]


def test_reminders_on_days_off_move_to_the_working_day_before():
    """Due Wednesday 8/5: 14 → 24/4, 7 → Labour day → Friday 26/4, 3 → Sunday 5/5 → the worked Saturday 4/5."""
    assert reminder_days(D(2024, 5, 8)) == [
        (14, D(2024, 4, 24)),
        (7, D(2024, 4, 26)),
        (3, D(2024, 5, 4)),
        (1, D(2024, 5, 7)),
        (0, D(2024, 5, 8)),
    ]


def test_an_announced_day_off_moves_a_reminder():
    assert dict(reminder_days(D(2024, 5, 9), offsets=(1,), overrides={D(2024, 5, 8): False})) == {1: D(2024, 5, 7)}
