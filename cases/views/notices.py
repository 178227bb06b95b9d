"""Báo tin: sending a report, one's own sent ones, and at the ward or the unit above the ones that wait to be taken in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import forms_reporting as forms
from cases import pages, reporting
from cases.actions import notices as actions
from cases.clocks import Clocks
from cases.models import Notice
from cases.reminding_more import notice_clock
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import places
from childcare.children.views.common import pager
from childcare.lib.calendar import today
from childcare.units.models import Unit

P = Permission
PAGE = 30


def _waiting(request, public_id):
    """A notice that waits at the officer's own unit, or 404."""
    rows = Notice.objects.visible_to(request.user).select_related("unit", "addressed_to", "sent_by", "sent_from")
    return get_object_or_404(rows, public_id=public_id)


def _communes(notice):
    """The communes to choose from at a unit above; none at a ward, which is the place itself."""
    if notice.unit.kind == "commune":
        return []
    return sorted(Unit.objects.under(notice.unit, today()).communes(), key=places.natural)


@require(P.NOTICE_SEND)
def notice_add(request):
    """Mẫu 01 on a phone."""
    addressees = reporting.addressees(request.user)
    form = forms.NoticeForm(request.POST or None, addressees=addressees)
    if request.method == "POST" and form.is_valid():
        notice = actions.send(by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã tiếp nhận lúc {pages.moment(notice.sent_at)}, số phiếu {notice.code}.")
        return redirect("notice-sent")
    return render(request, "notices/add.html", {"form": form, "addressees": addressees})


@require(P.NOTICE_SEND)
def notice_sent(request):
    """The officer's own reports: when each was received and its number, nothing else."""
    page = Paginator(Notice.objects.sent_by(request.user), PAGE).get_page(request.GET.get("trang"))
    lines = [{"received": pages.moment(row.sent_at), "code": row.code} for row in page]
    return render(request, "notices/sent.html", {"lines": lines, "pager": pager(page)})


@require(P.NOTICE_TAKE)
def notice_list(request):
    """What waits at the officer's own unit, the oldest first: its clock runs."""
    rows = list(Notice.objects.visible_to(request.user).select_related("unit").order_by("sent_at", "pk")[:PAGE])
    audit.record("notice.listed", by=request.user, shown=[row.public_id for row in rows])
    clocks = Clocks()
    lines = [{"row": row, "received": pages.moment(row.sent_at), "clock": _clock(row, clocks)} for row in rows]
    return render(request, "notices/list.html", {"lines": lines})


def _clock(row, clocks):
    clock = notice_clock(row, clocks)
    return pages.clock_line(clock, clocks.now) if clock else None


@require(P.NOTICE_TAKE)
def notice(request, public_id):
    """One report; taking it in opens the case without typing it again."""
    row = _waiting(request, public_id)
    communes = _communes(row)
    form = forms.TakeForm(request.POST or None, notice=row, communes=communes)
    if request.method == "POST" and form.is_valid():
        case = actions.take_in(notice=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã tiếp nhận, hồ sơ {case.code}. Thời hạn tính từ lúc tin được gửi.")
        return redirect("case", case.public_id)
    audit.record("notice.viewed", by=request.user, shown=[row.public_id])
    context = {"notice": row, "form": form, "received": pages.moment(row.sent_at), "back": reverse("notice-list")}
    if communes:
        context["pass_on"] = forms.PassOnForm(notice=row, communes=communes, auto_id="pass_%s")
    if reporting.may_know_sender(row, request.user):
        context["informant"], context["contact"] = reporting.informant_of_notice(row)
    return render(request, "notices/notice.html", context)


@require_POST
@require(P.NOTICE_TAKE)
def notice_pass_on(request, public_id):
    """The unit above hands the report to the commune of the event."""
    row = _waiting(request, public_id)
    form = forms.PassOnForm(request.POST, notice=row, communes=_communes(row))
    if not form.is_valid():
        messages.error(request, "Hãy chọn xã, phường nơi xảy ra; người gửi ghi “Chưa rõ” thì đánh dấu đã hỏi lại.")
        return redirect("notice", public_id)
    actions.pass_on(notice=row, by=request.user, **form.cleaned_data)
    messages.success(request, f"Đã chuyển tin {row.code} cho {form.cleaned_data['unit'].name}.")
    return redirect("notice-list")
