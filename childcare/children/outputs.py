"""A list of children leaving the screen: a workbook without formulas, and the printed list in the layout of NĐ 30/2020."""

from childcare.children import listing
from childcare.children.actions.protection import commune_of
from childcare.documents.issuers import issuer_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signer, Table
from childcare.lib.calendar import now, show
from childcare.lib.spreadsheets import new_workbook, write_row

PRINT_LIMIT, EXPORT_LIMIT = 200, 5000
WIDTHS = {"Họ và tên": 26, "Số định danh cá nhân": 16, "Mã trẻ": 12, "Hoàn cảnh, nguy cơ": 40, "Địa chỉ": 30}


def xlsx_into(target, heads, rows, *, about, **options):
    """A workbook of text cells written into a file, and a second sheet that says who took it, when, with which filters."""
    book = new_workbook(target, **options)
    try:
        bold, text = book.add_format({"bold": True, "bottom": 1, "text_wrap": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Trẻ em")
        for column, head in enumerate(heads):
            sheet.set_column(column, column, WIDTHS.get(head, 15), text)
        sheet.freeze_panes(1, 2)
        write_row(sheet, 0, heads, bold)
        for number, row in enumerate(rows, 1):
            write_row(sheet, number, row, text)
        told = book.add_worksheet("Thông tin")
        told.set_column(0, 1, 40)
        for number, row in enumerate(about):
            write_row(told, number, row)
    except BaseException:
        book.fileclosed = True  # stopped half-way: nothing to put together
        raise
    book.close()


def printed(*, unit, officer, children, on, tags, copy):
    """The list as an administrative document. `copy` is the running number of the copy, `tags` the filters in words."""
    values = list(listing.shown(listing.ordered(children, "name"), on)[:EXPORT_LIMIT])
    rows = listing.rows_of(values, officer=officer, on=on)
    cells = [
        [number, row["name"], row["birth"], row["sex"], row["place"], row["groups"], row["poverty"], row["check"]]
        for number, row in enumerate(rows, 1)
    ]
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 14), Column("Ngày sinh (tuổi)", 12), Column("Giới tính", 5, "center"),
        Column("Nơi ở", 11), Column("Hoàn cảnh, nguy cơ", 18), Column("Loại hộ", 7), Column("Cần kiểm tra", 10),
    ]  # fmt: skip
    place = commune_of(unit)
    subject = f"Trẻ em {place.kind_word} {place.bare_name}, tính đến ngày {show(on)}"
    taken = f"Người in: {officer.full_name}, lúc {now():%H:%M} ngày {show(now().date())}; bản in số {copy}."
    return AdminDocument(
        kind="DANH SÁCH", subject=subject, issuer=issuer_of(place), notation="DS-UBND",
        place=place.bare_name, year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            Paragraph(f"Điều kiện: {'; '.join(tags) or 'đang cư trú'}. Số trẻ em: {len(rows)}."),
            Table(columns=columns, rows=cells), Paragraph(taken, italic=True),
        ],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip
