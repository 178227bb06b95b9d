"""The components at a desk and on a phone: accessible, strict CSP, nothing from others, everything by keyboard."""

import re

import pytest
from playwright.sync_api import expect

TABBABLE = """() => {
  const shown = (e) => e.offsetParent !== null && getComputedStyle(e).visibility !== "hidden";
  const all = Array.from(document.querySelectorAll("a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary"));
  const names = new Set();
  return all.filter(shown).filter((e) => {
    if (e.type !== "radio") return true;
    if (names.has(e.form + e.name)) return false;
    names.add(e.form + e.name);
    return true;
  }).length;
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  window.places = window.places || [];
  if (!window.places.includes(e)) window.places.push(e);
  const style = getComputedStyle(e);
  return [e.outerHTML.slice(0, 120), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, window.places.length];
}"""


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


def test_every_component_is_accessible_and_fits(signed_in, an, look, axe, fits, size):
    page = signed_in(an, size)
    page.goto("/mau")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mẫu giao diện")
    look(page, f"mau-{size}")
    axe(page)
    fits(page)


def test_the_page_with_its_menu_is_accessible_and_fits(signed_in, an, look, axe, fits, size):
    page = signed_in(an, size)
    page.goto("/mau")
    expect(page.get_by_role("main")).to_be_visible()
    if size == "phone":
        page.get_by_role("button", name="Mục").click()
    expect(page.get_by_role("navigation", name="Mục chính")).to_be_visible()
    axe(page)
    fits(page)
    look(page, f"frame-{size}", whole=False)


def test_the_chart_is_drawn_from_its_table(open_page):
    page = open_page()
    page.goto("/mau")
    expect(page.locator("canvas").first).to_be_visible()
    page.wait_for_function("Chart.getChart(document.querySelector('canvas'))")
    assert page.evaluate("Chart.getChart(document.querySelector('canvas')).data.datasets[0].data") == [112, 31, 4, 1]
    page.get_by_text("Xem bảng số liệu").first.click()
    expect(page.get_by_role("cell", name="112")).to_be_visible()


def test_everything_is_reached_by_keyboard_with_a_visible_focus(open_page):
    page = open_page()
    page.goto("/mau")
    wanted = page.evaluate(TABBABLE)
    reached, unseen = 0, []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED)
        if state is None:
            break
        html, visible, reached = state
        if not visible:
            unseen.append(html)
    assert not unseen
    assert reached >= wanted


def test_the_first_tab_offers_the_content(open_page):
    page = open_page()
    page.goto("/mau")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Tới nội dung chính")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_enter_goes_to_the_next_box_and_does_not_send(open_page):
    page = open_page()
    page.goto("/mau")
    form = page.locator("form[data-form]").first
    form.get_by_label("Họ và tên").fill("Nguyễn Thị Hoà")
    page.keyboard.press("Enter")
    expect(form.get_by_label("Ngày sinh")).to_be_focused()
    assert page.url.endswith("/mau")


def test_typed_text_is_not_left_behind_unasked(open_page):
    page = open_page()
    page.goto("/mau")
    page.get_by_label("Họ và tên").first.fill("Nguyễn Thị Hoà")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Bảo vệ trẻ em").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_the_errors_take_the_focus_and_lead_into_their_boxes(open_page, axe, look):
    page = open_page()
    page.goto("/mau?loi=1")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("Ngày sinh")).click()
    expect(page.locator("#id_sai-birth")).to_be_focused()
    expect(page.locator("#id_sai-birth")).to_have_accessible_description(re.compile("Không có ngày"))
    axe(page)
    look(page, "form-errors", whole=False)


def test_a_filter_applies_at_once_and_leaves_nothing_empty_in_the_address(open_page):
    page = open_page()
    page.goto("/mau")
    page.get_by_label("Hoàn cảnh").first.select_option("N01")
    page.wait_for_url(re.compile("group=N01"))
    assert "unit=" not in page.url and "age=" not in page.url
    expect(page.get_by_label("Hoàn cảnh").first).to_be_focused()


def test_the_browser_keeps_nothing(signed_in, an):
    page = signed_in(an)
    page.goto("/mau")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("address", ["/khong-co-trang-nay/"])
def test_an_error_page_is_accessible(signed_in, an, look, axe, fits, size, address):
    page = signed_in(an, size)
    page.expected = {404}
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang này")
    axe(page)
    fits(page)
    look(page, f"error-404-{size}")
