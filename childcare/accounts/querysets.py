"""Questions about officers and appointments."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission


class OfficerQuerySet(models.QuerySet):
    def manageable_by(self, officer):
        """Officers of the units at or below those where `officer` manages accounts, never himself. The only rule for accounts."""
        wanted = Q(pk__in=[])
        for unit in officer.units_for(Permission.ACCOUNT_MANAGE):
            wanted |= Q(appointments__unit__path__startswith=unit.path)
        return self.filter(wanted).exclude(pk=officer.pk).distinct()


class AppointmentQuerySet(models.QuerySet):
    def on(self, day):
        """Appointments that hold on the day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def holding(self, permission, grants):
        """Appointments whose role grants the permission."""
        return self.filter(role__in=[role for role, granted in grants.items() if permission in granted])
