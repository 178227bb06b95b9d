"""Báo cáo phải gửi, and one report as a place of work: begin, write, refresh, confirm zeros, present."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.querysets import units_of
from childcare.lib.calendar import stamp, today, working_day_on_or_before
from childcare.units.models import DayOverride
from reports import checks, collecting, comments, drafts, extras, manual, pages, sources, states, versions
from reports.actions import drafting
from reports.actions.base import Conflict
from reports.forms import DraftForm, ListFilter, OpinionForm, ReturnForm, ZeroForm
from reports.models import Obligation, Submission
from reports.views import lookup

P = Permission


@require(P.REPORT_VIEW)
def report_list(request):
    """What the officer's own units owe, newest last day first."""
    owed = Obligation.objects.visible_to(request.user).of(request.user, P.REPORT_VIEW)
    codes = pages.periods_of(owed)
    form = ListFilter(request.GET, codes=codes)
    if form.is_valid() and form.cleaned_data["period"]:
        owed = pages.of_period(owed, form.cleaned_data["period"])
    rows = pages.rows_of(owed.select_related("unit", "regime", "to_unit").order_by("-last_day", "regime__code")[:200])
    if form.is_valid() and (state := form.cleaned_data["state"]):
        rows = [row for row in rows if (row.submission.state if row.submission else "none") == state]
    takes = request.user.can(P.REPORT_ACCEPT)
    context = {"rows": rows, "form": form, "takes": takes, "keeps": bool(units_of(request.user)), "unit": request.user.unit}
    return render(request, "reports/list.html", context)


@require(P.REPORT_VIEW)
def report(request, public_id):
    """One report: a draft to write in for who may, else what it says and what can be done with it."""
    obligation = lookup.visible(request, public_id)
    submission = lookup.version_or_none(request, obligation)
    audit.record("report.viewed", by=request.user, subject=submission or obligation)
    may = pages.May.of(request.user, obligation)
    context, threads = frame(obligation, submission, may), comments.threads(obligation, request.user)
    talk = obligation.public_id if comments.side(request.user, obligation) else ""
    context |= {"talk": talk, "open_threads": sum(row.open for row in threads)}
    context["revised"] = versions.revised(submission, request.user)
    if submission is None:
        exists = obligation.submissions.current().exists()
        return render(request, "reports/nothing.html", {**context, "exists": exists})
    if submission.state == Submission.State.DRAFT and may.write:
        return render(request, "reports/write.html", {**context, **workplace(submission, threads)})
    return render(request, "reports/read.html", {**context, **reading(submission, threads)})


def frame(obligation, submission, may):
    """What the head of every page of a report shows."""
    row = pages.rows_of([obligation])[0]
    return {
        "obligation": obligation, "submission": submission, "may": may, "row": row, "steps": pages.steps(submission),
        "told": states.told(submission) if submission else "", "left": obligation.last_day,
        "working_day": working_day_on_or_before(obligation.last_day, DayOverride.as_dict()),
        "today": today(), "receiver": pages.receiver_word(obligation), "talk": "", "open_threads": 0,
    }  # fmt: skip


def workplace(submission, threads=()):
    """What the draft's page shows beside its frame."""
    draft, owed = drafts.load(submission), submission.obligation
    unconfirmed = collecting.unconfirmed(owed)
    return {
        "draft": draft, "places": pages.places(draft, owed, threads), "unconfirmed": unconfirmed,
        "zero_form": ZeroForm(rows=unconfirmed), "since": drafts.changed_since(submission),
        "extras": extras.lines(draft), "outlines": extras.wanted(owed).outlines, "typed_figures": sources.has_typed(owed),
        "warnings": warnings_of(draft, owed, unconfirmed), "page_key": uuid.uuid4().hex,
        "targets": [{**row, "estimate": submission.estimates.get(row["key"], "")} for row in draft.targets],
    }  # fmt: skip


def warnings_of(draft, owed, unconfirmed):
    """What should be looked at before the report is presented."""
    return checks.warnings(draft, unconfirmed, owed.cutoff, today(), manual.older(owed), collecting.names())


def reading(submission, threads=()):
    """What the page of a report shows that is not to be written in."""
    draft = drafts.load(submission)
    return {
        "draft": draft, "corrections": submission.corrections.select_related("made_by"),
        "places": pages.places(draft, submission.obligation, threads), "return_form": ReturnForm(),
        "opinion_form": OpinionForm(initial={"text": submission.opinion, "version": submission.version}),
        "targets": [{**row, "estimate": submission.estimates.get(row["key"], "")} for row in draft.targets],
        "thin": draft.typed, "extras": extras.lines(draft), "outlines": extras.wanted(submission.obligation).outlines,
        "figures": pages.thin_rows(draft, submission.obligation) if draft.typed else [],
    }  # fmt: skip


@require(P.REPORT_WRITE)
@require_POST
def begin(request, public_id):
    """Bắt đầu soạn."""
    drafting.begin(obligation=lookup.own(request, public_id, P.REPORT_WRITE), by=request.user)
    return redirect("report", public_id)


def draft_form(request, submission):
    draft = drafts.load(submission)
    keys = [section.key for section in draft.written]
    asked = [row["code"] for row in draft.extras]
    return DraftForm(request.POST, keys=keys, targets=[row["key"] for row in draft.targets], asked=asked)


