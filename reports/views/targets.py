"""Targets of a plan with their measured progress; reporting regimes and what an administrator may do with them."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import parse_day, today
from plans.assigned import below_on
from plans.models import Plan, Target
from reports import compared, measures, regimes, windows
from reports.actions import switching
from reports.forms_figures import KIND_WORDS, ConfirmForm, RegimeForm, due_words
from reports.models import Obligation, Regime
from reports.target_table import target_table


def asked_day(request):
    """The day of the address, or None when there is none that can be read."""
    try:
        return parse_day(request.GET.get("den", ""))
    except ValueError:
        return None


def choices(plan, window):
    """(words, address, chosen) of the days that officers ask for: the cut-offs of reports, and today."""
    owed = Obligation.objects.filter(unit=plan.unit, period__startswith=str(plan.last_year)).order_by("cutoff")
    found = [(f"Chốt {row.cutoff:%d/%m/%Y}", f"?den={row.cutoff:%d/%m/%Y}", row.cutoff == window.cutoff) for row in owed]
    day = plan.unit.as_of(today())
    if day.year == plan.last_year:
        found.append((f"Đến {day:%d/%m/%Y}", f"?den={day:%d/%m/%Y}", day == window.cutoff))
    return list(dict.fromkeys(found))


@require(Permission.PLAN_VIEW)
def plan_targets(request, public_id):
    """Each target: wanted, measured, a year earlier, the word and why; for an upper unit also over the units below."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), public_id=public_id)
    window = windows.of_plan(plan, plan.unit.as_of(today()), asked_day(request))
    below = list(below_on(plan.unit, window.cutoff))
    if plan.unit.kind == "commune":  # hamlets and schools stand beside their commune once something was given to them
        below = compared.given_units(plan, below) if request.user.can_in(Permission.PLAN_VIEW, plan.unit) else []
    table = target_table(plan, [plan.unit, *below], window, request.user)
    context = {
        "plan": plan,
        "window": window,
        "earlier": measures.year_earlier(window),
        "rows": [(target, cells[0]) for target, cells in table.rows],
        "table": table if below else None,
        "choices": (days := choices(plan, window)),
        "between": not any(chosen and words.startswith("Chốt") for words, _, chosen in days),
        "may_open": request.user.can_in(Permission.FIGURE_VIEW, plan.unit),
    }
    return render(request, "figures/plan_targets.html", context)


@require(Permission.PLAN_VIEW)
def target_units(request, public_id):
    """One target over the units below: given, reached, told by the unit, the word and why; the whole beside them."""
    targets = Target.objects.filter(plan__in=Plan.objects.visible_to(request.user)).select_related("plan__unit", "indicator")
    target = get_object_or_404(targets, public_id=public_id)
    plan = target.plan
    if plan.unit.kind == "commune" and not request.user.can_in(Permission.PLAN_VIEW, plan.unit):
        raise Http404  # a school reads the plan of its commune, not what each hamlet counts
    window = windows.of_plan(plan, plan.unit.as_of(today()), asked_day(request))
    context = {
        "plan": plan,
        "target": target,
        "window": window,
        "choices": choices(plan, window),
        "may_open": request.user.can_in(Permission.FIGURE_VIEW, plan.unit),
        **compared.over_units(target, list(below_on(plan.unit, window.cutoff)), window, request.user),
    }
    return render(request, "figures/target_units.html", context)


DEFAULT, UNCHECKED = "mặc định, cần đối chiếu văn bản của tỉnh", "cần đối chiếu văn bản gốc"


def basis_of(regime):
    """The legal basis as far as it may be shown; what was not read in the original says so."""
    if regime.evidence == "unverified":
        return ""
    return regime.legal_basis if regime.evidence == "text" else f"{regime.legal_basis} (theo tổng hợp)"


def line_of(regime, administrator, takes=()):
    """What the list shows of a regime. `takes`: the officer's units that take reports."""
    on = regime.active and (regime.valid_to is None or regime.valid_to > today())
    switched = switching.is_switchable(regime)
    own = any(regime.scope_id == unit.pk for unit in takes)
    asked = any(regime.to_kind in (unit.kind, Regime.ABOVE) for unit in takes)
    kinds = ", ".join(KIND_WORDS.get(kind, kind) for kind in regime.from_kinds)
    return {
        "regime": regime,
        "basis": basis_of(regime),
        "mark": "" if regime.evidence != "unverified" else DEFAULT if regime.active else UNCHECKED,
        "confirmed": regimes.is_confirmed(regime),
        "from": kinds or "không nêu",
        "to": KIND_WORDS.get(regime.to_kind, regime.to_kind),
        "due": due_words(regime),
        "cutoff": f"{regime.cutoff_day}/{regime.cutoff_month}" if regime.cutoff_month else "",
        "reminders": ", ".join(str(days) for days in regime.reminder_days),
        "editable": administrator and (regime.due_month is not None or regime.report_kind == Regime.PLAN),
        "may_on": switched and not on and (administrator or asked),
        "may_off": switched and on and (administrator or own),
    }


@require(Permission.REPORT_VIEW, Permission.SETTINGS)
def regime_list(request):
    """Who reports what to whom by when, on which basis."""
    administrator = request.user.can(Permission.SETTINGS)
    takes = request.user.units_for(Permission.REPORT_ACCEPT)
    rows = [line_of(regime, administrator, takes) for regime in Regime.objects.select_related("scope")]
    groups = [
        ("Đang dùng trong hệ thống", [row for row in rows if row["regime"].active]),
        ("Chế độ báo cáo khác (để tra cứu)", [row for row in rows if not row["regime"].active]),
    ]
    return render(
        request,
        "figures/regimes.html",
        {"groups": groups, "administrator": administrator, "may_add": administrator or bool(takes)},
    )


@require(Permission.SETTINGS)
def regime_confirm(request, pk):
    """The administrator read the document."""
    regime = get_object_or_404(Regime, pk=pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        regimes.confirm(regime=regime, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã xác nhận chế độ báo cáo theo văn bản.")
        return redirect("regime-list")
    return render(request, "figures/regime_form.html", {"regime": regime, "form": form, "what": "Xác nhận theo văn bản"})


@require(Permission.SETTINGS)
def regime_change(request, pk):
    """Other days for a unit and those below it."""
    regime = get_object_or_404(Regime.objects.filter(Q(report_kind=Regime.PLAN) | Q(due_month__isnull=False)), pk=pk)
    form = RegimeForm(request.POST or None, officer=request.user, regime=regime)
    if request.method == "POST" and form.is_valid():
        own = regimes.change_days(regime=regime, by=request.user, **form.values)
        messages.success(request, f"Đã đổi hạn gửi trong {own.scope.name}.")
        return redirect("regime-list")
    return render(request, "figures/regime_form.html", {"regime": regime, "form": form, "what": "Đổi hạn gửi, ngày chốt"})
