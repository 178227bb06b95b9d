"""Coming in in two steps on a telephone-sized and a desk screen: turned on, used, locked, opened again, seen and ended."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from childcare.accounts.models_sessions import SecondFactor, SignIn
from tests.people import PASSWORD, code_of


def code(officer):
    SecondFactor.objects.update(last_step=0)  # a person would wait for the next code
    return code_of(officer)


def idle(seconds):
    """As if nobody had touched the machine for that long."""
    row = Session.objects.get(pk=SignIn.objects.filter(ended_at=None).latest("pk").session_key)
    session = row.get_decoded()
    session["seen"] -= seconds
    Session.objects.filter(pk=row.pk).update(session_data=Session.objects.encode(session))


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_officer_turns_the_second_step_on_comes_in_by_it_and_opens_the_locked_screen(
    an_with_password, open_page, axe, fits, look, size
):
    page = open_page(size=size)

    def good(name):
        axe(page)
        fits(page)
        look(page, f"sign-in-{name}-{size}")

    def password():
        page.get_by_label("Tên đăng nhập").fill("an")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()

    page.goto(reverse("second-factor"))
    password()
    good("off")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("img", name=re.compile("Mã QR"))).to_be_visible()
    good("start")
    page.get_by_label("Mã xác nhận").fill(code(an_with_password))
    page.get_by_role("button", name="Bật xác nhận hai bước").click()
    expect(page.locator("ol.codes li")).to_have_count(10)
    good("codes")
    spare = page.locator("code").first.inner_text()
    page.get_by_role("link", name="Đã cất mã").click()
    good("on")
    page.context.clear_cookies(name="sessionid")
    page.goto(reverse("account-sessions"))
    password()
    expect(page.locator("h1")).to_have_text("Mã xác nhận")
    good("code")
    page.get_by_label("Mã xác nhận").fill(spare)
    page.get_by_role("button", name="Vào").click()
    expect(page.get_by_text("đang dùng")).to_be_visible()
    good("sessions")
    page.get_by_role("button", name="Kết thúc mọi lần khác").click()
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    idle(901)
    page.goto(reverse("officer-list"))
    expect(page.locator("h1")).to_have_text("Màn hình đã khóa")
    good("locked")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.locator("h1")).to_have_text("Cán bộ")
