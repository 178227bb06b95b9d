"""A child is added by keyboard alone, in the order of the paper book, and its brother after it into the same household."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.models import Child, Household
from tests import factories


@pytest.fixture
def place(ward):
    factories.hamlet(ward, "Tổ dân phố 3")
    return factories.hamlet(ward, "Tổ dân phố 5")


def focused(page):
    """The name of the box that has the focus."""
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def fill(page, *texts):
    """Type into one box after another; Enter leads on and submits nothing. None passes a box by."""
    for text in texts:
        if text:
            page.keyboard.type(text)
        page.keyboard.press("Enter")


def test_the_paper_book_is_typed_line_by_line_without_a_mouse(an, place, signed_in):
    page = signed_in(an)
    page.goto(reverse("child-add"))
    assert focused(page) == "full_name"
    fill(page, "Nguyễn Thị Hoà", "12/5/2016")
    assert focused(page) == "sex"
    page.keyboard.press("ArrowUp")  # Chưa rõ → Nữ
    fill(page, None)
    assert focused(page) == "ethnic"
    fill(page, "Kinh", "031316001234", "Trần Thị Lan", "Nguyễn Văn Hào")
    assert focused(page) == "hamlet"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # Tổ dân phố 3 → Tổ dân phố 5
    fill(page, None, "Nguyễn Văn Hào")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # hộ nghèo → hộ cận nghèo
    fill(page, None, "Số 7, ngõ 12")
    assert focused(page) == "phone" and not Child.objects.exists(), "Enter saves nothing"
    page.keyboard.type("0912345678")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thêm anh, chị, em")
    child = Child.objects.get()
    assert (child.sex, child.identity_number, child.mother_name, child.unit) == ("f", "031316001234", "Trần Thị Lan", place)
    assert (child.household.head_name, child.household.poverty.get().level) == ("Nguyễn Văn Hào", "near")
    assert focused(page) == "full_name"
    fill(page, "Nguyễn Văn Nam", "3/2018")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Văn Nam")
    brother = Child.objects.get(full_name="Nguyễn Văn Nam")
    assert brother.household == child.household and Household.objects.count() == 1
    assert (brother.mother_name, brother.father_name, brother.unit, brother.phone) == (
        "Trần Thị Lan",
        "Nguyễn Văn Hào",
        place,
        "0912345678",
    )


def test_a_fault_takes_the_focus_to_its_list_and_the_next_key_to_the_field(an, place, signed_in):
    page = signed_in(an)
    page.goto(reverse("child-add"))
    fill(page, "Nguyễn Thị Hoà", "32/13/2016")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "birth"
    assert page.get_by_label("Họ và tên", exact=True).input_value() == "Nguyễn Thị Hoà"
