"""Các phụ lục: PL1 to PL7 of a report on the screen, opened to their rows for who may; the supports of one kind behind PL3."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import SupportKind
from childcare.lib.paging import paged
from reports import annex_pages, collecting, drafts, listed, pages
from reports.measures.flows import help_rows
from reports.views import lookup

P = Permission


@require(P.REPORT_VIEW)
def annex_list(request, public_id):
    """Every annex of the version that the officer may read."""
    obligation = lookup.visible(request, public_id)
    submission = lookup.version(request, obligation)
    found = annex_pages.Sheets(drafts.load(submission), obligation, request.user)
    audit.record("report.annexes_viewed", by=request.user, subject=submission)
    context = {
        "obligation": obligation, "submission": submission, "sheets": found.all(), "opens": found.opens,
        "row": pages.rows_of([obligation])[0],
    }  # fmt: skip
    return render(request, "reports/annexes.html", context)


@require(P.REPORT_VIEW)
def annex_help(request, public_id, code):
    """The supports of one kind that PL3 counts; a sentence for who may not see every one of them."""
    obligation = lookup.visible(request, public_id)
    lookup.version(request, obligation)
    kind = get_object_or_404(SupportKind, code=code)
    if obligation.unit.kind in collecting.COLLECTING:
        raise Http404
    found = help_rows(obligation.unit, collecting.window_of(obligation)).filter(kind=kind)
    may = request.user.can_in(P.CHILD_VIEW, obligation.unit)
    may = may and found.visible_to(request.user).count() == found.count()
    context = {"obligation": obligation, "kind": kind, "row": pages.rows_of([obligation])[0], "closed": not may}
    if not may:
        audit.record("figure.closed", by=request.user, subject=obligation.unit, note=f"PL3 {kind.code}")
        return render(request, "reports/annex_help.html", context)
    rows, pager = paged(request, listed.ordered(found), 100)
    audit.record("figure.opened", by=request.user, subject=obligation.unit, note=f"PL3 {kind.code}", shown=listed.keys(rows))
    context |= {"total": found.count(), "head": listed.head(found.model), "rows": listed.lines(rows), "pager": pager}
    return render(request, "reports/annex_help.html", context)
