"""The page of a returned list: what it changes, what waits, what stays out, and who may see it."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.urls import reverse

from childcare.children.importing import batches
from childcare.children.returning.layout import COLUMNS
from tests import factories, people

pytestmark = pytest.mark.django_db


def workbook(rows, exported="02/05/2024"):
    """A returned list of one sheet; a row = cells in the order of COLUMNS without STT."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Tổ dân phố 1")
    sheet.write_string(2, 0, f"(Xuất ngày {exported}. Đề nghị không sửa cột Mã trẻ)")
    for column, (_, title, _) in enumerate(COLUMNS):
        sheet.write_string(4, column, title)
    for number, cells in enumerate(rows, 5):
        sheet.write_number(number, 0, number - 4)
        for column, cell in enumerate(cells, 1):
            sheet.write_string(number, column, cell)
    book.close()
    return buffer.getvalue()


def line(child, number="", name="", birth="", verified="", note="", code=None):
    shown = [child.full_name, child.birth.text, "Nam", "Kinh", child.mother_name, "Chưa có số định danh"]
    return [child.code if code is None else code, *shown, number, name, birth, verified, note]


@pytest.fixture
def children(ward):
    place = factories.hamlet(ward)
    return [
        factories.child(place, f"Nguyễn Văn {name}", birth)
        for name, birth in (("An", "1/2/2016"), ("Bình", "3/4/2017"), ("Cường", "5/6/2018"))
    ]


@pytest.fixture
def batch(an, ward, children):
    rows = [
        line(children[0], number="031216000012", verified="30/04/2024"),
        line(children[1], code="TE999999", number="031217000013"),
        line(children[2], note="Nhờ mẹ nộp sau"),
    ]
    found = batches.upload(by=an, unit=ward, on=date(2024, 5, 2), name="trả lại.xlsx", data=workbook(rows))
    batches.read_file(batch=found, by=an)
    found.refresh_from_db()
    return found


def url(batch):
    return reverse("import-batch", args=[batch.public_id])


def test_the_page_says_what_will_be_written_and_what_stays_out(as_, an, batch):
    page = as_(an).get(url(batch)).content.decode()
    for text in (
        "Danh sách rà soát trả lại", "Số định danh: 031216000012; Công an xác thực ngày: 30/04/2024",
        "Không có trẻ nào của xã, phường mang mã này", "Nhận theo họ tên, ngày sinh, mẹ", "Nhờ mẹ nộp sau", "không ghi gì thêm",
    ):  # fmt: skip
        assert text in page or text.capitalize() in page, text


def test_letting_it_in_with_the_offer_writes_both(as_, an, batch, children):
    as_(an).post(reverse("import-decide", args=[batch.public_id]), {"kind": ["match_by_name"]})
    batch.refresh_from_db()
    batches.write_batch(batch=batch, by=an)
    for child in children:
        child.refresh_from_db()
    assert [child.identity_number for child in children] == ["031216000012", "031217000013", None]
    assert [child.identity_verified_on for child in children] == [date(2024, 4, 30), None, None]
    page = as_(an).get(url(batch)).content.decode()
    assert "số định danh công an đã xác thực" in page and "Đã nhập" in page


def test_a_change_after_the_list_went_out_stays_until_it_is_ticked(as_, an, ward, children):
    child = children[0]
    as_(an).post(
        reverse("child-edit", args=[child.public_id]),
        {"full_name": child.full_name, "birth": "1/2/2016", "sex": "m", "identity_number": "031216000099", "version": 1},
    )
    rows = [line(child, number="031216000012", verified="30/04/2024")]
    reading, counts, _ = batches.take_in(data=workbook(rows), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an)
    assert counts["updated"] == 0 and reading.unchanged[0]["why"] == "waits for a decision"
    child.refresh_from_db()
    assert child.identity_number == "031216000099"


def test_a_valid_number_is_never_replaced_by_a_malformed_one(an, ward, children):
    child = factories.child(children[0].unit, "Lê Văn Dũng", "7/8/2015", identity_number="031215000077", identity_valid=True)
    rows = [line(child, number="0312"), line(children[0], number="031215000077")]
    reading, counts, _ = batches.take_in(data=workbook(rows), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an)
    child.refresh_from_db()
    assert child.identity_number == "031215000077" and reading.unchanged[0]["why"] == "no usable value"
    assert [(row["reason_code"], row["held_by"]) for row in reading.rejected] == [("identity_used_in_registry", child.code)]


def test_a_child_of_another_ward_is_unknown_and_its_holder_is_not_named(an, ward, dung, children):
    far = factories.child(
        factories.hamlet(people.unit(people.VAN_DAU)), "Trần Thị Xa", identity_number="031216000055", identity_valid=True
    )
    rows = [line(far, number="031216000012"), line(children[0], number="031216000055")]
    reading, _, _ = batches.take_in(data=workbook(rows), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an)
    assert [row["reason_code"] for row in reading.rejected] == ["code_unknown", "identity_used_in_registry"]
    assert "held_by" not in reading.rejected[1]


def test_the_same_code_twice_goes_in_once(an, ward, children):
    rows = [line(children[0], number="031216000012"), line(children[0], number="031216000013")]
    reading, counts, _ = batches.take_in(data=workbook(rows), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an)
    assert counts["updated"] == 1 and [row["reason_code"] for row in reading.rejected] == ["code_repeated"]


def test_the_colleague_may_not_and_the_stranger_finds_nothing(as_, binh, chi, batch):
    assert as_(binh).get(url(batch)).status_code == 403
    assert as_(chi).get(url(batch)).status_code == 404
