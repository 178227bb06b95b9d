"""The days of every kind of period, worked out by hand."""

from datetime import date as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.models import Regime
from reports.schedule import Slot, slots


def regime(every, due_day=10, due_month=None, rule="before", **fields):
    return Regime(code="DP1", every=every, due_rule=rule, due_day=due_day, due_month=due_month, **fields)


@pytest.mark.parametrize(
    ("asked", "place", "slot"),
    [
        (regime("half", 10, 5), 0, Slot("2024-H1", None, D(2024, 4, 30), D(2024, 5, 9))),
        (regime("half", 10, 7), 0, Slot("2024-H1", None, D(2024, 6, 30), D(2024, 7, 9))),
        (regime("nine", 10, 10), 0, Slot("2024-9M", None, D(2024, 9, 30), D(2024, 10, 9))),
        (regime("year", 10, 1, due_year_offset=1), 0, Slot("2024", None, D(2024, 12, 31), D(2025, 1, 9))),
        (regime("year", 15, 12, cutoff_day=14, cutoff_month=12), 0, Slot("2024", None, D(2024, 12, 14), D(2024, 12, 14))),
        (regime("month"), 1, Slot("2024-02", D(2024, 2, 1), D(2024, 2, 29), D(2024, 3, 9))),
        (regime("month"), 11, Slot("2024-12", D(2024, 12, 1), D(2024, 12, 31), D(2025, 1, 9))),
        (regime("month", 31, rule="by"), 0, Slot("2024-01", D(2024, 1, 1), D(2024, 1, 31), D(2024, 2, 29))),
        (regime("month", 20, cutoff_day=14, due_after=0), 2, Slot("2024-03", D(2024, 2, 15), D(2024, 3, 14), D(2024, 3, 19))),
        (regime("quarter"), 0, Slot("2024-Q1", D(2024, 1, 1), D(2024, 3, 31), D(2024, 4, 9))),
        (regime("quarter", cutoff_day=14), 0, Slot("2024-Q1", D(2023, 12, 15), D(2024, 3, 14), D(2024, 4, 9))),
        (regime("quarter", rule="by"), 3, Slot("2024-Q4", D(2024, 10, 1), D(2024, 12, 31), D(2025, 1, 10))),
        (
            regime("campaign", 20, 7, period_start="06-01", period_end="06-30"), 0,
            Slot("2024-C06", D(2024, 6, 1), D(2024, 6, 30), D(2024, 7, 19)),
        ),
    ],
    ids=[f"kind-{place}" for place in range(13)],
)  # fmt: skip
def test_the_days_of_a_period(asked, place, slot):
    assert slots(asked, 2024)[place] == slot


def test_how_often_in_a_year():
    kinds = ("month", "quarter", "half", "nine", "year", "event", "request")
    assert [len(slots(regime(kind, 10, 7), 2024)) for kind in kinds] == [12, 4, 1, 1, 1, 0, 0]


@given(
    every=st.sampled_from(["month", "quarter"]), year=st.integers(2000, 2090), cutoff=st.integers(1, 31) | st.none(),
    due=st.integers(1, 31), after=st.integers(1, 3),
)  # fmt: skip
def test_every_day_lies_in_exactly_one_month_and_one_quarter(every, year, cutoff, due, after):
    asked = regime(every, due, cutoff_day=cutoff, due_after=after)
    found = [slot for one in (year, year + 1) for slot in slots(asked, one)]
    assert all((then.data_from - slot.cutoff).days == 1 for slot, then in zip(found, found[1:], strict=False))
    assert all(slot.data_from <= slot.cutoff for slot in found)
    assert all(slot.cutoff < slot.last_day or due == 1 for slot in found)
