"""Workbooks of pupils as the education sector gives them out."""

import io

import xlsxwriter

HEAD = [
    "STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp", "Dân tộc", "Họ tên cha", "Họ tên mẹ", "SĐT",
    "Số định danh cá nhân", "Xã/Phường", "Mã trẻ",
]  # fmt: skip


def workbook(sheets):
    """A workbook of {name of sheet: rows of cells}."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    book.close()
    return buffer.getvalue()


def row(name, born="12/05/2012", *, code="", sex="Nam", into="6A", ethnic="Kinh", father="", mother="", phone="", number="",
        commune="", child=""):  # fmt: skip
    """One line of a pupil list in the order of HEAD, without its STT."""
    return [code, name, born, sex, into, ethnic, father, mother, phone, number, commune, str(child)]


def pupils_file(*rows, sheet="Danh sách"):
    """A list of pupils on one sheet."""
    return workbook({sheet: [HEAD, *([number, *each] for number, each in enumerate(rows, 1))]})
