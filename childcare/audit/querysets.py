"""Questions about the log."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q

from childcare.lib.calendar import TZ

# What tells of protected files: only the administrator reads these lines, so that nobody learns that a file exists.
PROTECTED = ("incident.", "protected.", "case.", "notice.")
PROTECTED_SUBJECT = "children.protectedfile"


class EntryQuerySet(models.QuerySet):
    def of_units(self, units):
        """Entries by officers with a post at or below any of the units when they acted, without those of protected files."""
        wanted = Q(pk__in=[])
        for unit in units:
            wanted |= Q(scopes__contains=f";{unit.path}")
        for beginning in PROTECTED:
            wanted &= ~Q(action__startswith=beginning)
        return self.filter(wanted).exclude(subject_type=PROTECTED_SUBJECT)

    def between(self, first, last):
        """Entries of these days in Vietnam, both included; None leaves a side open."""
        found = self
        if first:
            found = found.filter(at__gte=datetime.combine(first, time.min, TZ))
        if last:
            found = found.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, TZ))
        return found
