"""The two workbooks that we hand out: the rows that stayed out with what to mend, and the template."""

import io
from datetime import date

from childcare.children.importing.header import index_of
from childcare.children.importing.words import REASONS
from childcare.lib.spreadsheets import new_workbook, safe_cell, write_row

MENDING = "Nội dung cần sửa"
TEMPLATE = [
    ("STT", 6), ("Họ và tên", 28), ("Ngày sinh", 14), ("Giới tính", 10), ("Dân tộc", 12), ("Số định danh cá nhân", 22),
    ("{hamlet}", 18), ("Họ và tên mẹ", 26), ("Họ và tên cha", 26), ("Chủ hộ", 26), ("Loại hộ năm {year}", 16),
    ("Hoàn cảnh đặc biệt", 34), ("Từ ngày", 14), ("Số điện thoại", 16), ("Ghi chú", 30),
]  # fmt: skip
GUIDE = [
    "Mỗi dòng một trẻ em dưới 16 tuổi. Không bắt buộc điền đủ: có họ tên hoặc ngày sinh là vào sổ được, ô chưa rõ để trống.",
    "Ngày sinh: 12/5/2016; chỉ biết tháng thì ghi 5/2016; chỉ biết năm thì ghi 2016.",
    "Giới tính: Nam hoặc Nữ.",
    "Số định danh cá nhân: 12 chữ số. Cột này đã đặt kiểu chữ để không mất số 0 ở đầu; chưa có thì để trống.",
    "Loại hộ: Hộ nghèo, Hộ cận nghèo hoặc Khác; năm ghi ở tiêu đề cột.",
    "Hoàn cảnh đặc biệt: ghi tên nhóm, ví dụ “Trẻ em khuyết tật nặng”, “Trẻ em mồ côi cả cha và mẹ”; không có thì để trống.",
    "Từ ngày: ngày bắt đầu của hoàn cảnh; không rõ thì để trống.",
    "Dòng nào chưa vào được sổ, phần mềm trả lại trong “Tệp cần sửa”, cột cuối ghi nội dung cần sửa. Sửa xong tải tệp đó lên.",
    "Nhập lại cùng một tệp không làm trùng trẻ nào.",
]


def errors_workbook(sheets, reading, *, mending=MENDING, reasons=REASONS):
    """The same file with only the rows that stayed out, and what to mend beside each. None when there is none.

    `mending` is the title of the last column, `reasons` the words of the codes.
    """
    words = reasons
    reasons = {}
    for row in reading.rejected:
        reasons.setdefault(row["sheet"], {})[row["row"]] = words.get(row["reason_code"], row["reason_code"])
    if not reasons:
        return None
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    bold, red = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"font_color": "#b3261e", "text_wrap": True}),
    )
    tables = {told["name"]: told for told in reading.sheets}
    for sheet in sheets:
        if sheet.name in reasons:
            _errors_sheet(book, sheet, tables[sheet.name], reasons[sheet.name], mending, bold, red)
    book.close()
    return buffer.getvalue()


def _errors_sheet(book, sheet, table, reasons, mending, bold, red):
    last_title = max(table["titles"], key=index_of)
    width = index_of(last_title) + (table["titles"][last_title] != mending)  # a file that comes back again has the column
    page = book.add_worksheet(sheet.name[:31])
    page.set_column(1, width - 1, 18)
    page.set_column(width, width, 60)
    first, last = table["header_rows"][0], table["header_rows"][-1]
    top = {number: number - 1 for number in range(1, last + 1)}
    for number, cells in sheet.rows:
        if number <= last:
            write_row(page, top[number], [_shown(cell) for cell in cells[:width]], bold)
        elif number in reasons:
            top[number] = max(top.values()) + 1
            write_row(page, top[number], [_shown(cell) for cell in cells[:width]])
            page.write_string(top[number], width, reasons[number], red)
    for (row, left), (bottom, right) in sheet.merged:
        if first <= row and bottom <= last and right <= width:
            cell = next((cells[left - 1] for number, cells in sheet.rows if number == row and left <= len(cells)), "")
            page.merge_range(row - 1, left - 1, bottom - 1, right - 1, safe_cell(_shown(cell)), bold)
    page.write_string(first - 1, width, mending, bold)


def _shown(cell):
    """A cell of the file as text: numbers without ".0", so that identity numbers stay whole; days as they are typed here."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return cell


def template_workbook(unit, year):
    """A workbook with the headings that the importer knows, and a sheet that explains them."""
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e6f0f1", "border": 1, "valign": "vcenter"})
    text = book.add_format({"num_format": "@"})
    page = book.add_worksheet("Danh sách trẻ em")
    hamlet = unit.hamlet_word.capitalize() if unit else "Thôn, tổ dân phố"
    for column, (title, width) in enumerate(TEMPLATE):
        page.set_column(column, column, width, text)
        page.write_string(0, column, title.format(hamlet=hamlet, year=year), head)
    page.freeze_panes(1, 2)
    page.data_validation(1, 3, 5000, 3, {"validate": "list", "source": ["Nam", "Nữ"], "ignore_blank": True})
    page.data_validation(
        1, 10, 5000, 10, {"validate": "list", "source": ["Hộ nghèo", "Hộ cận nghèo", "Khác"], "ignore_blank": True}
    )
    guide = book.add_worksheet("Hướng dẫn")
    guide.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, line in enumerate(GUIDE):
        guide.write_string(row, 0, f"{row + 1}. {line}")
    book.close()
    return buffer.getvalue()
