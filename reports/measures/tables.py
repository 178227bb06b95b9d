"""The tables of the annex as plain rows: PL1 to PL5, and any columns by unit.

    now_and_before = tables.counted(unit, window)   # count once, make every sheet from it
    sheet = tables.pl2(unit, now_and_before)        # Sheet: code, title, columns [(key, heading)], rows, notes
    for row in sheet.rows:                          # Row: label, cells, earlier, total, unit, group
        row.text("end"), row.text_earlier("end")    # what is printed, and cùng kỳ năm trước; row.cells["end"] is the Figure

For a screen put `tuple(measures.masked(table, officer) for table in now_and_before)` in place of the tables.
A sheet knows no layout and no HTTP.
"""

from dataclasses import dataclass, field

from childcare.children.models import CircumstanceKind, Incident, IncidentChild
from childcare.units.models import Unit
from reports.measures import flows
from reports.measures.catalogue import LAW_GROUPS, LOCAL_GROUPS
from reports.measures.figure import Figure
from reports.measures.figures import Table
from reports.measures.window import year_earlier

BY = ("sex", "age", "minority", "group", "form", "cause", "setting")
ABOVE = "Cấp trên trực tiếp quản lý"
PL1 = (
    ("total", "Tổng số", "DS-01", ""), ("male", "Nam", "DS-01", "sex=m"), ("female", "Nữ", "DS-01", "sex=f"),
    ("under6", "Dưới 6 tuổi", "DS-01", "age=0-5"), ("under11", "Từ 6 đến dưới 11 tuổi", "DS-01", "age=6-10"),
    ("under16", "Từ 11 đến dưới 16 tuổi", "DS-01", "age=11-15"), ("minority", "Dân tộc thiểu số", "DS-01", "minority"),
    ("poor", "Hộ nghèo", "DS-08", ""), ("near", "Hộ cận nghèo", "DS-09", ""),
)  # fmt: skip
PL2 = (
    ("start", "Đầu kỳ", "HC-32", "flow=start"), ("in", "Tăng", "HC-32", "flow=in"), ("out", "Giảm", "HC-32", "flow=out"),
    ("end", "Cuối kỳ", "HC-01", ""), ("female", "Nữ", "HC-01", "sex=f"), ("under6", "Dưới 6 tuổi", "HC-01", "age=0-5"),
    ("minority", "Dân tộc thiểu số", "HC-01", "minority"), ("helped", "Được trợ giúp", "HC-03", ""),
    ("rate", "Tỷ lệ", "HC-04", ""),
)  # fmt: skip
PL4 = (
    ("incidents", "Số vụ", "XH-03", ""), ("children", "Số trẻ em", "XH-01", ""), ("male", "Nam", "XH-01", "sex=m"),
    ("female", "Nữ", "XH-01", "sex=f"), ("under6", "Dưới 6 tuổi", "XH-01", "age=0-5"),
    ("under11", "Từ 6 đến dưới 11 tuổi", "XH-01", "age=6-10"), ("under16", "Từ 11 đến dưới 16 tuổi", "XH-01", "age=11-15"),
    ("helped", "Đã can thiệp", "HS-10", ""),
)  # fmt: skip
PL5 = (
    ("injured", "Số mắc", "TN-01", ""), ("died", "Tử vong", "TN-03", ""), ("male", "Nam", "TN-01", "sex=m"),
    ("female", "Nữ", "TN-01", "sex=f"),
)  # fmt: skip


@dataclass
class Row:
    """One line: figures by column, and those of the year before."""

    label: str
    cells: dict
    earlier: dict = field(default_factory=dict)
    total: bool = False
    unit: object = None
    group: str = ""

    def text(self, key):
        return _text(self.cells.get(key, ""))

    def text_earlier(self, key):
        return _text(self.earlier.get(key, ""))


def _text(cell):
    return cell.text if isinstance(cell, Figure) else cell


@dataclass
class Sheet:
    """A table of the annex."""

    code: str
    title: str
    columns: list
    rows: list
    notes: list = field(default_factory=list)


def counted(unit, window, kinds=None):
    """(figures now, figures of the same window a year earlier) with every breakdown that the annexes need.

    The year before is counted on the boundaries of now: a ward made of two is compared with the sum of both.
    """
    return Table([unit], window, BY, kinds), Table([unit], year_earlier(window), BY, kinds, boundaries=window.cutoff)


def join(*parts):
    return "&".join(part for part in parts if part)


def line(tables, place, columns, label, breakdown="", **more):
    """A row: every column's figure with the breakdown before its own."""
    now, before = ({key: table.figure(code, place, join(breakdown, own)) for key, _, code, own in columns} for table in tables)
    return Row(label, now, before, **more)


def headings(columns):
    return [(key, heading) for key, heading, _, _ in columns]


