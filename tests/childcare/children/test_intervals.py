"""Spans of days: what is left of one beside others; rows that hold on a common day."""

from datetime import date
from types import SimpleNamespace

from childcare.children.intervals import overlapping, without

A, B, C, D = (date(2020 + number, 1, 1) for number in range(4))


def test_nothing_is_left_beside_a_span_since_ever_and_still():
    assert without((A, B), [(None, None)]) == [] == without((None, None), [(None, None)])


def test_what_lies_before_between_and_after_is_left():
    assert without((None, None), [(A, B), (C, D)]) == [(None, A), (B, C), (D, None)]
    assert without((A, None), [(B, None)]) == [(A, B)]
    assert without((A, C), [(C, D)]) == [(A, C)]


def row(pk, first, last, kind="N04"):
    return SimpleNamespace(pk=pk, started_on=first, ended_on=last, kind=kind)


def test_rows_of_a_kind_that_share_a_day_are_together_also_through_a_third():
    rows = [row(1, A, B), row(2, None, None, "N05"), row(3, B, D), row(4, C, None), row(5, None, A)]
    assert [[one.pk for one in part] for part in overlapping(rows, key=lambda one: one.kind)] == [[5], [1], [3, 4], [2]]
