"""Who sees which placement, carer, shelter, promise: the protected file decides; without one the commune's trusted people."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from cases.querysets import decides
from childcare.accounts.roles import Permission
from childcare.children.querysets import in_units, open_files, team_files

HERE, WITH_CHILD = ("unit",), ("unit", "child__unit")  # what is about a child is also the business of where the child lives now


def _in(places, units):
    found = Q(pk__in=[])
    for place in places:
        found |= in_units(place, units)
    return found


def _trusted(officer, places=WITH_CHILD):
    """In the units where the officer is trusted with protected facts, what no file covers; and what lies under an open file."""
    plain = Q(protected_file=None) & _in(places, officer.units_for(Permission.PROTECTED_VIEW))
    return plain | Q(protected_file__in=open_files(officer))


def _works(officer, places=WITH_CHILD):
    return _of_team(officer) & _in(places, officer.units_for(Permission.CASE_WORK))


def _of_team(officer):
    """No file, or one on whose team the officer is: an opening in an emergency lets him read, not work."""
    return Q(protected_file=None) | Q(protected_file__in=team_files(officer))


def keeper_units(officer):
    """The very units whose registers the officer keeps: where he works on cases; in a commune he must be trusted too."""
    trusted = {unit.pk for unit in officer.units_for(Permission.PROTECTED_VIEW)}
    units = officer.units_for(Permission.CASE_WORK)
    return [unit for unit in units if unit.pk in trusted or unit.kind in ("district", "province")]


class CarerQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """The register of the officer's commune, and carers of a child whose file is open to him. The only rule for carers."""
        return self.filter(_trusted(officer, HERE))

    def workable_by(self, officer):
        """Those of them that the officer may change."""
        return self.filter(_works(officer, HERE))

    def registered(self):
        """People and families who may take any child; a relative is asked for one child only."""
        return self.exclude(kind="relative")

    def on_register(self):
        """Those of them who stand on the list now: waiting for the conclusion, or found to meet the conditions."""
        return self.registered().filter(state__in=["applied", "accepted"])

    def heard_of(self):
        """With the last day of which something is written about each: `heard_on`."""
        asked = (
            apps.get_model("cases.CarerAnswer").objects.filter(carer=OuterRef("pk")).order_by("-asked_on").values("asked_on")
        )
        days = [Coalesce(day, "applied_on") for day in ("assessed_on", "decided_on", Subquery(asked[:1]))]
        return self.annotate(heard_on=Greatest("applied_on", *days))

    def able(self):
        """Those whom somebody found to meet the conditions."""
        return self.filter(state="accepted")


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Placements whose file is open to the officer, or that no file covers in his commune. The only rule for them."""
        return self.filter(_trusted(officer))

    def workable_by(self, officer):
        """Those of them on which the officer may work: of his units, or of a case that was given to him."""
        return self.filter(_works(officer) | _of_team(officer) & Q(case__worker=officer))

    def decidable_by(self, officer):
        """Those of them on which the officer may work or decide."""
        deciding = decides(officer, lambda units: _in(WITH_CHILD, units))
        return self.filter(_of_team(officer)).filter(_works(officer) | Q(case__worker=officer) | deciding)

    def open(self):
        """Those in which something is still to be done."""
        return self.exclude(state__in=["ended", "cancelled"])

    def caring(self):
        """Those in which the child is in care now."""
        return self.filter(state__in=["caring", "ending"])


class PlacementPartQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Parts of visible placements."""
        return self.filter(placement__in=apps.get_model("cases.Placement").objects.visible_to(officer))


class ShelterQuerySet(models.QuerySet):
    def kept_by(self, officer):
        """Places that the officer keeps."""
        return self.filter(unit__in=[unit.pk for unit in keeper_units(officer)])

    def visible_to(self, officer):
        """Places of the officer's units and of those above them: what he may choose from, without address."""
        units = [*officer.units_for(Permission.CASE_WORK), *officer.units_for(Permission.PROTECTED_VIEW)]
        keys = {int(key) for unit in units for key in unit.path.strip(".").split(".") if key}
        return self.filter(unit__in=keys)

    def addressed_to(self, officer):
        """Those of them whose address the officer may read: their keeper, and the people of a placement there."""
        there = apps.get_model("cases.Placement").objects.visible_to(officer).filter(shelter=OuterRef("pk"))
        kept = self.model.objects.kept_by(officer).values("pk")
        return self.filter(Q(pk__in=kept) | Exists(there))

    def in_use(self):
        """Places that still take children."""
        return self.filter(closed_on=None)


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Promises whose file is open to the officer, or that no file covers in his commune."""
        return self.filter(_trusted(officer))

    def workable_by(self, officer):
        """Those of them that the officer may follow up."""
        return self.filter(_works(officer) | _of_team(officer) & Q(case__worker=officer))

    def standing(self):
        """Rows that were not voided."""
        return self.filter(voided_at=None)
