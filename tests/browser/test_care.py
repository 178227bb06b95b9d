"""A placement from the register of carers to the hand-over with its prints; and a restricted case in the eyes of three people."""

import subprocess
from pathlib import Path

from playwright.sync_api import expect

from cases.models import Carer, Case, Placement
from tests import people
from tests.browser.conftest import SHOTS
from tests.cases import casework

DECIDED, BEGUN = "24/04/2024", "26/04/2024"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def says(page, text):
    expect(page.locator("main")).to_contain_text(text)


def printed(page, key):
    """The form of the placement as the browser downloads it; its text."""
    row = Placement.objects.get()
    page.goto(f"/cham-soc-thay-the/{row.public_id}/")
    with page.expect_download() as download:
        page.locator(f"a[href*='/ban-in/{key}/pdf/']").click()
    SHOTS.mkdir(exist_ok=True)
    file = SHOTS / f"care-{key}.pdf"
    file.write_bytes(Path(download.value.path()).read_bytes())
    subprocess.run(["pdftoppm", "-r", "60", "-png", file, SHOTS / f"care-{key}"], check=True)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout


def registering(page, look, axe):
    """A family applies and is verified."""
    page.goto("/cham-soc-thay-the/nguoi-nhan/")
    follow(page, "Ghi người đăng ký")
    page.fill("[name=name]", "Đỗ Văn Hiền")
    page.fill("[name=address]", "12 Hoàng Thiết Tâm")
    page.fill("[name=applied_on]", "04/03/2024")
    axe(page)
    look(page, "care-01-register")
    press(page, "Lưu")
    says(page, "Đỗ Văn Hiền")
    follow(page, "Xác minh điều kiện")
    for radio in page.locator("input[type=radio][value=yes]").all():
        radio.check()
    page.fill("[name=assessed_on]", "11/03/2024")
    page.fill("[name=decided_on]", "12/03/2024")
    axe(page)
    look(page, "care-02-verified")
    press(page, "Lưu kết luận")
    assert Carer.objects.get().state == "accepted"


def opening(page, child, look, axe):
    """From the child's page to the choice of the family."""
    page.goto(f"/tre-em/{child.public_id}/cham-soc-thay-the/")
    page.get_by_label("Cá nhân, gia đình không phải người thân thích").check()
    page.fill("[name=opened_on]", "15/04/2024")
    page.fill("[name=child_view]", "Muốn được ở gần trường")
    page.locator("[name=consent][value=guardian], select[name=consent]").first.evaluate(
        "node => { if (node.tagName === 'SELECT') node.value = 'guardian'; else node.checked = true }"
    )
    look(page, "care-03-opened")
    axe(page)
    press(page, "Lưu và mở")
    says(page, "Trước khi tiếp nhận")
    follow(page, "Chọn nơi nhận")
    page.select_option("[name=carer]", label="Đỗ Văn Hiền")
    page.fill("[name=on]", "20/04/2024")
    page.fill("[name=reason]", "Gần trường của trẻ")
    axe(page)
    look(page, "care-04-chosen")
    press(page, "Đề xuất")


def deciding(page, look, axe):
    """The decision by its number, then the hand-over."""
    page.goto(f"/cham-soc-thay-the/{Placement.objects.get().public_id}/")
    follow(page, "Ghi quyết định")
    page.fill("[name=decision_number]", "12/QĐ-UBND")
    page.fill("[name=decision_on]", DECIDED)
    page.fill("[name=decision_signer]", "Phạm Thị Lan")
    axe(page)
    press(page, "Lưu quyết định")
    says(page, "Giao nhận trẻ em chăm sóc thay thế")
    follow(page, "Ghi giao nhận")
    page.fill("[name=started_on]", BEGUN)
    page.fill("[name=meetings_held]", "2")
    page.fill("[name=minutes]", "Đã giao trẻ và giấy tờ.")
    axe(page)
    look(page, "care-05-handed-over")
    press(page, "Lưu")
    says(page, "Theo dõi, đánh giá")


def test_a_placement_goes_from_the_register_to_the_hand_over_with_its_prints(an, lan, signed_in, look, axe, fits):
    child = casework.child()
    page = signed_in(an)
    registering(page, look, axe)
    opening(page, child, look, axe)
    deciding(page, look, axe)
    look(page, "care-06-caring")
    text = printed(page, "mau-12")
    assert "12/QĐ-UBND" in text and "Trương Thị Bảo Hân" in text and "Đỗ Văn Hiền" in text
    assert "ĐƠN ĐĂNG KÝ" in printed(page, "mau-08") and "XÁC MINH" in printed(page, "mau-11")
    type(child).objects.filter(pk=child.pk).update(full_name="Tên Sau Này")
    assert printed(page, "mau-12") == text and "Tên Sau Này" in printed(page, "mau-10")
    phone = signed_in(an, size="phone")
    phone.goto(f"/cham-soc-thay-the/{Placement.objects.get().public_id}/")
    fits(phone)
    axe(phone)
    look(phone, "care-07-phone")


def test_a_restricted_case_is_there_for_an_and_for_nobody_else(an, lan, phuc, dung, chi, signed_in, look, axe):
    """An receives a report about an officer's kin; Bình (her superior) is excluded, Chi of another ward is a stranger."""
    binh = people.officer("binh.ld", "Trần Văn Bình", "commune_leader", people.NAM_SON)
    page = signed_in(an)
    page.goto("/ho-so/tiep-nhan/")
    page.select_option("[name=channel]", "phone")
    page.get_by_role("radio", name="Có", exact=True).first.check()
    page.fill("[name=condition]", "Chuyện minh họa.")
    page.fill("[name=child_name]", "Bé Minh Họa")
    press(page, "Lưu và mở hồ sơ")
    page.wait_for_url("**/ho-so/*-*/")
    says(page, "Hồ sơ hạn chế tiếp cận")
    says(page, "Quyết định thay Chủ tịch UBND xã, phường")
    says(page, "chưa đối chiếu văn bản")
    axe(page)
    look(page, "restricted-01-an")
    case = Case.objects.get()
    follow(page, "Quyền tiếp cận")
    follow(page, "Loại trừ một người")
    page.select_option("[name=officer]", label=next(
        word for word in page.locator("[name=officer] option").all_inner_texts() if word.startswith("Trần Văn Bình")
    ))  # fmt: skip
    page.fill("[name=reason]", "Người thân của người bị nghi.")
    press(page, "Loại trừ")
    axe(page)
    look(page, "restricted-02-access")
    nowhere = "/ho-so/00000000-0000-4000-8000-000000000000/"
    for officer in (binh, lan, chi):
        other = signed_in(officer)
        other.expected = {404}
        assert other.goto(f"/ho-so/{case.public_id}/").status == other.goto(nowhere).status == 404
        other.goto("/ho-so/")
        expect(other.locator("body")).not_to_contain_text(case.code)
        expect(other.locator("body")).not_to_contain_text("Minh Họa")
    look(other, "restricted-03-stranger")
    head = signed_in(phuc)
    head.goto("/")
    expect(head.locator("body")).not_to_contain_text("Minh Họa")
