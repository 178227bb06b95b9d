"""Questions about plans and activities."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission


def _seen(field, officer):
    """Rows at, below or above the officer's units: a ward reads the plan of its district, a district those of its wards."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(Permission.PLAN_VIEW):
        wanted |= Q(**{f"{field}__path__startswith": unit.path}) | Q(**{f"{field}__in": unit.ancestor_keys})
    return wanted


class PlanQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Plans of the officer's units, of the units below them and of the units above them. The only rule for plans."""
        return self.filter(_seen("unit", officer))

    def of_year(self, year):
        return self.filter(first_year__lte=year, last_year__gte=year)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Activities of the officer's units and below. The only rule for activities."""
        wanted = Q(pk__in=[])
        for unit in officer.units_for(Permission.PLAN_VIEW):
            wanted |= Q(unit__path__startswith=unit.path)
        return self.filter(wanted)

    def valid(self):
        return self.filter(voided_at=None)
