"""The steps of a case, one form each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import forms, reporting
from cases.actions import assessing, intake, planning
from cases.models import Case, EmergencyStep
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
    cases = (
        Case.objects.visible_to(request.user)
        .workable_by(request.user)
        .select_related("unit", "child", "kind", "protected_file")
    )
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


def back_to(request, case):
    """The case when it is still open to the officer, else the list: what he wrote may have closed it to him."""
    seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("case", case.public_id) if seen else redirect("case-list")


def step(request, case, form, heading, submit, act, done):
    """Show the form; when it is right do the step and go back to the case. `done`: words, or words of what came of it."""
    if request.method == "POST" and form.is_valid():
        made = act(form.values() if hasattr(form, "values") else form.cleaned_data)
        messages.success(request, done(made) if callable(done) else done)
        return back_to(request, case)
    return page(request, form, case, heading, submit)


def version(case):
    """What a form of the case begins with."""
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
        return back_to(request, case)
    back = reverse("child", args=[child.public_id]) if child else reverse("case-list")
    return render(request, "cases/add.html", {"form": form, "child": child, "back": back})


def _child(request):
    key = uuid_or_blank(request.GET.get("child"))
    return Child.objects.visible_to(request.user).select_related("unit").filter(public_id=key).first() if key else None


@require(P.CASE_WORK)
def case_tell_more(request, public_id):
    """What the report left open is known now."""
    case = workable(request, public_id)
    row = case.intakes.order_by("received_at", "pk").first()
    if row is None:
        raise Http404
    row.case = case
    form = forms.TellMoreForm(
        request.POST or None, intake=row, names_informant=reporting.may_know_informant(row, request.user) and not _sent_in(row),
        initial={**version(case), "kind": case.kind and case.kind.code},
    )  # fmt: skip
    return step(
        request, case, form, "Bổ sung thông tin đã tiếp nhận", "Lưu bổ sung",
        lambda values: intake.tell_more(intake=row, by=request.user, **values),
        "Đã bổ sung.",
    )  # fmt: skip


def _sent_in(row):
    return getattr(row, "notice", None) is not None


@require(P.CASE_WORK)
def case_screen(request, public_id):
    """No case is needed."""
    case = workable(request, public_id)
    form = forms.ScreenForm(request.POST or None, initial=version(case))
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
    form = forms.AssessForm(request.POST or None, form=FORMS[which], initial=version(case))
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
    form = forms.EmergencyForm(request.POST or None, initial=version(case))
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


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_close(request, public_id):
    """The case ends."""
    case = decidable(request, public_id)
    form = forms.CloseForm(request.POST or None, initial=version(case))
    return step(
        request,
        case,
        form,
        "Kết thúc hồ sơ",
        "Kết thúc hồ sơ",
        lambda values: planning.close(case=case, by=request.user, **values),
        "Đã kết thúc hồ sơ.",
    )


@require(P.CASE_WORK)
def case_reopen(request, public_id):
    """New information."""
    case = workable(request, public_id)
    form = forms.ReasonForm(request.POST or None, initial=version(case))
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
    form = forms.AssignForm(request.POST or None, unit=case.unit, on=today(), initial=version(case))
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
