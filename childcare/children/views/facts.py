"""Circumstances, supports and carers of a child or household: record, end, correct, void."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import caregivers, circumstances, supports
from childcare.children.actions.protection import commune_of
from childcare.children.forms import facts as forms
from childcare.children.forms.base import VoidForm
from childcare.children.forms.people import CaregiverForm
from childcare.children.models import Caregiver, Circumstance, Household, Support
from childcare.children.views.common import back_to, current_fact, edit, form_page, home_of, recordable_child, recordable_fact

VOID_LEAD = "Chỉ hủy dòng ghi nhầm. Hoàn cảnh hay trợ giúp đã hết thì dùng “Kết thúc”."


def _household(request, public_id):
    return get_object_or_404(Household.objects.visible_to(request.user).recordable_by(request.user), public_id=public_id)


@require(Permission.FACT_RECORD)
def circumstance_add(request, public_id):
    """A circumstance or risk of a child."""
    child = recordable_child(request, public_id)
    return _circumstance_add(request, ("child", public_id), child.unit, child=child)


@require(Permission.FACT_RECORD)
def household_risk_add(request, public_id):
    """A risk of a household."""
    household = _household(request, public_id)
    return _circumstance_add(request, ("household", public_id), household.unit, household=household)


def _circumstance_add(request, home, unit, **owner):
    asked = {"kind": request.GET.get("kind", "")[:8]}
    form = forms.CircumstanceForm(
        request.POST or None, officer=request.user, unit=unit, household="household" in owner, initial=asked
    )
    if request.method == "POST" and form.is_valid():
        row = circumstances.record(by=request.user, **owner, **form.cleaned_data)
        messages.success(request, "Đã ghi.")
        if warning := circumstances.warning(row):
            messages.warning(request, warning)
        return redirect(*home)
    heading = "Thêm hoàn cảnh, nguy cơ" if "child" in owner else "Thêm nguy cơ của hộ"
    return form_page(request, form, heading=heading, back=reverse(home[0], args=home[1:]), child=owner.get("child"))


@require(Permission.FACT_RECORD)
def circumstance_end(request, public_id):
    """The last day of a circumstance."""
    row = recordable_fact(request, Circumstance, public_id)
    form = forms.CircumstanceEndForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        circumstances.end(circumstance=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã kết thúc hoàn cảnh.")
        return back_to(row)
    return _fact_page(request, form, row, f"Kết thúc: {row.kind.name}", "Kết thúc hoàn cảnh")


@require(Permission.FACT_RECORD)
def circumstance_correct(request, public_id):
    """The right row in place of a wrong one."""
    row, stale = current_fact(request, Circumstance, public_id)
    unit = (row.child or row.household).unit

    def make(data):
        initial = {name: getattr(row, name) for name in ("started_on", "paper", "paper_on", "note", "version")}
        initial |= {"kind": row.kind.code, "last_day": row.ended_on and row.ended_on - timedelta(days=1)}
        return forms.CircumstanceCorrectForm(
            data, officer=request.user, unit=unit, household=row.child is None, initial=initial
        )

    def act(form):
        values = dict(form.cleaned_data)
        last = values.pop("last_day")
        values["ended_on"] = last + timedelta(days=1) if last else None
        values["end_reason"] = row.end_reason if last else ""
        circumstances.correct(circumstance=row, by=request.user, **values)
        return _corrected(request, row)

    return _correct(request, row, make, act, stale)


@require(Permission.FACT_RECORD)
def circumstance_void(request, public_id):
    """A circumstance that should never have been written."""
    row = recordable_fact(request, Circumstance, public_id)
    return _void(request, row, f"Hủy dòng: {row.kind.name}", lambda **values: circumstances.void(circumstance=row, **values))


@require(Permission.FACT_RECORD)
def support_add(request, public_id):
    """An act of help to a child."""
    child = recordable_child(request, public_id)
    may_protect = request.user.can_in(Permission.PROTECTED_VIEW, child.unit)
    form = forms.SupportForm(request.POST or None, may_protect=may_protect)
    if request.method == "POST" and form.is_valid():
        supports.record(by=request.user, child=child, unit=commune_of(child.unit), **form.cleaned_data)
        messages.success(request, "Đã ghi trợ giúp.")
        return redirect("child", public_id)
    return form_page(request, form, heading="Thêm trợ giúp", back=reverse("child", args=[public_id]), child=child)


@require(Permission.FACT_RECORD)
def household_support_add(request, public_id):
    """An act of help to a household."""
    household = _household(request, public_id)
    form = forms.SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        supports.record(by=request.user, household=household, unit=commune_of(household.unit), **form.cleaned_data)
        messages.success(request, "Đã ghi trợ giúp.")
        return redirect("household", public_id)
    return form_page(request, form, heading="Thêm trợ giúp cho hộ", back=reverse("household", args=[public_id]))


@require(Permission.FACT_RECORD)
def support_end(request, public_id):
    """The last day of a running support."""
    row = recordable_fact(request, Support, public_id)
    form = forms.LastDayForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        supports.end(support=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã kết thúc trợ giúp.")
        return back_to(row)
    return _fact_page(request, form, row, f"Kết thúc: {row.kind.name}", "Kết thúc trợ giúp")


@require(Permission.FACT_RECORD)
def support_correct(request, public_id):
    """The right act of help in place of a wrong one."""
    row, stale = current_fact(request, Support, public_id)
    names = [name for name in forms.SupportFields.base_fields if name != "kind"]

    def make(data):
        initial = {**{name: getattr(row, name) for name in names}, "kind": row.kind.code, "version": row.version}
        return forms.SupportCorrectForm(data, initial=initial)

    def act(form):
        supports.correct(support=row, by=request.user, **form.cleaned_data)
        return _corrected(request, row)

    return _correct(request, row, make, act, stale)


@require(Permission.FACT_RECORD)
def support_void(request, public_id):
    """An act of help that should never have been written."""
    row = recordable_fact(request, Support, public_id)
    return _void(request, row, f"Hủy dòng: {row.kind.name}", lambda **values: supports.void(support=row, **values))


@require(Permission.FACT_RECORD)
def caregiver_add(request, public_id):
    """Who cares for a child."""
    child = recordable_child(request, public_id)
    form = CaregiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        caregivers.record(by=request.user, child=child, **form.cleaned_data)
        messages.success(request, "Đã ghi người chăm sóc.")
        return redirect("child", public_id)
    return form_page(request, form, heading="Thêm người chăm sóc", back=reverse("child", args=[public_id]), child=child)


@require(Permission.FACT_RECORD)
def caregiver_end(request, public_id):
    """The last day of a carer."""
    row = recordable_fact(request, Caregiver, public_id)
    form = forms.LastDayForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        caregivers.end(caregiver=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã kết thúc.")
        return back_to(row)
    return _fact_page(request, form, row, f"Thôi chăm sóc: {row.name}", "Kết thúc")


@require(Permission.FACT_RECORD)
def caregiver_void(request, public_id):
    """A carer who should never have been written."""
    row = recordable_fact(request, Caregiver, public_id)
    return _void(request, row, f"Hủy dòng: {row.name}", lambda **values: caregivers.void(caregiver=row, **values))


def _void(request, row, heading, act):
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        act(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy dòng; lịch sử vẫn giữ.")
        return back_to(row)
    return _fact_page(request, form, row, heading, "Hủy dòng này", danger=True, lead=VOID_LEAD)


def _corrected(request, row):
    messages.success(request, "Đã đính chính; dòng cũ nằm trong lịch sử.")
    return back_to(row)


def _correct(request, row, make, act, stale):
    """The page of a correction; when the row was corrected meanwhile, its form goes to the row that is valid now."""
    name, key = home_of(row)
    action = reverse(request.resolver_match.url_name, args=[row.public_id])
    return edit(
        request, row, make, act, stale=stale, heading=f"Đính chính: {row.kind.name}", submit="Lưu bản đúng", action=action,
        back=reverse(name, args=[key]), child=row.child,
    )  # fmt: skip


def _fact_page(request, form, row, heading, submit, **context):
    name, key = home_of(row)
    back = reverse(name, args=[key])
    return form_page(request, form, heading=heading, back=back, submit=submit, child=getattr(row, "child", None), **context)
