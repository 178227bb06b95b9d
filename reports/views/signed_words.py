"""Bản ký có lời khác: the scan, one tick for each table that is equal; figures that are others, with the reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.fields import ParagraphField
from childcare.lib.refusal import Refusal
from reports import drafts, issuing, pages, signed_papers
from reports.actions import signed_words, signing
from reports.forms import SignForm
from reports.forms_paper import FiguresForm, initial_of
from reports.models import Submission
from reports.views import lookup

P = Permission


class CorrectionForm(FiguresForm):
    """The figures of the signed paper, beginning with those of the system; why they differ."""

    reason = ParagraphField(label="Vì sao số trên bản ký khác số trong hệ thống", max_length=signed_words.REASON)

    def _check_part(self, code, data):
        """What was frozen stands as it was counted; the paper is typed as it was signed."""


def waiting(request, public_id):
    """(obligation, the version that waits for its signature) of the officer's own unit."""
    obligation = lookup.own(request, public_id, P.REPORT_SEND, P.REPORT_SIGN)
    submission = lookup.version(request, obligation)
    if submission.state != Submission.State.TO_SIGN:
        raise Http404
    return obligation, submission


@require(P.REPORT_SEND, P.REPORT_SIGN)
def sign_paper(request, public_id):
    """Number, day, signer, scan, and the ticks; what is not ticked is named and nothing is lost but the chosen file."""
    obligation, submission = waiting(request, public_id)
    how = issuing.of(obligation, submission.as_office)
    form = SignForm(request.POST or None, request.FILES or None, series=signing.series_of(submission))
    form.fields["scan"].required, form.fields["scan"].help_text = True, "PDF, JPG hoặc PNG, không quá 10 MB."
    ticked = request.POST.getlist("same")
    if request.method == "POST" and form.is_valid():
        try:
            version = int(request.POST.get("version") or 0)
            signed_words.sign(submission=submission, by=request.user, version=version, ticked=ticked, **form.values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi nhận ký, phần lời theo bản ký. Bước sau là gửi.")
            return redirect("report", public_id)
    context = {
        "obligation": obligation, "submission": submission, "form": form, "how": how, "ticked": ticked,
        "sheets": signed_papers.sheets(submission), "row": pages.rows_of([obligation])[0],
        "corrections": submission.corrections.select_related("made_by"),
    }  # fmt: skip
    return render(request, "reports/sign_paper.html", context)


@require(P.REPORT_SEND, P.REPORT_SIGN)
def correct(request, public_id):
    """The figures as the signed paper tells them; a new snapshot is taken with the reason."""
    obligation, submission = waiting(request, public_id)
    initial = initial_of(drafts.load(submission), obligation)
    form = CorrectionForm(request.POST or None, obligation=obligation, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, reason = int(request.POST.get("version") or 0), form.cleaned_data["reason"]
        try:
            signed_words.correct(submission=submission, by=request.user, version=version, reason=reason, **form.content)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã chốt lại số liệu theo bản ký. Hãy đối chiếu lại từng bảng rồi ghi nhận ký.")
            return redirect("report-sign-paper", public_id)
    context = {"obligation": obligation, "submission": submission, "form": form, "row": pages.rows_of([obligation])[0]}
    return render(request, "reports/sign_correct.html", context)
