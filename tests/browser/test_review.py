"""A collaborator reviews the children of a hamlet on a phone: one tick each, on a line that breaks."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.actions import rounds
from childcare.children.models import ReviewTick
from tests import factories, people


@pytest.fixture
def hamlet(an, ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    house = factories.household(place, "Nguyễn Văn Hào", address="Số 7, ngõ 12")
    for name in ("Nguyễn Thị Hoà", "Nguyễn Văn Bình", "Trần Văn Cường"):
        factories.child(place, name, "12/05/2016", house=house, mother_name="Trần Thị Mai")
    return place


@pytest.fixture
def round(an, ward, hamlet):
    return rounds.open_round(
        by=an, unit=ward, title="Rà soát trẻ em 6 tháng đầu năm 2024", started_on=people.TODAY, due_on=people.TODAY
    )


@pytest.fixture
def tam(ward, hamlet):
    officer = people.officer("tam", "Lê Văn Tâm", "collaborator", people.NAM_SON)
    officer.appointments.update(unit=hamlet)
    return officer


def answer_of(name):
    return ReviewTick.objects.get(child__full_name=name).answer


def test_one_tick_a_child_on_a_phone(tam, round, hamlet, signed_in, axe, fits, look):
    page = signed_in(tam, "phone")
    page.goto(reverse("round", args=[round.public_id]))
    axe(page)
    fits(page)
    page.get_by_role("link", name="Tổ dân phố 3").click()
    axe(page)
    fits(page)
    page.locator("label", has_text="Còn, không thay đổi").first.click()
    expect(page.locator(".review-said").first).to_contain_text("Đã lưu lúc")
    expect(page.locator("#review-progress")).to_have_text("Đã rà soát 1/3")
    page.locator("label", has_text="Còn, cần sửa").nth(1).click()
    page.get_by_label("Cần sửa gì").nth(1).fill("Sai ngày sinh")
    page.get_by_label("Cần sửa gì").nth(1).press("Tab")
    expect(page.locator("#review-progress")).to_have_text("Đã rà soát 2/3")
    look(page, "review-phone")
    axe(page)
    fits(page)
    page.wait_for_timeout(300)
    assert (
        answer_of("Nguyễn Văn Bình") == "stays"
        and ReviewTick.objects.get(child__full_name="Trần Văn Cường").note == "Sai ngày sinh"
    )


def test_what_is_not_saved_is_shown_and_sent_again_once_the_line_is_back(tam, round, hamlet, signed_in, look):
    page = signed_in(tam, "phone")
    page.goto(reverse("round-place", args=[round.public_id, hamlet.public_id]))
    page.route("**/tre/**", lambda route: route.abort())
    page.expected = {"offline"}
    page.locator("label", has_text="Đã chuyển đi").first.click()
    expect(page.locator(".review-said").first).to_have_text("Chưa lưu. Mạng yếu, sẽ tự gửi lại.")
    expect(page.locator("[data-review-unsaved]")).to_have_text("1 trẻ chưa lưu")
    look(page, "review-unsaved-phone")
    assert answer_of("Nguyễn Văn Bình") == ""
    page.unroute("**/tre/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".review-said").first).to_contain_text("Đã lưu lúc")
    expect(page.locator("[data-review-unsaved]")).to_have_text("")
    assert answer_of("Nguyễn Văn Bình") == "left"


def test_the_officer_sees_progress_and_what_is_left_to_do(an, round, signed_in, axe, fits, look):
    for name, answer in (("Nguyễn Thị Hoà", "left"), ("Trần Văn Cường", "mend")):
        rounds.tick(row=ReviewTick.objects.get(child__full_name=name), by=an, answer=answer, note="Sai tên mẹ")
    for size in ("desk", "phone"):
        page = signed_in(an, size)
        page.goto(reverse("round", args=[round.public_id]))
        axe(page)
        fits(page)
        look(page, f"review-round-{size}")
