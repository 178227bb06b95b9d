"""Gia hạn, đề nghị chỉnh sửa of one report: what was asked and answered; the unit asks, the unit above answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from reports import pages
from reports.actions import requests as actions
from reports.forms_requests import AnswerForm, ExtendForm, ReviseForm
from reports.models import ReportRequest
from reports.views import lookup
from reports.views.submissions import frame

P = Permission
K = ReportRequest.Kind
FORMS = {K.EXTEND: ExtendForm, K.REVISE: ReviseForm}


def may_ask_or_answer(request, obligation):
    """(own, above): whether the officer's unit owes the report, or takes it; refused to everybody else."""
    may = pages.May.of(request.user, obligation)
    if not (may.own or may.accept):
        raise PermissionDenied
    return may


def shown(request, obligation, may, bound=None):
    """The page, with a form that came back."""
    submission = lookup.version_or_none(request, obligation)
    rows = obligation.requests.select_related("asked_by", "answered_by").order_by("-pk")
    unsent = actions.is_unsent(obligation)
    kind = K.EXTEND if unsent else K.REVISE
    sent = submission is not None and submission.state in ("sent", "accepted") and not submission.on_behalf
    waiting = [row for row in rows if row.answered_at is None]
    context = {
        **frame(obligation, submission, may), "rows": rows, "waiting": waiting, "unsent": unsent, "bound": bound,
        "ask": FORMS[kind]() if may.write and (unsent or sent) and not waiting else None, "kind": kind,
        "answers": [(row, AnswerForm(initial={"day": row.wanted_on})) for row in waiting] if may.accept else [],
        "extend": ExtendForm() if may.accept and unsent and not waiting else None,
    }  # fmt: skip
    return render(request, "reports/requests.html", context)


@require(P.REPORT_VIEW)
def request_list(request, public_id):
    """What was asked about the report, with the forms for who may."""
    obligation = lookup.visible(request, public_id)
    return shown(request, obligation, may_ask_or_answer(request, obligation))


@require(P.REPORT_WRITE)
@require_POST
def request_ask(request, public_id):
    """Xin gia hạn, or đề nghị chỉnh sửa."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    kind = K.EXTEND if request.POST.get("kind") == K.EXTEND else K.REVISE
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return shown(request, obligation, pages.May.of(request.user, obligation), form)
    actions.ask(obligation=obligation, kind=kind, by=request.user, **form.cleaned_data)
    messages.success(request, f"Đã gửi đề nghị tới {obligation.to_unit.name}.")
    return redirect("report-requests", public_id)


@require(P.REPORT_ACCEPT)
@require_POST
def request_answer(request, public_id):
    """Đồng ý, or không đồng ý with the reason."""
    obligation = lookup.owed_to_own(request, public_id, P.REPORT_ACCEPT)
    number = request.POST.get("request", "")
    asked = get_object_or_404(
        obligation.requests.order_by("pk"), pk=int(number) if number.isdigit() and len(number) < 10 else 0
    )
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return shown(request, obligation, pages.May.of(request.user, obligation), form)
    data, granted = form.cleaned_data, "grant" in request.POST
    actions.answer(request=asked, by=request.user, granted=granted, text=data["text"], day=data["day"])
    messages.success(request, "Đã trả lời đơn vị.")
    return redirect("report-requests", public_id)


@require(P.REPORT_ACCEPT)
@require_POST
def request_extend(request, public_id):
    """Gia hạn by the unit above of its own accord."""
    obligation = lookup.owed_to_own(request, public_id, P.REPORT_ACCEPT)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return shown(request, obligation, pages.May.of(request.user, obligation), form)
    data = form.cleaned_data
    actions.extend_unasked(obligation=obligation, by=request.user, reason=data["reason"], day=data["wanted_on"])
    messages.success(request, f"Đã gia hạn cho {obligation.unit.name}.")
    return redirect("report-requests", public_id)
