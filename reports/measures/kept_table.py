"""A table of figures whose counts were made before: packed into bytes, and unpacked so that it answers like the table itself.

Numbers of upper units and communes are kept, and those of every unit below where small numbers are masked, so that the
same numbers are masked as in a table counted now. Typed figures, zeros and general figures of the year are read now.
"""

import json
import zlib
from decimal import Decimal

from reports.measures.catalogue import is_masked_kind
from reports.measures.figures import Table
from reports.measures.scope import Cells

UPPER = ("province", "district", "commune")


def pack(table):
    """The counts of a table as bytes: names with numbers of units, names with protected files behind them."""
    table.count_everything()
    cells, kind = table.cells, table.scope.kind
    names = {*cells.sums, *cells.rows}
    sums = []
    for count, breakdown in sorted(names):
        units = cells.rows[count, breakdown] if (count, breakdown) in cells.rows else cells.sums[count, breakdown]
        wide = is_masked(count, breakdown)
        there = {unit: cells.value(count, unit, breakdown) for unit in units if wide or kind(unit) in UPPER}
        there = {unit: number for unit, number in there.items() if number}
        sums.append([count, breakdown, list(there), [_plain(number) for number in there.values()]])
    files = [
        [count, breakdown, [[unit, sorted(found)] for unit, found in units.items() if found]]
        for (count, breakdown), units in cells.files.items()
    ]
    return zlib.compress(json.dumps({"sums": sums, "files": files}).encode())


def is_masked(count, breakdown):
    """True for numbers that masking looks at."""
    return is_masked_kind(count.split(" ")[0], breakdown)


def _plain(number):
    return number if isinstance(number, int) else str(number)


def _number(plain):
    return plain if isinstance(plain, int) else Decimal(plain)


class KeptTable(Table):
    """A table made of packed counts. Ask it for upper units and communes only; masking asks for those below, too."""

    _deeds_counted = _recognition_counted = _schools_counted = True

    def __init__(self, units, window, packed, by=(), kinds=None, boundaries=None):
        self.packed = packed
        super().__init__(units, window, by, kinds, boundaries=boundaries)

    def _count(self, keep):
        self.cells = Cells(self.scope)
        found = json.loads(zlib.decompress(bytes(self.packed)))
        self.cells.sums = {
            (count, breakdown): dict(zip(units, map(_number, numbers), strict=True))
            for count, breakdown, units, numbers in found["sums"]
        }
        for count, breakdown, units in found["files"]:
            self.cells.files[count, breakdown].update((unit, set(files)) for unit, files in units)

    def _organised(self, code):
        return True

    def _figure(self, code, unit, breakdown, late=False):
        if self.scope.kind(unit) not in UPPER and not is_masked(code, breakdown):
            raise LookupError("kept figures end at the communes")
        return super()._figure(code, unit, breakdown, late)
