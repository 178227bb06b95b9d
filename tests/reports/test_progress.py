"""Rows of the target table of a report, from kept figures."""

from datetime import date

import pytest

from childcare.indicators.models import Indicator
from plans.models import Plan, Target
from reports.kept import Kept
from reports.progress import per, share_of, target_row, target_rows
from tests import people

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 30)


@pytest.fixture
def goal():
    """Makes a target of a plan of Kiến An."""
    plan = Plan.objects.create(unit=people.unit(people.KIEN_AN), first_year=2024, last_year=2024, subject="Kế hoạch")

    def make(code, comparison, value, **fields):
        number = plan.targets.count() + 1
        indicator = Indicator.objects.get(code=code)
        return Target.objects.create(
            plan=plan,
            position=number,
            text="Chỉ tiêu",
            indicator=indicator,
            comparison=comparison,
            value=value,
            unit_text=indicator.unit,
            **fields,
        )

    return make


def kept(numerator, denominator=None, multiplier=1):
    return Kept(numerator, denominator, multiplier, missing=False)


def test_a_rate_that_is_reached_is_met_with_its_two_numbers(goal):
    row = target_row(goal("HC-04", "ge", 97), kept(98, 100, 100), kept(90, 100, 100), DAY)
    assert (row["word"], row["now"], row["earlier"], row["share"]) == ("Đạt", "98/100 (98,0%)", "90/100 (90,0%)", "101,0%")


def test_an_abused_child_is_told_with_who_was_helped_and_never_as_a_failure(goal):
    row = target_row(goal("XH-01", "eq", 0), kept(1), kept(0), DAY, helped=kept(1, 1, 100))
    assert (row["state"], row["sentence"]) == ("none", "Ghi nhận 1 trẻ em; 1/1 đã được can thiệp.")


def test_without_a_count_of_the_helped_nothing_is_claimed(goal):
    target = goal("XH-01", "eq", 0)
    for helped in (None, Kept(), kept(0, 0, 100)):
        assert "can thiệp" not in target_row(target, kept(1), kept(0), DAY, helped=helped)["sentence"]


def test_the_helped_are_told_only_with_abused_children(goal):
    row = target_row(goal("LD-02", "eq", 0), kept(2), kept(0), DAY, helped=kept(1, 1, 100))
    assert "can thiệp" not in row["sentence"]


def test_a_missing_figure_is_said_to_be_missing(goal):
    row = target_row(goal("HC-04", "ge", 97), Kept(), Kept(), DAY)
    assert (row["word"], row["now"], row["share"]) == ("Chưa có số liệu", "chưa thống kê", "")


def test_a_qualitative_target_without_a_count_prints_no_number(goal):
    row = target_row(goal("QL-01", "qualitative", None), Kept(), Kept(), DAY)
    assert (row["now"], row["earlier"]) == ("", "")


def test_the_multiplier_of_the_target_wins_for_rates_and_leaves_counts_alone():
    assert per(kept(3, 1000, 100_000), 10_000).rate == 30
    assert per(kept(3), 10_000) == kept(3) and per(kept(3, 1000, 100), None).multiplier == 100


def test_the_share_of_the_plan_stands_only_beside_targets_that_grow(goal):
    assert share_of(goal("HC-04", "ge", 50), kept(25, 100, 100)) == "50,0%"
    assert share_of(goal("XH-01", "eq", 0), kept(0)) == "" and share_of(goal("HC-05", "decrease", None), kept(3)) == ""


def test_every_target_has_its_row_in_order_and_no_plan_has_none(goal):
    first, second = goal("HC-04", "ge", 97), goal("XH-01", "eq", 0)
    rows = target_rows(first.plan, lambda target: (kept(1, 1, 100), kept(0)), DAY, kept(1, 1, 100))
    assert [row["key"] for row in rows] == [first.public_id.hex, second.public_id.hex]
    assert target_rows(None, None, DAY) == []
