"""Đoàn kiểm tra: figures, reports with every version, a random sample of files, read-only, as long as the decision holds."""

from uuid import UUID

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import Attachment
from childcare.documents.downloads import download_stored
from childcare.lib.calendar import today
from childcare.lib.fields import NumberField
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans.actions import sampling
from plans.models import InspectionSample, SampleRow
from reports import inspector_pages as pages

P = Permission


class SampleForm(forms.Form):
    """What to draw, and how many."""

    kind = forms.ChoiceField(label="Loại hồ sơ", choices=InspectionSample.Kind.choices, widget=forms.RadioSelect)
    size = NumberField(label="Số hồ sơ", whole=True, min_value=1, max_value=sampling.MOST, initial=5)


def communes(officer):
    """The communes that the officer's decisions name, or that lie under the units named."""
    units = [row.unit for row in sampling.posts_of(officer)]
    return Unit.objects.under_any(units).communes().on(today()).order_by("path")


def commune(request, public_id):
    """One of them, or 404."""
    return get_object_or_404(communes(request.user), public_id=public_id)


@require(P.INSPECT)
def inspector(request):
    """The decisions that hold, and the communes they open."""
    context = {"posts": sampling.posts_of(request.user), "units": communes(request.user)[:300]}
    return render(request, "inspector/home.html", context)


@require(P.INSPECT)
def inspector_unit(request, public_id):
    """One commune: its reports and the samples drawn there."""
    unit = commune(request, public_id)
    audit.record("inspection.unit_viewed", by=request.user, subject=unit)
    reports = pages.reports_of(unit, request.user)
    context = {
        "unit": unit, "reports": reports, "years": pages.by_year(reports), "form": SampleForm(),
        "samples": sampling.samples_of(request.user).filter(unit=unit),
    }  # fmt: skip
    return render(request, "inspector/unit.html", context)


@require(P.INSPECT)
def inspector_draw(request, public_id):
    """Chọn ngẫu nhiên."""
    unit = commune(request, public_id)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = sampling.draw(by=request.user, unit=unit, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("inspector-sample", sample.public_id)
    return render(request, "inspector/draw.html", {"unit": unit, "form": form})


def _sample(request, public_id):
    return get_object_or_404(sampling.samples_of(request.user), public_id=public_id)


@require(P.INSPECT)
def inspector_sample(request, public_id):
    """The files of a sample."""
    sample = _sample(request, public_id)
    rows = list(sampling.rows_of(sample, request.user))
    audit.record("inspection.sample_viewed", by=request.user, subject=sample, shown=[row.public_id for row in rows])
    return render(request, "inspector/sample.html", {"sample": sample, "rows": rows})


def _row(request, public_id):
    """(row, sample) of a file that may be opened now, or 404."""
    row = get_object_or_404(SampleRow.objects.filter(sample__in=sampling.samples_of(request.user)), public_id=public_id)
    sample = sampling.samples_of(request.user).get(pk=row.sample_id)
    return get_object_or_404(sampling.rows_of(sample, request.user), pk=row.pk), sample


@require(P.INSPECT)
def inspector_file(request, public_id):
    """One file of a sample; each opening is in the log."""
    row, sample = _row(request, public_id)
    audit.record(
        "inspection.file_opened", by=request.user, subject=sample, shown=[row.public_id], note=f"hồ sơ thứ {row.position}"
    )
    if row.case_id:
        return render(request, "inspector/case.html", {"sample": sample, "row": row, **pages.case_file(row.case)})
    return render(request, "inspector/child.html", {"sample": sample, "row": row, **pages.child_file(row.child)})


@require(P.INSPECT)
def inspector_paper(request, public_id):
    """A paper of a child of a sample; `?giay-to=` says which."""
    row, sample = _row(request, public_id)
    try:
        key = UUID(request.GET.get("giay-to", ""))
    except ValueError:
        raise Http404
    rows = Attachment.objects.filter(child=row.child_id, voided_at=None, protected_file=None)
    paper = get_object_or_404(rows.select_related("file"), public_id=key)
    audit.record("inspection.paper_opened", by=request.user, subject=sample, shown=[paper.public_id])
    return download_stored(paper.file)
