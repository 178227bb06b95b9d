"""What plans ask of the officer: his unit's plan of the year to issue, targets without a judgement, targets given anew."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from childcare.accounts.roles import Permission
from plans import assigned
from plans.models import Assignment, Plan
from plans.querysets import told_in_words
from reports import plan_duties


def lines(officer, on, days):
    """(title, detail, address, button, last day) of everything about the plans of the officer's own units."""
    units = officer.units_for(Permission.PLAN_EDIT)
    plans = list(_plans(units, on.year)) if units else []
    for plan in plans:
        if plan.empty:
            detail = f"{plan.empty} chỉ tiêu định tính chưa đánh giá"
            yield f"Kế hoạch năm {plan.years}", detail, reverse("plan-targets", args=[plan.public_id]), "Đánh giá", None
        if plan.given and (count := len(assigned.changes(plan))):
            detail = f"cấp trên giao, điều chỉnh {count} chỉ tiêu mà kế hoạch chưa ghi"
            yield f"Kế hoạch năm {plan.years}", detail, reverse("plan", args=[plan.public_id]), "Xem và nhận", None
    yield from _to_issue(units, on, days, plan_duties.best(plans, on.year))


def _plans(units, year):
    """The year's plans, with how many targets wait for a judgement and whether a unit above gave the unit anything."""
    empty = Count("targets", filter=told_in_words("targets__") & Q(targets__status=""))
    given = Assignment.objects.filter(unit=OuterRef("unit")).of_year(year)
    found = Plan.objects.filter(unit__in=units).of_year(year).with_text().select_related("unit")
    return found.annotate(empty=empty, given=Exists(given)).order_by("pk")


def _to_issue(units, on, days, plans):
    """The plan of this year, of which `plans` are read already, and of the next once its day is near."""
    rows = plan_duties.regimes() if units else []
    dated = [row for row in rows if row.due_month]
    for year, known, regimes in ((on.year, plans, rows), (on.year + 1, None, dated)):
        for duty in plan_duties.duties(units, year, regimes, known) if regimes else ():
            far = duty.last_day is not None and (duty.last_day - on).days > days
            if duty.done or far:
                continue
            url = reverse("plan", args=[duty.plan.public_id]) if duty.plan else reverse("plan-add")
            action = "Mở kế hoạch" if duty.plan else "Soạn kế hoạch"
            detail = f"{duty.due_words(on)} · {duty.word.lower()}"
            yield f"Ban hành kế hoạch năm {year}", detail, url, action, duty.last_day
