"""The list that nobody understands: its columns are mapped in a browser, on a desk and on a phone, and remembered."""

from playwright.sync_api import expect

from childcare.children.models import Child, ImportMapping
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories, people
from tests.childcare.children.importing.test_mapping import ODD, ROW
from tests.childcare.children.importing.test_reading import book


def worker():
    """What the worker does in the background, done now."""
    for pk in Job.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
        assert jobs.run(pk).state == "done"


def choose(page, name):
    """Upload the odd list and wait until it was read."""
    data = book(("Danh sách", [ODD, ROW, [2, "VŨ VĂN TO", "2017", "Thôn Trung Chính", "", ""]]))
    page.goto("/nhap-tep/chon-tep/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/vnd.ms-excel", "buffer": data})
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_url("**/nhap-tep/*/")
    worker()
    page.reload()


def test_columns_are_mapped_once_and_remembered(signed_in, look, axe, fits):
    an, ward = people.an(), people.unit(people.NAM_SON)
    factories.hamlet(ward, "Thôn Trung Chính")
    page = signed_in(an)
    choose(page, "Danh sách lạ.xlsx")
    page.wait_for_url("**/ghep-cot/")
    axe(page)
    look(page, "mapping-desk")
    for heading, meaning in (
        ("B: Quý danh cháu", "full_name"), ("C: Chào đời", "birth_date"), ("D: Nhà ở đâu", "hamlet"), ("F: Cờ 1", "circumstance:N04.2"),
    ):  # fmt: skip
        page.get_by_label(heading).select_option(meaning)
    page.get_by_label("Trang “Danh sách” có danh sách trẻ em").check()
    page.get_by_role("button", name="Ghép cột và đọc lại").click()
    page.wait_for_url(lambda url: "ghep-cot" not in url)
    worker()
    page.reload()
    expect(page.locator("main")).to_contain_text("Dùng cách ghép cột đã nhớ")
    axe(page)
    look(page, "mapping-preview")
    page.get_by_role("button", name="Nhập 2 trẻ em").first.click()
    page.wait_for_load_state()
    worker()
    assert Child.objects.get(folded_name="nguyen thi hoa").circumstances.get().kind.code == "N04.2"
    phone = signed_in(an, size="phone")
    choose(phone, "Danh sách lạ lần hai.xlsx")
    expect(phone.locator("main")).to_contain_text("Dùng cách ghép cột đã nhớ")
    expect(phone.locator("main")).to_contain_text("2 dòng chưa quyết định thì chưa ghi gì")
    phone.get_by_role("link", name="Xem cạnh nhau và quyết định từng dòng").click()
    phone.wait_for_url("**/tre-da-co/")
    fits(phone)
    axe(phone)
    look(phone, "same-phone")
    phone.get_by_role("radio", name="Trẻ đã có").first.check()
    phone.get_by_role("button", name="Lưu và quay lại xem trước").click()
    phone.wait_for_url(lambda url: "tre-da-co" not in url)
    expect(phone.locator("main")).to_contain_text("1 dòng là trẻ đã có")
    phone.get_by_role("link", name="Ghép lại cột").click()
    phone.wait_for_url("**/ghep-cot/")
    fits(phone)
    look(phone, "mapping-phone")
    phone.get_by_role("button", name="Bỏ cách đã nhớ").click()
    phone.wait_for_load_state()
    assert not ImportMapping.objects.exists()
