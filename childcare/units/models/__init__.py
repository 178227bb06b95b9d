"""Places and bodies as dated rows, and the changes from which some end and others begin."""

from childcare.units.models.changes import EndingUnit, NewUnit, UnitChange, UnitMove
from childcare.units.models.units import Dated, DayOverride, Office, Unit, UnitYear

__all__ = ["Dated", "DayOverride", "EndingUnit", "NewUnit", "Office", "Unit", "UnitChange", "UnitMove", "UnitYear"]
