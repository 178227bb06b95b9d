"""Transfer and undo in a browser: An sends, Chi acknowledges or returns; a mistaken death is taken back; every page accessible."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.actions import asking, transfers
from childcare.children.models import Child, PovertyStatus, Transfer
from tests import factories, people


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def child(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    house = factories.household(place, "Nguyễn Văn Hào", address="Số 7, ngõ 12")
    factories.poverty(house, "poor", 2023)
    row = factories.child(place, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house)
    factories.child(place, "Nguyễn Văn Lớn", "01/06/2008", house=house)
    factories.circumstance(row, "N04", since=date(2023, 1, 1))
    return row


def test_every_page_is_accessible_and_fits(child, an, chi, ward, other, signed_in, axe, fits, look, size):
    moved = factories.child(ward, "Nguyễn Thị Mận")
    sent = transfers.send(child=moved, by=an, to=other, on=date(2024, 4, 20), note="Gia đình thuê nhà ở phường")
    ask = asking.ask(by=chi, unit=other, number=str(child.public_id), reason="Gia đình đã về tổ dân phố 5")
    house = child.household.public_id
    pages = {
        an: {
            "transfers": reverse("transfer-list"), "withdraw": reverse("transfer-withdraw", args=[sent.public_id]),
            "ask-answer": reverse("transfer-ask-answer", args=[ask.public_id]), "move": reverse("residence-move", args=[child.public_id]),
            "events": reverse("event-list") + "?period=2024-04", "sixteen": reverse("sixteen-list"),
            "child-events": reverse("child-events", args=[child.public_id]), "poverty-year": reverse("poverty-year"),
            "household": reverse("household", args=[house]), "split": reverse("household-split", args=[house]),
            "household-move": reverse("household-move", args=[house]), "head": reverse("household-head", args=[house]),
            "home": reverse("home"), "list": reverse("child-list"),
        },
        chi: {
            "coming": reverse("transfer-list"), "receive": reverse("transfer", args=[sent.public_id]),
            "return": reverse("transfer-return", args=[sent.public_id]), "ask": reverse("transfer-ask"),
        },
    }  # fmt: skip
    for officer, addresses in pages.items():
        page = signed_in(officer, size)
        for name, address in addresses.items():
            page.goto(address)
            assert "Nguyễn" not in page.title()
            axe(page)
            fits(page)
            look(page, f"events-{name}-{size}")


def test_a_child_goes_to_another_ward_and_is_acknowledged_there(child, an, chi, other, signed_in, axe, size):
    factories.hamlet(other, "Tổ dân phố 5")
    page = signed_in(an, size)
    page.goto(reverse("child", args=[child.public_id]))
    page.get_by_role("link", name="Chuyển nơi ở").click()
    page.get_by_label("Xã, phường khác").press_sequentially("van dau")
    page.get_by_role("radio", name="Phường Văn Đẩu").press("Space")
    page.get_by_label("Từ ngày").fill("20/4/2024")
    page.get_by_role("button", name="Lưu").dblclick()
    expect(page.get_by_text("Nơi đến đã được báo và chờ tiếp nhận")).to_be_visible()
    assert Transfer.objects.count() == 1
    there = signed_in(chi, size)
    there.goto(reverse("home"))
    there.get_by_role("link", name=re.compile("Tiếp nhận.*chờ tiếp nhận")).click()
    there.get_by_role("link", name=re.compile("Tiếp nhận.*Hoà")).click()
    there.get_by_label("Nơi ở").select_option(label="Tổ dân phố 5")
    axe(there)
    there.get_by_role("button", name="Tiếp nhận").click()
    expect(there.locator("h1")).to_have_text("Nguyễn Thị Hoà")
    expect(there.locator(".lead")).to_contain_text("Tổ dân phố 5, Phường Văn Đẩu")
    page.expected = {404}
    page.goto(reverse("child", args=[child.public_id]))
    expect(page.get_by_text("Nguyễn Thị Hoà")).to_have_count(0)


def test_a_mistaken_death_is_taken_back_with_what_ended_with_it(child, an, signed_in, axe, look, size):
    page = signed_in(an, size)
    page.goto(reverse("child", args=[child.public_id]))
    page.get_by_role("link", name="Chuyển đi, tử vong").click()
    page.get_by_label("Tử vong").check()
    page.get_by_label("Ngày chuyển đi hoặc ngày mất").fill("20/4/2024")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Hoàn tác: tử vong ngày 20/04/2024").click()
    page.get_by_label("Lý do").fill("Ghi nhầm trẻ cùng tên")
    axe(page)
    look(page, f"events-undo-{size}")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác.")).to_be_visible()
    assert Child.objects.get(pk=child.pk).residing and child.circumstances.get(voided_at=None).ended_on is None


def test_what_was_chosen_stays_from_page_to_page(an, ward, signed_in):
    for number in range(60):
        house = factories.household(ward, f"Hộ {number:02d}")
        factories.child(ward, house=house)
        factories.poverty(house, "poor", 2023)
    page = signed_in(an)
    page.goto(reverse("poverty-year"))
    page.get_by_label("Loại hộ năm 2024 của Hộ 00").select_option(label="Hộ cận nghèo")
    page.get_by_role("button", name="Trang sau").click()
    page.get_by_label("Loại hộ năm 2024 của Hộ 59").select_option(label="Hộ nghèo")
    page.get_by_role("button", name="Trang trước").click()
    expect(page.get_by_label("Loại hộ năm 2024 của Hộ 00")).to_have_value("near")
    page.get_by_label("Số quyết định").fill("512/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill("20/12/2023")
    page.get_by_role("button", name="Ghi loại hộ năm 2024").click()
    expect(page.get_by_text("Đã ghi loại hộ năm 2024 cho 2 hộ")).to_be_visible()
    assert PovertyStatus.objects.filter(year=2024).count() == 2
