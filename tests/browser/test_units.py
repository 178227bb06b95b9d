"""Units in a browser: what lies below opens in its place by keyboard; pages of units, check lists and schools at both sizes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories, people


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


def test_what_lies_below_a_district_opens_in_its_place_by_keyboard(quan, signed_in, axe, fits, look, size):
    page = signed_in(quan, size)
    page.goto(reverse("unit-list"))
    page.get_by_role("link", name="Xem bên dưới Quận Kiến An").press("Enter")
    expect(page.get_by_role("link", name="Phường Văn Đẩu")).to_be_visible()
    expect(page.get_by_role("link", name="Xem bên dưới Quận Kiến An")).to_have_count(0)
    assert page.url.endswith(reverse("unit-list"))
    axe(page)
    fits(page)
    look(page, f"unit-tree-{size}")
    page.get_by_label("Tìm theo tên").fill("vawn ddaaur")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Phường Văn Đẩu").click()
    expect(page.locator("h1")).to_have_text("Phường Văn Đẩu")


def test_what_is_typed_before_the_scripts_have_come_is_looked_for(an, ward, signed_in):
    child = factories.child(ward, "Nguyễn Thị Hoà")
    page, held = signed_in(an), []
    page.route("**/htmx.min*.js", lambda route: held.append(route))
    page.goto(reverse("residence-move", args=[child.public_id]), wait_until="commit")
    page.get_by_label("Xã, phường khác").press_sequentially("van dau")
    page.locator("#find").press_sequentially("hoa")
    assert held and page.get_by_role("radio", name="Phường Văn Đẩu").count() == 0
    held.pop().continue_()
    expect(page.get_by_role("radio", name="Phường Văn Đẩu")).to_be_visible()
    expect(page.locator("#find-found").get_by_role("link")).to_have_count(1)


def test_the_new_pages_fit_and_read_well(an, dung, quan, hoa, ward, school, signed_in, axe, fits, look, size):
    pupil = factories.pupil(school, "Nguyễn Thị Hoà", "3/4/2012", "f", code="HS02")
    unplaced = factories.pupil(school, "Vũ Văn Xa", "5/6/2009", asked=people.unit(people.KIEN_AN))
    pages = {
        dung: [reverse("check-lists"), reverse("check-lists-of", args=[ward.public_id]), reverse("pupil-unplaced"),
               reverse("pupil-unplaced-one", args=[unplaced.public_id])],
        quan: [reverse("transfer-terms")],
        hoa: [reverse("pupil-edit", args=[pupil.public_id])],
        an: [reverse("school-rename", args=[school.public_id]), reverse("school-end", args=[school.public_id]),
             reverse("unit", args=[school.public_id])],
    }  # fmt: skip
    for officer, addresses in pages.items():
        page = signed_in(officer, size)
        for number, address in enumerate(addresses):
            page.goto(address)
            assert "Nguyễn Thị Hoà" not in page.title()
            axe(page)
            fits(page)
            look(page, f"lists-{officer.username}-{number}-{size}")
