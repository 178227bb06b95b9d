"""Printing the forms of a case, blank forms, the list of carers; and the page that tells how far each form was checked."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.actions import papers
from cases.forms_papers import StatutoryFormForm
from cases.models import Carer, Case, Placement, Shelter, StatutoryForm
from cases.printing import making
from cases.printing.catalogue import BY_KEY
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import told_of
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.querysets import team_files
from childcare.documents.downloads import download

P = Permission
VIEW = (P.PROTECTED_VIEW, P.CASE_WORK)


def _case(request, public_id):
    """A case on whose team the officer is: who opened it in an emergency reads it and carries nothing away; else 404."""
    rows = (
        Case.objects.visible_to(request.user)
        .of_team(request.user)
        .select_related("unit__parent", "child", "kind__parent", "worker", "protected_file")
    )
    return get_object_or_404(rows, public_id=public_id)


@require(*VIEW)
def case_papers(request, public_id):
    """Every form of a case, each with what it can be printed about."""
    case = _case(request, public_id)
    audit.record("case.viewed", by=request.user, subject=case.protected_file)
    lines = making.offered(case, request.user)
    return render(request, "cases/papers.html", {"case": case, "lines": lines})


@require(*VIEW)
def case_print(request, public_id, key, ending):
    """A form of the case as a file, with what the officer may see; who printed what stands in the log."""
    case = _case(request, public_id)
    form = BY_KEY.get(key)
    if form is None or ending not in making.RENDERERS:
        raise Http404
    entry = audit.record("case.printed", by=request.user, subject=case.protected_file, note=f"{form.label}, {ending}")
    row = uuid_or_blank(request.GET.get("so"))
    document = making.of_case(case, key, request.user, row_key=str(row or ""), copy=entry.copy_number)
    if document is None:
        raise Http404
    return download(making.render(document, ending), name=making.file_name(case, key, ending))


@require(*VIEW)
def placement_print(request, public_id, key, ending):
    """A form of alternative care, for those who are trusted with the placement or on the team of its file."""
    mine = Q(protected_file=None) | Q(protected_file__in=team_files(request.user))
    rows = Placement.objects.visible_to(request.user).filter(mine).select_related("unit__parent", "child", "protected_file")
    row = get_object_or_404(rows, public_id=public_id)
    if key not in making.CARE or ending not in making.RENDERERS:
        raise Http404
    visit = row.visits.select_related("recorded_by").last() if key == "mau-13" else None
    entry = audit.record("placement.printed", by=request.user, subject=told_of(row), note=f"{BY_KEY[key].label}, {ending}")
    document = making.of_placement(row, key, request.user, visit=visit, copy=entry.copy_number)
    return download(making.render(document, ending), name=making.file_name(row, key, ending))


@require(*VIEW)
def carer_print(request, public_id, key, ending):
    """Mẫu số 08 or 11 of a carer of the register."""
    mine = Q(protected_file=None) | Q(protected_file__in=team_files(request.user))
    rows = Carer.objects.visible_to(request.user).filter(mine).select_related("unit__parent", "protected_file")
    row = get_object_or_404(rows, public_id=public_id)
    if key not in making.OF_CARER or ending not in making.RENDERERS or key == "mau-08" and row.kind == Carer.Kind.RELATIVE:
        raise Http404
    entry = audit.record("carer.paper_printed", by=request.user, subject=row.protected_file or row, note=f"{key}, {ending}")
    document = making.of_carer(row, key, request.user, copy=entry.copy_number)
    return download(making.render(document, ending), name=f"{key}.{ending}")


@require(*VIEW)
def facility_print(request, public_id, ending):
    """Mẫu số 14 of a facility, with the children whom the officer sees."""
    rows = Shelter.objects.visible_to(request.user).filter(kind=Shelter.Kind.FACILITY).select_related("unit__parent")
    row = get_object_or_404(rows, public_id=public_id)
    if ending not in making.RENDERERS:
        raise Http404
    entry = audit.record("shelter.printed", by=request.user, subject=row, note=f"Mẫu số 14, {ending}")
    document = making.of_facility(row, request.user, copy=entry.copy_number)
    return download(making.render(document, ending), name=f"mau-14.{ending}")


@require(*VIEW, P.SETTINGS)
def form_list(request):
    """The forms: empty ones to print, and for the administrator how far each was held against the text."""
    rows = StatutoryForm.objects.order_by("position")
    context = {
        "lines": [(form, [row for row in rows if row.code == form.code]) for form in BY_KEY.values()],
        "may_change": request.user.can(P.SETTINGS), "may_print": any(request.user.can(one) for one in VIEW),
        "register": _commune(request) is not None,
    }  # fmt: skip
    return render(request, "cases/form_list.html", context)


def _commune(request):
    """The commune in which the officer is trusted with protected facts, or None."""
    return next((unit for unit in request.user.units_for(P.PROTECTED_VIEW) if unit.kind == "commune"), None)


@require(*VIEW, P.SETTINGS)
def form_blank(request, key, ending):
    """An empty form, headed by the officer's commune when he has one."""
    document = making.blank(key, _commune(request)) if ending in making.RENDERERS else None
    if document is None:
        raise Http404
    return download(making.render(document, ending), name=f"{key} de trong.{ending}")


@require(P.PROTECTED_VIEW)
def carer_register(request, ending):
    """Mẫu số 09 of the officer's commune."""
    unit = _commune(request)
    if unit is None or ending not in making.RENDERERS:
        raise Http404
    entry = audit.record("carer.printed", by=request.user, subject=unit, note=ending)
    document = making.register(unit, request.user, copy=entry.copy_number)
    return download(making.render(document, ending), name=f"mau-09 {unit.name}.{ending}")


@require(P.SETTINGS)
def form_change(request, pk):
    """Put a form right: its title, the bases that it quotes, how far it was checked."""
    row = get_object_or_404(StatutoryForm, pk=pk)
    fields = ("name", "used_for", "bases", "evidence", "to_check", "checked_against", "checked_on", "version")
    form = StatutoryFormForm(request.POST or None, initial={name: getattr(row, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        papers.change(form=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin mẫu.")
        return redirect("form-list")
    return render(request, "cases/form_change.html", {"form": form, "row": row, "back": reverse("form-list")})
