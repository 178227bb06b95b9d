"""Alternative care: the list, one placement, and its steps, one form each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import forms_placement as forms
from cases import pages_placement as pages
from cases.actions import care_correcting, placing
from cases.clocks_placement import with_parts
from cases.models import Placement, Shelter
from cases.views.steps import workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import told_of
from childcare.children.views.common import pager, recordable_child

P = Permission
PAGE = 30
SHOWN = {"": "Đang thực hiện", "xong": "Đã chấm dứt", "tat-ca": "Tất cả"}
VIEW = (P.PROTECTED_VIEW, P.CASE_WORK)
NEED = ("ground", "situation", "needs", "child_view", "consent", "consent_note", "siblings", "file_received_on", "photo_on")


@require(*VIEW)
def placement_list(request):
    """The children in alternative care, or waiting for it, whom the officer may know of."""
    shown = request.GET.get("xem", "")
    rows = Placement.objects.visible_to(request.user)
    rows = rows.filter(state__in=["ended", "cancelled"]) if shown == "xong" else rows if shown == "tat-ca" else rows.open()
    page = Paginator(with_parts(rows).order_by("-opened_on", "-pk"), PAGE).get_page(request.GET.get("trang"))
    audit.record("placement.listed", by=request.user, shown=[told_of(row).public_id for row in page])
    context = {
        "lines": pages.list_lines(list(page), request.user), "pager": pager(page, xem=shown), "shown": shown,
        "choices": SHOWN.items(), "keeps": request.user.can(P.PROTECTED_VIEW),
    }  # fmt: skip
    return render(request, "placement/list.html", context)


@require(*VIEW)
def placement(request, public_id):
    """One placement: stages, clocks, what to do next, visits, timeline."""
    row = get_object_or_404(with_parts(Placement.objects.visible_to(request.user)), public_id=public_id)
    audit.record("placement.viewed", by=request.user, subject=told_of(row))
    return render(request, "placement/placement.html", pages.of_placement(row, request.user))


@require(P.CASE_WORK)
def placement_add(request, public_id):
    """Begin from the child's page, without a case: kinship care of an orphan, day care."""
    child = recordable_child(request, public_id)
    if not request.user.can_in(P.PROTECTED_VIEW, child.unit):
        raise Http404
    return _add(request, reverse("child", args=[public_id]), child.display_name, child=child)


@require(P.CASE_WORK)
def case_care_add(request, public_id):
    """Begin from a case: everything lies under its file."""
    case = workable(request, public_id)
    return _add(request, reverse("case", args=[public_id]), f"Hồ sơ {case.code}", case=case)


def _add(request, back, about, **of):
    form = forms.OpenForm(request.POST or None, in_case="case" in of)
    if request.method == "POST" and form.is_valid():
        row = placing.open_placement(by=request.user, **of, **form.cleaned_data)
        messages.success(request, "Đã lập. Bước tiếp theo: chọn nơi nhận.")
        return redirect("placement", row.public_id)
    return render(request, "placement/form.html", {
        "form": form, "heading": "Lập chăm sóc thay thế", "lead": about, "submit": "Lưu và mở", "back": back,
    })  # fmt: skip


def _found(request, public_id, rows):
    rows = rows.select_related("unit", "child", "case", "carer", "shelter", "protected_file")
    return get_object_or_404(rows, public_id=public_id)


def _workable(request, public_id):
    return _found(request, public_id, Placement.objects.visible_to(request.user).workable_by(request.user))


def _step(request, row, form, heading, submit, act, done, **context):
    """Show the form; when it is right do the step and go back to the placement."""
    back = reverse("placement", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, done)
        return redirect(back)
    lead = f"{row.code} · {row.get_form_display()} · {row.get_state_display().lower()}"
    values = {"form": form, "heading": heading, "lead": lead, "submit": submit, "back": back, "placement": row}
    return render(request, context.pop("template", "placement/form.html"), {**values, **context})


def _act(action, row, request):
    return lambda values: action(placement=row, by=request.user, **values)


