"""What became of an incident: write it down, void a wrong line."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import outcomes
from childcare.children.forms.base import VoidForm
from childcare.children.forms.outcomes import OutcomeForm
from childcare.children.models import Incident, IncidentOutcome
from childcare.children.querysets import in_units
from childcare.children.views.common import form_page


def _incidents(request):
    mine = in_units("unit", request.user.units_for(Permission.FACT_RECORD))
    return Incident.objects.visible_to(request.user).valid().filter(mine)


@require(Permission.FACT_RECORD)
def outcome_add(request, public_id):
    """One more result of an incident."""
    incident = get_object_or_404(_incidents(request), public_id=public_id)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcomes.record(by=request.user, incident=incident, **form.cleaned_data)
        messages.success(request, "Đã ghi kết quả xử lý.")
        return redirect("incident", public_id)
    return form_page(request, form, heading="Ghi kết quả xử lý vụ việc", back=reverse("incident", args=[public_id]))


@require(Permission.FACT_RECORD)
def outcome_void(request, public_id):
    """A result that should not have been written."""
    rows = IncidentOutcome.objects.filter(incident__in=_incidents(request), voided_at=None)
    row = get_object_or_404(rows.select_related("incident"), public_id=public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    back = reverse("incident", args=[row.incident.public_id])
    if request.method == "POST" and form.is_valid():
        outcomes.void(outcome=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy kết quả ghi nhầm; lịch sử vẫn giữ.")
        return redirect(back)
    return form_page(request, form, heading="Hủy kết quả ghi nhầm", back=back, submit="Hủy kết quả", danger=True)
