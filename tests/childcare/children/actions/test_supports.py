"""Supports: lượt counts rows, so that no row may double."""

import uuid
from datetime import date

import pytest

from childcare.children.actions import circumstances, supports
from childcare.children.models import Support, SupportKind
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def kind(code):
    return SupportKind.objects.get(code=code)


@pytest.fixture
def child(ward):
    return factories.child(ward)


def test_one_act_of_help(an, ward, child):
    row = supports.record(
        by=an, child=child, kind=kind("S33"), unit=ward, started_on=date(2024, 2, 8), amount=300_000, source="Quỹ Bảo trợ trẻ em",
        occasion="Tết Nguyên đán",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.unit, row.amount, row.occasion, row.running, row.protected_file) == (
        ward,
        300_000,
        "Tết Nguyên đán",
        False,
        None,
    )


def test_the_same_post_twice_is_one_act(an, ward, child):
    key = uuid.uuid4()
    for _ in range(10):
        supports.record(by=an, child=child, kind=kind("S33"), unit=ward, started_on=date(2024, 2, 8), once=key)
    assert Support.objects.count() == 1
    supports.record(by=an, child=child, kind=kind("S33"), unit=ward, started_on=date(2024, 2, 8), once=uuid.uuid4())
    assert Support.objects.count() == 2  # a second gift on the same day is a fact too


def test_a_day_is_needed_unless_it_still_runs(an, ward, child):
    with pytest.raises(Refusal, match="ngày trợ giúp"):
        supports.record(by=an, child=child, kind=kind("S33"), unit=ward)
    assert supports.record(by=an, child=child, kind=kind("S01"), unit=ward, running=True, per="month").started_on is None


def test_a_monthly_allowance_ends(an, ward, child):
    row = supports.record(by=an, child=child, kind=kind("S01"), unit=ward, running=True, started_on=date(2023, 4, 1))
    supports.end(support=row, by=an, version=1, last_day=date(2024, 3, 31))
    row.refresh_from_db()
    assert (row.running, row.ended_on) == (False, date(2024, 4, 1))
    with pytest.raises(Refusal):
        supports.end(support=row, by=an, version=2, last_day=date(2024, 3, 31))


def test_a_correction_keeps_the_wrong_row_in_the_history(an, ward, child):
    row = factories.support(child, "S33", amount=30_000)
    new = supports.correct(support=row, by=an, version=1, reason="Ghi thiếu số 0", amount=300_000)
    row.refresh_from_db()
    assert row.voided_at and new.replaces == row and new.amount == 300_000 and new.started_on == row.started_on
    assert list(Support.objects.valid()) == [new]


def test_a_support_may_hang_on_a_sensitive_circumstance(an, binh, ward, child):
    hidden = circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    row = supports.record(by=an, child=child, kind=kind("S17"), unit=ward, started_on=date(2024, 3, 1), sensitive=True)
    assert row.protected_file == hidden.protected_file
    assert Support.objects.visible_to(an).contains(row) and not Support.objects.visible_to(binh).contains(row)


def test_help_to_a_household(an, ward):
    house = factories.household(ward)
    row = supports.record(by=an, household=house, kind=kind("S32"), unit=ward, started_on=date(2024, 3, 1), amount=5_000_000)
    assert (row.household, row.child) == (house, None)


def test_a_negative_amount_and_help_before_birth_are_refused(an, ward, child):
    with pytest.raises(Refusal, match="không được âm"):
        supports.record(by=an, child=child, kind=kind("S33"), unit=ward, started_on=date(2024, 2, 8), amount=-1)
    with pytest.raises(Refusal, match="trước ngày sinh"):
        supports.record(by=an, child=child, kind=kind("S33"), unit=ward, started_on=date(2016, 5, 11))
    assert not Support.objects.exists()


def test_a_voided_support_is_counted_no_more(an, child):
    row = factories.support(child)
    supports.void(support=row, by=an, version=1, reason="Ghi hai lần")
    assert not Support.objects.valid().exists() and Support.objects.count() == 1


def test_fields_that_are_nobodys_to_type_are_refused(an, child):
    with pytest.raises(TypeError):
        supports.correct(support=factories.support(child), by=an, version=1, reason="x", unit=None)
