"""The steps that every page of the registry repeats: fetch what may be changed, show one form, go back."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from childcare.children.actions.base import Conflict
from childcare.children.forms.rivals import picked, raw, rivals, told
from childcare.children.models import Child, Household
from childcare.lib.paging import pager as pager  # for the views that import it from here


def recordable_child(request, public_id):
    """A visible child about whom the officer may record facts, or 404."""
    return get_object_or_404(Child.objects.visible_to(request.user).recordable_by(request.user), public_id=public_id)


def editable_child(request, public_id):
    """A visible child whom the officer may change, or 404."""
    return get_object_or_404(Child.objects.visible_to(request.user).editable_by(request.user), public_id=public_id)


def recordable_fact(request, model, public_id):
    """A visible, valid fact of a child or household about which the officer may record, or 404."""
    children = Child.objects.recordable_by(request.user)
    mine = Q(child__in=children)
    if any(field.name == "household" for field in model._meta.fields):
        mine |= Q(household__in=Household.objects.recordable_by(request.user))
    facts = model.objects.visible_to(request.user).filter(mine, voided_at=None)
    return get_object_or_404(facts.select_related("child", "child__unit"), public_id=public_id)


def form_page(request, form, *, heading, back, submit="Lưu", child=None, status=200, **context):
    """One form on a page: of the child when one is given."""
    values = {"form": form, "heading": heading, "back": back, "submit": submit, "child": child, **context}
    return render(request, "children/form.html", values, status=status)


def edit(request, row, make, act, *, stale="", **page):
    """The page of an edit. `make(data)`: its form on the row as it stands now; `act(form)`: do it and answer.

    When somebody else changed the row since the form was opened, everything typed stays on the page, and of each field
    that both changed the officer says whose word stands. `stale`: the row of the address is no longer the valid one.
    """
    if request.method != "POST":
        return form_page(request, make(None), **page)
    form = make(picked(request.POST, make(None)))
    valid = form.is_valid()
    if not valid and not stale:
        return form_page(request, form, **page)
    try:
        if stale:
            raise Conflict(stale)
        return act(form)
    except Conflict as conflict:
        row.refresh_from_db()
        return _rival_page(request, form, make, conflict, **page)


def _rival_page(request, form, make, conflict, **page):
    now = make(None)
    data = form.data.copy()
    data |= {"version": str(raw(now, "version")), "base": told(now)}
    again = make(data)
    again.is_valid()
    return form_page(request, again, status=409, conflict=str(conflict), rivals=rivals(form, now), **page)


def current_fact(request, model, public_id):
    """(valid fact, sentence): the fact of the address, or the one that replaced it meanwhile and who put it there; or 404."""
    return current_row(model, public_id, lambda key: recordable_fact(request, model, key))


def current_row(model, public_id, find):
    """The same for any row that corrections replace; `find(public_id)` gives the valid row or 404."""
    row = last = model._base_manager.filter(public_id=public_id).first()
    while last is not None and last.voided_at and (after := model._base_manager.filter(replaces=last).first()):
        last = after
    found = find(last.public_id if last else public_id)
    if found.pk == row.pk:
        return found, ""
    who = found.recorded_by.full_name if found.recorded_by else "Người khác"
    return found, f"{who} vừa đính chính dòng này."


def home_of(fact):
    """The page to which a fact belongs: its child's, or its household's."""
    return ("child", fact.child.public_id) if getattr(fact, "child", None) else ("household", fact.household.public_id)


def back_to(fact):
    """A redirect to the page of the fact."""
    return redirect(*home_of(fact))
