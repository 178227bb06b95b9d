"""One unit with what came before and after it and what lies below, hamlets, general figures of a year."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.lib.paging import paged
from childcare.units.models import Unit, UnitYear
from plans.actions import hamlets as actions
from plans.actions import schools
from plans.forms_units import BelowFilter, EndForm, FiguresForm, HamletForm, RenameForm, SchoolForm, other_hamlets, year_of
from plans.models import Plan

OLDEST = F("valid_from").asc(nulls_first=True)
EVIDENCE = {"text": "theo văn bản", "secondary": "theo tổng hợp", "local": "do đơn vị nhập"}
GONE = 100  # ended hamlets and schools that the page names
UNCHECKED = "cần đối chiếu văn bản gốc"


def may_change(officer, unit):
    """Hamlets are the registry's places: whoever keeps the registry of the commune keeps them; the administrator may help."""
    return officer.can_in(Permission.CHILD_EDIT, unit) or officer.can_in(Permission.SETTINGS, unit)


def found(request, public_id):
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), public_id=public_id)


@require(Permission.FIGURE_VIEW, Permission.SETTINGS)
def unit(request, public_id):
    """One unit: its time, what came before and after, offices, hamlets, general figures, plans."""
    row = found(request, public_id)
    day = row.as_of(today())
    search = BelowFilter(request.GET)
    asked = search.cleaned_data["q"] if search.is_valid() else ""
    below, pager = paged(request, Unit.objects.filter(parent=row).on(day).called(asked).order_by("kind", "code", "pk"))
    context = {
        "unit": row,
        "day": day,
        "facts": facts_of(row, request.user),
        "before": row.predecessors.order_by("path"),
        "after": row.successors.order_by("path"),
        "offices": row.offices.order_by("code", OLDEST),
        "below": below,
        "pager": pager,
        "asked": asked,
        "search": search,
        "gone": Unit.objects.filter(parent=row, kind__in=["hamlet", "school"], valid_to__lte=day).order_by("code", OLDEST)[
            :GONE
        ],
        "figures": UnitYear.objects.filter(unit=row).order_by("-year", "key")[:12],
        "plans": Plan.objects.visible_to(request.user).filter(unit=row).order_by("-first_year"),
        "can_change": _changes_here(row) and may_change(request.user, row),
        "may_count": request.user.can_in(Permission.FIGURE_VIEW, row),
        "can_enter": request.user.can_in(Permission.FIGURE_ENTER, row),
    }
    return render(request, "units/unit.html", context)


def _changes_here(row):
    """True when the row is changed by its commune: communes themselves change by a change of units."""
    return row.kind in ("commune", "hamlet") or row.kind == "school" and row.valid_on(today())


def facts_of(row, officer):
    """(term, value) of the head of the page. What is not checked says so to administrators only."""
    last = row.valid_to - timedelta(days=1) if row.valid_to else None
    facts = [
        ("Cấp", row.get_kind_display()),
        ("Mã", row.code),
        ("Đơn vị cấp trên", row.parent.name if row.parent else "Không có"),
        ("Hiệu lực từ", f"{row.valid_from:%d/%m/%Y}" if row.valid_from else "trước khi có sổ này"),
        ("Ngày cuối cùng còn hiệu lực", f"{last:%d/%m/%Y}" if last else "đang hiệu lực"),
    ]
    if officer.can(Permission.SETTINGS):
        facts.append(("Mức đối chiếu", EVIDENCE.get(row.evidence, UNCHECKED)))
    return facts


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def hamlet_add(request, public_id):
    """A new hamlet of a commune."""
    commune = found(request, public_id)
    if commune.kind != "commune" or not may_change(request.user, commune):
        raise PermissionDenied
    form = HamletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hamlet = actions.add(commune=commune, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã thêm {hamlet.name}, mã {hamlet.code}.")
        return redirect(reverse("hamlet-add", args=[commune.public_id]) if "again" in request.POST else unit_url(commune))
    return render(request, "units/hamlet_add.html", {"commune": commune, "form": form})


def unit_url(row):
    return reverse("unit", args=[row.public_id])


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def school_add(request, public_id):
    """A new school of a commune."""
    commune = found(request, public_id)
    if commune.kind != "commune" or not may_change(request.user, commune):
        raise PermissionDenied
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school = schools.add(commune=commune, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã thêm {school.name}, mã {school.code}.")
        return redirect("unit", commune.public_id)
    return render(request, "units/school_add.html", {"commune": commune, "form": form})


def hamlet_of(request, public_id):
    """The hamlet that the officer may change."""
    hamlet = found(request, public_id)
    if hamlet.kind != "hamlet" or not may_change(request.user, hamlet):
        raise PermissionDenied
    return hamlet


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def hamlet_rename(request, public_id):
    """Another name since a day."""
    hamlet = hamlet_of(request, public_id)
    form = RenameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.rename(hamlet=hamlet, by=request.user, **form.cleaned_data)
        messages.success(request, f"{hamlet.name} từ nay mang tên {new.name}. Trẻ em và hộ gia đình đã theo sang.")
        return redirect("unit", new.parent.public_id)
    return render(request, "units/hamlet_rename.html", {"hamlet": hamlet, "form": form})


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def hamlet_end(request, public_id):
    """The end of a hamlet; its people go to another."""
    hamlet = hamlet_of(request, public_id)
    form = EndForm(request.POST or None, others=other_hamlets(hamlet, hamlet.as_of(today())))
    if request.method == "POST" and form.is_valid():
        actions.end(hamlet=hamlet, on=form.on, into=form.receiver, by=request.user)
        messages.success(request, f"{hamlet.name} đã kết thúc.")
        return redirect("unit", hamlet.parent.public_id)
    return render(request, "units/hamlet_end.html", {"hamlet": hamlet, "form": form})


@require(Permission.FIGURE_ENTER)
def unit_facts(request, public_id):
    """Population, households, schools, children by the police: each year with source and day."""
    row = found(request, public_id)
    if not request.user.can_in(Permission.FIGURE_ENTER, row):
        raise PermissionDenied
    year = year_of(request, row, today())
    form = FiguresForm(request.POST or None, unit=row, year=year)
    if request.method == "POST" and form.is_valid():
        changed = actions.set_figures(unit=row, year=year, by=request.user, figures=form.figures)
        messages.success(request, f"Đã lưu số liệu chung năm {year}." if changed else "Không có gì thay đổi.")
        return redirect("unit", row.public_id)
    return render(request, "units/facts.html", {"unit": row, "year": year, "form": form})
