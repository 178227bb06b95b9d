"""The register of carers, and that of shelters, trusted addresses and facilities."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import forms_carers as forms
from cases import pages_placement as pages
from cases.actions import carers as actions
from cases.clocks_placement import PlacementClocks
from cases.models import Carer, Placement, RegisterReview, Shelter
from cases.pages import clock_line
from cases.querysets_placement import keeper_units
from cases.reminding_more import register_clock
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.views.common import pager
from childcare.lib.calendar import show, today

P = Permission
PAGE, CONDITIONS, ASKED = 30, "placement/conclude_fields.html", "placement/ask_fields.html"
SHOWN = {"": "Đang đăng ký", "cho": "Chờ xác minh", "tat-ca": "Tất cả"}


@require(P.PROTECTED_VIEW)
def carer_list(request):
    """People and families who registered to take a child (Mẫu 09), oldest registration first."""
    shown = request.GET.get("xem", "")
    rows = Carer.objects.visible_to(request.user).registered().heard_of()
    states = {"": ["applied", "accepted"], "cho": ["applied"]}.get(shown, list(Carer.State))
    rows = pages.with_caring(rows.filter(state__in=states), request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    audit.record("carer.listed", by=request.user, shown=[row.public_id for row in page])
    clocks, unit = PlacementClocks(), _own_unit(request)
    lines = [{**pages.carer_line(row), "clock": _running(clocks, row)} for row in page]
    context = {
        "lines": lines, "pager": pager(page, xem=shown), "shown": shown, "choices": SHOWN.items(),
        "may_add": bool(unit), "register": _register(unit, clocks), "reviews": _reviews(unit),
    }  # fmt: skip
    return render(request, "placement/carers.html", context)


def _register(unit, clocks):
    """The clock of the register of the officer's commune."""
    clock = register_clock(unit.pk, clocks) if unit else None
    return clock_line(clock, clocks.now) if clock else None


def _reviews(unit):
    return list(RegisterReview.objects.filter(unit=unit).select_related("recorded_by").order_by("-reviewed_on", "-pk")[:4])


@require(P.CASE_WORK)
def register_review(request):
    """Everybody on the register, the one heard of longest ago first: who was asked, and what each answered."""
    unit = _own_unit(request)
    if unit is None:
        raise Http404
    rows = Carer.objects.visible_to(request.user).workable_by(request.user).filter(unit=unit).on_register().heard_of()
    form = forms.AskForm(request.POST or None, carers=rows.order_by("heard_on", "pk"))
    if request.method == "POST" and form.is_valid():
        actions.ask(by=request.user, unit=unit, **form.values())
        messages.success(request, "Đã ghi trả lời.")
        return redirect("carer-list")
    lead = (
        "Hỏi từng người còn muốn nhận trẻ không (NĐ 56/2017 Điều 40.1). Danh sách đủ hạn khi mọi người đều được hỏi trong quý."
    )
    return _form(request, form, "Cập nhật danh sách hằng quý", lead, "Lưu trả lời", reverse("carer-list"), body=ASKED)


def _running(clocks, row):
    clock = clocks.of_carer(row)
    return clock_line(clock, clocks.now) if clock and clock.running else None


def _own_unit(request):
    """The commune whose register the officer keeps, or None."""
    return next((unit for unit in keeper_units(request.user) if unit.kind == "commune"), None)


@require(P.CASE_WORK)
def carer_add(request):
    """A registration; or, from a placement, the notice of a relative about that child."""
    placement = _placement(request)
    unit = placement.unit if placement else _own_unit(request)
    if unit is None:
        raise Http404
    form = forms.CarerForm(request.POST or None, relative=placement is not None)
    back = reverse("placement-propose", args=[placement.public_id]) if placement else reverse("carer-list")
    if request.method == "POST" and form.is_valid():
        of = {"kind": "relative", "child": placement.child, "protected_file": placement.protected_file} if placement else {}
        row = actions.register(by=request.user, unit=unit, **{**form.cleaned_data, **of})
        messages.success(request, "Đã ghi. Bước tiếp theo: xác minh điều kiện.")
        return redirect("carer", row.public_id)
    heading = "Người thân thích nhận trẻ" if placement else "Người đăng ký nhận chăm sóc thay thế"
    lead = (
        f"{placement.code}: thông báo của người thân thích (Luật Trẻ em Điều 65.4)." if placement else "Mẫu số 08, NĐ 56/2017."
    )
    return _form(request, form, heading, lead, "Lưu", back)


def _placement(request):
    key = uuid_or_blank(request.GET.get("cham-soc"))
    rows = Placement.objects.visible_to(request.user).workable_by(request.user)
    return rows.select_related("child", "unit", "protected_file").filter(public_id=key).first() if key else None


def _form(request, form, heading, lead, submit, back, **context):
    values = {"form": form, "heading": heading, "lead": lead, "submit": submit, "back": back}
    return render(request, "placement/form.html", {**values, **context})


