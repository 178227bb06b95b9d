"""Accounts in a browser: from the link on paper to the sign-in page and out again; every page accessible, at a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from childcare.accounts import actions
from childcare.inbox import actions as inbox
from childcare.inbox.models import Digest
from childcare.jobs.models import Heartbeat, Job
from childcare.units.models import DayOverride
from tests import people
from tests.people import PASSWORD


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def busy(an, binh, chi, lan, dung, phuc, quan):
    """Officers, messages, a running job, a mail that failed."""
    for key, subject, url in (
        ("a", "Báo cáo 6 tháng 2024: còn 7 ngày, chậm nhất 09/05/2024", "/tai-khoan/"),
        ("b", "Đã tiếp nhận", ""),
    ):
        inbox.send(
            officer=an, key=key, day=people.TODAY, subject=subject, url=url, body="Mở báo cáo để viết tiếp." if url else ""
        )
    inbox.read(messages=an.inbox.filter(key="b"), by=an)
    actions.set_active(officer=binh, by=an, active=False)
    Heartbeat.objects.create(name="worker", at=timezone.now())
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(hours=1))
    Job.objects.create(kind="import.write", key="x", state="failed", tries=3, message="Việc này không chạy xong.")
    Digest.objects.create(officer=an, day=people.TODAY, message_id="<a>", tries=5, error="ConnectionRefusedError")
    DayOverride.objects.create(day=people.TODAY, working=False, basis="Thông báo số 1")
    return Job.objects.create(
        kind="import.read", key="y", requested_by=an, state="running", done=300, total=1200, message="Đang đọc danh sách"
    )


def test_a_new_officer_comes_in_by_the_link_on_paper(signed_in, open_page, dung, axe, look):
    desk = signed_in(dung)
    desk.goto("/can-bo/them/")
    axe(desk)
    look(desk, "officer-add")
    desk.get_by_label("Họ và tên").fill("Đặng Thị Hoa")
    desk.locator("#id_unit").select_option(label="Phường Nam Sơn · Quận Kiến An")
    desk.locator("#id_role").select_option(label="Lãnh đạo UBND xã/phường")
    desk.get_by_role("button", name="Mở tài khoản và in đường dẫn").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Đường dẫn đặt mật khẩu")
    axe(desk)
    look(desk, "officer-link")
    address = desk.locator("[data-access-link]").inner_text()

    hoa = open_page(size="phone")
    hoa.goto(address)
    axe(hoa)
    look(hoa, "account-link-phone")
    hoa.get_by_label("Mật khẩu mới", exact=False).first.fill(PASSWORD)
    hoa.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    hoa.get_by_role("button", name="Đặt mật khẩu").click()
    expect(hoa.get_by_text("Đã đặt mật khẩu.")).to_be_visible()
    axe(hoa)
    look(hoa, "sign-in-phone")
    hoa.get_by_label("Tên đăng nhập").fill("hoa.dt")
    hoa.get_by_label("Mật khẩu").fill(PASSWORD)
    hoa.get_by_role("button", name="Đăng nhập").click()
    hoa.goto("/tai-khoan/")
    expect(hoa.get_by_text("Lãnh đạo UBND xã/phường, Phường Nam Sơn")).to_be_visible()

    hoa.expected = {410}
    hoa.goto(address)
    expect(hoa.get_by_role("heading", level=1)).to_have_text("Đường dẫn không còn dùng được")
    axe(hoa)


def test_a_wrong_password_is_said_and_going_out_leads_to_the_sign_in_page(open_page, an, axe, look):
    an.set_password(PASSWORD)
    an.save()
    page = open_page()
    page.goto("/tai-khoan/")
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu").fill("gõ nhầm mất rồi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng").first).to_be_visible()
    axe(page)
    look(page, "sign-in-wrong")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    page.get_by_role("button", name="Nguyễn Thị An").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


PAGES = [
    ("dung", "/can-bo/", "officer-list"), ("dung", "/can-bo/{an}/", "officer"), ("dung", "/can-bo/{an}/phan-cong/", "officer-appoint"),
    ("dung", "/phan-cong/{post}/ket-thuc/", "officer-end"), ("an", "/tai-khoan/", "account"), ("an", "/tai-khoan/mat-khau/", "password"),
    ("an", "/nhac-viec/", "inbox"), ("an", "/viec-nen/{job}/", "job"), ("an", "/vai-tro/", "grants"),
    ("quan", "/cai-dat/", "settings"), ("quan", "/nhat-ky/", "audit-log"), ("lan", "/nhat-ky/?first=1/1/2020&last=2/1/2020", "audit-empty"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "address", "name"), PAGES, ids=[name for _, _, name in PAGES])
def test_the_page_is_accessible_and_fits(signed_in, busy, who, address, name, size, axe, fits, look):
    an = people.an()
    page = signed_in(getattr(people, who)(), size=size)
    page.goto(address.format(an=an.public_id, post=an.appointments.get().public_id, job=busy.public_id))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, f"{name}-{size}")
    axe(page)
    fits(page)
