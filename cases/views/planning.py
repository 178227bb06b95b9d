"""The plan of a case: its head, its services, submission, approval or return, another round."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases import authority, forms
from cases.actions import planning
from cases.models import Case, PlannedService
from cases.views.steps import decidable, step, version, workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission

P = Permission


@require(P.CASE_WORK)
def case_plan(request, public_id):
    """The head of the plan."""
    case = workable(request, public_id)
    plan = planning.current_plan(case)
    kept = plan if plan and plan.state != plan.State.APPROVED else None
    initial = {name: getattr(kept, name) for name in ("goals", "starts_on", "ends_on")} if kept else {}
    form = forms.PlanForm(request.POST or None, initial=initial | version(case))
    return step(
        request,
        case,
        form,
        "Kế hoạch hỗ trợ, can thiệp",
        "Lưu kế hoạch",
        lambda values: planning.save_plan(case=case, by=request.user, **values),
        "Đã lưu kế hoạch.",
    )


@require(P.CASE_WORK)
def case_service_add(request, public_id):
    """One more service of the plan."""
    case = workable(request, public_id)
    plan = planning.current_plan(case)
    if plan is None:
        return redirect("case-plan", public_id)
    form = forms.ServiceForm(request.POST or None)
    return step(
        request,
        case,
        form,
        "Thêm dịch vụ vào kế hoạch",
        "Thêm dịch vụ",
        lambda values: planning.add_service(plan=plan, by=request.user, **values),
        "Đã thêm dịch vụ.",
    )


def _service(request, public_id):
    cases = Case.objects.visible_to(request.user).workable_by(request.user)
    rows = PlannedService.objects.filter(plan__case__in=cases).select_related("plan__case", "kind")
    return get_object_or_404(rows, public_id=public_id)


@require_POST
@require(P.CASE_WORK)
def case_service_remove(request, public_id):
    """Take a service out of the plan."""
    service = _service(request, public_id)
    planning.remove_service(service=service, by=request.user)
    messages.success(request, "Đã bỏ dịch vụ khỏi kế hoạch.")
    return redirect("case", service.plan.case.public_id)


@require(P.CASE_WORK)
def case_serve(request, public_id):
    """A service was given: it becomes a Support of the registry."""
    service = _service(request, public_id)
    form = forms.ServeForm(request.POST or None, initial={"provider": service.provider})
    return step(
        request,
        service.plan.case,
        form,
        f"Đã thực hiện: {service.kind.name}",
        "Lưu",
        lambda values: planning.serve(service=service, by=request.user, **values),
        "Đã ghi vào trợ giúp.",
    )


@require_POST
@require(P.CASE_WORK)
def case_submit(request, public_id):
    """Submit the plan."""
    case = workable(request, public_id)
    planning.submit(case=case, by=request.user, version=None)
    messages.success(request, "Đã trình kế hoạch.")
    return redirect("case", public_id)


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_approve(request, public_id):
    """The chairman approves, or his signed paper is written down."""
    case = decidable(request, public_id)
    form = forms.ApproveForm(request.POST or None, initial=version(case))
    return step(
        request,
        case,
        form,
        "Phê duyệt kế hoạch",
        "Phê duyệt",
        lambda values: planning.approve(case=case, by=request.user, **values),
        "Đã phê duyệt kế hoạch.",
    )


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_return(request, public_id):
    """The chairman asks for changes; in a restricted case the worker writes down what the holder's asked."""
    case = decidable(request, public_id)
    if not authority.may_return(request.user, case):
        raise Http404
    form = forms.ReasonForm(request.POST or None, initial=version(case))
    return step(
        request,
        case,
        form,
        "Trả lại kế hoạch để bổ sung",
        "Trả lại",
        lambda values: planning.give_back(case=case, by=request.user, **values),
        "Đã trả lại kế hoạch.",
    )


@require_POST
@require(P.CASE_WORK)
def case_new_round(request, public_id):
    """Another plan."""
    planning.new_round(case=workable(request, public_id), by=request.user, version=None)
    return redirect("case-plan", public_id)
