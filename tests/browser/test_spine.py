"""The whole way in the roles of three people: a ward's Excel list becomes the district's signed report.

An (ward) imports, records, drafts, presents, records the signature and sends; Dũng (district) accepts, drafts the sum;
Phúc (head of the office) records the signature of the district's own report and takes the PDF.
"""

import io
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from playwright.sync_api import expect

from childcare.children.models import Child, Circumstance, Support
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.units.models import UnitYear
from plans.actions.plans import assign_down
from plans.loading import load_plan, read
from plans.models import Plan
from reports.models import Obligation, Submission
from reports.obligations import ensure_obligations
from tests import factories as f
from tests import people
from tests.browser.conftest import SHOTS

DATA = Path("plans/data")
HEAD = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Số định danh cá nhân",
    "Tổ dân phố",
    "Họ và tên mẹ",
    "Loại hộ năm 2024",
    "Hoàn cảnh đặc biệt",
]
ROWS = [
    ("Nguyễn Thị Hoà", "12/05/2016", "Nữ", "Kinh", "031316000001", "Tổ dân phố 1", "Lê Thị Mai", "Hộ cận nghèo", ""),
    ("Trần Văn Minh", "2018", "Nam", "Kinh", "", "Tổ dân phố 1", "Phạm Thị Lụa", "", "Trẻ em khuyết tật"),
    ("Vũ Hoàng Nam", "03/09/2021", "Nam", "Kinh", "031221000003", "Tổ dân phố 2", "Đỗ Thị Hạnh", "Hộ nghèo", ""),
    ("Bùi Thị Ngọc Ánh", "01/02/2010", "Nữ", "Tày", "031310000004", "Tổ dân phố 2", "Hoàng Thị Yến", "", ""),
    ("Lương Thị Thắm", "15/08/1990", "Nữ", "Kinh", "", "Tổ dân phố 2", "", "", ""),  # a mother: comes back
]  # fmt: skip


@pytest.fixture
def year(an, lan, chi, dung, phuc, ward):
    """Hamlets, population, the plan of Kiến An handed down to Nam Sơn, and what is owed in 2024."""
    for name in ("Tổ dân phố 1", "Tổ dân phố 2"):
        f.hamlet(ward, name)
    for key, value in (("population", 4000), ("children_official", 4)):
        UnitYear.objects.create(unit=ward, year=2024, key=key, value=value, source="Công an phường")
    district = people.unit(people.KIEN_AN)
    plan, _ = load_plan(
        unit=district, items=read(DATA / "kien_an_2024_items.csv"), targets=read(DATA / "kien_an_2024_targets.csv")
    )
    assign_down(plan=plan, unit=ward)
    ensure_obligations(2024)


def workbook():
    """The ward's list as its officer keeps it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách trẻ em"
    sheet.append(HEAD)
    for number, row in enumerate(ROWS, 1):
        sheet.append([number, *row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def worker():
    """What the worker does in the background, done now: everything that waits."""
    for pk in Job.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
        assert jobs.run(pk).state == "done"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def says(page, text):
    expect(page.locator("main")).to_contain_text(text)


def owed(code, unit):
    return Obligation.objects.get(regime__code=code, period="2024-H1", unit__code=unit)


def importing(page, look, axe):
    """The list goes in: preview, one row comes back, nothing is written before the yes."""
    page.goto("/nhap-tep/chon-tep/")
    page.set_input_files(
        "input[type=file]", {"name": "Danh sách trẻ em.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": workbook()}
    )
    look(page, "e2e-01-upload")
    press(page, "Đọc tệp")
    page.wait_for_url("**/nhap-tep/*/")
    worker()
    page.reload()
    says(page, "Nhập 4 trẻ em")
    assert Child.objects.count() == 0
    axe(page)
    look(page, "e2e-02-preview")
    press(page, "Nhập 4 trẻ em")
    page.wait_for_load_state()
    worker()
    page.reload()
    says(page, "trẻ mới")
    look(page, "e2e-03-imported")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải “Tệp cần sửa”").click()
    back = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "Nội dung cần sửa" in [cell.value for cell in back.active[1]]
    assert Child.objects.count() == 4


def recording(page, look, axe):
    """An orphan and a support, found by a name without tones."""
    page.goto("/tre-em/")
    page.get_by_role("searchbox").or_(page.locator("[name=q]")).first.fill("nguyen thi hoa")
    page.get_by_role("link", name="Nguyễn Thị Hoà").first.click()
    page.wait_for_url("**/tre-em/*/")
    child = Child.objects.get(folded_name="nguyen thi hoa")
    page.goto(f"/tre-em/{child.public_id}/hoan-canh/")
    page.select_option("[name=kind]", "N01")
    page.fill("[name=started_on]", "12.3.2023")
    press(page, "Lưu")
    page.wait_for_url("**/tre-em/*/")
    for who in Child.objects.filter(circumstances__isnull=False):
        page.goto(f"/tre-em/{who.public_id}/tro-giup/")
        page.select_option("[name=kind]", "S34")
        page.fill("[name=started_on]", "1/2/2024")
        page.fill("[name=amount]", "500.000")
        press(page, "Lưu")
        page.wait_for_url("**/tre-em/*/")
    assert Circumstance.objects.count() == 2 and Support.objects.count() == 2
    page.goto(f"/tre-em/{child.public_id}/")
    axe(page)
    look(page, "e2e-04-child")


def measuring(page, look, axe):
    """The plan's targets have moved: 2 of 2 helped."""
    page.goto("/")
    look(page, "e2e-05-home")
    axe(page)
    page.goto(f"/ke-hoach/{Plan.objects.get(unit__code=people.NAM_SON).public_id}/chi-tieu/")
    says(page, "2/2")
    says(page, "Đạt")
    axe(page)
    look(page, "e2e-06-targets")


