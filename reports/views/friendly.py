"""Xã, phường phù hợp với trẻ em: the commune scores itself, its council meets, the unit above decides; table and papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download, download_stored
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from plans.actions import friendly as actions
from plans.models import Criterion, Evaluation, EvaluationPaper, Standard
from reports import forms_friendly as forms
from reports import friendly_documents as documents
from reports import friendly_pages as pages
from reports.calendar_pages import year_of

P = Permission
RENDERERS = {"pdf": render_pdf, "docx": render_docx}
WITH = ("unit__parent", "standard", "threshold")


def found(request, public_id, **only):
    """A visible evaluation, or 404."""
    rows = Evaluation.objects.visible_to(request.user).filter(**only).select_related(*WITH)
    return get_object_or_404(rows, public_id=public_id)


def own(request, public_id):
    """One of the officer's own commune."""
    rows = Evaluation.objects.visible_to(request.user).editable_by(request.user).select_related(*WITH)
    return get_object_or_404(rows, public_id=public_id)


def below(request, public_id):
    """One that waits for the officer's decision."""
    rows = Evaluation.objects.visible_to(request.user).decidable_by(request.user).select_related(*WITH)
    return get_object_or_404(rows, public_id=public_id)


def acted(request, form, action, told, template, context, back, **more):
    """Run an action with the values of the form; a refusal stands in the form and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            action(by=request.user, **more)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect(*back)
    return render(request, template, {**context, "form": form})


@require(P.PLAN_VIEW)
def friendly_list(request):
    """The evaluations of one's own communes by year, and of a unit above the table of its communes."""
    upper = [unit for unit in request.user.units_for(P.PLAN_VIEW) if unit.kind in ("district", "province")]
    mine = Evaluation.objects.visible_to(request.user).filter(
        unit__in=[unit.pk for unit in request.user.units_for(P.PLAN_VIEW)]
    )
    year = year_of(request.GET.get("nam", ""), today())
    kept = {}
    rows = [
        (row, pages.TONES[row.state], pages.result_from(row, kept))
        for row in mine.select_related(*WITH).prefetch_related("scores").order_by("-year")
    ]
    context = {
        "rows": rows, "year": year, "before": year - 1, "after": year + 1, "upper": upper,
        "tables": [(unit, pages.table_of(request.user, unit, year)) for unit in upper],
        "may_begin": any(unit.kind == "commune" for unit in request.user.units_for(P.PLAN_EDIT)),
    }  # fmt: skip
    return render(request, "friendly/list.html", context)


