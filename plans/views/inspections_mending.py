"""What was written wrongly about a check: a kiến nghị before the conclusion, the check itself; and its photos."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.downloads import download_stored
from plans import forms_inspections as forms
from plans.actions import inspections as actions
from plans.actions import photos
from plans.forms import VoidForm
from plans.forms_activities import PhotoForm
from plans.models import Inspection, InspectionPhoto, Recommendation
from plans.views.attempting import done
from plans.views.inspections import WITH, filled

P = Permission


def _draft(request, public_id):
    """A kiến nghị of a check that the officer's unit makes and has not concluded, or 404."""
    mine = Inspection.objects.visible_to(request.user).editable_by(request.user).running()
    rows = Recommendation.objects.filter(inspection__in=mine).select_related("inspection__unit", "inspection__by_unit")
    return get_object_or_404(rows, public_id=public_id)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def recommendation_correct(request, public_id):
    """Sửa kiến nghị."""
    row = _draft(request, public_id)
    known = {"text": row.text, "due_on": row.due_on, "version": row.version}
    form = forms.CorrectRecommendationForm(request.POST or None, initial=known)
    context = {"row": row.inspection, "heading": "Sửa kiến nghị", "submit": "Lưu kiến nghị"}
    back = row.inspection.public_id
    return filled(request, form, actions.correct_recommendation, "Đã sửa kiến nghị.", context, back, recommendation=row)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def recommendation_drop(request, public_id):
    """Bỏ kiến nghị."""
    row = _draft(request, public_id)
    form = forms.DropForm(request.POST or None, initial={"version": row.version})
    context = {
        "row": row.inspection, "heading": "Bỏ kiến nghị", "submit": "Bỏ kiến nghị", "danger": True,
        "told": f"“{row.text}” chưa báo cho đơn vị nào; bỏ rồi thì không còn lưu.",
    }  # fmt: skip
    back = row.inspection.public_id
    return filled(request, form, actions.drop_recommendation, "Đã bỏ kiến nghị.", context, back, recommendation=row)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def inspection_void(request, public_id):
    """Hủy cuộc kiểm tra ghi nhầm."""
    rows = Inspection.objects.visible_to(request.user).editable_by(request.user).select_related(*WITH)
    row = get_object_or_404(rows, public_id=public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.void, by=request.user, inspection=row, **form.cleaned_data):
            messages.success(request, "Đã hủy cuộc kiểm tra ghi nhầm.")
            return redirect("inspection-list")
    told = "Cuộc kiểm tra và mọi kiến nghị của nó không còn ai đọc, không còn được nhắc. Ai hủy, lúc nào, vì sao vẫn được lưu."
    context = {"row": row, "heading": "Hủy cuộc kiểm tra", "submit": "Hủy cuộc kiểm tra", "danger": True, "told": told}
    return render(request, "inspections/form.html", {**context, "form": form})


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def check_photo_add(request, public_id):
    """A photo of the check by who makes it; of what was mended by who was checked."""
    mine, theirs = Inspection.objects.editable_by(request.user), Inspection.objects.answerable_by(request.user)
    sides = Q(pk__in=mine.values("pk")) | Q(pk__in=theirs.values("pk"))
    rows = Inspection.objects.visible_to(request.user).filter(sides)
    row = get_object_or_404(rows.select_related(*WITH), public_id=public_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data["file"], "once": form.cleaned_data["once"], "caption": form.cleaned_data["caption"]}
        if done(form, photos.keep_of_check, by=request.user, inspection=row, of_checked=not mine.contains(row), **values):
            messages.success(request, "Đã lưu ảnh.")
            return redirect("inspection", row.public_id)
    context = {"row": row, "heading": "Thêm ảnh", "submit": "Tải lên và lưu", "faces": True}
    return render(request, "inspections/form.html", {**context, "form": form})


def _photos(officer):
    rows = InspectionPhoto.objects.filter(voided_at=None, inspection__in=Inspection.objects.told_to(officer))
    return rows.select_related("inspection__unit", "inspection__by_unit", "file")


@require(P.PLAN_VIEW)
def check_photo(request, public_id):
    """The photo as a file, to who may read what was found."""
    row = get_object_or_404(_photos(request.user), public_id=public_id)
    audit.record("inspection.photo_opened", subject=row.inspection, by=request.user, shown=[row.public_id])
    return download_stored(row.file)


@require(P.PLAN_EDIT, P.REPORT_ACCEPT)
def check_photo_void(request, public_id):
    """A photo that should not be there, by the side that added it."""
    makes, answers = Inspection.objects.editable_by(request.user), Inspection.objects.answerable_by(request.user)
    rows = _photos(request.user)
    rows = rows.filter(of_checked=False, inspection__in=makes) | rows.filter(of_checked=True, inspection__in=answers)
    row = get_object_or_404(rows, public_id=public_id)
    form = VoidForm(request.POST or None, initial={"version": 1})
    if request.method == "POST" and form.is_valid():
        if done(form, photos.void, by=request.user, photo=row, reason=form.cleaned_data["reason"]):
            messages.success(request, "Đã hủy ảnh; không ai mở được nữa.")
            return redirect("inspection", row.inspection.public_id)
    context = {"row": row.inspection, "heading": "Hủy ảnh", "submit": "Hủy ảnh", "danger": True, "told": row.file.name}
    return render(request, "inspections/form.html", {**context, "form": form})