def natural(unit):
    """ "Tổ dân phố 2" before "Tổ dân phố 10"."""
    head = unit.name.rstrip("0123456789")
    return unit.kind, head, int(unit.name[len(head) :] or 0)


def parts_of(unit, window):
    """The units into which a table of the unit is divided: hamlets of a commune, communes of a district or province."""
    kind = "hamlet" if unit.kind == "commune" else "commune"
    return sorted(Unit.objects.under(unit, window.cutoff).filter(kind=kind).exclude(pk=unit.pk), key=natural)


def by_unit(unit, tables, columns):
    """One row for each part, what lies in none of them, and the total; columns as (key, heading, code, breakdown)."""
    parts = parts_of(unit, tables[0].window)
    rows = [line(tables, part, columns, part.name, unit=part) for part in parts]
    if rest := remainder(unit, tables, parts, columns):
        rows.append(rest)
    return [*rows, line(tables, unit, columns, "Tổng cộng", total=True, unit=unit)]


def remainder(unit, tables, parts, columns):
    """The row of what lies in no part: "Cấp trên trực tiếp quản lý", in a commune "Chưa rõ tổ dân phố"; None when empty."""
    sums = [{key: table.rest_of(code, unit, parts, own) for key, _, code, own in columns} for table in tables]
    if not parts or not any(figure.numerator for figures in sums for figure in figures.values()):
        return None
    return Row(ABOVE if unit.kind != "commune" else f"Chưa rõ {unit.hamlet_word}", *sums)


def pl1(unit, tables):
    """Dân số trẻ em by hamlet or commune."""
    rows = by_unit(unit, tables, PL1)
    unknown = tables[0].unknown_birth(unit)
    notes = [f"Chưa tính {unknown} người chưa có ngày sinh."] if unknown else []
    total = rows[-1].cells["total"].note
    return Sheet("PL1", "Dân số trẻ em", headings(PL1), rows, notes + ([total] if total and not unknown else []))


def pl2(unit, tables):
    """Trẻ em có hoàn cảnh đặc biệt by the fourteen groups; the sum of the groups may exceed the total of children."""
    names = dict(CircumstanceKind.objects.filter(code__in=(*LAW_GROUPS, LOCAL_GROUPS)).values_list("code", "name"))
    rows = [line(tables, unit, PL2, names[code], f"group={code}", group=code) for code in LAW_GROUPS]
    rows.append(line(tables, unit, PL2, "Tổng số trẻ em (không trùng)", total=True))
    local = line(
        tables, unit, PL2, "Khác (nhóm của địa phương, không thuộc 14 nhóm)", f"group={LOCAL_GROUPS}", group=LOCAL_GROUPS
    )
    note = "Một trẻ em có thể thuộc nhiều nhóm nên cộng các nhóm có thể lớn hơn tổng số trẻ em."
    return Sheet("PL2", "Trẻ em có hoàn cảnh đặc biệt", headings(PL2), [*rows, local], [note])


PL3 = (("times", "Số lượt"), ("children", "Số trẻ em"), ("money", "Kinh phí (đồng)"), ("sources", "Nguồn"))


def pl3(unit, window):
    """Trợ giúp given by the unit and those below it in the window, by kind; each child once in a row and once in the total.

    A monthly support counts once, its money by the months of the window in which it ran.
    """
    now, before = flows.help_given(unit, window), flows.help_given(unit, year_earlier(window))
    rows = [Row(help.name, _help(help), _help(before.get(code)), group=code) for code, help in now.items() if code]
    if None in now:
        rows.append(Row("Tổng cộng", _help(now[None]), _help(before.get(None)), total=True))
    return Sheet("PL3", "Trợ giúp trẻ em", list(PL3), rows)


def _help(help):
    if help is None:
        return {}
    cells = {key: Figure("PL3", getattr(help, key)) for key in ("times", "money")}
    return {**cells, "children": Figure("PL3", len(help.children)), "sources": "; ".join(sorted(help.sources))}


def pl4(unit, tables):
    """Trẻ em bị xâm hại by form; a child abused in two ways stands in two rows and once in the total."""
    forms = [form for form in IncidentChild.Form if form.value]
    rows = [line(tables, unit, PL4, form.label, f"form={form.value}", group=form.value) for form in forms]
    rows.append(line(tables, unit, PL4, "Tổng cộng", total=True))
    return Sheet("PL4", "Trẻ em bị xâm hại", headings(PL4), rows)


def pl5(unit, tables):
    """Tai nạn, thương tích by cause."""
    rows = [line(tables, unit, PL5, cause.label, f"cause={cause.value}", group=cause.value) for cause in Incident.Cause]
    rows.append(line(tables, unit, PL5, "Tổng cộng", total=True))
    return Sheet("PL5", "Tai nạn, thương tích trẻ em", headings(PL5), rows)
