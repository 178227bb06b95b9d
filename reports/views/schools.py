"""The pupils of a school in figures: by class, by ethnic group as the school brought it, and what its plan is measured by."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import ethnics, schools
from childcare.lib.calendar import today
from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from reports import measures, windows
from reports.measures import pupils
from reports.target_table import figure_url

FEW = 5
COLUMNS = (("boys", "Nam"), ("girls", "Nữ"), ("minority", "Dân tộc thiểu số"), ("matched", "Đã khớp với sổ trẻ em"))
MEASURES = (
    ("DS-01", "học sinh dưới 16 tuổi"), ("HC-01", "có hoàn cảnh đặc biệt"), ("HC-02", "tỷ lệ có hoàn cảnh đặc biệt"),
    ("HC-04", "trong đó được trợ giúp"), ("TN-01", "bị tai nạn thương tích trong kỳ"),
)  # fmt: skip
FEWER = "Từ 1 đến 4 học sinh: không hiển thị."


def chosen_school(request):
    """The school asked for, or the officer's own; only one whose pupils he keeps or whose figures he may view."""
    own = request.user.units_for(Permission.PUPIL_MANAGE)
    if not request.GET.get("truong"):
        if not own:
            raise Http404
        return own[0]
    try:
        unit = get_object_or_404(Unit, public_id=UUID(request.GET["truong"]), kind="school")
    except ValueError:
        raise Http404
    if unit not in own and not request.user.can_in(Permission.FIGURE_VIEW, unit):
        raise Http404
    return unit


@require(Permission.PUPIL_MANAGE, Permission.FIGURE_VIEW)
def school(request):
    """Classes with their pupils. Who did not bring the list sees totals, and no group of fewer than five."""
    unit = chosen_school(request)
    day, keeps = unit.as_of(today()), unit in request.user.units_for(Permission.PUPIL_MANAGE)
    window = windows.running(unit, day)
    table = measures.masked(measures.count([unit], window), request.user)
    figures = [(table.figure(code, unit), label) for code, label in MEASURES]
    audit.record("school.viewed", by=request.user, subject=unit)
    context = {
        "unit": unit, "day": day, "keeps": keeps, "columns": COLUMNS, **classes_of(unit, day, keeps),
        "boxes": [
            (figure.text, label, FEWER if figure.masked else "", figure_url(figure, unit, window)) for figure, label in figures
        ],
        "window": window, "note": next((figure.note for figure, _ in figures[1:] if figure.note), ""),
        "ethnic": ethnic_rows(unit, day, keeps),
    }  # fmt: skip
    return render(request, "schools/school.html", context)


def classes_of(unit, day, keeps):
    """The rows of the classes and the totals of the school, as text."""
    found = sorted(pupils.by_class(unit, day), key=lambda row: schools.class_key(row["class_name"]))
    alone = shown([row["pupils"] for row in found], keeps)
    rows = [
        {
            "name": row["class_name"], "year": schools.year_text(row["school_year"]), "pupils": text,
            "cells": [(label, number(row[name])) for name, label in COLUMNS] if keeps else [],
        }
        for row, text in zip(found, alone, strict=True)
    ]  # fmt: skip
    total = [(label, number(sum(row[name] for row in found))) for name, label in COLUMNS]
    return {"rows": rows, "pupils": number(sum(row["pupils"] for row in found)), "total": total}


def shown(counts, keeps):
    """Numbers of pupils that add up to a total that is shown: small ones masked, and one more where one stands alone."""
    hidden = set() if keeps else {place for place, count in enumerate(counts) if 0 < count < FEW}
    others = sorted((count, place) for place, count in enumerate(counts) if count and place not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return ["***" if place in hidden else number(count) for place, count in enumerate(counts)]


def ethnic_rows(unit, day, keeps):
    """(ethnic group, pupils as shown), the largest first."""
    found = sorted(pupils.by_ethnic(unit, day).items(), key=lambda row: (-row[1], row[0]))
    texts = shown([count for _, count in found], keeps)
    return [(ethnics.names().get(key, "Chưa ghi"), text) for (key, _), text in zip(found, texts, strict=True)]
