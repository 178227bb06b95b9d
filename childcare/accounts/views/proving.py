"""The password once more: after the screen locked, and before what is dangerous."""

from axes.utils import reset as forget_failures
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from childcare.accounts import sessions
from childcare.accounts.forms_sessions import ProofForm
from childcare.accounts.permissions import for_every_officer
from childcare.accounts.views.sign_in import next_page
from childcare.audit import actions as audit


def _asked(request, action, template):
    asks_code = sessions.asks_code(request)
    form = ProofForm(request.POST or None, request=request, asks_code=asks_code)
    if request.method == "POST" and form.is_valid():
        forget_failures(username=request.user.username)
        sessions.prove(request, confirmed=asks_code)
        audit.record(action, subject=request.user, by=request.user)
        return redirect(next_page(request))
    return render(request, template, {"form": form, "next": next_page(request)})


@for_every_officer
@never_cache
@sensitive_post_parameters("password", "secret_code")
def unlock(request):
    """Open the locked screen: the password alone on a machine that has shown the second step today."""
    if not sessions.is_locked(request.session):
        return redirect(next_page(request))
    return _asked(request, "session.unlocked", "accounts/unlock.html")


@for_every_officer
@never_cache
@sensitive_post_parameters("password", "secret_code")
def prove(request):
    """Vouch again for who sits here; holds five minutes."""
    return _asked(request, "session.proved", "accounts/prove.html")
