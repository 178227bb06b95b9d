"""The decision in one step, and the table of rates in the hands of the administrator."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from childcare.children.actions import allowances
from childcare.children.loading import load_allowances
from childcare.children.models import AllowanceRate, Support
from childcare.lib.refusal import Refusal
from tests import factories as f

pytestmark = pytest.mark.django_db


def grant(child, by, **values):
    values = {"code": "A2", "started_on": date(2024, 5, 1), "decision": "45/QĐ-UBND", "decision_on": date(2024, 5, 2), **values}
    return allowances.grant(by=by, once=values.pop("once", uuid.uuid4()), child=child, **values)


def test_the_decision_keeps_its_row_coefficient_base_and_amount(an, ward):
    row = grant(f.child(ward), an)
    assert (row.kind.code, row.allowance_code, row.coefficient, row.base_amount, row.amount) == (
        "S01", "A2", Decimal("1.5"), 360_000, 540_000,
    )  # fmt: skip
    assert (row.running, row.per, row.started_on, row.decision) == (True, "month", date(2024, 5, 1), "45/QĐ-UBND")


def test_a_past_month_is_never_reckoned_from_a_new_table(an, quan, ward):
    row = grant(f.child(ward), an)
    rate = AllowanceRate.objects.get(code="A2", valid_from=date(2021, 7, 1))
    allowances.change_rate(
        rate=rate, by=quan, version=rate.version, base_amount=Decimal(380_000), coefficient=Decimal("1.5"), valid_from=rate.valid_from,
        last_day=date(2024, 6, 30), legal_basis="x", verified=True,
    )  # fmt: skip
    row.refresh_from_db()
    rate.refresh_from_db()
    assert row.amount == 540_000 and rate.amount == 570_000 and rate.valid_to == date(2024, 7, 1)


def test_a_change_ends_what_ran_the_day_before(an, ward):
    child = f.child(ward, birth="12/05/2020")
    old = grant(child, an, code="A1", started_on=date(2023, 1, 1))
    new = grant(child, an, code="A2", started_on=date(2024, 5, 1))
    old.refresh_from_db()
    assert (old.running, old.ended_on, old.amount) == (False, date(2024, 5, 1), 900_000) and new.running
    with pytest.raises(Refusal, match="Đã ghi trợ cấp từ 01/05/2024"):
        grant(child, an, started_on=date(2024, 4, 1))


def test_what_the_carer_gets_stands_beside(an, ward):
    child = f.child(ward)
    grant(child, an)
    grant(child, an, code="C2")
    grant(child, an, code="A6")
    assert Support.objects.filter(child=child, running=True).count() == 3
    grant(child, an, code="A8", started_on=date(2024, 5, 2))
    assert set(Support.objects.filter(child=child, running=True).values_list("allowance_code", flat=True)) == {"C2", "A6", "A8"}


@pytest.mark.parametrize("code", ["A4", "A5"])
def test_a_row_that_tells_of_hiv_lies_under_the_childs_file(an, binh, ward, code):
    row = grant(f.child(ward), an, code=code, sensitive=False)
    assert row.protected_file is not None and not Support.objects.visible_to(binh).exists()


def test_the_same_post_twice_is_one_decision_and_ends_nothing(an, ward):
    child, key = f.child(ward), uuid.uuid4()
    assert grant(child, an, once=key) == grant(child, an, once=key)
    assert Support.objects.get().running


def test_a_day_without_a_rate_is_said(an, ward):
    with pytest.raises(Refusal, match="chưa có mức này"):
        grant(f.child(ward), an, started_on=date(2021, 6, 1))


def test_an_own_amount_of_the_decision_is_kept(an, ward):
    assert grant(f.child(ward), an, amount=Decimal(600_000)).amount == 600_000


def test_a_new_base_carries_every_row_on_and_nobody_has_compared_it_yet(quan):
    count = allowances.add_period(by=quan, valid_from=date(2027, 1, 1), base=Decimal(600_000), legal_basis="NĐ mới")
    rows = AllowanceRate.objects.filter(valid_from=date(2027, 1, 1))
    assert count == rows.count() == 16
    assert rows.get(code="A1").amount == 1_500_000 and not rows.get(code="A1").verified
    assert AllowanceRate.objects.get(code="A1", valid_from=date(2026, 7, 1)).valid_to == date(2027, 1, 1)
    with pytest.raises(Refusal, match="đã có mức"):
        allowances.add_period(by=quan, valid_from=date(2027, 1, 1), base=Decimal(1), legal_basis="x")


def test_a_provinces_base_is_not_lower(quan, ward):
    province = ward.parent.parent
    with pytest.raises(Refusal, match="không được thấp hơn"):
        allowances.add_period(by=quan, valid_from=date(2024, 3, 1), base=Decimal(300_000), legal_basis="x", unit=province)


def test_loading_again_leaves_what_an_administrator_compared(quan):
    rate = AllowanceRate.objects.get(code="A2", valid_from=date(2024, 7, 1))
    values = {"coefficient": rate.coefficient, "valid_from": rate.valid_from, "last_day": None, "legal_basis": "NĐ 76"}
    allowances.change_rate(rate=rate, by=quan, version=rate.version, base_amount=Decimal(510_000), verified=True, **values)
    load_allowances()
    rate.refresh_from_db()
    assert (rate.base, rate.verified, rate.verified_by) == (510_000, True, quan)
    allowances.change_rate(rate=rate, by=quan, version=rate.version, base_amount=Decimal(510_000), verified=False, **values)
    load_allowances()
    rate.refresh_from_db()
    assert rate.base == 500_000 and not rate.verified
