"""Workbooks: numbers are numbers, text is never a formula, the head stays in sight."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from childcare.documents.structure import Column, HeadCell, Table
from childcare.documents.xlsx import as_number, render_xlsx
from tests.childcare.documents import samples

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\x00=", "＝", "＋", "－", "＠"]
PAYLOADS = [f"{start}{rest}" for start in STARTS for rest in ("1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\",\"y\")")] + [
    "http://evil.example", "mailto:a@b.c", "{=1+1}", "+84 912 345 678", "-5",
]  # fmt: skip


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_formula_and_no_link_comes_out(payload):
    table = Table([Column(payload), Column("B", align="right")], [[payload, payload]], caption=payload)
    data = render_xlsx([(payload, table)])
    book = opened(data)
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n") and cell.hyperlink is None
            assert cell.data_type == "s" or cell.value is None or payload == "-5"
    assert not book.active.title.startswith(tuple("=+-@＝＋－＠"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) or b"externalLink" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("text", ["+84 912 345 678", "-5 vụ"])
def test_harmless_text_stays_readable(text):
    assert opened(render_xlsx([("A", Table([Column("A")], [[text]]))])).active["A4"].value == text


@pytest.mark.parametrize(
    ("value", "align", "number", "form"),
    [
        (1842, "left", 1842, "#,##0"),
        (Decimal("98.2"), "left", Decimal("98.2"), "#,##0.0##"),
        ("1.842", "right", 1842, "#,##0"),
        ("98,2", "right", Decimal("98.2"), "#,##0.0##"),
        ("96,8%", "right", Decimal("0.968"), "0.0##%"),
        ("-5", "right", -5, "#,##0"),
        ("0", "right", 0, "#,##0"),
    ],
)
def test_numbers_become_numbers(value, align, number, form):
    assert as_number(value, align) == (number, form)


@pytest.mark.parametrize(("value", "align"), [("1.842", "left"), ("05", "right"), ("031016000123", "left"), ("30/31", "right"), ("≥ 99%", "right"), ("12.05", "right"), ("", "right"), (None, "right"), (float("nan"), "right"), ("không", "right")])  # fmt: skip
def test_what_only_looks_like_a_number_stays_text(value, align):
    assert as_number(value, align)[0] is None


def test_a_document_has_a_sheet_for_every_table():
    book = opened(render_xlsx(samples.report()))
    assert book.sheetnames == ["Bảng 1", "Phụ lục I", "Phụ lục II"]
    sheet = book["Phụ lục I"]
    assert sheet["A1"].value == "Phụ lục I. Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm"
    assert sheet["A2"].value.startswith("(Kèm theo Báo cáo số 127/BC-UBND")
    assert sheet["A4"].value == "TT" and sheet["C4"].value == "Trong kỳ"
    assert sheet.freeze_panes == "A7"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A4:A5", "B4:B5", "C4:E4", "F4:H4", "I4:J4"}
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last == [None, "Tổng số (không trùng)", 31, 5, 3, 14, 6, 1, 30, 96.8]
    assert (
        sheet[sheet.max_row][1].font.bold
        and sheet["J7"].value == pytest.approx(0.968)
        and sheet["J7"].number_format == "0.0##%"
    )


def test_names_of_sheets_are_short_clean_and_different():
    table = Table([Column("A")], [[1]])
    names = opened(render_xlsx([("A/B: [C]? " * 6, table), ("A/B: [C]? " * 6, table), ("'", table)])).sheetnames
    assert len({name.lower() for name in names}) == 3
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_equal_tables_give_equal_bytes():
    assert render_xlsx(samples.report()) == render_xlsx(samples.report())


def test_a_document_without_tables_is_still_a_workbook():
    assert opened(render_xlsx(samples.one_page())).sheetnames == ["Không có bảng"]


def test_a_cell_longer_than_excel_allows_is_cut():
    assert len(opened(render_xlsx([("A", Table([Column("A")], [["x" * 40_000]]))])).active["A4"].value) == 32_767


def test_a_head_may_be_merged_downwards_and_across():
    table = Table([Column("")] * 2, [[1, 2]], head_rows=[[HeadCell("Trong đó", across=2)], ["Nam", "Nữ"]])
    sheet = opened(render_xlsx([("A", table)])).active
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A3:B3"]
