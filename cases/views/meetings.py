"""The minutes of a meeting, and decisions on an isolation."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cases.actions import isolating, meetings
from cases.forms_papers import MeetingForm, OrderForm
from cases.models import Case, EmergencyStep, IsolationOrder, Meeting
from cases.views.steps import page, workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import TZ, today

TEXTS = ("place", "chair", "secretary", "participants", "opinions", "measures")
KINDS = {"cach-ly": "order", "gia-han": "extension", "ket-thuc": "ending"}


@require(Permission.CASE_WORK)
def meeting(request, public_id):
    """Write the minutes of a meeting, or correct those named by `sua`."""
    case = workable(request, public_id)
    former = _former(request, case)
    form = MeetingForm(request.POST or None, initial=_initial(former) | {"version": case.version})
    if request.method == "POST" and form.is_valid():
        meetings.record(case=case, by=request.user, replaces=former, **form.values())
        messages.success(request, "Đã lưu biên bản họp.")
        return redirect("case", public_id)
    heading = "Sửa biên bản họp" if former else "Họp xác định biện pháp bảo vệ"
    return page(request, form, case, heading, "Lưu biên bản", keep_draft=True)


def _former(request, case):
    key = request.GET.get("sua")
    if not key:
        return None
    try:
        key = uuid.UUID(key)
    except ValueError:
        raise Http404
    return get_object_or_404(Meeting, case=case, public_id=key, voided_at=None)


def _initial(former):
    if former is None:
        return {}
    held = former.held_at.astimezone(TZ)
    return {name: getattr(former, name) for name in TEXTS} | {"day": held.date(), "hour": f"{held:%H:%M}"}


@require(Permission.CASE_WORK)
def isolation_order(request, public_id, order):
    """One decision on an isolation."""
    kind = KINDS.get(order)
    if kind is None:
        raise Http404
    cases = Case.objects.visible_to(request.user).workable_by(request.user)
    steps = EmergencyStep.objects.filter(kind="isolation", case__in=cases).select_related("case__unit", "case__protected_file")
    step = get_object_or_404(steps.prefetch_related("orders"), public_id=public_id)
    form = OrderForm(request.POST or None, kind=kind, initial=_of_step(step, kind))
    if request.method == "POST" and form.is_valid():
        isolating.order(step=step, by=request.user, kind=kind, **form.cleaned_data)
        messages.success(request, "Đã ghi quyết định.")
        return redirect("case", step.case.public_id)
    return page(request, form, step.case, IsolationOrder.Kind(kind).label, "Lưu quyết định")


def _of_step(step, kind):
    """What is known already: the days of the step, where and with whom the child is by the last decision."""
    rows = [row for row in step.orders.all() if row.voided_at is None]
    last = rows[-1] if rows else None
    known = {"until": step.until, "number": step.decision} if kind == "order" and not rows else {}
    if kind == "ending":
        return {"ended_on": step.ended_on or today()}
    return known | ({"place": last.place, "carer": last.carer} if last else {})
