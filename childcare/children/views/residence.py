"""Where a child lives and in which household: move, leave, come back, household, class of the year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import history, places, poverty, timeline
from childcare.children.actions import households, residence, transfers, undoing
from childcare.children.actions.protection import commune_of
from childcare.children.forms.people import (
    HouseholdEditForm,
    HouseholdForm,
    LeaveForm,
    MoveForm,
    PovertyForm,
    ResidenceCorrectForm,
    UndoForm,
)
from childcare.children.models import Child, Household, Residence
from childcare.children.views.common import current_row, edit, editable_child, form_page
from childcare.lib.calendar import show


@require(Permission.CHILD_EDIT)
def residence_move(request, public_id):
    """The child moves to another place, or comes back after having left."""
    child = editable_child(request, public_id)
    form = MoveForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _moved(child, by=request.user, **form.cleaned_data))
        return _after_move(request, child)
    heading = "Chuyển nơi ở" if child.residing else "Chuyển đến"
    return form_page(request, form, heading=heading, back=reverse("child", args=[public_id]), child=child)


def _moved(child, *, by, once, unit, on, kind, note):
    """Move the child, or send it when another commune has to acknowledge it; the sentence that says what was done."""
    if unit.kind == "commune" and unit.pk != commune_of(child.unit).pk:
        transfers.send(child=child, by=by, once=once, to=unit, on=on, kind=kind, note=note)
        return f"Đã chuyển {child.display_name} đến {unit.name}. Nơi đến đã được báo và chờ tiếp nhận."
    if child.residing:
        residence.move(child=child, by=by, unit=unit, on=on, kind=kind)
    else:
        residence.open_again(child=child, by=by, unit=unit, since=on, kind=kind)
    return f"Đã ghi: {child.display_name} ở {unit.name}."


def _after_move(request, child):
    """The child's page, or the list when it has left the officer's place with its rights."""
    seen = Child.objects.visible_to(request.user).filter(pk=child.pk).exists()
    return redirect("child", child.public_id) if seen else redirect("child-list")


@require(Permission.CHILD_EDIT)
def residence_end(request, public_id):
    """The child left the places of the registry, or died: open circumstances and running supports end too."""
    child = editable_child(request, public_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = residence.end(child=child, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi. Hoàn cảnh và trợ giúp đang mở của trẻ cũng được kết thúc.")
        if later := undoing.after_the_end(row):
            messages.warning(request, f"Có {later} dòng hoàn cảnh, trợ giúp ghi từ ngày này trở đi. Hãy xem lại các dòng đó.")
        return redirect("child", child.public_id)
    return form_page(
        request, form, heading="Chuyển đi hoặc tử vong", back=reverse("child", args=[public_id]), child=child,
        lead="Hoàn cảnh và trợ giúp đang mở của trẻ sẽ được kết thúc cùng ngày.",
    )  # fmt: skip


@require(Permission.CHILD_EDIT)
def residence_undo(request, public_id):
    """A death or departure was written down by mistake: the residence and what ended with it hold again."""
    child = editable_child(request, public_id)
    row = undoing.last_end(child)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        undoing.undo_end(child=child, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hoàn tác. Nơi ở, hoàn cảnh, trợ giúp kết thúc theo lần ghi nhầm đã được mở lại.")
        return redirect("child", child.public_id)
    what = f"{row.get_end_reason_display().lower()} ngày {show(row.ended_on)}" if row else "chuyển đi hoặc tử vong"
    return form_page(
        request, form, heading=f"Hoàn tác: {what}", back=reverse("child", args=[public_id]), child=child, submit="Hoàn tác",
        lead="Nơi ở cũ và những hoàn cảnh, trợ giúp đã kết thúc theo được mở lại. Lần ghi nhầm vẫn nằm trong lịch sử.",
    )  # fmt: skip


@require(Permission.CHILD_EDIT)
def residence_correct(request, public_id):
    """The right place or day of a residence that was written down wrongly; the wrong row stays in the history."""
    mine = Child.objects.editable_by(request.user)
    rows = Residence.objects.visible_to(request.user).valid().filter(child__in=mine).select_related("child", "unit")
    row, stale = current_row(Residence, public_id, lambda key: get_object_or_404(rows, public_id=key))

    def make(data):
        initial = {"unit": str(row.unit.public_id), "since": row.started_on, "kind": row.kind, "version": row.version}
        return ResidenceCorrectForm(data, officer=request.user, initial=initial)

    def act(form):
        residence.correct(residence=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã đính chính; dòng cũ nằm trong lịch sử.")
        return redirect("child", row.child.public_id)

    return edit(
        request, row, make, act, stale=stale, heading="Đính chính cư trú", submit="Lưu bản đúng", child=row.child,
        back=reverse("child", args=[row.child.public_id]), action=reverse("residence-correct", args=[row.public_id]),
    )  # fmt: skip


@require(Permission.CHILD_EDIT)
def household_set(request, public_id):
    """The household of the child: the one of that head in the same place, or a new one."""
    child = editable_child(request, public_id)
    form = HouseholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        households.settle(child=child, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi hộ của trẻ.")
        return redirect("child", child.public_id)
    return form_page(request, form, heading="Hộ gia đình của trẻ", back=reverse("child", args=[public_id]), child=child)


@require(Permission.CHILD_VIEW)
def household(request, public_id):
    """A household: its children, its class year by year, its risks and help."""
    rows = Household.objects.visible_to(request.user).select_related("unit", "unit__parent")
    row = get_object_or_404(rows, public_id=public_id)
    context = history.of_household(row, officer=request.user)
    audit.record("household.viewed", by=request.user, subject=row, shown=[one.child.public_id for one in context["members"]])
    year = places.day_of(row.unit).year
    context["lacks_class_of"] = year if poverty.lacks_class(row, year) else None
    context["history"] = timeline.of_household(row, members=context["members"])
    return render(request, "children/household.html", context)


@require(Permission.CHILD_EDIT)
def household_edit(request, public_id):
    """Head, address and telephone of a household."""
    row = get_object_or_404(Household.objects.visible_to(request.user).editable_by(request.user), public_id=public_id)

    def act(form):
        households.change(household=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("household", row.public_id)

    page = {"heading": "Sửa thông tin hộ", "back": reverse("household", args=[public_id])}
    return edit(request, row, lambda data: HouseholdEditForm(data, initial=vars(row)), act, **page)


@require(Permission.FACT_RECORD)
def poverty_add(request, public_id):
    """The class of a child's household in a year."""
    child = get_object_or_404(
        Child.objects.visible_to(request.user).recordable_by(request.user).exclude(household=None), public_id=public_id
    )
    return _poverty(request, child.household, reverse("child", args=[public_id]), child)


@require(Permission.FACT_RECORD)
def household_poverty(request, public_id):
    """The class of a household in a year."""
    row = get_object_or_404(Household.objects.visible_to(request.user).recordable_by(request.user), public_id=public_id)
    return _poverty(request, row, reverse("household", args=[public_id]))


def _poverty(request, household, back, child=None):
    on = places.day_of(household.unit)
    form = PovertyForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        households.set_class(household=household, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi loại hộ.")
        return redirect(back)
    lead = "Loại hộ ghi theo từng năm; ghi lại thì dòng cũ của năm đó được hủy và giữ trong lịch sử."
    return form_page(request, form, heading=f"Loại hộ của {household}", back=back, child=child, lead=lead)
