"""The steps that every page of the registry repeats: fetch what may be changed, show one form, go back."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from childcare.children.models import Child, Household


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


def home_of(fact):
    """The page to which a fact belongs: its child's, or its household's."""
    return ("child", fact.child.public_id) if getattr(fact, "child", None) else ("household", fact.household.public_id)


def back_to(fact):
    """A redirect to the page of the fact."""
    return redirect(*home_of(fact))
