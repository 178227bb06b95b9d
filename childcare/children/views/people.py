"""A child's page with its dated history; add and edit a child."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import history, identity, moving, papers, places, search
from childcare.children.actions import merging, people, undoing
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.people import ChildEditForm, ChildForm
from childcare.children.models import Child
from childcare.children.views.common import edit, editable_child, form_page
from childcare.lib.vietnamese import clean_text

OF_SIBLINGS = ("mother_name", "father_name", "phone", "ethnic")


@require(Permission.CHILD_VIEW)
def child(request, public_id):
    """Everything of the child that the officer may see, voided rows struck through."""
    rows = Child.objects.visible_to(request.user).select_related("unit", "unit__parent", "household", "household__unit")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        return _merged_into(request, public_id)
    audit.record("child.viewed", by=request.user, subject=row)
    context = history.of_child(row, officer=request.user, on=places.day_of(row.unit))
    context |= {"undo": undoing.last_end(row), "transfer": moving.of_child(row, request.user)}
    may_open = request.user.can(Permission.CASE_WORK) and request.user.can_in(Permission.PROTECTED_VIEW, row.unit)
    context |= {"cases": list(row.cases.visible_to(request.user).order_by("-opened_at")), "may_open_case": may_open}
    context |= {"placements": list(row.placements.visible_to(request.user))}
    context |= {"commitments": list(row.commitments.visible_to(request.user).standing())}
    return render(request, "children/child.html", context | papers.of_child(row, officer=request.user))


def _merged_into(request, public_id):
    """The code of a row that was merged leads to the child that stayed; any other unknown code is not there."""
    kept = get_object_or_404(Child.objects.visible_to(request.user), pk=merging.lives_on_as(public_id=public_id))
    messages.info(request, "Hồ sơ có mã cũ đã được gộp vào hồ sơ này.")
    return redirect("child", kept.public_id)


@require(Permission.CHILD_EDIT)
def child_add(request):
    """Add a child; children who look alike are shown first, and the officer decides."""
    sibling = _sibling(request)
    if "start" in request.POST:  # from a search that found nobody: a name never stands in an address
        form = ChildForm(officer=request.user, initial=_begun(request.POST["start"]))
        return render(request, "children/add.html", {"form": form, "similar": None, "sibling": None})
    form = ChildForm(request.POST or None, officer=request.user, initial=_shared(sibling) or _same_place(request))
    similar, again = None, request.POST.get("again", "")
    if request.method == "POST" and form.is_valid():
        similar = _similar(request, form.cleaned_data)
        if request.POST.get("confirmed") or not similar:
            try:
                return _added(request, form, sibling)
            except people.NumberUsed as used:
                form.add_error("identity_number", str(used))
    return render(request, "children/add.html", {"form": form, "similar": similar, "sibling": sibling, "again": again})


def _begun(text):
    """A text that was searched for, in the field where it belongs."""
    number = identity.check(text)
    if number.valid:
        return {"identity_number": number.number}
    return {} if any(map(str.isdigit, text)) else {"full_name": clean_text(text)}


def _sibling(request):
    """The child whose brother or sister is added, when the address names one."""
    key = uuid_or_blank(request.GET.get("sibling"))
    children = Child.objects.visible_to(request.user).select_related("unit", "household")
    return children.filter(public_id=key).first() if key else None


def _shared(sibling):
    """What brothers and sisters have in common: place, household, parents."""
    if sibling is None:
        return {}
    house = sibling.household
    kept = {name: getattr(sibling, name) for name in OF_SIBLINGS}
    home = {"head_name": house.head_name, "address": house.address} if house else {}
    return {**kept, **home, "hamlet": str(sibling.unit.public_id)}


def _same_place(request):
    """The place of the child added before, when page after page of a hamlet is typed in."""
    key = uuid_or_blank(request.GET.get("place"))
    return {"hamlet": key} if key else {}


def _household(sibling, values):
    """The very household of the brother or sister, as long as neither place, head nor address was changed."""
    house = sibling.household if sibling else None
    same = house and (house.unit_id, house.head_name, house.address) == (
        values["hamlet"].pk, values["head_name"], values["address"],
    )  # fmt: skip
    return house if same else None


def _similar(request, values):
    """Children who may be this one, as lines, and whether one lives elsewhere; None when there is none."""
    found = search.similar(
        officer=request.user, full_name=values["full_name"], birth=values["birth"], identity_number=values["identity_number"],
        but=values["once"],
    )  # fmt: skip
    if not found:
        return None
    audit.record("child.compared", by=request.user, shown=[child.public_id for child in found.here])
    return {"here": [search.line(child) for child in found.here], "elsewhere": found.elsewhere}


def _added(request, form, sibling):
    values = dict(form.cleaned_data)
    house = _household(sibling, values)
    unit, reason = values.pop("hamlet"), values.pop("start_reason") or "existing"
    row = people.add(by=request.user, unit=unit, start_reason=reason, household=house, **values)
    messages.success(request, f"Đã thêm {row.display_name} vào sổ.")
    if warning := form.number_warning():
        messages.warning(request, warning)
    if request.POST.get("again") == "place":
        return redirect(f"{reverse('child-add')}?place={unit.public_id}")
    if request.POST.get("again"):
        return redirect(f"{reverse('child-add')}?sibling={row.public_id}")
    return redirect("child", row.public_id)


@require(Permission.CHILD_EDIT)
def child_edit(request, public_id):
    """Correct the child's own fields in place; what another officer changed meanwhile is shown before it is overwritten."""
    row = editable_child(request, public_id)

    def act(form):
        values = dict(form.cleaned_data)
        try:
            changed = people.correct(child=row, by=request.user, version=values.pop("version"), changes=values)
        except people.NumberUsed as used:
            form.add_error("identity_number", str(used))
            return form_page(request, form, **page, holder=used.holder)
        messages.success(request, "Đã lưu." if changed else "Không có gì thay đổi.")
        if warning := form.number_warning():
            messages.warning(request, warning)
        return redirect("child", row.public_id)

    page = {"heading": "Sửa thông tin trẻ em", "back": reverse("child", args=[public_id]), "child": row}
    return edit(request, row, lambda data: ChildEditForm(data, initial=_present(row)), act, **page)


def _present(row):
    """The fields of the form as they are now."""
    fields = {name: getattr(row, name) for name in ChildEditForm.base_fields if name not in ("birth", "version", "base")}
    return {**fields, "birth": row.birth, "version": row.version}
