"""Đề cương của cấp nhận: the list, one with its sections and chỉ tiêu bổ sung, its file for every unit that reports by it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.downloads import download_stored
from childcare.lib.paging import paged
from childcare.lib.refusal import Refusal
from reports import extras
from reports.actions import outlines as actions
from reports.forms_regimes import ItemForm, OutlineForm, SectionForm
from reports.models import Outline, ReportCall
from reports.views.chasing import own_unit

P = Permission
LARGEST = 10 * 1024 * 1024


def of_unit(request):
    """The outlines of the unit for which the officer takes reports."""
    return Outline.objects.filter(issuer=own_unit(request)).select_related("issuer", "regime", "call", "file", "created_by")


@require(P.REPORT_ACCEPT)
def outline_list(request):
    """Outlines of the unit, those in use first."""
    rows, pager = paged(request, of_unit(request).order_by("voided_at", "-pk"))
    return render(request, "outlines/list.html", {"rows": rows, "pager": pager, "unit": own_unit(request)})


@require(P.REPORT_ACCEPT)
def outline_add(request):
    """A new outline for a report that is owed to the unit or to one below it."""
    unit = own_unit(request)
    known = extras.reports_below(unit)
    choices = [(key, words) for key, (words, *_) in known.items()]
    form = OutlineForm(request.POST or None, request.FILES or None, reports=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, regime, first, last = known[data["report"]]
        file = data["file"]
        try:
            made = actions.issue(
                issuer=unit, by=request.user, title=data["title"], regime=regime, since=first,
                until=last + timedelta(days=1) if data["only"] else None,
                file=file.read(LARGEST + 1) if file else None, file_name=file.name if file else "",
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Đã lập đề cương. Hãy thêm mục và chỉ tiêu bổ sung nếu có.")
            return redirect("outline", made.public_id)
    return render(request, "outlines/add.html", {"form": form})


@require(P.REPORT_ACCEPT)
@require_POST
def outline_of_call(request, public_id):
    """The outline of a request for one report."""
    call = get_object_or_404(ReportCall, issuer=own_unit(request), public_id=public_id)
    made = actions.issue(issuer=call.issuer, by=request.user, call=call, title=f"Đề cương báo cáo: {call.subject}"[:300])
    return redirect("outline", made.public_id)


@require(P.REPORT_ACCEPT)
def outline(request, public_id):
    """One outline with its sections and items; adds to it, takes out of it, puts its file."""
    row = get_object_or_404(of_unit(request), public_id=public_id)
    forms = {"section": SectionForm(), "item": ItemForm()}
    if request.method == "POST" and (answer := changed(request, row, forms)):
        return answer
    context = {
        "outline": row, "section_form": forms["section"], "item_form": forms["item"],
        "sections": row.sections.filter(voided_at=None), "items": row.items.filter(voided_at=None),
    }  # fmt: skip
    return render(request, "outlines/outline.html", context)


def changed(request, row, forms):
    """What the pressed button asked for; None shows the page again with the form that came back."""
    what = request.POST.get("what", "")
    try:
        if what == "file" and request.FILES.get("file"):
            file = request.FILES["file"]
            actions.attach(outline=row, by=request.user, file=file.read(LARGEST + 1), file_name=file.name)
        elif what in forms:
            form = forms[what] = (SectionForm if what == "section" else ItemForm)(request.POST)
            if not form.is_valid():
                return None
            add = actions.add_section if what == "section" else actions.add_item
            add(outline=row, by=request.user, **form.cleaned_data)
        elif what in ("drop-section", "drop-item"):
            found = row.sections if what == "drop-section" else row.items
            actions.drop(row=get_object_or_404(found, pk=number(request.POST.get("row", ""))), by=request.user)
        elif what == "stop":
            actions.stop(outline=row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("outline", row.public_id)
    messages.success(request, "Đã lưu đề cương.")
    return redirect("outline", row.public_id)


def number(text):
    if not text.isdigit() or len(text) > 12:
        raise Http404
    return int(text)


@require(P.REPORT_VIEW)
def outline_file(request, public_id):
    """The file, for the unit that issued it and for every unit that reports by it."""
    row = get_object_or_404(Outline.objects.select_related("file", "issuer").exclude(file=None), public_id=public_id)
    units = request.user.units_for(P.REPORT_VIEW)
    if not any(unit.is_under(row.issuer) for unit in units):
        raise Http404
    audit.record("outline.downloaded", by=request.user, subject=row)
    return download_stored(row.file)
