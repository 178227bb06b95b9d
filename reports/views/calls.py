"""Báo cáo đột xuất: what a unit asked of the units below, one request with every answer side by side."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.downloads import download
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import today
from childcare.lib.paging import paged
from childcare.lib.refusal import Refusal
from reports import answers
from reports.actions import calls
from reports.forms_regimes import CallForm
from reports.models import Obligation, ReportCall
from reports.views.chasing import own_unit

P = Permission


def of_unit(request):
    """The requests of the unit for which the officer takes reports."""
    return ReportCall.objects.filter(issuer=own_unit(request)).select_related("issuer", "created_by")


@require(P.REPORT_ACCEPT)
def call_list(request):
    """Every request of the unit, the newest first, with how many have sent."""
    rows, pager = paged(request, of_unit(request))
    found = answers.counts(rows)
    own = Obligation.objects.of(request.user, P.REPORT_ACCEPT).filter(call__isnull=False, calls=None, last_day__gte=today())
    context = {
        "unit": own_unit(request), "rows": [(row, *found.get(row.pk, (0, 0))) for row in rows], "pager": pager,
        "own": own.select_related("to_unit").order_by("last_day"),
    }  # fmt: skip
    return render(request, "calls/list.html", context)


@require(P.REPORT_ACCEPT)
def call_add(request):
    """Ask the units below; `cho`: the report of the unit itself for which it asks."""
    unit = own_unit(request)
    mine = Obligation.objects.filter(unit=unit, call__isnull=False)
    answering = get_object_or_404(mine, public_id=request.GET["cho"]) if request.GET.get("cho") else None
    form = CallForm(request.POST or None, issuer=unit, answers=answering)
    if request.method == "POST" and form.is_valid():
        try:
            call = calls.ask(issuer=unit, by=request.user, answers=answering, **form.values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã yêu cầu {call.obligations.count()} đơn vị báo cáo.")
            return redirect("call", call.public_id)
    return render(request, "calls/add.html", {"form": form, "unit": unit, "answering": answering})


@require(P.REPORT_ACCEPT)
def call(request, public_id):
    """One request: how each unit stands, what it said, the chỉ tiêu bổ sung added up; the same table as XLSX."""
    row = get_object_or_404(of_unit(request), public_id=public_id)
    table = answers.table(row, today())
    audit.record("call.viewed", by=request.user, subject=row)
    if request.GET.get("dang") == "xlsx":
        return download(render_xlsx(answers.sheet(row, table)), name=f"Báo cáo đột xuất - {row.issuer.name}.xlsx")
    return render(request, "calls/call.html", {"call": row, "table": table, "outline": getattr(row, "outline", None)})


@require(P.REPORT_ACCEPT)
@require_POST
def call_take_back(request, public_id):
    """Thu hồi."""
    row = get_object_or_404(of_unit(request), public_id=public_id)
    calls.take_back(call=row, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, "Đã thu hồi yêu cầu báo cáo.")
    return redirect("call-list")
