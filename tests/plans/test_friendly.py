"""The rules of the scoring by hand: totals, zeros, what is not loaded, what a figure proposes, steps as text."""

from decimal import Decimal
from types import SimpleNamespace as Thing

import pytest

from plans import friendly


def part(pk, most=Decimal(50), steps=()):
    return Thing(pk=pk, max_points=most, steps=list(steps))


def line(number, *points, most=Decimal(50)):
    """A criterion with one part for each of the points (None: not scored)."""
    parts = [part(f"{number}-{place}", most) for place, _ in enumerate(points)]
    scores = {one.pk: Thing(points=Decimal(str(value))) for one, value in zip(parts, points, strict=True) if value is not None}
    return friendly.line_of(Thing(number=number), parts, scores, "QĐ 06")


def test_a_criterion_without_parts_or_with_a_part_without_points_cannot_be_scored():
    assert "Chưa nạp điểm" in line(2).why_not and "QĐ 06" in line(2).why_not
    half = friendly.line_of(Thing(number=1), [part(1), part(2, None)], {}, "QĐ 06")
    assert half.most is None and half.why_not


def test_the_sum_of_its_parts_counts_once_all_are_scored():
    assert line(1, 50, 20).points == 70 and line(1, 50, 20).most == 100
    assert line(1, 50, None).points is None


@pytest.mark.parametrize(
    "points, wanted, passed, sentence",
    [
        ([50, 40], 90, True, "Đạt: tổng 90 điểm, yêu cầu ít nhất 90 điểm, không tiêu chí nào bị điểm 0."),
        ([50, "39.5"], 90, False, "Chưa đạt: tổng 89,5 điểm, yêu cầu ít nhất 90 điểm."),
        ([50, 0], 50, False, "Chưa đạt: tiêu chí 2 bị điểm 0."),
        ([50, None], 50, False, "Chưa chấm xong: còn tiêu chí 2."),
    ],
    ids=["just", "half a point short", "a zero", "one left"],
)
def test_the_result(points, wanted, passed, sentence):
    result = friendly.result_of([line(number, value) for number, value in enumerate(points, 1)], wanted)
    assert (result.passed, result.sentence) == (passed, sentence)


def test_what_is_not_loaded_is_named_before_anything_else():
    result = friendly.result_of([line(1, 50), line(2), line(3), line(4, None)], 10)
    assert result.sentence == "Chưa chấm được: bảng điểm của tiêu chí 2 và 3 chưa được nạp từ bản gốc."
    assert not result.complete and not result.passed


def figure(value, missing=False, masked=False):
    return Thing(value=None if value is None else Decimal(str(value)), missing=missing, masked=masked)


@pytest.mark.parametrize(
    "value, points",
    [(100, 50), (98, 50), ("97.99", None), (0, None)],
)
def test_a_figure_proposes_only_what_a_loaded_step_says(value, points):
    found, words = friendly.proposal(part(1, steps=[[98, 50]]), figure(value))
    assert found == points
    assert ("đề xuất 50 điểm" in words) == (points is not None)
    assert points is not None or "chưa được nạp" in words


def test_lower_steps_propose_once_they_are_loaded_and_nothing_proposes_without_a_figure():
    steps = [[95, 40], [98, 50]]
    assert friendly.proposal(part(1, steps=steps), figure(96))[0] == 40
    assert friendly.proposal(part(1, steps=steps), figure(None))[1].startswith("không phát sinh")
    for none in (None, figure(99, missing=True), figure(99, masked=True)):
        assert friendly.proposal(part(1, steps=steps), none) == (None, "chưa có số liệu để đề xuất điểm")
    assert friendly.proposal(part(1), figure(99))[0] is None


def test_steps_are_read_as_written_and_shown_back():
    assert friendly.read_steps("95:40; 98:50") == [[98, 50], [95, 40]]
    assert friendly.read_steps("97,5:45\n90:30") == [[97.5, 45], [90, 30]]
    assert friendly.show_steps(friendly.read_steps("97,5:45; 90:30")) == "97,5:45; 90:30"
    assert friendly.read_steps("") == []


@pytest.mark.parametrize("text", ["98", "98:", "a:b", "98:-5", "nan:5", "inf:1"])
def test_steps_that_cannot_be_read_are_refused_in_words(text):
    with pytest.raises(ValueError, match="Không đọc được nấc"):
        friendly.read_steps(text)
