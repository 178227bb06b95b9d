"""Filters that every template has: days, moments, numbers, money, short names; nothing for nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines

from childcare.lib.calendar import of_month, of_year


def shown(filter_text, value):
    return engines["django"].from_string("{{ value|" + filter_text + " }}").render({"value": value})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2024, 5, 9), "09/05/2024"),
        (datetime(2024, 5, 9, 18, 30, tzinfo=UTC), "10/05/2024"),  # half past one in the night in Vietnam
        (of_year(2016), "2016"),
        (of_month(2016, 5), "05/2016"),
        (of_year(2016, "estimated"), "khoảng 2016"),
        (None, ""),
        ("", ""),
        ("2024", ""),
    ],
)
def test_a_day(value, text):
    assert shown("day", value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(datetime(2024, 5, 9, 7, 2, tzinfo=UTC), "14:02 09/05/2024"), (None, ""), (date(2024, 5, 9), "")]
)
def test_a_moment_is_vietnamese_time(value, text):
    assert shown("moment", value) == text


@pytest.mark.parametrize(("value", "text"), [(1842, "1.842"), (Decimal("98.20"), "98,2"), (0, "0"), (None, ""), ("", "")])
def test_a_number(value, text):
    assert shown("num", value) == text


def test_a_number_with_its_decimals():
    assert shown("num:3", Decimal("0.0124")) == "0,012" and shown("num:0", 2.5) == "3"


@pytest.mark.parametrize(("value", "text"), [(Decimal("98.24"), "98,2%"), (0, "0,0%"), (100, "100,0%"), (None, "")])
def test_a_percentage(value, text):
    assert shown("pct", value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(540000, "540.000 đ"), (Decimal("684000000.00"), "684.000.000 đ"), (0, "0 đ"), (None, "")]
)
def test_money(value, text):
    assert shown("money", value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2024, 5, 9), "còn 7 ngày"), (date(2024, 5, 2), "hôm nay là hạn cuối"), (date(2024, 5, 1), "quá 1 ngày"), (None, "")],
)
def test_what_is_left(value, text):
    assert shown("left", value) == text


@pytest.mark.parametrize(("value", "text"), [("Nguyễn Thị Hoà", "Nguyễn T. H."), ("", ""), (None, "")])
def test_a_short_name(value, text):
    assert shown("shortname", value) == text
