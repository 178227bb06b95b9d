"""Two rows of one girl in a browser: found, looked at side by side, made one, and given back."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.actions import duplicates
from childcare.children.models import Child
from tests import factories


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def double(ward):
    one = factories.child(
        factories.hamlet(ward, "Tổ dân phố 3"), "Nguyễn Thị Hoà", "12/05/2016", "f", mother_name="Trần Thị Lan"
    )
    other = factories.child(
        factories.hamlet(ward, "Tổ dân phố 5"),
        "nguyễn thị hòa",
        "05/12/2016",
        "f",
        mother_name="Trần Thị Lan",
        phone="0912345678",
    )
    for row in (one, other):
        factories.support(row, "S33", on=date(2024, 2, 8), unit=ward, amount=300_000)
    factories.circumstance(other, "N08", since=date(2023, 9, 1))
    duplicates.search(unit=ward)
    return one, other


def test_two_rows_are_made_one_and_given_back(double, an, signed_in, axe, fits, look, size):
    page = signed_in(an, size)
    page.goto(reverse("child-list"))
    page.get_by_role("button", name="Rà soát, biến động").click()
    page.get_by_role("link", name="Trẻ có thể bị trùng").click()
    axe(page)
    fits(page)
    look(page, f"duplicates-list-{size}")
    page.get_by_role("link", name="Nguyễn Thị Hoà").click()
    expect(page.get_by_text("ngày sinh đảo ngày/tháng")).to_be_visible()
    axe(page)
    fits(page)
    look(page, f"duplicates-compare-{size}")
    page.get_by_label("Ngày sinh: 05/12/2016").check()
    page.get_by_role("button", name="Gộp hai hồ sơ").click()
    expect(page.get_by_text("Chưa lưu được. Hãy sửa những chỗ sau:")).to_be_visible()
    expect(page.get_by_label("Ngày sinh: 05/12/2016")).to_be_checked()
    page.get_by_label("Vì sao đây là cùng một trẻ").fill("Cùng giấy khai sinh")
    page.get_by_role("button", name="Gộp hai hồ sơ").dblclick()
    expect(page.locator("h1")).to_have_text("Nguyễn Thị Hoà")
    assert Child.objects.count() == 1 and Child.objects.get().birth.text == "05/12/2016"
    axe(page)
    look(page, f"duplicates-merged-{size}")
    page.goto(reverse("child", args=[double[1].public_id]))
    expect(page.get_by_text("đã được gộp vào hồ sơ này")).to_be_visible()
    page.get_by_role("link", name="Lần gộp hồ sơ").click()
    axe(page)
    fits(page)
    look(page, f"duplicates-merge-{size}")
    page.get_by_label("Vì sao hoàn tác").fill("Hai chị em họ")
    page.get_by_role("button", name="Hoàn tác việc gộp").click()
    expect(page.get_by_text("Đã hoàn tác")).to_be_visible()
    assert Child.objects.count() == 2
    assert sorted(child.phone for child in Child.objects.all()) == ["", "0912345678"]


def test_two_children_who_only_look_alike_are_not_asked_about_again(double, an, signed_in):
    page = signed_in(an)
    page.goto(reverse("child-compare", args=[row.public_id for row in double]))
    page.get_by_label("Vì sao đây là hai trẻ khác nhau").fill("Hai chị em họ, đã hỏi gia đình")
    page.get_by_role("button", name="Không trùng").click()
    expect(page.get_by_text("Không có cặp nào chờ xem").or_(page.get_by_text("Chưa tìm lần nào").first).first).to_be_visible()
    page.get_by_role("link", name="Đã kết luận không trùng").click()
    expect(page.get_by_text("Hai chị em họ, đã hỏi gia đình")).to_be_visible()
