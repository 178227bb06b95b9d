"""Data out: the page where tokens are given and revoked, and the one door of the API."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, URLResolver, reverse
from django.urls.resolvers import RegexPattern
from django.views.decorators.http import require_POST, require_safe

from childcare.accounts import sessions
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.units.models import Unit
from reports.actions import tokens
from reports.api.views import UNKNOWN, api
from reports.forms_tokens import TokenForm
from reports.models import DataToken

INSIDE = URLResolver(RegexPattern(r"^"), api.urls[0])


@login_not_required
@require_safe
def door(request, what):
    """Every address of the API: no session, no cookie, a token in the head of the question; `openapi.json` describes it."""
    if what == "openapi.json":
        return JsonResponse(api.get_openapi_schema(path_prefix=reverse("api", args=["-"])[:-1]))
    try:
        found = INSIDE.resolve(what)
    except Resolver404:
        return JsonResponse({"detail": UNKNOWN}, status=404)
    response = found.func(request, **found.kwargs)
    response["Cache-Control"] = "no-store, private"
    return response


def _managed(officer):
    """Units for which the officer may give tokens."""
    units = [unit for unit in officer.units_for(Permission.ACCOUNT_MANAGE) if unit.kind in ("commune", "district", "province")]
    return Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("path")


def _rows(officer):
    """Tokens of these units and those below, the living first."""
    found = DataToken.objects.filter(unit__in=Unit.objects.under_any(_managed(officer)))
    return sorted(found.select_related("unit", "created_by"), key=lambda row: (not row.live, row.name))


@require(Permission.ACCOUNT_MANAGE)
def token_list(request):
    """Which programs read figures, until when, when they last did; a new token is shown once."""
    if request.method == "POST" and (answer := sessions.stale(request)):
        return answer
    form = TokenForm(request.POST or None, units=_managed(request.user))
    context = {"form": form, "door": request.build_absolute_uri("/api/v1/")}
    if request.method == "POST" and form.is_valid():
        row, context["token"] = tokens.give(by=request.user, **form.cleaned_data)
        context |= {"row": row, "form": TokenForm(units=_managed(request.user))}
    response = render(request, "boards/tokens.html", {**context, "rows": _rows(request.user)})
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@require(Permission.ACCOUNT_MANAGE)
def token_revoke(request, public_id):
    """The token works no more."""
    units = Unit.objects.under_any(_managed(request.user))
    row = get_object_or_404(DataToken.objects.filter(unit__in=units), public_id=public_id)
    tokens.revoke(row=row, by=request.user)
    messages.success(request, f"Đã thu hồi mã đọc số liệu của “{row.name}”.")
    return redirect("data-tokens")
