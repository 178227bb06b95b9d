"""The registry in a browser: every page accessible at a desk and on a phone; a child found, added, helped, by keyboard too."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.actions import circumstances, people
from childcare.children.models import Child, Support
from childcare.lib.calendar import parse_partial
from tests import factories


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def child(an, ward):
    """A child with something in every section of its page."""
    place = factories.hamlet(ward, "Tổ dân phố 3")
    house = factories.household(place, "Nguyễn Văn Hào", address="Số 7, ngõ 12")
    factories.poverty(house, "near")
    row = factories.child(
        place, "Nguyễn Thị Hoa", "12/05/2016", "f", house=house, identity_number="031216001234", identity_valid=True
    )
    people.correct(child=row, by=an, version=1, changes={"full_name": "Nguyễn Thị Hoà", "birth": parse_partial("12/5/2016")})
    factories.circumstance(row, "N01.3", since=date(2023, 3, 12))
    circumstances.record(by=an, child=row, kind=factories.kind("N11.4"), started_on=date(2024, 2, 1))
    wrong = factories.circumstance(row, "L08")
    circumstances.void(circumstance=wrong, by=an, version=1, reason="Ghi nhầm")
    factories.support(row, "S01", on=date(2023, 4, 1), running=True, amount=540_000, per="month")
    factories.incident(ward, on=date(2024, 3, 9), cause="fall", children=[(row, {"outcome": "injured"})])
    for number in range(60):
        factories.child(ward, f"Trần Văn {number}", "2015")
    return row


def test_every_page_is_accessible_and_fits(child, an, ward, signed_in, axe, fits, look, size):
    page = signed_in(an, size)
    incident = child.incidents.get().incident
    fact, support = child.circumstances.filter(voided_at=None).first(), child.supports.get()
    pages = {
        "list": reverse("child-list"), "list-filtered": reverse("child-list") + "?group=any&sex=f", "list-empty": reverse("child-list") + "?group=N01&sex=m",
        "child": reverse("child", args=[child.public_id]), "add": reverse("child-add"), "edit": reverse("child-edit", args=[child.public_id]),
        "circumstance-add": reverse("circumstance-add", args=[child.public_id]), "circumstance-end": reverse("circumstance-end", args=[fact.public_id]),
        "circumstance-void": reverse("circumstance-void", args=[fact.public_id]), "support-add": reverse("support-add", args=[child.public_id]),
        "support-correct": reverse("support-correct", args=[support.public_id]), "move": reverse("residence-move", args=[child.public_id]),
        "leave": reverse("residence-end", args=[child.public_id]), "household": reverse("household", args=[child.household.public_id]),
        "poverty-add": reverse("poverty-add", args=[child.public_id]), "incidents": reverse("incident-list"),
        "incident": reverse("incident", args=[incident.public_id]), "incident-add": f"{reverse('incident-add')}?child={child.public_id}",
    }  # fmt: skip
    for name, address in pages.items():
        page.goto(address)
        assert "Nguyễn Thị" not in page.title()
        axe(page)
        fits(page)
        look(page, f"registry-{name}-{size}")


def test_a_child_is_found_from_everywhere_without_tones(child, an, signed_in, axe, size):
    page = signed_in(an, size)
    page.goto(reverse("incident-list"))
    page.locator("#find").fill("nguyen thi hoa")
    expect(page.locator("#find-found li")).to_have_count(1)
    axe(page)
    page.locator("#find-found a").click()
    expect(page.locator("h1")).to_have_text("Nguyễn Thị Hoà")


def test_a_child_is_added_after_looking_for_one_alike_and_its_brother_after_it(child, an, signed_in, axe, look, size):
    page = signed_in(an, size)
    page.goto(reverse("child-add"))
    page.get_by_label("Họ và tên").fill("nguyễn thị hoà")
    page.get_by_label("Ngày sinh").fill("2016")
    page.get_by_label("Nơi ở").select_option(label="Tổ dân phố 3")
    page.get_by_role("button", name="Lưu và thêm anh/chị/em").click()
    expect(page.get_by_role("heading", name="Có thể trẻ này đã có trong sổ")).to_be_visible()
    axe(page)
    look(page, f"registry-similar-{size}")
    page.get_by_role("button", name="Vẫn thêm trẻ mới").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thêm anh, chị, em")
    assert Child.objects.filter(folded_name="nguyen thi hoa").count() == 2


def test_a_support_is_recorded_by_keyboard_alone_and_a_double_click_makes_one(child, an, signed_in):
    page = signed_in(an)
    page.goto(reverse("support-add", args=[child.public_id]))
    page.get_by_label("Hình thức trợ giúp").focus()
    page.keyboard.type("Quà tặng")
    page.get_by_label("Ngày trợ giúp").focus()
    page.keyboard.type("6/2/2024")
    page.keyboard.press("Tab")
    page.keyboard.type("300000")
    page.get_by_role("button", name="Lưu").dblclick()
    expect(page.get_by_text("Quà tặng").first).to_be_visible()
    assert Support.objects.filter(kind__code="S33").count() == 1


def test_filters_are_applied_at_once_and_taken_off_by_their_tag(child, an, signed_in):
    page = signed_in(an)
    page.goto(reverse("child-list"))
    page.get_by_label("Hoàn cảnh").select_option(label="Có hoàn cảnh đặc biệt")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    assert "Nguy" not in page.url
    page.locator(".tag").click()
    expect(page.locator("table.list tbody tr")).to_have_count(50)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator("table.list tbody tr")).to_have_count(11)
