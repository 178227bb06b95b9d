"""How the columns of a list are understood: what the headings suggest, what a unit said once, what the officer chose now.

A table is known again by the texts of its headings in their order; the years in them do not count.
"""

import hashlib
from dataclasses import dataclass, field

from childcare.children.importing import values
from childcare.children.importing.header import YEAR, Header, field_of, is_column_numbers, letter, parts_of, words
from childcare.children.importing.header import make as make_header

SAMPLES, SAMPLE_LENGTH = 3, 40
LOOK_INTO, MIN_HEADINGS = 40, 3


@dataclass
class Remembered:
    """What the officers of a unit said of tables: key of the headings → fields in the order of the columns ("" = not used)."""

    fields: dict = field(default_factory=dict)
    left_out: frozenset = frozenset()  # names of sheets of this one file that are not to be read


def key_of(headings):
    """The key of a table by the texts of its headings."""
    texts = [words(YEAR.sub("", text)) for _, text in sorted(headings.items())]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def apply(header, fields):
    """The header with these fields for its columns, in the order of the headings."""
    order = sorted(header.headings)
    if len(fields) == len(order):
        ours = {index: name for index, name in header.columns.items() if index not in header.headings}
        header.columns = {index: name for index, name in zip(order, fields, strict=True) if name} | ours
        header.unknown = []
    return header


def likely_header(sheet):
    """A heading that nobody recognised: the row with the most words that are understood, then most words without digits."""
    best, most = None, (0, 0)
    rows = sheet.rows[:LOOK_INTO]
    for position, (number, cells) in enumerate(rows[:-1]):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip() and not values.is_mark(cell)]
        if len(texts) < MIN_HEADINGS or is_column_numbers(cells):
            continue
        parts = parts_of(sheet, [(number, cells)])
        columns = {index: found for index, levels in parts.items() if (found := field_of(levels))}
        plain = sum(not any(map(str.isdigit, text)) for text in texts)
        score = (len(columns) if len(columns) > 1 else 0, plain)  # one word alone is understood by chance: the name of a hamlet
        if score > most:
            most, best = score, make_header(sheet, rows, position, [(number, cells)], parts, columns)
    return best


def is_list(header):
    """True when somebody's name can be read from the columns."""
    return bool({"full_name", "family_name"} & set(header.columns.values()))


def describe(sheet, header: Header, guess, remembered):
    """What the page that maps columns shows of a sheet: headings, what they mean, three values of each."""
    return {
        "key": key_of(header.headings), "row": header.rows[0], "hidden": sheet.hidden, "remembered": remembered,
        "columns": [
            {
                "letter": letter(index), "heading": header.headings[index], "guess": guess.get(index, ""),
                "field": header.columns.get(index, ""), "samples": _samples(sheet, header, index),
            }
            for index in sorted(header.headings)
        ],
    }  # fmt: skip


def _samples(sheet, header, index):
    """The first values of a column below the heading."""
    found = []
    for number, cells in sheet.rows:
        if number <= header.rows[-1] or number == header.column_number_row or index >= len(cells):
            continue
        if text := values.tidy(cells[index])[:SAMPLE_LENGTH]:
            found.append(text)
            if len(found) == SAMPLES:
                break
    return found
