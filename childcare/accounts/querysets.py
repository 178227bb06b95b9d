"""Questions about officers and appointments."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission, Role, may_grant
from childcare.lib.calendar import today
from childcare.lib.vietnamese import fold


class OfficerQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Officers who hold or held a post at or below the units where he manages accounts; the administrator sees all."""
        if officer.can(Permission.SETTINGS):
            return self
        wanted = Q(pk__in=[])
        for unit in officer.units_for(Permission.ACCOUNT_MANAGE):
            wanted |= Q(appointments__unit__path__startswith=unit.path)
        return self.filter(wanted).distinct()

    def manageable_by(self, officer):
        """Officers whose account he may reset, end and appoint: every post they hold is one he could grant; not himself.

        A link to somebody's account gives everything that account may do, so one post out of reach is enough to refuse.
        """
        appointments = self.model._meta.get_field("appointments").related_model.objects
        out_of_reach = appointments.not_ended(today()).exclude(pk__in=appointments.grantable_by(officer).values("pk"))
        return self.visible_to(officer).exclude(pk=officer.pk).exclude(appointments__in=out_of_reach)

    def named(self, text):
        """Officers whose name or user name holds every word, with or without tones."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(folded_name__contains=word) | Q(username__contains=word))
        return found

    def working(self, day):
        """Active officers with a post on the day."""
        appointments = self.model._meta.get_field("appointments").related_model.objects
        return self.filter(is_active=True, pk__in=appointments.on(day).values("officer"))


class AppointmentQuerySet(models.QuerySet):
    def on(self, day):
        """Appointments that hold on the day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def not_ended(self, day):
        """Appointments that hold on the day or begin later."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def holding(self, permission, grants):
        """Appointments whose role grants the permission."""
        return self.filter(role__in=[role for role, granted in grants.items() if permission in granted])

    def grantable_by(self, officer):
        """Appointments such as `officer` could make and end."""
        wanted = Q(pk__in=[])
        for own in officer.current_appointments:
            if own.role == Role.ADMIN:
                return self
            below = [role for role in Role if may_grant(own.role, role, below=True)]
            beside = [role for role in Role if may_grant(own.role, role, below=False)]
            inside = Q(unit__path__startswith=own.unit.path) & ~Q(unit=own.unit_id)
            wanted |= Q(inside, role__in=below) | Q(unit=own.unit_id, role__in=beside)
        return self.filter(wanted)
