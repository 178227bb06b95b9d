"""The officer's own page."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from childcare.accounts import actions, sign_ins
from childcare.accounts.forms import DetailsForm, OwnPasswordForm
from childcare.accounts.permissions import for_every_officer


@for_every_officer
def account(request):
    """Own posts, own e-mail address and telephone."""
    me = request.user
    form = DetailsForm(request.POST or None, initial={"email": me.email, "phone": me.phone, "version": me.version})
    if request.method == "POST" and form.is_valid():
        actions.change_details(officer=me, **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin của mình.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})


@for_every_officer
@sensitive_post_parameters()
def account_password(request):
    """A new password of one's own; other sessions end, this one goes on."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(officer=request.user, password=form.password)
        old_key = request.session.session_key
        update_session_auth_hash(request, request.user)
        sign_ins.moved(request, old_key)
        sign_ins.end(officer=request.user, by=request.user, but=request.session.session_key)
        messages.success(request, "Đã đổi mật khẩu. Các lần đăng nhập khác của tài khoản này đã kết thúc.")
        return redirect("account")
    return render(request, "accounts/password.html", {"form": form})