def drafting(page, look, axe):
    """The half-year report: proposed from the figures, zeros confirmed, a paragraph of the officer's own, presented."""
    page.goto(f"/bao-cao/{owed('RG01', people.NAM_SON).public_id}/")
    press(page, "Bắt đầu soạn báo cáo")
    says(page, "4 trẻ em dưới 16 tuổi")
    boxes = page.locator("#khong-phat-sinh input[type=checkbox]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    page.fill("[name=checked_with]", "Công an phường, Trạm y tế")
    press(page, "Xác nhận không phát sinh")
    says(page, "Công an phường, Trạm y tế")
    axe(page)
    look(page, "e2e-07-draft")
    own = page.locator("textarea[name='text-VII']").or_(page.locator("textarea").last).first
    if not own.is_visible():
        page.locator("summary, [data-edit]").last.click()
    own.fill("Đề nghị quận hỗ trợ kinh phí mở lớp dạy bơi trong hè.")
    press(page, "Lưu tạm")
    says(page, "mở lớp dạy bơi")
    page.goto(f"/bao-cao/{owed('RG01', people.NAM_SON).public_id}/trinh-ky/")
    look(page, "e2e-08-present")
    press(page, "Trình ký")
    page.wait_for_load_state()
    assert Submission.objects.get(obligation=owed("RG01", people.NAM_SON)).state == "to_sign"


def signing(page, code, unit, look, name):
    """Signed on paper: number, day and signer typed in; everything frozen."""
    page.goto(f"/bao-cao/{owed(code, unit).public_id}/ky/")
    page.fill("[name=number]", "12")
    page.fill("[name=issued_on]", "02/05/2024")
    page.fill("[name=signer_name]", "Phạm Thị Lan")
    look(page, f"{name}-sign")
    press(page, "Ghi nhận đã ký")
    says(page, "Đã ghi nhận ký")
    worker()
    submission = Submission.objects.get(obligation=owed(code, unit), current=True)
    assert submission.state == "signed" and submission.snapshot.figures.exists()


def sending(page, code, unit, button):
    page.goto(f"/bao-cao/{owed(code, unit).public_id}/")
    press(page, button)
    page.wait_for_load_state()
    assert Submission.objects.get(obligation=owed(code, unit), current=True).state == "sent"


def answering(page, look, axe):
    """The district sees who has sent, accepts, and nobody else's report is touched."""
    page.goto("/tong-hop/")
    says(page, "1 đã gửi")
    axe(page)
    look(page, "e2e-10-district")
    page.goto(f"/bao-cao/{owed('RG01', people.NAM_SON).public_id}/")
    look(page, "e2e-11-received")
    press(page, "Tiếp nhận")
    says(page, "Đã tiếp nhận")


def summing(page, look, axe):
    """The district's own report names the nine wards that are missing."""
    page.goto(f"/bao-cao/{owed('RG03', people.KIEN_AN).public_id}/")
    press(page, "Bắt đầu soạn báo cáo")
    says(page, "Văn Đẩu")
    axe(page)
    look(page, "e2e-12-district-draft")
    page.goto(f"/bao-cao/{owed('RG03', people.KIEN_AN).public_id}/trinh-ky/")
    press(page, "Trình ký")
    page.wait_for_load_state()


def pdf_of(page, code, unit):
    """The signed PDF as the browser downloads it."""
    answer = page.request.get(f"/bao-cao/{owed(code, unit).public_id}/tep/pdf/")
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_a_ward_goes_from_its_excel_list_to_the_signed_report_and_the_district_sums_it_up(
    year, an, dung, phuc, signed_in, look, axe
):
    ward = signed_in(an)
    importing(ward, look, axe)
    recording(ward, look, axe)
    measuring(ward, look, axe)
    drafting(ward, look, axe)
    signing(ward, "RG01", people.NAM_SON, look, "e2e-09")
    sending(ward, "RG01", people.NAM_SON, "Gửi UBND quận")
    paper = pdf_of(ward, "RG01", people.NAM_SON)

    district = signed_in(dung)
    answering(district, look, axe)
    summing(district, look, axe)
    head = signed_in(phuc)
    signing(head, "RG03", people.KIEN_AN, look, "e2e-13")
    sum_ = pdf_of(head, "RG03", people.KIEN_AN)

    SHOTS.mkdir(exist_ok=True)
    for name, data in (("ward", paper), ("district", sum_)):
        (SHOTS / f"{name}.pdf").write_bytes(data)
        subprocess.run(["pdftoppm", "-r", "60", "-png", SHOTS / f"{name}.pdf", SHOTS / f"e2e-{name}"], check=True)
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        text = "\n".join(pdf_page.extract_text() for pdf_page in pdf.pages)
    assert "12/BC-UBND" in text and "mở lớp dạy bơi" in text and "100,0%" in text
    with pdfplumber.open(io.BytesIO(sum_)) as pdf:
        text = "\n".join(pdf_page.extract_text() for pdf_page in pdf.pages)
    assert "Văn Đẩu" in text and "1/10" in text
    assert Child.objects.first().full_name not in text and date(2024, 5, 2) == people.TODAY
