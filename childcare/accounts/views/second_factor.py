"""Turning the second step on and off: a code of the telephone besides the password."""

import segno
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from childcare.accounts import factors, sessions, sign_ins
from childcare.accounts.forms_sessions import WRONG_CODE, FirstCodeForm
from childcare.accounts.models_sessions import SecondFactor
from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import Permission
from childcare.accounts.views.officers import found
from childcare.lib.refusal import Refusal


@for_every_officer
@never_cache
def second_factor(request):
    """Is it on, since when, how many codes on paper are left; else how to turn it on."""
    factor = factors.of(request.user)
    context = {
        "factor": factor,
        "left": factor.backup_codes.filter(used_at=None).count() if factor else 0,
        "must": sessions.rule_of(request.user)[0],
    }
    return render(request, "accounts/second_factor.html", context)


@require_POST
@for_every_officer
@never_cache
def start(request):
    """A new secret as QR code and as letters; it counts only after its first right code."""
    return sessions.stale(request) or _secret_page(request, factors.begin(officer=request.user), FirstCodeForm())


def _secret_page(request, factor, form):
    picture = segno.make(factors.address_of(factor), micro=False).svg_data_uri(scale=5)
    groups = [factor.secret[place : place + 4] for place in range(0, len(factor.secret), 4)]
    return render(request, "accounts/second_factor_start.html", {"qr": picture, "groups": groups, "form": form})


@require_POST
@for_every_officer
@never_cache
@sensitive_post_parameters("secret_code")
def confirm(request):
    """The first right code turns it on; the codes on paper are shown this once, other sign-ins end."""
    factor = SecondFactor.objects.filter(officer=request.user, confirmed_at=None).first()
    if factor is None:
        return redirect("second-factor")
    form = FirstCodeForm(request.POST)
    made = factors.confirm(officer=request.user, code=form.cleaned_data["secret_code"]) if form.is_valid() else None
    if made is None:
        if form.is_valid():
            form.add_error("secret_code", WRONG_CODE)
        return _secret_page(request, factor, form)
    sign_ins.end(officer=request.user, by=request.user, but=request.session.session_key)
    request.session.pop("must_enrol", None)
    sessions.prove(request, confirmed=True)
    return render(request, "accounts/backup_codes.html", {"codes": made})


@require_POST
@for_every_officer
@never_cache
def codes(request):
    """Ten new codes on paper; the old ones open nothing more."""
    if answer := sessions.stale(request):
        return answer
    if factors.of(request.user) is None:
        raise Refusal("Xác nhận hai bước đang tắt nên không có mã dự phòng. Hãy bật trước.")
    return render(request, "accounts/backup_codes.html", {"codes": factors.renew_codes(officer=request.user)})


@require_POST
@for_every_officer
def turn_off(request):
    """Without a second step again, unless the role must have it: then it begins anew at once."""
    if answer := sessions.stale(request):
        return answer
    factors.turn_off(officer=request.user, by=request.user)
    sign_ins.end(officer=request.user, by=request.user, but=request.session.session_key)
    request.session.pop("confirmed_on", None)
    if sessions.rule_of(request.user)[0]:
        request.session["must_enrol"] = True
    messages.success(request, "Đã tắt xác nhận hai bước.")
    return redirect("second-factor")


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def officer_turn_off(request, public_id):
    """The telephone and the paper are lost: who manages the account takes the second step off; the password stays."""
    person = found(request, public_id)
    if answer := sessions.stale(request):
        return answer
    sessions.take_factor_off(officer=person, by=request.user)
    messages.success(request, "Đã tắt xác nhận hai bước của cán bộ này. Hãy nhắc bật lại ngay khi có điện thoại.")
    return redirect("officer", public_id)
