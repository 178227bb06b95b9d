"""A workbook in bytes → a Reading: rows that go in, rows that stay out and why, warnings, offers. Pure, and JSON throughout.

The vocabulary of kinds and fields is the one of the sample workbooks; `Place` holds what the reading must know of the registry.
"""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date

from childcare.children.importing import layout, mapping, swaps, values
from childcare.children.importing.child import ChildReader
from childcare.children.importing.conversions import conversions
from childcare.children.importing.header import find_header, letter, poverty_year, words
from childcare.children.importing.rows import GRAND, lines
from childcare.lib.calendar import EIGHTEEN, SIXTEEN, age_on
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import open_workbook
from childcare.lib.vietnamese import fold

NO_LIST = (
    "Không tìm thấy danh sách trẻ em trong tệp. Dòng tiêu đề phải có cột “Họ và tên” và cột “Ngày sinh”. "
    "Hãy tải tệp mẫu về, chép danh sách vào đó rồi tải lên lại."
)


@dataclass
class Place:
    """What a reading knows beforehand: the day, the commune's hamlets, the sensitive groups, numbers that are taken.

    `holders(numbers)` answers number → (folded name, ISO birth) for those that children of the registry hold.
    """

    on: date
    hamlets: list = field(default_factory=list)  # names
    sensitive: frozenset = frozenset()  # codes of circumstances
    holders: object = staticmethod(lambda numbers: {})
    progress: object = staticmethod(lambda done, total: None)
    remembered: mapping.Remembered = field(default_factory=mapping.Remembered)
    spellings: dict = field(default_factory=dict)  # other names of hamlets, see `hamlets.known`


class NoList(Refusal):
    """No sheet holds a list of children as far as anybody said; `reading` tells the tables that were seen."""

    def __init__(self, reading):
        super().__init__(NO_LIST)
        self.reading = reading


