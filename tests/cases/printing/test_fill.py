"""Dotted lines that end at the margin, fields with what is known."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.printing.fill import FIRST, boxes, day, dots, field, line, moment, table
from childcare.documents.docx import text_width
from childcare.documents.structure import Bullets


def wide(text):
    return text_width(text, 14, "Regular")


@pytest.mark.parametrize("label", ["Nơi ở", "Số điện thoại, địa chỉ", "Thông qua (điện thoại, gặp trực tiếp, người khác báo)"])
def test_the_dots_end_just_before_the_margin(label):
    (paragraph,) = field(label)
    assert FIRST - 4 < wide(paragraph.text) < FIRST and paragraph.text.startswith(f"{label}: ....")


def test_more_dotted_lines_stand_below():
    first, *more = field("Tình trạng", "", 3)
    assert len(more) == 2 and all(set(one.text) == {"."} and FIRST - 4 < wide(one.text) < FIRST for one in more)


def test_a_label_that_fills_its_line_has_its_dots_below():
    label, *more = field("Những hành động hỗ trợ, can thiệp đã thực hiện trước khi nhận được thông tin", "", 2)
    assert label.text.endswith("thông tin:") and len(more) == 2


def test_a_known_value_leaves_no_dots_and_keeps_its_lines():
    head, second, third = field("Ý kiến", "Muốn ở với bà.\nSợ cha.\n- không đi học")
    assert head.text == "Ý kiến: Muốn ở với bà." and second.text == "Sợ cha." and isinstance(third, Bullets)
    assert field("", "Chỉ có chữ")[0].text == "Chỉ có chữ"


def test_a_line_of_several_fields_mixes_what_is_known_and_what_is_not():
    text = line(("Ngày sinh", "03/04/2015", 40), ("Giới tính", "", 20)).text
    assert text.startswith("Ngày sinh: 03/04/2015; Giới tính: .....") and wide(text) < FIRST
    assert "; " not in line(("Tuổi", "", 10), ("Nghề nghiệp", "", 20)).text


def test_one_box_is_ticked():
    assert boxes("Giới tính", [("m", "Nam"), ("f", "Nữ")], "f").text == "Giới tính: ☐ Nam; ☒ Nữ"


def test_days_and_moments_in_vietnam():
    at = datetime(2024, 5, 1, 17, 5, tzinfo=ZoneInfo("UTC"))
    assert moment(at) == "00 giờ 05 phút, ngày 02 tháng 5 năm 2024" and "giờ ......." in moment(None)
    assert day(date(2024, 1, 9)) == "ngày 09 tháng 01 năm 2024" and day(None, 2024).endswith("năm 2024")


def test_a_table_without_rows_has_room_for_the_pen():
    empty = table([("TT", 1, "center"), ("Việc", 5, "left")], [], blank=4)
    assert len(empty.rows) == 4 and all("....\n...." in row[1] for row in empty.rows)
    filled = table([("TT", 1, "center"), ("Việc", 5, "left")], [("1", "")])
    assert filled.rows[0][0] == "1" and filled.rows[0][1].startswith("...")


def test_dots_are_never_fewer_than_three():
    assert dots(0) == "..."
