"""Coming in, going out, and the one-use link. The only pages here that need no sign-in."""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from childcare.accounts import actions, factors, sessions
from childcare.accounts.backends import OfficerBackend
from childcare.accounts.forms import PasswordForm, SignInForm
from childcare.accounts.forms_sessions import CodeForm
from childcare.accounts.middleware import client_address
from childcare.accounts.models_sessions import SignIn
from childcare.accounts.permissions import for_every_officer
from childcare.audit import actions as audit

HALF = "half_in"  # in the session between the password and the second step: [officer, seconds]


def next_page(request):
    """Where to after the sign-in: a page of ours and nothing else."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request):
    """User name and password; wrong ones cost the same time and get the same sentence, whoever they name."""
    if getattr(request, "htmx", False):  # a fragment asked for after the session ended: the whole page goes to the sign-in
        here = urlsplit(request.headers.get("HX-Current-URL", "")).path
        return HttpResponse(headers={"HX-Redirect": f"{request.path}?next={here}"})
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = form.get_user()
        if factors.of(officer) is None:
            return _come_in(request, officer, confirmed=False)
        request.session.flush()
        half = [officer.pk, time.time(), officer.get_session_auth_hash()]
        request.session.update({HALF: half, "next": next_page(request)})
        return redirect("sign-in-code")
    return render(request, "accounts/sign_in.html", {"form": form, "next": next_page(request)})


def _come_in(request, officer, *, confirmed):
    officer.request_address = client_address(request)
    request.session.pop(HALF, None)
    wanted = request.session.pop("next", None) or next_page(request)
    mark = sessions.begin(request, officer, confirmed=confirmed)
    return sessions.remember_device(redirect(wanted), mark)


@login_not_required
@never_cache
@sensitive_post_parameters("secret_code")
def sign_in_code(request):
    """The second step of coming in: a code of the telephone or of the paper, ten minutes long after the password."""
    officer = _half_in(request)
    if officer is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None, officer=officer)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, officer, confirmed=True)
    return render(request, "accounts/sign_in_code.html", {"form": form})


def _half_in(request):
    """The officer whose password was right a moment ago and still is, and who has a second step; or None."""
    pk, at, mark = request.session.get(HALF, (None, 0, ""))
    if pk is None or time.time() - at > sessions.HALF_AGE:
        return None
    officer = OfficerBackend().get_user(pk)
    same = officer is not None and constant_time_compare(officer.get_session_auth_hash(), mark)
    return officer if same and factors.of(officer) else None


def locked_out(request, response, credentials):
    """Too many wrong tries for this name from this address. Others, and the officer elsewhere, are not held up."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"form": SignInForm(request), "next": next_page(request), "wait": minutes}
    return render(request, "accounts/sign_in.html", context, status=429)


@require_POST
@for_every_officer
def sign_out(request):
    """End the session and tell the browser to forget what it kept of us."""
    audit.record("account.signed_out", subject=request.user, by=request.user)
    SignIn.objects.filter(session_key=request.session.session_key, ended_at=None).update(ended_at=timezone.now())
    logout(request)
    return redirect("sign-in")


@login_not_required
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
def account_link(request, token):
    """Choose a password by a one-use link. Opening the page does not use it."""
    link = actions.find_link(token)
    if link is None:
        return render(request, "accounts/link_gone.html", status=410)
    form = PasswordForm(link.officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = actions.use_link(link=link, password=form.password)
        if request.user.is_authenticated:
            logout(request)
        messages.success(request, f"Đã đặt mật khẩu. Hãy đăng nhập bằng tên “{officer.username}” và mật khẩu mới.")
        return redirect("sign-in")
    return render(request, "accounts/link.html", {"form": form, "officer": link.officer})
