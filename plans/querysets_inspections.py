"""Questions about inspections: who reads them, who writes them, who answers."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission


def _under(field, units):
    wanted = Q(pk__in=[])
    for unit in units:
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
    return wanted


def checking_units(officer):
    """The very units for which the officer may record a check."""
    found = [*officer.units_for(Permission.PLAN_EDIT), *officer.units_for(Permission.REPORT_ACCEPT)]
    return list({unit.pk: unit for unit in found}.values())


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Checks of the officer's units and below, and those that his units made. The only rule for inspections.

        What was found stays with who checks until it is concluded: ask `told_to`.
        """
        units = officer.units_for(Permission.PLAN_VIEW)
        return self.filter(_under("unit", units) | Q(by_unit__in=[unit.pk for unit in units]))

    def told_to(self, officer):
        """Those whose findings and kiến nghị the officer may read: concluded ones, and those that his own units make."""
        return self.visible_to(officer).filter(
            Q(state="concluded") | Q(by_unit__in=[unit.pk for unit in officer.units_for(Permission.PLAN_VIEW)])
        )

    def editable_by(self, officer):
        """Those that the officer's very own units make."""
        return self.filter(by_unit__in=[unit.pk for unit in checking_units(officer)])

    def answerable_by(self, officer):
        """Concluded ones of the officer's very own units."""
        return self.filter(unit__in=[unit.pk for unit in officer.units_for(Permission.PLAN_EDIT)], state="concluded")


class RecommendationQuerySet(models.QuerySet):
    def open_for(self, units):
        """Kiến nghị of concluded checks of exactly these units that are not mended yet, the nearest first."""
        found = self.filter(inspection__unit__in=units, inspection__state="concluded", done_on=None)
        return found.order_by(models.F("due_on").asc(nulls_last=True), "pk")
