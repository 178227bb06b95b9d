"""A Trung thu gift for many children in a browser: ticks, preview, writing once, the pay-out list."""

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from childcare.children.models import Support
from tests import factories


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def children(an, ward):
    """Forty children of the ward in two hamlets; one has had the gift."""
    made = []
    for number in range(40):
        place = factories.hamlet(ward, f"Tổ dân phố {number % 2 + 1}") if number < 2 else made[number % 2].unit
        house = factories.household(place, f"Nguyễn Văn Hào {number}", address=f"Số {number + 1}, ngõ 12")
        made.append(factories.child(place, f"Nguyễn Thị Hoa {number:02d}", "12/05/2016", "f", house=house))
    factories.support(made[3], "S33", unit=ward)
    return made


def test_a_gift_for_all_of_the_filter_and_its_pay_out_list(an, children, signed_in, axe, fits, look, size):
    page = signed_in(an, size)
    page.goto(reverse("child-list") + "?age=6-10")
    axe(page)
    fits(page)
    look(page, f"bulk-list-{size}")
    page.get_by_label("Chọn tất cả 40 trẻ em trong kết quả lọc").check()
    page.get_by_role("button", name="Ghi cho các trẻ đã chọn (40)").click()
    expect(page.locator("h1")).to_have_text("Đã chọn 40 trẻ em")
    axe(page)
    fits(page)
    look(page, f"bulk-choose-{size}")
    page.get_by_role("link", name="Ghi Trợ giúp, tặng quà").click()
    page.get_by_label("Hình thức trợ giúp").select_option("S33")
    page.get_by_label("Ngày trợ giúp").fill("1/2/2024")
    page.get_by_label("Số tiền mỗi trẻ").fill("200.000")
    page.get_by_label("Dịp").fill("Tết Trung thu")
    look(page, f"bulk-form-{size}")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="1 trẻ em bị bỏ ra")).to_be_visible()
    expect(page.get_by_role("heading", name="39 trẻ em sẽ được ghi, tổng số tiền 7.800.000 đ")).to_be_visible()
    axe(page)
    fits(page)
    look(page, f"bulk-preview-{size}")
    page.locator("input[name=keep]").first.uncheck()
    page.get_by_role("button", name="Ghi vào sổ (38)").dblclick()
    expect(page.get_by_role("heading", name="38 trẻ em đã ghi, tổng số tiền 7.600.000 đ")).to_be_visible()
    axe(page)
    fits(page)
    look(page, f"bulk-result-{size}")
    page.get_by_role("button", name="In danh sách cấp phát").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Bản in (PDF)").click()
    data = open(taken.value.path(), "rb").read()
    text = " ".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(data)).pages).split())
    assert "Bảy triệu sáu trăm nghìn đồng" in text
    assert Support.objects.filter(occasion="Tết Trung thu").count() == 38


def test_rows_are_ticked_one_by_one_or_by_the_page(an, children, signed_in):
    page = signed_in(an)
    page.goto(reverse("child-list"))
    page.get_by_label("Chọn Nguyễn Thị Hoa 05").check()
    page.get_by_label("Chọn Nguyễn Thị Hoa 06").check()
    expect(page.get_by_role("button", name="Ghi cho các trẻ đã chọn (2)")).to_be_visible()
    page.get_by_label("Chọn cả trang này").check()
    page.get_by_role("button", name="Ghi cho các trẻ đã chọn (40)").click()
    expect(page.locator("h1")).to_have_text("Đã chọn 40 trẻ em")


def test_ticks_stay_from_page_to_page_until_they_are_taken(an, ward, signed_in):
    for number in range(60):
        factories.child(ward, f"Nguyễn Thị Hoa {number:02d}", "2016", "f")
    page = signed_in(an)
    page.goto(reverse("child-list") + "?sex=f")
    page.get_by_label("Chọn Nguyễn Thị Hoa 05").check()
    page.get_by_label("Chọn Nguyễn Thị Hoa 06").check()
    page.get_by_role("link", name="Trang sau").click()
    page.get_by_label("Chọn Nguyễn Thị Hoa 55").check()
    expect(page.get_by_role("button", name="Ghi cho các trẻ đã chọn (3)")).to_be_visible()
    expect(page.get_by_text("gồm 2 trẻ ở trang khác")).to_be_visible()
    page.get_by_role("link", name="Trang trước").click()
    expect(page.get_by_label("Chọn Nguyễn Thị Hoa 05")).to_be_checked()
    page.get_by_label("Chọn Nguyễn Thị Hoa 05").uncheck()
    page.get_by_role("button", name="Ghi cho các trẻ đã chọn (2)").click()
    expect(page.locator("h1")).to_have_text("Đã chọn 2 trẻ em")
    page.goto(reverse("child-list") + "?sex=f")
    expect(page.get_by_role("button", name="Bỏ chọn hết")).to_have_count(0)
    page.get_by_label("Chọn cả trang này").check()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("button", name="Ghi cho các trẻ đã chọn (50)")).to_be_visible()
    page.get_by_role("button", name="Bỏ chọn hết").click()
    expect(page.get_by_role("link", name="Nguyễn Thị Hoa 55")).to_be_visible()
    expect(page.get_by_role("button", name="Ghi cho các trẻ đã chọn", exact=True)).to_be_visible()


PASTE = """([text]) => { const data = new DataTransfer(); data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""


def test_rows_copied_in_excel_are_pasted_checked_and_written(an, children, signed_in, axe, fits, look, size):
    page = signed_in(an, size)
    page.goto(reverse("paste", args=["support"]))
    page.get_by_label("Trẻ em, dòng 1", exact=True).focus()
    lines = [f"Nguyễn Thị Hoa {at:02d}\t12/05/2016\tS47\t1/3/2024\t150.000\tNgân sách nhà nước" for at in range(12)]
    page.evaluate(PASTE, ["\r\n".join(lines) + "\r\n"])
    expect(page.get_by_label("Trẻ em, dòng 12")).to_have_value("Nguyễn Thị Hoa 11")
    axe(page)
    fits(page)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Trẻ em, dòng 2", exact=True)).to_be_focused()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("12 dòng cần sửa")).to_be_visible()
    axe(page)
    look(page, f"bulk-paste-{size}")
    page.get_by_role("button", name="Ghi vào sổ").dblclick()
    expect(page.get_by_role("heading", name="12 trẻ em đã ghi, tổng số tiền 1.800.000 đ")).to_be_visible()
    assert Support.objects.filter(kind__code="S47").count() == 12
