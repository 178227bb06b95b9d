"""A returned workbook → its lines as they were filled in. Pure; what they mean for the registry is decided elsewhere."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from childcare.children.importing import values
from childcare.children.importing.reading import Reading, letter
from childcare.children.returning.layout import EXPORTED, find_heading
from childcare.lib.vietnamese import fold

CODE = re.compile(r"te[\s0-9oil.\-|]{4,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
EMPTY = "Danh sách trả lại không có dòng nào của trẻ em. Hãy xem lại tệp."


@dataclass
class Answers(Reading):
    """What a returned list says, and what that does to the registry: `rows` are the lines that go in."""

    kind: str = "answers"
    exported_on: str | None = None
    lines: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def totals(self):
        """How many numbers the police checked, warnings and offers by kind."""
        return {
            "verified": sum("verified_on" in row["changes"] for row in self.updates),
            "warnings": dict(sorted(Counter(row["kind"] for row in self.warnings).items())),
            "offers": dict(sorted(Counter(row["kind"] for row in self.offers).items())),
        }


def read_answers(sheets, name, on):
    """The lines of every sheet of a list that came back."""
    answers = Answers(name, on.isoformat())
    for sheet in sheets:
        heading = find_heading(sheet) if sheet.rows else None
        if heading is None:
            answers.sheets.append({"name": sheet.name, "role": "ignored"})
            continue
        _read_sheet(answers, sheet, heading, on)
    return answers


def _read_sheet(answers, sheet, heading, on):
    for text in heading.above:
        if (match := EXPORTED.search(text)) and answers.exported_on is None:
            answers.exported_on = datetime.strptime(match[1], "%d/%m/%Y").date().isoformat()
    ended, last = False, heading.rows[-1]
    for number, cells in sheet.rows:
        if number <= heading.rows[-1]:
            continue
        ended = ended or not _is_line(heading, cells)
        if ended:
            text = " | ".join(shown for cell in cells if (shown := values.tidy(cell)))
            answers.not_children.append({"sheet": sheet.name, "row": number, "kind": "signature", "text": text})
            continue
        answers.lines.append(_line(sheet.name, number, heading, cells, on))
        last = number
    answers.sheets.append(
        {
            "name": sheet.name, "role": "children", "header_rows": heading.rows, "column_number_row": None,
            "first_row": heading.rows[-1] + 1, "last_row": last, "poverty_year": None,
            "columns": {letter(index): name for index, name in sorted(heading.columns.items())},
            "titles": {letter(index): title for index, title in sorted(heading.titles.items())},
        }
    )  # fmt: skip


def _is_line(heading, cells):
    """A line of a child bears its code, or a name beside something else that was printed."""
    if CODE.fullmatch(values.tidy(heading.cell(cells, "child_code"))):
        return True
    about = ("birth_date", "sex", "mother_name", "new:identity_number", "new:birth_date")
    named = values.text_or_none(heading.cell(cells, "full_name"))
    return bool(named and any(values.text_or_none(heading.cell(cells, name)) for name in about))


def _line(sheet, row, heading, cells, on):
    def text(name):
        return values.text_or_none(heading.cell(cells, name)) or ""

    shown, _, _ = values.birth(heading.cell(cells, "birth_date"), on)
    born, kind, written = values.birth(heading.cell(cells, "new:birth_date"), on)
    day, day_kind, day_written = values.birth(heading.cell(cells, "new:verified_on"), on)
    full, _, _, name_kind, name_offer = values.name(heading.cell(cells, "new:full_name"))
    exact = day is not None and day.precision == "day"
    swapped = values.month_first(written, on) if kind == "birth_impossible" else None
    return {
        "sheet": sheet, "row": row, "code": text("child_code"), "full_name": text("full_name"),
        "folded": fold(text("full_name")), "mother": fold(text("mother_name")), "birth": shown.iso if shown else None,
        "number": text("new:identity_number"), "new_name": full or "",
        "name_kind": name_kind if full else "", "name_offer": name_offer if full and name_offer != full else "",
        "new_birth": born.iso if born else None, "new_precision": born.precision if born else None,
        "birth_kind": kind if written and born is None else "", "birth_text": written,
        "birth_swapped": swapped.isoformat() if swapped else "",
        "verified": day.latest.isoformat() if exact else None, "verified_text": "" if exact or not day_kind else day_written,
        "note": text("note"),
    }  # fmt: skip
