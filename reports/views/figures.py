"""Typed figures with their source, old figures by CSV, and the list behind a counted figure."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.downloads import download
from childcare.indicators.models import Indicator
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans import listing
from reports import listed, manual, measures, old_figures
from reports.forms_figures import FigureFilter, FigureForm, ReasonForm, UploadForm
from reports.models import ManualFigure


@require(Permission.FIGURE_VIEW)
def manual_figures(request):
    """Typed figures of the officer's units, the newest window first."""
    found = ManualFigure.objects.visible_to(request.user).valid()
    years = [day.year for day in found.dates("cutoff", "year", order="DESC")]
    form = FigureFilter(request.GET, years=years)
    if form.is_valid():
        code, origin, year = (form.cleaned_data[name] for name in ("code", "origin", "year"))
        found = found.filter(indicator__code__iexact=code.strip()) if code else found
        found = found.filter(origin=origin) if origin else found
        found = found.filter(cutoff__year=int(year)) if year else found
    order = ("-cutoff", "-data_from", "unit__path", "indicator__position", "pk")
    rows, pager = listing.paged(request, found.select_related("unit", "indicator", "entered_by").order_by(*order))
    audit.record("figure.listed", by=request.user, shown=[row.public_id for row in rows])
    context = {
        "form": form,
        "tags": listing.tags(request, form) if form.is_valid() else [],
        "rows": rows,
        "pager": pager,
        "may_enter": request.user.can(Permission.FIGURE_ENTER),
    }
    return render(request, "figures/manual.html", context)


@require(Permission.FIGURE_ENTER)
def manual_add(request):
    """Type one figure with its source."""
    form = FigureForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        figure = manual.enter(by=request.user, **form.values)
        messages.success(request, f"Đã nhập số liệu {figure.indicator.code} của {figure.unit.name}.")
        return redirect("manual-add" if "again" in request.POST else "manual-figures")
    return render(request, "figures/manual_add.html", {"form": form})


def enterable(officer):
    """Valid figures of the units where the officer may type figures."""
    wanted = Unit.objects.under_any(officer.units_for(Permission.FIGURE_ENTER))
    return ManualFigure.objects.valid().filter(unit__in=wanted).select_related("unit", "indicator")


@require(Permission.FIGURE_ENTER)
def manual_void(request, public_id):
    """Hủy with a reason."""
    figure = get_object_or_404(enterable(request.user), public_id=public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        manual.void(figure=figure, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy số liệu.")
        return redirect("manual-figures")
    return render(request, "figures/manual_void.html", {"form": form, "figure": figure})


@require(Permission.FIGURE_ENTER)
def manual_upload(request):
    """Old figures from a CSV: all rows or none."""
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {"form": form, "columns": old_figures.COLUMNS}
    if request.method == "POST" and form.is_valid():
        try:
            reading = old_figures.take_in(data=form.cleaned_data["file"].read(old_figures.MAX_BYTES + 1), by=request.user)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return render(request, "figures/upload.html", context)
        if not reading.errors:
            messages.success(request, f"Đã nhập {len(reading.new)} số liệu; {reading.unchanged} số liệu đã có từ trước.")
            return redirect("manual-figures")
        context |= {"errors": reading.errors, "good": len(reading.new) + reading.unchanged}
    return render(request, "figures/upload.html", context)


@require(Permission.FIGURE_ENTER)
def manual_template(request):
    """The file to fill in."""
    return download(old_figures.template(), name="mau-so-lieu-bao-cao-cu.csv")


def asked(request, code):
    """(indicator, unit, window, breakdown) of the address. Raises Http404 for what does not exist or lies elsewhere."""
    indicator = get_object_or_404(Indicator, code=code)
    try:
        unit = get_object_or_404(Unit, public_id=UUID(request.GET.get("unit", "")))
        window = measures.Window(*(date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to")))
    except ValueError:
        raise Http404
    if not request.user.can_in(Permission.FIGURE_VIEW, unit) or window.data_from > window.cutoff:
        raise Http404
    return indicator, unit, window, request.GET.get("breakdown", "")[:60]


@require(Permission.FIGURE_VIEW)
def figure_rows(request, code):
    """The list behind a figure, exactly as many rows as it says; a sentence instead for whoever may not see every one."""
    indicator, unit, window, breakdown = asked(request, code)
    figure = measures.masked(measures.count([unit], window, [code], by=listed.BY if breakdown else ()), request.user).figure(
        code, unit, breakdown
    )
    found = measures.openable(request.user, code, unit, window, breakdown)
    context = {
        "indicator": indicator, "unit": unit, "window": window, "figure": figure,
        "breakdown": listed.breakdown_words(breakdown),
    }  # fmt: skip
    note = f"{code} {show(window.data_from)} – {show(window.cutoff)} {breakdown}".strip()
    if found is None:
        audit.record("figure.closed", by=request.user, subject=unit, note=note)
        return render(request, "figures/closed.html", context)
    rows, pager = listing.paged(request, listed.ordered(found), 100)
    audit.record("figure.opened", by=request.user, subject=unit, note=note, shown=listed.keys(rows))
    context |= {"total": found.count(), "head": listed.head(found.model), "rows": listed.lines(rows), "pager": pager}
    return render(request, "figures/rows.html", context)
