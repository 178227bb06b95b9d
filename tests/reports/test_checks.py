"""Checks before signing, each against a draft that breaks just that rule."""

from datetime import date
from decimal import Decimal

import pytest

from reports import checks
from reports.drafts import Draft
from reports.kept import Figures, Kept


def count(value):
    return Kept(Decimal(value), None, 1, missing=False)


def told(figures=None, tables=None, sections=None, unconfirmed=()):
    draft = Draft(
        figures=Figures({code: count(value) for code, value in (figures or {}).items()}),
        tables=tables or {},
        sections=sections or {},
    )
    return [warning.sentence for warning in checks.warnings(draft, unconfirmed)]


GOOD = {"DS-01": 10, "DS-03": 4, "DS-05": 6, "DS-06": 4, "HC-01": 2, "HC-03": 1, "TN-01": 3, "TN-03": 1, "TN-05": 1}


def row(*values):
    return {"rows": [{"name": "Trẻ em khuyết tật", "values": [*values, 0, 0, 0, 0, "", 0]}]}


def test_figures_that_fit_give_no_warning():
    assert told(GOOD) == []


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"DS-03": 11}, "Số trẻ em dưới 6 tuổi lớn hơn số trẻ em dưới 16 tuổi: 11 > 10."),
        ({"HC-01": 12}, "Số trẻ em có hoàn cảnh đặc biệt lớn hơn số trẻ em: 12 > 10."),
        ({"HC-03": 3}, "Số trẻ em được trợ giúp lớn hơn số trẻ em có hoàn cảnh đặc biệt: 3 > 2."),
        ({"TN-03": 4}, "Số trẻ em tử vong do tai nạn lớn hơn số trẻ em bị tai nạn: 4 > 3."),
        ({"DS-05": 5}, "Nam (5) + nữ (4) khác tổng số trẻ em (10): 1 trẻ em chưa có giới tính."),
    ],
)
def test_a_broken_rule_is_one_sentence(change, sentence):
    assert told({**GOOD, **change}) == [sentence]


def jumped(now, before, code="DS-01"):
    draft = Draft(figures=Figures({code: count(now)}), earlier=Figures({code: count(before)}))
    return [warning.sentence for warning in checks.warnings(draft, names={"DS-01": "Số trẻ em dưới 16 tuổi"})]


@pytest.mark.parametrize(("now", "before"), [(119, 100), (100, 100), (12, 5), (59, 50), (5, 0)])
def test_a_change_of_less_than_a_fifth_or_of_few_children_is_not_asked_about(now, before):
    assert jumped(now, before) == []


def test_a_jump_against_the_same_period_is_asked_about():
    assert jumped(343, 254) == ["Số trẻ em dưới 16 tuổi tăng 35% so với cùng kỳ: 254 → 343."]
    assert jumped(40, 50) == ["Số trẻ em dưới 16 tuổi giảm 20% so với cùng kỳ: 50 → 40."]
    assert jumped(100, 50, "TN-01") == []  # an event is told in the report, not doubted


def test_a_typed_figure_older_than_the_period_is_asked_about():
    found = checks.warnings(Draft(), old=[("Trẻ em được tiêm chủng", date(2022, 12, 31))])
    assert (
        found[0].sentence == "Trẻ em được tiêm chủng: số của ngành lấy ngày 31/12/2022, trước kỳ báo cáo. Hãy hỏi lại số mới."
    )


def test_a_warning_carries_the_reason_given_for_it_and_each_has_its_own_box():
    draft = Draft(explained={"Mục “Kiến nghị, đề xuất” còn để trống.": {"reason": "Không có", "by": "An", "at": ""}},
                  sections={key: {"proposal": "", "text": None} for key in ("VI", "VII")})  # fmt: skip
    rows = {row.sentence: row for row in checks.warnings(draft)}
    assert rows["Mục “Kiến nghị, đề xuất” còn để trống."].reason == "Không có"
    assert len({row.box for row in rows.values()}) == len(rows)


def test_what_came_and_went_must_lead_from_the_start_to_the_end():
    assert told(tables={"PL2": row(2, 1, 1, 2)}) == []
    assert told(tables={"PL2": row(2, 1, 0, 2)}) == ["Trẻ em khuyết tật: đầu kỳ 2 + tăng 1 − giảm 0 khác cuối kỳ 2."]


def test_the_parts_must_add_up_to_the_whole():
    table = {"word": "Tổ dân phố", "rows": [{"name": "1", "values": [3]}, {"name": "2", "values": [4]}], "total": [8]}
    assert told(tables={"PL1": table}) == ["Cộng các tổ dân phố được 7, khác tổng số trẻ em 8."]


def test_stale_words_and_empty_sections_and_unconfirmed_zeros_are_named():
    sections = {"I": {"proposal": "a", "text": "b", "stale": True}, "V": {"proposal": "a", "text": "", "stale": False}}
    found = told(sections=sections, unconfirmed=[{"code": "XH-01", "name": "Số trẻ em bị xâm hại"}])
    assert "Mục “Đặc điểm tình hình”: số liệu đã đổi sau khi anh/chị sửa lời." in found
    assert "Mục “Tồn tại, hạn chế, nguyên nhân” còn để trống." in found
    assert found[-1] == "Chưa xác nhận “không phát sinh”: Số trẻ em bị xâm hại."


def test_a_period_that_is_not_over_is_said():
    found = checks.warnings(Draft(), cutoff=date(2024, 10, 31), on=date(2024, 5, 2))
    assert found[0].sentence == "Kỳ số liệu đến 31/10/2024 chưa kết thúc; số liệu còn có thể thay đổi."
    assert checks.warnings(Draft(), cutoff=date(2024, 4, 30), on=date(2024, 5, 2)) == []
