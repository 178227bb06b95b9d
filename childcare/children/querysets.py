"""Questions about the registry, and the one rule of scope for each noun."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.lib.calendar import birth_after_for_age, today


def in_units(field, units):
    """The condition that the unit behind `field` lies in or below any of the units; false for no unit."""
    wanted = Q(pk__in=[])
    for unit in units:
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
    return wanted


def access_in_force():
    """The condition that a right to a protected file, or its denial, holds now."""
    now = timezone.now()
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def barred_files(officer):
    """Keys of the protected files from which the officer is excluded now."""
    access = apps.get_model("children.FileAccess").objects
    return access.filter(access_in_force(), officer=officer, kind="excluded").values("file")


def open_files(officer):
    """Protected files whose facts the officer may see now: on the team (himself or through his unit), or opened by him in an
    emergency, and not excluded.

    A restricted file is open through no unit but the one that holds the restriction; without an appointment none is open.
    """
    return _files(officer, ["team", "emergency"])


def team_files(officer):
    """Those of them on whose team he is: an opening in an emergency does not count."""
    return _files(officer, ["team"])


def _files(officer, kinds):
    files, access = apps.get_model("children.ProtectedFile").objects, apps.get_model("children.FileAccess").objects
    if not officer.current_appointments:
        return files.none()
    holds = access_in_force()
    holder = Q(file__restricted=False) | Q(unit=F("file__held_by"))
    through_unit = in_units("unit", officer.units_for(Permission.PROTECTED_VIEW)) & holder
    mine = access.filter(holds, Q(officer=officer) | through_unit, file=OuterRef("pk"), kind__in=kinds)
    barred = barred_files(officer).filter(file=OuterRef("pk"))
    return files.filter(Exists(mine), ~Exists(barred))


class ChildQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Children whose present unit lies where the officer may view children. The only scoping rule for children."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_VIEW)))

    def editable_by(self, officer):
        """Those of them that the officer may change."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_EDIT)))

    def recordable_by(self, officer):
        """Those about whom the officer may record facts."""
        return self.filter(in_units("unit", officer.units_for(Permission.FACT_RECORD)))

    def exportable_by(self, officer):
        """Those of them whom the officer may print or export; children whose data rest are left out."""
        return self._of_exports(officer).exclude(self.at_rest())

    def kept_back(self, officer):
        """Those of them whom a list that goes out leaves out: the processing of their data is restricted."""
        return self._of_exports(officer).filter(self.at_rest())

    def _of_exports(self, officer):
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_EXPORT)))

    @staticmethod
    def at_rest(on=None):
        """The condition that the processing of a child's data is restricted at the end of the day (default today)."""
        rows = apps.get_model("children.ProcessingRestriction").objects.in_force(on or today())
        return Exists(rows.filter(child=OuterRef("pk")))

    def consenting(self, purpose, on=None):
        """Children for whom a complete consent to the purpose holds on the day.

        A representative, a proof, from seven years the child itself (Luật 91/2025/QH15 Điều 24.2); an unknown birth
        date counts as seven years or more.
        """
        on = on or today()
        rows = apps.get_model("children.Consent").objects.in_force(on).filter(purpose=purpose, complete=True)
        return self.filter(Exists(rows.filter(child=OuterRef("pk")))).exclude(self.at_rest(on))

    def residing(self):
        """Children with an open residence."""
        return self.filter(residing=True)

    def under_age(self, years, on=None):
        """Younger than so many years on the day (default today); an unknown birth date is not counted."""
        return self.filter(birth_latest__gt=birth_after_for_age(years, on or today()))

    def from_age(self, years, on=None):
        """At least so many years old on the day; an unknown birth date is not counted."""
        return self.filter(birth_latest__lte=birth_after_for_age(years, on or today()))

    def number_missing(self):
        """Without an identity number."""
        return self.filter(identity_number=None)

    def number_bad(self):
        """With a number that has not the legal form."""
        return self.filter(identity_number__isnull=False, identity_valid=False)

    def basic_missing(self):
        """Name, full birth date, sex, ethnic group or every carer unknown (the third defect class of the cleaning of 2022)."""
        carers = apps.get_model("children.Caregiver").objects.filter(child=OuterRef("pk"), voided_at=None)
        alone = Q(mother_name="", father_name="") & ~Exists(carers)
        return self.filter(Q(full_name="") | ~Q(birth_precision="day") | Q(sex="") | Q(ethnic="") | alone)

    def to_check(self):
        """Children with anything to complete or to check."""
        return self.filter(Q(identity_valid=False) | Q(pk__in=self.model.objects.basic_missing().values("pk")))


