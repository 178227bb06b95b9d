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
from childcare.children.forms.checking import CheckListForm, UnitFilter, VerifyForm
from childcare.children.identity import grouped
from childcare.children.models import CheckList
from childcare.children.views.common import editable_child, form_page
from childcare.documents.downloads import download_stored
from childcare.lib.calendar import today
from childcare.lib.paging import paged
from childcare.units.models import Unit

LISTED = 50
COMMUNES = 25  # communes on a page: their children are counted at once


@require(Permission.CHILD_EXPORT, Permission.FIGURE_VIEW)
def check_lists(request):
    """The page of the officer's commune; whoever stands above communes sees how far each of them is."""
    own = checklists.communes_of(request.user, Permission.CHILD_EXPORT)
    mine = own | checklists.communes_of(request.user, Permission.FIGURE_VIEW, above_only=True)
    first = list(mine.order_by("pk")[:2])
    if not first:
        raise Http404
    if len(first) == 1 and own.contains(first[0]):
        return _commune_page(request, first[0])
    form = UnitFilter(request.GET)
    communes, pager = paged(request, mine.called(form.text).select_related("parent").order_by("path"), COMMUNES)
    opened = set(own.filter(pk__in=[unit.pk for unit in communes]).values_list("pk", flat=True))
    rows = [{**row, "opens": row["commune"].pk in opened} for row in checklists.progress_by_commune(communes)]
    context = {"form": form, "rows": rows, "pager": pager, "on": today(), "asked": form.text}
    return render(request, "children/check_lists_above.html", context)


@require(Permission.CHILD_EXPORT)
def check_lists_of(request, public_id):
    """The page of one commune for an officer of several."""
    own = checklists.communes_of(request.user, Permission.CHILD_EXPORT)
    return _commune_page(request, get_object_or_404(own.select_related("parent"), public_id=public_id), above=True)


def _commune_page(request, commune, *, above=False):
    """Progress per hamlet, the lists that went out, and a new one."""
    units = [commune, *Unit.objects.hamlets_of(commune, today())]
    form = CheckListForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        row = sending.send_out(by=request.user, unit=form.cleaned_data["unit"], holder=form.cleaned_data["holder"])
        return redirect("job", row.job.public_id)
    made = CheckList.objects.visible_to(request.user).filter(commune=commune).select_related("unit", "made_by")
    return render(request, "children/check_lists.html", {
        "form": form, "commune": commune, "on": today(), "made": made.order_by("-pk")[:LISTED], "above": above,
        "rows": checklists.progress(commune), "may_import": request.user.can_in(Permission.CHILD_IMPORT, commune),
    })  # fmt: skip


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
