"""Ghi nhận ký, gửi, tiếp nhận, yêu cầu chỉnh sửa; the unit's word on a paper report typed in for it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from reports import comments, issuing, pages
from reports.actions import answering, on_behalf, signing
from reports.forms import ReturnForm, ScanForm, SignForm
from reports.views import lookup
from reports.views.submissions import frame, reading

P = Permission


@require(P.REPORT_SEND, P.REPORT_SIGN)
def sign(request, public_id):
    """Ghi nhận ký: the number the clerk gave, the day, the signer, the scan."""
    obligation = lookup.own(request, public_id, P.REPORT_SEND, P.REPORT_SIGN)
    submission = lookup.version(request, obligation)
    how = issuing.of(obligation, submission.as_office)
    form = SignForm(request.POST or None, request.FILES or None, series=signing.series_of(submission))
    if request.method == "POST" and form.is_valid():
        version = int(request.POST.get("version") or 0)
        signing.sign(submission=submission, by=request.user, version=version, **form.values)
        messages.success(request, "Đã ghi nhận ký. Số liệu và văn bản đã chốt; bước sau là gửi.")
        return redirect("report", public_id)
    context = {**frame(obligation, submission, pages.May.of(request.user, obligation)), "form": form, "how": how}
    return render(request, "reports/sign.html", context | reading(submission))


@require(P.REPORT_SEND, P.REPORT_SIGN)
def scan(request, public_id):
    """The scan of the signed paper, added afterwards."""
    obligation = lookup.own(request, public_id, P.REPORT_SEND, P.REPORT_SIGN)
    submission = lookup.version(request, obligation)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        signing.attach_scan(submission=submission, by=request.user, scan=form.cleaned_data["scan"].read())
        messages.success(request, "Đã thêm bản quét.")
        return redirect("report", public_id)
    return render(request, "reports/scan.html", {"form": form, "obligation": obligation, "submission": submission})


@require(P.REPORT_SEND)
@require_POST
def send(request, public_id):
    """Gửi cấp trên."""
    obligation = lookup.own(request, public_id, P.REPORT_SEND)
    answering.send(submission=lookup.version(request, obligation), by=request.user)
    messages.success(request, f"Đã gửi {obligation.to_unit.name}.")
    return redirect("report", public_id)


@require(P.REPORT_ACCEPT)
@require_POST
def accept(request, public_id):
    """Tiếp nhận."""
    obligation = lookup.owed_to_own(request, public_id, P.REPORT_ACCEPT)
    answering.accept(submission=lookup.version(request, obligation), by=request.user)
    messages.success(request, f"Đã tiếp nhận báo cáo của {obligation.unit.name}.")
    return redirect("report", public_id)


@require(P.REPORT_ACCEPT)
def return_(request, public_id):
    """Yêu cầu chỉnh sửa, with the reason."""
    obligation = lookup.owed_to_own(request, public_id, P.REPORT_ACCEPT)
    submission = lookup.version(request, obligation)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answering.return_(submission=submission, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã gửi yêu cầu chỉnh sửa tới {obligation.unit.name}.")
        return redirect("report", public_id)
    threads = [thread for thread in comments.threads(obligation, request.user) if thread.open]
    context = {"form": form, "obligation": obligation, "submission": submission, "threads": threads}
    return render(request, "reports/return.html", context)


@require(P.REPORT_WRITE, P.REPORT_SEND)
@require_POST
def confirm(request, public_id):
    """The unit confirms what was typed in for it."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE, P.REPORT_SEND)
    on_behalf.confirm(submission=lookup.version(request, obligation), by=request.user)
    messages.success(request, "Đã xác nhận số liệu nhập thay đúng với báo cáo giấy.")
    return redirect("report", public_id)


@require(P.REPORT_WRITE, P.REPORT_SEND)
def dispute(request, public_id):
    """The unit says what is wrong in what was typed in for it."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE, P.REPORT_SEND)
    submission = lookup.version(request, obligation)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on_behalf.dispute(submission=submission, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã báo số liệu nhập thay chưa đúng.")
        return redirect("report", public_id)
    context = {"form": form, "obligation": obligation, "submission": submission, "disputed": True}
    return render(request, "reports/return.html", context)
