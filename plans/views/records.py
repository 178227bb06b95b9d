"""Places and works for children, safe homes by hamlet, hamlets at high risk, the criteria of a safe home."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.models import Household
from childcare.documents.downloads import download
from childcare.lib.calendar import today
from plans import forms_records as forms
from plans import listing, record_lists
from plans.actions import records as actions
from plans.forms import VoidForm
from plans.forms_staff import LastDayForm
from plans.models import ChildPlace, RiskArea, SafeHome, SafeHomeCriterion
from plans.views.attempting import done
from plans.views.staff import RENDER, editable_unit, unit_of

P = Permission
MODELS = {"cong-trinh": ChildPlace, "nguy-co": RiskArea, "nha-an-toan": SafeHome}
BACK = {ChildPlace: "place-list", RiskArea: "risk-list", SafeHome: "home-list"}


def _once(request):
    return uuid_or_blank(request.POST.get("once")) or None


def _new(request, unit, form, action, heading, back):
    """Every form that adds one record of a unit."""
    if request.method == "POST" and form.is_valid() and done(form, action, by=request.user, once=_once(request), **form.facts):
        messages.success(request, "Đã ghi.")
        return redirect(back, unit.public_id)
    context = {"unit": unit, "form": form, "heading": heading, "once": request.POST.get("once") or uuid.uuid4()}
    return render(request, "staff/unit_form.html", context)


@require(P.PLAN_VIEW)
def place_list(request, public_id):
    """Places and works of the unit and below, in the state of the day."""
    unit = unit_of(request, public_id)
    on = unit.as_of(today())
    rows, pager = listing.paged(request, record_lists.places_of(unit, request.user, on))
    context = {"unit": unit, "rows": rows, "pager": pager, "on": on, "may_edit": request.user.can_in(P.PLAN_EDIT, unit)}
    return render(request, "staff/places.html", context)


@require(P.PLAN_VIEW)
def place_file(request, public_id, ending):
    """The same list to print or as a workbook."""
    unit = unit_of(request, public_id)
    if ending not in RENDER:
        raise Http404
    on = unit.as_of(today())
    audit.record("place.printed", by=request.user, subject=unit, note=ending)
    made = record_lists.document(unit, list(record_lists.places_of(unit, request.user, on)), on=on, officer=request.user)
    return download(RENDER[ending](made), name=f"Cong trinh cho tre em {unit.name}.{ending}")


@require(P.PLAN_EDIT)
def place_add(request, public_id):
    """One more place or work."""
    unit = editable_unit(request, public_id)
    form = forms.PlaceForm(request.POST or None, unit=unit, initial={"kind": request.GET.get("loai", "play")})
    return _new(request, unit, form, actions.add_place, "Thêm điểm vui chơi, công trình", "place-list")


@require(P.PLAN_EDIT)
def place_state(request, public_id):
    """Another state from a day on."""
    row = get_object_or_404(ChildPlace.objects.editable_by(request.user).select_related("unit__parent"), public_id=public_id)
    form = forms.StateForm(request.POST or None, initial={"version": row.version, "state": row.state})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.change_place, place=row, by=request.user, **form.cleaned_data):
            messages.success(request, "Đã ghi tình trạng mới.")
            return redirect("place-list", record_lists.home_of(row.unit, request.user).public_id)
    return _about(request, row, form, f"Đổi tình trạng: {row.name}")


def _about(request, row, form, heading, **more):
    context = {"row": row, "form": form, "heading": heading, "back": BACK[type(row)], **more}
    context["unit"] = record_lists.home_of(row.unit, request.user)
    return render(request, "staff/record_form.html", context)


def _record(request, what, public_id):
    if what not in MODELS:
        raise Http404
    return get_object_or_404(MODELS[what].objects.editable_by(request.user).select_related("unit__parent"), public_id=public_id)


@require(P.PLAN_EDIT)
def record_end(request, what, public_id):
    """A place is there no more; a hamlet is no longer at high risk."""
    row = _record(request, what, public_id)
    if isinstance(row, SafeHome):
        raise Http404
    form = LastDayForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.end, row=row, by=request.user, version=form.cleaned_data["version"], on=form.on):
            messages.success(request, "Đã ghi ngày kết thúc.")
            return redirect(BACK[type(row)], record_lists.home_of(row.unit, request.user).public_id)
    return _about(request, row, form, "Ghi ngày kết thúc")


@require(P.PLAN_EDIT)
def record_void(request, what, public_id):
    """A record that was written by mistake."""
    row = _record(request, what, public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid() and done(form, actions.void, row=row, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã hủy dòng ghi nhầm.")
        return redirect(BACK[type(row)], record_lists.home_of(row.unit, request.user).public_id)
    return _about(request, row, form, "Hủy dòng ghi nhầm", danger=True, submit="Hủy dòng này")


@require(P.PLAN_VIEW)
def home_list(request, public_id):
    """Ngôi nhà an toàn: each hamlet with how many houses were examined and meet the criteria; above communes each commune."""
    unit = unit_of(request, public_id)
    on = unit.as_of(today())
    lines = record_lists.homes_by_place(unit, on)
    context = {
        "unit": unit,
        "on": on,
        "lines": lines,
        "may_edit": request.user.can_in(P.PLAN_EDIT, unit) and unit.kind == "commune",
    }
    return render(request, "staff/homes.html", context)


@require(P.PLAN_EDIT)
def home_examine(request, public_id):
    """The households of a hamlet, each ticked as meeting the criteria or not."""
    hamlet = editable_unit(request, public_id)
    if hamlet.kind != "hamlet" or not request.user.can_in(P.CHILD_VIEW, hamlet):
        raise PermissionDenied
    last = SafeHome.objects.valid().filter(household=OuterRef("pk")).order_by("-assessed_on", "-pk")
    houses = Household.objects.visible_to(request.user).filter(unit=hamlet).order_by("head_folded", "pk")
    houses = houses.annotate(met=Subquery(last.values("met")[:1]), seen_on=Subquery(last.values("assessed_on")[:1]))
    rows, pager = listing.paged(request, houses)
    form = forms.ExamineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = [(row, "", request.POST[f"h-{row.pk}"] == "1") for row in rows if request.POST.get(f"h-{row.pk}") in ("0", "1")]
        data = form.cleaned_data
        found += [(None, data["head"], data["head_met"] == "1")] if data["head"] and data["head_met"] else []
        count = done(form, _count_of, by=request.user, unit=hamlet, on=data["on"], results=found, unmet=data["unmet"])
        if count:
            messages.success(request, f"Đã ghi kết quả của {count[0]} nhà.")
            return redirect(request.get_full_path())
    audit.record("home.listed", by=request.user, subject=hamlet, shown=[row.public_id for row in rows])
    extra = SafeHome.objects.valid().filter(unit=hamlet, household=None)[:50]
    return render(request, "staff/examine.html", {"hamlet": hamlet, "rows": rows, "pager": pager, "form": form, "extra": extra})


def _count_of(**values):
    """The number in a tuple: none at all is no refusal."""
    return (actions.examine(**values),)


@require(P.PLAN_VIEW)
def risk_list(request, public_id):
    """Hamlets and communes where children are at high risk, those that are no longer so last."""
    unit = unit_of(request, public_id)
    on = unit.as_of(today())
    found = RiskArea.objects.visible_to(request.user).valid().filter(unit__path__startswith=unit.path).select_related("unit")
    rows, pager = listing.paged(request, record_lists.running_first(found))
    given = record_lists.priorities(rows, request.user, on.year)
    rows = [(row, given.get(row.unit_id, ())) for row in rows]
    context = {"unit": unit, "rows": rows, "pager": pager, "on": on, "may_edit": request.user.can_in(P.PLAN_EDIT, unit)}
    return render(request, "staff/risks.html", context)


@require(P.PLAN_EDIT)
def risk_add(request, public_id):
    """One more hamlet at high risk."""
    unit = editable_unit(request, public_id)
    form = forms.RiskForm(request.POST or None, unit=unit)
    return _new(request, unit, form, actions.add_risk, "Thêm cộng đồng nguy cơ cao", "risk-list")


@require(P.PLAN_VIEW, P.SETTINGS)
def criterion_list(request):
    """The criteria of Ngôi nhà an toàn; what is not held against the text says so to administrators."""
    rows = SafeHomeCriterion.objects.all()
    return render(request, "staff/criteria.html", {"rows": rows, "may_correct": request.user.can(P.SETTINGS)})


@require(P.SETTINGS)
def criterion_correct(request, code):
    """A criterion put right."""
    row = get_object_or_404(SafeHomeCriterion, code=code)
    names = ("text", "active", "verified", "version")
    form = forms.CriterionForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.correct_criterion, criterion=row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã lưu tiêu chí.")
        return redirect("home-criteria")
    return render(request, "staff/criterion.html", {"form": form, "row": row})
