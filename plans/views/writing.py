"""Writing a plan: begin, put the text in, look over what was recognised, issue, take the document."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.documents.downloads import download
from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from plans import exporting
from plans.actions import drafting, writing
from plans.forms_writing import BeginForm, IssueForm, ReviewForm, TextForm
from plans.models import Plan
from plans.recognising import as_text, recognise


def own_plan(request, public_id):
    """A plan that the officer writes; not those of other units below."""
    plans = Plan.objects.written_by(request.user).select_related("unit__parent", "office")
    return get_object_or_404(plans, public_id=public_id)


@require(Permission.PLAN_EDIT)
def plan_add(request):
    """Begin a plan; its text comes on the next page."""
    form = BeginForm(request.POST or None, officer=request.user, year=today().year)
    if request.method == "POST" and form.is_valid():
        plan = writing.begin(by=request.user, **form.cleaned_data)
        return redirect("plan-text", plan.public_id)
    return render(request, "plans/add.html", {"form": form})


@require(Permission.PLAN_EDIT)
def plan_text(request, public_id):
    """The text pasted or typed, then what was recognised in it, then saved."""
    plan = own_plan(request, public_id)
    if request.method != "POST":
        form = TextForm(initial={"text": as_text(plan.items.all()), "version": plan.version})
        return render(request, "plans/text.html", {"plan": plan, "form": form})
    form = TextForm(request.POST)
    if not form.is_valid() or "again" in request.POST:
        return render(request, "plans/text.html", {"plan": plan, "form": form})
    return _review(request, plan, **form.cleaned_data)


def _review(request, plan, text, version):
    confirming = "confirm" in request.POST
    data = request.POST if confirming else None
    form = ReviewForm(data, plan=plan, text=text, version=version, rows=recognise(text))
    if confirming and form.is_valid():
        rows, goals, dropped = form.result
        reason = form.cleaned_data.get("reason", "")
        try:
            writing.save_text(
                plan=plan, by=request.user, version=version, rows=rows, goals=goals, dropped=dropped, reason=reason
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi nội dung kế hoạch: {len(rows)} đoạn, {plan.targets.count()} chỉ tiêu.")
            return redirect("plan", plan.public_id)
    return render(
        request, "plans/review.html", {"plan": plan, "form": form, "indicators": Indicator.objects.order_by("position")}
    )


@require(Permission.PLAN_EDIT)
def plan_issue(request, public_id):
    """Note number, day and signer of a plan that was signed on paper."""
    plan = own_plan(request, public_id)
    form = IssueForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        writing.issue(plan=plan, by=request.user, **form.facts)
        messages.success(request, "Đã ghi kế hoạch được ban hành.")
        return redirect("plan", plan.public_id)
    return render(request, "plans/issue.html", {"plan": plan, "form": form})


@require(Permission.PLAN_EDIT)
def plan_draft(request, public_id):
    """Dự thảo kế hoạch của đơn vị mình từ kế hoạch cấp trên: one button."""
    above = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit__parent"), public_id=public_id)
    units = [unit for unit in request.user.units_for(Permission.PLAN_EDIT) if unit.is_under(above.unit) and unit != above.unit]
    if not units:
        raise Http404
    if request.method == "POST":
        plan, made = drafting.draft_from(above=above, unit=units[0], by=request.user)
        messages.success(request, "Đã lập dự thảo. Hãy xem và sửa lời." if made else "Kế hoạch của đơn vị đã có nội dung.")
        return redirect("plan", plan.public_id)
    return render(request, "plans/draft.html", {"plan": above, "unit": units[0]})


@require(Permission.PLAN_VIEW)
def plan_version(request, public_id, number):
    """What a plan said before it was changed."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), public_id=public_id)
    version = get_object_or_404(plan.versions.select_related("made_by"), number=number)
    return render(request, "plans/version.html", {"plan": plan, "version": version, "items": version.content["items"]})


@require(Permission.PLAN_VIEW)
def plan_file(request, public_id, ending):
    """The plan as PDF or DOCX."""
    if ending not in exporting.RENDER:
        raise Http404
    plans = Plan.objects.visible_to(request.user).select_related("unit__parent", "office", "document__pdf", "document__docx")
    plan = get_object_or_404(plans, public_id=public_id)
    return download(exporting.data_of(plan, ending), name=exporting.file_name(plan, ending))
