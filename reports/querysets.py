"""Questions about obligations, submissions and manual figures."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission


def below(field, officer, permission):
    """The condition that the unit behind `field` lies in or below the units where the officer holds the permission."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(permission):
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
    return wanted


def former(officer, permission):
    """Keys of the units that the officer's units followed: he reads what they left, and changes nothing in it."""
    return [key for unit in officer.units_for(permission) for key in unit.former_keys]


class RegimeQuerySet(models.QuerySet):
    def dated(self):
        """Those in use whose reports have a day in every period: the duty to issue a plan is none of them."""
        yearly = Q(due_month__isnull=False, due_day__isnull=False, every__in=("half", "nine", "year", "campaign"))
        short = Q(due_day__isnull=False, every__in=("month", "quarter"))
        return self.filter(yearly | short, active=True).exclude(report_kind="PLAN")

    def after_events(self):
        """Those in use that ask for a report so many days after an event."""
        return self.filter(every="event", active=True, due_day__isnull=False)


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """What the officer's units, those below them and those that they followed owe. The only rule for obligations."""
        mine = below("unit", officer, Permission.REPORT_VIEW)
        return self.filter(mine | Q(unit__in=former(officer, Permission.REPORT_VIEW)))

    def of(self, officer, permission):
        """Those of them that the officer's own units owe, where he holds the permission: nobody writes for a unit below."""
        return self.filter(unit__in=[unit.pk for unit in officer.units_for(permission)])

    def answered_by(self, officer, permission):
        """Those of them that are owed to the officer's own units, where he holds the permission."""
        return self.filter(to_unit__in=[unit.pk for unit in officer.units_for(permission)])

    def owed_to(self, unit):
        """What is owed to the unit."""
        return self.filter(to_unit=unit)

    def with_current(self):
        """Each with the state of its current version as `current_state` (None: nothing begun)."""
        return self.annotate(
            current_state=models.Subquery(
                self.model._meta.get_field("submissions").related_model.objects.filter(
                    obligation=models.OuterRef("pk"), current=True
                ).values("state")[:1]
            )
        )  # fmt: skip


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Versions of visible obligations; of a unit below only what it sent, of one's own and those before it everything.

        A draft that its unit shows is read besides by the unit that takes the report, and by no other.
        Everything to those who write, sign or send there: a Đoàn kiểm tra in a commune reads no draft. The only rule.
        """
        taking_part = (Permission.REPORT_WRITE, Permission.REPORT_SIGN, Permission.REPORT_SEND)
        units = {unit.pk for permission in taking_part for unit in officer.units_for(permission)}
        before = {key for permission in taking_part for key in former(officer, permission)}
        own = Q(obligation__unit__in=units | before)
        sent = Q(sent_at__isnull=False) | Q(on_behalf=True)
        takes = [unit.pk for unit in officer.units_for(Permission.REPORT_ACCEPT)]
        shown = Q(obligation__to_unit__in=takes, shown_at__isnull=False, current=True)
        return self.filter(own | shown | (below("obligation__unit", officer, Permission.REPORT_VIEW) & sent))

    def current(self):
        return self.filter(current=True)


class ManualFigureQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Figures of the officer's units and below. The only rule for manual figures."""
        return self.filter(below("unit", officer, Permission.FIGURE_VIEW))

    def valid(self):
        return self.filter(voided_at=None)
