"""Units as equal tiles of a grid laid by hand (data/tiles.csv), else in the order of their names. No HTTP here."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from childcare.lib import drawing
from childcare.lib.calendar import show
from childcare.lib.vietnamese import name_key
from reports import measures
from reports.measures.masking import FEW
from reports.summary.groups import value

DATA = Path(__file__).resolve().parent.parent / "data" / "tiles.csv"
COLUMNS = 5
WORDS = {1: "thấp", 2: "trung bình", 3: "cao"}
LAID, ORDERED = "Ô bằng nhau, đặt gần đúng vị trí, không theo diện tích.", "Ô bằng nhau, xếp theo thứ tự tên."
HOW = "Thấp, trung bình, cao: ba phần bằng nhau theo thứ tự số liệu của các đơn vị trong hình; dưới 5 trường hợp thì không xếp."


@dataclass(frozen=True)
class Tile:
    """A unit on the grid. `shade` 1–3, None where there are too few events to rank or no number."""

    unit: object
    figure: measures.Figure
    column: int
    row: int
    shade: int | None

    @property
    def word(self):
        return WORDS.get(self.shade, "")


@cache
def grid():
    """Code of the upper unit → code → (column, row)."""
    found = {}
    with open(DATA, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["upper"], {})[row["code"]] = int(row["column"]), int(row["row"])
    return found


def tiles(code, unit, parts, seen):
    """The parts of a unit as tiles; `seen` is the table as the officer may see it."""
    places = _places(unit, parts)
    figures = {part.pk: seen.figure(code, part) for part in parts}
    shades = _shades(figures)
    return [Tile(part, figures[part.pk], *places[part.pk], shades.get(part.pk)) for part in parts]


def laid(unit, parts):
    """True when somebody laid the tiles of exactly these parts."""
    own = grid().get(unit.code, {})
    return bool(parts) and all(part.code in own for part in parts)


def _places(unit, parts):
    if laid(unit, parts):
        own = grid()[unit.code]
        return {part.pk: own[part.code] for part in parts}
    ordered = sorted(parts, key=lambda part: name_key(part.bare_name))
    return {part.pk: (at % COLUMNS, at // COLUMNS) for at, part in enumerate(ordered)}


def _shades(figures):
    """Thirds of the units by value; those of fewer than five events are not ranked."""
    known = sorted((value(figure), pk) for pk, figure in figures.items() if _enough(figure))
    steps = sorted({number for number, _ in known})
    if len(steps) < 2:
        return {}
    return {pk: 1 + steps.index(number) * 3 // len(steps) for number, pk in known}


def _enough(figure):
    if value(figure) is None or figure.numerator is None:
        return False
    return min(number for number in (figure.numerator, figure.denominator) if number is not None) >= FEW


def picture(found, name, window):
    """(SVG, its words)."""
    words = f"{name} theo đơn vị, tính đến {show(window.cutoff)}"
    cells = [(tile.column, tile.row, tile.unit.bare_name, tile.figure.text, tile.word, tile.shade) for tile in found]
    return drawing.tiles(cells, words), words
