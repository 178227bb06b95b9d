"""Bodies of a unit: the list, one body with its decisions, members and meetings, its print."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.filters import uuid_or_blank
from childcare.documents.downloads import download
from childcare.lib.calendar import today
from childcare.lib.vietnamese import clean_text
from plans import body_lists, listing
from plans import forms_bodies as forms
from plans.actions import bodies as actions
from plans.forms import VoidForm
from plans.forms_staff import LastDayForm
from plans.models import Body, BodyDecision, BodyMeeting
from plans.views.attempting import done
from plans.views.staff import RENDER, editable_unit, unit_of
from plans.views.staff_grid import EMPTY_ROWS, lines_of

P = Permission
MEMBER_COLUMNS = ["Họ và tên", "Vai trò trong ban, nhóm", "Chức vụ, cơ quan"]
MOST = 60


@require(P.PLAN_VIEW)
def body_list(request, public_id):
    """Bodies of the unit and below, each with the decision that holds."""
    unit = unit_of(request, public_id)
    on, every = unit.as_of(today()), bool(request.GET.get("tat-ca"))
    rows, pager = listing.paged(request, body_lists.bodies_of(unit, request.user, on=None if every else on))
    decisions = body_lists.decisions_of(rows)
    lines = [
        (row, decisions.get(row.pk, [None])[0], body_lists.state_of(row, decisions.get(row.pk, []), on)) for row in rows
    ]  # fmt: skip
    context = {
        "unit": unit, "lines": lines, "pager": pager, "on": on, "every": every,
        "may_edit": request.user.can_in(P.PLAN_EDIT, unit),
    }  # fmt: skip
    return render(request, "staff/bodies.html", context)


@require(P.PLAN_EDIT)
def body_add(request, public_id):
    """A new body with the decision that founded it."""
    unit = editable_unit(request, public_id)
    form = forms.BodyForm(request.POST or None, unit=unit, initial={"kind": request.GET.get("loai", "standing")})
    if request.method == "POST" and form.is_valid():
        body = done(form, actions.found, by=request.user, once=_once(request), **form.facts)
        if body:
            messages.success(request, f"Đã ghi {body.name}. Hãy ghi tiếp thành viên.")
            return redirect("body", body.public_id)
    context = {
        "unit": unit,
        "form": form,
        "heading": "Thêm ban, nhóm, câu lạc bộ",
        "once": request.POST.get("once") or uuid.uuid4(),
    }
    return render(request, "staff/unit_form.html", context)


def _once(request):
    return uuid_or_blank(request.POST.get("once")) or None


def _body(request, public_id, *, editable=False):
    rows = Body.objects.editable_by(request.user) if editable else Body.objects.visible_to(request.user).valid()
    return get_object_or_404(rows.select_related("unit", "unit__parent"), public_id=public_id)


@require(P.PLAN_VIEW)
def body(request, public_id):
    """One body: decisions, members, meetings, training."""
    row = _body(request, public_id)
    on = row.unit.as_of(today())
    decisions = body_lists.decisions_of([row]).get(row.pk, [])
    members = body_lists.members_of(row, on)
    audit.record("body.viewed", by=request.user, subject=row)
    trained, known = body_lists.trained_of(members, on.replace(month=1, day=1), on)
    context = {
        "body": row, "on": on, "members": members, "state": body_lists.state_of(row, decisions, on),
        "decisions": [(decision, body_lists.decision_text(decision)) for decision in decisions],
        "meetings": row.meetings.filter(voided_at=None)[:MOST], "trained": trained, "known": known,
        "may_edit": request.user.can_in(P.PLAN_EDIT, row.unit) and not row.ended_on,
    }  # fmt: skip
    return render(request, "staff/body.html", context)


@require(P.PLAN_VIEW)
def body_file(request, public_id, ending):
    """The members with their decision, to print or as a workbook."""
    row = _body(request, public_id)
    if ending not in RENDER:
        raise Http404
    on = row.unit.as_of(today())
    audit.record("body.printed", by=request.user, subject=row, note=ending)
    decisions = body_lists.decisions_of([row]).get(row.pk, [])
    made = body_lists.document(row, body_lists.members_of(row, on), decisions, on=on, officer=request.user)
    return download(RENDER[ending](made), name=f"Thanh vien {row.name}.{ending}")


@require(P.PLAN_EDIT)
def body_edit(request, public_id):
    """The name, kind or remark put right."""
    row = _body(request, public_id, editable=True)
    form = forms.BodyEditForm(
        request.POST or None, initial={name: getattr(row, name) for name in ("kind", "name", "note", "version")}
    )
    return _step(request, row, form, actions.rename, "Sửa tên, loại", "Đã lưu.", body=row)


@require(P.PLAN_EDIT)
def body_renew(request, public_id):
    """Kiện toàn: a new decision."""
    row = _body(request, public_id, editable=True)
    form = forms.RenewForm(request.POST or None, body=row)
    return _step(
        request,
        row,
        form,
        actions.renew,
        "Ghi kiện toàn",
        "Đã ghi. Hãy xem lại danh sách thành viên.",
        body=row,
        once=_once(request),
    )


@require(P.PLAN_EDIT)
def body_meet(request, public_id):
    """A meeting that was held."""
    row = _body(request, public_id, editable=True)
    form = forms.MeetingForm(request.POST or None)
    return _step(request, row, form, actions.meet, "Ghi cuộc họp", "Đã ghi cuộc họp.", body=row, once=_once(request))


@require(P.PLAN_EDIT)
def body_end(request, public_id):
    """The body exists no more."""
    row = _body(request, public_id, editable=True)
    form = LastDayForm(request.POST or None, initial={"version": row.version})
    heading = "Ghi ngày kết thúc hoạt động"
    if request.method == "POST" and form.is_valid():
        if done(form, actions.end, body=row, by=request.user, version=form.cleaned_data["version"], on=form.on):
            messages.success(request, f"{row.name} đã kết thúc.")
            return redirect("body", row.public_id)
    return render(request, "staff/body_form.html", {"body": row, "form": form, "heading": heading})


@require(P.PLAN_EDIT)
def body_void(request, public_id):
    """The body was written by mistake."""
    row = _body(request, public_id, editable=True)
    return _voiding(request, row, row, "Hủy mục ghi nhầm")


@require(P.PLAN_EDIT)
def body_decision_void(request, public_id):
    """A decision that was written by mistake."""
    rows = BodyDecision.objects.editable_by(request.user).select_related("body__unit__parent")
    row = get_object_or_404(rows, public_id=public_id)
    return _voiding(request, row, row.body, "Hủy quyết định ghi nhầm")


@require(P.PLAN_EDIT)
def body_meeting_void(request, public_id):
    """A meeting that was written by mistake."""
    row = get_object_or_404(
        BodyMeeting.objects.editable_by(request.user).select_related("body__unit__parent"), public_id=public_id
    )
    return _voiding(request, row, row.body, "Hủy cuộc họp ghi nhầm")


def _voiding(request, row, body, heading):
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid() and done(form, actions.void, row=row, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã hủy dòng ghi nhầm.")
        return redirect("body-list", body.unit.public_id) if row is body else redirect("body", body.public_id)
    return render(
        request, "staff/body_form.html", {"body": body, "form": form, "heading": heading, "danger": True, "submit": "Hủy"}
    )


def _step(request, row, form, action, heading, said, **values):
    """Every short form of a body: post, act, back to the body."""
    if request.method == "POST" and form.is_valid() and done(form, action, by=request.user, **values, **form.cleaned_data):
        messages.success(request, said)
        return redirect("body", row.public_id)
    context = {"body": row, "form": form, "heading": heading, "once": request.POST.get("once") or uuid.uuid4()}
    return render(request, "staff/body_form.html", context)


@require(P.PLAN_EDIT)
def body_members(request, public_id):
    """The whole list of members in a grid: typed, pasted, shortened; from which day it holds."""
    row = _body(request, public_id, editable=True)
    now = body_lists.members_of(row, row.unit.as_of(today()))
    form = forms.SinceForm(request.POST or None, initial={"version": row.version, "on": request.GET.get("tu", "")})
    cells = (
        [[clean_text(cell) for cell in line] for line in lines_of(request, len(MEMBER_COLUMNS), MOST)]
        if request.method == "POST"
        else None
    )
    if request.method == "POST" and form.is_valid():
        members = [(name[:120], role[:80], position[:160]) for name, role, position in cells if name]
        answer = done(form, actions.set_members, body=row, by=request.user, version=form.cleaned_data["version"],
                      members=members, on=form.cleaned_data["on"])  # fmt: skip
        if answer:
            messages.success(request, f"Đã lưu danh sách: thêm {answer[0]}, ra {answer[1]}.")
            return redirect("body", row.public_id)
    shown = cells if cells is not None else [[member.name, member.role, member.position] for member in now]
    lines = [(at, list(zip(MEMBER_COLUMNS, line, strict=True))) for at, line in enumerate(shown, 1)]
    context = {
        "body": row, "form": form, "columns": MEMBER_COLUMNS, "lines": lines, "longest": MOST,
        "empty": range(len(lines) + 1, max(len(lines) + 3, EMPTY_ROWS) + 1),
    }  # fmt: skip
    return render(request, "staff/members.html", context)
