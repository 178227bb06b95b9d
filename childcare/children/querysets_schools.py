"""Questions about pupils, enrolments, lists taken in: what a school sees is what it brought, and nothing of the registry."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children.querysets import ResidenceQuerySet, in_units


class PupilQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Pupils of the officer's own school; for a commune those it is asked about and those who are its children.

        The only scoping rule for pupils. It never opens a Child: a school sees its own rows and whether they were matched.
        """
        children = apps.get_model("children.Child").objects.visible_to(officer)
        asked = in_units("asked", officer.units_for(Permission.CHILD_EDIT))
        return self.filter(in_units("unit", officer.units_for(Permission.PUPIL_MANAGE)) | asked | Q(child__in=children))

    def kept_by(self, officer):
        """Pupils of the schools whose list the officer keeps."""
        return self.filter(in_units("unit", officer.units_for(Permission.PUPIL_MANAGE)))

    def asked_of(self, officer):
        """Pupils about whom the officer's commune has to say which child they are."""
        return self.filter(in_units("asked", officer.units_for(Permission.CHILD_EDIT)), child=None)

    def to_direct_by(self, officer):
        """Pupils of schools that lie in no commune, so that nobody knows which one to ask: the unit above says it."""
        above = [unit for unit in officer.units_for(Permission.CHILD_MERGE) if unit.kind in ("district", "province")]
        return self.filter(in_units("asked", above), child=None).exclude(asked__kind__in=["commune", "hamlet"])


class EnrolmentQuerySet(ResidenceQuerySet):
    def visible_to(self, officer):
        """As visible as the pupil."""
        return self.filter(pupil__in=apps.get_model("children.Pupil").objects.visible_to(officer))

    def open(self):
        """Rows that still hold."""
        return self.filter(voided_at=None, ended_on=None)


class ListQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Lists of pupils of the schools that the officer keeps, and exports of the ministry for his communes."""
        pupils = Q(kind="pupils") & in_units("unit", officer.units_for(Permission.PUPIL_MANAGE))
        return self.filter(pupils | Q(kind="ministry") & in_units("unit", officer.units_for(Permission.CHILD_IMPORT)))


class DifferenceQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Differences about visible children."""
        return self.filter(child__in=apps.get_model("children.Child").objects.visible_to(officer))

    def open(self):
        """Those about which nobody has decided."""
        return self.filter(decision="")
