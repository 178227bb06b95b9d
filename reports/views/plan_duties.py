"""Who has issued its plan of the year: the units below one's own, each with the way to its plan."""

from django.http import Http404
from django.shortcuts import render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from plans.assigned import below_on
from plans.models import Plan
from reports import plan_duties
from reports.views.boards import chosen_unit

TONES = {"Đã ban hành": "done", "Đang dự thảo": "now", "Chưa ban hành": ""}


@require(Permission.PLAN_VIEW)
def plan_duty_list(request):
    """Ban hành kế hoạch năm: each unit right below, issued or not, late or not, and one's own."""
    unit = chosen_unit(request)
    now = unit.as_of(today())
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else now.year
    if not 2000 <= year <= now.year + 1:
        raise Http404
    day = unit.as_of(min(now, now.replace(year=year, month=12, day=31)) if year <= now.year else now)
    below = list(below_on(unit, day))
    found = plan_duties.duties([unit, *below], year)
    readable = set(Plan.objects.visible_to(request.user).filter(pk__in=[duty.plan.pk for duty in found if duty.plan]))
    rows = [_line(duty, now, readable) for duty in found]
    lower = [row for row in rows if row["duty"].unit != unit]
    context = {
        "unit": unit,
        "year": year,
        "years": [(number, number == year) for number in range(now.year + 1, now.year - 3, -1)],
        "own": next((row for row in rows if row["duty"].unit == unit), None),
        "rows": lower,
        "done": sum(row["duty"].done for row in lower),
        "now": now,
    }
    return render(request, "boards/plan_duties.html", context)


def _line(duty, on, readable):
    late = duty.days_late(on)
    return {
        "duty": duty,
        "plan": duty.plan if duty.plan in readable else None,
        "tone": "late" if late and not duty.done else TONES[duty.word],
        "due": duty.due_words(on),
        "late": f"ban hành chậm {late} ngày" if late and duty.done else "",
    }
