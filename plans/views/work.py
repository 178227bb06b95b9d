"""What comes of a plan: tasks, targets, money."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.refusal import Refusal
from plans import doing
from plans.actions import work as actions
from plans.actions.work import totals
from plans.forms import VoidForm
from plans.forms_work import LineForm, MoneyForm, TargetForm, TaskForm
from plans.models import BudgetEntry, BudgetLine, Target, Task
from plans.querysets import written
from plans.views.writing import own_plan


def done(form, act, **facts):
    """True when the action went through; a refusal is put on the form, with everything that was typed."""
    try:
        act(**facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require(Permission.PLAN_EDIT)
def task_edit(request, public_id):
    """Who does a task, by when, what came of it."""
    tasks = (
        Task.objects.filter(written("plan__unit", request.user)).select_related("plan__unit", "unit").prefetch_related("scopes")
    )
    task = get_object_or_404(tasks.prefetch_related("scopes"), public_id=public_id)
    form = TaskForm(request.POST or None, task=task, officer=request.user)
    if request.method == "POST" and form.is_valid():
        if done(form, actions.set_task, task=task, by=request.user, **form.cleaned_data):
            messages.success(request, "Đã lưu nhiệm vụ.")
            return redirect("plan", task.plan.public_id)
    context = {"task": task, "plan": task.plan, "form": form, "said": task.items.exclude(text=task.text),
        "places": doing.places_for(task, request.user), "activities": task.activities.valid().order_by("-held_on", "-pk")[:5],
    }  # fmt: skip
    return render(request, "plans/task.html", context)


@require(Permission.PLAN_EDIT)
def target_add(request, public_id):
    """One more target of a plan."""
    plan = own_plan(request, public_id)
    return _target(request, plan, None)


@require(Permission.PLAN_EDIT)
def target_edit(request, public_id):
    """A target set more exactly."""
    targets = Target.objects.filter(written("plan__unit", request.user)).select_related(
        "plan__unit", "indicator", "assigned_from__plan__unit"
    )
    target = get_object_or_404(targets, public_id=public_id)
    return _target(request, target.plan, target)


def _target(request, plan, target):
    form = TargetForm(request.POST or None, plan=plan, target=target)
    if request.method == "POST" and form.is_valid():
        about = {"target": target, "version": form.cleaned_data["version"]} if target else {"plan": plan}
        if done(form, actions.set_target if target else actions.add_target, by=request.user, **about, **form.facts):
            messages.success(request, "Đã lưu chỉ tiêu.")
            return redirect("plan", plan.public_id)
    return render(request, "plans/target.html", {"plan": plan, "target": target, "form": form})


@require(Permission.PLAN_EDIT)
def budget_line(request, public_id):
    """A line of money: what was planned, allocated, spent; the forms to record both."""
    lines = BudgetLine.objects.filter(written("plan__unit", request.user)).select_related("plan__unit")
    line = get_object_or_404(lines, public_id=public_id)
    planning = "plan" in request.POST
    plan_form = LineForm(request.POST if planning else None, initial={"amount": line.amount, "source": line.source})
    form = MoneyForm(request.POST if request.method == "POST" and not planning else None)
    if request.method == "POST" and (plan_form if planning else form).is_valid():
        filled, act = (plan_form, actions.set_line) if planning else (form, actions.record_money)
        if done(filled, act, line=line, by=request.user, **filled.cleaned_data):
            messages.success(request, "Đã ghi.")
            return redirect("budget-line", line.public_id)
    got, spent = totals(line)
    context = {
        "line": line, "plan": line.plan, "plan_form": plan_form, "form": form, "got": got, "spent": spent, "left": got - spent,
        "entries": line.entries.select_related("recorded_by").order_by("-on", "-pk"),
    }  # fmt: skip
    return render(request, "plans/budget_line.html", context)


@require(Permission.PLAN_EDIT)
def budget_void(request, public_id):
    """Take a mistaken entry out of the sums."""
    entries = BudgetEntry.objects.filter(written("line__plan__unit", request.user)).select_related("line__plan__unit")
    entry = get_object_or_404(entries, public_id=public_id)
    if entry.voided_at:
        raise Http404
    form = VoidForm(request.POST or None, initial={"version": 1})
    if request.method == "POST" and form.is_valid():
        actions.void_money(entry=entry, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã hủy khoản ghi nhầm.")
        return redirect("budget-line", entry.line.public_id)
    return render(
        request, "plans/budget_void.html", {"entry": entry, "line": entry.line, "plan": entry.line.plan, "form": form}
    )
