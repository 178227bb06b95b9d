"""Papers of the week: danh sách trích ngang by group and the review sheet of a hamlet."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children import extracts, places
from childcare.children.forms.filters import QuietForm
from childcare.children.models import Child
from childcare.children.sheets import RENDERERS
from childcare.children.views.sheets import deliver


class ExtractForm(QuietForm):
    """Of which place, by which list of groups."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    which = forms.ChoiceField(label="Nhóm", choices=list(extracts.LISTS.items()), required=False)
    split = forms.ChoiceField(label="Chia bảng", choices=list(extracts.SPLITS.items()), required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        found = [unit for unit in places.filter_places(officer) if officer.can_in(Permission.CHILD_EXPORT, unit)]
        self.places = {str(unit.public_id): unit for unit in found if unit.kind in ("commune", "hamlet")}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.places.items()]


@require(Permission.CHILD_EXPORT)
def extract_list(request):
    """Choose the place and the groups."""
    form = ExtractForm(request.GET, officer=request.user)
    unit = form.value("unit") or next(iter(form.places), "")
    context = {
        "form": form, "unit": unit, "which": form.value("which") or "law", "split": form.value("split"),
        "place": form.places.get(unit),
    }  # fmt: skip
    return render(request, "children/extracts.html", context)


def _asked(request, ending):
    """(form, place) of the address, or 404."""
    form = ExtractForm(request.GET, officer=request.user)
    place = form.places.get(form.value("unit"))
    if ending not in RENDERERS or place is None:
        raise Http404
    return form, place


@require(Permission.CHILD_EXPORT)
def extract(request, ending):
    """Danh sách trích ngang as a file."""
    form, place = _asked(request, ending)
    children = Child.objects.exportable_by(request.user).residing().filter(unit__path__startswith=place.path)
    count = children.filter(circumstances__voided_at=None, circumstances__ended_on=None, circumstances__isnull=False).count()
    params = {"unit": form.value("unit"), "which": form.value("which") or "law", "split": form.value("split")}
    return deliver(request, "extract", ending, number=count, back=reverse("extract-list"), **params)


@require(Permission.CHILD_EXPORT)
def hamlet_review(request, ending):
    """Phiếu rà soát as a file."""
    form, place = _asked(request, ending)
    count = Child.objects.exportable_by(request.user).residing().filter(unit__path__startswith=place.path).count()
    return deliver(request, "hamlet-review", ending, number=count, back=reverse("extract-list"), unit=form.value("unit"))
