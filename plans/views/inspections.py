"""Cuộc kiểm tra: the list, one check, kiến nghị, the conclusion, the answer, what was mended, the paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from plans import forms_inspections as forms
from plans import inspection_documents, listing
from plans.actions import inspections as actions
from plans.models import Inspection, Recommendation

P = Permission
RENDERERS = {"pdf": render_pdf, "docx": render_docx}
WITH = ("unit__parent", "by_unit__parent")


def filled(request, form, action, told, context, back, **more):
    """A form page: run the action; a refusal stands in the form and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        values = getattr(form, "values", form.cleaned_data)
        try:
            row = action(by=request.user, **values, **more)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect("inspection", back or row.public_id)
    return render(request, "inspections/form.html", {**context, "form": form})


def own(request, public_id):
    """A check that the officer's unit makes and that is not concluded, or 404."""
    rows = Inspection.objects.visible_to(request.user).editable_by(request.user).filter(state="planned")
    return get_object_or_404(rows.select_related(*WITH), public_id=public_id)


@require(P.PLAN_VIEW)
def inspection_list(request):
    """Checks of the officer's units, the newest first."""
    found = Inspection.objects.visible_to(request.user).select_related("unit", "by_unit").order_by("-starts_on", "-pk")
    rows, pager = listing.paged(request, found)
    told = set(Inspection.objects.told_to(request.user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    left = Recommendation.objects.filter(inspection__in=told, done_on=None).values_list("inspection", flat=True)
    counts = {}
    for key in left:
        counts[key] = counts.get(key, 0) + 1
    audit.record("inspection.listed", by=request.user, shown=[row.public_id for row in rows])
    context = {
        "rows": [(row, counts.get(row.pk, 0) if row.pk in told and row.concluded else None) for row in rows], "pager": pager,
        "may_write": bool(forms.checking_units(request.user)),
    }  # fmt: skip
    return render(request, "inspections/list.html", context)


@require(P.PLAN_VIEW)
def inspection(request, public_id):
    """One check; what was found only to who may read it."""
    row = get_object_or_404(
        Inspection.objects.visible_to(request.user).select_related(*WITH, "answered_by"), public_id=public_id
    )
    told = Inspection.objects.told_to(request.user).contains(row)
    audit.record("inspection.viewed", by=request.user, subject=row)
    context = {
        "row": row, "told": told, "recommendations": row.recommendations.all() if told else [], "today_": today(),
        "answers": (answers := Inspection.objects.answerable_by(request.user).contains(row)),
        "makes": (makes := Inspection.objects.editable_by(request.user).contains(row)), "edits": makes and not row.concluded,
        "photos": [(photo, answers if photo.of_checked else makes) for photo in row.photos.filter(voided_at=None) if told],
    }  # fmt: skip
    return render(request, "inspections/inspection.html", context)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def inspection_add(request):
    """Ghi cuộc kiểm tra."""
    form = forms.InspectionForm(request.POST or None, officer=request.user)
    context = {"heading": "Ghi cuộc kiểm tra", "submit": "Lưu"}
    return filled(request, form, actions.plan, "Đã ghi cuộc kiểm tra.", context, None)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def inspection_recommend(request, public_id):
    """Thêm kiến nghị."""
    row = own(request, public_id)
    form = forms.RecommendationForm(request.POST or None)
    context = {"row": row, "heading": "Thêm kiến nghị", "submit": "Lưu kiến nghị"}
    return filled(request, form, actions.add_recommendation, "Đã thêm kiến nghị.", context, public_id, inspection=row)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def inspection_conclude(request, public_id):
    """Kết luận."""
    row = own(request, public_id)
    form = forms.ConcludeForm(request.POST or None, initial={"version": row.version})
    context = {"row": row, "heading": "Kết luận kiểm tra", "submit": "Lưu kết luận", "keep": True}
    return filled(request, form, actions.conclude, "Đã ghi kết luận.", context, public_id, inspection=row)


@require(P.PLAN_EDIT)
def inspection_answer(request, public_id):
    """Giải trình of the unit that was checked."""
    rows = Inspection.objects.visible_to(request.user).answerable_by(request.user).select_related(*WITH)
    row = get_object_or_404(rows, public_id=public_id)
    form = forms.AnswerForm(request.POST or None, initial={"version": row.version, "answer": row.answer})
    context = {"row": row, "heading": "Giải trình", "submit": "Gửi giải trình", "keep": True}
    return filled(request, form, actions.answer, "Đã gửi giải trình.", context, public_id, inspection=row)


@require(P.PLAN_EDIT)
def recommendation_mend(request, public_id):
    """Ghi kết quả khắc phục of a kiến nghị of one's own unit."""
    mine = Inspection.objects.answerable_by(request.user)
    rows = Recommendation.objects.filter(inspection__in=mine).select_related("inspection__unit", "inspection__by_unit")
    row = get_object_or_404(rows, public_id=public_id)
    form = forms.MendForm(request.POST or None, initial={"version": row.version, "result": row.result, "done_on": row.done_on})
    context = {"row": row.inspection, "heading": "Kết quả khắc phục", "lead": row.text, "submit": "Lưu kết quả"}
    back = row.inspection.public_id
    return filled(request, form, actions.mend, "Đã ghi kết quả khắc phục.", context, back, recommendation=row)


@require(P.PLAN_VIEW)
def inspection_file(request, public_id, ending):
    """The conclusion, or the minutes of a self-check, as PDF or DOCX."""
    rows = Inspection.objects.told_to(request.user).filter(state="concluded").select_related(*WITH)
    row = get_object_or_404(rows, public_id=public_id)
    if ending not in RENDERERS:
        raise Http404
    audit.record("inspection.printed", by=request.user, subject=row)
    return download(RENDERERS[ending](inspection_documents.build(row)), name=f"Kết luận kiểm tra - {row.unit.name}.{ending}")
