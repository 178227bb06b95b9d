"""Who came to a training: ticked on a page of the activity, among the people of the unit."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from plans.actions import training as actions
from plans.models import Activity, Staff, StaffPost
from plans.workplaces import ground_of

MOST = 1000


@require(Permission.PLAN_EDIT)
def training_people(request, public_id):
    """Tick who came, among everybody who worked in the unit or below on the day of the training."""
    activity = get_object_or_404(
        Activity.objects.editable_by(request.user).select_related("unit", "unit__parent"), public_id=public_id
    )
    if activity.kind != Activity.Kind.TRAINING or activity.planned:
        raise Http404
    lines, among = people_for(activity, request.user)
    if request.method == "POST":
        wanted = set(request.POST.getlist("nguoi"))
        came = [person for person in among if str(person.public_id) in wanted]
        count = actions.set_attendance(activity=activity, by=request.user, among=among, came=came)
        messages.success(request, f"Đã ghi {count} người dự lớp tập huấn.")
        return redirect("activity", activity.public_id)
    audit.record("staff.listed", by=request.user, subject=activity.unit, shown=[person.public_id for person in among])
    return render(
        request, "staff/training.html", {"activity": activity, "lines": lines, "unit": ground_of(activity.unit, request.user)}
    )


def people_for(activity, officer):
    """([(person, what he does, ticked)], the people): at work on the day of the training, and those ticked already."""
    ground = ground_of(activity.unit, officer)
    ticked = set(activity.attendance.filter(voided_at=None).values_list("staff_id", flat=True))
    posts = StaffPost.objects.visible_to(officer).on(activity.held_on).filter(unit__path__startswith=ground.path)
    words = {}
    for post in posts.select_related("unit").order_by("unit__path", "kind", "pk")[:MOST]:
        words.setdefault(post.staff_id, []).append(f"{post.get_kind_display()} · {post.unit.name}")
    seen = Staff.objects.filter(pk__in=set(words) | ticked)
    among = sorted(seen, key=lambda row: (row.name_key, row.pk))
    return [(row, "; ".join(words.get(row.pk, ())), row.pk in ticked) for row in among], among
