"""Whether the parts of a total add up, in figures and in words."""

from decimal import Decimal

from plans.models import BudgetLine
from plans.money import sums


def lines(total, *parts):
    head = BudgetLine(pk=1, amount=total)
    return [head, *(BudgetLine(pk=at, part_of=head, amount=part) for at, part in enumerate(parts, 2))]


def test_the_four_projects_of_ha_nam_make_684_million_and_it_is_said_in_words():
    million = Decimal(1_000_000)
    (said,) = sums(lines(684 * million, 140 * million, 109 * million, 290 * million, 145 * million))
    assert said.right
    assert said.text == (
        "Các khoản cộng đúng: 140.000.000 + 109.000.000 + 290.000.000 + 145.000.000 = 684.000.000 đồng "
        "(Sáu trăm tám mươi bốn triệu đồng)."
    )


def test_a_total_that_is_wrong_says_by_how_much():
    (said,) = sums(lines(Decimal(100), Decimal(60), Decimal(30)))
    assert not said.right
    assert said.text == "Các khoản cộng lại không bằng tổng 100 đồng: 60 + 30 = 90 đồng, lệch 10 đồng."


def test_lines_without_amounts_say_nothing():
    assert sums(lines(None, Decimal(60))) == []
    assert sums(lines(Decimal(60), None)) == []
