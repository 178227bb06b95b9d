"""Trao đổi about a report: all threads, one section with its paragraphs, done or open again; showing a draft beforehand."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.fields import ParagraphField
from reports import comments, drafts, gathered, pages
from reports.actions import commenting
from reports.models import ReportComment
from reports.views import lookup

P = Permission
PARTIES = (P.REPORT_WRITE, P.REPORT_SIGN, P.REPORT_SEND, P.REPORT_ACCEPT)


class CommentForm(forms.Form):
    """What is said; about which paragraph of the section."""

    text = ParagraphField(label="Nội dung trao đổi", max_length=commenting.LONGEST)
    quote = forms.TypedChoiceField(
        label="Về đoạn", required=False, coerce=int, empty_value=None, widget=forms.RadioSelect, initial=""
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quote"].choices = [("", "Cả mục"), *enumerate(lines)]


class AnswerForm(forms.Form):
    """An answer in a thread."""

    text = ParagraphField(label="Trả lời", max_length=commenting.LONGEST)


def taking_part(request, public_id):
    """(obligation, current version or None) for somebody of the two units; 403 to others who see the report."""
    obligation = lookup.visible(request, public_id)
    if comments.side(request.user, obligation) is None:
        raise PermissionDenied
    return obligation, lookup.version_or_none(request, obligation)


def lines_of(submission, key):
    """The paragraphs of a section of the version that the officer reads."""
    return gathered.lines_of(drafts.load(submission).text(key)) if submission else []


@require(*PARTIES)
def comment_list(request, public_id):
    """Every thread, the open ones first."""
    obligation, submission = taking_part(request, public_id)
    found = comments.threads(obligation, request.user)
    audit.record("report.comments_viewed", by=request.user, subject=obligation)
    written = comments.sections_of(obligation, submission)
    context = {
        "obligation": obligation, "threads": found, "row": pages.rows_of([obligation])[0], "sections": written,
        "readable": submission is not None,
    }  # fmt: skip
    return render(request, "reports/comments.html", context)


@require(*PARTIES)
def comment_section(request, public_id, section):
    """One section: its paragraphs to choose from, its threads, a new remark or an answer."""
    obligation, submission = taking_part(request, public_id)
    found = next((one for one in comments.sections_of(obligation, submission) if one.key == section), None)
    if found is None:
        raise Http404
    lines = lines_of(submission, section)
    thread = _thread(request, obligation, section)
    form = _posted(request, thread, lines)
    if form is not None and thread is None and submission is None:
        raise Http404  # nobody begins to talk about what he cannot read
    if form is not None and form.is_valid():
        quote = form.cleaned_data.get("quote")
        commenting.write(
            obligation=obligation, section=section, by=request.user, thread=thread, text=form.cleaned_data["text"],
            number=submission.number if submission else 1, quote=lines[quote] if quote is not None else "",
        )  # fmt: skip
        messages.success(request, "Đã gửi trao đổi.")
        return redirect("report-comment-section", public_id, section)
    if form is None:
        audit.record("report.comments_viewed", by=request.user, subject=obligation, note=f"mục {section}")
    threads = [row for row in comments.threads(obligation, request.user) if row.first.section == section]
    answered = thread.pk if thread else None
    context = {
        "obligation": obligation, "section": found, "readable": submission is not None, "row": pages.rows_of([obligation])[0],
        "form": form if form is not None and thread is None else CommentForm(lines=lines),
        "answers": [(row, form if row.first.pk == answered else _answer(row.first)) for row in threads],
    }  # fmt: skip
    return render(request, "reports/comment_section.html", context)


def _answer(thread, data=None):
    """The form of an answer; boxes of several threads on one page keep ids of their own."""
    return AnswerForm(data, auto_id=f"a{thread.pk}_%s")


def _posted(request, thread, lines):
    """What was sent: an answer in a thread or a new remark; None while nothing was."""
    if request.method != "POST":
        return None
    return _answer(thread, request.POST) if thread else CommentForm(request.POST, lines=lines)


def _thread(request, obligation, key):
    """The thread that is answered, None for a new one."""
    asked = request.POST.get("thread", "")
    if not asked:
        return None
    rows = ReportComment.objects.visible_to(request.user).threads().filter(obligation=obligation, section=key)
    return get_object_or_404(rows, pk=int(asked) if asked.isdigit() else 0)


@require(*PARTIES)
@require_POST
def comment_settle(request, public_id):
    """Đã xong, mở lại."""
    obligation, _ = taking_part(request, public_id)
    asked = request.POST.get("thread", "")
    rows = ReportComment.objects.visible_to(request.user).threads().filter(obligation=obligation).select_related("obligation")
    thread = get_object_or_404(rows, pk=int(asked) if asked.isdigit() else 0)
    commenting.settle(thread=thread, by=request.user, done="open" not in request.POST)
    return redirect("report-comment-section", public_id, thread.section)


@require(P.REPORT_WRITE)
@require_POST
def show_draft(request, public_id):
    """Cho cấp trên xem dự thảo, thôi cho xem."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    shown = "hide" not in request.POST
    commenting.show(submission=lookup.version(request, obligation), by=request.user, shown=shown)
    said = (
        f"{obligation.to_unit.name} xem được dự thảo và trao đổi từng mục." if shown else "Cấp trên không còn xem được dự thảo."
    )
    messages.success(request, said)
    return redirect("report", public_id)
