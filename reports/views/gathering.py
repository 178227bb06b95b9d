"""The words of all reports below side by side, and taking sentences of them into the own report."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from reports import collecting, drafts, gathered, pages
from reports.actions import gathering
from reports.models import Submission
from reports.views import lookup
from reports.views.submissions import frame

P = Permission


@require(P.REPORT_WRITE)
def words_below(request, public_id):
    """Phần lời của cấp dưới: read side by side, tick, đưa vào báo cáo."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    if obligation.unit.kind not in collecting.COLLECTING:
        raise Http404
    submission = lookup.version(request, obligation)
    if request.method == "POST":
        version = request.POST.get("version", "")
        _, new = gathering.take(
            submission=submission, by=request.user, version=int(version) if version.isdigit() else 0,
            boxes=request.POST.getlist("take"),
        )  # fmt: skip
        messages.success(request, f"Đã đưa {new} câu vào báo cáo; nguồn của từng câu được giữ.")
        return redirect("report", public_id)
    draft = drafts.load(submission)
    audit.record("report.consolidation_viewed", by=request.user, subject=obligation, note="phần lời")
    sides = gathered.sides(obligation, draft)
    context = {
        **frame(obligation, submission, pages.May.of(request.user, obligation)), "sides": sides,
        "any": any(rows for _, rows in sides), "open": submission.state == Submission.State.DRAFT,
        "silent": gathered.silent(obligation),
    }  # fmt: skip
    return render(request, "reports/words_below.html", context)
