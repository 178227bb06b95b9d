"""The annexes of a report: PL1 population, PL2 groups, PL3 help, PL4 abuse, PL5 injuries, PL6 targets, PL7 other sectors."""

from childcare.documents.structure import Column, HeadCell, Paragraph, Table
from reports import extras
from reports.incident_tables import known
from reports.kept import NO_FIGURE

DASH = "–"
RESTRICTED = "LƯU HÀNH NỘI BỘ"


def of(draft, period, estimates):
    """(title, blocks, landscape, marks) of each annex that has something to show."""
    found = []
    if draft.parts:
        found.append(("Bảng tổng hợp số liệu theo đơn vị", parts_blocks(draft.parts), True, marks(draft.parts)))
    if draft.extras:
        found.append(("Chỉ tiêu bổ sung", extra_figures(draft), False, ()))
    if draft.tables.get("PL1"):
        found.append(("Dân số trẻ em", population(draft.tables["PL1"], period), True, ()))
    if draft.tables.get("PL2"):
        table = draft.tables["PL2"]
        found.append(("Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm", groups(table, period), True, marks(table)))
    found += incidents(draft.tables, period)
    if draft.targets:
        found.append((f"Kết quả thực hiện chỉ tiêu kế hoạch năm {period.year}", targets(draft.targets, estimates), True, ()))
    if draft.tables.get("PL7", {}).get("rows"):
        found.append(("Số liệu ngành khác", sectors(draft.tables["PL7"], period), True, ()))
    return found


def extra_figures(draft):
    """Chỉ tiêu bổ sung: each with its number, that of the period before and where it comes from."""
    columns = [
        Column("TT", 6, "center"), Column("Chỉ tiêu", 40), Column("Đơn vị tính", 12, "center"), Column("Kỳ này", 12, "right"),
        Column("Kỳ trước", 12, "right"), Column("Ghi chú", 18),
    ]  # fmt: skip
    rows = [
        [str(place), row["name"], row["measure"], row["now"] or DASH, row["before"] or DASH, row["note"]]
        for place, row in enumerate(extras.lines(draft), 1)
    ]
    return [Table(columns=columns, rows=rows), *explained(rows)]


def marks(table):
    """LƯU HÀNH NỘI BỘ where a table breaks sensitive numbers down."""
    return (RESTRICTED,) if table.get("sensitive") else ()


def cells(values):
    """Cells of a row: a number stays one, nothing counted is said."""
    return [DASH if value is None else value for value in values]


def explained(rows):
    """The line that says what the dash means, when there is one."""
    return [Paragraph(f"Dấu {DASH} là {NO_FIGURE}.", italic=True)] if any(DASH in row for row in rows) else []


PL1 = (
    "Tổng số", "Nam", "Nữ", "Dưới 6 tuổi", "6 - dưới 11 tuổi", "11 - dưới 16 tuổi", "Dân tộc thiểu số", "Hộ nghèo",
    "Hộ cận nghèo",
)  # fmt: skip
FLOWS = ("Đầu kỳ", "Tăng", "Giảm", "Cuối kỳ")
INSIDE = ("Nữ", "Dưới 6 tuổi", "Dân tộc thiểu số", "Được trợ giúp")
PL2 = (*FLOWS, *INSIDE, "Tỷ lệ được trợ giúp", "Cùng kỳ năm trước")
PL7 = ("Giá trị", "Nguồn", "Ngày số liệu", "Người nhập")


def population(table, period):
    """PL1: a row for each part of the unit, then the whole, then the same day a year earlier."""
    columns = [Column("TT", 5, "center"), Column(table["word"], 22)] + [Column(title, 9, "right") for title in PL1]
    rows = [[str(place), row["name"], *cells(row["values"])] for place, row in enumerate(table["rows"], 1)]
    rows.append(["", "Tổng", *cells(table["total"])])
    rows.append(["", f"Cùng kỳ năm {period.year - 1}", *cells(table["earlier"])])
    blocks = [Table(columns=columns, rows=rows, total_rows=frozenset({len(rows) - 2})), *explained(rows)]
    return [*(Paragraph(note) for note in table.get("notes", ())), *blocks]


def groups(table, period):
    """PL2: a row for each group of the law, then the children (each once), then local groups."""
    columns = [Column("Mã", 6, "center"), Column("Nhóm", 36)]
    columns += [Column(title, 8, "right") for title in (*FLOWS, *INSIDE)]
    columns += [Column("Tỷ lệ được trợ giúp", 10, "right"), Column(f"Cùng kỳ năm {period.year - 1}", 9, "right")]
    head = [
        [HeadCell("Mã", down=2), HeadCell("Nhóm", down=2), *(HeadCell(title, down=2) for title in FLOWS),
         HeadCell("Trong số cuối kỳ", across=4), HeadCell("Tỷ lệ được trợ giúp", down=2),
         HeadCell(f"Cùng kỳ năm {period.year - 1}", down=2)],
        [HeadCell(title) for title in INSIDE],
    ]  # fmt: skip
    rows = [[row["mark"], row["name"], *cells(row["values"])] for row in table["rows"]]
    totals = frozenset(place for place, row in enumerate(table["rows"]) if row.get("total"))
    notes = [Paragraph(note) for note in table.get("notes", ())]
    return [*notes, Table(columns=columns, rows=rows, head_rows=head, total_rows=totals), *explained(rows)]


