"""Units in their order on a day: the officer's own with what lies right below, the rest when asked for, any by its name."""

from django.db.models import Exists, OuterRef
from django.shortcuts import render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import parse_day, today
from childcare.lib.paging import paged
from childcare.units.models import Unit
from plans.forms_units import UnitFilter
from plans.views.units import found

DEEPEST = 3


@require(Permission.FIGURE_VIEW, Permission.SETTINGS)
def unit_list(request):
    """The officer's units on a day with the first page of what lies below; with a name those that bear it."""
    form = UnitFilter(request.GET)
    form.is_valid()
    own = [row.unit for row in request.user.current_appointments]
    day = form.cleaned_data.get("on") or max((unit.as_of(today()) for unit in own), default=today())
    context = {"form": form, "day": day, "may_change_units": request.user.can(Permission.SETTINGS)}
    asked, pager = form.cleaned_data.get("q", ""), None
    if asked:
        rows, pager = paged(request, seen(request.user, day).named(asked).order_by("path"))
        tree = [(unit, 0, False) for unit in rows]
    else:
        tree = [row for root in roots(request.user, own, day) for row in ((root, 0, False), *below(request.user, root, day, 1))]
    return render(request, "units/list.html", {**context, "tree": tree, "asked": asked, "pager": pager})


@require(Permission.FIGURE_VIEW, Permission.SETTINGS)
def unit_below(request, public_id):
    """What lies right below a unit, page by page: rows for the table of the list; without a script its own page shows them."""
    unit, day = found(request, public_id), _day(request)
    depth, number = _number(request, "cap", DEEPEST), _number(request, "trang", 10_000)
    rows = below(request.user, unit, day, depth, number)
    if number == 1:
        rows = [(_opened(request.user, unit, day), max(0, depth - 1), True), *rows]
    return render(request, "units/rows.html", {"tree": rows, "day": day})


def _day(request):
    try:
        return parse_day(request.GET.get("ngay", "")) or today()
    except ValueError:
        return today()


def _number(request, name, most):
    text = request.GET.get(name, "1")
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def seen(officer, day):
    """Units that the officer sees on a day, each with whether anything lies below it then."""
    inside = Unit.objects.filter(parent=OuterRef("pk")).on(day)
    return Unit.objects.visible_to(officer).on(day).select_related("parent").annotate(has_below=Exists(inside))


def _opened(officer, unit, day):
    return seen(officer, day).filter(pk=unit.pk).first() or unit


def roots(officer, own, day):
    """The officer's units that hold on the day, and those that they followed; none that lies below another."""
    keys = {key for unit in own for key in (unit.pk, *unit.former_keys)}
    rows = list(seen(officer, day).filter(pk__in=keys).order_by("path"))
    paths = [row.path for row in rows]
    return [row for row in rows if not any(row.path.startswith(path) and row.path != path for path in paths)]


def below(officer, unit, day, depth, number=1):
    """(unit, depth, opened) of one page of what lies right below; last, when there is more, (None, depth, way to the next)."""
    size = 50
    rows = list(seen(officer, day).filter(parent=unit).order_by("kind", "code", "pk")[(number - 1) * size : number * size + 1])
    more = [(None, depth, {"unit": unit, "number": number + 1})] if len(rows) > size else []
    return [*((row, depth, False) for row in rows[:size]), *more]
