"""Papers and photos of a child, consents, and the resting of data."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions import attachments, consents
from childcare.children.actions.base import told_of
from childcare.children.forms import papers as forms
from childcare.children.forms.base import VoidForm
from childcare.children.models import Attachment, Child, Consent, ProcessingRestriction
from childcare.children.views.common import form_page, recordable_child
from childcare.documents.downloads import download_stored


def _of_child(request, model, public_id, **only):
    """A visible row of a child about whom the officer may record, or 404."""
    mine = Q(child__in=Child.objects.recordable_by(request.user))
    rows = model.objects.visible_to(request.user).filter(mine, voided_at=None, **only).select_related("child", "child__unit")
    return get_object_or_404(rows, public_id=public_id)


def _page(request, form, child, heading, submit, **context):
    back = reverse("child", args=[child.public_id])
    return form_page(request, form, heading=heading, back=back, submit=submit, child=child, **context)


@require(Permission.FACT_RECORD)
def attachment_add(request, public_id):
    """Keep a paper or photo of the child."""
    child = recordable_child(request, public_id)
    may_protect = request.user.can_in(Permission.PROTECTED_VIEW, child.unit)
    form = forms.AttachmentForm(request.POST or None, request.FILES or None, may_protect=may_protect)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        attachments.keep(by=request.user, child=child, **values.pop("file"), **values)
        messages.success(request, "Đã lưu giấy tờ.")
        return redirect("child", public_id)
    return _page(request, form, child, "Thêm giấy tờ, ảnh", "Tải lên và lưu")


@require(Permission.CHILD_VIEW)
def attachment_file(request, public_id):
    """The bytes of a paper, through the check of its child and its protected file, never shown inside our pages."""
    rows = Attachment.objects.visible_to(request.user).filter(voided_at=None)
    row = get_object_or_404(rows.select_related("child", "file", "protected_file"), public_id=public_id)
    audit.record("attachment.downloaded", by=request.user, subject=told_of(row), shown=[row.public_id])
    return download_stored(row.file)


@require(Permission.FACT_RECORD)
def attachment_void(request, public_id):
    """A paper that should not be there."""
    row = _of_child(request, Attachment, public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        attachments.void(attachment=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy giấy tờ này; không ai mở được nữa.")
        return redirect("child", row.child.public_id)
    return _page(request, form, row.child, f"Hủy: {row.get_kind_display().lower()}", "Hủy giấy tờ này", danger=True)


@require(Permission.FACT_RECORD)
def consent_add(request, public_id):
    """Who agreed to what."""
    child = recordable_child(request, public_id)
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = consents.give(by=request.user, child=child, **form.cleaned_data)
        messages.success(request, "Đã ghi sự đồng ý.")
        if lacks := consents.missing(row):
            messages.warning(request, f"Chưa đủ để chia sẻ thông tin, còn thiếu: {lacks}.")
        return redirect("child", public_id)
    return _page(request, form, child, "Ghi sự đồng ý", "Lưu")


@require(Permission.FACT_RECORD)
def consent_withdraw(request, public_id):
    """The consent holds no more."""
    row = _of_child(request, Consent, public_id, ended_on=None)
    form = forms.OnDayForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        consents.withdraw(consent=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi việc rút đồng ý.")
        return redirect("child", row.child.public_id)
    return _page(request, form, row.child, f"Rút đồng ý: {row.purpose.name}", "Rút sự đồng ý")


@require(Permission.FACT_RECORD)
def consent_void(request, public_id):
    """A consent written down wrongly."""
    row = _of_child(request, Consent, public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        consents.void(consent=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy dòng; lịch sử vẫn giữ.")
        return redirect("child", row.child.public_id)
    return _page(request, form, row.child, f"Hủy dòng: {row.purpose.name}", "Hủy dòng này", danger=True)


@require(Permission.FACT_RECORD)
def restriction_add(request, public_id):
    """Let the child's data rest."""
    child = recordable_child(request, public_id)
    form = forms.RestrictionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        consents.restrict(by=request.user, child=child, **form.cleaned_data)
        messages.success(request, "Đã ghi. Từ nay trẻ không có trong danh sách in và tệp xuất; số liệu vẫn tính trẻ.")
        return redirect("child", public_id)
    lead = "Trẻ vẫn ở trong sổ và trong số liệu, nhưng không đưa vào danh sách in hay tệp xuất ra ngoài."
    return _page(request, form, child, "Hạn chế xử lý dữ liệu", "Lưu", lead=lead)


@require(Permission.FACT_RECORD)
def restriction_lift(request, public_id):
    """The data may be used again."""
    row = _of_child(request, ProcessingRestriction, public_id, ended_on=None)
    form = forms.OnDayForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        consents.lift(restriction=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã bỏ hạn chế xử lý dữ liệu.")
        return redirect("child", row.child.public_id)
    return _page(request, form, row.child, "Bỏ hạn chế xử lý dữ liệu", "Bỏ hạn chế")
