"""Days as the law and people here count them, by hand."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.lib import calendar
from childcare.lib.calendar import (
    add_working_days,
    age_on,
    birth_after_for_age,
    birthday,
    days_left_text,
    is_child,
    is_working_day,
    month_end,
    of_day,
    of_month,
    of_year,
    parse_day,
    parse_partial,
    show,
    stamp,
    today,
    week_start,
    working_day_on_or_before,
    working_days_between,
)  # fmt: skip

D = date
DAYS = st.dates(D(1950, 1, 1), D(2060, 12, 31))


def partial(text):
    found = parse_partial(text, on=D(2024, 5, 2))
    return (found.earliest, found.latest, found.precision)


def test_the_day_is_that_of_the_training(settings):
    settings.TRAINING_TODAY = "2024-05-02"
    assert today() == D(2024, 5, 2) and stamp().date() == D(2024, 5, 2)


def test_without_training_it_is_the_day_in_vietnam(settings):
    settings.TRAINING_TODAY = ""
    assert today() == datetime.now(calendar.TZ).date() and stamp().utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "text",
    ["12/5/2016", "12/05/2016", "12.5.2016", "12-5-2016", "12 5 2016", " 12 / 5 / 2016 ", "12/5/16", "ngày 12/5/2016", "2016-05-12", "2016-05-12 00:00:00",
     "2016-05-12T00:00:00", "ngày 12 tháng 5 năm 2016", "Ngày 12 tháng 05, năm 2016", "12 tháng 5 2016", "'12/5/2016", "12/5/2016."],
)  # fmt: skip
def test_a_day_is_read_in_every_way_people_write_it(text):
    assert partial(text) == (D(2016, 5, 12), D(2016, 5, 12), "day")


@pytest.mark.parametrize("text", ["5/2016", "05.2016", "5-2016", "tháng 5/2016", "t5/2016", "tháng 5 năm 2016", "2016-05"])
def test_a_month_allows_all_its_days(text):
    assert partial(text) == (D(2016, 5, 1), D(2016, 5, 31), "month")


@pytest.mark.parametrize("text", ["2016", "năm 2016", " 2016 "])
def test_a_year_allows_all_its_days(text):
    assert partial(text) == (D(2016, 1, 1), D(2016, 12, 31), "year")


@pytest.mark.parametrize(
    "text", ["khoảng 2017", "chừng 2017", "ước 2017", "~2017", "khoảng năm 2017", "7 tuổi", "khoảng 7 tuổi"]
)
def test_an_estimate_is_a_year_marked_as_one(text):
    assert partial(text) == (D(2017, 1, 1), D(2017, 12, 31), "estimated")


@pytest.mark.parametrize("text", ["", "  ", None, "'", "\u200b"])
def test_nothing_is_nothing(text):
    assert parse_partial(text) is None and parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("1/6/24", 2024), ("1/6/30", 2030), ("1/6/43", 2043), ("1/6/44", 1944), ("1/6/98", 1998), ("1/6/00", 2000)],
)
def test_a_year_of_two_digits_lies_less_than_twenty_years_ahead(text, year):
    assert parse_partial(text, on=D(2024, 5, 2)).latest.year == year


@pytest.mark.parametrize(
    "text", ["31/4/2016", "30/2/2016", "29/2/2015", "13/13/2016", "0/5/2016", "13/2016", "1/1/1899", "1/1/2101", "0001", "9999"]
)
def test_a_day_that_does_not_exist_is_said_so(text):
    with pytest.raises(ValueError, match="Không có ngày “"):
        parse_partial(text)


@pytest.mark.parametrize("text", ["hôm qua", "12/5", "5", "12/5/216", "x" * 500, "12//2016/", "<b>", "1e9", "=1+1", "99999999"])
def test_what_cannot_be_read_is_said_so_briefly(text):
    with pytest.raises(ValueError, match="Không đọc được ngày “") as fault:
        parse_partial(text)
    assert len(str(fault.value)) < 200


@given(st.text())
def test_no_text_raises_anything_but_a_sentence(text):
    try:
        found = parse_partial(text)
    except ValueError as fault:
        assert str(fault).endswith((".", "2016."))
    else:
        assert found is None or found.earliest <= found.latest


@given(st.from_regex(r"[0-9 ./-]{0,12}( tuổi| tháng [0-9]{1,3})?", fullmatch=True))
def test_no_numbers_raise_anything_but_a_sentence(text):
    try:
        parse_partial(text)
    except ValueError as fault:
        assert "Không" in str(fault)


@given(st.one_of(st.builds(of_day, DAYS), st.builds(of_year, st.integers(1900, 2100)), st.builds(of_month, st.integers(1900, 2100), st.integers(1, 12)), st.builds(of_year, st.integers(1900, 2100), st.just("estimated"))))  # fmt: skip
def test_what_is_shown_is_read_back(found):
    assert parse_partial(found.text) == found
    if found.precision != "estimated":
        assert parse_partial(found.iso) == found


def test_a_full_day_is_asked_for_where_it_is_needed():
    assert parse_day("12.5.2016") == D(2016, 5, 12)
    for text in ("5/2016", "2016", "khoảng 2016"):
        with pytest.raises(ValueError, match="chưa đủ ngày"):
            parse_day(text)


def test_days_are_shown_with_leading_zeros():
    assert show(D(2024, 5, 9)) == "09/05/2024" and show(None) == ""


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 2, 29), (2023, 2, 28), (2024, 4, 30), (2024, 12, 31), (1900, 2, 28), (2000, 2, 29)]
)
def test_the_last_day_of_a_month(year, month, day):
    assert month_end(year, month) == D(year, month, day)


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (D(2008, 5, 2), D(2024, 5, 1), 15),
        (D(2008, 5, 2), D(2024, 5, 2), 16),
        (D(2008, 2, 29), D(2024, 2, 28), 15),
        (D(2008, 2, 29), D(2024, 2, 29), 16),
        (D(2008, 2, 29), D(2023, 2, 28), 14),
        (D(2008, 2, 29), D(2023, 3, 1), 15),
        (D(2024, 5, 2), D(2024, 5, 2), 0),
        (D(2024, 5, 2), D(2020, 1, 1), 0),
    ],
)
def test_ages_who_was_born_on_29_2_turns_on_1_3(birth, on, age):
    assert age_on(birth, on) == age


def test_birthdays():
    assert birthday(D(2008, 2, 29), 16) == D(2024, 2, 29)
    assert birthday(D(2008, 2, 29), 15) == D(2023, 3, 1)
    assert birthday(D(2008, 5, 2), -1) == D(2007, 5, 2)


@pytest.mark.parametrize(
    ("birth", "on", "child"),
    [
        (D(2008, 5, 2), D(2024, 5, 2), False),  # the sixteenth birthday
        (D(2008, 5, 3), D(2024, 5, 2), True),
        (D(2024, 5, 2), D(2024, 5, 2), True),  # born on it
        (D(2024, 5, 3), D(2024, 5, 2), False),
        (D(2008, 2, 29), D(2024, 2, 28), True),
        (D(2008, 2, 29), D(2024, 2, 29), False),
    ],
)
def test_a_child_is_under_sixteen(birth, on, child):
    assert is_child(birth, on) is child


@given(DAYS, DAYS, st.integers(0, 18))
def test_the_boundary_in_the_database_says_what_the_age_says(birth, on, years):
    """`birth > boundary` is "younger than" for every day, leap days too."""
    if birth <= on:
        assert (birth > birth_after_for_age(years, on)) == (age_on(birth, on) < years)


@given(st.sampled_from([D(year, 2, 29) for year in range(1952, 2057, 4)]), DAYS, st.integers(0, 18))
def test_the_boundary_holds_for_leap_days(leap, other, years):
    for birth, on in ((leap, other), (other, leap)):
        if birth <= on:
            assert (birth > birth_after_for_age(years, on)) == (age_on(birth, on) < years)


OFF_2024 = {D(2024, 1, 1), *(D(2024, 2, day) for day in (8, 9, 12, 13, 14)), D(2024, 4, 18), D(2024, 4, 29), D(2024, 4, 30), D(2024, 5, 1), D(2024, 9, 2), D(2024, 9, 3)}  # fmt: skip


def test_the_days_off_of_2024_as_they_were_announced():
    """Tết 8–14/2, Giỗ Tổ 18/4, 29/4 given away for Saturday 4/5, 30/4 and 1/5, 2–3/9."""
    days = [D(2024, 1, 1) + timedelta(days=count) for count in range(366)]
    weekdays_off = {day for day in days if day.weekday() < 5 and not is_working_day(day)}
    weekends_worked = {day for day in days if day.weekday() >= 5 and is_working_day(day)}
    assert weekdays_off == OFF_2024 and weekends_worked == {D(2024, 5, 4)}


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (D(2025, 1, 27), False), (D(2025, 1, 31), False), (D(2025, 2, 3), True), (D(2025, 4, 7), False), (D(2025, 5, 2), False), (D(2025, 4, 26), True),
        (D(2025, 9, 1), False), (D(2025, 9, 2), False), (D(2026, 1, 2), False), (D(2026, 1, 10), True), (D(2026, 2, 17), False), (D(2026, 2, 23), True),
    ],
)  # fmt: skip
def test_tet_and_swapped_days_of_later_years(day, working):
    assert is_working_day(day) is working


def test_an_announcement_wins_over_the_calendar():
    assert is_working_day(D(2024, 5, 2), {D(2024, 5, 2): False}) is False
    assert is_working_day(D(2024, 5, 5), {D(2024, 5, 5): True}) is True


@pytest.mark.parametrize(("day", "found"), [(D(2024, 5, 9), D(2024, 5, 9)), (D(2024, 5, 1), D(2024, 4, 26)), (D(2024, 5, 5), D(2024, 5, 4)), (D(2024, 2, 14), D(2024, 2, 7))])  # fmt: skip
def test_the_working_day_on_or_before(day, found):
    assert working_day_on_or_before(day) == found


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (D(2024, 4, 26), 1, D(2024, 5, 2)),
        (D(2024, 4, 26), 3, D(2024, 5, 4)),  # the Saturday that was worked
        (D(2024, 4, 26), 4, D(2024, 5, 6)),
        (D(2024, 2, 7), 5, D(2024, 2, 21)),
        (D(2024, 5, 2), -1, D(2024, 4, 26)),
        (D(2024, 5, 2), 0, D(2024, 5, 2)),
        (D(2024, 5, 5), 12, D(2024, 5, 21)),
    ],
)
def test_working_days_are_counted_without_the_first(day, count, found):
    assert add_working_days(day, count) == found


@given(st.dates(D(2020, 1, 1), D(2026, 6, 30)), st.integers(0, 40))
def test_counting_between_is_the_inverse_of_adding(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(D(2024, 5, 9), D(2024, 5, 1)) == 0


def test_the_week_begins_on_monday():
    assert week_start(D(2024, 5, 5)) == D(2024, 4, 29) and week_start(D(2024, 4, 29)) == D(2024, 4, 29)


@pytest.mark.parametrize(
    ("due", "text"), [(D(2024, 5, 5), "còn 3 ngày"), (D(2024, 5, 2), "hôm nay là hạn cuối"), (D(2024, 4, 30), "quá 2 ngày")]
)
def test_how_far_a_due_day_is(due, text):
    assert days_left_text(due) == text
