"""Who sees a notice and a hand-over, and who may know who told."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission


def own(officer, permission):
    """Keys of the very units of the officer in which he holds the permission; those below are not meant."""
    return [unit.pk for unit in officer.units_for(permission)]


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Notices that lie with the officer's own unit and wait to be taken in; once taken in the case file decides."""
        return self.filter(unit__in=own(officer, Permission.NOTICE_TAKE), intake=None)

    def sent_by(self, officer):
        """The officer's own, the latest first; he sees of them when they were received and their number, nothing else."""
        return self.filter(sent_by=officer).order_by("-sent_at", "-pk")


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Hand-overs of cases that the officer may open."""
        return self.filter(case__in=apps.get_model("cases.Case").objects.visible_to(officer))

    def coming_to(self, officer):
        """Those of them that wait for the officer's own commune to answer."""
        return self.visible_to(officer).filter(to_unit__in=own(officer, Permission.CASE_WORK), answered_at=None)

    def unanswered(self, officer):
        """Those that the officer's own commune sent and nobody has answered."""
        mine = Q(case__unit__in=own(officer, Permission.CASE_WORK)) | Q(case__worker=officer)
        return self.visible_to(officer).filter(mine, answered_at=None)
