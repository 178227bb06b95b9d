"""A change of units in a browser: drafted by typing names, looked at in numbers, carried out, and its children placed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.units.models import Unit, UnitChange
from tests import factories as f
from tests import people
from tests.unit_changes import merge, split, wards


@pytest.fixture(params=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def places(an, ward):
    """Nam Sơn with two hamlets of three children, one of them with a household."""
    first, second = f.hamlet(ward, "Tổ dân phố 1"), f.hamlet(ward, "Tổ dân phố 2")
    f.child(first, "Nguyễn Thị Hoa", house=f.household(first, "Nguyễn Văn Hào", address="Số 7, ngõ 12"))
    f.child(first, "Trần Văn Nam")
    f.child(second, "Lê Văn Bảo")
    return first, second


def test_a_merge_is_drafted_looked_at_and_carried_out(quan, an, places, signed_in, axe, look):
    page = signed_in(quan)
    page.goto(reverse("unit-list"))
    page.get_by_role("link", name="Thay đổi đơn vị").click()
    page.get_by_label("Có hiệu lực từ ngày").fill("1/5/2024")
    page.get_by_label("Căn cứ").fill("NQ thử nghiệm")
    page.get_by_role("button", name="Soạn thay đổi").click()
    for typed, name in (("phuong nam son", "Phường Nam Sơn, Quận Kiến An"), ("ngoc son", "Phường Ngọc Sơn, Quận Kiến An")):
        page.get_by_label("Đơn vị kết thúc").press_sequentially(typed)
        page.get_by_role("radio", name=name).check()
        page.get_by_role("button", name="Thêm đơn vị kết thúc").click()
    page.get_by_label("Tên đơn vị mới").fill("Phường Nam Ngọc")
    page.get_by_label("Mã đơn vị").fill("19999")
    expect(page.get_by_label("Đơn vị cấp trên")).to_have_value("Quận Kiến An, Thành phố Hải Phòng (307)")
    page.get_by_role("button", name="Thêm đơn vị mới").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhập đơn vị")
    expect(page.get_by_role("row", name="Phường Nam Sơn")).to_contain_text("3")
    axe(page)
    look(page, "unit-change-preview")
    page.get_by_role("button", name="Thực hiện thay đổi").click()
    expect(page.get_by_text("Chờ đến ngày")).to_be_visible()
    jobs.run(Job.objects.get().pk)
    page.goto(reverse("unit-change", args=[UnitChange.objects.get().public_id]))
    expect(page.get_by_text("Đã thực hiện")).to_be_visible()
    look(page, "unit-change-done")
    page.get_by_role("link", name="Phường Nam Ngọc").click()
    expect(page.get_by_text("Được lập từ: Phường Nam Sơn, Phường Ngọc Sơn.")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Hoàn lại").click()
    page.get_by_label("Lý do hoàn lại").fill("Ghi nhầm ngày")
    page.get_by_role("button", name="Hoàn lại").click()
    expect(page.get_by_role("link", name="Xem tiến độ của việc này")).to_be_visible()
    jobs.run(UnitChange.objects.get().job_id)
    page.reload()
    expect(page.get_by_text("Ghi nhầm ngày").first).to_be_visible()
    assert not Unit.objects.filter(code="19999").exists()


def test_the_children_of_a_split_ward_are_placed_by_hamlet_and_one_by_one(quan, an, places, ward, signed_in, axe, fits, look):
    split(quan, ward)
    page = signed_in(an)
    page.goto("/")
    page.get_by_role("link", name="Xếp trẻ em").click()
    look(page, "placing")
    page.get_by_role("row", name="Tổ dân phố 2").get_by_role("button", name="Phường Tây").click()
    expect(page.get_by_text("Đã xếp 1/3 trẻ em, còn 2.")).to_be_visible()
    page.get_by_label("Nguyễn Thị Hoa").check()
    page.get_by_label("Xếp về").select_option(label="Phường Đông (chưa rõ tổ dân phố)")
    page.get_by_role("button", name="Xếp trẻ em đã chọn").click()
    expect(page.get_by_text("Đã xếp 2/3 trẻ em, còn 1.")).to_be_visible()
    axe(page)


def test_every_page_is_accessible_and_fits(quan, an, dung, places, ward, signed_in, axe, fits, look, size):
    change, east, west = split(quan, ward)
    line = change.ending.get()
    _, new = merge(quan, wards("11440", "11446"))
    admin = [reverse("unit-change-list"), reverse("unit-change", args=[change.public_id])]
    admin.append(reverse("unit-change-undo", args=[change.public_id]))
    own = [reverse("placing-list"), reverse("placing", args=[line.holding.public_id])]
    own.append(f"{reverse('recount')}?nam=2023&dia_gioi=nay")
    for person, pages in ((quan, admin), (people.Officer.objects.get(pk=an.pk), own)):
        page = signed_in(person, size)
        for number, address in enumerate(pages):
            page.goto(address)
            axe(page)
            fits(page)
            look(page, f"units-{person.username}-{number}-{size}")
