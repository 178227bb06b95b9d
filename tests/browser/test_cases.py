"""A whole case in the roles of two people: from the call at night to the closing, its forms printed and looked at on the way.

An (ward) receives, isolates, assesses, holds the meeting, plans; Lan (leader) approves and closes; what was printed stands in
shots/ as PNG.
"""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.models import Case
from childcare.audit.models import Entry
from childcare.children.models import Support
from childcare.lib.calendar import show, stamp
from tests.browser.conftest import SHOTS
from tests.cases import casework

pytestmark = pytest.mark.usefixtures("lan")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def says(page, text):
    expect(page.locator("main")).to_contain_text(text)


def printed(page, key, look, *, ending="pdf"):
    """The form as the browser downloads it; its first page is kept as a picture. Returns its text."""
    case = Case.objects.get()
    page.goto(f"/ho-so/{case.public_id}/ban-in/")
    with page.expect_download() as download:
        page.locator(f"a[href*='/ban-in/{key}/{ending}/']").last.click()
    file = Path(download.value.path())
    assert download.value.suggested_filename == f"{key} {case.code}.{ending}"
    if ending != "pdf":
        return ""
    SHOTS.mkdir(exist_ok=True)
    (SHOTS / f"case-{key}.pdf").write_bytes(file.read_bytes())
    subprocess.run(["pdftoppm", "-r", "60", "-png", SHOTS / f"case-{key}.pdf", SHOTS / f"case-{key}"], check=True)
    return subprocess.run(
        ["pdftotext", "-layout", SHOTS / f"case-{key}.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout


def open_case(page):
    page.goto(f"/ho-so/{Case.objects.get().public_id}/")


def receiving(page, child, look, axe):
    """Two minutes on the phone: only the question about the suspect must be answered."""
    called = stamp() - timedelta(minutes=1)
    page.goto(f"/ho-so/tiep-nhan/?child={child.public_id}")
    page.fill("[name=day]", show(called.date()))
    page.fill("[name=hour]", f"{called:%H:%M}")
    page.select_option("[name=channel]", "phone")
    page.get_by_role("radio", name="Không", exact=True).first.check()
    page.fill("[name=condition]", "Trẻ có vết bầm, sợ về nhà.")
    page.fill("[name=informant]", "Trần Thị Hàng Xóm")
    axe(page)
    look(page, "case-01-received")
    press(page, "Lưu và mở hồ sơ")
    page.wait_for_url("**/ho-so/*-*/")
    says(page, "Mới tiếp nhận")
    says(page, "Mẫu số 01")
    axe(page)
    look(page, "case-02-new")
    text = printed(page, "mau-01", look)
    assert "Trương Thị Bảo Hân" in text and "Trần Thị Hàng Xóm" in text and "Thời gian nhập máy" in text


def isolating(page, look, axe):
    """The child is taken to the grandmother at once; the decision follows on paper."""
    open_case(page)
    follow(page, "Ghi việc đã làm")
    page.select_option("[name=kind]", "isolation")
    page.fill("[name=detail]", "Đưa trẻ tới nhà bà ngoại.")
    page.fill("[name=until]", "07/05/2024")
    press(page, "Lưu")
    says(page, "Đang can thiệp khẩn cấp")
    follow(page, "Ghi quyết định cách ly")
    page.fill("[name=place]", "Nhà bà ngoại, tổ dân phố 5")
    page.fill("[name=carer]", "Nguyễn Thị Ngoại")
    page.fill("[name=number]", "31/QĐ-UBND")
    page.fill("[name=signed_on]", "02/05/2024")
    page.fill("[name=signer]", "Phạm Thị Lan")
    axe(page)
    look(page, "case-03-isolation")
    press(page, "Lưu quyết định")
    says(page, "Nhà bà ngoại")
    text = printed(page, "mau-07", look)
    assert "31/QĐ-UBND" in text and "Nguyễn Thị Ngoại" in text and "07 tháng 5 năm 2024" in text


def assessing(page, button, marks, look, axe, name):
    """The marks of one form and the level."""
    open_case(page)
    follow(page, button)
    for code, mark in marks.items():
        page.check(f"[name={code}][value={mark}]")
    page.check("[name=level][value=medium]")
    page.fill("[name=reason]", "gia đình hợp tác")
    for radio in page.locator("[name=emergency][value=yes]").all():
        radio.check()
    axe(page)
    look(page, name)
    press(page, "Lưu đánh giá")
    says(page, "Đã lưu đánh giá.")


def meeting(page, look, axe):
    """Who came, what was said, what was agreed."""
    open_case(page)
    follow(page, "Ghi cuộc họp")
    page.fill("[name=place]", "Phòng họp UBND phường")
    page.fill("[name=chair]", "Phạm Thị Lan, Chủ tịch")
    page.fill("[name=secretary]", "Nguyễn Thị An, công chức")
    page.fill("[name=participants]", "Hoàng Văn Tú, Công an phường\nLê Văn Tổ, tổ trưởng")
    page.fill("[name=measures]", "Tham vấn tâm lý cho trẻ.")
    axe(page)
    look(page, "case-05-meeting")
    press(page, "Lưu biên bản")
    says(page, "Hoàng Văn Tú")
    text = printed(page, "bien-ban-hop", look)
    assert "Hoàng Văn Tú, Công an phường" in text and "CHỦ TRÌ" in text


def planning(page, look, axe):
    """The plan with one service, submitted."""
    open_case(page)
    follow(page, "Lập kế hoạch")
    page.fill("[name=goals]", "Trẻ được an toàn.")
    page.fill("[name=starts_on]", "03/05/2024")
    page.fill("[name=ends_on]", "03/08/2024")
    press(page, "Lưu kế hoạch")
    follow(page, "Thêm dịch vụ, công việc")
    page.select_option("[name=kind]", "S17")
    page.fill("[name=responsible]", "Hội Phụ nữ phường")
    page.fill("[name=cost]", "1.500.000")
    press(page, "Thêm dịch vụ")
    says(page, "Hội Phụ nữ phường")
    axe(page)
    look(page, "case-06-plan")
    text = printed(page, "mau-04", look)
    assert "1.500.000" in text and "Một triệu năm trăm nghìn đồng" in text
    printed(page, "mau-04", look, ending="docx")
    open_case(page)
    press(page, "Trình phê duyệt")
    says(page, "Chờ phê duyệt")


def deciding(page, look, axe):
    """The leader approves; the number is the clerk's."""
    open_case(page)
    follow(page, "Phê duyệt")
    page.fill("[name=decision_number]", "35/QĐ-UBND")
    axe(page)
    press(page, "Phê duyệt")
    says(page, "Đã phê duyệt kế hoạch.")
    text = printed(page, "mau-05", look)
    assert "35/QĐ-UBND" in text and "Phạm Thị Lan" in text and "Hội Phụ nữ phường" in text
    assert "Hàng Xóm" not in printed(page, "mau-01", look)


def serving(page, look):
    """The service was given: it is a support of the child, entered once."""
    open_case(page)
    page.get_by_role("link", name="Ghi đã thực hiện").first.click()
    page.fill("[name=on]", "02/05/2024")
    press(page, "Lưu")
    says(page, "Đã thực hiện")
    assert Support.objects.get().protected_file == Case.objects.get().protected_file


def back_home(page):
    """The child returns to its family: no case is closed while its isolation runs."""
    open_case(page)
    press(page, "Kết thúc cách ly hôm nay")
    assert not page.get_by_role("button", name="Kết thúc cách ly hôm nay").count()


def closing(page, look, axe):
    """The leader ends the case; its papers are still there."""
    open_case(page)
    follow(page, "Kết thúc hồ sơ")
    page.fill("[name=on]", "02/05/2024")
    page.fill("[name=reason]", "Trẻ an toàn, ổn định.")
    axe(page)
    press(page, "Kết thúc hồ sơ")
    says(page, "Đã kết thúc")
    look(page, "case-08-closed")
    page.goto(f"/ho-so/{Case.objects.get().public_id}/ban-in/")
    axe(page)
    look(page, "case-09-papers")


def test_a_case_goes_from_the_call_to_the_closing_with_its_forms_printed(an, lan, signed_in, look, axe, fits):
    child = casework.child()
    ward = signed_in(an)
    receiving(ward, child, look, axe)
    isolating(ward, look, axe)
    assessing(ward, "Đánh giá cụ thể", {"A301": "high", "A311": "low"}, look, axe, "case-04-full")
    assert "Nguy cơ trung bình" in printed(ward, "mau-03", look)
    meeting(ward, look, axe)
    planning(ward, look, axe)
    head = signed_in(lan)
    deciding(head, look, axe)
    serving(ward, look)
    assessing(ward, "Rà soát, đánh giá", {"A601": "low", "A602": "low", "A603": "low"}, look, axe, "case-07-review")
    text = printed(ward, "mau-06", look)
    assert "Cao: 0; Trung bình: 0; Thấp: 3" in text and "(02/05/2024)" in text
    back_home(ward)
    closing(head, look, axe)
    phone = signed_in(an, size="phone")
    open_case(phone)
    fits(phone)
    axe(phone)
    look(phone, "case-10-phone")
    phone.goto(f"/ho-so/{Case.objects.get().public_id}/ban-in/")
    fits(phone)
    assert Case.objects.get().state == "closed" and Entry.objects.filter(action="case.printed").count() == 9
