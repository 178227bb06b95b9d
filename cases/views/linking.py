"""Which child of the registry a case is about: found in scope, laid side by side, confirmed; or a new child from the case."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cases import linking
from cases.actions import intake, unlinking
from cases.forms import ReasonForm
from cases.models import Case
from cases.views.steps import back_to, page, workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import search
from childcare.children.actions import people
from childcare.children.forms.base import VersionForm
from childcare.children.forms.people import ChildForm
from childcare.children.models import Child

P = Permission
LINKED = "Đã nối hồ sơ với trẻ em trong sổ."


@require(P.CASE_WORK)
def case_link(request, public_id):
    """Children who may be the one of the case. What is searched for is posted: a name never stands in an address."""
    case = workable(request, public_id)
    words = request.POST.get("q", "").strip()[: search.LONGEST]
    found = linking.candidates(case, request.user, words)
    audit.record("child.compared", by=request.user, shown=[child.public_id for child in found])
    context = {
        "case": case, "told": linking.told_of(case), "words": words, "lines": [search.line(child) for child in found],
        "may_add": request.user.can(P.CHILD_EDIT), "back": reverse("case", args=[case.public_id]),
    }  # fmt: skip
    return render(request, "cases/link.html", context)


@require(P.CASE_WORK)
def case_link_child(request, public_id, child):
    """The case and one child side by side; the officer says that it is the same."""
    case = workable(request, public_id)
    rows = Child.objects.visible_to(request.user).select_related("unit__parent", "household")
    row = get_object_or_404(rows, public_id=child)
    form = VersionForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        intake.link(case=case, by=request.user, child=row, **form.cleaned_data)
        messages.success(request, LINKED)
        return back_to(request, case)
    audit.record("child.compared", by=request.user, shown=[row.public_id])
    context = {"case": case, "child": row, "form": form, "lines": linking.beside(case, row)}
    return render(request, "cases/link_child.html", context)


@require(P.CHILD_EDIT)
def case_link_new(request, public_id):
    """The child is in no list: it is added with what the case tells, and joined to it."""
    case = workable(request, public_id)
    form = ChildForm(request.POST or None, officer=request.user, initial=linking.begun(case))
    similar = None
    if request.method == "POST" and form.is_valid():
        similar = _similar(request, form.cleaned_data)
        if request.POST.get("confirmed") or not similar:
            try:
                _add(request, case, form)
                return back_to(request, case)
            except people.NumberUsed as used:
                form.add_error("identity_number", str(used))
    return render(request, "cases/link_new.html", {"case": case, "form": form, "similar": similar})


def _similar(request, values):
    names = ("full_name", "birth", "identity_number")
    found = search.similar(officer=request.user, but=values["once"], **{name: values[name] for name in names})
    audit.record("child.compared", by=request.user, shown=[child.public_id for child in found.here])
    return {"here": [search.line(child) for child in found.here], "elsewhere": found.elsewhere} if found else None


@require(P.CASE_WORK)
def case_unlink(request, public_id):
    """The case was joined to the wrong child."""
    case = workable(request, public_id)
    if case.child_id is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        unlinking.unlink(case=case, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã gỡ nối. Hãy nối hồ sơ với đúng trẻ em.")
        return back_to(request, case)
    return page(request, form, case, "Gỡ nối với trẻ em (nối nhầm)", "Gỡ nối", danger=True, keep_draft=True)


@transaction.atomic
def _add(request, case, form):
    """The child and the link, both or neither; a double click makes one child."""
    values = dict(form.cleaned_data)
    unit, reason = values.pop("hamlet"), values.pop("start_reason") or "existing"
    child = people.add(by=request.user, unit=unit, start_reason=reason, **values)
    if Case.objects.get(pk=case.pk).child_id != child.pk:
        intake.link(case=case, by=request.user, version=None, child=child)
    messages.success(request, f"Đã thêm {child.display_name} vào sổ và nối với hồ sơ.")
