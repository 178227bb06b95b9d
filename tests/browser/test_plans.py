"""A plan from its first line to a target that moves: the district plans and hands down, the ward records on a phone.

Dũng (district) writes the plan, adds a target, notes its issuing and gives each ward its value; An (ward, 390 px) records a
children's forum; the target of her ward is met on the district's page of comparison.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Assignment, Plan
from tests import factories, people

TEXT = """KẾ HOẠCH
Bảo vệ, chăm sóc trẻ em năm 2024
I. MỤC ĐÍCH, YÊU CẦU
Mọi trẻ em trên địa bàn quận được bảo vệ, chăm sóc.
II. CHỈ TIÊU
- 99% trẻ em có hoàn cảnh đặc biệt được can thiệp, hỗ trợ;
III. NHIỆM VỤ
1. Tổ chức Diễn đàn trẻ em ở các phường.
IV. KINH PHÍ THỰC HIỆN
- Ngân sách quận: 20.000.000 đồng.
"""


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def says(page, text):
    expect(page.locator("main")).to_contain_text(text)


def writing(page, axe, look):
    """The head, the text as pasted, what was recognised, one more target, the issuing."""
    page.goto(reverse("plan-add"))
    page.fill("[name=subject]", "Bảo vệ, chăm sóc trẻ em năm 2024")
    press(page, "Tiếp tục: nội dung")
    page.fill("textarea[name=text]", TEXT)
    press(page, "Xem lại trước khi ghi")
    says(page, "99% trẻ em có hoàn cảnh đặc biệt")
    axe(page)
    press(page, "Ghi vào kế hoạch")
    says(page, "1 chỉ tiêu")
    page.get_by_role("link", name="Thêm chỉ tiêu").click()
    page.fill("[name=text]", "Mỗi phường tổ chức Diễn đàn trẻ em")
    page.fill("[name=code]", "TG-04")
    page.fill("[name=value]", "1")
    page.fill("[name=unit_text]", "cuộc")
    page.fill("[name=multiplier]", "1")
    press(page, "Lưu chỉ tiêu")
    page.get_by_role("link", name="Ghi ban hành").click()
    page.fill("[name=number]", "15")
    page.fill("[name=issued_on]", "02/05/2024")
    page.fill("[name=signer_name]", "Lê Văn Minh")
    press(page, "Ghi ban hành")
    says(page, "Mỗi phường tổ chức Diễn đàn trẻ em")
    look(page, "plan-issued")


def handing_down(page, plan, ward, axe, look):
    """One row filled from its first box; one ward gets its own value; another is left empty."""
    page.get_by_role("link", name="Giao chỉ tiêu cho cấp dưới").click()
    target = plan.targets.get(indicator__code="TG-04")
    boxes = page.locator(f'input[name^="giao-{target.pk}-"]')
    for number in range(boxes.count()):
        boxes.nth(number).fill("")
    boxes.first.fill("2")
    row = page.locator("tr", has_text="Mỗi phường tổ chức Diễn đàn trẻ em")
    row.get_by_role("button", name="Điền cả hàng").click()
    assert boxes.last.input_value() == "2"
    page.fill(f'input[name="giao-{target.pk}-{ward.pk}"]', "1")
    axe(page)
    look(page, "plan-assign")
    press(page, "Giao chỉ tiêu")
    says(page, "đã giao cho 10 đơn vị")
    return target


def compared(page, target, ward):
    page.goto(reverse("target-units", args=[target.public_id]))
    return page.locator("tr", has_text=ward.name)


def test_the_district_plans_and_assigns_the_ward_records_on_a_phone_and_the_target_moves(an, dung, ward, signed_in, axe, look):
    desk = signed_in(dung)
    writing(desk, axe, look)
    plan = Plan.objects.get(unit=people.unit(people.KIEN_AN))
    assert (plan.state, plan.number) == ("issued", "15/KH-UBND")
    target = handing_down(desk, plan, ward, axe, look)
    assert Assignment.objects.get(target=target, unit=ward).value == 1
    before = compared(desk, target, ward)
    expect(before).not_to_contain_text("Đạt")

    phone = signed_in(an, size="phone")
    phone.goto(reverse("activity-quick"))
    phone.select_option("[name=kind]", "forum")
    phone.fill("[name=title]", "Diễn đàn trẻ em phường Nam Sơn")
    phone.fill("[name=held_on]", "02/05/2024")
    axe(phone)
    press(phone, "Lưu")
    look(phone, "plan-activity-phone")

    after = compared(desk, target, ward)
    expect(after).to_contain_text("từ 1 cuộc trở lên")
    expect(after).to_contain_text("Đạt")
    expect(after).to_contain_text("Thực hiện 1 cuộc, kế hoạch ít nhất 1 cuộc.")
    axe(desk)
    look(desk, "plan-compare")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_collaborator_answers_on_a_phone(an, ward, signed_in, axe, look, size):
    plan = Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch năm 2024", state="issued")
    target = plan.targets.create(position=1, code="1", text="Mỗi tổ có sân chơi", comparison="qualitative")
    hamlet = factories.hamlet(ward, "Tổ dân phố 3")
    office = signed_in(an)
    office.goto(reverse("plan-assign", args=[plan.public_id]))
    press(office, "Giao chỉ tiêu")
    assert Assignment.objects.get(unit=hamlet).target == target
    page = signed_in(people.officer("ty", "Hà Thị Tý", people.Role.COLLABORATOR, hamlet.code), size=size)
    page.goto(reverse("assigned-list"))
    axe(page)
    page.get_by_role("link", name="Mỗi tổ có sân chơi").click()
    page.get_by_label("Đạt", exact=True).check()
    page.fill("[name=note]", "Đã có sân ở nhà văn hóa.")
    axe(page)
    press(page, "Gửi trả lời")
    says(page, "Đã gửi trả lời.")
    look(page, f"assigned-{size}")
