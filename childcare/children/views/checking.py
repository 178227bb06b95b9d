"""Lists to be checked and their progress; checked with the police, one child at a time, from its page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import checklists
from childcare.children.actions import checklists as sending
from childcare.children.actions import verification
from childcare.children.forms.checking import CheckListForm, VerifyForm
from childcare.children.identity import grouped
from childcare.children.models import CheckList
from childcare.children.views.common import editable_child, form_page
from childcare.documents.downloads import download_stored
from childcare.lib.calendar import today
from childcare.units.models import Unit

LISTED = 50


@require(Permission.CHILD_EXPORT)
def check_lists(request):
    """Progress per hamlet, the lists that went out, and a new one."""
    communes = checklists.places_of(request.user, Permission.CHILD_EXPORT)
    if len(communes) != 1:
        raise Http404
    units = [communes[0], *Unit.objects.hamlets_of(communes[0], today())]
    form = CheckListForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        row = sending.send_out(by=request.user, unit=values["unit"], holder=values["holder"])
        return redirect("job", row.job.public_id)
    made = CheckList.objects.visible_to(request.user).select_related("unit", "made_by").order_by("-pk")[:LISTED]
    context = {"form": form, "commune": communes[0], "on": today(), "made": made}
    context["rows"] = checklists.progress(communes[0], request.user)
    return render(request, "children/check_lists.html", context)


@require(Permission.CHILD_EXPORT)
def check_list_file(request, public_id, ending):
    """A list that went out, as workbook or paper."""
    row = get_object_or_404(CheckList.objects.visible_to(request.user).select_related("xlsx", "pdf"), public_id=public_id)
    stored = {"xlsx": row.xlsx, "pdf": row.pdf}.get(ending)
    if stored is None:
        raise Http404
    audit.record("checklist.downloaded", by=request.user, subject=row, note=ending)
    return download_stored(stored)


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
