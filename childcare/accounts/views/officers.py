"""Accounts of the units below: list, open, reset, appoint, end, lock."""

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts import actions, factors, sessions, sign_ins
from childcare.accounts.forms import AppointmentForm, EndForm, OfficerFilter, OfficerForm
from childcare.accounts.models import Appointment, Officer
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import today
from childcare.lib.paging import pager

PAGE = 50


def found(request, public_id):
    """The officer of an address, 404 for who may not see him."""
    return get_object_or_404(Officer.objects.visible_to(request.user), public_id=public_id)


def _link_page(request, officer, token):
    """The one showing of a one-use link, made to be printed and handed over."""
    address = request.build_absolute_uri(reverse("account-link", args=[token]))
    link = officer.access_links.get(used_at=None, digest=actions.digest_of(token))
    context = {
        "officer": officer,
        "address": address,
        "link": link,
        "qr": segno.make(address, micro=False).svg_data_uri(scale=4),
    }
    return render(request, "accounts/officer_link.html", context)


@require(Permission.ACCOUNT_MANAGE)
def officer_list(request):
    """Officers at or below the unit, by name, unit and state."""
    form = OfficerFilter(request.GET, by=request.user)
    officers = form.narrow(Officer.objects.visible_to(request.user)).order_by("name_key", "pk")
    current = Appointment.objects.not_ended(today()).select_related("unit__parent").order_by("pk")
    officers = officers.prefetch_related(Prefetch("appointments", current, to_attr="posts"))
    page = Paginator(officers, PAGE).get_page(request.GET.get("trang"))
    audit.record("account.listed", by=request.user, shown=[officer.public_id for officer in page])
    return render(
        request, "accounts/officer_list.html", {"form": form, "page": page, "pager": pager(page, **request.GET.dict())}
    )


@require(Permission.ACCOUNT_MANAGE)
def officer_add(request):
    """Open an account; the answer shows its one-use link once."""
    if answer := sessions.stale(request):
        return answer
    form = OfficerForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        officer, token = actions.open_account(by=request.user, **form.cleaned_data)
        return _link_page(request, officer, token)
    return render(request, "accounts/officer_add.html", {"form": form})


@require(Permission.ACCOUNT_MANAGE)
def officer(request, public_id):
    """One officer: who he is, his posts of all times, and what may be done."""
    person = found(request, public_id)
    posts = list(person.appointments.select_related("unit__parent", "office", "created_by").order_by("-started_on", "-pk"))
    manageable = Officer.objects.manageable_by(request.user).contains(person)
    context = {
        "person": person,
        "posts": posts,
        "manageable": manageable,
        "factor": factors.of(person) if manageable else None,
        "sign_ins": sign_ins.open_sign_ins(person) if manageable else [],
    }
    return render(request, "accounts/officer.html", context)


@require(Permission.ACCOUNT_MANAGE)
def officer_appoint(request, public_id):
    """One more post."""
    person = found(request, public_id)
    if answer := sessions.stale(request):
        return answer
    form = AppointmentForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.appoint(officer=person, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã thêm phân công.")
        return redirect("officer", public_id)
    return render(request, "accounts/officer_appoint.html", {"form": form, "person": person})


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def officer_reset(request, public_id):
    """A new one-use link, shown once; the old password and sessions end."""
    person = found(request, public_id)
    if answer := sessions.stale(request):
        return answer
    return _link_page(request, person, actions.reset(officer=person, by=request.user))


@require(Permission.ACCOUNT_MANAGE)
def officer_end(request, public_id):
    """End a post after its last day (the id is that of the post)."""
    visible = Appointment.objects.filter(officer__in=Officer.objects.visible_to(request.user))
    post = get_object_or_404(visible.select_related("officer", "unit"), public_id=public_id)
    form = EndForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        actions.end_appointment(appointment=post, by=request.user, last_day=form.cleaned_data["last_day"])
        messages.success(request, "Đã ghi ngày kết thúc phân công.")
        return redirect("officer", post.officer.public_id)
    return render(request, "accounts/officer_end.html", {"form": form, "post": post})


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def officer_lock(request, public_id):
    """Lock the account: its sessions end at the next request."""
    actions.set_active(officer=found(request, public_id), by=request.user, active=False)
    messages.success(request, "Đã khóa tài khoản. Mọi lần đăng nhập của tài khoản này đã kết thúc.")
    return redirect("officer", public_id)


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def officer_unlock(request, public_id):
    """Open a locked account again."""
    actions.set_active(officer=found(request, public_id), by=request.user, active=True)
    messages.success(request, "Đã mở lại tài khoản.")
    return redirect("officer", public_id)
