"""Pupils of schools that lie in no commune: the unit above says which commune is asked. It says nothing else about them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions import pupils as actions
from childcare.children.forms.schools import HomeForm
from childcare.children.models import Enrolment, Pupil
from childcare.lib.paging import paged


@require(Permission.CHILD_MERGE)
def unplaced_list(request):
    """Who waits to be directed to a commune, by school and name."""
    now = Prefetch("enrolments", Enrolment.objects.open(), to_attr="now")
    rows = Pupil.objects.to_direct_by(request.user).filter(enrolments__ended_on=None, enrolments__voided_at=None).distinct()
    rows = rows.select_related("unit").prefetch_related(now).order_by("unit__name", "name_key", "pk")
    page, pager = paged(request, rows)
    audit.record("pupil.listed", by=request.user, shown=[row.public_id for row in page])
    return render(request, "schools/unplaced.html", {"rows": page, "pager": pager})


@require(Permission.CHILD_MERGE)
def unplaced(request, public_id):
    """Which commune is asked about one pupil."""
    row = get_object_or_404(Pupil.objects.to_direct_by(request.user).select_related("unit"), public_id=public_id)
    form = HomeForm(request.POST or None, pupil=row)
    if request.method == "POST" and form.is_valid():
        actions.pass_on(pupil=row, by=request.user, to=form.cleaned_data["to"])
        messages.success(request, f"Đã chuyển {form.cleaned_data['to'].name} xác nhận.")
        return redirect("pupil-unplaced")
    audit.record("pupil.viewed", by=request.user, subject=row)
    return render(request, "schools/unplaced_one.html", {"form": form, "pupil": row, "back": reverse("pupil-unplaced")})
