"""Reading an .xlsx: values by calamine; fonts, colours, hidden parts, formulas, comments and links by a look at its XML."""

import posixpath
import re

from childcare.lib.legacy_fonts import encoding_of
from childcare.lib.workbooks import cells, limits

TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>(?:<(?:\w+:)?v>(\d+)<)?")
ATTRIBUTE = {name: re.compile(rb"\b" + name + rb"""\s*=\s*["']([^"']*)["']""") for name in (b"r", b"s", b"t", b"min", b"max")}
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>""")
HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>""")
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
LINK = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\[\d+\]")
COMMENT = re.compile(rb"<(?:\w+:)?comment\b")
PLACE = re.compile(rb"([A-Za-z]{1,3})(\d+)$")
PLAIN_COLOURS = {"", "theme0", "theme1", "FF000000", "00000000", "FFFFFFFF", "00FFFFFF"}
PLAIN_COLOURS |= {f"indexed{number}" for number in (8, 9, 64, 65)}


def read(data):
    """The sheets of an .xlsx. Raises Refusal."""
    parts = limits.check_inside(data)
    sheets = cells.calamine_sheets(data)
    paths = _sheet_paths(parts)
    styles = Styles(parts.get("xl/styles.xml", b""))
    texts = _rich_texts(parts.get("xl/sharedStrings.xml", b""), styles.old)
    for sheet in sheets:
        path = paths.get(sheet.name)
        if path in parts:
            _look(sheet, parts[path], styles, texts)
            comments = _targets(parts, path, "comments")
            sheet.comments = sum(len(COMMENT.findall(parts.get(target, b""))) for target in comments)
    return sheets


def _targets(parts, path, kind):
    """The parts that a part refers to by relations of a kind, as id → path; comments as a list of paths would do too."""
    folder, name = posixpath.split(path)
    found = {}

    def start(tag, attributes):
        if attributes.get("Type", "").endswith(f"/{kind}") and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[where] = attributes.get("Id")

    relations = parts.get(f"{folder}/_rels/{name}.rels")
    if relations:
        limits.parse_xml(relations, start)
    return found


def _sheet_paths(parts):
    """Name of a sheet → path of its part."""
    by_id = {key: path for path, key in _targets(parts, "xl/workbook.xml", "worksheet").items()}
    found = {}

    def start(tag, attributes):
        if tag.rpartition(" ")[2] == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            found[attributes.get("name", "")] = by_id.get(key)

    limits.parse_xml(parts["xl/workbook.xml"], start)
    return found


class Styles:
    """What the cell formats say: the old font (or "") and the colour (or "") of each."""

    def __init__(self, content):
        self.fonts, self.colours, self.fills, self.formats = [], [], [], []
        self._in = ""
        if content:
            limits.parse_xml(content, self._start, self._end)
        self.old = any(encoding_of(font) for font in self.fonts)
        self.font_of = [self._at(self.fonts, font) for font, _ in self.formats]
        self.font_of = [font if encoding_of(font) else "" for font in self.font_of]
        self.colour_of = [
            " ".join(filter(None, (self._at(self.fills, fill), self._at(self.colours, font)))) for font, fill in self.formats
        ]

    @staticmethod
    def _at(table, index):
        return table[index] if 0 <= index < len(table) else ""

    def _start(self, tag, attributes):
        tag = tag.rpartition(" ")[2]
        if tag in ("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"):
            self._in = tag
        elif self._in == "fonts":
            self._font(tag, attributes)
        elif self._in == "fills":
            self._fill(tag, attributes)
        elif self._in == "cellXfs" and tag == "xf":
            self.formats.append((_int(attributes.get("fontId")), _int(attributes.get("fillId"))))

    def _font(self, tag, attributes):
        if tag == "font":
            self.fonts.append("")
            self.colours.append("")
        elif tag == "name":
            self.fonts[-1] = attributes.get("val", "")
        elif tag == "color":
            self.colours[-1] = _colour(attributes)

    def _fill(self, tag, attributes):
        if tag == "fill":
            self.fills.append("")
            self._solid = False
        elif tag == "patternFill":
            self._solid = attributes.get("patternType") not in (None, "none", "gray125")
        elif tag == "fgColor" and self._solid:
            self.fills[-1] = _colour(attributes)

    def _end(self, tag):
        if tag.rpartition(" ")[2] == self._in:
            self._in = ""


