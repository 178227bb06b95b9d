"""The units asked for with everything below them, read once; and the counts by unit, summed upwards as they come in."""

from collections import defaultdict
from datetime import date
from functools import cached_property

from django.db.models import BigIntegerField, Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cases.clocks import Clocks
from childcare.children.models import Residence
from childcare.children.querysets import in_units
from childcare.units.models import Unit, UnitYear
from reports.measures.conditions import valid
from reports.measures.former import former_units


class Scope:
    """Every unit below the ones asked for, of any time, with the general figures of the year.

    `boundaries`: the day whose units are asked about; rows of units that ended before it belong to what stands in their place.
    Without it that is the cut-off day, and of the stock nothing moves: only what happened in the window before a change does.
    """

    def __init__(self, units, window, boundaries=None):
        self.day = boundaries or window.cutoff
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
        self.former = former_units(self.roots, self.day)
        self._former_years()

    @cached_property
    def clocks(self):
        """The clocks of the law, without what a unit set shorter for itself; read when a case is looked at."""
        return Clocks(self.window.known_at, law=True)

    def _known(self, path):
        return tuple(pk for pk in map(int, path.strip(".").split(".")) if pk in self.rows)

    def above(self, unit, day=None):
        """The unit and the units of the scope above it; nothing for a unit outside. A row of a unit that has ended since
        belongs to what stands in its place: `day` is that of the row (None: the cut-off)."""
        former = self.former.get(unit)
        if former is not None and (day or self.window.cutoff) < former.ended:
            return tuple(pk for pk in former.path if pk in self.rows)
        return self.path.get(unit, ())

    def in_its_time(self, unit):
        """The same for a row of which only its unit is known: it lies in the time of the unit."""
        return self.above(unit, date.min)

    def inside(self, field):
        """The condition that the unit behind `field` lies in the scope, or did before the change that led into it."""
        return in_units(field, self.roots) | Q(**{f"{field}__in": list(self.former)})

    def stock(self, field):
        """The same for a row that holds at the cut-off: units that had ended by then hold nobody any more."""
        then = [pk for pk, former in self.former.items() if former.ended > self.window.cutoff]
        return in_units(field, self.roots) | Q(**{f"{field}__in": then})

    def place(self):
        """Where a residence of the cut-off counts: its unit, or for a split one the unit where a person placed the child."""
        split = [pk for pk, row in self.former.items() if not row.whole and row.ended > self.window.cutoff]
        if not split:
            return F("unit_id")
        went = Coalesce(Subquery(self._went_to()), F("unit_id"))
        return Case(When(unit__in=split, then=went), default=F("unit_id"), output_field=BigIntegerField())

    def _went_to(self):
        """The unit to which the changes since the cut-off led a child, as long as it did not move itself."""
        since = Residence.objects.filter(
            valid(known_at=self.window.known_at), child=OuterRef("child"), started_on__gt=self.window.cutoff
        )
        moved = since.filter(started_on__lte=OuterRef("started_on")).exclude(start_reason=Residence.Reason.UNIT_CHANGE)
        followed = since.filter(started_on__lte=self.day, start_reason=Residence.Reason.UNIT_CHANGE)
        return followed.exclude(Exists(moved)).order_by("-started_on").values("unit_id")[:1]

    def made_of(self, unit, day=None):
        """The communes of the day (default: the cut-off) that make up a later unit, when each went over whole; else none."""
        day = day or self.window.cutoff
        parts = [row for row in self.former.values() if row.kind == self.kind(unit) and unit in self._leads_to(row)]
        parts = [row for row in parts if row.ended > day and (row.first or date.min) <= day]
        return [row.pk for row in parts] if all(row.target == unit for row in parts) else []

    def _leads_to(self, row):
        """The units into which a former one went: a split one into each of them."""
        return {row.target} if row.whole else row.targets

    def _former_years(self):
        """General figures of a later unit: the sum of those of the communes that it was made of, when each has one."""
        if not self.former:
            return
        own = dict.fromkeys(pk for pk in self.rows if self.kind(pk) == "commune" and not self._held(pk, self.window.cutoff))
        parts = {unit: self.made_of(unit) for unit in own}
        keys = [pk for units in parts.values() for pk in units]
        found = defaultdict(dict)
        for row in UnitYear.objects.filter(unit__in=keys, year=self.window.year) if keys else ():
            found[row.unit_id][row.key] = row.value
        for unit, units in parts.items():
            for key in {key for part in units for key in found[part]} - set(self.years[unit]):
                if all(key in found[part] for part in units):
                    self.years[unit][key] = sum(found[part][key] for part in units)

    def kind(self, unit):
        return self.rows[unit][1] if unit in self.rows else ""

    def name(self, unit):
        return self.rows[unit][2]

    def holds(self, unit):
        """True when the unit was valid on the day asked about: the cut-off, or the day of the boundaries."""
        return self._held(unit, self.day)

    def _held(self, unit, day):
        first, last = self.rows[unit][3:]
        return (first or date.min) <= day < (last or date.max)

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
