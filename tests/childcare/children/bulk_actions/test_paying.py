"""Danh sách cấp phát có ký nhận: rows by hamlet, the sum in figures and words, before and after writing, the same again."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children import sheets
from childcare.children.actions import supports
from childcare.children.bulk_actions import choosing, paying, running
from childcare.children.models import Child, Support, SupportKind
from childcare.jobs import actions as jobs
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulk(an, ward):
    """Three gifts of 200.000 đ in two hamlets."""
    ten, two = factories.hamlet(ward, "Tổ dân phố 10"), factories.hamlet(ward, "Tổ dân phố 2")
    house = factories.household(two, "Nguyễn Văn Hào", address="Số 7, ngõ 12")
    children = [
        factories.child(ten, "Bùi Văn An", "2018", mother_name="Đỗ Thị Mơ"),
        factories.child(two, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house),
        factories.child(two, "Vũ Thị Yến", "2015"),
    ]
    values = {
        "kind": SupportKind.objects.get(code="S33"),
        "started_on": date(2024, 5, 1),
        "amount": 200_000,
        "occasion": "Tết Trung thu",
    }
    return running.prepare(
        bulk=choosing.start(children, by=an), by=an, kind="support", values=values | {"source": "Quỹ Bảo trợ trẻ em"}
    )


def rows(bulk, officer):
    lines, gone = paying.lines_of(bulk, officer)
    document = paying.document(bulk, lines, gone, officer=officer, copy=7)
    table = next(block for block in document.blocks if hasattr(block, "rows"))
    return table.rows, gone


def test_rows_by_hamlet_with_receiver_address_and_sum(an, bulk):
    table, _ = rows(bulk, an)
    assert [row[:7] for row in table] == [
        (1, "Nguyễn Thị Hoà", "12/05/2016", "Nguyễn Văn Hào", "Số 7, ngõ 12, Tổ dân phố 2", "Tết Trung thu", 200_000),
        (2, "Vũ Thị Yến", "2015", "", "Tổ dân phố 2", "Tết Trung thu", 200_000),
        (3, "Bùi Văn An", "2018", "Đỗ Thị Mơ", "Tổ dân phố 10", "Tết Trung thu", 200_000),
        ("", "Tổng cộng", "", "", "", "3 trẻ em", 600_000),
    ]


def test_the_paper_says_the_sum_in_words_and_bears_its_number(an, bulk):
    name, data = sheets.render("pay-out", "pdf", officer=an, bulk=str(bulk.public_id))
    entry = Entry.objects.get(action="bulk.printed")
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH SÁCH CẤP PHÁT", "LƯU HÀNH NỘI BỘ", "600.000", "Bằng chữ: Sáu trăm nghìn đồng",
        "Nguồn kinh phí: Quỹ Bảo trợ trẻ em", "NGƯỜI CẤP PHÁT", "Ký nhận", f"bản in số {entry.copy_number}",
    ):  # fmt: skip
        assert part in text, part
    assert len(entry.shown) == 3 and "Hoà" not in name


def test_word_and_excel_say_the_same(an, bulk):
    _, word = sheets.render("pay-out", "docx", officer=an, bulk=str(bulk.public_id))
    _, sheet = sheets.render("pay-out", "xlsx", officer=an, bulk=str(bulk.public_id))
    cells = [cell.text for table in docx.Document(io.BytesIO(word)).tables for row in table.rows for cell in row.cells]
    values = [cell.value for row in load_workbook(io.BytesIO(sheet)).active.iter_rows() for cell in row]
    assert "Nguyễn Thị Hoà" in cells and "600.000" in cells
    assert "Nguyễn Thị Hoà" in values and 600_000 in values


def test_printed_again_it_says_what_was_signed(an, bulk):
    running.begin(bulk=bulk, by=an)
    bulk.refresh_from_db()
    Child.objects.filter(full_name="Nguyễn Thị Hoà").update(full_name="Nguyễn Thị Hòa Bình")
    assert rows(bulk, an)[0][0][1] == "Nguyễn Thị Hoà"


def test_a_corrected_amount_is_the_one_printed_and_a_voided_row_is_told_of(an, bulk):
    running.begin(bulk=bulk, by=an)
    bulk.refresh_from_db()
    yen, hoa = (Support.objects.get(child__full_name=name) for name in ("Vũ Thị Yến", "Nguyễn Thị Hoà"))
    again = supports.correct(support=yen, by=an, version=1, reason="Sai tiền", amount=250_000)
    supports.correct(support=again, by=an, version=1, reason="Sai tiền", amount=300_000)
    supports.void(support=hoa, by=an, version=1, reason="Không nhận")
    table, gone = rows(bulk, an)
    assert gone == 1 and [row[6] for row in table] == [300_000, 200_000, 500_000]


def test_undone_or_out_of_reach_it_is_not_printed(as_, an, chi, binh, bulk):
    for officer in (chi, binh):
        with pytest.raises(Refusal):
            sheets.render("pay-out", "pdf", officer=officer, bulk=str(bulk.public_id))
    job = sheets.enqueue("pay-out", "xlsx", by=an, key="1", bulk=str(bulk.public_id))
    assert jobs.run(job.pk).state == "done"
    kept, paper = reverse("sheet-file", args=[job.public_id]), reverse("bulk-paper", args=[bulk.public_id, "pdf"])
    assert as_(an).get(kept).status_code == 200
    running.undo(bulk=running.begin(bulk=bulk, by=an), by=an, reason="Nhầm")
    with pytest.raises(Refusal):
        sheets.render("pay-out", "pdf", officer=an, bulk=str(bulk.public_id))
    for url in (kept, paper):  # what was laid out before is given out no more, and why is said
        answer = as_(an).get(url)
        assert answer.status_code == 409 and "đã được hoàn tác" in answer.content.decode()
