"""Việc cần làm: requests of units below about their reports that wait for an answer."""

from django.urls import reverse

from childcare.accounts.roles import Permission
from reports.models import ReportRequest


def lines(officer):
    """(title, detail, address, act) of every open request to the officer's units; asked at once, the oldest first."""
    units = [unit.pk for unit in officer.units_for(Permission.REPORT_ACCEPT)]
    if not units:
        return
    rows = ReportRequest.objects.filter(answered_at=None, obligation__to_unit__in=units)
    for row in rows.select_related("obligation__unit").order_by("asked_at", "pk"):
        title = f"{row.obligation.title} của {row.obligation.unit.name}"
        yield title, row.get_kind_display(), reverse("report-requests", args=[row.obligation.public_id]), "Trả lời"
