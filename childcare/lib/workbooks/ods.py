"""Reading an .ods: values by calamine; fonts, colours, hidden parts, formulas and comments by one walk through its XML."""

from childcare.lib.legacy_fonts import encoding_of
from childcare.lib.workbooks import cells, limits

NOTHING = {"formulas": 0, "comments": 0, "links": False}
PLAIN_COLOURS = ("", "transparent", "#ffffff", "#000000")


def read(data):
    """The sheets of an .ods. Raises Refusal."""
    parts = limits.check_inside(data)
    sheets = cells.calamine_sheets(data)
    walk = Walk()
    limits.parse_xml(parts.get("styles.xml", b"<x/>"), walk.style)
    limits.parse_xml(parts["content.xml"], walk.start, walk.end)
    for sheet in sheets:
        if look := walk.tables.get(sheet.name):
            told = {number for number, _ in sheet.rows}
            sheet.hidden_rows = sorted(told & look["hidden_rows"])
            sheet.hidden_columns = sorted(look["hidden_columns"])
            sheet.formulas, sheet.comments, sheet.links = look["formulas"], look["comments"], look["links"]
            sheet.colours = {number: "; ".join(sorted(found)) for number, found in look["colours"].items() if number in told}
            cells.convert_cells(sheet, {place: font for place, font in look["fonts"].items() if place[0] in told})
    return sheets


class Walk:
    """Goes through styles and tables and notes what is no value."""

    def __init__(self):
        self.faces, self.styles, self.tables = {}, {}, {}
        self.name, self.table, self.row, self.index, self.times, self.columns, self.at = "", None, 0, 0, 1, {}, 0

    def style(self, tag, attributes):
        """Fonts and colours of the cell styles."""
        tag, own = tag.rpartition(" ")[2], _short(attributes)
        if tag == "font-face":
            self.faces[own.get("name", "")] = own.get("font-family", "").strip("'")
        elif tag in ("style", "default-style"):
            self.name = own.get("name", "")
            self.styles[self.name] = dict(self.styles.get(own.get("parent-style-name"), {}))
        elif tag == "text-properties" and self.name in self.styles:
            font = own.get("font-name", "")
            font = self.faces.get(font, font) or own.get("font-family", "").strip("'")
            self.styles[self.name] |= {"font": font} if font else {}
            self.styles[self.name] |= {"ink": own["color"]} if "color" in own else {}
        elif tag == "table-cell-properties" and "background-color" in own and self.name in self.styles:
            self.styles[self.name]["fill"] = own["background-color"]

    def start(self, tag, attributes):
        """The beginning of an element of content.xml."""
        kind, own = tag.rpartition(" ")[2], _short(attributes)
        if kind == "table" and tag.endswith("table:1.0 table"):
            self.table = {"hidden_rows": set(), "hidden_columns": set(), "colours": {}, "fonts": {}, **NOTHING}
            self.tables[own.get("name", "")] = self.table
            self.row, self.columns, self.at = 0, {}, 0
        elif self.table is None:
            self.style(tag, attributes)
        elif kind == "table-column":
            self._column(own, min(limits.repeated(attributes, "columns"), limits.MAX_COLUMNS))
        elif kind == "table-row":
            self.times = limits.repeated(attributes, "rows")
            self.row, self.index = self.row + self.times, 0
            if own.get("visibility") in ("collapse", "filter"):
                first = self.row - self.times + 1
                self.table["hidden_rows"] |= set(range(first, min(self.row, first + limits.MAX_ROWS) + 1))
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell(own, limits.repeated(attributes, "columns"))
        elif kind == "annotation":
            self.table["comments"] += 1

    def _column(self, own, count):
        for index in range(self.at, self.at + count):
            self.columns[index] = own.get("default-cell-style-name", "")
            if own.get("visibility") in ("collapse", "filter"):
                self.table["hidden_columns"].add(index)
        self.at += count

    def _cell(self, own, count):
        look = self.styles.get(own.get("style-name") or self.columns.get(self.index, ""), {})
        self.table["formulas"] += "formula" in own
        self.table["links"] |= "file:" in own.get("formula", "")
        for number in range(self.row - min(self.times, 200) + 1, self.row + 1):
            if encoding_of(look.get("font")):
                for index in range(self.index, min(self.index + count, limits.MAX_COLUMNS)):
                    self.table["fonts"][number, index] = look["font"]
            found = {look.get(name, "").lower() for name in ("fill", "ink")} - set(PLAIN_COLOURS)
            if found:
                self.table["colours"].setdefault(number, set()).update(found)
        self.index += count

    def end(self, tag):
        """The end of an element of content.xml."""
        if tag.endswith("table:1.0 table"):
            self.table = None


def _short(attributes):
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}
