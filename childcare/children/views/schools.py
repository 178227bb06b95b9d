"""A school and its pupils: the list by class, a pupil, leaving, changing class, the end of the year."""

from django.contrib import messages
from django.db.models import Count, F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.accounts.views.units import units_found
from childcare.audit import actions as audit
from childcare.children import ethnics, places, schools
from childcare.children.actions import pupils as actions
from childcare.children.forms import schools as forms
from childcare.children.importing import lists
from childcare.children.models import Enrolment, Pupil, TakenList
from childcare.children.views.taken import steps
from childcare.lib.paging import paged
from childcare.units.models import Unit

ALL = "*"


def _pupil(request, public_id):
    """A pupil of the officer's own school, or 404."""
    return get_object_or_404(Pupil.objects.kept_by(request.user).select_related("unit"), public_id=public_id)


def _page(request, form, row, heading, submit="Lưu"):
    """One form about a pupil."""
    values = {"form": form, "pupil": row, "heading": heading, "submit": submit, "back": reverse("pupil", args=[row.public_id])}
    return render(request, "schools/form.html", values)


@require(Permission.PUPIL_MANAGE)
def pupil_list(request):
    """The pupils who attend now, of one class or of all, matched or not."""
    rows = Enrolment.objects.open().filter(pupil__in=Pupil.objects.kept_by(request.user)).select_related("pupil")
    names = sorted(set(rows.order_by().values_list("class_name", flat=True)), key=schools.class_key)
    chosen = request.GET.get("lop", ALL)
    if chosen != ALL:
        rows = rows.filter(class_name=chosen)
    if request.GET.get("khop") in ("co", "chua"):
        rows = rows.filter(pupil__child__isnull=request.GET["khop"] == "chua")
    page, pager = paged(request, rows.order_by("pupil__name_key", "pupil__pk"))
    audit.record("pupil.listed", by=request.user, shown=[row.pupil.public_id for row in page])
    context = {
        "rows": page, "pager": pager, "classes": names,
        "chosen": None if chosen == ALL else chosen, "matched": request.GET.get("khop", ""),
    }  # fmt: skip
    return render(request, "schools/pupils.html", context)


@require(Permission.PUPIL_MANAGE)
def pupil(request, public_id):
    """What the school brought of one pupil, the classes that it attended, and whether it is matched."""
    row = _pupil(request, public_id)
    audit.record("pupil.viewed", by=request.user, subject=row)
    enrolments = row.enrolments.order_by(F("started_on").desc(nulls_last=True), "-pk")
    facts = [
        ("Họ và tên", row.full_name), ("Ngày sinh", row.birth.text if row.birth else ""), ("Giới tính", row.get_sex_display()),
        ("Dân tộc", ethnics.names().get(row.ethnic, "")), ("Mã học sinh", row.code),
        ("Số định danh", row.identity_number or ""),
        ("Họ tên mẹ", row.mother_name), ("Họ tên cha", row.father_name), ("Điện thoại", row.phone), ("Chỗ ở", row.address),
    ]  # fmt: skip
    now = next((each for each in enrolments if each.ended_on is None and each.voided_at is None), None)
    return render(request, "schools/pupil.html", {"pupil": row, "facts": facts, "enrolments": enrolments, "now": now})


@require(Permission.PUPIL_MANAGE)
def pupil_edit(request, public_id):
    """What the school wrote of the pupil is put right."""
    row = _pupil(request, public_id)
    form = forms.PupilForm(request.POST or None, pupil=row)
    if request.method == "POST" and form.is_valid():
        changed = actions.correct(pupil=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin học sinh." if changed else "Không có gì thay đổi.")
        return redirect("pupil", public_id)
    return _page(request, form, row, "Sửa thông tin học sinh")


@require(Permission.PUPIL_MANAGE, Permission.CHILD_MERGE)
def pupil_homes(request):
    """Communes in which pupils of the officer's schools, or of those below his unit, may live; found while somebody types."""
    found = Unit.objects.none()
    for unit in [*forms.schools_of(request.user), *request.user.units_for(Permission.CHILD_MERGE)]:
        found |= places.far_and_own(unit)
    return units_found(request, found.order_by("path"))


@require(Permission.PUPIL_MANAGE)
def pupil_leave(request, public_id):
    """The pupil attends no more."""
    row = _pupil(request, public_id)
    form = forms.LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.leave(pupil=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi học sinh thôi học.")
        return redirect("pupil", public_id)
    return _page(request, form, row, "Ghi học sinh thôi học")


@require(Permission.PUPIL_MANAGE)
def pupil_class(request, public_id):
    """Another class of the same year."""
    row = _pupil(request, public_id)
    form = forms.ClassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_class(pupil=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã đổi lớp.")
        return redirect("pupil", public_id)
    return _page(request, form, row, "Đổi lớp")


@require(Permission.PUPIL_MANAGE)
def enrolment_void(request, public_id):
    """A row of a class that was written down by mistake."""
    rows = Enrolment.objects.filter(pupil__in=Pupil.objects.kept_by(request.user), voided_at=None)
    row = get_object_or_404(rows.select_related("pupil"), public_id=public_id)
    form = forms.EnrolmentVoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.void(enrolment=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy dòng ghi nhầm.")
        return redirect("pupil", row.pupil.public_id)
    return _page(request, form, row.pupil, f"Hủy dòng lớp {row.class_name}", "Hủy dòng này")


@require(Permission.PUPIL_MANAGE)
def roll_over(request):
    """Classes go up in one action; the last classes leave school."""
    school = forms.schools_of(request.user)[0]
    rows = Enrolment.objects.open().filter(unit=school)
    year = rows.order_by("school_year").values_list("school_year", flat=True).first()
    if year is None:
        messages.info(request, "Chưa có học sinh nào đang học nên chưa có lớp để lên.")
        return redirect("school")
    counted = (
        rows.filter(school_year=year).exclude(class_name="").order_by().values_list("class_name").annotate(pupils=Count("pk"))
    )
    classes = sorted(counted, key=lambda row: schools.class_key(row[0]))
    form = forms.RollOverForm(request.POST or None, classes=classes, school_year=year)
    if request.method == "POST" and form.is_valid():
        up, out = actions.roll_over(
            school=school, by=request.user, school_year=year, on=form.cleaned_data["on"], classes=form.named
        )
        messages.success(request, f"{up} học sinh đã lên lớp, {out} học sinh ra trường.")
        return redirect("school")
    context = {"form": form, "year": schools.year_text(year), "next_year": schools.year_text(year + 1)}
    return render(request, "schools/roll_over.html", context)


@require(Permission.PUPIL_MANAGE)
def pupil_upload(request):
    """Choose the file of a school year; its reading begins at once. Below it the files taken in before."""
    form = forms.PupilListForm(request.POST or None, request.FILES or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        row = lists.upload(
            by=request.user, kind=TakenList.Kind.PUPILS, unit=values["unit"], on=values["on"],
            asked={"school_year": values["school_year"]}, name=values["file"].name, data=values["file"].read(),
        )  # fmt: skip
        return redirect("list", row.public_id)
    before = TakenList.objects.visible_to(request.user).filter(kind=TakenList.Kind.PUPILS).select_related("file", "unit")[:20]
    return render(request, "schools/upload.html", {"form": form, "before": before, "steps": steps(0)})
