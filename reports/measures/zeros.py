"""Zeros that somebody confirmed: only these are told as zero where the count is sensitive."""

from django.db.models import Q

from reports.models import ZeroConfirmation


class Zeros:
    """Who confirmed which zero, also of the units above the ones asked for (a hamlet's commune)."""

    def __init__(self, scope, window, earlier):
        self.scope, self.earlier = scope, earlier
        windows = [(row.data_from, row.cutoff) for row in (window, earlier)]
        keys = {int(key) for unit in self.scope.roots for key in unit.ancestor_keys}
        keys |= {*self.scope.rows, *self.scope.former}
        above = [key for unit in self.scope.roots for key in unit.ancestor_keys]
        rows = ZeroConfirmation.objects.filter(self.scope.inside("unit") | Q(unit__in=above))
        self.rows = {
            (row[0], row[1], (row[2], row[3]) == (self.earlier.data_from, self.earlier.cutoff))
            for row in rows.values_list("unit_id", "code", "data_from", "cutoff")
            if row[0] in keys and (row[2], row[3]) in windows
        }

    def covers(self, code, unit, late):
        """Confirmed by the unit itself or, for a hamlet, by a unit above it; before the unit began by all that made it up."""
        parts = self.scope.made_of(unit, self.earlier.cutoff if late else None)
        if parts and all((part, code, late) in self.rows for part in parts):
            return True
        return any((above, code, late) in self.rows for above in self._chain(unit))

    def _chain(self, unit):
        upper = self.scope.roots[0].ancestor_keys if self.scope.roots else ()
        own = self.scope.above(unit) if self.scope.kind(unit) == "hamlet" else (unit,)
        return {*own, *(upper if self.scope.kind(unit) == "hamlet" else ())}
