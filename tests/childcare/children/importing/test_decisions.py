"""Decisions and amounts of a list: read where there is one reading, asked where there are two, never written elsewhere."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.children import models as c
from childcare.children.importing import batches, decisions, offers, registry, writing
from childcare.children.importing.header import field_of
from childcare.children.importing.reading import read
from childcare.lib.refusal import Refusal
from tests import people
from tests.childcare.children.importing.test_reading import book
from tests.childcare.children.importing.test_writing import hamlets, workbook  # noqa: F401

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Họ tên mẹ", "Hoàn cảnh", "Trợ giúp", "Từ ngày", "Số quyết định", "Ngày quyết định", "Mức hưởng"]  # fmt: skip
HOA = [1, "Nguyễn Thị Hoa", "12/05/2016", "Lê Thị Mai", "Khuyết tật nặng", "Trợ cấp xã hội hằng tháng", "01/04/2023"]


def reading_of(ward, *rows, head=HEAD):
    return read(workbook(*rows, head=head), "tro-cap.xlsx", registry.place_of(ward, people.TODAY))


def write(ward, by, reading, *kinds):
    rows = offers.apply(reading, offers.positions(reading, kinds=kinds))
    return writing.write(reading=reading, rows=rows, unit=ward, by=by)


def kinds_of(found):
    return [one["kind"] for one in found]


@pytest.mark.parametrize(
    ("levels", "name"),
    [
        (["Số quyết định"], "decision"), (["Số QĐ"], "decision"), (["Quyết định số"], "decision"),
        (["Số, ngày quyết định"], "decision"), (["Quyết định số, ngày"], "decision"),
        (["Ngày quyết định"], "decision_on"), (["Ngày, tháng, năm quyết định"], "decision_on"), (["Ngày ký QĐ"], "decision_on"),
        (["Quyết định", "Số"], "decision"), (["Quyết định", "Ngày"], "decision_on"),
        (["Trợ cấp hàng tháng", "Số QĐ"], "decision"), (["Trợ cấp hàng tháng", "Mức hưởng"], "amount"),
        (["Khuyết tật", "Số QĐ"], "paper"), (["Hoàn cảnh đặc biệt", "Ngày QĐ"], "paper_on"),
        (["Số giấy xác nhận khuyết tật"], "paper"), (["Giấy xác nhận khuyết tật", "Ngày cấp"], "paper_on"),
        (["Số tiền"], "amount"), (["Mức trợ cấp (nghìn đồng)"], "amount"), (["Mức trợ cấp xã hội hàng tháng"], "amount"),
        (["Số giấy khai sinh"], "birth_certificate"), (["Mức hưởng BHYT"], "insurance_number"), (["Từ ngày"], "since"),
        (["Số định danh cá nhân"], "identity_number"), (["Mức độ khuyết tật"], "circumstance:N04"),
    ],
)  # fmt: skip
def test_a_heading_tells_what_the_column_is_about(levels, name):
    assert field_of(levels) == name


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.234.000", 1234000), ("1,234,000", 1234000), ("1 234 000 đ", 1234000), ("540.000đ", 540000),
        ("540.000 đồng/tháng", 540000), ("540000", 540000), (540000.0, 540000), (0, 0), ("0", 0),
    ],
)  # fmt: skip
def test_an_amount_with_one_reading_is_read(cell, amount):
    assert decisions.read_amount(cell) == (amount, [])


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("1.234", [("amount_separator", 1234), ("amount_unit", 1234000)]),
        ("1,234", [("amount_separator", 1234), ("amount_unit", 1234000)]),
        (1.234, [("amount_separator", 1234), ("amount_unit", 1234000)]),
        (1.2, [("amount_separator", 1200), ("amount_unit", 1200000)]),
        ("540.000", [("amount_separator", 540000)]),
        ("540", [("amount_unit", 540000)]), (540.0, [("amount_unit", 540000)]),
        ("1,5 triệu", [("amount_unit", 1500000)]), ("540 nghìn", [("amount_unit", 540000)]),
    ],
)  # fmt: skip
def test_an_amount_with_two_readings_is_asked(cell, asked):
    assert decisions.read_amount(cell) == (None, asked)


@pytest.mark.parametrize("cell", ["12.34.5", "năm trăm", "1.234.56", "-5000000", "9" * 13, float("1e30"), "0,0001", "1..5"])
def test_an_amount_that_says_nothing_is_no_amount(cell):
    assert decisions.read_amount(cell) == (None, [])


def test_a_heading_of_thousands_multiplies_and_says_so(ward, an):
    head = [*HEAD[:-1], "Mức hưởng (nghìn đồng)"]
    reading = reading_of(ward, [*HOA, "12/QĐ-UBND", "20/03/2023", 540], head=head)
    assert reading.rows[0]["amount"] == 540000 and reading.offers == []
    told = next(one for one in reading.warnings if one["kind"] == "amount_by_heading")
    assert told["value"] == "540 → 540.000 đồng"


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("1.234", [("amount_separator", 1234000), ("amount_decimal", 1234)]),
        ("540000", [("amount_dong", 540000)]),
    ],
)
def test_under_a_heading_of_thousands_two_readings_are_asked(cell, asked):
    assert decisions.read_amount(cell, 1000) == (None, asked)


def test_millions_have_a_decimal_comma():
    assert decisions.read_amount("1,5", 10**6) == (1500000, []) == decisions.read_amount(1.5, 10**6)


def test_decision_and_amount_go_to_the_help_of_the_row(ward, hamlets, an):  # noqa: F811
    write(ward, an, reading_of(ward, [*HOA, "12/QĐ-UBND", "20/03/2023", "1.234.000"]))
    help_ = c.Support.objects.get()
    assert (help_.decision, help_.decision_on, help_.amount, help_.per) == ("12/QĐ-UBND", date(2023, 3, 20), 1234000, "month")
    assert c.Circumstance.objects.get().paper == ""


def test_without_help_the_decision_is_the_one_of_the_group(ward, hamlets, an):  # noqa: F811
    row = [*HOA[:5], "", "", "12/QĐ-UBND ngày 20/3/2023", "", ""]
    write(ward, an, reading_of(ward, row))
    group = c.Circumstance.objects.get()
    assert (group.paper, group.paper_on) == ("12/QĐ-UBND", date(2023, 3, 20))


def test_an_amount_that_was_asked_is_written_only_when_taken(ward, hamlets, an):  # noqa: F811
    reading = reading_of(ward, [*HOA, "12/QĐ-UBND", "20/03/2023", "540.000"])
    assert [(one["kind"], one["from"], one["to"]) for one in reading.offers] == [("amount_separator", "540.000", "540000")]
    write(ward, an, reading)
    assert c.Support.objects.get().amount is None


def test_a_taken_amount_is_written(ward, hamlets, an):  # noqa: F811
    write(ward, an, reading_of(ward, [*HOA, "", "", "540.000"]), "amount_separator")
    assert c.Support.objects.get().amount == 540000


def test_two_readings_of_one_cell_cannot_both_be_taken(ward, an):
    reading = reading_of(ward, [*HOA, "", "", "1.234"])
    offers.require_one_meaning(reading, [1])
    with pytest.raises(Refusal, match="Dòng 2: số tiền “1.234” được chọn cả hai"):
        offers.require_one_meaning(reading, [0, 1])


def test_a_decision_without_its_day_goes_in_and_is_told(ward, hamlets, an):  # noqa: F811
    reading = reading_of(ward, [*HOA, "12/QĐ-UBND", "", ""])
    assert kinds_of(reading.warnings) == ["decision_without_date"]
    write(ward, an, reading)
    assert (c.Support.objects.get().decision, c.Support.objects.get().decision_on) == ("12/QĐ-UBND", None)


@pytest.mark.parametrize("day", ["2023", "3/2023", "31/02/2023", "hôm qua", "01/01/2030"])
def test_a_day_of_a_decision_is_never_made_up(ward, an, day):
    reading = reading_of(ward, [*HOA, "12/QĐ-UBND", day, ""])
    assert reading.rows[0]["decision_on"] is None
    assert kinds_of(reading.warnings) == ["decision_date_unreadable"]


def test_day_and_month_of_a_decision_are_offered_in_exchange_as_those_of_a_birth(ward, an, hamlets):  # noqa: F811
    name = [2, "Trần Văn Nam", "12/05/2016", "Đỗ Thị Vui", "Khuyết tật nặng", "Trợ cấp xã hội hằng tháng"]
    rows = [
        [*HOA[:6], date(2023, 4, 1), "12/QĐ-UBND", date(2023, 3, 5), ""],
        [*name, "25/02/2023", "13/QĐ-UBND", "03/25/2023", ""],
    ]
    found = read(book(("Danh sách", [HEAD, *rows])), "tro-cap.xlsx", registry.place_of(ward, people.TODAY))
    told = {(one["field"], one["from"], one["to"]) for one in found.offers}
    assert told == {("decision_on", "03/25/2023", "2023-03-25"), ("since", "2023-04-01", "2023-01-04")}
    assert set(kinds_of(found.offers)) == {"decision_day_swap"}  # the column of decisions has no text that shows day/month
    assert "decision_date_unreadable" not in kinds_of(found.warnings) and found.rows[1]["decision_on"] is None
    write(ward, an, found, "decision_day_swap")
    days = {row.decision: (row.decision_on, row.started_on) for row in c.Support.objects.all()}
    assert days == {
        "12/QĐ-UBND": (date(2023, 3, 5), date(2023, 1, 4)),
        "13/QĐ-UBND": (date(2023, 3, 25), date(2023, 2, 25)),
    }


def test_a_number_that_looks_like_a_day_of_a_spreadsheet_stays_a_number(ward, an):
    assert reading_of(ward, [*HOA, 43210, "20/03/2023", ""]).rows[0]["decision"] == "43210"


def test_what_belongs_to_no_fact_is_told_and_not_written(ward, hamlets, an):  # noqa: F811
    reading = reading_of(ward, [*HOA[:4], "", "", "", "12/QĐ-UBND", "20/03/2023", "540000"])
    assert sorted(kinds_of(reading.warnings)) == ["amount_of_what", "decision_of_what"]
    write(ward, an, reading)
    assert not c.Support.objects.exists() and not c.Circumstance.objects.exists()


def test_a_column_of_help_with_amounts_instead_of_marks(ward, hamlets, an):  # noqa: F811
    head = [*HEAD[:4], "Trợ cấp xã hội hằng tháng", "Thẻ BHYT miễn phí"]
    reading = reading_of(ward, [*HOA[:4], 540000, ""], head=head)
    assert (reading.rows[0]["supports"], reading.rows[0]["amount"]) == (["S01"], 540000)
    write(ward, an, reading)
    assert c.Support.objects.get().amount == 540000


def test_a_heading_of_the_amount_names_the_help(ward, an):
    head = [*HEAD[:4], "Mức trợ cấp xã hội hằng tháng (đồng)"]
    first, second = reading_of(
        ward, [*HOA[:4], "540.000"], [2, "Trần Văn Nam", "01/02/2017", "", ""], head=head
    ).rows  # fmt: skip
    assert (first["supports"], first["amount"], second["supports"]) == (["S01"], 540000, [])


def test_the_officer_who_takes_both_readings_is_told_before_anything_is_queued(ward, hamlets, an):  # noqa: F811
    data = workbook([*HOA, "", "", "1.234"], head=HEAD)
    batch = batches.upload(by=an, unit=ward, on=people.TODAY, name="tro-cap.xlsx", data=data)
    batches.read_file(batch=batch, by=an)
    with pytest.raises(Refusal):
        batches.decide(batch=batch, by=an, accepted=[0, 1])
    batch.refresh_from_db()
    assert batch.state == c.ImportBatch.State.PREVIEW and batch.write_job is None


def test_the_first_rows_of_the_preview_show_decision_and_amount_where_they_will_be_written(ward, hamlets, an, as_):  # noqa: F811
    data = workbook(
        [*HOA, "12/QĐ-UBND", "20/03/2023", "1.234.000"],
        [2, "Trần Văn Nam", "01/02/2017", "Lê Thị Tư", "Khuyết tật nặng", "", "", "15/GXN", "02/05/2023", ""], head=HEAD,
    )  # fmt: skip
    batch = batches.upload(by=an, unit=ward, on=people.TODAY, name="tro-cap.xlsx", data=data)
    batches.read_file(batch=batch, by=an)
    page = as_(an).get(reverse("import-batch", args=[batch.public_id])).text
    assert "12/QĐ-UBND ngày 20/03/2023 (1.234.000 đồng)" in page and "<small>15/GXN ngày 02/05/2023</small>" in page
