"""The register of requests about data, and the page that says why, on which ground and how long data are kept."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions import requests
from childcare.children.forms import papers as forms
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.imports import communes
from childcare.children.models import Child, DataRequest, DataRule, Purpose
from childcare.children.views.common import form_page, pager
from childcare.lib.calendar import days_left_text, today

PAGE = 50
TONES = {DataRequest.State.DONE: "done", DataRequest.State.REFUSED: ""}


@require(Permission.PROTECTED_VIEW)
def request_list(request):
    """The requests to the officer's units: those that owe something first."""
    first = Case(When(state="open", then=Value(0)), When(state="answered", then=Value(1)), default=Value(2))
    rows = DataRequest.objects.visible_to(request.user).select_related("unit").order_by(first, "-received_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    audit.record("request.listed", by=request.user, shown=[row.public_id for row in page])
    lines = [_line(row) for row in page]
    context = {"pager": pager(page), "lines": lines, "may_add": request.user.can(Permission.CHILD_EDIT)}
    return render(request, "privacy/requests.html", context)


def _line(row):
    on, due = today(), row.due
    late = due is not None and due < on
    word = f"{row.get_state_display()} · {days_left_text(due, on)}" if due else row.get_state_display()
    return {"row": row, "due": due, "word": word, "tone": "late" if late else TONES.get(row.state, "soon")}


@require(Permission.CHILD_EDIT)
def request_add(request):
    """Write a request into the register; about a child when its page was the way here."""
    child = _child(request)
    form = forms.RequestForm(request.POST or None, units=communes(request.user))
    if request.method == "POST" and form.is_valid():
        row = requests.receive(by=request.user, child=child, **form.cleaned_data)
        messages.success(request, f"Đã ghi yêu cầu số {row.number}. Trả lời chậm nhất {row.answer_by:%d/%m/%Y}.")
        return redirect("request", row.public_id)
    back = reverse("child", args=[child.public_id]) if child else reverse("request-list")
    return form_page(request, form, heading="Ghi yêu cầu về dữ liệu", back=back, child=child)


def _child(request):
    key = uuid_or_blank(request.GET.get("child"))
    return Child.objects.visible_to(request.user).editable_by(request.user).filter(public_id=key).first() if key else None


def _row(request, public_id):
    rows = DataRequest.objects.visible_to(request.user).select_related("unit", "child", "recorded_by")
    return get_object_or_404(rows, public_id=public_id)


@require(Permission.PROTECTED_VIEW)
def request_page(request, public_id):
    """One request: what was asked, its clocks, what was answered and done."""
    row = _row(request, public_id)
    audit.record("request.viewed", by=request.user, subject=row)
    visible = row.child_id and Child.objects.visible_to(request.user).filter(pk=row.child_id).exists()
    rules = DataRule.objects.filter(code__in=["CK23", "CK24", "CK25"])
    may = request.user.can_in(Permission.CHILD_EDIT, row.unit)
    context = {**_line(row), "child": row.child if visible else None, "rules": rules, "may_edit": may}
    return render(request, "privacy/request.html", context)


def _act(request, public_id, form_class, heading, submit, action, done):
    row = _row(request, public_id)
    form = form_class(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        action(request=row, by=request.user, **form.cleaned_data)
        messages.success(request, done)
        return redirect("request", public_id)
    back = reverse("request", args=[public_id])
    return form_page(request, form, heading=heading, back=back, submit=submit, lead=f"{row}, {row.get_kind_display().lower()}")


@require(Permission.CHILD_EDIT)
def request_answer(request, public_id):
    """Answer the asker."""
    return _act(
        request, public_id, forms.AnswerForm, "Trả lời yêu cầu", "Lưu câu trả lời", requests.answer, "Đã ghi câu trả lời."
    )


@require(Permission.CHILD_EDIT)
def request_extend(request, public_id):
    """Put the deed off once."""
    return _act(request, public_id, forms.ExtendForm, "Gia hạn thực hiện", "Gia hạn", requests.extend, "Đã gia hạn.")


@require(Permission.CHILD_EDIT)
def request_close(request, public_id):
    """The request was carried out."""
    return _act(
        request, public_id, forms.CloseForm, "Ghi kết quả thực hiện", "Lưu kết quả", requests.close, "Đã kết thúc yêu cầu."
    )


@for_every_officer
def data_rules(request):
    """Purposes with their ground, clocks and times of keeping; what is not checked against the text says so."""
    rules = list(DataRule.objects.all())
    context = {
        "purposes": Purpose.objects.all(), "clocks": [rule for rule in rules if rule.kind == "clock"],
        "keeping": [rule for rule in rules if rule.kind == "keeping"],
        "may_requests": request.user.can(Permission.PROTECTED_VIEW),
    }  # fmt: skip
    return render(request, "privacy/rules.html", context)
