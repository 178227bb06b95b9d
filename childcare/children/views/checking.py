"""Checked with the police: one child at a time, from its page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import verification
from childcare.children.forms.checking import VerifyForm
from childcare.children.identity import grouped
from childcare.children.views.common import editable_child, form_page


@require(Permission.CHILD_EDIT)
def child_verify(request, public_id):
    """The police confirmed the number of the child on a day."""
    row = editable_child(request, public_id)
    form = VerifyForm(request.POST or None, initial={"version": row.version, "on": row.identity_verified_on})
    if request.method == "POST" and form.is_valid():
        verification.verify(child=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi ngày công an xác thực số định danh.")
        return redirect("child", row.public_id)
    lead = f"{row.display_name}. Số định danh: {grouped(row.identity_number) if row.identity_number else 'chưa có'}."
    back = reverse("child", args=[public_id])
    return form_page(request, form, heading="Công an đã xác thực số định danh", back=back, child=row, lead=lead)
