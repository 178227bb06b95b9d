"""Questions about the evaluations of xã, phường phù hợp với trẻ em."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission

SEEN_ABOVE = ("submitted", "recognised", "refused")


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Of one's own units everything, of those below what they submitted, of those before it what was decided.

        The only rule for evaluations.
        """
        wanted = Q(pk__in=[])
        for unit in officer.units_for(Permission.PLAN_VIEW):
            wanted |= Q(unit=unit) | Q(unit__path__startswith=unit.path, state__in=SEEN_ABOVE) | Q(unit__in=unit.former_keys)
        return self.filter(wanted)

    def editable_by(self, officer):
        """Those of the officer's very own units: a commune scores itself."""
        return self.filter(unit__in=[unit.pk for unit in officer.units_for(Permission.PLAN_EDIT)])

    def decidable_by(self, officer):
        """Those submitted from below the units where the officer takes what lower units send; nobody decides on his own."""
        wanted = Q(pk__in=[])
        for unit in officer.units_for(Permission.REPORT_ACCEPT):
            wanted |= Q(unit__path__startswith=unit.path) & ~Q(unit=unit)
        return self.filter(wanted, state="submitted")

    def decided_between(self, first, last):
        """Those on which a decision was made in the span."""
        return self.filter(decided_on__gte=first, decided_on__lte=last)
