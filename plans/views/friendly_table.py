"""The table of criteria for administrators: what is loaded, what was held against the original, corrections, the whole file."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.documents.downloads import download
from childcare.lib.refusal import Refusal
from plans import friendly, friendly_table
from plans.actions import friendly as actions
from plans.forms_friendly import PartForm, TableForm, ThresholdForm
from plans.models import CriterionPart, FriendlyThreshold, Standard
from plans.views.attempting import done


def _standard():
    return get_object_or_404(Standard.objects.order_by("-valid_from")[:1])


@require(Permission.SETTINGS, Permission.PLAN_VIEW)
def criteria(request):
    """The criteria with their points; an administrator loads and corrects them."""
    standard = _standard()
    form = TableForm(request.POST or None, request.FILES or None)
    may = request.user.can(Permission.SETTINGS)
    if request.method == "POST" and may and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(friendly_table.MAX_BYTES + 1)
            count = friendly_table.take_in(standard=standard, data=data, by=request.user)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Đã nạp bảng điểm: {count} mục có điểm.")
            return redirect("friendly-criteria")
    rows = [(row, list(row.parts.all())) for row in standard.criteria.prefetch_related("parts")]
    loaded = [most for _, parts in rows if (most := friendly.most_of(parts)) is not None]
    context = {
        "standard": standard, "rows": [(row, parts, friendly.most_of(parts)) for row, parts in rows], "form": form, "may": may,
        "total": sum(loaded), "loaded": len(loaded), "thresholds": standard.thresholds.all(),
    }  # fmt: skip
    return render(request, "friendly/criteria.html", context)


@require(Permission.SETTINGS)
def criteria_file(request):
    """The table as it stands, for Excel."""
    return download(friendly_table.as_csv(_standard()), name="bang-diem-phu-hop-voi-tre-em.csv")


@require(Permission.SETTINGS)
def part(request, public_id):
    """Correct one part by the original."""
    row = get_object_or_404(CriterionPart.objects.select_related("criterion__standard"), public_id=public_id)
    form = PartForm(request.POST or None, part=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_part(part=row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã sửa mục của tiêu chí.")
            return redirect("friendly-criteria")
    context = {"heading": f"Tiêu chí {row.criterion.number}, mục {row.position}", "lead": row.criterion.name, "form": form}
    return render(request, "friendly/table_form.html", context)


@require(Permission.SETTINGS)
def part_add(request, number):
    """One part more of a criterion, typed from the original."""
    criterion = get_object_or_404(_standard().criteria, number=number)
    form = PartForm(request.POST or None, part=CriterionPart(criterion=criterion))
    if request.method == "POST" and form.is_valid():
        if done(form, actions.add_part, criterion=criterion, by=request.user, **form.cleaned_data):
            messages.success(request, "Đã thêm mục của tiêu chí.")
            return redirect("friendly-criteria")
    context = {"heading": f"Thêm mục cho tiêu chí {criterion.number}", "lead": criterion.name, "form": form}
    return render(request, "friendly/table_form.html", context)


@require(Permission.SETTINGS)
def threshold(request, public_id):
    """Correct the least total of a kind of unit."""
    row = get_object_or_404(FriendlyThreshold.objects.select_related("standard"), public_id=public_id)
    form = ThresholdForm(request.POST or None, threshold=row)
    if request.method == "POST" and form.is_valid():
        actions.correct_threshold(threshold=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã sửa ngưỡng điểm.")
        return redirect("friendly-criteria")
    return render(request, "friendly/table_form.html", {"heading": "Ngưỡng điểm", "lead": row.text, "form": form})
