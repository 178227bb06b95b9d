"""The pages of a fund: who keeps the book, who reads it, what of a child is shown."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from plans.actions import funds
from plans.models import Fund, FundEntry
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db
FEB = date(2024, 2, 10)


def text(response):
    return response.content.decode()


@pytest.fixture
def fund(an, ward):
    return funds.open_fund(
        by=an, unit=ward, kind="protection", name="Quỹ bảo vệ trẻ em", opened_on=date(2024, 1, 1), money=2_000_000
    )


def paid(an, ward, fund, **fields):
    child = make.child(ward, "Trương Thị Bảo Hân")
    support = make.support(child, "S34", on=FEB, amount=500_000, source="Quỹ bảo vệ trẻ em", **fields)
    return support, funds.spend(by=an, fund=fund, on=FEB, amount=500_000, purpose="relief", text="Thăm hỏi", supports=[support])


def test_an_opens_a_book_and_its_name_comes_from_kind_and_unit(as_, an, ward):
    values = {
        "kind": "sponsor",
        "unit": str(ward.public_id),
        "opened_on": "1/1/2024",
        "money": "1.500.000",
        "once": str(uuid.uuid4()),
    }
    for _ in range(2):
        response = as_(an).post(reverse("fund-open"), values)
    row = Fund.objects.get()
    assert row.name == "Quỹ Bảo trợ trẻ em phường Nam Sơn" and response.url == reverse("fund", args=[row.public_id])
    assert row.entries.get().amount == 1_500_000
    again = as_(an).post(reverse("fund-open"), {**values, "once": str(uuid.uuid4())})
    assert "Đơn vị đã có quỹ mang tên này" in text(again)


def test_an_records_income_and_spending_as_she_writes_numbers(as_, an, fund):
    income = {
        "on": "10/1/2024",
        "origin": "donor",
        "donor": "Ông Hải",
        "form": "money",
        "amount": "3.000.000",
        "text": "Ủng hộ",
        "once": str(uuid.uuid4()),
    }
    for _ in range(2):
        as_(an).post(reverse("fund-receive", args=[fund.public_id]), income)
    spending = {
        "on": "10/2/2024",
        "purpose": "education",
        "form": "money",
        "amount": "700.000",
        "text": "Đồ dùng học tập",
        "children": "7",
        "once": str(uuid.uuid4()),
    }
    as_(an).post(reverse("fund-spend", args=[fund.public_id]), spending)
    page = text(as_(an).get(reverse("fund", args=[fund.public_id])))
    assert FundEntry.objects.filter(kind="income").count() == 1
    assert "T01/2024" in page and "C01/2024" in page and "4.300.000" in page


def test_too_much_is_told_at_the_form_and_nothing_typed_is_lost(as_, an, fund):
    spending = {"on": "10/2/2024", "purpose": "education", "form": "money", "amount": "9.000.000", "text": "Học bổng đầu năm"}
    page = text(as_(an).post(reverse("fund-spend", args=[fund.public_id]), spending))
    assert "Quỹ chỉ còn 2.000.000 đồng tiền" in page and "Học bổng đầu năm" in page


def test_the_amount_is_the_sum_of_the_supports_ticked(as_, an, ward, fund):
    support = make.support(make.child(ward), "S34", on=FEB, amount=500_000, source="quỹ xã")
    spending = {
        "on": "10/2/2024",
        "purpose": "relief",
        "form": "money",
        "text": "Thăm hỏi",
        "supports": [str(support.public_id)],
    }
    as_(an).post(reverse("fund-spend", args=[fund.public_id]), spending)
    entry = FundEntry.objects.get(kind="spending")
    assert entry.amount == 500_000 and entry.paid.get().support == support
    assert "supports" not in as_(an).get(reverse("fund-spend", args=[fund.public_id])).context["form"].fields


def test_the_leader_reads_the_book_and_does_not_write_in_it(as_, an, lan, ward, fund):
    _, entry = paid(an, ward, fund)
    page = text(as_(lan).get(reverse("fund", args=[fund.public_id])))
    assert "Thăm hỏi" in page and reverse("fund-spend", args=[fund.public_id]) not in page
    for name in ("fund-receive", "fund-spend"):
        assert as_(lan).get(reverse(name, args=[fund.public_id])).status_code == 403
    assert as_(lan).post(reverse("fund-entry-void", args=[entry.public_id]), {"reason": "x", "version": 1}).status_code == 403


def test_the_district_reads_the_book_of_a_ward_and_does_not_keep_it(as_, an, dung, ward, fund):
    assert as_(dung).get(reverse("fund", args=[fund.public_id])).status_code == 200
    assert as_(dung).get(reverse("fund-spend", args=[fund.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["fund", "fund-receive", "fund-spend", "fund-entry", "fund-entry-void"])
def test_a_stranger_finds_nothing_and_a_collaborator_is_kept_out(as_, an, binh, chi, ward, fund, name):
    _, entry = paid(an, ward, fund)
    address = reverse(name, args=[(entry if "entry" in name else fund).public_id])
    assert as_(chi).get(address).status_code == 404
    assert as_(binh).get(address).status_code == 403
    assert as_(chi).get(reverse("fund-list")).context["funds"] == []


def test_names_are_shown_to_who_sees_the_children_and_to_nobody_else(as_, an, quan, ward, fund):
    _, entry = paid(an, ward, fund)
    address = reverse("fund-entry", args=[entry.public_id])
    assert "Trương Thị Bảo Hân" in text(as_(an).get(address))
    assert len(Entry.objects.filter(action="fund.viewed").latest("pk").shown) == 1
    son = people.son()  # a province officer reads plans and no children
    page = as_(son).get(address)
    assert page.status_code == 200 and "Bảo Hân" not in text(page)
    assert "Bảo Hân" not in text(as_(an).get(reverse("fund", args=[fund.public_id])))


def test_a_support_that_came_under_protection_later_is_shown_no_more(as_, an, ward, fund):
    support, entry = paid(an, ward, fund)
    support.protected_file = make.protected_file(support.child, unit=ward)
    support.save()
    assert "Bảo Hân" not in text(as_(an).get(reverse("fund-entry", args=[entry.public_id])))


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_the_list_for_publication_is_given_and_logged(as_, lan, an, ward, fund, ending):
    paid(an, ward, fund)
    answer = as_(lan).get(reverse("fund-publication", args=[fund.public_id, ending]), {"year": "2024"})
    assert answer.status_code == 200 and len(answer.content) > 1000
    assert Entry.objects.filter(action="fund.published").count() == 1


def test_a_receipt_is_printed_of_income_only(as_, an, ward, fund):
    _, entry = paid(an, ward, fund)
    came = funds.receive(by=an, fund=fund, on=FEB, amount=300_000, text="Ủng hộ", origin="donor", donor="Bà Hiền")
    assert as_(an).get(reverse("fund-entry-receipt", args=[came.public_id, "pdf"])).status_code == 200
    assert as_(an).get(reverse("fund-entry-receipt", args=[entry.public_id, "pdf"])).status_code == 404


def test_voiding_takes_an_entry_out_and_keeps_its_reason_on_the_page(as_, an, ward, fund):
    _, entry = paid(an, ward, fund)
    client = as_(an)
    assert "Hãy điền ô này" in text(
        client.post(reverse("fund-entry-void", args=[entry.public_id]), {"reason": "", "version": 1})
    )
    client.post(reverse("fund-entry-void", args=[entry.public_id]), {"reason": "Nhầm trẻ", "version": 1})
    page = text(client.get(reverse("fund", args=[fund.public_id])))
    assert "Nhầm trẻ" in page and client.get(reverse("fund-entry-void", args=[entry.public_id])).status_code == 404


def test_the_balance_of_any_day_is_told(as_, an, ward, fund):
    paid(an, ward, fund)
    page = text(as_(an).get(reverse("fund", args=[fund.public_id]), {"on": "9/2/2024"}))
    assert "Cuối ngày 09/02/2024 quỹ còn 2.000.000 đ tiền" in page
    page = text(as_(an).get(reverse("fund", args=[fund.public_id]), {"on": "10/2/2024"}))
    assert "Cuối ngày 10/02/2024 quỹ còn 1.500.000 đ tiền" in page


def test_the_list_of_funds_asks_once_for_all_balances(as_, an, ward, fund, django_assert_max_num_queries):
    for number in range(4):
        funds.open_fund(by=an, unit=ward, kind="other", name=f"Quỹ {number}", opened_on=FEB, money=1000)
    client = as_(an)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("fund-list"))
    assert [held for _, held in page.context["funds"]] == [2_000_000, 1000, 1000, 1000, 1000]
