"""The targets that a sentence names, with comparison, value and unit."""

import csv
from decimal import Decimal

import pytest

from plans.goals import goals_in
from tests.plans.seeds import SHARED, beside


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("97 % trẻ em có hoàn cảnh đặc biệt được trợ giúp", [("ge", "97", "%", 100)]),
        ("Giảm tỷ lệ trẻ em có hoàn cảnh đặc biệt xuống dưới 1,5%", [("lt", "1.5", "%", 100)]),
        ("Tỷ lệ không quá 3%", [("le", "3", "%", 100)]),
        ("Phấn đấu trên 90% trẻ em có trong phần mềm, trong đó ít nhất 75% được làm sạch", [
            ("gt", "90", "%", 100), ("ge", "75", "%", 100)]),
        ("Từ 99% trở lên trẻ em được hỗ trợ", [("ge", "99", "%", 100)]),
        ("Giảm tỷ suất tai nạn thương tích xuống dưới 60/10.000 trẻ em", [("lt", "60", "/10.000 trẻ em", 10000)]),
        ("Không để xảy ra xâm hại trẻ em", [("eq", "0", "trẻ em", 1)]),
        ("Phấn đấu không có số vụ xâm hại trẻ em", [("eq", "0", "vụ", 1)]),
        ("Giảm tỷ lệ gia tăng trẻ em bị xâm hại", [("decrease", None, "định tính", None)]),
        ("Tổ chức tốt Tết Trung thu", [("qualitative", None, "định tính", None)]),
        ("Khám, phẫu thuật miễn phí cho khoảng 100 trẻ em khuyết tật", [("ge", "100", "trẻ em", 1)]),
        ("Theo Quyết định 06/QĐ-TTg, ngày 03/01/2019, phấn đấu đạt 90% phường đạt chuẩn", [("ge", "90", "%", 100)]),
    ],
)  # fmt: skip
def test_a_sentence_says_what_shall_be_reached(text, wanted):
    wanted = [(comparison, value and Decimal(value), unit, per) for comparison, value, unit, per in wanted]
    assert [(goal.comparison, goal.value, goal.unit, goal.multiplier) for goal in goals_in(text)] == wanted


def test_several_targets_of_one_paragraph_keep_their_own_words():
    found = goals_in(
        "85% trẻ em khuyết tật được khám, cung ứng 100% các dịch vụ khi được phát hiện; không có trẻ em lao động sớm."
    )
    assert [goal.text for goal in found] == [
        "85% trẻ em khuyết tật được khám", "Cung ứng 100% các dịch vụ khi được phát hiện", "Không có trẻ em lao động sớm",
    ]  # fmt: skip


def test_a_goal_becomes_a_row_of_the_targets_file():
    row = goals_in("97% trẻ em được trợ giúp")[0].row("3", "I.2")
    assert (row["id"], row["section"], row["value"], row["multiplier"]) == ("3", "I.2", "97", "100")


@beside
@pytest.mark.shared
def test_every_figure_of_the_seed_targets_is_read_from_their_wording():
    with (SHARED / "targets_in_seeds.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"].startswith(("%", "/")) and row["value"]]
    wrong = []
    for row in rows:
        goal = goals_in(row["text_vi"])[0]
        if (goal.comparison, goal.value) != (row["comparison"], Decimal(row["value"])):
            wrong.append((row["id"], goal))
    assert len(rows) == 27 and [key for key, _ in wrong] == ["T000-28"]  # "đầy đủ" stands for 100% there
