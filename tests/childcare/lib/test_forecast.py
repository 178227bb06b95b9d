"""The line through yearly figures: worked out by hand, never from fewer than four points."""

from math import isclose, sqrt

import pytest

from childcare.lib import forecast


def test_points_on_a_line_go_on_along_it_without_spread():
    line = forecast.line([(2019, 10), (2020, 12), (2021, 14), (2022, 16)])
    assert line.count == 4 and isclose(line.slope, 2)
    assert all(isclose(found, 18, abs_tol=1e-6) for found in line.between(2023))


def test_the_span_of_five_points_is_as_worked_out_by_hand():
    # y = 3, 5, 4, 6, 7 at x = 1…5: mean 5, slope 9/10, start 2.3; rests 0.04+0.64+… = 1.9; s = √(1.9/3)
    line = forecast.line([(1, 3), (2, 5), (3, 4), (4, 6), (5, 7)])
    assert isclose(line.slope, 0.9) and isclose(line.start, 2.3)
    assert isclose(line.spread, sqrt(1.9 / 3))
    low, value, high = line.between(6)
    assert isclose(value, 7.7)
    assert isclose(high - value, 3.182 * sqrt(1.9 / 3) * sqrt(1 + 1 / 5 + 9 / 10)) and isclose(value - low, high - value)


@pytest.mark.parametrize("count, there", [(0, False), (3, False), (4, True), (10, True), (11, False)])
def test_fewer_than_four_points_say_nothing(count, there):
    assert (forecast.line([(year, 5) for year in range(count)]) is not None) is there


def test_a_year_that_is_left_out_keeps_its_distance():
    assert isclose(forecast.line([(2019, 1), (2020, 2), (2022, 4), (2023, 5)]).slope, 1)


def test_it_bears_its_name():
    assert forecast.name(5) == "đường thẳng bình phương tối thiểu qua 5 năm"
