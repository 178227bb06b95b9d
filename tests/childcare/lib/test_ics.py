"""A calendar feed, read back by a library that is not ours."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from childcare.lib.calendar import TZ
from childcare.lib.ics import Event, feed, folded

STAMP = datetime(2024, 5, 2, 8, 30, tzinfo=TZ)


def events(*rows):
    """The events of a feed as the library reads them."""
    return Calendar.from_ical(feed("Lịch", rows, stamp=STAMP)).walk("VEVENT")


def test_a_whole_day_ends_on_the_first_day_no_longer():
    found = events(Event("report-1", date(2024, 5, 9), "Hạn gửi báo cáo 6 tháng đầu năm 2024"))[0]
    assert found.decoded("DTSTART") == date(2024, 5, 9) and found.decoded("DTEND") == date(2024, 5, 10)
    assert str(found["SUMMARY"]) == "Hạn gửi báo cáo 6 tháng đầu năm 2024"


def test_several_days_last_to_the_evening_of_the_last():
    found = events(Event("c", date(2024, 6, 1), "Tháng hành động vì trẻ em", until=date(2024, 6, 30)))[0]
    assert found.decoded("DTEND") == date(2024, 7, 1)


def test_a_moment_is_told_in_vietnam_whatever_clock_it_came_from():
    moment = datetime(2024, 5, 2, 1, 0, tzinfo=TZ)
    found = events(Event("m", moment.astimezone(TZ), "Họp"))[0]
    assert found.decoded("DTSTART").utcoffset() == timedelta(hours=7) and found.decoded("DTSTART") == moment
    assert b"TZID:Asia/Ho_Chi_Minh" in feed("Lịch", [], stamp=STAMP)


@pytest.mark.parametrize(
    "title",
    [
        "Kiểm tra; rà soát, đôn đốc \\ báo cáo",
        "Đường dây 111: gọi khẩn cấp",
        "ễ" * 200,
        "Tuyên truyền phòng, chống đuối nước, xâm hại, tai nạn thương tích cho trẻ em trên địa bàn toàn phường năm 2024",
        "👧🏽 " * 40,
    ],
    ids=["signs", "colon", "marks", "long", "pairs"],
)
def test_a_title_comes_back_letter_by_letter(title):
    assert str(events(Event("t", date(2024, 5, 2), title))[0]["SUMMARY"]) == title.strip()


def test_no_line_is_longer_than_the_format_allows_and_no_letter_is_cut():
    data = feed("Lịch công tác trẻ em của phường", [Event("t", date(2024, 5, 2), "ễ" * 300)], stamp=STAMP)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines)  # each piece is whole UTF-8
    assert len(folded("a" * 75).split("\r\n")) == 1 and len(folded("a" * 76).split("\r\n")) == 2


def test_a_line_break_in_a_title_adds_no_line_of_its_own():
    found = events(Event("t", date(2024, 5, 2), "Họp\r\nATTENDEE:mailto:x@y.vn"))
    assert len(found) == 1 and "ATTENDEE" not in found[0]


def test_equal_events_give_equal_bytes():
    rows = [Event("a", date(2024, 5, 2), "Họp")]
    assert feed("Lịch", rows, stamp=STAMP) == feed("Lịch", rows, stamp=STAMP)
