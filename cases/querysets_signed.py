"""Who sees which signed decision: whoever sees the case or the placement that it belongs to."""

from django.apps import apps
from django.db import models
from django.db.models import Q


class SignedQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Decisions of visible cases and placements."""
        cases, placements = (apps.get_model(f"cases.{name}").objects.visible_to(officer) for name in ("Case", "Placement"))
        return self.filter(Q(case__in=cases) | Q(case=None, placement__in=placements))

    def in_force(self):
        """Those that no correction replaced."""
        return self.filter(voided_at=None)
