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

        One that was voided nobody reads. What was found stays with who checks until it is concluded: ask `told_to`.
        """
        units = officer.units_for(Permission.PLAN_VIEW)
        return self.valid().filter(_under("unit", units) | Q(by_unit__in=[unit.pk for unit in units]))

    def valid(self):
        return self.filter(voided_at=None)

    def running(self):
        """Those that wait for their conclusion."""
        return self.valid().filter(state="planned")

    def told_to(self, officer):
        """Those whose findings and kiến nghị the officer may read: concluded ones, and those that his own units make."""
        return self.visible_to(officer).filter(
            Q(state="concluded") | Q(by_unit__in=[unit.pk for unit in officer.units_for(Permission.PLAN_VIEW)])
        )

    def editable_by(self, officer):
        """Those that the officer's very own units make."""
        return self.valid().filter(by_unit__in=[unit.pk for unit in checking_units(officer)])

    def answerable_by(self, officer):
        """Concluded ones of the officer's very own units."""
        own = [unit.pk for unit in officer.units_for(Permission.PLAN_EDIT)]
        return self.valid().filter(unit__in=own, state="concluded")


class RecommendationQuerySet(models.QuerySet):
    def running(self):
        """Kiến nghị of concluded checks that are not mended yet."""
        return self.filter(inspection__state="concluded", inspection__voided_at=None, done_on=None)

    def open_for(self, units):
        """Those that exactly these units have to mend."""
        return self.running().filter(inspection__unit__in=units)
