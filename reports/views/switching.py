"""Regimes turned on and off, and regimes of one's own: by the administrator, and by the unit that takes the reports."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports.actions import switching
from reports.forms_regimes import BELOW, PERIODIC, OffForm, OwnRegimeForm, PeriodForm, every_words
from reports.models import Regime

P = Permission


def scopes_of(officer, regime=None, off=False):
    """Units in which the officer may switch a regime: the administrator's own, and those that take reports of this level.

    Turning off what another unit or the law asks for is the administrator's alone.
    """
    admin = [unit.pk for unit in officer.units_for(P.SETTINGS)]
    takes = officer.units_for(P.REPORT_ACCEPT)
    if regime is not None:
        takes = [unit for unit in takes if regime.to_kind in (unit.kind, Regime.ABOVE)]
        takes = [unit for unit in takes if not off or regime.scope_id == unit.pk]
    found = Unit.objects.filter(pk__in=[*admin, *(unit.pk for unit in takes)])
    return found.select_related("parent").order_by("path")


def switchable(pk):
    """The regime, when the system can carry its reports out. Raises Http404."""
    regime = get_object_or_404(Regime.objects.select_related("scope"), pk=pk)
    if not switching.is_switchable(regime):
        raise Http404
    return regime


@require(P.SETTINGS, P.REPORT_ACCEPT)
def regime_add(request):
    """A regime of one's own: first the kind of period, then the rest."""
    every = request.GET.get("ky", "quarter")
    if every not in PERIODIC:
        raise Http404
    scopes = scopes_of(request.user).filter(kind__in=BELOW)
    form = OwnRegimeForm(request.POST or None, every=every, scopes=scopes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("scope", "name", "from_kinds", "document", "since")}
        try:
            row = switching.add(by=request.user, every=every, **facts, **form.days)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm “{row.name}” ({row.get_every_display().lower()}) trong {row.scope.name}.")
            return redirect("regime-list")
    kinds = [(key, every_words(key), key == every) for key in PERIODIC]
    return render(request, "figures/regime_add.html", {"form": form, "kinds": kinds})


@require(P.SETTINGS, P.REPORT_ACCEPT)
def regime_on(request, pk):
    """Bật a regime in a unit."""
    regime = switchable(pk)
    scopes = scopes_of(request.user, regime)
    if not scopes:
        raise Http404
    form = PeriodForm(request.POST or None, every=regime.every, scopes=scopes, regime=regime)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            switching.turn_on(regime=regime, by=request.user, scope=data["scope"], since=data["since"], **form.days)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã bật “{regime.name}” trong {data['scope'].name}.")
            return redirect("regime-list")
    return render(request, "figures/regime_form.html", {"regime": regime, "form": form, "what": "Bật chế độ báo cáo"})


@require(P.SETTINGS, P.REPORT_ACCEPT)
def regime_off(request, pk):
    """Thôi áp dụng a regime in a unit."""
    regime = switchable(pk)
    scopes = scopes_of(request.user, regime, off=True)
    if not scopes or not regime.active:
        raise Http404
    form = OffForm(request.POST or None, scopes=scopes)
    if request.method == "POST" and form.is_valid():
        switching.turn_off(regime=regime, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã thôi áp dụng “{regime.name}” trong {form.cleaned_data['scope'].name}.")
        return redirect("regime-list")
    return render(request, "figures/regime_form.html", {"regime": regime, "form": form, "what": "Thôi áp dụng"})
