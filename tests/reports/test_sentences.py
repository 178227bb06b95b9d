"""The proposed text against sentences written by hand."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.lib import periods
from reports import facts as telling
from reports import sentences
from reports.kept import Figures, Kept
from reports.outline import WRITTEN


def count(value):
    return Kept(Decimal(value), None, 1, missing=False)


def rate(top, below, multiplier=100):
    return Kept(Decimal(top), Decimal(below), multiplier, missing=False)


NAMES = {
    "N04": "Trẻ em khuyết tật", "N13": "Trẻ em mắc bệnh hiểm nghèo thuộc hộ nghèo", "DS-02": "Tỷ lệ trẻ em trên tổng dân số",
    "YT-04": "Tỷ lệ suy dinh dưỡng thể nhẹ cân ở trẻ em dưới 5 tuổi", "YT-05": "Tỷ lệ suy dinh dưỡng thể thấp còi",
    "YT-07": "Tỷ lệ tiêm chủng", "YT-12": "Tỷ lệ khám sức khỏe định kỳ",
}  # fmt: skip


def facts(now=None, earlier=None, **more):
    defaults = {
        "where": "phường", "parts": "tổ dân phố", "year": 2024, "period": periods.parse("2024-H1"), "cutoff": date(2024, 4, 30),
        "names": NAMES, "groups": ("N04", "N13"), "above": "UBND quận Kiến An",
    }  # fmt: skip
    return telling.Facts(now=Figures(now or {}), earlier=Figures(earlier or {}), **{**defaults, **more})


def test_the_situation_says_how_many_children_and_what_they_were_a_year_ago():
    text = sentences.situation(
        facts(
            {"DS-01": count(1842), "DS-02": rate(1842, 7643), "DS-03": count(512), "DS-05": count(950), "DS-06": count(892),
             "DS-08": count(14), "DS-09": count(0), "HC-01": count(31), "HC-02": rate(31, 1842), "HC-05": count(74),
             "HC-06": rate(74, 1842)},
            {"DS-01": count(1815), "HC-01": count(36)},
        )
    )  # fmt: skip
    assert text.split("\n") == [
        "Toàn phường hiện có 1.842 trẻ em dưới 16 tuổi (cùng kỳ 1.815), chiếm 24,1% dân số; trong đó 512 trẻ em dưới 6 tuổi, "
        "950 trẻ em nam và 892 trẻ em nữ.",
        "Trong tổng số trẻ em có 14 trẻ em thuộc hộ nghèo và không có trẻ em thuộc hộ cận nghèo.",
        "Phường có 31 trẻ em có hoàn cảnh đặc biệt (1,7% tổng số trẻ em; cùng kỳ 36) và "
        "có 74 trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt (4,0% tổng số trẻ em).",
    ]


def test_a_ward_that_nobody_counted_says_so():
    assert sentences.situation(facts()) == "Số trẻ em trên địa bàn phường: chưa thống kê."


def test_special_circumstances_are_told_by_group_with_the_change():
    text = sentences.circumstances(
        facts(
            {"HC-01": count(31), "HC-01|group=N04": count(20), "HC-01|group=N13": count(13), "HC-03": count(30), "HC-04": rate(30, 31)},
            {"HC-01": count(36), "HC-04": rate(34, 36)},
            moves=(2, 7),
        )
    )  # fmt: skip
    assert text.split("\n") == [
        "Tính đến ngày 30/04/2024, phường có 31 trẻ em có hoàn cảnh đặc biệt, giảm 5 trẻ em, tương đương giảm 13,9% so với "
        "cùng kỳ năm 2023; gồm: 20 trẻ em khuyết tật; 13 trẻ em mắc bệnh hiểm nghèo thuộc hộ nghèo.",
        "Một trẻ em có thể thuộc nhiều nhóm: tổng các nhóm là 33, số trẻ em không trùng là 31.",
        "Trong kỳ tăng 2, giảm 7 trẻ em có hoàn cảnh đặc biệt.",
        "30/31 trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp, đạt 96,8% (cùng kỳ 94,4%).",
    ]


def test_a_confirmed_zero_and_a_missing_count_are_different_sentences():
    assert sentences.abuse(facts({"XH-01": count(0), "XH-03": count(0)})) == (
        "Trong kỳ không xảy ra trường hợp nào trẻ em bị xâm hại."
    )
    assert sentences.abuse(facts()) == "Số trẻ em bị xâm hại: chưa thống kê."


def test_one_abused_child_is_told_with_what_was_done():
    text = sentences.abuse(
        facts({"XH-01": count(1), "XH-03": count(1), "XH-05": rate(1, 1)}, {"XH-01": count(0)})
    )  # fmt: skip
    assert text.split("\n") == [
        "Trong kỳ ghi nhận 1 vụ, 1 trẻ em bị xâm hại, tăng 1 trẻ em so với cùng kỳ năm 2023.",
        "1/1 trẻ em bị xâm hại khi phát hiện được hỗ trợ, quản lý, can thiệp (100,0%).",
    ]


def test_drowning_is_told_with_the_change():
    text = sentences.injuries(
        facts({"TN-01": count(6), "TN-03": count(1), "TN-05": count(1)}, {"TN-01": count(8), "TN-05": count(2)})
    )
    assert text.split("\n") == [
        "Trong kỳ có 6 trẻ em bị tai nạn, thương tích, giảm 2 trẻ em, tương đương giảm 25,0% so với cùng kỳ năm 2023.",
        "1 trẻ em tử vong do tai nạn, thương tích.",
        "Trong kỳ có 1 trẻ em tử vong do đuối nước, giảm 1 trẻ em so với cùng kỳ năm 2023.",
    ]


def test_health_names_what_nobody_counted():
    text = sentences.health(facts({"YT-09": rate(512, 520), "YT-04": rate(9, 150)}, {"YT-09": rate(490, 500)}))
    assert text.split("\n") == [
        "98,5% trẻ em dưới 6 tuổi được cấp thẻ bảo hiểm y tế (512/520; cùng kỳ 98,0%).",
        "Tỷ lệ suy dinh dưỡng thể nhẹ cân ở trẻ em dưới 5 tuổi: 6,0% (9/150).",
        "Chưa thống kê: tỷ lệ suy dinh dưỡng thể thấp còi; tỷ lệ tiêm chủng; tỷ lệ khám sức khỏe định kỳ.",
    ]


def test_targets_that_were_missed_are_named_as_weaknesses_and_as_next_steps():
    rows = (
        {
            "text": "99% trẻ em được hỗ trợ",
            "word": "Chậm tiến độ",
            "state": "behind",
            "sentence": "Thực hiện 96,8%, còn thiếu 2,2%.",
        },
        {"text": "Không có trẻ em bị xâm hại", "word": "Đạt", "state": "met", "sentence": "Đạt."},
        {"text": "Nâng cao nhận thức", "word": "Chưa có số liệu", "state": "none", "sentence": "Chưa có số liệu."},
    )
    told = facts(targets=rows, plan="Kế hoạch năm 2024")
    assert sentences.against_plan(told).split("\n") == [
        "Trong 3 chỉ tiêu của kế hoạch năm 2024: 1 chỉ tiêu chậm tiến độ, 1 chỉ tiêu đạt và 1 chỉ tiêu chưa có số liệu.",
        "- 99% trẻ em được hỗ trợ: thực hiện 96,8%, còn thiếu 2,2%.",
    ]
    assert "Còn 1 chỉ tiêu chưa đạt hoặc chậm tiến độ: 99% trẻ em được hỗ trợ." in sentences.weaknesses(told)
    assert "Trong 6 tháng cuối năm, phường tiếp tục thực hiện Kế hoạch năm 2024." in sentences.next_steps(told)


def test_the_yearly_report_looks_at_the_next_year():
    assert "Trong năm 2025" in sentences.next_steps(facts(period=periods.parse("2024")))


def test_what_was_done_is_listed_and_the_rest_counted():
    lines = [f"Ngày {day:02d}/03/2024: buổi {day}" for day in range(1, 9)]
    text = sentences.communication(facts({"TR-02": count(8)}, titles={"TR-02": lines}))
    assert text.startswith("Đã tổ chức 8 buổi truyền thông.\n- Ngày 01/03/2024: buổi 1")
    assert "Ngoài ra còn 2 hoạt động khác." in text


@pytest.mark.parametrize("given", [{}, {"DS-01": count(0), "HC-01": count(0)}])
def test_every_section_has_a_text_whatever_is_known(given):
    found = sentences.propose(facts(given))
    assert list(found) == [section.key for section in WRITTEN]
    assert all("None" not in text and "  " not in text for text in found.values())


def test_nothing_is_told_of_a_zero_that_says_nothing():
    text = sentences.communication(facts({"TR-02": count(0), "TR-03": count(0)}, {"TR-03": count(0)}))
    assert text == "Trong kỳ chưa tổ chức buổi truyền thông nào."


def test_a_ward_without_risks_says_that_none_was_recorded():
    text = sentences.special(
        facts({"HC-01": count(2), "HC-02": rate(2, 40), "HC-05": count(0), "HC-06": rate(0, 40)}, {"HC-05": count(3)})
    )
    assert text == (
        "Phường có 2 trẻ em có hoàn cảnh đặc biệt (5,0% tổng số trẻ em) và "
        "chưa ghi nhận trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt (cùng kỳ 3)."
    )


def test_a_sensitive_group_is_not_named_in_the_text():
    figures = {"HC-01": count(3), "HC-01|group=N04": count(2), "HC-01|group=N11": count(1)}
    text = sentences.circumstances(facts(figures, groups=("N04", "N11"), hidden=frozenset({"N11"})))
    assert "gồm: 2 trẻ em khuyết tật; 1 trẻ em thuộc các nhóm khác (chi tiết tại Phụ lục)." in text
