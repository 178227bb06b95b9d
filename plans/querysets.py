"""Questions about plans and activities."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission

HANDED_DOWN = "giao"  # the source of a plan whose targets were handed down


def _seen(field, officer):
    """Rows at, below or above the officer's units, and of the units that these followed.

    A ward reads the plan of its district, a district those of its wards, a ward of today those of the wards it was made of.
    """
    wanted = Q(pk__in=[])
    for unit in officer.units_for(Permission.PLAN_VIEW):
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
        wanted |= Q(**{f"{field}__in": [*unit.ancestor_keys, *unit.former_keys]})
    return wanted


def below(field, officer, permission=Permission.PLAN_EDIT):
    """Rows at and below the units where the officer holds the permission."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(permission):
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
    return wanted


class PlanQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Plans of the officer's units, of those below, above and before them. The only rule for plans."""
        return self.filter(_seen("unit", officer))

    def of_year(self, year):
        return self.filter(first_year__lte=year, last_year__gte=year)

    def in_force(self):
        """Plans that were issued, and those whose targets the unit above handed down, whatever became of their text."""
        return self.filter(Q(state="issued") | Q(seed=HANDED_DOWN))

    def editable_by(self, officer):
        """Plans of the units where the officer may edit plans, and below."""
        return self.filter(below("unit", officer))


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Activities of the officer's units and below. The only rule for activities."""
        return self.filter(below("unit", officer, Permission.PLAN_VIEW))

    def editable_by(self, officer):
        """Activities that the officer may correct or void."""
        return self.filter(below("unit", officer), voided_at=None)

    def valid(self):
        return self.filter(voided_at=None)
