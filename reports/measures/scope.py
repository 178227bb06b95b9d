"""The units asked for with everything below them, read once; and the counts by unit, summed upwards as they come in."""

from collections import defaultdict
from datetime import date

from django.db.models import FilteredRelation, Q

from childcare.children.querysets import in_units
from childcare.units.models import Unit


class Scope:
    """Every unit below the ones asked for, of any time, with the general figures of the year. One query."""

    def __init__(self, units, window):
        self.roots = [unit for unit in units if not any(unit.pk != other.pk and unit.is_under(other) for other in units)]
        self.window = window
        self.years, self.rows = defaultdict(dict), {}
        fields = ("pk", "path", "kind", "name", "valid_from", "valid_to", "of_year__key", "of_year__value")
        found = Unit.objects.under_any(self.roots).annotate(
            of_year=FilteredRelation("years", condition=Q(years__year=window.year))
        )
        for pk, path, kind, name, first, last, key, value in found.order_by("path").values_list(*fields):
            self.rows[pk] = (path, kind, name, first, last)
            if key:
                self.years[pk][key] = value
        self.path = {pk: self._known(row[0]) for pk, row in self.rows.items()}
        self._communes = {}

    def _known(self, path):
        return tuple(pk for pk in map(int, path.strip(".").split(".")) if pk in self.rows)

    def above(self, unit):
        """The unit and the units of the scope above it; nothing for a unit outside."""
        return self.path.get(unit, ())

    def inside(self, field):
        """The condition that the unit behind `field` lies in the scope."""
        return in_units(field, self.roots)

    def kind(self, unit):
        return self.rows[unit][1] if unit in self.rows else ""

    def name(self, unit):
        return self.rows[unit][2]

    def holds(self, unit):
        """True when the unit was valid on the cut-off day."""
        first, last = self.rows[unit][3:]
        return (first or date.min) <= self.window.cutoff < (last or date.max)

    def communes(self, unit):
        """The reporting units of a district or province: its communes valid on the cut-off day; none for a commune or below."""
        if unit not in self._communes:
            upper = self.kind(unit) in ("province", "district")
            self._communes[unit] = [
                pk for pk in self.rows if upper and self.kind(pk) == "commune" and unit in self.path[pk] and self.holds(pk)
            ]
        return self._communes[unit]

    def word(self, units):
        """What these communes are called together: "phường", "xã" or "xã, phường"."""
        words = {"phường" if self.name(pk).startswith("Phường") else "xã" for pk in units}
        return words.pop() if len(words) == 1 else "xã, phường"


class Cells:
    """Counts by name and unit. A name is (count, breakdown). `rows` holds what was counted: key → primary key of the row."""

    def __init__(self, scope, keep=False):
        self.scope, self.keep = scope, keep
        self.sums = defaultdict(lambda: defaultdict(int))
        self.rows = defaultdict(lambda: defaultdict(dict))
        self.files = defaultdict(lambda: defaultdict(set))

    def add(self, name, units, amount=1):
        """Add to a sum in each of the units."""
        sums = self.sums[name]
        for unit in units:
            sums[unit] += amount

    def put(self, name, units, key, row):
        """Count a key once in each of the units, however often it comes."""
        rows = self.rows[name]
        for unit in units:
            rows[unit].setdefault(key, row)

    def child(self, name, units, key, times=1):
        """Count a child that comes only once under this name in each of the units; `times`: so many children at once."""
        if self.keep:
            self.put(name, units, key, key)
        else:
            self.add(name, units, times)

    def cover(self, name, units, files):
        """Note which protected files lie behind a number."""
        for unit in units if files else ():
            self.files[name][unit].update(files)

    def value(self, count, unit, breakdown=""):
        """The number of a count in a unit, 0 when nothing came in."""
        name = (count, breakdown)
        if name in self.rows:
            return len(self.rows[name].get(unit, ()))
        return self.sums[name].get(unit, 0) if name in self.sums else 0

    def rest(self, count, unit, parts, breakdown=""):
        """What lies in the unit but in none of its parts: rows held by the unit itself."""
        return max(0, self.value(count, unit, breakdown) - sum(self.value(count, part, breakdown) for part in parts))
