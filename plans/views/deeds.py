"""One activity on its page: what it serves, its photos; the list of activities on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.downloads import download, download_stored
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from plans import activity_lists, proposing
from plans.actions import activities as actions
from plans.actions import charging, photos
from plans.forms import VoidForm
from plans.forms_activities import ChargeForm, PhotoForm, lines_for, served_by
from plans.models import Activity, ActivityPhoto
from plans.views.activities import filter_form


def _editable(request, public_id):
    rows = Activity.objects.editable_by(request.user).select_related("unit")
    return get_object_or_404(rows, public_id=public_id)


@require(Permission.PLAN_VIEW)
def activity(request, public_id):
    """One activity: numbers, money, photos, the targets and tasks that it serves and those that it may."""
    rows = Activity.objects.visible_to(request.user).valid().select_related("unit", "recorded_by")
    row = get_object_or_404(rows, public_id=public_id)
    may = Activity.objects.editable_by(request.user).contains(row)
    audit.record("activity.viewed", subject=row, by=request.user)
    context = {
        "activity": row, "may": may, "numbers": activity_lists.numbers(row), "moneys": row.moneys.all(),
        "targets": row.targets.select_related("plan"), "tasks": row.tasks.select_related("plan"),
        "photos": row.photos.filter(voided_at=None), "proposals": proposals(request.user, row) if may else [],
        "spent": (spent := row.spendings.filter(voided_at=None).select_related("line__plan").first()),
        "chargeable": bool(may and row.money and not row.planned and not spent and lines_for(request.user, row).exists()),
        "past": row.held_on <= today(), "may_help": request.user.can(Permission.FACT_RECORD),
    }  # fmt: skip
    return render(request, "plans/activity.html", context)


def proposals(officer, row):
    """(name of the box, target or task) that the activity most likely serves and is not tied to."""
    targets, tasks = served_by(officer, row.held_on.year)
    tied = {str(each.public_id) for each in (*row.targets.all(), *row.tasks.all())}
    found = []
    for name, rows, code in (("target", targets, proposing.indicator_of), ("task", tasks, lambda each: "")):
        likely = proposing.likely(rows.values(), kind=row.kind, title=row.title, code=code)
        found += [(name, rows[key]) for key in likely if key not in tied]
    return found


@require(Permission.PLAN_EDIT)
def activity_serve(request, public_id):
    """Tie the activity to a proposed target or task."""
    row = _editable(request, public_id)
    if request.method != "POST":
        raise Http404
    targets, tasks = served_by(request.user, row.held_on.year)
    chosen = [targets[key] for key in request.POST.getlist("target") if key in targets]
    work = [tasks[key] for key in request.POST.getlist("task") if key in tasks]
    if chosen or work:
        actions.serve(activity=row, by=request.user, targets=chosen, tasks=work)
        messages.success(request, "Đã gắn với kế hoạch.")
    return redirect("activity", row.public_id)


@require(Permission.PLAN_EDIT)
def activity_charge(request, public_id):
    """Write what the activity cost to a line of the plan's money."""
    row = _editable(request, public_id)
    form = ChargeForm(request.POST or None, officer=request.user, activity=row)
    if request.method == "POST" and form.is_valid():
        try:
            charging.charge(activity=row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi vào kinh phí của kế hoạch.")
            return redirect("activity", row.public_id)
    return render(request, "plans/activity_charge.html", {"form": form, "activity": row})


@require(Permission.PLAN_EDIT)
def photo_add(request, public_id):
    """A photo of the activity."""
    row = _editable(request, public_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("once", "caption")}
        photos.keep(by=request.user, activity=row, **form.cleaned_data["file"], **values)
        messages.success(request, "Đã lưu ảnh.")
        return redirect("activity", row.public_id)
    return render(request, "plans/activity_photo.html", {"form": form, "activity": row})


def _photos(officer):
    rows = ActivityPhoto.objects.filter(voided_at=None, activity__voided_at=None)
    return rows.filter(activity__in=Activity.objects.visible_to(officer)).select_related("activity__unit", "file")


@require(Permission.PLAN_VIEW)
def photo(request, public_id):
    """The photo as a file, through the check of its activity."""
    row = get_object_or_404(_photos(request.user), public_id=public_id)
    audit.record("activity.photo_opened", subject=row.activity, by=request.user, shown=[row.public_id])
    return download_stored(row.file)


@require(Permission.PLAN_EDIT)
def photo_void(request, public_id):
    """A photo that should not be there."""
    mine = Activity.objects.editable_by(request.user)
    row = get_object_or_404(_photos(request.user).filter(activity__in=mine), public_id=public_id)
    form = VoidForm(request.POST or None, initial={"version": 1})
    if request.method == "POST" and form.is_valid():
        photos.void(photo=row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã hủy ảnh; không ai mở được nữa.")
        return redirect("activity", row.activity.public_id)
    return render(request, "plans/activity_photo_void.html", {"form": form, "photo": row, "activity": row.activity})


@require(Permission.PLAN_VIEW)
def activities_file(request, ending):
    """Danh sách hoạt động of the filter as PDF, Word or Excel."""
    if ending not in activity_lists.RENDER:
        raise Http404
    everything = Activity.objects.visible_to(request.user).valid()
    form = filter_form(request, everything)
    rows = activity_lists.ready(form.narrow(everything))
    unit = request.user.units_for(Permission.PLAN_VIEW)[0]
    entry = audit.record("activity.printed", subject=unit, by=request.user, shown=[row.public_id for row in rows])
    document = activity_lists.document(unit, rows, activity_lists.asked(form), officer=request.user, copy=entry.copy_number)
    name = f"Danh sách hoạt động {unit.name} {today():%d-%m-%Y}.{ending}"
    return download(activity_lists.RENDER[ending](document), name=name)
