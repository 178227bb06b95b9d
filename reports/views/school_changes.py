"""A school of the commune gets another name or ends."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.units.models import Unit
from plans.forms_units import RenameForm, SchoolEndForm
from plans.views.units import found, may_change
from reports.actions import school_changes as actions


def _school(request, public_id):
    """The school that the officer may change."""
    row = found(request, public_id)
    if row.kind != "school" or not may_change(request.user, row):
        raise PermissionDenied
    return row


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def school_rename(request, public_id):
    """Another name since a day."""
    school = _school(request, public_id)
    form = RenameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.rename(school=school, by=request.user, **form.cleaned_data)
        messages.success(request, f"{school.name} từ nay mang tên {new.name}. Học sinh và cán bộ phụ trách đã theo sang.")
        return redirect("unit", new.public_id)
    return render(request, "units/school_rename.html", {"school": school, "form": form})


@require(Permission.CHILD_EDIT, Permission.SETTINGS)
def school_end(request, public_id):
    """The end of a school; its pupils go on in another."""
    school = _school(request, public_id)
    others = Unit.objects.filter(parent=school.parent, kind="school").on(school.as_of(today())).exclude(pk=school.pk)
    form = SchoolEndForm(request.POST or None, others=others.order_by("code"))
    if request.method == "POST" and form.is_valid():
        actions.end(school=school, on=form.on, into=form.receiver, by=request.user)
        messages.success(request, f"{school.name} đã kết thúc.")
        return redirect("unit", school.parent.public_id)
    return render(request, "units/school_end.html", {"school": school, "form": form})
