"""Who sees which case: the protected file decides, and nothing else."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children.querysets import access_in_force, barred_files, in_units, open_files, team_files


def _works(officer):
    return in_units("unit", officer.units_for(Permission.CASE_WORK)) | Q(worker=officer)


def _opened(officer):
    openings = apps.get_model("children.FileAccess").objects.filter(access_in_force(), officer=officer, kind="emergency")
    return Q(protected_file__in=openings.values("file"))


def decides(officer, wanted):
    """The condition that the officer decides: `wanted` of his units, or the very unit that holds the file while restricted."""
    units = officer.units_for(Permission.CASE_DECIDE)
    held = Q(protected_file__restricted=True, protected_file__held_by__in=[unit.pk for unit in units])
    return wanted(units) & ~Q(protected_file__restricted=True) | held


def _decides(officer):
    return decides(officer, lambda units: in_units("unit", units))


class CaseQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Cases whose protected file is open to the officer. The only scoping rule for cases."""
        return self.filter(protected_file__in=open_files(officer))

    def of_team(self, officer):
        """Cases on whose team the officer is; an opening in an emergency makes nobody a member."""
        return self.filter(protected_file__in=team_files(officer))

    def workable_by(self, officer):
        """Those of them that the officer may work on, as one of the team: of his units, or his own."""
        return self.of_team(officer).filter(_works(officer))

    def decidable_by(self, officer):
        """Those of them on which the officer may work or decide: the leader, or the worker who writes down his paper."""
        return self.of_team(officer).filter(_works(officer) | _decides(officer))

    def urgent_for(self, officer):
        """Those of them in which the officer may write down what was done at once: the team, or who opened it so."""
        return self.filter(_works(officer) | _opened(officer))

    def waiting_for(self, officer):
        """Those of them that wait for the officer: to be worked on, or submitted to him."""
        return self.of_team(officer).open().filter(_works(officer) | (_decides(officer) & Q(state="submitted")))

    def to_hand_out(self, officer):
        """Restricted cases that the officer's unit holds and nobody works on yet; given out without opening."""
        mine = [unit.pk for unit in officer.units_for(Permission.CASE_TAKE)]
        held = self.filter(protected_file__restricted=True, protected_file__held_by__in=mine, worker=None, closed_on=None)
        return held.exclude(protected_file__in=barred_files(officer))

    def held_for(self, officer):
        """Restricted cases held by the officer's unit in which he has a say: he gives them out there, or works on them."""
        here = [row.unit_id for row in officer.current_appointments]
        gives = [unit.pk for unit in officer.units_for(Permission.CASE_TAKE)]
        works = Q(protected_file__held_by__in=here, protected_file__in=team_files(officer))
        held = self.filter(protected_file__restricted=True).filter(Q(protected_file__held_by__in=gives) | works)
        return held.exclude(protected_file__in=barred_files(officer))

    def breakable_by(self, officer):
        """Cases that the officer may open in an emergency: of his units; of a restricted one only who stands where it is held.

        Never one from which he is excluded, and none that is open to him already.
        """
        units = [*officer.units_for(Permission.CASE_WORK), *officer.units_for(Permission.PROTECTED_VIEW)]
        units += officer.units_for(Permission.CASE_TAKE)
        plain = Q(protected_file__restricted=False) & in_units("unit", units)
        held = Q(protected_file__restricted=True) & in_units("protected_file__held_by", units)
        found = self.filter(plain | held).exclude(protected_file__in=barred_files(officer))
        return found.exclude(protected_file__in=open_files(officer))

    def open(self):
        """Those in which something is still to be done."""
        return self.filter(closed_on=None)


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """Rows that hold on the day; without a first day "từ trước"."""
        return self.not_ended(day).filter(Q(valid_from=None) | Q(valid_from__lte=day))

    def not_ended(self, day):
        """Rows that hold on the day or will."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


class CasePartQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Parts of visible cases."""
        return self.filter(case__in=apps.get_model("cases.Case").objects.visible_to(officer))