def _int(text):
    return int(text) if text and text.isdigit() else 0


def _colour(attributes):
    found = attributes.get("rgb") or next(
        (f"{name}{attributes[name]}" for name in ("theme", "indexed") if name in attributes), ""
    )
    return "" if found in PLAIN_COLOURS and not attributes.get("tint") else found


def _rich_texts(content, old):
    """Index of a shared text → its runs [(font or "", text)], for texts of several runs; only where old fonts occur at all."""
    if b"rPr" not in content or not (old or re.search(rb"""["'](?:\.Vn|VNI-)""", content, re.IGNORECASE)):
        return {}
    found, at, inside = {}, [-1, []], [False]

    def start(tag, attributes):
        tag = tag.rpartition(" ")[2]
        if tag == "si":
            at[:] = [at[0] + 1, []]
        elif tag == "r":
            at[1].append(["", ""])
        elif tag == "rFont" and at[1]:
            at[1][-1][0] = attributes.get("val", "")
        inside[0] = tag == "t" and bool(at[1])

    def end(tag):
        inside[0] = False
        if tag.rpartition(" ")[2] == "si" and at[1]:
            found[at[0]] = [tuple(run) for run in at[1]]

    def text(letters):
        if inside[0]:
            at[1][-1][1] += letters

    limits.parse_xml(content, start, end, text)
    return found


def _look(sheet, content, styles, texts):
    """Everything about a sheet that is no value."""
    told = {number for number, _ in sheet.rows}
    numbers = (_attribute(b"r", match) for match in HIDDEN_ROW.findall(content))
    sheet.hidden_rows = sorted(int(number) for number in numbers if number.isdigit() and int(number) in told)
    for match in HIDDEN_COLUMN.findall(content):
        first, last = _int(_attribute(b"min", match)), _int(_attribute(b"max", match))
        sheet.hidden_columns += range(first - 1, min(last, limits.MAX_COLUMNS))
    sheet.formulas = len(FORMULA.findall(content))
    sheet.links = bool(sheet.formulas) and bool(LINK.search(content))
    if styles.old or texts or any(styles.colour_of):
        _look_at_cells(sheet, content, styles, texts, told)


def _look_at_cells(sheet, content, styles, texts, told):
    fonts, rich, colours = {}, {}, {}
    for number, index, style, text in _cells(content):
        if number in told:
            if 0 <= style < len(styles.font_of):
                if font := styles.font_of[style]:
                    fonts[number, index] = font
                if colour := styles.colour_of[style]:
                    colours.setdefault(number, set()).add(colour)
            if text in texts:
                rich[number, index] = texts[text]
    sheet.colours = {number: "; ".join(sorted(found)) for number, found in colours.items()}
    cells.convert_cells(sheet, fonts, rich)


def _cells(content):
    """(row number, index of the column, style, index of the shared text or None) of every cell."""
    row = index = 0
    for tag, attributes, value in TAG.findall(content):
        place = _attribute(b"r", attributes)
        if tag == b"row":
            row, index = int(place) if place.isdigit() else row + 1, -1
            continue
        match = PLACE.match(place.encode())
        index = limits.column_number(match[1]) - 1 if match else index + 1
        row = int(match[2]) if match else row
        shared = int(value) if value and _attribute(b"t", attributes) == "s" else None
        yield row, index, _int(_attribute(b"s", attributes)), shared


def _attribute(name, attributes):
    match = ATTRIBUTE[name].search(attributes)
    return match[1].decode() if match else ""
