"""Số liệu năm trước: on the units of then, or on the boundaries of now."""

from django.shortcuts import render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import today
from reports import recount as figures
from reports.views.boards import chosen_unit


@require(Permission.FIGURE_VIEW)
def recount(request):
    """The main figures of a past year by unit. The choice of the boundaries stands in the address."""
    unit = chosen_unit(request)
    day = unit.as_of(today())
    years = figures.years(unit, day)
    year = next((year for year in years if str(year) == request.GET.get("nam")), years[0])
    now = request.GET.get("dia_gioi") == "nay"
    window, rows = figures.by_unit(unit, year, request.user, day, now)
    audit.record("board.viewed", by=request.user, subject=unit, note=f"số liệu năm {year}")
    context = {
        "unit": unit, "day": day, "year": year, "years": years, "now": now, "window": window, "rows": rows,
        "columns": [word for _, word in figures.COLUMNS],
    }  # fmt: skip
    return render(request, "boards/recount.html", context)
