"""A case goes over to the commune where the child lives: sent, acknowledged, turned down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import pages
from cases.actions import handover as actions
from cases.forms_reporting import HandOverForm, TurnDownForm
from cases.linking import told_of
from cases.models import Case, Handover
from cases.views.steps import step, workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit

P = Permission
LISTED = 50
SENT = "Đã gửi. Hồ sơ vẫn do anh/chị xử lý cho đến khi nơi nhận tiếp nhận."


@require(P.CASE_WORK)
def case_transfer(request, public_id):
    """Ask the commune where the child lives to take the case."""
    case = workable(request, public_id)
    form = HandOverForm(request.POST or None, case=case, initial={"version": case.version})
    return step(
        request, case, form, "Chuyển hồ sơ cho nơi trẻ em cư trú", "Gửi hồ sơ",
        lambda values: actions.send(case=case, by=request.user, **values),
        lambda made: SENT if made.open else made.refusal,
    )  # fmt: skip


@require_POST
@require(P.CASE_WORK)
def case_transfer_end(request, public_id):
    """What is urgent is done: the part of the commune of the event is finished."""
    actions.end_duty(case=workable(request, public_id), by=request.user, version=None)
    messages.success(request, "Đã kết thúc phần việc khẩn cấp.")
    return redirect("case", public_id)


@require(P.CASE_WORK)
def handed_list(request):
    """What came and waits for an answer, and what the officer's commune sent and nobody has answered."""
    rows = Handover.objects.select_related("case__unit", "case__protected_file", "to_unit").order_by("sent_at", "pk")
    coming = list(rows.coming_to(request.user)[:LISTED])
    sent = list(rows.unanswered(request.user)[:LISTED])
    audit.record("case.listed", by=request.user, shown=[row.case.protected_file.public_id for row in (*coming, *sent)])
    context = {"coming": [_line(row) for row in coming], "sent": [_line(row) for row in sent]}
    return render(request, "cases/handed_list.html", context)


def _line(row):
    return {
        "row": row,
        "urgency": urgency(row.case),
        "when": pages.moment(row.sent_at),
        "received": pages.moment(row.case.opened_at),
    }


def urgency(case):
    """How urgent a case is, in words that name nobody."""
    word = {True: "Cần can thiệp khẩn cấp", False: "Không khẩn cấp", None: "Chưa rõ có khẩn cấp không"}[case.emergency]
    return f"{word}; {case.get_level_display().lower()}" if case.level else word


def _coming(request, public_id):
    rows = Handover.objects.coming_to(request.user).select_related(
        "case__unit", "case__kind", "case__protected_file", "to_unit"
    )
    return get_object_or_404(rows, public_id=public_id)


@require(P.NOTICE_TAKE)
def handed(request, public_id):
    """One case that came: from whom, when, how urgent; whom it is about only once somebody has said that it came."""
    row = _coming(request, public_id)
    audit.record("case.viewed", by=request.user, subject=row.case.protected_file)
    return _handed(request, row, TurnDownForm())


def _handed(request, row, form):
    context = {**_line(row), "form": form, "back": reverse("handed-list")}
    if row.opened_at:
        context["told"] = told_of(row.case)
    return render(request, "cases/handed.html", context)


@require_POST
@require(P.NOTICE_TAKE)
def handed_open(request, public_id):
    """It has come: its words may be read."""
    actions.open_sent(handover=_coming(request, public_id), by=request.user)
    return redirect("handed", public_id)


@require_POST
@require(P.NOTICE_TAKE)
def handed_take(request, public_id):
    """Acknowledge: the case is this commune's from now on."""
    case = actions.acknowledge(handover=_coming(request, public_id), by=request.user)
    messages.success(request, f"Đã tiếp nhận, hồ sơ {case.code}. Thời hạn tính từ giờ nhận tin đầu tiên.")
    seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("case", case.public_id) if seen else redirect("case-list")


@require_POST
@require(P.NOTICE_TAKE)
def handed_back(request, public_id):
    """The child does not live here."""
    row, form = _coming(request, public_id), TurnDownForm(request.POST)
    if not form.is_valid():
        return _handed(request, row, form)
    actions.turn_down(handover=row, by=request.user, **form.cleaned_data)
    messages.success(request, f"Đã trả lời {row.case.unit.name}: không nhận hồ sơ.")
    return redirect("handed-list")
