"""Plans: the list, one plan as printed with its targets and money, judging what no figure judges."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from plans import assigned, listing, loading, money, yearly
from plans.actions import plans as actions
from plans.forms import AssessForm, PlanFilter
from plans.models import Activity, Plan, Target
from plans.querysets import told_in_words


def place_of(plan, officer):
    """Whose plan it is for the officer: own, above, below, former."""
    own = officer.units_for(Permission.PLAN_VIEW)
    if any(plan.unit_id == unit.pk for unit in own):
        return "own"
    if any(plan.unit_id in unit.ancestor_keys for unit in own):
        return "above"
    return "below" if any(plan.unit.is_under(unit) for unit in own) else "former"


def narrowed(plans, officer, where):
    """The plans of one's own units, those above, below or before."""
    own = officer.units_for(Permission.PLAN_VIEW)
    keys = {
        "own": [unit.pk for unit in own],
        "above": [key for unit in own for key in unit.ancestor_keys if key != unit.pk],
        "former": [key for unit in own for key in unit.former_keys],
    }
    if where == "below":
        return plans.exclude(unit__in=[key for found in keys.values() for key in found])
    return plans.filter(unit__in=keys[where]) if where in keys else plans


@require(Permission.PLAN_VIEW)
def plan_list(request):
    """Plans that the officer may read, the newest first, his own before the others."""
    form = PlanFilter(request.GET, officer=request.user)
    found = Plan.objects.visible_to(request.user).select_related("unit").with_text().annotate(goals=Count("targets"))
    if form.is_valid():
        year, where = form.cleaned_data["year"], form.cleaned_data["where"]
        found = narrowed(found.of_year(int(year)) if year else found, request.user, where)
    plans, pager = listing.paged(request, found.order_by("-first_year", "unit__path", "pk"))
    groups = {"own": [], "above": [], "below": [], "former": []}
    for plan in plans:
        groups[place_of(plan, request.user)].append(plan)
    words = [("own", "Kế hoạch của đơn vị"), ("above", "Kế hoạch của cấp trên"), ("below", "Kế hoạch của cấp dưới"),
             ("former", "Kế hoạch của đơn vị trước đây")]  # fmt: skip
    context = {
        "form": form,
        "tags": listing.tags(request, form) if form.is_valid() else [],
        "groups": [(word, groups[key]) for key, word in words if groups[key]],
        "pager": pager,
        "can_write": request.user.can(Permission.PLAN_EDIT),
    }
    return render(request, "plans/list.html", context)


@require(Permission.PLAN_VIEW)
def plan(request, public_id):
    """One plan: targets, activities, money, then the text as it was printed."""
    plans = Plan.objects.visible_to(request.user).select_related("unit", "unit__parent", "document__entry")
    row = get_object_or_404(plans, public_id=public_id)
    items = list(row.items.all())
    mine = request.user.units_for(Permission.PLAN_EDIT)
    activities = Activity.objects.visible_to(request.user).valid().filter(
        unit__path__startswith=row.unit.path, held_on__year__gte=row.first_year, held_on__year__lte=row.last_year
    )  # fmt: skip
    context = {
        "plan": row,
        "head": [item for item in items if item.kind in loading.HEAD],
        "body": [item for item in items if item.kind not in loading.HEAD | loading.FOOT],
        "targets": row.targets.select_related("indicator", "assigned_from__plan").annotate(
            handed=Count("assignments", filter=Q(assignments__ended_at=None))
        ),
        "budget": (lines := list(row.budget_lines.all())),
        "sums": money.sums(lines),
        "tasks": row.tasks.prefetch_related("scopes", "areas"),
        "versions": row.versions.select_related("made_by"),
        "activities": activities.select_related("unit").order_by("-held_on", "-pk")[:5],
        "can_edit": request.user.can_in(Permission.PLAN_EDIT, row.unit),
        "own": (own := Plan.objects.written_by(request.user).filter(pk=row.pk).exists()),
        "changes": assigned.changes(row) if own else [],
        "can_draft": any(unit.is_under(row.unit) and unit != row.unit for unit in mine),
        "can_go_on": yearly.one_year(row),
        "can_assign": row.unit in mine and row.unit.kind in assigned.BELOW,
    }
    return render(request, "plans/plan.html", context)


@require(Permission.PLAN_EDIT)
def target_assess(request, public_id):
    """Status and note of a qualitative target."""
    targets = Target.objects.filter(told_in_words(), plan__in=Plan.objects.editable_by(request.user))
    target = get_object_or_404(targets.select_related("plan__unit", "indicator"), public_id=public_id)
    initial = {"status": target.status, "note": target.status_note, "version": target.version}
    form = AssessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.assess(target=target, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu đánh giá chỉ tiêu.")
        return redirect("plan", target.plan.public_id)
    return render(request, "plans/assess.html", {"target": target, "plan": target.plan, "form": form})
