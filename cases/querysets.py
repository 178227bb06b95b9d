"""Who sees which case: the protected file decides, and nothing else."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children.querysets import barred_files, in_units, open_files


def _works(officer):
    return in_units("unit", officer.units_for(Permission.CASE_WORK)) | Q(worker=officer)


def _decides(officer):
    return in_units("unit", officer.units_for(Permission.CASE_DECIDE))


class CaseQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Cases whose protected file is open to the officer. The only scoping rule for cases."""
        return self.filter(protected_file__in=open_files(officer))

    def workable_by(self, officer):
        """Those of them that the officer may work on: of his units, or his own."""
        return self.filter(_works(officer))

    def decidable_by(self, officer):
        """Those of them on which the officer may work or decide: the leader, or the worker who writes down his paper."""
        return self.filter(_works(officer) | _decides(officer))

    def waiting_for(self, officer):
        """Those of them that wait for the officer: to be worked on, or submitted to him."""
        return self.open().filter(_works(officer) | (_decides(officer) & Q(state="submitted")))

    def to_hand_out(self, officer):
        """Restricted cases that the officer's unit holds and nobody works on yet; given out without opening."""
        mine = [unit.pk for unit in officer.units_for(Permission.CASE_TAKE)]
        held = self.filter(protected_file__restricted=True, protected_file__held_by__in=mine, worker=None, closed_on=None)
        return held.exclude(protected_file__in=barred_files(officer))

    def open(self):
        """Those in which something is still to be done."""
        return self.filter(closed_on=None)


class CasePartQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Parts of visible cases."""
        return self.filter(case__in=apps.get_model("cases.Case").objects.visible_to(officer))
