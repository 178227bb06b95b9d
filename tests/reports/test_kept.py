"""A figure as a report keeps it: what it says, how it moved, how it adds up."""

from decimal import Decimal

import pytest

from reports.kept import NOTHING, Figures, Kept, difference, key_of, total_of


def count(value):
    return Kept(Decimal(value), None, 1, missing=False)


def rate(top, below, multiplier=100):
    return Kept(Decimal(top), Decimal(below), multiplier, missing=False)


@pytest.mark.parametrize(
    "figure, text",
    [
        (count(1842), "1.842"),
        (count(0), "0"),
        (rate(30, 31), "30/31 (96,8%)"),
        (rate(1, 12345), "1/12.345 (0,008%)"),
        (rate(3, 1842, 100000), "3/1.842 (162,9/100.000)"),
        (rate(0, 0), "không phát sinh"),
        (Kept(bare=Decimal("97.5"), multiplier=100, missing=False), "97,5%"),
        (NOTHING, "chưa thống kê"),
    ],
)
def test_what_a_figure_says(figure, text):
    assert figure.text == text


@pytest.mark.parametrize(
    "now, earlier, words",
    [
        (count(31), count(36), "giảm 5 trẻ em, tương đương giảm 13,9%"),
        (count(36), count(31), "tăng 5 trẻ em, tương đương tăng 16,1%"),
        (count(2), count(1), "tăng 1 trẻ em"),  # no percentage of a tiny base
        (count(3), count(3), "bằng"),
        (count(3), NOTHING, ""),
        (NOTHING, count(3), ""),
    ],
)
def test_an_absolute_change_and_a_percentage_are_told_apart(now, earlier, words):
    assert difference(now, earlier, "trẻ em") == words


def test_a_sum_is_of_numerators_and_denominators_never_a_mean():
    total, have, everybody = total_of([rate(30, 31), rate(44, 44), NOTHING])
    assert (total.numerator, total.denominator, have, everybody) == (74, 75, 2, 3)
    assert total.share == "98,7%"  # the mean of 96,8 and 100 would be 98,4


def test_a_bare_percentage_is_shown_and_never_summed():
    total, have, _ = total_of([rate(30, 31), Kept(bare=Decimal(90), multiplier=100, missing=False)])
    assert (total.numerator, total.denominator, have) == (30, 31, 1)


def test_nothing_sums_up_to_nothing_not_to_zero():
    total, have, _ = total_of([NOTHING, NOTHING])
    assert total.missing and have == 0


def test_figures_come_back_from_json_as_they_were():
    figures = Figures({key_of("HC-04"): rate(30, 31), key_of("HC-01", "group=N04"): count(12), "X": NOTHING})
    again = Figures.from_json(figures.as_json())
    assert again.as_json() == figures.as_json()
    assert again("HC-01", "group=N04").numerator == 12
    assert again("nowhere").missing


def test_the_same_number_is_no_change_however_it_is_written():
    assert count("31").same(count("31.00"))
    assert not count(31).same(NOTHING)
    assert NOTHING.same(Kept(note="other reason"))
