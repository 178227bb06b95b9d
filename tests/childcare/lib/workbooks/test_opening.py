"""Workbooks made to harm: each refused with a sentence, before it costs memory or time."""

import io
import struct
import time
import zipfile

import pytest
import xlsxwriter

from childcare.lib.refusal import Refusal
from childcare.lib.workbooks import limits, opening
from childcare.lib.workbooks.opening import open_workbook
from tests.childcare.lib.workbooks import binary

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
    """The sentence of the refusal, which must come at once: the machine may be busy, the file must not be what costs."""
    started = time.monotonic()
    with pytest.raises(Refusal) as refusal:
        open_workbook(data, name)
    assert time.monotonic() - started < 10
    return str(refusal.value)


def test_rows_come_with_their_numbers_and_empty_rows_are_passed_over():
    [sheet] = open_workbook(workbook((3, ["Họ tên", "Năm"]), (4, ["", " "]), (7, ["An", 2016])), "a.xlsx")
    assert sheet.name == "Danh sách"
    assert sheet.rows == [(3, ["Họ tên", "Năm"]), (7, ["An", 2016.0])]


def test_cells_keep_their_column_when_the_table_does_not_start_in_column_a():
    [sheet] = open_workbook(workbook((1, ["", "", "x"])), "a.xlsx")
    assert sheet.rows == [(1, ["", "", "x"])]


def test_a_picture_renamed_to_xlsx_is_refused_with_a_sentence():
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000) == limits.NOT_A_WORKBOOK


def test_a_web_page_or_csv_that_is_called_xls_is_refused():
    assert refused(b"<html><table><tr><td>1</td></tr></table></html>", "a.xls") == limits.NOT_A_WORKBOOK
    assert refused(b"ho ten,nam sinh\nAn,2016\n", "a.ods") == limits.NOT_A_WORKBOOK


def test_other_extensions_and_a_name_that_does_not_fit_are_refused():
    good = workbook((1, ["a"]))
    assert refused(good, "a.xlsm") == limits.MACROS
    assert refused(good, "a.csv") == limits.WRONG_NAME
    assert refused(good, "a") == limits.WRONG_NAME
    assert refused(good, "a.xls") == limits.OTHER_KIND


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
    [sheet] = open_workbook(package(SHEET.format("", cells)), "a.xlsx")
    assert sheet.rows == [(1, [7.0])]


def test_a_zip_bomb_is_refused():
    assert refused(package(SHEET.format("", " " * 60_000_000))) == limits.TOO_MUCH
    assert refused(package(SHEET.format("", ""), **{"xl/media/a.bin": b"\0" * 110_000_000})) == limits.TOO_MUCH


def test_a_size_that_lies_is_refused():
    data = bytearray(package(SHEET.format("", "<!-- -->" * 1000)))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(data)) == limits.NOT_A_WORKBOOK


def test_too_many_entries_are_refused():
    assert refused(package(SHEET.format("", ""), **{f"x{n}": "" for n in range(200)})) == limits.TOO_MUCH


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_external_entities_are_refused(address):
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert refused(package(SHEET.format(entity, cells))) == limits.NOT_A_WORKBOOK


