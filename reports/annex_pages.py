"""The annexes of a report on the screen: the printed numbers, each opened to its rows for who may see children there."""

from dataclasses import dataclass, field

from django.urls import reverse

from childcare.accounts.roles import Permission
from childcare.children.models import SupportKind
from childcare.lib.vietnamese import number
from reports import annexes, collecting, incident_tables, pages, paper, tables
from reports.measures.catalogue import LAW_GROUPS, LOCAL_GROUPS, is_measured
from reports.models import Obligation

PL1, PL2 = annexes.PL1, annexes.PL2


@dataclass
class Sheet:
    """A table: its rows are (label, address of the label or "", [(text, address or "")])."""

    name: str
    title: str
    columns: tuple
    rows: list
    marks: tuple = ()
    notes: list = field(default_factory=list)


class Sheets:
    """The sheets of one report for one officer. A report that sums others up opens to the reports it was made of."""

    def __init__(self, draft, obligation, officer):
        self.draft, self.owed, self.officer = draft, obligation, officer
        self.sums = obligation.unit.kind in collecting.COLLECTING
        self.opens = not self.sums and not draft.typed and officer.can_in(Permission.CHILD_VIEW, obligation.unit)
        self.units = {unit.name: unit for unit in paper.parts_of(obligation)}

    def all(self):
        """PL1 to PL7, those that have something to show."""
        made = (self.population(), self.groups(), self.help(), self.abuse(), self.injuries(), self.targets(), self.sectors())
        return [sheet for sheet in made if sheet and sheet.rows]

    def url(self, code, breakdown="", unit=None):
        """Where the rows of a cell open; "" where they do not."""
        if not self.opens or not is_measured(code):
            return ""
        found = pages.rows_url(self.owed, code, breakdown)
        return found if unit is None else found.replace(str(self.owed.unit.public_id), str(unit.public_id))

    def cells(self, values, keys, unit=None):
        """(text, address) of values whose keys are (code, breakdown) or None."""
        return [
            (text(value), self.url(*key, unit=unit) if key and isinstance(value, int) and value else "")
            for value, key in zip(values, keys, strict=True)
        ]

    def population(self):
        table = self.draft.tables.get("PL1")
        if not table:
            return None
        reports = self._reports() if self.sums else {}
        rows = []
        for row in table["rows"]:
            unit = self.units.get(row["name"])
            keys = tables.POPULATION if unit else [None] * len(row["values"])
            rows.append((row["name"], reports.get(row["name"], ""), self.cells(row["values"], keys, unit)))
        rows.append(("Tổng", "", self.cells(table["total"], tables.POPULATION)))
        rows.append(("Cùng kỳ năm trước", "", self.cells(table["earlier"], [None] * len(PL1))))
        return Sheet("PL1", "Dân số trẻ em", (table["word"], *PL1), rows, notes=table.get("notes", []))

    def _reports(self):
        """Name of a part → its own annexes, as far as the officer may see its report."""
        seen = Obligation.objects.visible_to(self.officer).filter(to_unit=self.owed.unit, period=self.owed.period)
        return {row.unit.name: reverse("report-annexes", args=[row.public_id]) for row in seen.select_related("unit")}

    def groups(self):
        table = self.draft.tables.get("PL2")
        if not table:
            return None
        rows = []
        for group, row in zip((*LAW_GROUPS, "", LOCAL_GROUPS), table["rows"], strict=True):
            start, came, left, _end, here, *inside = tables.of_group(group)
            keys = [start, came, left, here, *inside, None, None]
            rows.append((f"{row['mark']} {row['name']}".strip(), "", self.cells(row["values"], keys)))
        return Sheet(
            "PL2", "Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm", ("Nhóm", *PL2), rows, annexes.marks(table), table["notes"]
        )

    def help(self):
        table = self.draft.tables.get("PL3")
        if not table:
            return None
        codes, rows = dict(SupportKind.objects.order_by("pk").values_list("name", "code")), []
        for row in table["rows"]:
            times, children, money, source = row["values"]
            code = codes.get(row["name"], "")
            url = reverse("report-annex-help", args=[self.owed.public_id, code]) if code and self.opens else ""
            cells = [
                (text(times), url),
                (text(children), ""),
                (text(money), ""),
                (source or "", ""),
                (text(row["earlier"]), ""),
            ]
            rows.append((row["name"], "", cells))
        return Sheet("PL3", "Trợ giúp trẻ em", ("Hình thức", *annexes.PL3, "Cùng kỳ"), rows, notes=table["notes"])

    def abuse(self):
        return self._incidents("PL4", "Trẻ em bị xâm hại", annexes.PL4, incident_tables.PL4, incident_tables.FORMS)

    def injuries(self):
        return self._incidents("PL5", "Tai nạn, thương tích trẻ em", annexes.PL5, incident_tables.PL5, incident_tables.CAUSES)

    def _incidents(self, name, title, heads, columns, parts):
        table = self.draft.tables.get(name)
        if not table or not incident_tables.known(table):
            return None
        found = {label: part for part, label in parts} | {
            f"Nơi, môi trường: {label}": part for part, label in incident_tables.SETTINGS
        }
        rows = []
        for row in table["rows"]:
            keys = [(code, incident_tables.within(found.get(row["name"], ""), own)) for code, own in columns]
            rows.append((row["name"], "", [*self.cells(row["values"], keys), (text(row["earlier"]), "")]))
        marks = (annexes.RESTRICTED,) if name == "PL4" else ()
        return Sheet(name, title, ("", *heads, "Cùng kỳ"), rows, marks, table["notes"])

    def targets(self):
        rows = [
            (row["text"], "", [(row["planned"], ""), (row["now"], self.url(row["code"]) if row["code"] else ""),
                               (row["earlier"], ""), (row["share"], ""), (row["word"], ""), (row["note"], "")])
            for row in self.draft.targets
        ]  # fmt: skip
        heads = ("Chỉ tiêu", "Kế hoạch", "Thực hiện", "Cùng kỳ", "% kế hoạch", "Đánh giá", "Nguồn, ghi chú")
        return Sheet("PL6", "Kết quả thực hiện chỉ tiêu kế hoạch", heads, rows)

    def sectors(self):
        table = self.draft.tables.get("PL7", {"rows": []})
        listed = reverse("manual-figures") if self.officer.can(Permission.FIGURE_VIEW) else ""
        rows = []
        for row in table["rows"]:
            cells = [(text(value), "") for value in (*row["values"], row["earlier"])]
            rows.append((row["name"], f"{listed}?code={row['code']}" if listed else "", cells))
        return Sheet("PL7", "Số liệu ngành khác", ("Chỉ tiêu", *annexes.PL7, "Cùng kỳ"), rows)


def text(value):
    """A cell as it is read: a number, words, or a dash where nobody counted."""
    if value is None:
        return annexes.DASH
    return number(value) if isinstance(value, int) else str(value)
