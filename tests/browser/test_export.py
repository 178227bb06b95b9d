"""A long list leaves by a job: the reason, the progress, the button that stops it, the file."""

import pytest
from playwright.sync_api import expect

from childcare.children import exporting
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_export_is_asked_for_stopped_and_asked_for_again(signed_in, an, ward, axe, look, monkeypatch, size):
    monkeypatch.setattr(exporting, "FEW", 0)
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    factories.child(ward, "Nguyễn Thị Hoà")
    page = signed_in(an, size=size)
    page.goto("/tre-em/xuat/xlsx/")
    axe(page)
    look(page, f"export-{size}")
    page.get_by_label("Lý do xuất").fill("Đối chiếu với công an phường")
    page.get_by_role("button", name="Xuất danh sách").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xuất danh sách trẻ em ra tệp")
    axe(page)
    look(page, f"export-job-{size}")
    page.get_by_role("button", name="Dừng việc này").click()
    expect(page.get_by_role("status").filter(has_text="Đã hủy")).to_be_visible()
    look(page, f"export-stopped-{size}")
    page.goto("/tre-em/xuat/xlsx/")
    page.get_by_label("Lý do xuất").fill("Đối chiếu với công an phường")
    page.get_by_role("button", name="Xuất danh sách").click()
    expect(page.get_by_role("button", name="Dừng việc này")).to_be_visible()
    assert jobs.run(Job.objects.latest("pk").pk).state == Job.State.DONE
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp về").click()  # the page learnt of the end by itself
    assert download.value.suggested_filename.endswith(".xlsx")
