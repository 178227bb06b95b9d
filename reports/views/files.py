"""What leaves the application: PDF, DOCX, XLSX, JSON of a version, the scan; the page to read before printing; versions."""

from django.http import Http404
from django.shortcuts import render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.actions.signing import newest
from childcare.documents.downloads import download, download_stored
from reports import documents, exporting, pages
from reports.actions.signing import file_name
from reports.models import Submission
from reports.views import lookup

P = Permission


def asked(request, public_id):
    """(obligation, the version asked for by ?ban=2, else the current one)."""
    obligation = lookup.visible(request, public_id)
    number = request.GET.get("ban", "")
    return obligation, lookup.version(request, obligation, int(number) if number.isdigit() else None)


@require(P.REPORT_VIEW)
def file(request, public_id, ending):
    """The document of a version; of a signed one the frozen bytes."""
    obligation, submission = asked(request, public_id)
    if ending not in exporting.ENDINGS:
        raise Http404
    audit.record("report.downloaded", by=request.user, subject=submission, note=ending)
    number = submission.document.number if submission.document else ""
    data = exporting.data_of(submission, ending)
    return download(data, name=f"{file_name(obligation, number)}.{'zip' if ending == 'csv' else ending}")


@require(P.REPORT_VIEW)
def scan(request, public_id):
    """The scan of the signed paper, or the paper report that was typed in."""
    _, submission = asked(request, public_id)
    stored = submission.paper or (submission.document.scan if submission.document else None)
    if stored is None:
        raise Http404
    audit.record("report.scan_downloaded", by=request.user, subject=submission)
    return download_stored(stored)


@require(P.REPORT_VIEW)
def signed(request, public_id):
    """The newest copy with digital signatures."""
    _, submission = asked(request, public_id)
    if submission.document is None or submission.document.method != "digital":
        raise Http404
    audit.record("report.signed_downloaded", by=request.user, subject=submission)
    return download_stored(newest(submission.document))


@require(P.REPORT_VIEW)
def preview(request, public_id):
    """The document to be read on the screen, as it will be printed."""
    obligation, submission = asked(request, public_id)
    document = documents.of_submission(submission)
    audit.record("report.previewed", by=request.user, subject=submission)
    context = {"document": exporting.readable(document), "obligation": obligation, "submission": submission}
    return render(request, "reports/preview.html", context)


@require(P.REPORT_VIEW)
def versions(request, public_id):
    """Every version with who did what when."""
    obligation = lookup.visible(request, public_id)
    found = Submission.objects.visible_to(request.user).filter(obligation=obligation)
    related = ("document", "presented_by", "signed_by", "sent_by", "answered_by", "created_by", "confirmed_by")
    rows = list(found.select_related(*related).order_by("-number"))
    context = {"obligation": obligation, "rows": rows, "history": pages.history(rows), "row": pages.rows_of([obligation])[0]}
    return render(request, "reports/versions.html", context)
