"""A lost line loses no text: what was typed is kept, comes back with a sentence, and goes when the form is saved."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.accounts.models import Draft
from childcare.children.models import Child, Incident
from tests import factories


@pytest.fixture
def place(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


def test_a_browser_that_died_brings_back_what_was_typed_and_saving_ends_the_draft(an, place, signed_in, axe, look):
    page = signed_in(an)
    page.goto(reverse("child-add"))
    page.get_by_label("Họ và tên").first.fill("Nguyễn Thị Hoà")
    page.get_by_label("Ngày sinh").fill("2016")
    page.get_by_label("Nữ").check()
    page.get_by_label("Nơi ở").select_option(label="Tổ dân phố 3")
    page.get_by_text("Trường, lớp, giấy tờ, ghi chú").click()
    page.get_by_label("Ghi chú").fill("Ở với bà ngoại")
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=15_000)
    assert "Ho" not in Draft.objects.values_list("key", flat=True).get()
    again = signed_in(an)
    again.goto(reverse("child-add"))
    expect(again.get_by_text("Đây là bản nháp anh/chị gõ dở")).to_be_visible()
    expect(again.get_by_label("Họ và tên").first).to_have_value("Nguyễn Thị Hoà")
    expect(again.get_by_label("Nữ")).to_be_checked()
    expect(again.get_by_label("Ghi chú")).to_have_value("Ở với bà ngoại")
    axe(again)
    look(again, "draft-restored")
    again.get_by_role("button", name="Lưu", exact=True).click()
    expect(again.locator("h1")).to_have_text("Nguyễn Thị Hoà")
    assert Child.objects.get().note == "Ở với bà ngoại"
    again.goto(reverse("child-add"))
    expect(again.get_by_label("Họ và tên").first).to_have_value("")
    assert not again.get_by_text("Đây là bản nháp").count()


def test_a_lost_line_is_told_and_the_next_try_keeps_the_text(an, place, signed_in):
    page = signed_in(an)
    page.goto(reverse("incident-add"))
    page.expected = {503}
    page.route("**/nhap/", lambda route: route.fulfill(status=503))
    page.get_by_label("Diễn biến").fill("Trẻ ngã khi chơi ở sân đình")
    expect(page.get_by_text("Chưa lưu nháp được, sẽ thử lại")).to_be_visible(timeout=15_000)
    page.unroute("**/nhap/")
    page.get_by_label("Kết quả xử lý").fill("Đã đưa đi bệnh viện")
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=15_000)
    assert Draft.objects.get().version == 1 and not Incident.objects.exists()


def test_of_two_tabs_the_second_is_warned_and_the_first_text_stays(an, place, signed_in):
    one, other = signed_in(an), signed_in(an)
    other.expected = {409}
    for page in (one, other):
        page.goto(reverse("child-add"))
    one.get_by_label("Họ và tên").first.fill("Nguyễn Thị Hoà")
    expect(one.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=15_000)
    other.get_by_label("Họ và tên").first.fill("Lê Văn Bình")
    expect(other.get_by_text("đang mở ở một thẻ khác")).to_be_visible(timeout=15_000)
    assert "Nguyễn Thị Hoà" in Draft.objects.get().fields
    one.goto(reverse("child-add"))
    one.get_by_role("button", name="Bỏ bản nháp").click()
    expect(one.get_by_label("Họ và tên").first).to_have_value("")
