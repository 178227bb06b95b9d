"""A school takes in its list and the commune decides the unmatched; the ministry's export and its differences, in a browser."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.children.models import Child, MinistryDifference, Pupil
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories
from tests.childcare.children.schools.books import pupils_file, row, workbook
from tests.childcare.children.schools.test_ministry import HEAD, line


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


def work():
    """What the worker does meanwhile."""
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        jobs.run(job.pk)


@pytest.fixture
def home(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


def test_a_school_takes_in_its_list_and_the_commune_decides(school, home, an, hoa, signed_in, axe, fits, look, tmp_path):
    known = factories.child(home, "Nguyễn Thị Hoà", "12/05/2012", "f", mother_name="Lê Thị Tư")
    sure = factories.child(home, "Trần Văn Bắc", "3/4/2012", identity_number="031212001234", identity_valid=True)
    path = tmp_path / "Danh sách học sinh.xlsx"
    path.write_bytes(pupils_file(
        row("Nguyễn Thị Hoà", sex="Nữ", mother="Lê Thị Tư"), row("Trần Văn Bắc", "3/4/2012", number="031212001234"),
        row("Bùi Thị Lạ", "5/6/2012", sex="Nữ", into="6B"),
    ))  # fmt: skip
    page = signed_in(hoa)
    page.goto(reverse("school"))
    page.get_by_role("link", name="Nhập danh sách").first.click()
    page.get_by_label("Tệp danh sách học sinh").set_input_files(path)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang đọc tệp")
    work()
    page.reload()
    expect(page.get_by_text("1 học sinh khớp với sổ trẻ em, 2 học sinh chờ xã, phường xác nhận")).to_be_visible()
    axe(page)
    look(page, "schools-preview")
    page.get_by_role("button", name="Nhập danh sách").click()
    work()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhập")
    page.get_by_role("link", name="Xem học sinh theo lớp").click()
    expect(page.get_by_role("row", name="6A")).to_contain_text("2")
    axe(page)
    page.get_by_role("link", name="6A").click()
    expect(page.get_by_role("row", name="Trần Văn Bắc")).to_contain_text("Đã khớp")
    expect(page.get_by_role("row", name="Nguyễn Thị Hoà")).to_contain_text("Chưa khớp")

    ward = signed_in(an)
    ward.goto(reverse("home"))
    ward.get_by_role("link", name="Xác nhận").click()
    expect(ward.locator("table.list tbody tr")).to_have_count(2)
    ward.get_by_label("Nguyễn Thị Hoà, Tổ dân phố 3").check()
    ward.get_by_role("button", name="Khớp các học sinh đã đánh dấu").click()
    expect(ward.get_by_text("Đã khớp 1 học sinh")).to_be_visible()
    ward.get_by_role("link", name="Bùi Thị Lạ").click()
    axe(ward)
    fits(ward)
    ward.get_by_label("Nơi ở").select_option(label="Tổ dân phố 3")
    ward.get_by_role("button", name="Thêm vào sổ trẻ em").dblclick()
    expect(ward.get_by_role("heading", level=1)).to_have_text("Bùi Thị Lạ")
    expect(ward.get_by_text("Trường THCS Nam Sơn, lớp 6B, năm học 2023–2024")).to_be_visible()
    axe(ward)
    assert set(Pupil.objects.values_list("child", flat=True)) == {known.pk, sure.pk, Child.objects.latest("pk").pk}
    assert Child.objects.count() == 3


def test_every_page_of_a_school_is_accessible_and_fits(school, home, hoa, an, signed_in, axe, fits, look, size):
    child = factories.child(home, "Nguyễn Thị Hoà", "12/05/2012", "f")
    factories.child(home, "Đỗ Văn Bé", "1/1/2012", mother_name="Lê Thị Tư")
    matched = factories.pupil(school, "Nguyễn Thị Hoà", child=child, sex="f")
    asked = factories.pupil(school, "Đỗ Văn Bé", "1/1/2012", class_name="9A", mother_name="Lê Thị Tư", address="Số 7, ngõ 12")
    factories.pupil(school, "Phạm Thị Chưa Rõ", None, "f", class_name="")
    page = signed_in(hoa, size)
    for name, address in {
        "school": reverse("school"), "pupils": reverse("pupil-list"), "class": reverse("pupil-list") + "?lop=6A",
        "empty": reverse("pupil-list") + "?lop=7C", "pupil": reverse("pupil", args=[matched.public_id]),
        "leave": reverse("pupil-leave", args=[matched.public_id]), "change": reverse("pupil-class", args=[matched.public_id]),
        "void": reverse("enrolment-void", args=[matched.enrolments.get().public_id]), "upload": reverse("pupil-upload"),
        "roll-over": reverse("pupil-roll-over"),
    }.items():  # fmt: skip
        page.goto(address)
        assert "Nguyễn Thị" not in page.title()
        axe(page)
        fits(page)
        look(page, f"schools-{name}-{size}")
    page = signed_in(an, size)
    for name, address in {
        "asked": reverse("pupil-asked"), "decide": reverse("pupil-decide", args=[asked.public_id]),
        "school-seen-by-the-ward": f"{reverse('school')}?truong={school.public_id}", "unit": reverse("unit", args=[school.public_id]),
        "school-add": reverse("school-add", args=[school.parent.public_id]), "child": reverse("child", args=[child.public_id]),
        "ministry": reverse("ministry"), "ministry-upload": reverse("ministry-upload"),
        "ministry-columns": reverse("ministry-columns"), "differences-none": reverse("ministry-differences"),
    }.items():  # fmt: skip
        page.goto(address)
        axe(page)
        fits(page)
        look(page, f"schools-{name}-{size}")


def test_the_export_of_the_ministry_is_taken_in_and_what_differs_decided(home, an, signed_in, axe, fits, look, tmp_path, size):
    known = factories.child(
        home, "Nguyễn Thị Hoà", "12/05/2016", "f", ethnic="E01", identity_number="031316001234", identity_valid=True
    )
    alike = factories.child(home, "Đỗ Văn Bé", "1/1/2020", ethnic="E01", mother_name="Lê Thị Tư")
    absent = factories.child(home, "Trẻ Chưa Có", "1/1/2019")
    path = tmp_path / "phan-mem.xlsx"
    lines = [
        line("Nguyễn Thị Hoà", "12/05/2016", "Nữ", "031316001234", ethnic="Tày"),
        line("Đỗ Văn Bé", "1/1/2020", mother="Lê Thị Tư"), line("Lạ Hoắc", "2/2/2020"),
    ]  # fmt: skip
    path.write_bytes(workbook({"Trẻ em": [HEAD, *([place, *each] for place, each in enumerate(lines, 1))]}))
    page = signed_in(an, size)
    page.goto(reverse("ministry-upload"))
    page.get_by_label("Tệp xuất từ phần mềm của Bộ").set_input_files(path)
    page.get_by_label("Tệp có đủ trẻ em của xã, phường").check()
    page.get_by_role("button", name="Đọc tệp").click()
    work()
    page.reload()
    expect(page.get_by_text("Có trên phần mềm của Bộ, chưa có trong sổ: 1 trẻ")).to_be_visible()
    axe(page)
    fits(page)
    look(page, f"schools-ministry-preview-{size}")
    page.get_by_label("Đỗ Văn Bé, Tổ dân phố 3").check()
    page.get_by_role("button", name="Ghi tình trạng vào sổ").click()
    work()
    page.reload()
    page.get_by_role("link", name="Xem thông tin khác nhau").click()
    axe(page)
    fits(page)
    look(page, f"schools-differences-{size}")
    page.get_by_label("Chọn Dân tộc của Nguyễn Thị Hoà").check()
    page.get_by_role("button", name="Lấy theo phần mềm của Bộ").click()
    expect(page.get_by_text("Đã lấy theo phần mềm của Bộ: 1 thông tin.")).to_be_visible()
    states = dict(Child.objects.values_list("pk", "ministry_state"))
    assert states == {known.pk: "present", alike.pk: "present", absent.pk: "absent"}
    assert MinistryDifference.objects.get().decided_at.date() >= date(2024, 1, 1)
