"""Targets handed down: the table of the issuer, what a unit takes into its plan, what hamlets and schools answer."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.calendar import today
from childcare.lib.paging import pager
from childcare.lib.refusal import Refusal
from plans.actions import assigning
from plans.actions.plans import assess
from plans.assigned import mark, units_below
from plans.forms_assigning import AnswerForm, AssignForm, part_of
from plans.models import Assignment, Plan, Target, TargetAnswer


@require(Permission.PLAN_EDIT)
def plan_assign(request, public_id):
    """Giao chỉ tiêu: every target × every unit right below, in one table."""
    plans = Plan.objects.filter(unit__in=request.user.units_for(Permission.PLAN_EDIT)).select_related("unit")
    plan = get_object_or_404(plans, public_id=public_id)
    part = part_of(units_below(plan), request.GET.get("trang"))
    targets = list(plan.targets.select_related("indicator"))
    now = Assignment.objects.open().filter(target__plan=plan)
    given = {(row.target_id, row.unit_id): row.value for row in now}
    form = AssignForm(request.POST or None, units=list(part), targets=targets, given=given, seen=mark(plan))
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("seen", "reason")}
            counts = assigning.assign(plan=plan, by=request.user, cells=form.cells(), **told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said(counts))
            return redirect("plan", plan.public_id)
    context = {"plan": plan, "form": form, "part": part, "pager": pager(part), "given": bool(given)}
    return render(request, "plans/assign.html", context)


def said(counts):
    """ "Đã giao 170 mức, điều chỉnh 2 mức." """
    words = (("given", "giao"), ("changed", "điều chỉnh"), ("withdrawn", "thôi giao"))
    parts = [f"{word} {counts[key]} mức" for key, word in words if counts[key]]
    return f"Đã {', '.join(parts)}." if parts else "Không có mức giao nào thay đổi."


@require_POST
@require(Permission.PLAN_EDIT)
def plan_take(request, public_id):
    """Take what the unit above gave or changed into one's own plan."""
    plan = get_object_or_404(Plan.objects.written_by(request.user), public_id=public_id)
    text = request.POST.get("version", "")
    found = assigning.take(plan=plan, by=request.user, version=int(text) if text.isdigit() else -1)
    messages.success(request, f"Đã đưa {len(found)} thay đổi vào kế hoạch. Hãy xem lại lời văn.")
    return redirect("plan", plan.public_id)


@require(Permission.PLAN_ANSWER)
def assigned_list(request):
    """What the officer's hamlet or school was given this year, and what it answered; on a phone a card each."""
    year = max([unit.as_of(today()).year for unit in request.user.units_for(Permission.PLAN_ANSWER)], default=today().year)
    rows = Assignment.objects.open().answered_by(request.user).of_year(year)
    rows = rows.select_related("target__plan__unit", "target__indicator", "unit", "replaces__target")
    rows = rows.annotate(copy=Subquery(copies().values("public_id")[:1]), told=Subquery(copies().values("status")[:1]))
    rows = list(rows.order_by("unit__code", "target__position"))
    last = {}
    for answer in TargetAnswer.objects.filter(target__public_id__in=[row.copy for row in rows]).select_related("target"):
        last[answer.target.public_id] = answer
    words = dict(Target.Status.choices)
    found = [(row, words.get(row.told or "", ""), last.get(row.copy)) for row in rows]
    audit.record("assigned.listed", by=request.user)
    return render(request, "plans/assigned.html", {"rows": found, "year": year})


def copies():
    """The unit's own targets tied to an assignment's."""
    return Target.objects.filter(assigned_from=OuterRef("target"), plan__unit=OuterRef("unit")).order_by("-pk")


@require(Permission.PLAN_ANSWER)
def assigned_answer(request, public_id):
    """The answer of a hamlet or school on one target."""
    rows = Assignment.objects.open().answered_by(request.user).select_related("target__plan__unit", "unit")
    row = get_object_or_404(rows, public_id=public_id)
    target = get_object_or_404(Target.objects.filter(assigned_from=row.target, plan__unit=row.unit).order_by("-pk")[:1])
    last = target.answers.order_by("-pk").first()
    initial = {"status": target.status, "note": target.status_note, "version": target.version}
    if last:
        initial |= {"done": last.done, "of": last.of}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            assess(target=target, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã gửi trả lời.")
            return redirect("assigned-list")
    return render(request, "plans/assigned_answer.html", {"row": row, "target": target, "form": form})
