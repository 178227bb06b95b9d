"""Who sees a declaration, a proposal to lift a restriction, an opening in an emergency."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.children.querysets import barred_files


def _cases():
    return apps.get_model("cases.Case").objects


class DeclaredQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """What the officer declared himself: nobody else's, for nobody."""
        return self.filter(officer=officer)


class LiftQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Proposals about files that the officer's unit holds and he has a say in."""
        return self.filter(case__in=_cases().held_for(officer))

    def waiting(self):
        """Those that nobody has decided."""
        return self.filter(decided_at=None)

    def to_decide_by(self, officer):
        """Those that wait for a second person, and he is one."""
        return self.visible_to(officer).waiting().exclude(proposed_by=officer)


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Openings of files of the officer's teams, those that he was told of, his own; never of a file he is barred from."""
        told = apps.get_model("cases.EmergencyOpening").told.through.objects.filter(officer=officer)
        mine = Q(case__in=_cases().of_team(officer)) | Q(pk__in=told.values("emergencyopening")) | Q(officer=officer)
        return self.filter(mine).exclude(case__protected_file__in=barred_files(officer))

    def to_review_by(self, officer):
        """Those of them that nobody has reviewed and that are not his own."""
        return self.visible_to(officer).filter(reviewed_at=None).exclude(officer=officer)
