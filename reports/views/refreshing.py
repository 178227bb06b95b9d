"""Số liệu mới: what the register says now beside what the draft says, with why, before the officer takes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from reports import pages, refreshing
from reports.actions import drafting
from reports.models import Submission
from reports.views import lookup

P = Permission


@require(P.REPORT_WRITE)
def refresh(request, public_id):
    """Each figure old → new and why; taking them keeps the officer's words."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    if submission.state != Submission.State.DRAFT:
        raise Http404
    if request.method == "POST":
        changes = drafting.refresh(submission=submission, by=request.user)
        messages.success(request, f"Đã cập nhật số liệu: {len(changes)} số thay đổi. Lời anh/chị đã sửa được giữ.")
        return redirect("report", public_id)
    rows = refreshing.pending(submission, request.user)
    audit.record("report.changes_viewed", by=request.user, subject=submission, fields=[row["code"] for row in rows])
    context = {"obligation": obligation, "submission": submission, "rows": rows, "row": pages.rows_of([obligation])[0]}
    return render(request, "reports/refresh.html", context)
