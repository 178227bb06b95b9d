"""The list that goes out and comes back, in a browser: made, downloaded, filled in, taken in, undone."""

import io

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.models import CheckList, Child, ImportBatch
from childcare.jobs import actions as jobs
from tests import factories


@pytest.fixture
def child(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    return factories.child(place, "Nguyễn Văn An", "12/05/2016", ethnic="E01", mother_name="Lê Thị Mẹ")


def filled_in(data, number):
    """The workbook as the police gives it back."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Tổ dân phố 3"]
    sheet["I6"], sheet["L6"] = number, "30/04/2024"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_list_goes_out_comes_back_and_is_undone(child, an, ward, signed_in, axe, fits, look):
    page = signed_in(an)
    page.goto(reverse("check-lists"))
    axe(page)
    fits(page)
    look(page, "check-lists-desk")
    page.get_by_label("Người giữ danh sách").fill("Trần Văn Tổ")
    page.get_by_role("button", name="Lập danh sách").click()
    jobs.run(CheckList.objects.get().job_id)
    page.goto(reverse("check-lists"))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel", exact=True).click()
    data = filled_in(open(waiting.value.path(), "rb").read(), "031216000012")

    page.goto(reverse("import-upload"))
    file = {"name": "tra-lai.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": data}
    page.get_by_label("Tệp danh sách").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_url("**/nhap-tep/*-*/")
    batch = ImportBatch.objects.get()
    jobs.run(batch.read_job_id)
    page.goto(reverse("import-batch", args=[batch.public_id]))
    expect(page.get_by_text("Số định danh: 031216000012; Công an xác thực ngày: 30/04/2024")).to_be_visible()
    axe(page)
    fits(page)
    look(page, "answers-preview-desk")
    page.get_by_role("button", name="Ghi vào sổ").first.click()
    batch.refresh_from_db()
    jobs.run(batch.write_job_id)
    assert Child.objects.get().identity_number == "031216000012"

    page.goto(reverse("import-batch", args=[batch.public_id]))
    page.get_by_role("link", name="Hoàn tác cả lần nhập này").click()
    axe(page)
    page.get_by_label("Lý do hoàn tác").fill("Nhầm tệp")
    page.get_by_role("button", name="Hoàn tác lần nhập").click()
    page.wait_for_url("**/nhap-tep/*-*/")
    batch.refresh_from_db()
    jobs.run(batch.undo_job_id)
    page.goto(reverse("import-batch", args=[batch.public_id]))
    expect(page.get_by_text("đã hoàn tác lần nhập này")).to_be_visible()
    assert Child.objects.get().identity_number is None


def test_progress_fits_a_phone(child, an, signed_in, axe, fits, look):
    page = signed_in(an, "phone")
    page.goto(reverse("check-lists"))
    axe(page)
    fits(page)
    look(page, "check-lists-phone")