@require(P.PLAN_EDIT)
def friendly_begin(request):
    """A new self-scoring."""
    units = [unit for unit in request.user.units_for(P.PLAN_EDIT) if unit.kind == "commune"]
    standard = Standard.objects.order_by("-valid_from").first()
    if not units or standard is None:
        raise Http404
    form = forms.BeginForm(request.POST or None, units=units, standard=standard)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.begin(by=request.user, **form.values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("friendly", row.public_id)
    return render(request, "friendly/begin.html", {"form": form, "standard": standard})


@require(P.PLAN_VIEW)
def friendly(request, public_id):
    """One evaluation: thirteen criteria, figures beside points, papers, what comes next."""
    row = found(request, public_id)
    lines = actions.lines_of(row)
    parts, whole = pages.figures_of(row, request.user, lines)
    papers = row.papers.filter(voided_at=None).select_related("criterion", "file")
    audit.record("friendly.viewed", by=request.user, subject=row)
    context = {
        "row": row, "tone": pages.TONES[row.state], "result": actions.result_of(row), "papers": papers,
        "lines": [_shown(line, parts, whole) for line in lines],
        "mine": Evaluation.objects.editable_by(request.user).contains(row),
        "decides": Evaluation.objects.decidable_by(request.user).contains(row),
        "version": forms.VersionForm(initial={"version": row.version}), "window": pages.window_of(row),
    }  # fmt: skip
    return render(request, "friendly/evaluation.html", context)


def _shown(line, parts, whole):
    """(criterion, its parts with points and figures, figures of the whole criterion) for the page."""
    return line, [(part, score, parts.get(part.pk)) for part, score in line.parts], whole[line.criterion.number]


@require(P.PLAN_EDIT)
def friendly_score(request, public_id, number):
    """The points of one criterion, each with where it comes from."""
    row = own(request, public_id)
    line = next((line for line in actions.lines_of(row) if line.criterion.number == number), None)
    if line is None or line.most is None or row.state != Evaluation.State.SCORING:
        raise Http404
    parts, whole = pages.figures_of(row, request.user, [line])
    form = forms.ScoreForm(request.POST or None, line=line, version=row.version, figures=parts)
    context = {"row": row, "line": line, "whole": whole[number]}
    if request.method == "POST" and form.is_valid():
        more = {"evaluation": row, "criterion": line.criterion, "version": form.cleaned_data["version"], "given": form.given}
        told = f"Đã lưu điểm tiêu chí {number}."
        return acted(request, form, actions.score, told, "friendly/score.html", context, ["friendly", public_id], **more)
    return render(request, "friendly/score.html", {**context, "form": form})


@require(P.PLAN_EDIT)
def friendly_paper_add(request, public_id, number):
    """Keep a paper behind a criterion."""
    row = own(request, public_id)
    criterion = get_object_or_404(Criterion, standard=row.standard, number=number)
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    context = {"row": row, "heading": f"Thêm minh chứng: tiêu chí {number}", "lead": criterion.name, "submit": "Tải lên và lưu"}
    if request.method == "POST" and form.is_valid():
        file, back = form.cleaned_data["file"], ["friendly", public_id]
        more = {"evaluation": row, "criterion": criterion, "title": form.cleaned_data["title"]}
        more |= {"name": file.name, "data": file.read()}
        return acted(request, form, actions.keep_paper, "Đã lưu minh chứng.", "friendly/form.html", context, back, **more)
    return render(request, "friendly/form.html", {**context, "form": form})


@require(P.PLAN_VIEW)
def friendly_paper(request, public_id):
    """The bytes of a paper, through the right to its evaluation."""
    rows = EvaluationPaper.objects.filter(evaluation__in=Evaluation.objects.visible_to(request.user), voided_at=None)
    paper = get_object_or_404(rows.select_related("file", "evaluation__unit", "criterion"), public_id=public_id)
    audit.record("friendly.paper_opened", by=request.user, subject=paper)
    return download_stored(paper.file)


@require_POST
@require(P.PLAN_EDIT)
def friendly_paper_void(request, public_id):
    """Bỏ: nobody opens it any more."""
    rows = EvaluationPaper.objects.filter(evaluation__in=Evaluation.objects.editable_by(request.user), voided_at=None)
    paper = get_object_or_404(rows.select_related("evaluation__unit", "criterion"), public_id=public_id)
    actions.void_paper(paper=paper, by=request.user)
    messages.success(request, "Đã bỏ minh chứng.")
    return redirect("friendly", paper.evaluation.public_id)


@require(P.PLAN_EDIT)
def friendly_council(request, public_id):
    """The meeting of the council, once everything is scored."""
    row = own(request, public_id)
    names = ("held_on", "chair", "secretary", "members", "opinions", "version")
    form = forms.CouncilForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    context = {
        "row": row, "heading": "Hội đồng họp", "lead": actions.result_of(row).sentence, "submit": "Lưu biên bản", "keep": True,
    }  # fmt: skip
    more = {"evaluation": row, **form.cleaned_data} if request.method == "POST" and form.is_valid() else {}
    told, back = "Đã lưu biên bản họp hội đồng.", ["friendly", public_id]
    return acted(request, form, actions.hold_council, told, "friendly/form.html", context, back, **more)


def _step(request, public_id, action, told):
    row = own(request, public_id)
    form = forms.VersionForm(request.POST)
    if form.is_valid():
        action(evaluation=row, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, told)
    return redirect("friendly", public_id)


@require_POST
@require(P.PLAN_EDIT)
def friendly_reopen(request, public_id):
    """Chấm lại."""
    return _step(request, public_id, actions.back_to_scoring, "Đã mở lại phần chấm điểm.")


@require_POST
@require(P.PLAN_EDIT)
def friendly_submit(request, public_id):
    """Trình cấp trên."""
    return _step(request, public_id, actions.submit, "Đã trình cấp trên.")


@require(P.REPORT_ACCEPT)
def friendly_decide(request, public_id):
    """Công nhận hoặc không, by a numbered paper."""
    row = below(request, public_id)
    form = forms.DecideForm(request.POST or None, initial={"version": row.version})
    context = {"row": row, "heading": "Ghi kết quả xét", "lead": actions.result_of(row).sentence, "submit": "Lưu kết quả"}
    more = {"evaluation": row, **form.cleaned_data} if request.method == "POST" and form.is_valid() else {}
    back = ["friendly", public_id]
    return acted(request, form, actions.decide, "Đã ghi kết quả xét.", "friendly/form.html", context, back, **more)


@require(P.REPORT_ACCEPT)
def friendly_give_back(request, public_id):
    """Trả lại để bổ sung."""
    row = below(request, public_id)
    form = forms.GiveBackForm(request.POST or None, initial={"version": row.version})
    context = {"row": row, "heading": "Trả lại để bổ sung", "lead": "", "submit": "Trả lại"}
    more = {"evaluation": row, **form.cleaned_data} if request.method == "POST" and form.is_valid() else {}
    back = ["friendly-list"]
    return acted(request, form, actions.give_back, "Đã trả lại để bổ sung.", "friendly/form.html", context, back, **more)


@require(P.PLAN_VIEW)
def friendly_minutes(request, public_id, ending):
    """The minutes of the council as PDF or DOCX."""
    row = found(request, public_id, held_on__isnull=False)
    if ending not in RENDERERS:
        raise Http404
    audit.record("friendly.printed", by=request.user, subject=row)
    name = f"Biên bản hội đồng {row.year} - {row.unit.name}.{ending}"
    return download(RENDERERS[ending](documents.minutes(row)), name=name)


@require(P.PLAN_VIEW)
def friendly_print(request, year, ending):
    """The list of recognised communes of a district or province."""
    units = [unit for unit in request.user.units_for(P.PLAN_VIEW) if unit.kind in ("district", "province")]
    if not units or ending not in RENDERERS or not 2019 <= year <= 2100:
        raise Http404
    document = documents.recognised_list(units[0], year, pages.table_of(request.user, units[0], year))
    return download(RENDERERS[ending](document), name=f"Xã, phường phù hợp với trẻ em {year}.{ending}")
