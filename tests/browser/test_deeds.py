"""An activity is recorded on a phone with three fields, a draft kept and a double tap; then its numbers, and the fund's book."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.actions import funds
from plans.models import Activity
from reports import measures
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_fields_on_a_phone_a_draft_and_a_double_tap_make_one_activity_that_counts(an, ward, signed_in, axe, fits, look):
    factories.child(ward)
    page = signed_in(an, size="phone")
    page.goto(reverse("activity-quick"))
    page.get_by_label("Loại hoạt động").select_option(label="Diễn đàn trẻ em")
    page.get_by_label("Nội dung").fill("Diễn đàn trẻ em phường")
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=15_000)
    again = signed_in(an, size="phone")
    again.goto(reverse("activity-quick"))
    expect(again.get_by_label("Nội dung")).to_have_value("Diễn đàn trẻ em phường")
    axe(again)
    fits(again)
    look(again, "activity-quick-phone")
    again.get_by_role("button", name="Lưu", exact=True).dblclick()
    expect(again.locator("h1")).to_have_text("Diễn đàn trẻ em phường")
    assert Activity.objects.count() == 1
    axe(again)
    fits(again)
    again.goto(reverse("activity-quick"))
    expect(again.get_by_label("Nội dung")).to_have_value("")
    window = measures.Window(date(2023, 11, 1), date(2024, 5, 2))
    assert measures.count([ward], window).figure("TG-04", ward).numerator == 1


def test_the_full_form_works_on_a_phone_and_its_boxes_are_named(an, ward, signed_in, axe, fits):
    page = signed_in(an, size="phone")
    page.goto(reverse("activity-add"))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    axe(page)
    fits(page)
    page.locator("[name=title]").fill("Tặng quà Tết")
    page.get_by_label("Ngày, hoặc ngày cuối").fill("5/2/2024")
    page.get_by_label("Dòng 1: số suất").fill("35")
    page.get_by_label("Dòng 1: đơn giá (đồng)").fill("500.000")
    page.get_by_label("Dòng 1: nguồn").select_option(label="Nhà hảo tâm, vận động")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("17.500.000 đ").first).to_be_visible()


def test_the_book_of_a_fund_is_readable_at_both_sizes(an, ward, signed_in, axe, fits):
    fund = funds.open_fund(by=an, unit=ward, kind="protection", name="Quỹ", opened_on=date(2024, 1, 1), money=900_000)
    funds.receive(by=an, fund=fund, on=date(2024, 1, 5), amount=100_000, text="Ủng hộ", origin="donor")
    funds.spend(by=an, fund=fund, on=date(2024, 1, 6), amount=100_000, text="Thăm", purpose="relief", children=2)
    for size in ("desk", "phone"):
        page = signed_in(an, size=size)
        for name in ("fund", "fund-receive", "fund-spend"):
            page.goto(reverse(name, args=[fund.public_id]))
            axe(page)
            fits(page)
