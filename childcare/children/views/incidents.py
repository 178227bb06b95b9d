"""Incidents: list, add, look at, correct, void."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import places
from childcare.children.actions import incidents
from childcare.children.actions.base import Conflict
from childcare.children.actions.protection import commune_of
from childcare.children.forms.base import VoidForm
from childcare.children.forms.facts import ELSEWHERE, IncidentCorrectForm, IncidentForm, people_forms
from childcare.children.forms.filters import IncidentFilter, uuid_or_blank
from childcare.children.forms.rivals import people_picked, people_rivals, picked, rivals, told
from childcare.children.models import Child, Incident
from childcare.children.querysets import in_units
from childcare.children.views.common import current_row, form_page
from childcare.lib.calendar import PartialDate, show

SIZE = 100


@require(Permission.CHILD_VIEW)
def incident_list(request):
    """Incidents that the officer may see, newest first."""
    form = IncidentFilter(request.GET, officer=request.user)
    found = form.narrow(Incident.objects.visible_to(request.user).valid()).annotate(number=Count("children"))
    rows = list(found.select_related("unit").order_by("-occurred_on", "-pk")[: SIZE + 1])
    audit.record("incident.listed", by=request.user, shown=[row.public_id for row in rows[:SIZE]])
    context = {"filter": form, "tags": form.tags(), "rows": [_line(row) for row in rows[:SIZE]], "more": len(rows) > SIZE,
               "may_record": request.user.can(Permission.FACT_RECORD)}  # fmt: skip
    return render(request, "children/incidents.html", context)


def _line(row):
    about = [row.get_cause_display() if row.cause else "", row.get_setting_display() if row.setting else ""]
    return {
        "public_id": row.public_id, "kind": row.get_kind_display(), "day": show(row.occurred_on), "place": row.unit.name,
        "about": " · ".join(filter(None, about)), "number": row.number, "outcome": row.outcome,
        "protected": row.protected_file_id,
    }  # fmt: skip


@require(Permission.FACT_RECORD)
def incident_add(request):
    """A new incident with its children, from the registry or only known by sex and birth."""
    child = _child(request)
    unit = child.unit if child else None
    form = IncidentForm(
        request.POST or None, officer=request.user, places=_places(request.user),
        initial={"place": str(unit.public_id) if unit else None},
    )  # fmt: skip
    who = [{"child": child.public_id, "who": child.display_name}] if child else []
    people = people_forms(request.POST or None, officer=request.user, people=who)
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in people)]):
        values = dict(form.cleaned_data)
        row = incidents.record(
            by=request.user, unit=values.pop("place"), people=[one.person() for one in people if one.filled], **values
        )
        messages.success(request, "Đã ghi vụ việc.")
        return redirect("incident", row.public_id)
    back = reverse("child", args=[child.public_id]) if child else reverse("incident-list")
    return render(
        request, "children/incident_form.html", {"form": form, "people": people, "back": back, "heading": "Ghi vụ việc"}
    )


def _child(request):
    key = uuid_or_blank(request.GET.get("child"))
    return Child.objects.visible_to(request.user).filter(public_id=key).select_related("unit").first() if key else None


def _places(officer):
    return places.homes(officer, permission=Permission.FACT_RECORD)


@require(Permission.CHILD_VIEW)
def incident(request, public_id):
    """One incident, its children, what stood before a correction."""
    rows = Incident.objects.visible_to(request.user).select_related("unit", "unit__parent", "recorded_by", "replaces")
    row = get_object_or_404(rows, public_id=public_id)
    seen = _seen(request.user, row)
    children = [_person_line(one, seen) for one in row.children.select_related("child").order_by("pk")]
    audit.record(
        "incident.viewed",
        by=request.user,
        subject=row.protected_file or row,
        shown=[one["key"] for one in children if one["key"]],
    )
    may = row.voided_at is None and request.user.can_in(Permission.FACT_RECORD, row.unit)
    context = {"incident": row, "children": children, "may_record": may, "commune": commune_of(row.unit),
               "outcomes": list(row.outcomes.filter(voided_at=None))}  # fmt: skip
    return render(request, "children/incident.html", context)


def _seen(officer, incident):
    """Keys of the children of the incident whom the officer may see."""
    return set(Child.objects.visible_to(officer).filter(incidents__incident=incident).values_list("pk", flat=True))


def _person_line(one, seen):
    shown = one.child is not None and one.child_id in seen
    name = one.child.display_name if shown else ELSEWHERE if one.child_id else "Trẻ em chưa có trong sổ"
    return {
        "key": one.child.public_id if shown else None, "name": name, "sex": one.get_sex_display(),
        "birth": one.birth_latest.year if one.birth_latest else "", "form": one.get_form_display(),
        "outcome": one.get_outcome_display() if one.outcome else "Chưa rõ", "intervened": show(one.intervened_on),
    }  # fmt: skip


def _own(request, public_id):
    """A visible, valid incident of a unit where the officer records facts, or 404."""
    rows = Incident.objects.visible_to(request.user).valid()
    mine = in_units("unit", request.user.units_for(Permission.FACT_RECORD))
    return get_object_or_404(rows.filter(mine).select_related("unit"), public_id=public_id)


@require(Permission.FACT_RECORD)
def incident_correct(request, public_id):
    """The full incident in place of what was written first; the former one stays in the history.

    When somebody else corrected it meanwhile, everything typed stays and the officer says field by field whose word stands.
    """
    row, stale = current_row(Incident, public_id, lambda key: _own(request, key))
    now = _forms(request, row, None)
    if request.method != "POST":
        return _correct_page(request, row, *now)
    form, people = _forms(request, row, people_picked(picked(request.POST, now[0]), now[1]))
    valid = all([form.is_valid(), *(one.is_valid() for one in people)])
    if not valid and not stale:
        return _correct_page(request, row, form, people)
    try:
        if stale:
            raise Conflict(stale)
        kept = [one.person() for one in people if one.filled]
        new = incidents.correct(incident=row, by=request.user, people=kept, **form.cleaned_data)
    except Conflict as conflict:
        return _rival_page(request, row, form, people, conflict)
    messages.success(request, "Đã lưu; bản trước nằm trong lịch sử.")
    return redirect("incident", new.public_id)


def _forms(request, row, data):
    """The form of the incident as it stands and those of its children."""
    initial = {name: getattr(row, name) for name in (*incidents.FIELDS, "version")}
    form = IncidentCorrectForm(data, officer=request.user, places=[row.unit], initial=initial)
    rows = list(row.children.select_related("child").order_by("pk"))
    seen = _seen(request.user, row)
    known = {one.child.public_id: one.child for one in rows if one.child}
    return form, people_forms(data, officer=request.user, people=[_initial(one, seen) for one in rows], rows=5, known=known)


def _rival_page(request, row, form, people, conflict):
    row.refresh_from_db()
    now, now_people = _forms(request, row, None)
    data = form.data.copy()
    data |= {"version": str(row.version), "base": told(now)}
    again, people_again = _forms(request, row, data)
    for one in (again, *people_again):
        one.is_valid()
    context = {"conflict": str(conflict), "rivals": [*rivals(form, now), *people_rivals(people, now_people)]}
    return _correct_page(request, row, again, people_again, status=409, **context)


def _correct_page(request, row, form, people, status=200, **context):
    context |= {
        "form": form, "people": people, "back": reverse("incident", args=[row.public_id]),
        "heading": "Đính chính, bổ sung vụ việc", "action": reverse("incident-correct", args=[row.public_id]),
    }  # fmt: skip
    return render(request, "children/incident_form.html", context, status=status)


def _initial(one, seen):
    birth = PartialDate(one.birth_latest.replace(month=1, day=1), one.birth_latest, "year") if one.birth_latest else None
    if one.birth_latest and (one.birth_latest.month, one.birth_latest.day) != (12, 31):
        birth = PartialDate(one.birth_latest, one.birth_latest, "day")
    name = one.child.display_name if one.child_id in seen else ELSEWHERE
    known = {"child": one.child.public_id, "who": name} if one.child else {"sex": one.sex, "birth": birth}
    return {**known, "form": one.form, "outcome": one.outcome, "intervened_on": one.intervened_on}


@require(Permission.FACT_RECORD)
def incident_void(request, public_id):
    """An incident that should never have been written."""
    row = _own(request, public_id)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        incidents.void(incident=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hủy vụ việc ghi nhầm; lịch sử vẫn giữ.")
        return redirect("incident-list")
    return form_page(
        request,
        form,
        heading="Hủy vụ việc ghi nhầm",
        back=reverse("incident", args=[public_id]),
        submit="Hủy vụ việc",
        danger=True,
    )
