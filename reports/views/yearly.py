"""Dự thảo kế hoạch năm sau: last year's result beside each target, what moves on and what ends."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from plans import yearly
from plans.actions.yearly import draft_next, following
from plans.models import Plan, Target
from reports import windows
from reports.forms_yearly import NextYearForm
from reports.measures.catalogue import is_masked_kind
from reports.measures.masking import FEW
from reports.target_table import target_table


@require(Permission.PLAN_EDIT)
def plan_next(request, public_id):
    """From this year's plan to a draft of the next."""
    plan = get_object_or_404(
        Plan.objects.written_by(request.user).select_related("unit__parent", "office"), public_id=public_id
    )
    items = list(plan.items.all())
    if not yearly.one_year(plan) or not items:
        raise Http404
    window = windows.of_plan(plan, plan.unit.as_of(today()))
    cells = [row[0] for _, row in target_table(plan, [plan.unit], window, request.user).rows]
    form = NextYearForm(
        request.POST or None, plan=plan, items=items, targets=list(plan.targets.all()), tasks=list(plan.tasks.all())
    )
    if request.method == "POST" and form.is_valid():
        goals = [(target, _facts(target, value, cells, window)) for target, value in form.kept]
        told = {"subject": form.cleaned_data["subject"], "confirmed": form.confirmed, "ended": form.ended}
        try:
            new = draft_next(plan=plan, by=request.user, goals=goals, **told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lập dự thảo kế hoạch năm {new.years}. Hãy xem lại lời văn và điền tiền.")
            return redirect("plan", new.public_id)
    context = {
        "plan": plan,
        "form": form,
        "window": window,
        "year": plan.first_year + 1,
        "following": following(plan),
        "goals": [(cell, *form.boxes(cell.target)) for cell in cells],
    }
    return render(request, "plans/next_year.html", context)


def _facts(target, value, cells, window):
    """What is wanted next year, with this year's result as the start of a decrease or increase.

    A small sensitive number is not written into a plan, which more people read than its children's facts.
    """
    facts = {"value": value}
    now = next(cell.now for cell in cells if cell.target.pk == target.pk)
    small = is_masked_kind(now.code) and (now.masked or (now.numerator or 0) < FEW)
    if target.comparison in (Target.Comparison.DECREASE, Target.Comparison.INCREASE) and now.value is not None and not small:
        told = f"kết quả năm {target.plan.years}, số liệu từ {show(window.data_from)} đến {show(window.cutoff)}"
        facts |= {"baseline": round(now.value, 4), "baseline_text": told}
    return facts
