import io
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter

from childcare.lib import spreadsheets
from childcare.lib.refusal import Refusal

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def package(sheet, **more):
    """An xlsx made by hand around the XML of its one sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format("worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in more.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(*rows):
    """An honest xlsx."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Danh sách")
    for number, cells in rows:
        sheet.write_row(number - 1, 0, cells)
    book.close()
    return buffer.getvalue()


def refused(data, name="danh-sach.xlsx"):
    """The sentence of the refusal, which must come in less than two seconds."""
    started = time.monotonic()
    with pytest.raises(Refusal) as refusal:
        spreadsheets.open_workbook(data, name)
    assert time.monotonic() - started < 2
    return str(refusal.value)


def test_rows_come_with_their_numbers_and_empty_rows_are_passed_over():
    [sheet] = spreadsheets.open_workbook(workbook((3, ["Họ tên", "Năm"]), (4, ["", " "]), (7, ["An", 2016])), "a.xlsx")
    assert sheet.name == "Danh sách"
    assert sheet.rows == [(3, ["Họ tên", "Năm"]), (7, ["An", 2016.0])]


def test_cells_keep_their_column_when_the_table_does_not_start_in_column_a():
    [sheet] = spreadsheets.open_workbook(workbook((1, ["", "", "x"])), "a.xlsx")
    assert sheet.rows == [(1, ["", "", "x"])]


def test_a_picture_renamed_to_xlsx_is_refused_with_a_sentence():
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000) == spreadsheets.NOT_A_WORKBOOK


def test_a_web_page_or_csv_that_is_called_xls_is_refused():
    assert refused(b"<html><table><tr><td>1</td></tr></table></html>", "a.xls") == spreadsheets.NOT_A_WORKBOOK
    assert refused(b"ho ten,nam sinh\nAn,2016\n", "a.ods") == spreadsheets.NOT_A_WORKBOOK


def test_other_extensions_and_a_name_that_does_not_fit_are_refused():
    good = workbook((1, ["a"]))
    assert refused(good, "a.xlsm") == spreadsheets.WRONG_NAME
    assert refused(good, "a.csv") == spreadsheets.WRONG_NAME
    assert refused(good, "a") == spreadsheets.WRONG_NAME
    assert refused(good, "a.xls") == spreadsheets.OTHER_KIND


def test_a_cell_in_the_last_corner_is_refused_before_it_costs_memory():
    data = package(
        SHEET.format("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    )
    assert len(data) < 5000
    assert "quá xa" in refused(data)


def test_a_row_number_alone_reaches_as_far():
    cells = '<row r="1"><c r="EA1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    assert "quá xa" in refused(package(SHEET.format("", cells)))


def test_formatted_empty_cells_far_away_harm_nobody():
    cells = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    [sheet] = spreadsheets.open_workbook(package(SHEET.format("", cells)), "a.xlsx")
    assert sheet.rows == [(1, [7.0])]


def test_a_zip_bomb_is_refused():
    assert refused(package(SHEET.format("", " " * 60_000_000))) == spreadsheets.TOO_MUCH
    assert refused(package(SHEET.format("", ""), **{"xl/media/a.bin": b"\0" * 110_000_000})) == spreadsheets.TOO_MUCH


def test_a_size_that_lies_is_refused():
    data = bytearray(package(SHEET.format("", "<!-- -->" * 1000)))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(data)) == spreadsheets.NOT_A_WORKBOOK


def test_too_many_entries_are_refused():
    assert refused(package(SHEET.format("", ""), **{f"x{n}": "" for n in range(200)})) == spreadsheets.TOO_MUCH


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_external_entities_are_refused(address):
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert refused(package(SHEET.format(entity, cells))) == spreadsheets.NOT_A_WORKBOOK


def test_a_macro_workbook_and_a_password_are_told_apart():
    assert refused(package(SHEET.format("", ""), **{"xl/vbaProject.bin": "x"})) == spreadsheets.MACROS
    assert refused(spreadsheets.OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx") == spreadsheets.PASSWORD


def test_broken_contents_are_refused_not_raised():
    good = workbook((1, ["a"]))
    assert refused(good[: len(good) // 2]) == spreadsheets.NOT_A_WORKBOOK
    assert refused(package("<worksheet><sheetData><row><c>")) == spreadsheets.NOT_A_WORKBOOK
    assert refused(spreadsheets.OLE + b"\0" * 3000, "a.xls") == spreadsheets.NOT_A_WORKBOOK


def test_more_rows_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 10)
    assert "Hãy chia thành nhiều tệp" in refused(workbook(*((n, [n]) for n in range(1, 13))))


def ods(rows):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return buffer.getvalue()


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>Họ tên</text:p></table:table-cell>'


def test_an_open_document_sheet_is_read_and_its_endless_empty_rows_are_harmless():
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    [sheet] = spreadsheets.open_workbook(ods(f"<table:table-row>{ODS_CELL.format('')}</table:table-row>{empty}"), "a.ods")
    assert sheet.rows[0][1][0] == "Họ tên"


def test_an_open_document_cell_repeated_without_end_is_refused():
    cell = ODS_CELL.format(' table:number-columns-repeated="16384"')
    assert "quá xa" in refused(ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'), "a.ods")


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1+1",
        "＋1+x",
        "－1-x",
        "＠x",
        "  =1",
        "\u200b=1",
    ],
)
def test_no_text_becomes_a_formula(payload):
    assert spreadsheets.safe_cell(payload).startswith("'")


@pytest.mark.parametrize("value", ["+84 912 345 678", "-5", "Nguyễn Văn An", "", 5, 2.5, None, True, date(2016, 5, 12)])
def test_harmless_values_stay_readable(value):
    assert spreadsheets.safe_cell(value) == value


def test_a_written_row_reads_back_as_text():
    buffer = io.BytesIO()
    book = spreadsheets.new_workbook(buffer)
    spreadsheets.write_row(book.add_worksheet("S"), 0, ["=1+1", "038216001234", None, 5, "http://a.vn"])
    book.close()
    [sheet] = spreadsheets.open_workbook(buffer.getvalue(), "a.xlsx")
    assert sheet.rows == [(1, ["'=1+1", "038216001234", "", 5.0, "http://a.vn"])]
