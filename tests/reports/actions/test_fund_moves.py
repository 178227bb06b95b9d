"""The funds of units that are merged or split: one balance, handed over once; receipts where donors look for them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare.lib.refusal import Refusal
from plans import fund_books as books
from plans.actions import funds
from plans.models import Fund, FundEntry
from reports import measures
from reports.actions import unit_changes
from tests import factories as f
from tests import people
from tests.unit_changes import ON, merge, split, wards

pytestmark = pytest.mark.django_db
LAST = date(2024, 4, 30)


@pytest.fixture
def two():
    return wards("11437", "11440")


def opened(by, unit, money, **more):
    """A fund of the unit since January."""
    values = {"kind": "protection", "name": f"Quỹ {unit.name}", "opened_on": date(2024, 1, 1), "money": money, **more}
    return funds.open_fund(by=by, unit=unit, **values)


def receive(by, fund, amount, on, **more):
    return funds.receive(by=by, fund=fund, on=on, amount=amount, text="Ủng hộ", origin="donor", **more)


def book(fund):
    return [(word, int(sum_)) for word, _, _, sum_ in books.book(fund, 2024).rows]


def test_two_funds_become_one_with_both_balances_once_and_later_receipts_under_new_numbers(quan, an, two, as_):
    first = opened(an, two[0], 2_000_000, goods=300_000)
    second = opened(an, two[1], 1_000_000)
    receive(an, first, 500_000, LAST, paper="07")
    late = receive(an, first, 50_000, ON, paper="08", donor="Ông Ba")
    receive(an, second, 70_000, ON, paper="08")
    funds.spend(by=an, fund=first, on=date(2024, 3, 1), amount=200_000, text="Thăm hỏi", purpose="relief")
    change, new = merge(quan, two)
    fund = Fund.objects.get(unit=new)
    assert fund.name == "Quỹ bảo vệ trẻ em phường Nam Ngọc" and fund.opened_on == ON and fund.since == date(2024, 1, 1)
    assert book(fund) == [
        ("Đầu kỳ", 0), ("Nhận bàn giao từ đơn vị cũ", 3_600_000), ("Thu", 120_000), ("Chi", 0), ("Còn lại", 3_720_000),
    ]  # fmt: skip
    assert book(first) == [
        ("Đầu kỳ", 2_300_000), ("Thu", 500_000), ("Chi", 200_000), ("Bàn giao cho đơn vị mới", 2_600_000), ("Còn lại", 0),
    ]  # fmt: skip
    assert books.balance(first, LAST) == {"money": 2_300_000, "goods": 300_000}  # the old book says what it said
    assert books.balances([first, second, fund]) == {first.pk: 0, second.pk: 0, fund.pk: 3_720_000}
    late.refresh_from_db()
    assert (late.fund, late.code, late.formerly) == (fund, "T01/2024", "T02/2024")
    assert sorted(fund.entries.filter(kind="income").values_list("paper", flat=True)) == ["08", "08 (cũ)"]
    year = measures.Window(date(2024, 1, 1), date(2024, 5, 2))
    assert measures.count([new], year).figure("NL-05", new).numerator == 620_000  # what donors gave, not the balances
    officer = people.Officer.objects.get(pk=an.pk)
    shown = as_(officer).get(reverse("fund", args=[fund.public_id])).content.decode()
    assert "số cũ T02/2024" in shown and first.name in shown and "Nhận bàn giao" in shown
    closed = as_(officer).get(reverse("fund", args=[first.public_id])).content.decode()
    assert "đã bàn giao" in closed and "Ghi thu" not in closed
    assert "bàn giao" in as_(officer).get(reverse("fund-list")).content.decode()


def test_it_happens_once_and_nobody_takes_the_balance_back_or_writes_into_the_old_book(quan, an, two):
    old = opened(an, two[0], 2_000_000)
    change, new = merge(quan, two)
    unit_changes.execute(change=change, by=quan)
    fund = Fund.objects.get(unit=new)
    came = fund.entries.get()
    assert (came.kind, came.carried_from, came.on, came.amount) == ("opening", old, ON, 2_000_000)
    with pytest.raises(Refusal, match="bàn giao"):
        funds.void(entry=came, by=an, version=came.version, reason="Nhầm")
    for on in (LAST, ON):
        with pytest.raises(Refusal, match="đơn vị mới"):
            receive(an, old, 10_000, on)
    again = {"kind": "opening", "on": ON, "year": 2024, "number": 9, "amount": 1, "text": "x", "carried_from": old}
    with pytest.raises(IntegrityError), transaction.atomic():
        FundEntry.objects.create(fund=fund, **again)


def test_the_new_fund_pays_supports_that_the_old_ward_gave_and_had_not_paid(quan, an, two, ward):
    opened(an, two[0], 2_000_000)
    child = f.child(f.hamlet(ward, "Tổ dân phố 1"), "Nguyễn Thị Hoà", "12/05/2016")
    gift = f.support(child, "S34", on=date(2024, 4, 2), amount=500_000, source="Quỹ bảo vệ trẻ em phường")
    _, new = merge(quan, two)
    officer, fund = people.Officer.objects.get(pk=an.pk), Fund.objects.get(unit=new)
    assert list(funds.payable(fund, officer)) == [gift]
    facts = {"on": date(2024, 5, 2), "amount": 500_000, "text": "Thăm hỏi", "purpose": "relief", "supports": [gift]}
    funds.spend(by=officer, fund=fund, **facts)
    assert not funds.payable(fund, officer).exists()


def test_a_split_ward_hands_its_fund_to_the_first_successor(quan, an, two):
    opened(an, two[0], 900_000)
    _, first, second = split(quan, two[0])
    assert list(Fund.objects.filter(goes_on_in=None).values_list("unit", flat=True)) == [first.pk]
    assert sum(books.balance(Fund.objects.get(unit=first), ON).values()) == 900_000


def test_an_undo_gives_the_books_back_until_the_new_one_was_written_in(quan, an, two):
    old = opened(an, two[0], 2_000_000)
    late = receive(an, old, 50_000, ON, paper="08")
    before = sorted(FundEntry.objects.values_list("pk", "fund", "number", "paper", "formerly"))
    change, new = merge(quan, two)
    unit_changes.undo(change=change, by=quan, reason="Nhầm ngày")
    assert sorted(FundEntry.objects.values_list("pk", "fund", "number", "paper", "formerly")) == before
    old.refresh_from_db()
    assert old.goes_on_in is None and Fund.objects.count() == 1
    change, new = merge(quan, two, name="Phường Nam Ngọc Hai", code="19998")
    receive(people.Officer.objects.get(pk=an.pk), Fund.objects.get(unit=new), 10_000, people.TODAY)
    with pytest.raises(Refusal, match="sổ quỹ của đơn vị mới"):
        unit_changes.undo(change=change, by=quan, reason="Nhầm ngày")
    late.refresh_from_db()
    assert late.fund.unit == new
