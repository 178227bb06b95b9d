"""A commune says which children the pupils of a school are: the list, one pupil, match, add, pass on."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import ethnics
from childcare.children.actions import pupils as actions
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.schools import AddChildForm, PassOnForm
from childcare.children.importing.matching import candidates
from childcare.children.models import Child, Enrolment, Pupil
from childcare.lib.paging import paged


def _mine(officer):
    """Children whom the officer may see and change."""
    return Child.objects.visible_to(officer).editable_by(officer).select_related("unit")


def _asked(request, public_id):
    """A pupil about whom the officer's commune is asked, or 404."""
    rows = Pupil.objects.asked_of(request.user).select_related("unit")
    return get_object_or_404(rows, public_id=public_id)


@require(Permission.CHILD_EDIT)
def asked_list(request):
    """Pupils who are not in the registry yet as far as anybody said, each with the child who may be it."""
    now = Prefetch("enrolments", Enrolment.objects.open(), to_attr="now")
    rows = Pupil.objects.asked_of(request.user).filter(enrolments__ended_on=None, enrolments__voided_at=None)
    rows = rows.select_related("unit").prefetch_related(now).order_by("unit__name", "name_key", "pk").distinct()
    page, pager = paged(request, rows)
    alike = candidates(page, _mine(request.user))
    audit.record("pupil.listed", by=request.user, shown=[row.public_id for row in page])
    lines = [{"pupil": row, "now": row.now[0], "alike": alike[row.pk]} for row in page]
    return render(request, "schools/asked.html", {"lines": lines, "pager": pager, "form": AddChildForm(officer=request.user)})


@require_POST
@require(Permission.CHILD_EDIT)
def match_many(request):
    """The ticked pupils are the children beside them ("pupil:child")."""
    pairs = [text.split(":") for text in request.POST.getlist("same")]
    pairs = [(uuid_or_blank(pair[0]), uuid_or_blank(pair[-1])) for pair in pairs]
    pupils = {str(row.public_id): row for row in Pupil.objects.asked_of(request.user).filter(public_id__in=_keys(pairs, 0))}
    children = {str(row.public_id): row for row in _mine(request.user).filter(public_id__in=_keys(pairs, 1))}
    done = 0
    for pupil, child in pairs:
        if pupil in pupils and child in children:
            actions.match(pupil=pupils[pupil], child=children[child], by=request.user)
            done += 1
    messages.success(request, f"Đã khớp {done} học sinh với trẻ em trong sổ." if done else "Chưa chọn học sinh nào.")
    return redirect("pupil-asked")


def _keys(pairs, place):
    return [pair[place] for pair in pairs if pair[place]]


@require(Permission.CHILD_EDIT)
def decide(request, public_id):
    """One pupil: what the school brought, who may be it, and the three answers."""
    row = _asked(request, public_id)
    alike = candidates([row], _mine(request.user))[row.pk]
    audit.record("pupil.viewed", by=request.user, subject=row)
    facts = [
        ("Ngày sinh", row.birth.text if row.birth else ""), ("Giới tính", row.get_sex_display()),
        ("Dân tộc", ethnics.names().get(row.ethnic, "")), ("Số định danh", row.identity_number or ""),
        ("Họ tên mẹ", row.mother_name), ("Họ tên cha", row.father_name), ("Điện thoại", row.phone), ("Chỗ ở", row.address),
    ]  # fmt: skip
    context = {
        "pupil": row, "facts": facts, "now": row.enrolments.open().first(),
        "alike": [(child, actions.attending(child)) for child in alike],
        "add": AddChildForm(officer=request.user), "pass_on": PassOnForm(pupil=row),
    }  # fmt: skip
    return render(request, "schools/decide.html", context)


@require_POST
@require(Permission.CHILD_EDIT)
def match(request, public_id):
    """The pupil is this child."""
    row = _asked(request, public_id)
    child = get_object_or_404(_mine(request.user), public_id=uuid_or_blank(request.POST.get("child")) or None)
    actions.match(pupil=row, child=child, by=request.user)
    messages.success(request, "Đã khớp học sinh với trẻ em trong sổ.")
    return redirect("pupil-asked")


@require_POST
@require(Permission.CHILD_EDIT)
def add(request, public_id):
    """Put the pupil into the registry."""
    # The same post twice finds the child that the first one made.
    rows = Pupil.objects.asked_of(request.user) | Pupil.objects.filter(child__in=_mine(request.user))
    row = get_object_or_404(rows, public_id=public_id)
    form = AddChildForm(request.POST, officer=request.user)
    if not form.is_valid():
        messages.error(request, "Hãy chọn nơi ở của trẻ.")
        return redirect("pupil-decide", public_id)
    child = actions.add_child(pupil=row, by=request.user, once=form.cleaned_data["once"], unit=form.cleaned_data["hamlet"])
    messages.success(request, "Đã thêm học sinh vào sổ trẻ em.")
    return redirect("child", child.public_id)


@require_POST
@require(Permission.CHILD_EDIT)
def add_many(request):
    """The ticked pupils go into the registry, all with the place chosen below the list."""
    form = AddChildForm(request.POST, officer=request.user)
    chosen = [uuid_or_blank(text) for text in request.POST.getlist("new")]
    if not form.is_valid() or not any(chosen):
        messages.error(request, "Hãy đánh dấu học sinh và chọn nơi ở rồi bấm thêm.")
        return redirect("pupil-asked")
    rows = list(Pupil.objects.asked_of(request.user).filter(public_id__in=[text for text in chosen if text]).order_by("pk"))
    for row in rows:
        actions.add_child(pupil=row, by=request.user, once=None, unit=form.cleaned_data["hamlet"])
    messages.success(request, f"Đã thêm {len(rows)} học sinh vào sổ trẻ em.")
    return redirect("pupil-asked")


@require_POST
@require(Permission.CHILD_EDIT)
def pass_on(request, public_id):
    """The pupil does not live here."""
    row = _asked(request, public_id)
    form = PassOnForm(request.POST, pupil=row)
    if form.is_valid():
        actions.pass_on(pupil=row, by=request.user, to=form.cleaned_data["to"])
        messages.success(request, "Đã ghi học sinh không ở địa bàn này.")
    return redirect("pupil-asked")


@require_POST
@require(Permission.CHILD_EDIT)
def unmatch(request, public_id):
    """The child was matched to the wrong pupil: who it is is asked again."""
    row = get_object_or_404(Pupil.objects.filter(child__in=_mine(request.user)).select_related("child"), public_id=public_id)
    child = row.child
    actions.unmatch(pupil=row, by=request.user)
    messages.success(request, "Đã bỏ khớp. Học sinh trở lại danh sách chờ xác nhận.")
    return redirect(reverse("child", args=[child.public_id]))
