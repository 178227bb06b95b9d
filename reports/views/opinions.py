"""The leader's side of a report that waits for the signature: the phiếu trình ký and his word on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from reports import slip
from reports.actions import opinions
from reports.actions.signing import file_name
from reports.forms import OpinionForm
from reports.views import lookup

P = Permission
RENDER = {"pdf": render_pdf, "docx": render_docx}


@require(P.REPORT_SIGN)
@require_POST
def opinion(request, public_id):
    """Ý kiến: agreed, or what is to be changed."""
    obligation = lookup.own(request, public_id, P.REPORT_SIGN)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(text for rows in form.errors.values() for text in rows))
        return redirect("report", public_id)
    submission = lookup.version(request, obligation)
    given = opinions.give(
        submission=submission, by=request.user, agrees="agree" in request.POST, text=form.cleaned_data["text"],
        version=form.cleaned_data["version"],
    )  # fmt: skip
    said = "Đã ghi: đồng ý ký." if given.opinion_agrees else "Đã trả báo cáo về cho người soạn cùng ý kiến của anh/chị."
    messages.success(request, said)
    return redirect("report", public_id)


@require(P.REPORT_WRITE, P.REPORT_SIGN, P.REPORT_SEND)
def slip_file(request, public_id, ending):
    """The phiếu trình ký of a version that was presented."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE, P.REPORT_SIGN, P.REPORT_SEND)
    submission = lookup.version(request, obligation)
    if ending not in RENDER or submission.presented_at is None or submission.snapshot_id is None:
        raise Http404
    audit.record("report.downloaded", by=request.user, subject=submission, note=f"phiếu trình ký, {ending}")
    return download(RENDER[ending](slip.build(submission)), name=f"phieu-trinh-{file_name(obligation)}.{ending}")
