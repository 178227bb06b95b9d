"""Loại hộ năm …: last year's poor and near poor households; what they are this year, written in one action."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import poverty
from childcare.children.actions.poverty import roll_over
from childcare.children.forms.poverty import SIZE, DecisionForm, YearFilter, choices_of


@require(Permission.FACT_RECORD)
def poverty_year(request):
    """The list, fifty households a page. Leafing posts the form and writes nothing; only the button that says so writes."""
    form = YearFilter(request.GET, officer=request.user)
    if form.place is None:
        raise Http404
    lines = poverty.lines(request.user, form.place, form.of_year)
    chosen = choices_of(request.POST, lines)
    if "same" in request.POST:
        chosen = {line.key: line.before for line in lines if line.before in poverty.POOR and not line.now} | chosen
    decision = DecisionForm(request.POST if "save" in request.POST else None, initial=request.POST.dict())
    if request.method == "POST" and "save" in request.POST and decision.is_valid():
        levels = {line.household: chosen[line.key] for line in lines if line.key in chosen}
        number = roll_over(by=request.user, unit=form.place, year=form.of_year, levels=levels, **decision.cleaned_data)
        messages.success(request, f"Đã ghi loại hộ năm {form.of_year} cho {number} hộ.")
        return redirect(reverse("poverty-year") + form.address())
    return _page(request, form, lines, chosen, decision)


def _page(request, form, lines, chosen, decision):
    page = Paginator(lines, SIZE).get_page(request.POST.get("go") or request.POST.get("at"))
    here = {line.key for line in page.object_list}
    audit.record("poverty.listed", by=request.user, subject=form.place, shown=sorted(here))
    context = {
        "filter": form, "year": form.of_year, "page": page, "decision": decision, "choices": poverty.CHOICES,
        "rows": [{"line": line, "chosen": chosen.get(line.key, "")} for line in page.object_list], "total": len(lines),
        "missing": sum(not line.now for line in lines), "picked": len(chosen), "action": form.address(),
        "kept": json.dumps({key: level for key, level in chosen.items() if key not in here}),
    }  # fmt: skip
    return render(request, "children/poverty_year.html", context)
