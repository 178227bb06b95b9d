"""Who sees a notice and a hand-over, and who may know who told."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children.querysets import barred_files


def own(officer, permission):
    """Keys of the very units of the officer in which he holds the permission; those below are not meant."""
    return [unit.pk for unit in officer.units_for(permission)]


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Notices that lie with the officer's own unit and wait to be taken in; once taken in the case file decides.

        Never one that may concern himself or his kin.
        """
        barred = self.model.barred.through.objects.filter(officer=officer).values("notice")
        return self.filter(unit__in=own(officer, Permission.NOTICE_TAKE), intake=None).exclude(pk__in=barred)

    def sent_by(self, officer):
        """The officer's own, the latest first; he sees of them when they were received and their number, nothing else."""
        return self.filter(sent_by=officer).order_by("-sent_at", "-pk")


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Hand-overs that wait for the officer's own commune, and those of cases that he may open; never of a barred file."""
        cases = apps.get_model("cases.Case").objects
        barred = Q(case__protected_file__in=barred_files(officer))
        return self.filter(_coming(officer) | Q(case__in=cases.visible_to(officer))).exclude(barred)

    def coming_to(self, officer):
        """Those of them that wait for the officer's own commune to answer."""
        return self.visible_to(officer).filter(_coming(officer))

    def unanswered(self, officer):
        """Those that the officer's own commune sent, or he himself works on, and nobody has answered."""
        mine = Q(case__unit__in=own(officer, Permission.CASE_WORK)) | Q(case__worker=officer)
        seen = apps.get_model("cases.Case").objects.visible_to(officer)
        return self.filter(mine, case__in=seen, answered_at=None)


def _coming(officer):
    """Sent to a commune in which the officer takes reports in, not answered, and not restricted since."""
    return Q(to_unit__in=own(officer, Permission.NOTICE_TAKE), answered_at=None, case__protected_file__restricted=False)
