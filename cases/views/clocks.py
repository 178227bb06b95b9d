"""Clocks: what a unit sets shorter for itself; what the administrator puts right."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import forms_clocks as forms
from cases.actions import clock_settings as actions
from cases.models import AssessmentItem, AssessmentRule, ClockReminder, ClockRule, UnitClock
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.lib.vietnamese import number

P = Permission
# Clocks that a case runs and a unit may shorten; the others belong to other papers.
OWN = ("CK02", "CK03", "CK04", "CK05", "CK13", "CK35", "CK36", "CK39", "CK41")


def _commune(request):
    units = [*request.user.units_for(P.CASE_WORK), *request.user.units_for(P.CASE_DECIDE)]
    unit = next((unit for unit in units if unit.kind == "commune"), None)
    if unit is None:
        raise Http404
    return unit


def _shortenable():
    rules = ClockRule.objects.on(today()).filter(code__in=OWN, amount__gt=1).exclude(configurable=ClockRule.Configurable.NO)
    return {rule.code: rule for rule in rules}


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_clocks(request):
    """The clocks of the officer's commune beside those of the law."""
    unit = _commune(request)
    own = {row.code: row for row in UnitClock.objects.filter(unit=unit, valid_to=None).select_related("set_by")}
    rows = [{"rule": rule, "own": own.get(rule.code)} for rule in _shortenable().values()]
    return render(request, "cases/clocks.html", {"unit": unit, "rows": rows})


@require(P.CASE_WORK, P.CASE_DECIDE)
def case_clock_set(request, code):
    """A shorter clock for the commune."""
    unit, rule = _commune(request), _shortenable().get(code)
    if rule is None:
        raise Http404
    own = UnitClock.objects.filter(unit=unit, code=code, valid_to=None).first()
    initial = {"amount": own.amount, "basis": own.basis} if own else None
    form = forms.ShorterForm(request.POST or None, rule=rule, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_shorter(unit=unit, code=code, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã đặt thời hạn của đơn vị, áp dụng cho hồ sơ nhận tin từ hôm nay.")
        return redirect("case-clocks")
    return render(request, "cases/clock_form.html", {"form": form, "heading": rule.name, "submit": "Đặt thời hạn",
                  "back": reverse("case-clocks"), "crumb": "Thời hạn của đơn vị", "lead": rule.legal_basis})  # fmt: skip


@require_POST
@require(P.CASE_WORK, P.CASE_DECIDE)
def case_clock_drop(request, code):
    """Back to the clock of the law."""
    actions.drop_shorter(unit=_commune(request), code=code, by=request.user)
    messages.success(request, "Đã bỏ thời hạn riêng; hồ sơ nhận tin từ hôm nay theo thời hạn của văn bản.")
    return redirect("case-clocks")


@require(P.SETTINGS)
def clock_settings(request):
    """Rules, reminders, the lines of the forms and their rule, each with its mark."""
    form = forms.ReminderForm(request.POST or None, codes=[(code, f"{code} {rule.name}") for code, rule in _codes().items()])
    if request.method == "POST" and form.is_valid():
        actions.add_reminder(by=request.user, **form.values())
        messages.success(request, "Đã thêm lần nhắc.")
        return redirect("clock-settings")
    rules, day = AssessmentRule.objects, today()
    context = {
        "rules": ClockRule.objects.not_ended(day), "form": form,
        "reminders": [_mark(row) for row in ClockReminder.objects.filter(active=True)],
        "proposal": rules.on(day).last(), "coming": rules.filter(valid_from__gt=day).first(),
        "items": AssessmentItem.objects.filter(active=True),
    }  # fmt: skip
    return render(request, "cases/clock_settings.html", context)


def _codes():
    return {rule.code: rule for rule in ClockRule.objects.on(today()).filter(code__in=(*OWN, "CK08", "CK09"))}


def _mark(row):
    amount = number(abs(row.offset))
    when = (
        "đúng lúc hết hạn" if not row.offset else f"{amount} {row.get_measure_display()} {'trước' if row.offset < 0 else 'sau'}"
    )
    if row.measure == ClockReminder.Measure.DAYS and not row.offset:
        when = "sáng ngày cuối cùng"
    return {"row": row, "when": when, "of": row.code or f"mọi thời hạn tính bằng {row.get_measure_display()}"}


@require_POST
@require(P.SETTINGS)
def clock_reminder_drop(request):
    """One mark less."""
    key = request.POST.get("row", "")
    actions.drop_reminder(pk=int(key) if key.isdecimal() and len(key) < 10 else 0, by=request.user)
    messages.success(request, "Đã bỏ lần nhắc.")
    return redirect("clock-settings")


def _correct(request, form, heading, submit, act, lead=""):
    """One form of the administrator: show, act, go back."""
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("clock-settings")
    return render(request, "cases/clock_form.html", {"form": form, "heading": heading, "submit": submit, "lead": lead,
                  "back": reverse("clock-settings"), "crumb": "Thời hạn và mẫu của hồ sơ can thiệp"})  # fmt: skip


def _rule(code):
    rule = actions.newest(code)
    if rule is None:
        raise Http404
    return rule


@require(P.SETTINGS)
def clock_correct(request, code):
    """A rule from a day on."""
    rule = _rule(code)
    initial = {name: getattr(rule, name) for name in ("name", "amount", "measure", "legal_basis")}
    form = forms.ClockForm(request.POST or None, initial={**initial, "verified": rule.evidence == "text"})
    return _correct(
        request, form, f"Đính chính thời hạn {rule.code}", "Lưu từ ngày này",
        lambda values: actions.correct_clock(code=code, by=request.user, **values), lead=rule.name,
    )  # fmt: skip


@require(P.SETTINGS)
def clock_verify(request, code):
    """The text was read."""
    rule = _rule(code)
    form = forms.VerifyForm(request.POST or None, initial={"legal_basis": rule.legal_basis})
    return _correct(
        request, form, f"Xác nhận đã đối chiếu {rule.code}", "Đã đối chiếu",
        lambda values: actions.verify_clock(code=code, by=request.user, **values), lead=rule.name,
    )  # fmt: skip


@require(P.SETTINGS)
def assessment_item_correct(request, code):
    """A line of a form."""
    item = get_object_or_404(AssessmentItem, code=code, active=True)
    initial = {name: getattr(item, name) for name in ("name", "high", "medium", "low")}
    form = forms.ItemForm(request.POST or None, initial={**initial, "verified": item.evidence == "text"})
    return _correct(
        request, form, f"Đính chính nội dung {item.code}", "Lưu từ hôm nay",
        lambda values: actions.correct_item(item=item, by=request.user, **values),
        lead="Phiếu đã đánh giá giữ nội dung cũ.",
    )  # fmt: skip


@require(P.SETTINGS)
def assessment_rule_set(request):
    """The rule that proposes a level."""
    rule = AssessmentRule.objects.on(today()).last()
    names = ("harm_mark", "ability_mark", "when_more", "when_equal", "when_fewer", "legal_basis")
    initial = {name: getattr(rule, name) for name in names} if rule else {}
    form = forms.RuleForm(request.POST or None, initial=initial)
    return _correct(
        request, form, "Quy tắc đề xuất mức độ nguy cơ", "Lưu từ ngày này",
        lambda values: actions.set_rule(by=request.user, **values), lead="Người đánh giá vẫn là người xác nhận mức.",
    )  # fmt: skip
