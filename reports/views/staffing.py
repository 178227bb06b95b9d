"""The page "Nhân lực và tổ chức" of a unit, and of what lies below a district or province."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.units.models import Unit
from plans.workplaces import own_unit
from reports import staffing

P = Permission


@require(P.PLAN_VIEW)
def own(request):
    """The page of the officer's own unit."""
    unit = own_unit(request.user, P.PLAN_EDIT) or own_unit(request.user)
    return redirect("staffing", unit.public_id)


@require(P.PLAN_VIEW)
def unit(request, public_id):
    """What is there and what is missing; above communes one line for each of them."""
    row = get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), public_id=public_id)
    if not request.user.can_in(P.PLAN_VIEW, row):
        raise Http404
    on = row.as_of(today())
    context = {"unit": row, "on": on, "may_edit": request.user.can_in(P.PLAN_EDIT, row)}
    if row.kind in ("district", "province"):
        context["columns"], context["rows"], context["sum"] = staffing.table_of(row, on)
        return render(request, "staff/below.html", context)
    context |= {"parts": staffing.parts_of(row, on), "accounts": staffing.accounts_missing(row, on)}
    return render(request, "staff/home.html", context)
