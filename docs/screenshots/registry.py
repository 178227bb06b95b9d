"""Pictures of the chapters about the registry: pages that have something to show only after something was done.

`take(sign_in)` is called by make.py; every step is one that an officer takes, on the demo of an empty var/.
"""

import io
from pathlib import Path

import xlsxwriter
from PIL import Image

HERE = Path(__file__).parent
WIDE = 1366
WIDTH = 1100  # narrower than the screen: the guide is read beside the program
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh", "Tổ dân phố", "Họ tên mẹ", "Hoàn cảnh",
        "Trợ cấp xã hội hằng tháng", "Số QĐ", "Ngày QĐ", "Mức hưởng"]  # fmt: skip


PLAIN = [
    ("ra-soat-bo-sung", "/ra-soat-bo-sung/", 640), ("bien-dong", "/tre-em/bien-dong/?period=2024-H1", 640),
    ("xuat-excel", "/tre-em/xuat-excel/", 560), ("chua-huong-tro-cap", "/tre-em/tro-cap/chua-huong/", 600),
    ("du-lieu-ca-nhan", "/du-lieu-ca-nhan/", 640),
]  # fmt: skip


def take(sign_in):
    """Every picture, account by account."""
    page = sign_in("namson")
    for act in (search, imports, plain, duplicates, for_many, round_of_review):
        act(page)
    unit_change(sign_in("quantri"))
    notice(sign_in("truong.namson"))


def plain(page):
    """Pages that show something as they are."""
    for name, address, height in PLAIN:
        page.goto(address)
        shoot(page, name, height)
    page.goto("/ho-so/khoi-luong/")
    shoot(page, "khoi-luong-ho-so", 560, WIDE)


def notice(page):
    page.goto("/bao-tin/")
    shoot(page, "bao-tin", 640)


def shoot(page, name, height, width=WIDTH):
    """The upper part of the page, small enough for a weak line."""
    page.evaluate("document.fonts.ready")
    page.set_viewport_size({"width": width, "height": height})
    data = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
    Image.open(io.BytesIO(data)).convert("RGB").quantize(96).save(HERE / f"{name}.png", optimize=True)


def search(page):
    page.goto("/tre-em/")
    page.locator(".topbar [name=q]").press_sequentially("nguyeexn hoa", delay=30)
    page.locator("[id$=-found] li a").first.wait_for()
    shoot(page, "tim-tre", 560)


def imports(page):
    """A list with what is asked: capitals, amounts of two readings, a number that lost its nought, cells that differ."""
    page.goto("/tre-em/?age=6-10")
    children = [children_row(page, at) for at in range(4)]
    page.goto("/nhap-tep/chon-tep/")
    page.set_input_files("input[type=file]", {
        "name": "Trợ cấp phường Nam Sơn.xlsx", "buffer": workbook(children),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    })  # fmt: skip
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("heading", name="Xem trước danh sách").wait_for(timeout=60_000)
    shoot(page, "xem-truoc-danh-sach", 900)
    preview = page.url
    page.goto(f"{preview}de-nghi/differs/")
    shoot(page, "khac-voi-so", 560)
    page.goto(preview)
    page.locator("#let-in [data-save]").click()
    page.get_by_role("heading", name="Đã nhập").wait_for(timeout=60_000)


def children_row(page, at):
    """Name, birth, sex, number, hamlet and mother of a child of the list, as its page of corrections shows them."""
    page.goto("/tre-em/?age=6-10")
    page.goto(page.locator("main table.list tbody a").nth(at).get_attribute("href") + "sua/")
    value = {name: page.locator(f"[name={name}]").first.input_value() for name in
             ("full_name", "birth", "identity_number", "mother_name")}  # fmt: skip
    sex = page.locator("[name=sex]:checked")
    return [value["full_name"], value["birth"], {"m": "Nam", "f": "Nữ"}.get(sex.input_value() if sex.count() else "", ""),
            value["identity_number"], "Tổ dân phố 1", f"{value['mother_name']} Anh"]  # fmt: skip


def workbook(children):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    more = ["Khuyết tật nặng", "x", "12/QĐ-UBND", "20/03/2024"]
    amounts = ("540.000", "1.234", 540, "720.000 đ")
    rows = [[at, *child, *more, amount] for at, (child, amount) in enumerate(zip(children, amounts, strict=True), 1)]
    again = [5, *children[0][:3], "", "Tổ dân phố 2", ""]  # nobody knows yet whether it is the same child
    rows += [again, [6, "TRẦN THỊ THU HIỀN", "05/09/2017", "Nữ", "31317000415", "Tổ dân phố 2", "Lê Thị Sen"]]
    for number, row in enumerate([HEAD, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def duplicates(page):
    page.goto("/tre-em/trung/")
    button = page.locator("main form [name=unit] + button")
    if button.count():
        button.first.click()
        page.wait_for_timeout(8000)
    page.goto("/tre-em/trung/")
    shoot(page, "tre-trung", 600)


def for_many(page):
    """Forty gifts, looked at before they are written."""
    page.goto("/tre-em/?age=6-10")
    for box in page.locator("main tbody input[name=child]").all()[:12]:
        box.check()
    page.get_by_role("button", name="Ghi cho các trẻ đã chọn").click()
    page.locator("main ul.todo a").first.click()
    page.locator("[name=kind]").select_option("S33")
    page.locator("[name=started_on]").fill("01/05/2024")
    page.locator("[name=amount]").fill("200.000")
    page.locator("[name=occasion]").fill("Tết Thiếu nhi 1/6")
    page.get_by_role("button", name="Xem trước").click()
    shoot(page, "ghi-cho-nhieu-tre", 720)


def round_of_review(page):
    page.goto("/dot-ra-soat/mo/")
    page.locator("[name=title]").fill("Rà soát trẻ em tháng 5 năm 2024")
    page.locator("[name=started_on]").fill("02/05/2024")
    page.locator("[name=due_on]").fill("15/05/2024")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    shoot(page, "dot-ra-soat", 640)


def unit_change(page):
    page.goto("/don-vi/")
    page.get_by_role("link", name="Thay đổi đơn vị").first.click()
    page.get_by_label("Có hiệu lực từ ngày").fill("01/07/2024")
    page.get_by_label("Căn cứ").fill("Nghị quyết về sắp xếp đơn vị hành chính (ví dụ)")
    page.get_by_role("button", name="Soạn thay đổi").click()
    for typed, name in (("phuong nam son", "Phường Nam Sơn, Quận Kiến An"), ("ngoc son", "Phường Ngọc Sơn, Quận Kiến An")):
        page.get_by_label("Đơn vị kết thúc").press_sequentially(typed)
        page.get_by_role("radio", name=name).check()
        page.get_by_role("button", name="Thêm đơn vị kết thúc").click()
    page.get_by_label("Tên đơn vị mới").fill("Phường Nam Ngọc")
    page.get_by_label("Mã đơn vị").fill("19999")
    page.get_by_role("button", name="Thêm đơn vị mới").click()
    page.wait_for_load_state()
    shoot(page, "thay-doi-don-vi", 760, WIDE)
