"""The register in a browser: numbers switched on, a report signed without typing one, sealed, found by its code; desk and phone."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from childcare.documents.actions import numbers
from childcare.documents.books import Series
from reports.models import Submission
from tests import people
from tests.childcare.documents.certificates import PASSWORD, p12, signed_outside
from tests.reports import reporting

BOOK = "/bao-cao/so-van-ban/"


@pytest.fixture
def waiting(an, lan):
    """A report that waits for its signature, and rows of the register, one of them cancelled."""
    ward = reporting.small_ward()
    for number, subject in (
        ("11", "Mời họp Ban bảo vệ trẻ em"),
        ("12", "Phối hợp tổ chức Tết Thiếu nhi 1/6 cho trẻ em khó khăn"),
    ):
        row = numbers.take(
            Series(ward, None, "CV"), by=an, issued_on=people.TODAY, number=number, subject=subject, signer_name="Phạm Thị Lan",
            recipients=["Trạm y tế phường", "Công an phường"],
        )  # fmt: skip
    numbers.cancel(entry=row, by=an, reason="Hoãn, ban hành sau")
    return reporting.presented(an)


def test_from_the_switch_to_the_check_page(an, lan, waiting, signed_in, open_page, look, axe, tmp_path):
    page, report = signed_in(lan), f"/bao-cao/{waiting.obligation.public_id}/"
    page.goto(f"{BOOK}cach-cap-so/")
    axe(page)
    look(page, "register-numbering")
    page.get_by_label("Số tiếp theo: Báo cáo, Phường Nam Sơn").fill("15")
    page.get_by_role("button", name="Để phần mềm cấp số: Báo cáo, Phường Nam Sơn").click()
    expect(page.get_by_text("Phần mềm cấp số từ nay cho loại Báo cáo.")).to_be_visible()
    page.goto(f"{BOOK}chung-thu-so/")
    (tmp_path / "dau.p12").write_bytes(p12("UBND phường Nam Sơn"))
    page.get_by_label("Tệp chứng thư số").set_input_files(str(tmp_path / "dau.p12"))
    page.get_by_label("Mật khẩu của tệp").fill(PASSWORD)
    page.get_by_role("button", name="Lưu chứng thư số").click()
    expect(page.get_by_text("CA thử nghiệm")).to_be_visible()
    axe(page)
    look(page, "register-seals")
    page.goto(f"{report}ky/")
    page.get_by_label("Ngày ký").fill("2/5/2024")
    page.get_by_label("Họ và tên người ký").fill("Phạm Thị Lan")
    page.get_by_role("textbox", name="Chức vụ của người ký").fill("Chủ tịch")
    axe(page)
    look(page, "report-sign")
    page.get_by_role("button", name="Ghi nhận đã ký").click()
    page.get_by_role("link", name="Sổ văn bản, ký số").click()
    expect(page.get_by_role("heading", name="15/BC-UBND")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="PDF đã ban hành").click()
    with ThreadPoolExecutor() as elsewhere:  # the browser's loop runs here, and signing wants one of its own
        (tmp_path / "ky.pdf").write_bytes(elsewhere.submit(signed_outside, got.value.path().read_bytes()).result())
    page.get_by_role("link", name="Người có thẩm quyền ký số").click()
    axe(page)
    page.get_by_label("Tệp PDF đã ký số").set_input_files(str(tmp_path / "ky.pdf"))
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.get_by_text("Chữ ký số của Phạm Thị Lan toàn vẹn")).to_be_visible()
    page.get_by_role("button", name="Ký số của cơ quan").click()
    expect(page.get_by_text("Đã ký số của cơ quan trên văn bản.")).to_be_visible()
    axe(page)
    look(page, "register-entry")
    page.goto(f"{BOOK}lay-so/")
    axe(page)
    look(page, "register-take")
    for size in ("desk", "phone"):
        small = signed_in(an, size=size)
        small.goto(BOOK)
        expect(small.get_by_text("Lý do hủy: Hoãn, ban hành sau")).to_be_visible()
        axe(small)
        look(small, f"register-{size}")
        small.goto(f"{BOOK}cach-cap-so/")
        look(small, f"register-numbering-{size}")
    stranger = open_page(size="phone")
    document = Submission.objects.get(pk=waiting.pk).document
    stranger.goto(urlsplit(f"/kiem-tra/{document.check_token}/").path)
    expect(stranger.get_by_text("Văn bản có thật.")).to_be_visible()
    axe(stranger)
    look(stranger, "register-check")