WORDS = "Nguồn"  # the one column of PL3 to PL5 that is words
PL3 = ("Số lượt", "Số trẻ em", "Kinh phí (đồng)", WORDS)
PL4 = (
    "Số vụ", "Số trẻ em", "Nam", "Nữ", "Dưới 6 tuổi", "6 - dưới 11 tuổi", "11 - dưới 16 tuổi", "Đã can thiệp",
    "Chuyển cơ quan có thẩm quyền", "Xử lý hình sự", "Xử lý vi phạm hành chính",
)  # fmt: skip
PL5 = ("Số mắc", "Tử vong", "Nam", "Nữ")


def incidents(tables, period):
    """PL3 to PL5 where somebody counted something; PL4 is for internal use whatever it says."""
    found = []
    for key, title, first, columns in (
        ("PL3", "Trợ giúp trẻ em", "Hình thức trợ giúp", PL3),
        ("PL4", "Trẻ em bị xâm hại", "Hình thức xâm hại", PL4),
        ("PL5", "Tai nạn, thương tích trẻ em", "Nguyên nhân", PL5),
    ):
        table = tables.get(key)
        if table and known(table):
            found.append((title, rows_of(table, first, columns, period), True, (RESTRICTED,) if key == "PL4" else ()))
    return found


def rows_of(table, first, columns, period):
    """A row for each kind, the total, the year before in the last column."""
    heads = [Column("TT", 5, "center"), Column(first, 26)]
    heads += [Column(title, 22) if title == WORDS else Column(title, 9, "right") for title in columns]
    heads.append(Column(f"Cùng kỳ năm {period.year - 1}", 9, "right"))
    rows = [
        ["" if row.get("total") else str(place), row["name"], *cells([*row["values"], row["earlier"]])]
        for place, row in enumerate(table["rows"], 1)
    ]
    totals = frozenset(place for place, row in enumerate(table["rows"]) if row.get("total"))
    notes = [Paragraph(note) for note in table.get("notes", ())]
    return [Table(columns=heads, rows=rows, total_rows=totals), *notes, *explained(rows)]


def targets(rows, estimates):
    """PL6: each target with how it was judged and where its figure comes from."""
    columns = [
        Column("TT", 4, "center"), Column("Chỉ tiêu", 34), Column("Kế hoạch", 10, "center"), Column("Thực hiện", 13, "center"),
        Column("Cùng kỳ", 12, "center"), Column("Ước thực hiện cả kỳ", 11, "center"), Column("% kế hoạch", 9, "center"),
        Column("Đánh giá", 11, "center"), Column("Nguồn, ghi chú", 24),
    ]  # fmt: skip
    found = []
    for place, row in enumerate(rows, 1):
        guess = estimates.get(row["key"], "")
        found.append([
            str(place), row["text"], row["planned"], row["now"], row["earlier"], f"{guess} (ước)" if guess else "",
            row["share"], row["word"], row["note"],
        ])  # fmt: skip
    return [Table(columns=columns, rows=found)]


def sectors(table, period):
    """PL7: figures that other sectors gave, with source, day and who typed them."""
    columns = [Column("TT", 5, "center"), Column("Chỉ tiêu", 40), Column("Giá trị", 14, "center"), Column("Nguồn", 20)]
    columns += [Column("Ngày số liệu", 11, "center"), Column("Người nhập", 16)]
    columns.append(Column(f"Cùng kỳ năm {period.year - 1}", 12, "center"))
    rows = [[str(place), row["name"], *row["values"], row["earlier"] or DASH] for place, row in enumerate(table["rows"], 1)]
    return [Table(columns=columns, rows=rows), *explained(rows)]


def parts_blocks(parts):
    """The collected table: a row for each figure, a column for each part, then the whole; who is missing, who was late."""
    names = parts["names"]
    columns = [Column("Chỉ tiêu", 24)] + [Column(name, 8.5, "right") for name in names] + [Column("TỔNG", 10, "right")]
    rows, heads = [], set()
    for section in parts["sections"]:
        heads.add(len(rows))
        rows.append([section["title"], *([None] * (len(names) + 1))])
        rows += [[row["name"], *row["cells"], row["total"]] for row in section["rows"]]
    notes = [Paragraph(note) for note in parts["notes"]]
    return [*notes, Table(columns=columns, rows=rows, total_rows=frozenset(heads)), *explained(rows)]
