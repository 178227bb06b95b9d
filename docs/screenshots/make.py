"""Makes the pictures of the guide anew. First start `TRAINING_TODAY=2024-05-02 bin/run` with an empty var/, then run this.

.venv/bin/python docs/screenshots/make.py [http://127.0.0.1:8000]
"""

import sys
from functools import partial
from pathlib import Path

import registry
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
PASSWORD = "hoa phuong do 2024"
CHROMIUM = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
PLACES = {"first": 0, "second": 1}  # of the lines of a list
# Account → (name of the picture, address > "first" line of its list > words of links that lead there, height of the cut).
TOUR = {
    "namson": [
        ("viec-can-lam", "/", 768),
        ("tre-em", "/tre-em/", 768),
        ("tre-em-mot-tre", "/tre-em/?group=N04 > first", 900),
        ("them-tre-em", "/tre-em/them/", 768),
        ("nhap-tu-excel", "/nhap-tep/chon-tep/", 640),
        ("vu-viec", "/vu-viec/", 520),
        ("ke-hoach", "/ke-hoach/", 640),
        ("hoat-dong", "/hoat-dong/?kind=communication > first", 768),
        ("nhan-luc", "/nhan-luc/", 900),
        ("nhom-thuong-truc", "/nhan-luc/ > Ban, nhóm, câu lạc bộ > first", 900),
        ("so-quy", "/quy/ > first", 900),
        ("lich-cong-tac", "/lich/", 900),
        ("phu-hop-voi-tre-em", "/ke-hoach/phu-hop/ > first", 900),
        ("bao-cao-phai-gui", "/bao-cao/", 640),
        ("hoc-sinh-cho-khop", "/tre-em/hoc-sinh-cho-khop/", 768),
        ("phan-mem-cua-bo", "/tre-em/phan-mem-cua-bo/", 640),
        ("ho-so", "/ho-so/", 640),
        ("ho-so-tiep-nhan", "/ho-so/tiep-nhan/", 900),
        ("ho-so-mot-ho-so", "/ho-so/ > first", 1100),
        ("ho-so-ban-in", "/ho-so/ > first > Mọi mẫu của hồ sơ", 900),
        ("cham-soc-mot-tre", "/cham-soc-thay-the/ > second", 900),
        ("ho-so-han-che", "/ho-so/ > second", 640),
    ],
    "truong.namson": [("hoc-sinh-theo-lop", "/hoc-sinh/", 768)],
    "quan": [
        ("quan-tong-hop", "/tong-hop/", 900),
        ("quan-giao-chi-tieu", "/ke-hoach/?where=own > first > Giao chỉ tiêu cho cấp dưới", 768),
        ("quan-so-sanh-chi-tieu", "/ke-hoach/?where=own > first > Xem kết quả chỉ tiêu > Trẻ em có hoàn cảnh đặc biệt", 820),
        ("quan-bao-cao-cap-duoi", "/bao-cao/cap-duoi/", 768),
        ("quan-tinh-hinh-gui", "/tong-hop/gui-bao-cao/", 1000),
        ("can-bo", "/can-bo/", 640),
    ],
}


def sign_in(browser, account):
    """A page of this account; the picture of signing in is taken by the way."""
    page = browser.new_context(base_url=ADDRESS, viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
    page.goto("/dang-nhap/")
    if account == "namson":
        shoot(page, "dang-nhap", 560)
    page.fill("[name=username]", account)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    return page


def tour(browser, account, stops):
    """Take every picture of one account."""
    page = sign_in(browser, account)
    for name, where, height in stops:
        page.goto(where.split(" > ")[0])
        for word in where.split(" > ")[1:]:
            place = PLACES.get(word)
            link = (
                page.get_by_role("link", name=word) if place is None else page.locator("main table.list tbody td:first-child a")
            )
            page.goto(link.nth(place or 0).get_attribute("href"))
        shoot(page, name, height)
    if account == "namson":
        report(page)


def report(page):
    """The half-year report from its beginning to the page of presenting it."""
    page.goto("/bao-cao/")
    page.get_by_role("link", name="6 tháng đầu năm 2024").click()
    page.wait_for_load_state()
    button = page.get_by_role("button", name="Bắt đầu soạn báo cáo")
    if button.count():
        button.click()
        page.wait_for_load_state()
    shoot(page, "soan-bao-cao", 900)
    page.locator("#khong-phat-sinh").scroll_into_view_if_needed()
    page.locator("#khong-phat-sinh").screenshot(path=HERE / "khong-phat-sinh.png")
    page.goto(page.url.rstrip("/") + "/trinh-ky/")
    shoot(page, "trinh-ky", 768)


def shoot(page, name, height):
    """The upper part of the page as the officer sees it first."""
    page.evaluate("document.fonts.ready")
    page.set_viewport_size({"width": 1366, "height": height})
    page.screenshot(path=HERE / f"{name}.png", clip={"x": 0, "y": 0, "width": 1366, "height": height})


with sync_playwright() as tools:
    browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM.split())
    for account, stops in TOUR.items():
        tour(browser, account, stops)
    registry.take(partial(sign_in, browser))
