"""A list of children leaving the screen: a workbook without formulas, and the printed list in the layout of NĐ 30/2020."""

from itertools import islice

from childcare.audit import actions as audit
from childcare.children import listing, row_texts
from childcare.children.actions.protection import commune_of
from childcare.children.places import natural_text
from childcare.documents.issuers import issuer_of
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signer, Table
from childcare.lib.calendar import now, show
from childcare.lib.spreadsheets import new_workbook, write_row
from childcare.lib.vietnamese import number as counted

PRINT_AT_ONCE, PRINT_MOST, AT_A_TIME = 200, 20_000, 500
SHOWN = 5000  # ids in one entry of the log
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


def log(action, ids, *, by, note=""):
    """Tell the log whom the officer took away; a long list in several entries."""
    for start in range(0, max(len(ids), 1), SHOWN):
        audit.record(action, by=by, shown=ids[start : start + SHOWN], note=note)


def printed(*, unit, officer, children, on, tags, copy, by_place=False):
    """The list as an administrative document. `copy` is the running number of the copy, `tags` the filters in words.

    `by_place`: a table for each hamlet instead of one for all.
    """
    rows = rows_to_print(children, officer=officer, on=on)
    blocks = [_table(rows)] if not by_place else []
    for name, mine in places_of(rows) if by_place else ():
        blocks += [Heading(f"{name}: {counted(len(mine))} trẻ em", 2), _table(mine)]
    place = commune_of(unit)
    subject = f"Trẻ em {place.kind_word} {place.bare_name}, tính đến ngày {show(on)}"
    taken = f"Người in: {officer.full_name}, lúc {now():%H:%M} ngày {show(now().date())}; bản in số {copy}."
    return AdminDocument(
        kind="DANH SÁCH", subject=subject, issuer=issuer_of(place), notation="DS-UBND",
        place=place.bare_name, year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            Paragraph(f"Điều kiện: {'; '.join(tags) or 'đang cư trú'}. Số trẻ em: {counted(len(rows))}."),
            *blocks, Paragraph(taken, italic=True),
        ],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip


def rows_to_print(children, *, officer, on):
    """The rows of the list in the order of names, each with its place; some queries for every AT_A_TIME children."""
    values = iter(listing.shown(listing.ordered(children, "name"), on.year)[:PRINT_MOST])
    rows = []
    while batch := list(islice(values, AT_A_TIME)):
        found = row_texts.rows_of(batch, officer=officer, on=on)
        rows += [{**row, "at": _place(value)} for row, value in zip(found, batch, strict=True)]
    return rows


def _place(value):
    """(commune, hamlet or "") of a row of values."""
    if value["unit__kind"] == "hamlet":
        return value["unit__parent__name"], value["unit__name"]
    return value["unit__name"] or "", ""


def places_of(rows):
    """[(place in words, its rows)] in natural order; who lives in no known hamlet stands behind the hamlets of the commune."""
    found = {}
    for row in rows:
        found.setdefault(row["at"], []).append(row)
    several = len({commune for commune, _ in found}) > 1
    order = sorted(found, key=lambda at: (natural_text(at[0]), not at[1], natural_text(at[1])))
    return [(_place_words(at, several), found[at]) for at in order]


def _place_words(at, several):
    commune, hamlet = at
    if not hamlet:
        return f"{commune}, chưa rõ tổ, thôn"
    return f"{hamlet}, {commune}" if several else hamlet


def _table(rows):
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 14), Column("Ngày sinh (tuổi)", 12), Column("Giới tính", 5, "center"),
        Column("Nơi ở", 11), Column("Hoàn cảnh, nguy cơ", 18), Column("Loại hộ", 7), Column("Cần kiểm tra", 10),
    ]  # fmt: skip
    cells = [
        [number, row["name"], row["birth"], row["sex"], row["place"], row["groups"], row["poverty"], row["check"]]
        for number, row in enumerate(rows, 1)
    ]
    return Table(columns=columns, rows=cells)
