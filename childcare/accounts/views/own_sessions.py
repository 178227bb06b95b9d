"""Where an account is signed in now, and ending it: by the officer himself, and by who manages his account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts import factors, sessions, sign_ins
from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import Permission
from childcare.accounts.views.officers import found


@for_every_officer
def account_sessions(request):
    """One's own open sign-ins, this one marked."""
    rows = sign_ins.open_sign_ins(request.user)
    context = {"rows": rows, "here": request.session.session_key, "factor": factors.of(request.user)}
    return render(request, "accounts/sessions.html", context)


@require_POST
@for_every_officer
def session_end(request, public_id):
    """End one of one's own sign-ins."""
    row = get_object_or_404(request.user.sign_ins.filter(ended_at=None), public_id=public_id)
    sign_ins.end(officer=request.user, by=request.user, only=row)
    messages.success(request, "Đã kết thúc lần đăng nhập đó.")
    return redirect("account-sessions")


@require_POST
@for_every_officer
def session_end_others(request):
    """End all of one's own sign-ins but this one."""
    count = sign_ins.end(officer=request.user, by=request.user, but=request.session.session_key)
    messages.success(request, f"Đã kết thúc {count} lần đăng nhập khác." if count else "Không có lần đăng nhập nào khác.")
    return redirect("account-sessions")


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def officer_sessions_end(request, public_id):
    """End every sign-in of an officer whose account one manages."""
    count = sessions.end_all(officer=found(request, public_id), by=request.user)
    messages.success(request, f"Đã kết thúc {count} lần đăng nhập." if count else "Không có lần đăng nhập nào.")
    return redirect("officer", public_id)
