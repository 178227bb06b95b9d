"""The chain of a report over three tiers and over two: an outline with a number, more time, a return, a ward on paper, the sum."""

from datetime import date as D

from django.urls import reverse
from playwright.sync_api import expect

from childcare.accounts.models import Appointment, Officer
from childcare.units.models import Unit
from reports import chasing, drafts
from reports.actions import signing
from reports.models import Obligation, Submission
from reports.obligations import ensure_obligations
from tests import people
from tests.reports import reporting

SIGNED = reporting.SIGNED


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def says(page, text):
    expect(page.locator("main")).to_contain_text(text)


def at(page, name, owed):
    page.goto(reverse(name, args=[owed.public_id]))


def current(owed):
    return Submission.objects.get(obligation=owed, current=True)


def outlining(page, axe, look):
    """The district wants one more number in the half-year reports of its wards."""
    page.goto(reverse("outline-add"))
    page.fill("[name=title]", "Đề cương kèm Công văn 45")
    page.select_option("[name=report]", "RG01|half|2024-H1")
    press(page, "Lập đề cương")
    page.get_by_text("Thêm chỉ tiêu", exact=True).first.click()
    page.fill("[name=name]", "Lớp dạy bơi")
    page.fill("[name=measure]", "lớp")
    press(page, "Thêm chỉ tiêu")
    says(page, "Lớp dạy bơi")
    axe(page)
    look(page, "chain-01-outline")


def extending(ward, district, owed):
    """More time is asked for and given."""
    at(ward, "report-requests", owed)
    ward.fill("[name=wanted_on]", "16/05/2024")
    ward.fill("[name=reason]", "Cán bộ đi tập huấn")
    press(ward, "Gửi đề nghị tới Quận Kiến An")
    at(district, "report-requests", owed)
    press(district, "Đồng ý gia hạn")
    assert Obligation.objects.get(pk=owed.pk).last_day == D(2024, 5, 16)


def writing(page, owed, number, begin, look=None, axe=None):
    """The draft with the number that the district wants: a word in its place is kept and said, then put right."""
    at(page, "report", owed)
    press(page, begin)
    box = page.get_by_label("Lớp dạy bơi")
    if axe:
        box.fill("vài lớp")
        press(page, "Lưu tạm")
        says(page, "không phải là số")
        expect(box).to_have_value("vài lớp")
        axe(page)
        look(page, "chain-02-draft")
    box.fill(number)
    press(page, "Lưu tạm")
    at(page, "report-present", owed)
    press(page, "Trình ký")


def sending(page, owed, by, button):
    """Signed on paper, noted by the clerk (its page is tested elsewhere), sent."""
    row = current(owed)
    values = SIGNED | {"number": f"{row.number + 4:02d}"}
    signing.sign(submission=row, by=by, version=row.version, scan=reporting.PDF, **values)
    at(page, "report", owed)
    press(page, button)
    assert current(owed).state == "sent"


def returning(page, owed):
    at(page, "report-return", owed)
    page.fill("[name=reason]", "Thiếu lớp của Tổ dân phố 10")
    press(page, "Yêu cầu chỉnh sửa")
    assert current(owed).state == "returned"


def paper(page, owed):
    """A ward that sends paper: its figures and the district's number typed in for it."""
    at(page, "report-on-behalf", owed)
    page.fill("[name=received_on]", "02/05/2024")
    page.fill("[name='n_DS-01']", "120")
    page.get_by_label("Lớp dạy bơi").fill("4")
    press(page, "Nhập thay")
    assert current(owed).on_behalf and current(owed).state == "accepted"


def test_a_report_goes_up_three_tiers_with_a_return_an_extension_and_a_ward_on_paper(
    an, chi, dung, phuc, son, signed_in, look, axe
):
    reporting.small_ward()
    owed, other, upper = (reporting.owed(code) for code in (people.NAM_SON, people.VAN_DAU, people.KIEN_AN))
    ward, district = signed_in(an), signed_in(dung)
    outlining(district, axe, look)
    extending(ward, district, owed)
    writing(ward, owed, "2", "Bắt đầu soạn báo cáo", look, axe)
    sending(ward, owed, an, "Gửi UBND quận")
    returning(district, owed)
    writing(ward, owed, "3", "Lập bản mới")
    sending(ward, owed, an, "Gửi UBND quận")
    at(district, "report", owed)
    press(district, "Tiếp nhận")
    paper(district, other)
    at(district, "report", upper)
    press(district, "Bắt đầu soạn báo cáo")
    says(district, "2/10 đơn vị có số liệu")
    look(district, "chain-03-district")
    at(district, "report-present", upper)
    press(district, "Trình ký")
    sending(district, upper, dung, "Gửi Sở")
    province = signed_in(son)
    at(province, "report", upper)
    press(province, "Tiếp nhận")
    told = drafts.load(current(upper)).figures
    assert told("DS-01").numerator == 123 and next(v for k, v in told.rows.items() if k.startswith("BS-")).numerator == 7
    _, rows = chasing.of_year(owed.to_unit, 2024, people.TODAY)
    assert {row["unit"].code: (row["due"], row["in_time"]) for row in rows if row["due"]} == {
        people.NAM_SON: (1, 1), people.VAN_DAU: (1, 1),
    }  # fmt: skip


def appointed(username, role, code, on):
    officer = Officer.objects.create(username=username, full_name=username, password="!")
    Appointment.objects.create(officer=officer, unit=Unit.objects.by_code(code, on), role=role, started_on=D(2025, 7, 1))
    return officer


def test_over_two_tiers_the_ward_reports_to_the_province(signed_in, settings, look, db):
    settings.TRAINING_TODAY, on = "2026-05-04", D(2026, 5, 4)
    clerk, above = appointed("cc.kienan", "commune", "11443", on), appointed("so.yte", "province", people.HAI_PHONG, on)
    ensure_obligations(2026)
    owed = Obligation.objects.get(unit__code="11443", period="2026-H1", regime__code="RG16")
    ward, province = signed_in(clerk), signed_in(above)
    at(ward, "report", owed)
    press(ward, "Bắt đầu soạn báo cáo")
    says(ward, "cần đối chiếu văn bản của cấp trên")
    at(ward, "report-present", owed)
    press(ward, "Trình ký")
    row = current(owed)
    signing.sign(submission=row, by=clerk, version=row.version, **SIGNED | {"issued_on": on})
    at(ward, "report", owed)
    press(ward, "Gửi Sở")
    at(province, "report", owed)
    press(province, "Tiếp nhận")
    look(province, "chain-04-two-tiers")
    assert current(owed).state == "accepted" and owed.to_unit.kind == "province"
