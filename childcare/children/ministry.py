"""The ministry's child information software: its columns as data, what of a child is compared, and the state that follows.

The true layout of its files is in no source read so far: every column says `unverified` until somebody has seen it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from childcare.children import ethnics
from childcare.children.importing import values
from childcare.lib.vietnamese import fold

DATA = Path(__file__).parent / "data" / "ministry_columns.csv"
VERIFIED = "text"
# What is compared, in the words of the officer.
FIELDS = {
    "full_name": "Họ và tên", "birth": "Ngày sinh", "sex": "Giới tính", "ethnic": "Dân tộc",
    "identity_number": "Số định danh cá nhân", "mother_name": "Họ tên mẹ", "father_name": "Họ tên cha",
}  # fmt: skip
SEXES = {"m": "nam", "f": "nữ"}


@dataclass(frozen=True)
class Column:
    """One column of the ministry's file: its heading, the field of our export that fills it, "number", or "" for none."""

    heading: str
    field: str
    verified: bool
    note: str


@cache
def columns():
    """The columns in the ministry's order."""
    with open(DATA, encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["order"]))
    return [Column(row["heading"], row["field"], row["evidence"] == VERIFIED, row["note"]) for row in rows]


def unchecked():
    """True while nobody has seen the true layout of every column."""
    return not all(column.verified for column in columns())


def differences(child, stored):
    """{field: (ours, theirs)} of what the software tells and the registry tells otherwise or not at all.

    `child` is a Child, `stored` the values of a row as a model holds them. What the software leaves empty is no difference.
    """
    found = {}
    for name in FIELDS:
        theirs = birth_code(stored) if name == "birth" else stored[name] or ""
        ours = birth_code(vars(child)) if name == "birth" else getattr(child, name) or ""
        if name == "identity_number" and theirs and not stored["identity_valid"]:
            continue
        if theirs and fold(theirs) != fold(ours):
            found[name] = (ours, theirs)
    return found


def birth_code(fields):
    """A birth date with its precision as one text: "2016-05-12 day"; "" for none."""
    if not fields["birth_latest"]:
        return ""
    latest, precision = fields["birth_latest"].isoformat(), fields["birth_precision"]
    return f"{latest[: {'day': 10, 'month': 7}.get(precision, 4)]} {precision}"


def value_of(name, text):
    """The value that `people.correct` takes for a stored text."""
    return values.from_iso(*text.split(" ")) if name == "birth" else text


def shown(name, text):
    """A stored text as the officer reads it."""
    if not text:
        return "(để trống)"
    if name == "birth":
        return value_of(name, text).text
    return {"sex": SEXES, "ethnic": ethnics.names()}.get(name, {}).get(text, text)