@require(P.REPORT_WRITE)
@require_POST
def save(request, public_id):
    """Lưu tạm, and what comes next: count again, take or keep a text, go to the signing page."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    form = draft_form(request, submission)
    if not form.is_valid():
        messages.error(request, "Chưa lưu được: có mục dài quá 20.000 chữ. Hãy rút ngắn.")
        return redirect("report", public_id)
    try:
        drafting.save_text(submission=submission, by=request.user, **form.values)
    except Conflict as conflict:
        return conflict_page(request, submission, form, str(conflict))
    return after_saving(request, submission, public_id)


def after_saving(request, submission, public_id):
    """The step that the pressed button asked for."""
    if request.POST.get("next") == "refresh":
        submission.refresh_from_db()
        if drafts.changed_since(submission):
            return redirect("report-refresh", public_id)
        drafting.refresh(submission=submission, by=request.user)
        messages.success(request, "Đã cập nhật: không có số nào thay đổi.")
    elif request.POST.get("next") == "present":
        return redirect("report-present", public_id)
    elif key := request.POST.get("take") or request.POST.get("keep"):
        drafting.settle(submission=submission, key=key, by=request.user, keep="keep" in request.POST)
        messages.success(request, "Đã giữ lời của anh/chị." if "keep" in request.POST else "Đã lấy lời đề nghị mới.")
    else:
        messages.success(request, "Đã lưu.")
    return redirect("report", public_id)


def conflict_page(request, submission, form, sentence):
    """Both texts of every section that differs, and a form to save what shall stand."""
    submission.refresh_from_db()
    draft = drafts.load(submission)
    typed = form.values["texts"]
    rows = [
        {"key": key, "section": draft.section(key), "stored": draft.text(key), "typed": drafting.clean(text)}
        for key, text in typed.items()
        if key in draft.sections and drafting.clean(text) != draft.text(key)
    ]
    context = {"rows": rows, "submission": submission, "obligation": submission.obligation, "draft": draft,
               "sentence": sentence, "page_key": uuid.uuid4().hex}  # fmt: skip
    return render(request, "reports/conflict.html", context, status=409)


@require(P.REPORT_WRITE)
@require_POST
def autosave(request, public_id):
    """Saving by itself while the officer types; answers "Đã lưu lúc 14:02" or what hinders it."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    form, sentence = draft_form(request, submission), ""
    if form.is_valid():
        try:
            submission = drafting.save_text(submission=submission, by=request.user, quiet=True, **form.values)
        except Conflict as conflict:
            sentence = str(conflict)
    context = {"submission": submission, "now_text": f"{stamp():%H:%M}", "sentence": sentence}
    return render(request, "reports/_saved.html", context, status=409 if sentence else 200)


@require(P.REPORT_WRITE)
@require_POST
def confirm_zero(request, public_id):
    """Xác nhận không phát sinh."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    form = ZeroForm(request.POST, rows=collecting.unconfirmed(obligation))
    if not form.is_valid():
        for problem in [error for errors in form.errors.values() for error in errors]:
            messages.error(request, problem)
        return redirect("report", public_id)
    drafting.confirm_zero(submission=submission, by=request.user, **form.cleaned_data)
    messages.success(request, "Đã xác nhận không phát sinh.")
    return redirect("report", public_id)


@require(P.REPORT_WRITE)
def present(request, public_id):
    """The page before Trình ký: what was confirmed, what should be looked at, the print; then the act."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    submission = lookup.version(request, obligation)
    if request.method == "POST":
        version = int(request.POST.get("version") or 0)
        reasons = explained(request, submission)
        submission = drafting.explain(submission=submission, by=request.user, version=version, reasons=reasons)
        if "keep" in request.POST:
            messages.success(request, "Đã lưu lý do.")
            return redirect("report-present", public_id)
        drafting.present(submission=submission, by=request.user, version=submission.version)
        messages.success(request, "Đã trình ký. Hãy in bản trình ký để lãnh đạo ký, rồi ghi nhận số và ngày ký.")
        return redirect("report", public_id)
    may = pages.May.of(request.user, obligation)
    return render(request, "reports/present.html", {**frame(obligation, submission, may), **workplace(submission)})


def explained(request, submission):
    """Sentence of a warning → the reason typed into its box."""
    draft, owed = drafts.load(submission), submission.obligation
    rows = warnings_of(draft, owed, collecting.unconfirmed(owed))
    return {row.sentence: request.POST[row.box] for row in rows if row.box in request.POST}


@require(P.REPORT_WRITE, P.REPORT_SIGN)
@require_POST
def withdraw(request, public_id):
    """Rút về dự thảo."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE, P.REPORT_SIGN)
    drafting.withdraw(submission=lookup.version(request, obligation), by=request.user)
    messages.success(request, "Đã rút về dự thảo.")
    return redirect("report", public_id)


@require(P.REPORT_WRITE)
@require_POST
def new_version(request, public_id):
    """Lập bản mới of a returned report."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    drafting.new_version(submission=lookup.version(request, obligation), by=request.user)
    messages.success(request, "Đã lập bản mới từ lời của bản trước, với số liệu mới.")
    return redirect("report", public_id)
