"""Staff of a unit: the list with its print and workbook, one person, what he does; people taken over from the accounts."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.filters import uuid_or_blank
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans import forms_staff as forms
from plans import listing, staff_lists
from plans.actions import staff as actions
from plans.forms import VoidForm
from plans.models import Staff, StaffPost
from plans.views.attempting import done
from plans.workplaces import ground_of, places_in

P = Permission
RENDER = {"pdf": render_pdf, "xlsx": render_xlsx}


def unit_of(request, public_id):
    """A unit whose staff the officer may read."""
    row = get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), public_id=public_id)
    if not request.user.can_in(P.PLAN_VIEW, row):
        raise Http404
    return row


def editable_unit(request, public_id):
    """The same where the officer may write; a colleague who only reads is refused."""
    row = unit_of(request, public_id)
    if not request.user.can_in(P.PLAN_EDIT, row):
        raise PermissionDenied
    return row


def _post(request, public_id):
    rows = StaffPost.objects.editable_by(request.user).select_related("staff", "unit", "unit__parent")
    return get_object_or_404(rows, public_id=public_id)


@require(P.PLAN_VIEW)
def staff_list(request, public_id):
    """Posts of the unit and below, as the filter asks."""
    unit = unit_of(request, public_id)
    on = unit.as_of(today())
    form = forms.StaffFilter(request.GET, places=places_in(unit))
    values = form.cleaned_data if form.is_valid() else {}
    rows, pager = listing.paged(request, staff_lists.posts_of(unit, request.user, on=on, **values))
    audit.record("staff.listed", by=request.user, subject=unit, shown=[row.staff.public_id for row in rows])
    context = {
        "unit": unit, "form": form, "rows": rows, "pager": pager, "query": request.GET.urlencode(),
        "tags": listing.tags(request, form) if form.is_valid() else [], "on": on,
        "may_edit": request.user.can_in(P.PLAN_EDIT, unit),
    }  # fmt: skip
    return render(request, "staff/list.html", context)


@require(P.PLAN_VIEW)
def staff_file(request, public_id, ending):
    """The same list to print or as a workbook."""
    unit = unit_of(request, public_id)
    if ending not in RENDER:
        raise Http404
    on = unit.as_of(today())
    form = forms.StaffFilter(request.GET, places=places_in(unit))
    values = form.cleaned_data if form.is_valid() else {}
    rows = list(staff_lists.posts_of(unit, request.user, on=on, **values)[: staff_lists.LIMIT + 1])
    if len(rows) > staff_lists.LIMIT:
        raise Refusal("Danh sách quá dài để in một lần. Hãy chọn một công việc hoặc một nơi làm việc.")
    audit.record("staff.printed", by=request.user, subject=unit, shown=[row.staff.public_id for row in rows], note=ending)
    document = staff_lists.document(unit, rows, on=on, officer=request.user)
    return download(RENDER[ending](document), name=f"Nhan luc {unit.name}.{ending}")


@require(P.PLAN_EDIT)
def staff_add(request, public_id):
    """One more person, with what he does."""
    unit = editable_unit(request, public_id)
    form = forms.StaffForm(request.POST or None, unit=unit, initial={"place": request.GET.get("noi", str(unit.public_id))})
    if request.method == "POST" and form.is_valid():
        person = {name: form.cleaned_data[name] for name in ("name", "phone", "namesake")}
        once = uuid_or_blank(request.POST.get("once")) or None
        if done(form, actions.add, by=request.user, once=once, **person, **form.facts):
            messages.success(request, f"Đã ghi {person['name']}.")
            return redirect("staff-add" if "again" in request.POST else "staff-list", unit.public_id)
    return render(request, "staff/add.html", {"unit": unit, "form": form, "once": request.POST.get("once") or uuid.uuid4()})


@require(P.PLAN_EDIT)
@require_POST
def staff_from_accounts(request, public_id):
    """Everybody who works with children by his account comes into the list."""
    unit = editable_unit(request, public_id)
    made = actions.take_from_accounts(unit=unit, by=request.user, on=unit.as_of(today()))
    messages.success(request, f"Đã đưa {made} người có tài khoản vào danh sách nhân lực." if made else "Không có ai phải thêm.")
    return redirect("staff-list", unit.public_id)


@require(P.PLAN_VIEW)
def person(request, public_id):
    """One person: what he did and does, and the trainings he came to."""
    row = get_object_or_404(Staff.objects.visible_to(request.user).select_related("officer"), public_id=public_id)
    posts = row.posts.visible_to(request.user).valid().select_related("unit", "unit__parent").order_by("-started_on", "-pk")
    trainings = row.attendance.visible_to(request.user).filter(voided_at=None, activity__voided_at=None)
    may_edit = row.posts.editable_by(request.user).exists()
    audit.record("staff.viewed", by=request.user, subject=row)
    context = {
        "person": row, "posts": posts, "may_edit": may_edit,
        "trainings": trainings.select_related("activity", "activity__unit").order_by("-activity__held_on"),
    }  # fmt: skip
    return render(request, "staff/person.html", context)


@require(P.PLAN_EDIT)
def person_edit(request, public_id):
    """Name and phone number put right."""
    row = get_object_or_404(Staff.objects.visible_to(request.user), public_id=public_id)
    if not row.posts.editable_by(request.user).exists():
        raise PermissionDenied
    form = forms.PersonForm(request.POST or None, initial={"name": row.name, "phone": row.phone, "version": row.version})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.rename, staff=row, by=request.user, **form.cleaned_data):
            messages.success(request, "Đã lưu.")
            return redirect("staff-person", row.public_id)
    return render(request, "staff/form.html", {"form": form, "heading": "Sửa tên, điện thoại", "person": row})


@require(P.PLAN_EDIT)
def post_add(request, public_id):
    """Another work of a person who is there."""
    row = get_object_or_404(Staff.objects.visible_to(request.user), public_id=public_id)
    post = row.posts.editable_by(request.user).select_related("unit", "unit__parent").order_by("-pk").first()
    if post is None:
        raise PermissionDenied
    form = forms.PostForm(request.POST or None, unit=ground_of(post.unit, request.user))
    if request.method == "POST" and form.is_valid():
        if done(form, actions.add, by=request.user, staff=row, **form.facts):
            messages.success(request, "Đã ghi thêm việc.")
            return redirect("staff-person", row.public_id)
    return render(request, "staff/form.html", {"form": form, "heading": f"Thêm việc cho {row.name}", "person": row})


@require(P.PLAN_EDIT)
def post_edit(request, public_id):
    """A wrong post: the row is kept, a right one takes its place."""
    post = _post(request, public_id)
    names = ("kind", "started_on", "time", "position", "decision_number", "decision_on", "note", "version")
    initial = {**{name: getattr(post, name) for name in names}, "place": str(post.unit.public_id), "last": post.last_day}
    form = forms.PostEditForm(request.POST or None, unit=ground_of(post.unit, request.user), initial=initial, now=post.unit)
    if request.method == "POST" and form.is_valid():
        if done(form, actions.correct, post=post, by=request.user, version=form.cleaned_data["version"], **form.facts):
            messages.success(request, "Đã sửa. Dòng cũ được giữ trong lịch sử.")
            return redirect("staff-person", post.staff.public_id)
    return render(request, "staff/form.html", {"form": form, "heading": "Sửa việc đã ghi", "person": post.staff, "post": post})


@require(P.PLAN_EDIT)
def post_end(request, public_id):
    """The person does this no more."""
    post = _post(request, public_id)
    form = forms.LastDayForm(request.POST or None, initial={"version": post.version})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.end, post=post, by=request.user, version=form.cleaned_data["version"], on=form.on):
            messages.success(request, f"Đã ghi ngày {post.staff.name} thôi làm việc này.")
            return redirect("staff-person", post.staff.public_id)
    context = {
        "form": form, "heading": f"{post.staff.name} thôi làm", "person": post.staff, "told": post, "submit": "Ghi thôi làm",
    }  # fmt: skip
    return render(request, "staff/form.html", context)


@require(P.PLAN_EDIT)
def post_void(request, public_id):
    """The post was never so."""
    post = _post(request, public_id)
    form = VoidForm(request.POST or None, initial={"version": post.version})
    if request.method == "POST" and form.is_valid():
        if done(form, actions.void, post=post, by=request.user, **form.cleaned_data):
            messages.success(request, "Đã hủy dòng ghi nhầm.")
            return redirect("staff-list", ground_of(post.unit, request.user).public_id)
    context = {
        "form": form, "heading": "Hủy dòng ghi nhầm", "person": post.staff, "told": post, "submit": "Hủy dòng này",
        "danger": True,
    }  # fmt: skip
    return render(request, "staff/form.html", context)
