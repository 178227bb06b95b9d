"""Chênh lệch so với báo cáo đã ký: today's figures beside the frozen ones, opened to the rows that came or went."""

from django.http import Http404
from django.shortcuts import render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from reports import differences
from reports.views import lookup


def frozen(request, public_id):
    """(obligation, its current version with a snapshot). Raises Http404 without one."""
    obligation = lookup.visible(request, public_id)
    submission = lookup.version(request, obligation)
    if submission.snapshot is None:
        raise Http404
    return obligation, submission


@require(Permission.REPORT_VIEW)
def difference_list(request, public_id):
    """Every figure that says something else today than in the report."""
    obligation, submission = frozen(request, public_id)
    audit.record("report.differences_viewed", by=request.user, subject=submission)
    rows = differences.rows(obligation, submission.snapshot, request.user)
    return render(request, "reports/differences.html", {"obligation": obligation, "submission": submission, "rows": rows})


@require(Permission.REPORT_VIEW)
def difference(request, public_id, code):
    """The rows behind one difference, for who may see every one of them."""
    obligation, submission = frozen(request, public_id)
    found = differences.causes(obligation, submission.snapshot, code, request.user)
    if found is None:
        raise Http404
    audit.record("report.difference_opened", by=request.user, subject=submission, note=code, shown=found.shown)
    context = {"obligation": obligation, "submission": submission, "found": found}
    return render(request, "reports/difference.html", context)