def test_a_macro_workbook_and_a_password_are_told_apart():
    assert refused(package(SHEET.format("", ""), **{"xl/vbaProject.bin": "x"})) == limits.MACROS
    assert refused(limits.OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx") == limits.PASSWORD


def test_broken_contents_are_refused_not_raised():
    good = workbook((1, ["a"]))
    assert refused(good[: len(good) // 2]) == limits.NOT_A_WORKBOOK
    assert refused(package("<worksheet><sheetData><row><c>")) == limits.NOT_A_WORKBOOK
    assert refused(limits.OLE + b"\0" * 3000, "a.xls") == limits.NOT_A_WORKBOOK


def test_more_rows_sheets_or_texts_than_allowed_are_refused():
    assert "Hãy chia thành nhiều tệp" in refused(workbook(*((n, [n]) for n in range(1, limits.MAX_ROWS + 2))))
    assert refused(many_sheets(limits.MAX_SHEETS + 1)) == limits.TOO_MANY_SHEETS
    texts = "<sst>" + "<si><t/></si>" * (limits.MAX_STRINGS + 1) + "</sst>"
    assert refused(package(SHEET.format("", ""), **{"xl/sharedStrings.xml": texts})) in (limits.TOO_MANY_CELLS, limits.TOO_MUCH)


def many_sheets(count):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for number in range(count):
        book.add_worksheet(f"Tổ {number}")
    book.close()
    return buffer.getvalue()


def ods(rows, before="<office:body>"):
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
            f'{before}<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return buffer.getvalue()


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>Họ tên</text:p></table:table-cell>'


def test_an_open_document_sheet_is_read_and_its_endless_empty_rows_are_harmless():
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    [sheet] = open_workbook(ods(f"<table:table-row>{ODS_CELL.format('')}</table:table-row>{empty}"), "a.ods")
    assert sheet.rows[0][1][0] == "Họ tên"


def test_an_open_document_cell_repeated_without_end_is_refused():
    cell = ODS_CELL.format(' table:number-columns-repeated="16384"')
    assert "quá xa" in refused(ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'), "a.ods")


# --- .xls -----------------------------------------------------------------------------------------------------------


def test_an_old_workbook_is_read_with_its_fonts_and_what_else_it_holds():
    data = binary.workbook(
        binary.record(0x7D, struct.pack("<HHHHH", 1, 1, 2000, 0, 1)), binary.record(0x208, struct.pack("<HHHHHHI", 2, 0, 3, 255, 0, 0, 0x20)),
        binary.label(0, 0, "Hä vµ tªn", 1), binary.label(0, 1, "Ngµy sinh", 1), binary.label(1, 0, "Lê Thị Hoa"), binary.number(1, 1, 2016),
        binary.label(2, 0, "TrÇn V¨n ¸nh", 1), binary.formula(2, 1, 2017.0), fonts=("Arial", ".VnTime"),
    )  # fmt: skip
    [sheet] = open_workbook(data, "a.xls")
    assert sheet.rows == [(1, ["Họ và tên", "Ngày sinh"]), (2, ["Lê Thị Hoa", 2016.0]), (3, ["Trần Văn ánh", 2017.0])]
    assert sheet.fonts[3, 0] == (".VnTime", "TrÇn V¨n ¸nh") and (2, 0) not in sheet.fonts
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.formulas) == ([3], [1], 1)


def test_a_cell_in_the_last_corner_of_an_old_workbook_is_refused_before_it_costs_memory():
    data = binary.workbook(binary.number(0, 0, 1), binary.number(65535, 255, 1))
    assert "quá xa" in refused(data, "a.xls")


def test_formatted_empty_cells_down_to_row_65536_of_an_old_workbook_harm_nobody():
    blanks = [binary.record(0x201, struct.pack("<HHH", row, 0, 0)) for row in range(2, 65536, 7)]
    blanks.append(binary.record(0xBE, struct.pack("<HH", 65535, 0) + bytes(2 * 256) + struct.pack("<H", 255)))
    [sheet] = open_workbook(binary.workbook(binary.label(0, 0, "Họ tên"), *blanks), "a.xls")
    assert sheet.rows == [(1, ["Họ tên"])]


def test_macros_and_passwords_of_old_workbooks_are_told():
    good = binary.label(0, 0, "Họ tên")
    assert refused(binary.workbook(good, streams=("Workbook", "_VBA_PROJECT_CUR")), "a.xls") == limits.MACROS
    assert refused(binary.workbook(good, extra=binary.record(0x2F, bytes(54))), "a.xls") == limits.PASSWORD


def test_an_old_workbook_under_a_new_name_and_a_new_one_under_an_old_are_refused():
    assert refused(binary.workbook(binary.label(0, 0, "a")), "a.xlsx") == limits.OTHER_KIND
    assert refused(workbook((1, ["a"])), "a.xls") == limits.OTHER_KIND


def test_an_old_workbook_whose_sectors_go_in_a_circle_is_refused():
    data = bytearray(binary.workbook(binary.label(0, 0, "a")))
    fat = 512 * (struct.unpack("<I", data[76:80])[0] + 1)
    data[fat : fat + 4] = struct.pack("<I", 0)  # the first sector follows itself
    assert refused(bytes(data), "a.xls") == limits.NOT_A_WORKBOOK


# --- what a sheet holds besides values ------------------------------------------------------------------------------


def dressed(fill):
    """A workbook by XlsxWriter with whatever `fill(book, sheet)` puts into it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("DS")
    fill(book, sheet)
    book.close()
    return buffer.getvalue()


def test_hidden_parts_formulas_comments_colours_and_links_are_seen():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["Họ tên", "Năm", "Ẩn"])
        sheet.write_row(1, 0, ["An", 2016, 1])
        sheet.write_formula(2, 1, "='[1]DS cũ'!A1+1", None, 2017)
        sheet.write(2, 0, "Bình", book.add_format({"bg_color": "#FFFF00"}))
        sheet.write(3, 0, "Chi", book.add_format({"font_color": "red"}))
        sheet.write_comment(1, 0, "đã chuyển trường")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(40, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    [sheet] = open_workbook(dressed(fill), "a.xlsx")
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.formulas, sheet.comments, sheet.links) == ([3], [2], 1, 1, True)
    assert sheet.colours == {3: "FFFFFF00", 4: "FFFF0000"}
    assert sheet.rows[2][1][1] == 2017.0


def test_a_plain_sheet_has_nothing_besides_its_values():
    [sheet] = open_workbook(workbook((1, ["Họ tên"])), "a.xlsx")
    empty = (sheet.hidden_rows, sheet.hidden_columns, sheet.formulas, sheet.comments, sheet.links, sheet.colours, sheet.fonts)
    assert not any(empty)


def test_cells_are_converted_by_their_own_font_and_by_the_fonts_of_their_parts():
    def fill(book, sheet):
        old, new = book.add_format({"font_name": ".VnTime"}), book.add_format({"font_name": "Times New Roman"})
        sheet.write(0, 0, "NguyÔn ThÞ Hång", old)
        sheet.write(0, 1, "NguyÔn ThÞ Hång", new)
        sheet.write(0, 2, "Nguyễn Thị Hồng", old)
        sheet.write(0, 3, "Nguyeãn Thò Hoàng Ñaøo", book.add_format({"font_name": "VNI-Times"}))
        sheet.write_rich_string(0, 4, old, "TrÇn V¨n ", new, "Hồng", new)
        sheet.write(0, 5, 2016, old)

    [sheet] = open_workbook(dressed(fill), "a.xlsx")
    assert sheet.rows[0][1] == [
        "Nguyễn Thị Hồng", "NguyÔn ThÞ Hång", "Nguyễn Thị Hồng", "Nguyễn Thị Hồng Đào", "Trần Văn Hồng", 2016.0,
    ]  # fmt: skip
    assert sheet.fonts[1, 3] == ("VNI-Times", "Nguyeãn Thò Hoàng Ñaøo") and (1, 1) not in sheet.fonts


def test_an_open_document_sheet_tells_its_fonts_hidden_rows_formulas_and_notes():
    style = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        '<style:style style:name="c1" style:family="table-cell"><style:text-properties style:font-name=".VnTime"/></style:style>'
        "</office:automatic-styles><office:body>"
    )
    rows = (
        '<table:table-row><table:table-cell table:style-name="c1" office:value-type="string"><text:p>Hä vµ tªn</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation>'
        "<text:p>Năm</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>An</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
        "</table:table-row>"
    )
    data = ods(rows, before=style)
    [sheet] = open_workbook(data, "a.ods")
    assert sheet.rows[0][1][0] == "Họ và tên" and sheet.rows[0][1][1].endswith("Năm")
    assert (sheet.fonts[1, 0], sheet.hidden_rows, sheet.formulas, sheet.comments) == ((".VnTime", "Hä vµ tªn"), [2], 1, 1)


# --- the process that reads -----------------------------------------------------------------------------------------


def test_a_text_that_every_cell_repeats_is_refused_and_not_multiplied_in_memory():
    long = "x" * 30_000
    cells = "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for row in (1,) for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{row}">{cells.replace("1", str(row))}</row>' for row in range(1, 15_001))
    strings = f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>'
    data = package(SHEET.format("", rows), **{"xl/sharedStrings.xml": strings})
    assert refused(data) in (limits.TOO_HARD, limits.TOO_MANY_CELLS, limits.NOT_A_WORKBOOK)


def test_the_reader_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(opening, "START", "while True: pass")
    monkeypatch.setattr(opening, "DEADLINE", 0.5)
    assert refused(workbook((1, ["a"]))) == limits.TOO_HARD


def test_the_reader_may_not_have_more_memory_than_its_share(monkeypatch):
    start = opening.START.replace("reader.main(sys.argv[2])", "limits_ = reader.READERS; limits_['xlsx'] = lambda data: bytearray(2 ** 31); reader.main('xlsx')")  # fmt: skip
    monkeypatch.setattr(opening, "START", start)
    assert refused(workbook((1, ["a"]))) == limits.TOO_HARD


def test_the_reader_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("FIELD_KEYS", "secret")
    ask = "import json, os; print(json.dumps({'refused': os.environ.get('FIELD_KEYS', 'none')}))"
    monkeypatch.setattr(opening, "START", ask)
    assert refused(workbook((1, ["a"]))) == "none"
