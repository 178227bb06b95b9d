"""Promises of families: write down, follow up, conclude, void."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import forms_commitments as forms
from cases.actions import commitments
from cases.models import Commitment
from cases.views.steps import workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import told_of
from childcare.children.forms.base import VoidForm
from childcare.children.models import Support
from childcare.children.views.common import recordable_child
from childcare.lib.calendar import today

P = Permission


@require(P.CASE_WORK)
def commitment_add(request, public_id):
    """From the child's page."""
    child = recordable_child(request, public_id)
    if not request.user.can_in(P.PROTECTED_VIEW, child.unit):
        raise Http404
    return _add(request, reverse("child", args=[public_id]), child.display_name, child=child)


@require(P.CASE_WORK)
def case_promise_add(request, public_id):
    """From a case, under its file."""
    case = workable(request, public_id)
    return _add(request, reverse("case", args=[public_id]), f"Hồ sơ {case.code}", case=case)


def _add(request, back, about, **of):
    child = of["case"].child if "case" in of else of["child"]
    given = Support.objects.visible_to(request.user).filter(child=child, voided_at=None, started_on__isnull=False)
    given = given.select_related("kind").order_by("-started_on", "-pk") if child else Support.objects.none()
    form = forms.CommitmentForm(request.POST or None, supports=given, in_case="case" in of)
    if request.method == "POST" and form.is_valid():
        row = commitments.record(by=request.user, **of, **form.cleaned_data)
        messages.success(request, "Đã ghi cam kết.")
        return redirect("commitment", row.public_id)
    return _form(request, form, "Cam kết của gia đình", about, "Lưu cam kết", back)


def _form(request, form, heading, lead, submit, back, **context):
    values = {"form": form, "heading": heading, "lead": lead, "submit": submit, "back": back}
    return render(request, "placement/form.html", {**values, **context})


@require(P.PROTECTED_VIEW, P.CASE_WORK)
def commitment(request, public_id):
    """One promise and how it is kept."""
    rows = Commitment.objects.visible_to(request.user).select_related("child", "case", "support__kind", "protected_file")
    row = get_object_or_404(rows, public_id=public_id)
    audit.record("commitment.viewed", by=request.user, subject=told_of(row))
    mine = Commitment.objects.visible_to(request.user).workable_by(request.user)
    context = {
        "row": row, "checks": list(row.checks.select_related("recorded_by").order_by("-checked_on", "-pk")),
        "may_work": mine.contains(row) and not row.voided_at,
        "late": bool(row.until and not row.outcome and row.until < today()),
    }  # fmt: skip
    return render(request, "placement/commitment.html", context)


def _own(request, public_id):
    rows = Commitment.objects.visible_to(request.user).workable_by(request.user).standing()
    return get_object_or_404(rows.select_related("child", "case"), public_id=public_id)


def _step(request, public_id, form, heading, submit, act, done, **context):
    row = _own(request, public_id)
    form = form(request.POST or None, initial={"version": row.version})
    back = reverse("commitment", args=[public_id])
    if request.method == "POST" and form.is_valid():
        act(commitment=row, by=request.user, **form.cleaned_data)
        messages.success(request, done)
        return redirect(back)
    return _form(request, form, heading, row.get_subject_display(), submit, back, **context)


@require(P.CASE_WORK)
def commitment_check(request, public_id):
    """How it is kept."""
    return _step(request, public_id, forms.CheckForm, "Kiểm tra cam kết", "Lưu", commitments.check, "Đã ghi.")


@require(P.CASE_WORK)
def commitment_close(request, public_id):
    """What became of it."""
    return _step(request, public_id, forms.CloseCommitmentForm, "Kết luận cam kết", "Lưu", commitments.close, "Đã kết luận.")


@require(P.CASE_WORK)
def commitment_void(request, public_id):
    """Written down by mistake."""
    return _step(
        request, public_id, VoidForm, "Hủy dòng cam kết", "Hủy dòng này", commitments.void, "Đã hủy dòng.", danger=True
    )  # fmt: skip