@require(P.CASE_WORK)
def placement_describe(request, public_id):
    """What is known before the child goes to anybody."""
    row = _workable(request, public_id)
    facilities = Shelter.objects.visible_to(request.user).filter(kind="facility")
    initial = {name: getattr(row, name) for name in NEED} | {"version": row.version}
    initial["from_facility"] = row.from_facility and row.from_facility.public_id
    form = forms.DescribeForm(request.POST or None, facilities=facilities, initial=initial)
    return _step(
        request, row, form, "Hoàn cảnh, nhu cầu, sự đồng ý", "Lưu", _act(placing.describe, row, request), "Đã lưu."
    )  # fmt: skip


@require(P.CASE_WORK)
def placement_propose(request, public_id):
    """Who could take the child, with what speaks for and against; a person chooses."""
    row = _workable(request, public_id)
    lines = pages.candidates(row, request.user)
    keys = [line["row"].pk for line in lines]
    form = forms.ProposeForm(
        request.POST or None, placement=row, initial={"version": row.version},
        carers=placing.Carer.objects.filter(pk__in=keys), shelters=Shelter.objects.filter(pk__in=keys),
    )  # fmt: skip
    places = row.form in placing.PLACES
    act = _act(placing.propose, row, request)
    context = {"lines": lines, "places": places, "template": "placement/propose.html"}
    return _step(request, row, form, "Chọn nơi nhận", "Đề xuất", act, "Đã ghi đề xuất.", **context)


@require(P.CASE_WORK, P.CASE_DECIDE)
def placement_decide(request, public_id):
    """The decision, as signed."""
    row = _found(request, public_id, Placement.objects.visible_to(request.user).decidable_by(request.user))
    form = forms.DecideForm(request.POST or None, initial={"version": row.version})
    act = _act(placing.decide, row, request)
    return _step(request, row, form, "Quyết định giao, nhận trẻ em", "Lưu quyết định", act, "Đã ghi quyết định.")


@require(P.CASE_WORK)
def placement_begin(request, public_id):
    """The hand-over."""
    row = _workable(request, public_id)
    initial = {"version": row.version, "meetings_held": row.meetings_held, "meetings": row.meetings}
    form = forms.BeginForm(request.POST or None, placement=row, initial=initial)
    heading = "Biên bản giao nhận" if row.needs_decision else "Trẻ đến nơi nhận"
    return _step(request, row, form, heading, "Lưu", _act(placing.begin_care, row, request), "Đã ghi giao nhận.")


@require(P.CASE_WORK)
def placement_end(request, public_id):
    """The end."""
    row = _workable(request, public_id)
    form = forms.EndForm(request.POST or None, placement=row, initial={"version": row.version})
    act = _act(placing.end, row, request)
    return _step(request, row, form, "Chấm dứt chăm sóc", "Chấm dứt", act, "Đã chấm dứt.", danger=True)


@require(P.CASE_WORK)
def placement_correct(request, public_id):
    """A wrong number or day."""
    row = _workable(request, public_id)
    names = ("decision_number", "decision_on", "decision_signer", "started_on", "version")
    form = forms.CorrectForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    act = _act(care_correcting.correct, row, request)
    return _step(request, row, form, "Đính chính quyết định, giao nhận", "Lưu bản đúng", act, "Đã đính chính.")


def _plain(form, action, heading, submit, done, **more):
    """The view of a step that asks for one form and begins with nothing: a visit, a notice, a request, giving up."""

    @require(P.CASE_WORK)
    def view(request, public_id):
        row = _workable(request, public_id)
        bound = form(request.POST or None, initial={"version": row.version})
        return _step(request, row, bound, heading, submit, _act(action, row, request), done, **more)

    return view


placement_visit = _plain(forms.VisitForm, placing.visit, "Theo dõi, đánh giá trẻ em", "Lưu theo dõi", "Đã ghi theo dõi.")
placement_told = _plain(
    forms.CarerNoticeForm, placing.told, "Thông báo của người nhận chăm sóc", "Lưu thông báo", "Đã ghi thông báo."
)
placement_ask_end = _plain(
    forms.AskEndForm, placing.ask_to_end, "Đề nghị chấm dứt", "Lưu đề nghị", "Đã ghi đề nghị; thời hạn 15 ngày làm việc."
)
placement_cancel = _plain(forms.CancelForm, placing.cancel, "Không thực hiện nữa", "Lưu", "Đã ghi.", danger=True)
