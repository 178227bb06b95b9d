"""The frame at work: a child found from everywhere, a form that outlives its session, one's own menu."""

import re

from playwright.sync_api import expect

from childcare.children.models import Child
from tests import factories


def test_a_child_is_found_from_everywhere_without_tones_and_opened_by_keyboard(signed_in, an, ward, axe, look):
    factories.child(ward, "Nguyễn Thị Hoà", "12/05/2016", sex="f")
    factories.child(ward, "Trần Văn Hùng", "2018")
    page = signed_in(an)
    page.goto("/tai-khoan/")
    page.get_by_role("searchbox", name="Tìm trẻ em").press_sequentially("nguyen thi hoa", delay=20)
    answer = page.locator("#find-found").get_by_role("link", name=re.compile("Nguyễn Thị Hoà"))
    expect(answer).to_be_visible()
    expect(page.locator("#find-found").get_by_role("link")).to_have_count(1)
    axe(page)
    look(page, "found", whole=False)
    assert page.url.endswith("/tai-khoan/")  # no name in an address
    page.keyboard.press("ArrowDown")
    expect(answer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Hoà")


def test_escape_closes_the_answers(signed_in, an, ward):
    factories.child(ward, "Nguyễn Thị Hoà")
    page = signed_in(an)
    page.goto("/tai-khoan/")
    page.get_by_role("searchbox").press_sequentially("hoa", delay=20)
    expect(page.locator("#find-found").get_by_role("link")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#find-found").get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_form_sent_after_the_session_ended_is_sent_again_after_signing_in(signed_in, an, ward, look, axe):
    page = signed_in(an)
    page.goto("/tre-em/them/")
    page.get_by_label("Họ và tên").first.fill("Nguyễn Thị Hoà")
    page.get_by_label("Ngày sinh").first.fill("2016")
    page.get_by_label("Nơi ở").first.select_option(index=1)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.expected = {401}
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên làm việc đã hết")
    expect(page.locator("#kept")).to_contain_text("Nguyễn Thị Hoà")
    expect(page.get_by_role("button", name="Gửi lại")).to_be_disabled()
    axe(page)
    look(page, "error-401")
    assert not Child.objects.exists()

    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])  # signed in, in another tab
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.get_by_role("main")).to_contain_text("Nguyễn Thị Hoà")
    assert Child.objects.get().full_name == "Nguyễn Thị Hoà"


def test_the_officers_own_menu_opens_and_signs_out(signed_in, an):
    page = signed_in(an)
    page.goto("/tai-khoan/")
    page.get_by_role("button", name=re.compile("Nguyễn Thị An")).click()
    expect(page.get_by_role("link", name="Tài khoản của tôi")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(re.compile("/dang-nhap/"))
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.go_back()
    expect(page).to_have_url(re.compile("/dang-nhap/"))