class ChildManager(models.Manager.from_queryset(ChildQuerySet)):
    """Children of the registry. A removed row (merged away, or of an import that was undone) is none of them: it is left out
    here, once for every list, search, count, export and import; `Child.with_removed` finds it for histories and undoing.
    """

    def get_queryset(self):
        """All rows but the removed ones."""
        return super().get_queryset().filter(removed_at=None)


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Households of the units where the officer may view children. The only scoping rule for households."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_VIEW)))

    def editable_by(self, officer):
        """Those of them that the officer may change."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_EDIT)))

    def recordable_by(self, officer):
        """Those about whom the officer may record facts."""
        return self.filter(in_units("unit", officer.units_for(Permission.FACT_RECORD)))


class ResidenceQuerySet(models.QuerySet):
    def valid(self, known_at=None):
        """Rows not voided, as known now or as known at a moment."""
        if known_at is None:
            return self.filter(voided_at=None)
        return self.filter(Q(voided_at=None) | Q(voided_at__gt=known_at), recorded_at__lte=known_at)

    def at_end_of(self, day):
        """Residences that hold at the end of the day: moved out on the day = no longer, moved in on it = already."""
        return self.filter(Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day))

    def visible_to(self, officer):
        """Residences of visible children whose protected file, if any, is open to the officer."""
        children = apps.get_model("children.Child").objects.visible_to(officer)
        return self.filter(Q(protected_file=None, child__in=children) | Q(protected_file__in=open_files(officer)))


class MembershipQuerySet(ResidenceQuerySet):
    def visible_to(self, officer):
        """Who lives in which household: as visible as the child."""
        return self.filter(child__in=apps.get_model("children.Child").objects.visible_to(officer))


class PovertyQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Classes of visible households."""
        return self.filter(household__in=apps.get_model("children.Household").objects.visible_to(officer))

    def valid(self):
        """Rows not voided."""
        return self.filter(voided_at=None)


class FactQuerySet(ResidenceQuerySet):
    def visible_to(self, officer):
        """Facts of visible children and households that no protected file covers, and those whose file is open to him."""
        children = apps.get_model("children.Child").objects.visible_to(officer)
        households = apps.get_model("children.Household").objects.visible_to(officer)
        plain = Q(protected_file=None) & (Q(child__in=children) | Q(household__in=households))
        return self.filter(plain | Q(protected_file__in=open_files(officer)))

    def uncovered(self, officer):
        """Facts that no protected file covers, or whose file is open to the officer.

        Only beneath children and households already found visible: it asks for the file and not for the place.
        """
        return self.filter(Q(protected_file=None) | Q(protected_file__in=open_files(officer)))

    def open(self):
        """Rows that still hold."""
        return self.filter(voided_at=None, ended_on=None)


class IncidentQuerySet(models.QuerySet):
    def valid(self, known_at=None):
        """Rows not voided, as known now or as known at a moment."""
        if known_at is None:
            return self.filter(voided_at=None)
        return self.filter(Q(voided_at=None) | Q(voided_at__gt=known_at), recorded_at__lte=known_at)

    def visible_to(self, officer):
        """Incidents of the officer's units that no protected file covers, and those whose file is open to him."""
        plain = Q(protected_file=None) & in_units("unit", officer.units_for(Permission.CHILD_VIEW))
        return self.filter(plain | Q(protected_file__in=open_files(officer)))


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Results of visible incidents."""
        return self.filter(incident__in=apps.get_model("children.Incident").objects.visible_to(officer))

    def valid(self, known_at=None):
        """Rows not voided, as known now or as known at a moment."""
        if known_at is None:
            return self.filter(voided_at=None)
        return self.filter(Q(voided_at=None) | Q(voided_at__gt=known_at), recorded_at__lte=known_at)


class ChildPaperQuerySet(ResidenceQuerySet):
    def visible_to(self, officer):
        """Consents and restrictions: as visible as the child."""
        return self.filter(child__in=apps.get_model("children.Child").objects.visible_to(officer))

    def in_force(self, on):
        """Rows not voided that hold at the end of the day."""
        return self.filter(voided_at=None).at_end_of(on)


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Requests received by the units where the officer is trusted with protected files. The only scoping rule for them."""
        return self.filter(in_units("unit", officer.units_for(Permission.PROTECTED_VIEW)))

    def open(self):
        """Those on which something is still owed."""
        return self.filter(state__in=["open", "answered"])


class TransferQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Transfers from and to the units where the officer may view children. Whom he sees the child itself decides."""
        units = officer.units_for(Permission.CHILD_VIEW)
        return self.filter(in_units("from_unit", units) | in_units("to_unit", units) | self.lying_in(units))

    def into(self, units):
        """Those that go to one of the units or below it, or wait where such a unit stands now."""
        return self.filter(in_units("to_unit", units) | self.lying_in(units))

    @staticmethod
    def lying_in(units):
        """The condition that a transfer waits in one of the units: where the child is now, should its commune have changed."""
        return Q(state="waiting") & in_units("child__unit", units)

    def out_of(self, units):
        """Those that come from one of the units or from below it."""
        return self.filter(in_units("from_unit", units))

    def waiting(self):
        """Those that nobody has answered."""
        return self.filter(state="waiting")


class AskQuerySet(models.QuerySet):
    def asked_in(self, officer):
        """Questions of the communes where the officer may change children."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_EDIT)))

    def to_answer_by(self, officer):
        """Open questions about children that the officer may change: only the commune of the child sees whom it is about."""
        children = apps.get_model("children.Child").objects.visible_to(officer).editable_by(officer)
        return self.filter(state="open", child__in=children)
