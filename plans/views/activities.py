"""Activities: the list with its filters and sums, recording, correcting, voiding."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans import activity_lists, campaigns, listing
from plans.actions import activities as actions
from plans.forms import VoidForm
from plans.forms_activities import ActivityFilter, ActivityForm, QuickForm
from plans.models import Activity, Plan


def filter_form(request, found):
    """The filter with the years, units and plans that occur."""
    years = [day.year for day in found.dates("held_on", "year", order="DESC")]
    units = Unit.objects.filter(pk__in=found.order_by().values("unit")).order_by("path")[:300]
    served = Plan.objects.filter(targets__activities__in=found.order_by()).values("pk")
    done = Plan.objects.filter(tasks__activities__in=found.order_by()).values("pk")
    plans = Plan.objects.visible_to(request.user).filter(pk__in=served.union(done)).select_related("unit")
    return ActivityFilter(request.GET, years=years, units=units, plans=plans.order_by("-first_year", "pk")[:100])


@require(Permission.PLAN_VIEW)
def activity_list(request):
    """What was done, the newest first, with the sums of the filter."""
    everything = Activity.objects.visible_to(request.user).valid()
    form = filter_form(request, everything)
    found = form.narrow(everything)
    rows, pager = listing.paged(request, found.select_related("unit").order_by("-held_on", "-pk"))
    audit.record("activity.listed", by=request.user, shown=[row.public_id for row in rows])
    context = {
        "form": form, "tags": listing.tags(request, form) if form.is_valid() else [], "rows": rows, "pager": pager,
        "sums": activity_lists.sums(found), "today": today(), "query": request.GET.urlencode(),
        "campaigns": campaigns_without(request.user),
    }  # fmt: skip
    return render(request, "plans/activities.html", context)


@require(Permission.PLAN_EDIT)
def activity_quick(request):
    """Ghi nhanh: three fields and save, on a phone."""
    form = QuickForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        activity = actions.record(by=request.user, **form.cleaned_data)
        messages.success(request, said(activity))
        return redirect("activity", activity.public_id)
    return render(request, "plans/activity_quick.html", {"form": form})


@require(Permission.PLAN_EDIT)
def activity_add(request):
    """Record one activity with everything that is known."""
    asked = {"kind": request.GET.get("loai", ""), "task": request.GET.get("nhiem-vu", "")}
    return _add(request, None, campaign=campaigns.of_key(request.GET.get("dip", "")), asked=asked)


def campaigns_without(officer):
    """The campaigns to come for which none of the officer's own units has an activity yet, planned or held."""
    found = campaigns.coming(today()) if (units := officer.units_for(Permission.PLAN_EDIT)) else []
    if not found:
        return []
    rows = Activity.objects.valid().filter(unit__in=units, held_on__gte=found[0].first - timedelta(days=60))
    have = set(rows.exclude(occasion="").values_list("occasion", flat=True)) | set(rows.values_list("kind", flat=True))
    return [row for row in found if row.occasion not in have]


@require(Permission.PLAN_EDIT)
def activity_like(request, public_id):
    """Ghi tiếp hoạt động tương tự: kind, words, place and what it serves are those of another; the numbers are new."""
    like = get_object_or_404(Activity.objects.editable_by(request.user).select_related("unit"), public_id=public_id)
    return _add(request, like)


def _add(request, like, **known):
    form = ActivityForm(request.POST or None, officer=request.user, like=like, **known)
    if request.method == "POST" and form.is_valid():
        try:
            activity = actions.record(by=request.user, **form.facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said(activity))
            return redirect("activity-add") if "again" in request.POST else redirect("activity", activity.public_id)
    return render(request, "plans/activity_form.html", {"form": form, "like": like})


def said(activity):
    """What was written, in a sentence."""
    if activity.planned:
        return f"Đã ghi hoạt động dự kiến ngày {activity.days}. Làm xong thì mở ra, ghi kết quả."
    return f"Đã ghi hoạt động ngày {activity.days}."


@require(Permission.PLAN_EDIT)
def activity_edit(request, public_id):
    """Correct an activity: the wrong row is kept, a new one takes its place."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user).select_related("unit"), public_id=public_id)
    form = ActivityForm(request.POST or None, officer=request.user, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.correct(activity=activity, by=request.user, version=form.cleaned_data["version"], **form.facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            held = activity.planned and not new.planned
            messages.success(request, "Đã ghi kết quả hoạt động." if held else "Đã sửa hoạt động.")
            return redirect("activity", new.public_id)
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
