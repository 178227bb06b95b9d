"""The workload of the unit, of one officer, and handing his files over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cases import pages, workload
from cases.actions import workload as actions
from cases.forms_workload import HandOverForm
from cases.models import Case
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit

P = Permission


@require(P.CASE_WORK, P.CASE_DECIDE, P.CASE_TAKE)
def case_workload(request):
    """Open cases by officer, and for the district or province numbers by commune."""
    rows, whole = workload.by_officer(request.user)
    replaced = set(workload.people_to_replace(request.user).values_list("pk", flat=True))
    lines = [{"load": load, "may": load.officer is not None and load.officer.pk in replaced} for load in rows]
    audit.record("case.workload", by=request.user)
    context = {"lines": lines, "whole": whole, "communes": workload.by_commune(request.user),
               "upper": bool(workload.upper_units(request.user)), **may(request.user)}  # fmt: skip
    return render(request, "cases/workload.html", context)


@require(P.CASE_WORK, P.CASE_DECIDE, P.CASE_TAKE)
def case_hand_over(request, public_id):
    """What stands under the name of an officer, and the one action that gives it to another."""
    leaving = get_object_or_404(workload.people_to_replace(request.user), public_id=public_id)
    cases = pages.with_parts(workload.own_cases(request.user).filter(worker=leaving, protected_file__restricted=False))
    form = HandOverForm(request.POST or None, by=request.user, leaving=leaving)
    if request.method == "POST" and form.is_valid():
        given, alone = actions.hand_over(leaving=leaving, by=request.user, **form.cleaned_data)
        messages.success(request, done(given, alone, form.cleaned_data["to"]))
        return redirect("case-workload")
    found = list(cases.order_by("opened_at", "pk"))
    audit.record("case.listed", by=request.user, shown=[case.protected_file.public_id for case in found])
    context = {"leaving": leaving, "form": form, "lines": pages.list_lines(found, request.user), **may(request.user)}
    return render(request, "cases/hand_over.html", context)


def may(officer):
    """Which neighbouring pages the officer may open."""
    listed = officer.can(P.PROTECTED_VIEW) or officer.can(P.CASE_WORK)
    own = any(unit.kind == "commune" for unit in workload.own_units(officer))
    return {"listed": listed, "own_clocks": own, "takes": officer.can(P.CASE_TAKE), "incidents": officer.can(P.CHILD_VIEW)}


def done(given, alone, to):
    """What was done, in one sentence; the number of restricted files is told to nobody here."""
    left = f" Còn {alone} hồ sơ chưa giao được cho người này, hãy giao cho cán bộ khác." if alone else ""
    return f"Đã bàn giao {given} hồ sơ cho {to.full_name}.{left}"


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_of_officer(request, public_id):
    """The list behind the number of one officer."""
    mine = workload.own_cases(request.user)
    workers = Case.objects.filter(pk__in=mine.values("pk"), worker__public_id=public_id)
    first = get_object_or_404(workers.select_related("worker")[:1])
    found = list(pages.with_parts(mine.filter(worker=first.worker)).order_by("opened_at", "pk"))
    audit.record("case.listed", by=request.user, shown=[case.protected_file.public_id for case in found])
    context = {"worker": first.worker, "lines": pages.list_lines(found, request.user), **may(request.user)}
    return render(request, "cases/of_officer.html", context)
