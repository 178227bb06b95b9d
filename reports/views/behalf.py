"""The unit's word on a paper report typed in for it: the figures beside its register; confirmed, disputed or replaced."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from reports import differences, pages
from reports.actions import on_behalf
from reports.models import Submission
from reports.views import lookup

P = Permission


@require(P.REPORT_WRITE)
def behalf_check(request, public_id):
    """What was typed beside what the register says; POST begins the unit's own report in its place."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    if not submission.on_behalf or submission.state != Submission.State.ACCEPTED:
        raise Http404
    if request.method == "POST":
        on_behalf.replace(submission=submission, by=request.user)
        messages.success(request, "Đã bắt đầu báo cáo của đơn vị; các số khác bản nhập thay được liệt kê trên trang.")
        return redirect("report", public_id)
    audit.record("report.differences_viewed", by=request.user, subject=submission)
    rows = differences.rows(obligation, submission.snapshot, request.user)
    context = {"obligation": obligation, "submission": submission, "rows": rows, "row": pages.rows_of([obligation])[0]}
    return render(request, "reports/behalf_check.html", context)
