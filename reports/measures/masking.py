"""Small sensitive numbers on a screen: masked for who may not see every row behind them, so that no difference gives them away.

Official submissions are never masked; this is for screens, exports and public copies.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import groupby

from childcare.accounts.roles import Permission
from childcare.children.querysets import open_files
from reports.measures import pupils
from reports.measures.catalogue import MEASURED, is_masked_kind

FEW = 5
ADDED_UP = ("sex", "age", "form", "setting", "cause", "reason")
SAME = (("LD-02", "group=L05"), ("LD-03", "group=L07"))


def masked(table, officer):
    """The table as this officer may see it on a screen; None: as anybody outside. It answers `figure` like the table itself."""
    return Masked(table, officer)


class Masked:
    """A table whose sensitive figures below five are masked, each with a second one beside it in its row and column."""

    def __init__(self, table, officer):
        self.table, self.window, self.scope = table, table.window, table.scope
        files = {file for units in table.cells.files.values() for found in units.values() for file in found}
        seen = open_files(officer).filter(pk__in=files).values_list("pk", flat=True) if files and officer else ()
        self.closed = files - set(seen)
        self.paths = [unit.path for unit in officer.units_for(Permission.CHILD_VIEW)] if officer else []
        self.hidden = self._hide()

    def figure(self, code, unit, breakdown=""):
        """The figure, or the same with `masked` and without its numbers."""
        unit = getattr(unit, "pk", unit)
        found = self.table.figure(code, unit, breakdown)
        parts = breakdown.split("&")
        unit = next((int(part.removeprefix("unit=")) for part in parts if part.startswith("unit=")), unit)
        rest = "&".join(part for part in parts if not part.startswith("unit="))
        measure = MEASURED.get(code)
        if measure is not None and not found.missing and self._few_pupils(found, measure, unit):
            return replace(found, masked=True, numerator=None, denominator=None, percentage=None, note="", handled="")
        if measure is None or found.missing or not is_masked_kind(code, breakdown):
            return found
        behind = [(measure.numerator, rest, unit), (measure.denominator, rest, unit)]
        if any(cell in self.hidden for cell in behind) or (code == "XH-09" and self._small_change(found)):
            return replace(found, masked=True, numerator=None, denominator=None, percentage=None, note="", handled="")
        return found

    def few(self, figure, unit):
        """True for a figure of other days (of a report) that would be masked: small, sensitive, its rows not all to be seen."""
        if not is_masked_kind(figure.code) or not any(
            0 < part < FEW for part in (figure.numerator, figure.denominator) if part
        ):
            return False
        return self._may_not(MEASURED[figure.code].numerator, "", unit.pk)

    def rest(self, code, unit):
        """What the unit itself holds is never shown to who may not see it."""
        found, count = self.table.rest(code, unit), MEASURED[code].numerator
        return None if found and is_masked_kind(code) and self._may_not(count, "", getattr(unit, "pk", unit)) else found

    def rest_of(self, code, unit, parts, breakdown=""):
        found = self.table.rest_of(code, unit, parts, breakdown)
        return (
            replace(found, masked=True)
            if is_masked_kind(code, breakdown) and self._may_not(code, breakdown, unit.pk)
            else found
        )

    def unknown_birth(self, unit):
        return self.table.unknown_birth(unit)

    def _few_pupils(self, found, measure, unit):
        """True for fewer than five pupils of whom the registry tells something, to who may not see them: the school itself."""
        if self.scope.kind(unit) != "school" or measure.numerator not in pupils.OF_REGISTRY or found.origin != "live":
            return False
        told = [found.numerator] + ([found.denominator] if measure.denominator in pupils.OF_REGISTRY else [])
        return any(0 < number < FEW for number in told) and self._may_not(measure.numerator, "", unit)

    def _small_change(self, found):
        return not self.paths or found.denominator < FEW

    def _may_not(self, count, breakdown, unit):
        """True when the officer may not see every row behind the number."""
        path = self.scope.rows[unit][0]
        inside = any(path.startswith(own) for own in self.paths)
        return not inside or bool(self.closed & self.table.cells.files[count, breakdown].get(unit, set()))

    def _hide(self):
        """Every cell to mask: the small ones, then one more wherever a single one could be worked out from the others."""
        value = self.table.cells.value
        names = [
            name for name in {*self.table.cells.sums, *self.table.cells.rows} if is_masked_kind(name[0].split(" ")[0], name[1])
        ]
        hidden = {
            (*name, unit)
            for name in names
            for unit in self.scope.rows
            if 0 < value(name[0], unit, name[1]) < FEW and self._may_not(*name, unit)
        }
        lines = [*self._by_unit(names), *self._by_dimension(names), *self._equations(names)]
        while more := {cell for line in lines for cell in self._second(*line, hidden)}:
            hidden |= more
        return hidden

    def _by_unit(self, names):
        """Units that sum up to the unit above them: (cells, total)."""
        by_parent = sorted((unit for unit in self.scope.rows if len(self.scope.path[unit]) > 1), key=self._parent)
        for parent, units in groupby(by_parent, key=self._parent):
            units = list(units)
            for name in names:
                yield [(*name, unit) for unit in units], (*name, parent)

    def _parent(self, unit):
        return self.scope.path[unit][-2]

    def _by_dimension(self, names):
        """The sexes, age bands, forms … of a number that sum up to it."""
        found = defaultdict(list)
        for count, breakdown in names:
            parts = breakdown.split("&")
            for part in parts:
                if part.split("=")[0] in ADDED_UP:
                    whole = "&".join(other for other in parts if other != part)
                    found[count, whole, part.split("=")[0]].append(breakdown)
        for (count, whole, _), breakdowns in found.items():
            for unit in self.scope.rows:
                yield [(count, breakdown, unit) for breakdown in breakdowns], (count, whole, unit)

    def _equations(self, names):
        """đầu kỳ + tăng − giảm = cuối kỳ of a group, and numbers that are the same under two names."""
        groups = {part for _, breakdown in names for part in breakdown.split("&") if part.startswith("group=")}
        for unit in self.scope.rows:
            for group in groups:
                yield [("HC-32", f"{group}&flow={flow}", unit) for flow in ("start", "in", "out", "end")], None
                yield [("HC-32", f"{group}&flow=end", unit), ("HC-01", group, unit)], None
            for code, group in SAME:
                yield [(code, "", unit), ("HC-01", group, unit)], None

    def _second(self, parts, total, hidden):
        """The cell to mask besides when exactly one cell of an addition is masked."""
        line = [*parts, total] if total else parts
        count = sum(cell in hidden for cell in line) + (self._unseen(parts, total) if total else 0)
        if count != 1:
            return
        others = sorted((self._shown_zero(cell), self._value(cell), cell) for cell in parts if cell not in hidden)
        if others and not others[0][0]:
            yield others[0][2]
        elif total and total not in hidden:
            yield total

    def _value(self, cell):
        return self.table.cells.value(cell[0], cell[2], cell[1])

    def _shown_zero(self, cell):
        """True for a cell that is printed as missing: everybody knows that it is none."""
        return cell[0] in MEASURED and self.table.figure(cell[0], cell[2], cell[1]).missing

    def _unseen(self, parts, total):
        """1 when the officer may not see something of the total that lies in no part (held by the unit itself), else 0."""
        return int(self._value(total) > sum(map(self._value, parts)) and self._may_not(*total))
