"""A child that stood twice in the registry: once from the merge on, twice in what was known before it, twice again after undoing."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from childcare.children.actions.merging import merge
from childcare.children.actions.unmerging import undo
from tests import factories as make


def double(ward):
    """A girl typed twice, with one gift written down in both records and a fall of the second."""
    rows = [make.child(make.hamlet(ward), "Nguyễn Thị Hoà", "12/05/2016", "f") for _ in range(2)]
    for row in rows:
        make.circumstance(row, "N08", since=date(2023, 12, 1))
        make.support(row, "S33", on=date(2024, 2, 8), unit=ward)
    make.incident(ward, children=[(row, {}) for row in rows])
    return rows


CODES = ("DS-01", "HC-01", "HC-03", "TN-01")


def test_figures_count_the_child_once_now_and_twice_as_it_was_known_then(ward, an, number, window):
    kept, merged = double(ward)
    assert [number(code) for code in CODES] == [2, 2, 2, 2]
    then = timezone.now()
    row = merge(by=an, kept=kept, merged=merged, reason="Cùng giấy khai sinh")
    assert [number(code) for code in CODES] == [1, 1, 1, 1]
    assert [number(code, window=replace(window, known_at=then)) for code in CODES] == [2, 2, 2, 2]
    between = timezone.now()
    undo(merge=row, by=an, reason="Hai chị em họ")
    assert [number(code) for code in CODES] == [2, 2, 2, 2]
    assert [number(code, window=replace(window, known_at=between)) for code in CODES] == [1, 1, 1, 1]
    assert [number(code, window=replace(window, known_at=then)) for code in CODES] == [2, 2, 2, 2]


def test_a_place_cut_by_the_merge_is_no_flow(ward, an, number, figure):
    kept, merged = double(ward)
    merged.residences.update(started_on=date(2024, 1, 15))
    before = [number("HC-32", f"flow={part}") for part in ("out",)]
    merge(by=an, kept=kept, merged=merged, reason="Cùng giấy khai sinh", residence="merged")
    assert number("DS-01") == 1 and [number("HC-32", f"flow={part}") for part in ("out",)] == before == [0]
