"""Which unit above takes a report."""

from childcare.units.models import Unit
from reports.models import Regime

TAKING = ("commune", "district", "province")


def receiver(unit, regime):
    """The unit above that takes the report; None when there is none of that level."""
    return receivers([unit], regime).get(unit.pk)


def receivers(units, regime):
    """Key of a unit → the unit above it that takes the report; one question, whatever the number of units."""
    return Receivers().of(units, regime)


class Receivers:
    """The units that take reports, each read once."""

    def __init__(self):
        self.known = {}

    def of(self, units, regime):
        """Key of a unit → the nearest unit above it of the regime's level; units without one are not in it."""
        above = {key for unit in units for key in unit.ancestor_keys[:-1]} - set(self.known)
        if above:
            self.known |= dict.fromkeys(above) | Unit.objects.filter(pk__in=above, kind__in=TAKING).in_bulk()
        wanted = TAKING if regime.to_kind == Regime.ABOVE else (regime.to_kind,)
        found = {}
        for unit in units:
            ranks = [self.known[key] for key in reversed(unit.ancestor_keys[:-1]) if self.known[key]]
            taker = next((row for row in ranks if row.kind in wanted), None)
            if taker:
                found[unit.pk] = taker
        return found
