"""Searching by keyboard alone, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from childcare.audit.models import Entry
from tests import factories

BOX, FOUND = "#find", "#find-found"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_child_is_found_by_keys_alone_and_opened(signed_in, an, ward, axe, look, size):
    house = factories.household(factories.hamlet(ward, "Tổ dân phố 3"), "Phạm Văn Hậu")
    factories.child(house.unit, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house, mother_name="Trần Thị Lụa")
    factories.child(ward, "Nguyễn Văn Bình", "2018")
    page = signed_in(an, size=size)
    page.goto("/tre-em/")
    axe(page)
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("Nguyeexn", delay=15)  # Unikey was off
    links = page.locator(FOUND).get_by_role("link")
    expect(links).to_have_count(2)
    axe(page, "header")  # the list lies over the page while it is open: what it half hides is asked above
    look(page, f"find-{size}", whole=False)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type(" luja", delay=15)
    expect(links).to_have_count(1)
    page.keyboard.press("Enter")  # the only answer
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Hoà")
    assert Entry.objects.filter(action="child.searched").count() == 2  # not one a letter


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_nobody_found_leads_to_a_new_child_with_the_name_kept(signed_in, an, ward, axe, look, size):
    page = signed_in(an, size=size)
    page.goto("/tre-em/")
    page.locator(BOX).press_sequentially("Bùi Thị Én", delay=15)
    add = page.locator(FOUND).get_by_role("button", name="Thêm trẻ mới")
    expect(add).to_be_visible()
    axe(page)
    look(page, f"find-nobody-{size}", whole=False)
    page.keyboard.press("ArrowDown")
    expect(add).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile("Họ và tên")).first).to_have_value("Bùi Thị Én")
    assert page.url.endswith("/tre-em/them/")
