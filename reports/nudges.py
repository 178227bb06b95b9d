"""Đôn đốc by hand: one more message today to the units that have not sent a report, at most once a day each."""

from django.db import transaction
from django.urls import reverse

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.inbox import actions as inbox
from childcare.lib.calendar import days_left_text, show, today
from reports.models import Obligation
from reports.obligations import unsent


@transaction.atomic
def nudge(*, unit, period, by, regime=None):
    """Remind the officers of every unit that owes `unit` the period's report and has not sent it. Returns how many units.

    `regime`: only that report of the period.
    """
    on = today()
    found = Obligation.objects.owed_to(unit).filter(period=period, regime__active=True)
    owed = unsent(found.filter(regime=regime) if regime else found).select_related("unit")
    people, units = holders({row.unit_id for row in owed}, on), 0
    for row in owed.order_by("unit__code"):
        subject = f"{unit.name} đôn đốc: {row.title} hạn {show(row.last_day)} ({days_left_text(row.last_day, on)})"
        url = reverse("report", args=[row.public_id])
        told = [
            inbox.send(officer=person, key=f"nudge:{row.public_id}:{on}", day=on, subject=subject, url=url)[1]
            for person in people.get((row.unit_id, Permission.REPORT_WRITE), [])
        ]
        units += any(told)
    if units:
        audit.record("reminders.nudged", by=by, subject=unit, note=f"{units} đơn vị, kỳ {period}")
    return units
