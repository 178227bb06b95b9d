"""Opening a file in an emergency, and the list of all openings for review."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from cases import forms_secrecy as forms
from cases.actions import emergency
from cases.models import Case, EmergencyOpening
from cases.pages import moment
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.views.common import pager

P = Permission
OPEN = (P.CASE_WORK, P.PROTECTED_VIEW)
SEE = (P.CASE_WORK, P.PROTECTED_VIEW, P.CASE_TAKE)
PAGE = 50
NONE_FOUND = (
    "Không có hồ sơ nào mở được theo mã này. Hãy xem lại mã; trẻ đang gặp nguy hiểm thì gọi công an 113 hoặc Tổng đài 111."
)


@require(*OPEN)
def emergency_open(request):
    """Open one file for three hours, with a reason."""
    form = forms.OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opening = emergency.open_file(by=request.user, **form.cleaned_data)
        if opening is not None:
            names = ", ".join(officer.full_name for officer in opening.told.order_by("pk"))
            messages.success(request, f"Hồ sơ mở đến {moment(opening.until)}. Đã báo: {names}.")
            return redirect("case", opening.case.public_id)
        form.add_error("what", NONE_FOUND)
    return render(request, "cases/emergency_open.html", {"form": form})


@require(*SEE)
def emergency_list(request):
    """Every opening that the officer may review or know of; those without a review first."""
    rows = EmergencyOpening.objects.visible_to(request.user).select_related("case__protected_file", "officer", "reviewed_by")
    found = Paginator(rows.order_by("reviewed_at", "-opened_at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    audit.record("case.openings_listed", by=request.user, shown=[row.case.protected_file.public_id for row in found])
    open_to = set(
        Case.objects.visible_to(request.user).filter(pk__in=[row.case_id for row in found]).values_list("pk", flat=True)
    )
    lines = [
        {
            "row": row, "opened": moment(row.opened_at), "until": moment(row.until), "open": row.case_id in open_to,
            "mine": row.officer_id == request.user.pk,
        }
        for row in found
    ]  # fmt: skip
    return render(request, "cases/emergency_list.html", {"lines": lines, "pager": pager(found)})


@require(*SEE)
def emergency_review(request, public_id):
    """Say whether an opening was justified."""
    rows = EmergencyOpening.objects.to_review_by(request.user).select_related("case", "officer")
    opening = get_object_or_404(rows, public_id=public_id)
    form = forms.ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        emergency.review(opening=opening, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi kết quả xem xét.")
        return redirect("emergency-list")
    context = {"form": form, "opening": opening, "opened": moment(opening.opened_at), "until": moment(opening.until)}
    return render(request, "cases/emergency_review.html", context)
