"""The steps of a case, one form each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import authority, forms
from cases.actions import assessing, intake, planning
from cases.models import Case, EmergencyStep, PlannedService
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.imports import communes
from childcare.children.models import Child
from childcare.lib.calendar import today

P = Permission
FORMS = {"ban-dau": "initial", "cu-the": "full", "ra-soat": "review"}


def workable(request, public_id):
    """A visible case on which the officer may work, or 404."""
    cases = Case.objects.visible_to(request.user).workable_by(request.user).select_related("unit", "child", "protected_file")
    return get_object_or_404(cases, public_id=public_id)


def urgent(request, public_id):
    """A visible case in which the officer may write down what was done at once, or 404."""
    cases = Case.objects.visible_to(request.user).urgent_for(request.user).select_related("unit", "child", "protected_file")
    return get_object_or_404(cases, public_id=public_id)


def decidable(request, public_id):
    """A visible case on which the officer may work or decide, or 404."""
    cases = (
        Case.objects.visible_to(request.user)
        .decidable_by(request.user)
        .select_related("unit", "child", "protected_file__held_by")
    )
    return get_object_or_404(cases, public_id=public_id)


def page(request, form, case, heading, submit="Lưu", **context):
    """One form of the case."""
    values = {"form": form, "case": case, "heading": heading, "submit": submit, "back": reverse("case", args=[case.public_id])}
    return render(request, "cases/form.html", {**values, **context})


def step(request, case, form, heading, submit, act, done):
    """Show the form; when it is right do the step and go back to the case."""
    if request.method == "POST" and form.is_valid():
        act(form.values() if hasattr(form, "values") else form.cleaned_data)
        messages.success(request, done)
        return redirect("case", case.public_id)
    return page(request, form, case, heading, submit)


def _version(case):
    return {"version": case.version}


@require(P.CASE_WORK)
def case_add(request):
    """Receive a report: two minutes, with almost everything unknown."""
    child = _child(request)
    unit = next(iter(communes(request.user)), None)
    if unit is None:
        raise Http404
    form = forms.IntakeForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        kind = values.pop("kind")
        case = intake.receive(by=request.user, unit=unit, child=child, kind=kind, happened_in=unit, **values)
        messages.success(request, f"Đã tiếp nhận, hồ sơ {case.code}. Đồng hồ tính từ giờ nhận tin.")
        seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
        return redirect("case", case.public_id) if seen else redirect("case-list")
    back = reverse("child", args=[child.public_id]) if child else reverse("case-list")
    return render(request, "cases/add.html", {"form": form, "child": child, "back": back})


def _child(request):
    key = uuid_or_blank(request.GET.get("child"))
    return Child.objects.visible_to(request.user).select_related("unit").filter(public_id=key).first() if key else None


@require(P.CASE_WORK)
def case_screen(request, public_id):
    """No case is needed."""
    case = workable(request, public_id)
    form = forms.ScreenForm(request.POST or None, initial=_version(case))
    return step(
        request,
        case,
        form,
        "Không phải lập hồ sơ",
        "Lưu kết luận",
        lambda values: intake.screen_out(case=case, by=request.user, **values),
        "Đã ghi kết luận.",
    )


@require(P.CASE_WORK)
def case_assess(request, public_id, which):
    """One of the three assessments."""
    if which not in FORMS:
        raise Http404
    case = workable(request, public_id)
    form = forms.AssessForm(request.POST or None, form=FORMS[which], initial=_version(case))
    return step(
        request,
        case,
        form,
        forms.FORM_WORDS[FORMS[which]],
        "Lưu đánh giá",
        lambda values: assessing.assess(case=case, by=request.user, **values),
        "Đã lưu đánh giá.",
    )


@require(P.CASE_WORK)
def case_emergency(request, public_id):
    """What was done at once."""
    case = urgent(request, public_id)
    form = forms.EmergencyForm(request.POST or None, initial=_version(case))
    return step(
        request,
        case,
        form,
        "Ghi việc khẩn cấp đã làm",
        "Lưu",
        lambda values: assessing.emergency_step(case=case, by=request.user, **values),
        "Đã ghi việc khẩn cấp.",
    )


@require_POST
@require(P.CASE_WORK)
def case_isolation_end(request, public_id):
    """The isolation ended today."""
    steps = EmergencyStep.objects.visible_to(request.user).filter(case__in=Case.objects.workable_by(request.user))
    row = get_object_or_404(steps.select_related("case"), public_id=public_id)
    assessing.end_isolation(step=row, by=request.user, on=today())
    messages.success(request, "Đã ghi kết thúc cách ly.")
    return redirect("case", row.case.public_id)


@require(P.CASE_WORK)
def case_plan(request, public_id):
    """The head of the plan."""
    case = workable(request, public_id)
    plan = planning.current_plan(case)
    kept = plan if plan and plan.state != plan.State.APPROVED else None
    initial = {name: getattr(kept, name) for name in ("goals", "starts_on", "ends_on")} if kept else {}
    form = forms.PlanForm(request.POST or None, initial=initial | _version(case))
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
    form = forms.ApproveForm(request.POST or None, initial=_version(case))
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
    form = forms.ReasonForm(request.POST or None, initial=_version(case))
    return step(
        request,
        case,
        form,
        "Trả lại kế hoạch để bổ sung",
        "Trả lại",
        lambda values: planning.give_back(case=case, by=request.user, **values),
        "Đã trả lại kế hoạch.",
    )


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_close(request, public_id):
    """The case ends."""
    case = decidable(request, public_id)
    form = forms.CloseForm(request.POST or None, initial=_version(case))
    return step(
        request,
        case,
        form,
        "Kết thúc hồ sơ",
        "Kết thúc hồ sơ",
        lambda values: planning.close(case=case, by=request.user, **values),
        "Đã kết thúc hồ sơ.",
    )


@require_POST
@require(P.CASE_WORK)
def case_new_round(request, public_id):
    """Another plan."""
    planning.new_round(case=workable(request, public_id), by=request.user, version=None)
    return redirect("case-plan", public_id)


@require(P.CASE_WORK)
def case_reopen(request, public_id):
    """New information."""
    case = workable(request, public_id)
    form = forms.ReasonForm(request.POST or None, initial=_version(case))
    return step(
        request,
        case,
        form,
        "Mở lại hồ sơ",
        "Mở lại",
        lambda values: intake.reopen(case=case, by=request.user, **values),
        "Đã mở lại hồ sơ.",
    )


@require(P.CASE_WORK)
def case_assign(request, public_id):
    """Who works on it."""
    case = workable(request, public_id)
    form = forms.AssignForm(request.POST or None, unit=case.unit, on=today(), initial=_version(case))
    return step(
        request,
        case,
        form,
        "Giao người phụ trách",
        "Giao",
        lambda values: intake.assign(case=case, by=request.user, **values),
        "Đã giao người phụ trách.",
    )


@require(P.CASE_TAKE)
def case_hand_out(request, public_id):
    """Give a restricted case of the unit to one of its officers."""
    cases = Case.objects.to_hand_out(request.user).select_related("protected_file__held_by")
    case = get_object_or_404(cases, public_id=public_id)
    form = forms.HandOutForm(request.POST or None, unit=case.protected_file.held_by, but=request.user)
    if request.method == "POST" and form.is_valid():
        intake.hand_out(case=case, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã giao hồ sơ.")
        return redirect("case-held")
    return page(request, form, case, "Giao người xử lý", "Giao", back=reverse("case-held"))
