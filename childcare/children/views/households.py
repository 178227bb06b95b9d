"""A household as a whole: part of it splits off, it moves together, it gets another head."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import splitting
from childcare.children.forms.households import HeadForm, HouseholdMoveForm, SplitForm
from childcare.children.models import Household
from childcare.children.views.common import form_page

EDIT = Permission.CHILD_EDIT


def _mine(request, public_id):
    """(a household that the officer may change, the way back to its page), or 404."""
    rows = Household.objects.visible_to(request.user).editable_by(request.user).select_related("unit")
    return get_object_or_404(rows, public_id=public_id), reverse("household", args=[public_id])


@require(EDIT)
def household_split(request, public_id):
    """Some children of the household live in a new one."""
    row, back = _mine(request, public_id)
    members = list(splitting.members(row, request.user))
    form = SplitForm(request.POST or None, household=row, members=members, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        new = splitting.split(household=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã tách: hộ {new} là hộ mới.")
        return redirect("household", new.public_id)
    lead = f"Hộ {row}. Loại hộ, nguy cơ, trợ giúp của hộ cũ ở lại hộ cũ; hộ mới được ghi riêng."
    return form_page(request, form, heading="Tách hộ", back=back, submit="Tách hộ", lead=lead)


@require(EDIT)
def household_move(request, public_id):
    """The household moves with all its children."""
    row, back = _mine(request, public_id)
    members = list(splitting.members(row, request.user))
    form = HouseholdMoveForm(request.POST or None, household=row, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        number = splitting.move(household=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã chuyển hộ {row} với {number} trẻ đến {form.cleaned_data['unit'].name}.")
        seen = Household.objects.visible_to(request.user).filter(pk=row.pk).exists()
        return redirect(back if seen else reverse("child-list"))
    lead = f"Hộ {row} và {len(members)} trẻ cùng chuyển. Sang xã, phường khác thì nơi đến tiếp nhận từng trẻ."
    return form_page(request, form, heading="Chuyển cả hộ", back=back, submit="Chuyển cả hộ", lead=lead)


@require(EDIT)
def household_head(request, public_id):
    """Another person is the head of the household."""
    row, back = _mine(request, public_id)
    form = HeadForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        splitting.change_head(household=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã đổi chủ hộ; chủ hộ cũ nằm trong lịch sử của hộ.")
        return redirect(back)
    return form_page(request, form, heading="Đổi chủ hộ", back=back, submit="Đổi chủ hộ", lead=f"Chủ hộ hiện nay: {row}.")
