"""Units found while somebody types, for who manages accounts or changes units."""

from datetime import date

from django.shortcuts import render

from childcare.accounts.forms import units_to_appoint_in
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.units.fields import SHOWN
from childcare.units.models import Unit


def units_on(day):
    """Provinces, districts and communes that held on a day: for the administrator, who changes units of any time."""
    return Unit.objects.on(day).filter(kind__in=["province", "district", "commune"]).order_by("path")


@require(Permission.ACCOUNT_MANAGE, Permission.SETTINGS)
def unit_search(request):
    """At most ten units whose name holds what was typed; `o` is the name of the line, `ngay` the day on which they held."""
    units = units_to_appoint_in(request.user)
    if request.GET.get("ngay") and request.user.can(Permission.SETTINGS):
        try:
            units = units_on(date.fromisoformat(request.GET["ngay"]))
        except ValueError:
            units = Unit.objects.none()
    return units_found(request, units)


def units_found(request, units):
    """The fragment that answers while somebody types into a line for one of these units; `o` is the name of the line."""
    name = request.GET.get("o", "")[:60]
    text = request.GET.get(name, "")[:100] if name else ""
    found = list(units.named(text).select_related("parent")[: SHOWN + 1])
    context = {"units": found[:SHOWN], "more": len(found) > SHOWN, "name": name, "asked": bool(text.strip())}
    return render(request, "units/found.html", context)
