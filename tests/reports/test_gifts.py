"""Gifts of festive days in the words of part III.7."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.children.models import Child
from reports import drafts
from tests import factories
from tests.reports import reporting

pytestmark = pytest.mark.django_db


def test_gifts_are_told_by_occasion_with_what_each_was_worth(an):
    ward = reporting.small_ward()
    nam, hoa, minh = Child.objects.order_by("birth_latest")
    for child in (nam, hoa, minh):
        factories.support(child, "S33", date(2024, 2, 6), ward, amount=Decimal(300_000), occasion="Tết Nguyên đán")
    factories.support(nam, "S33", date(2024, 3, 8), ward, amount=Decimal(100_000))
    factories.support(hoa, "S33", date(2024, 3, 8), ward, amount=Decimal(250_000))
    factories.support(minh, "S33", date(2024, 5, 1), ward, amount=Decimal(1), occasion="ngoài kỳ")
    text = drafts.load(reporting.draft(an)).text("III.7")
    assert "Tặng 3 suất quà nhân dịp Tết Nguyên đán, trị giá 300.000 đồng/suất." in text
    assert "Tặng 2 suất quà nhân dịp lễ, Tết, tổng trị giá 350.000 đồng." in text and "ngoài kỳ" not in text
