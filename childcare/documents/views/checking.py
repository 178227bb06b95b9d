"""The page behind the QR code of a document: open to everybody, it says genuine, number, day, unit, and nothing more."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from childcare.accounts.middleware import client_address
from childcare.documents.actions.signing import issuer_name
from childcare.documents.models import IssuedDocument
from childcare.lib.throttle import too_often, wait


@login_not_required
@never_cache
@require_safe
def check(request, token):
    """Whether a document is genuine. An unknown address is answered with a page of the same kind and status."""
    if too_often(f"kiem-tra:{client_address(request)}"):
        return wait()
    found = IssuedDocument.objects.filter(check_token=token[:40]).select_related("unit", "office").first()
    told = {"number": found.full_number, "day": found.issued_on, "issuer": issuer_name(found)} if found else None
    return render(request, "register/check.html", {"told": told})