@require(P.PROTECTED_VIEW, P.CASE_WORK)
def carer(request, public_id):
    """One carer: what was told, what was verified, which children are there as far as the officer may see."""
    rows = pages.with_caring(
        Carer.objects.visible_to(request.user).select_related("decided_by", "protected_file"), request.user
    )
    row = get_object_or_404(rows, public_id=public_id)
    audit.record("carer.viewed", by=request.user, subject=row.protected_file or row)
    clocks = PlacementClocks()
    names = pages.names_of(row.caring_now, request.user)
    waiting = Placement.objects.visible_to(request.user).open().filter(child=row.child, started_on=None) if row.child_id else []
    context = {
        "waiting": list(waiting), "answers": list(row.answers.select_related("recorded_by").order_by("-asked_on", "-pk")[:8]),
        "line": pages.carer_line(row), "carer": row, "clock": _running(clocks, row), "conditions": pages.conditions_of(row),
        "children": [(there, names.get(there.child_id, there.code)) for there in row.caring_now], "facts": _facts(row),
        "may_work": Carer.objects.visible_to(request.user).workable_by(request.user).contains(row),
    }  # fmt: skip
    return render(request, "placement/carer.html", context)


def _facts(row):
    return [
        ("Họ và tên", row.name), ("Ngày, năm sinh", row.birth), ("Số định danh", row.identity_number),
        ("Điện thoại", row.phone),
        ("Nơi cư trú", row.address), ("Nghề nghiệp, thu nhập", row.job), ("Thành viên gia đình", row.family),
        ("Nguyện vọng", row.wishes), ("Ngày nhận đơn, thông báo", show(row.applied_on)),
        ("Giấy khám sức khỏe", show(row.health_paper_on)),
    ]  # fmt: skip


def _own_carer(request, public_id):
    rows = Carer.objects.visible_to(request.user).workable_by(request.user)
    return get_object_or_404(rows.select_related("protected_file"), public_id=public_id)


def _done(request, row, words):
    messages.success(request, words)
    return redirect("carer", row.public_id)


@require(P.CASE_WORK)
def carer_change(request, public_id):
    """Put right what was written."""
    row = _own_carer(request, public_id)
    initial = {name: getattr(row, name) for name in (*actions.OWN, "version")}
    form = forms.CarerChangeForm(request.POST or None, relative=row.kind == "relative", initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change(carer=row, by=request.user, **form.cleaned_data)
        return _done(request, row, "Đã lưu.")
    return _form(request, form, "Sửa người đăng ký", row.name, "Lưu", reverse("carer", args=[public_id]))


@require(P.CASE_WORK)
def carer_conclude(request, public_id):
    """The twelve conditions and the conclusion."""
    row = _own_carer(request, public_id)
    known = {f"c_{code}": answer for code, answer in row.conditions.items()}
    initial = {"version": row.version, "assessed_on": row.assessed_on or today(), "assessment": row.assessment, **known}
    form = forms.ConcludeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.conclude(carer=row, by=request.user, **form.values())
        return _done(request, row, "Đã ghi kết luận.")
    lead = f"{row.name} · Mẫu số 11, NĐ 56/2017 (nội dung chưa đối chiếu nguyên văn)"
    return _form(request, form, "Xác minh điều kiện", lead, "Lưu kết luận", reverse("carer", args=[public_id]), body=CONDITIONS)


@require(P.CASE_WORK)
def carer_withdraw(request, public_id):
    """A carer leaves the register."""
    row = _own_carer(request, public_id)
    form = forms.WithdrawForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.withdraw(carer=row, by=request.user, **form.cleaned_data)
        return _done(request, row, "Đã ghi thôi đăng ký.")
    return _form(request, form, "Thôi đăng ký", row.name, "Lưu", reverse("carer", args=[public_id]), danger=True)


@require(P.PROTECTED_VIEW, P.CASE_WORK)
def shelter_list(request):
    """Places that take children in; the address only for their keeper and the people of a child who is there."""
    rows = Shelter.objects.visible_to(request.user)
    rows = rows if request.GET.get("xem") == "tat-ca" else rows.in_use()
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    open_ = set(Shelter.objects.addressed_to(request.user).values_list("pk", flat=True))
    kept = set(Shelter.objects.kept_by(request.user).values_list("pk", flat=True))
    used = pages.with_used(Shelter.objects.filter(pk__in=[row.pk for row in page]), request.user)
    lines = [{**pages.shelter_line(row, count, row.pk in open_), "kept": row.pk in kept} for row, count in used]
    audit.record("shelter.listed", by=request.user, shown=[row.public_id for row in page])
    context = {
        "lines": lines, "pager": pager(page, xem=request.GET.get("xem", "")), "all": request.GET.get("xem") == "tat-ca",
        "may_add": bool(keeper_units(request.user)),
    }  # fmt: skip
    return render(request, "placement/shelters.html", context)


@require(P.CASE_WORK)
def shelter_add(request):
    """A new place."""
    unit = next(iter(keeper_units(request.user)), None)
    if unit is None:
        raise Http404
    form = forms.ShelterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_shelter(by=request.user, unit=unit, **form.cleaned_data)
        messages.success(request, "Đã thêm.")
        return redirect("shelter-list")
    return _form(request, form, "Thêm nơi tạm lánh, cơ sở", unit.name, "Lưu", reverse("shelter-list"))


@require(P.CASE_WORK)
def shelter_change(request, public_id):
    """Put right what is written about a place of the officer's."""
    row = get_object_or_404(Shelter.objects.kept_by(request.user), public_id=public_id)
    initial = {name: getattr(row, name) for name in (*actions.PLACE, "version")}
    form = forms.ShelterChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_shelter(shelter=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("shelter-list")
    return _form(request, form, "Sửa nơi tạm lánh, cơ sở", row.name, "Lưu", reverse("shelter-list"))
