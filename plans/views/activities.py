"""Activities: the list with its filters, recording, correcting, voiding."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.units.models import Unit
from plans import listing
from plans.actions import activities as actions
from plans.forms import ActivityFilter, ActivityForm, VoidForm
from plans.models import Activity


def filter_form(request, found):
    """The filter with the years and units that occur."""
    years = [day.year for day in found.dates("held_on", "year", order="DESC")]
    units = Unit.objects.filter(pk__in=found.order_by().values("unit")).order_by("path")[:300]
    return ActivityFilter(request.GET, years=years, units=units)


@require(Permission.PLAN_VIEW)
def activity_list(request):
    """What was done, the newest first."""
    found = Activity.objects.visible_to(request.user).valid()
    form = filter_form(request, found)
    if form.is_valid():
        year, kind, unit = (form.cleaned_data[name] for name in ("year", "kind", "unit"))
        found = found.filter(held_on__year=int(year)) if year else found
        found = found.filter(kind=kind) if kind else found
        found = found.filter(unit__public_id=unit) if unit else found
    rows, pager = listing.paged(request, found.select_related("unit").order_by("-held_on", "-pk"))
    audit.record("activity.listed", by=request.user, shown=[row.public_id for row in rows])
    context = {"form": form, "tags": listing.tags(request, form) if form.is_valid() else [], "rows": rows, "pager": pager}
    return render(request, "plans/activities.html", context)


@require(Permission.PLAN_EDIT)
def activity_add(request):
    """Record one activity."""
    form = ActivityForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        activity = actions.record(by=request.user, **form.facts)
        messages.success(request, f"Đã ghi hoạt động ngày {activity.held_on:%d/%m/%Y}.")
        return redirect("activity-add" if "again" in request.POST else "activity-list")
    return render(request, "plans/activity_form.html", {"form": form})


@require(Permission.PLAN_EDIT)
def activity_edit(request, public_id):
    """Correct an activity: the wrong row is kept, a new one takes its place."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user).select_related("unit"), public_id=public_id)
    form = ActivityForm(request.POST or None, officer=request.user, activity=activity)
    if request.method == "POST" and form.is_valid():
        actions.correct(activity=activity, by=request.user, version=form.cleaned_data["version"], **form.facts)
        messages.success(request, "Đã sửa hoạt động.")
        return redirect("activity-list")
    return render(request, "plans/activity_form.html", {"form": form, "activity": activity})


@require(Permission.PLAN_EDIT)
def activity_void(request, public_id):
    """Hủy: the row stays, no figure counts it any longer."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user).select_related("unit"), public_id=public_id)
    form = VoidForm(request.POST or None, initial={"version": activity.version})
    if request.method == "POST" and form.is_valid():
        actions.void(activity=activity, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy hoạt động.")
        return redirect("activity-list")
    return render(request, "plans/activity_void.html", {"form": form, "activity": activity})