@dataclass
class Reading:
    """Everything that one reading found."""

    name: str
    on: str
    sheets: list = field(default_factory=list)
    rows: list = field(default_factory=list)  # accepted, as stored before any offer is accepted
    rejected: list = field(default_factory=list)
    offers: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    repeated: list = field(default_factory=list)
    twins: list = field(default_factory=list)
    not_children: list = field(default_factory=list)
    conversions: dict | None = None  # texts of old fonts: which fonts, every name before and after
    hamlets: list = field(default_factory=list)  # spellings that are no name of a hamlet today but were understood

    def as_json(self):
        """A dict that `from_json` turns back into the same reading."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """The reading that was kept."""
        return cls(**data)

    @property
    def rows_total(self):
        """Rows that name or stand for a person."""
        return len(self.rows) + len(self.rejected)

    def totals(self):
        """Counts of the children that the file would create, by every class, and of warnings and offers by kind."""
        again = {(row["sheet"], row["row"]) for row in self.repeated}
        new = [row for row in self.rows if (row["sheet"], row["row"]) not in again]
        found = {key: _counted(row[key] for row in new) for key in COUNTED}
        found["circumstances"] = dict(sorted(Counter(code for row in new for code in row["circumstances"]).items()))
        found["warnings"] = _counted(warning["kind"] for warning in self.warnings)
        found["offers"] = _counted(offer["kind"] for offer in self.offers)
        return found


COUNTED = ("sex", "ethnic", "hamlet", "birth_precision", "name_state", "identity_status", "poverty")


def _counted(found):
    return dict(sorted(Counter("null" if value is None else value for value in found).items()))


def read(data, name, place):
    """Read a workbook in bytes. Raises Refusal when it is none, or holds no list of children."""
    return read_sheets(open_workbook(data, name), name, place)


def read_sheets(sheets, name, place):
    """Read the sheets of a workbook. Raises Refusal when none holds a list of children."""
    reading = Reading(name, place.on.isoformat())
    found, headers = [], {}
    for sheet in sheets:
        header, told = _header_of(sheet, place.remembered)
        if header is None:
            reading.sheets.append({"name": sheet.name, "role": "ignored", "mapping": told})
            continue
        if children := _read_sheet(reading, sheet, header, place, told):
            headers[sheet.name] = header
            found += children
    if all(sheet["role"] == "ignored" for sheet in reading.sheets):
        raise NoList(reading)
    reading.conversions = conversions(sheets, headers, found)
    _decide(reading, found, place)
    _find_twins(reading)
    _tell_hamlets(reading, found)
    return reading


def _header_of(sheet, remembered):
    """(the Header of a sheet that is to be read or None, what the page that maps columns shows of it or None)."""
    known = find_header(sheet) if sheet.rows else None
    header = known or (mapping.likely_header(sheet) if sheet.rows else None)
    if header is None:
        return None, None
    guess, fields = dict(header.columns), remembered.fields.get(mapping.key_of(header.headings))
    if fields is not None:
        mapping.apply(header, fields)
    header.poverty_year = poverty_year(sheet, header)
    told = mapping.describe(sheet, header, guess, fields is not None)
    wanted = sheet.name not in remembered.left_out and mapping.is_list(header) and (known or fields is not None)
    return header if wanted else None, told


def _read_sheet(reading, sheet, header, place, told):
    hamlets = place.spellings | {values.hamlet_key(name): name for name in place.hamlets}
    year = header.poverty_year or _year_of_file(reading.name)
    reader = ChildReader(sheet, header, hamlets, place.on, year)
    found, counted, last = [], 0, header.rows[-1] + 1
    totals = []
    for line in lines(sheet, header, hamlets):
        if line.kind == "child":
            found.append(reader.read(line))
        else:
            reading.not_children.append({"sheet": sheet.name, "row": line.row, "kind": line.kind, "text": line.text})
            if line.kind == "total":
                grand = bool(GRAND.match(words(line.text)))
                totals.append((line, len(found) if grand else len(found) - counted))
                counted = len(found)
        if line.kind not in ("signature", "remark") and not (line.kind == "total" and GRAND.match(words(line.text))):
            last = line.row
    if not found:
        reading.sheets.append({"name": sheet.name, "role": "ignored", "mapping": told})
        return []
    swaps.offer(found, place.on)
    _describe(reading, sheet, header, last, told, found)
    _sheet_warnings(reading, sheet, header, place, totals, found)
    return found


def _describe(reading, sheet, header, last, told, found):
    reading.sheets.append(
        {
            "name": sheet.name, "role": "children", "header_rows": header.rows, "column_number_row": header.column_number_row,
            "first_row": max([*header.rows, header.column_number_row or 0]) + 1, "last_row": last,
            "columns": {letter(index): name for index, name in sorted(header.columns.items())},
            "titles": {letter(index): title for index, title in sorted(header.titles.items())},
            "poverty_year": header.poverty_year, "mapping": told, "layout": layout.of_sheet(reading, sheet, header, found),
        }
    )  # fmt: skip


def _year_of_file(name):
    match = re.search(r"(?<!\d)20\d\d(?!\d)", name)
    return int(match[0]) if match else None


def _sheet_warnings(reading, sheet, header, place, totals, found):
    def warn(row, name, kind, value):
        reading.warnings.append({"sheet": sheet.name, "row": row, "field": name, "kind": kind, "value": value})

    for index, name in header.columns.items():
        if name.startswith("circumstance:") and name.partition(":")[2] in place.sensitive:
            warn(None, "circumstances", "sensitive_column", header.titles[index])
    for title in header.unknown:
        warn(None, "circumstances", "circumstance_unknown", title)
    if any(one.fields["poverty"] and not one.fields["poverty_year"] for one in found):
        warn(None, "poverty", "poverty_year_missing", None)
    _seen_by_the_way(sheet, header, found, warn)
    for line, count in totals:
        match = re.search(r"\d[\d.]*", line.text)
        stated = int(match[0].replace(".", "")) if match else None
        if stated is not None and stated != count:
            warn(line.row, None, "totals_differ", f"{stated} ≠ {count}")


def _seen_by_the_way(sheet, header, found, warn):
    """What a sheet holds besides values: once per sheet, so that the officer knows what was read and what was not."""
    hidden = [str(number) for number in sheet.hidden_rows if number >= header.rows[0]]
    columns = [letter(index) for index in sheet.hidden_columns if index in header.titles]
    colours = {sheet.colours.get(one.row, "") for one in found}
    for kind, value in (
        ("hidden_rows", ", ".join(hidden)), ("hidden_columns", ", ".join(columns)), ("formulas", sheet.formulas),
        ("external_links", sheet.links), ("comments", sheet.comments), ("cell_colours", len(colours) > 1),
    ):  # fmt: skip
        if value:
            warn(None, None, kind, None if value is True else str(value))


def _decide(reading, found, place):
    """Which rows go in, which stay out, which say the same child again. The first row with a number keeps it."""
    numbers = [one.fields["identity_number"] for one in found if one.fields["identity_status"] == "ok"]
    held = place.holders(numbers)
    seen, unnumbered = {}, {}
    for position, one in enumerate(found):
        if position % 2000 == 0:
            place.progress(position, len(found))
        where = {"sheet": one.sheet, "row": one.row}
        number = one.fields["identity_number"] if one.fields["identity_status"] == "ok" else None
        same = (one.folded, one.fields["birth_date"])
        code = _reason_out(one, place.on, number, same, seen, held)
        if code:
            told = ("identity_number", "birth_date", "birth_precision") if code == "identity_used_in_registry" else ()
            told = {name: one.fields[name] for name in ("full_name", *told)}
            reading.rejected.append({**where, "reason_code": code, **told})
            continue
        if number and number in seen:
            reading.repeated.append({**where, "same_child_as": seen[number][1]})
        elif number and number in held:
            reading.repeated.append({**where, "same_child_as": {"registry": number}})
        else:
            _possible_duplicate(one, number, unnumbered)
        if number:
            seen.setdefault(number, (same, where))
        reading.rows.append(one.fields)
        reading.offers += one.offers
        reading.warnings += one.warnings


def _reason_out(one, on, number, same, seen, held):
    if one.fields["name_state"] == "thiếu tên" and one.birth is None and not one.birth_given:
        return "no_name_no_birth"
    if one.birth is not None and age_on(one.birth.latest, on) >= EIGHTEEN:
        return "adult"
    if number and number in seen and seen[number][0] != same:
        return "identity_used_in_file"
    if number and number in held and not _is_holder(held[number], same):
        return "identity_used_in_registry"
    if one.birth is not None and age_on(one.birth.latest, on) >= SIXTEEN:
        one.warn("birth_date", "age_16_17", one.fields["birth_date"])
    return ""


def _is_holder(held, same):
    """The same number and the same name are one child, its birth date known otherwise: that is offered cell by cell."""
    return tuple(held) == same or bool(same[0] and held[0] == same[0])


def _possible_duplicate(one, number, before):
    """Equal folded name, birth and mother as an earlier row, and at most one of them has a number: a person decides."""
    key = (one.folded, one.fields["birth_date"], fold(one.fields["mother_name"] or ""))
    if one.folded and key[1] and key[2]:
        if key in before and not (number and before[key]):
            one.warn("full_name", "possible_duplicate", one.fields["full_name"])
        before.setdefault(key, number)


def _find_twins(reading):
    """Children of one mother born on one day under different names; where the mother is blank, of one household or father."""
    again = {(row["sheet"], row["row"]) for row in reading.repeated}
    born = {}
    for row in reading.rows:
        if row["birth_precision"] == "day" and (row["sheet"], row["row"]) not in again:
            born.setdefault(row["birth_date"], []).append(row)
    for same_day in born.values():
        while len(same_day) > 1:
            first, *others = same_day
            alike = [row for row in others if _siblings(first, row)]
            if alike:
                group = [first, *alike]
                for row in group:
                    row["twin"] = True
                reading.twins.append([{"sheet": row["sheet"], "row": row["row"]} for row in group])
            same_day = [row for row in others if row not in alike]
    reading.twins.sort(key=lambda group: (group[0]["sheet"], group[0]["row"]))


def _tell_hamlets(reading, found):
    """Spellings of hamlets that were understood by an earlier choice or as a former name, so that a person sees them."""
    accepted = {(row["sheet"], row["row"]) for row in reading.rows}
    counted = Counter(one.spelling for one in found if one.spelling and (one.sheet, one.row) in accepted)
    reading.hamlets = [
        {"spelling": spelling, "hamlet": hamlet, "rows": count} for (spelling, hamlet), count in counted.most_common()
    ]


def _siblings(one, other):
    if one["full_name"] and one["full_name"] == other["full_name"]:
        return False
    mothers = fold(one["mother_name"] or ""), fold(other["mother_name"] or "")
    if all(mothers):
        return mothers[0] == mothers[1] and fold(one["full_name"] or "") != fold(other["full_name"] or "-")
    same_house = one["household_head"] and fold(one["household_head"]) == fold(other["household_head"] or "")
    same_father = one["father_name"] and fold(one["father_name"]) == fold(other["father_name"] or "")
    return bool(one["hamlet"] == other["hamlet"] and (same_house or same_father))
