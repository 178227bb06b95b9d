"""Changes of units, for the administrator: draft, look at the numbers, carry out, take back. No child is named here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import placing
from childcare.lib.calendar import today
from childcare.lib.paging import pager
from childcare.units.actions import drafting
from childcare.units.models import UnitChange
from reports import forms_units as forms
from reports.actions import unit_changes as actions
from reports.unit_preview import numbers, split_posts

PAGE = 25
S = UnitChange.State
TONES = {S.DRAFT: "", S.PLANNED: "soon", S.DONE: "done", S.CANCELLED: "", S.UNDONE: "late"}


def found(public_id):
    return get_object_or_404(UnitChange.objects.select_related("created_by", "job"), public_id=public_id)


@require(Permission.SETTINGS)
def unit_change_list(request):
    """Every change, the newest first, and the beginning of another."""
    form = forms.HeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = drafting.begin(by=request.user, **form.cleaned_data)
        return redirect("unit-change", change.public_id)
    rows = UnitChange.objects.prefetch_related("ending__unit", "beginning")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    rows = [(row, TONES[row.state]) for row in page]
    return render(request, "units/change_list.html", {"form": form, "rows": rows, "pager": pager(page)})


@require(Permission.SETTINGS)
def unit_change(request, public_id):
    """One change: its lines while it is a draft, its numbers, what came of it."""
    change = found(public_id)
    opened = {"ending": forms.EndingForm(change=change), "beginning": _beginning_form(change)}
    if request.method == "POST":
        name = request.POST.get("form", "")
        form = {"ending": forms.EndingForm, "beginning": forms.BeginningForm}.get(name)
        if form is not None:
            opened[name] = form(request.POST, change=change)
            if opened[name].is_valid():
                _add(change, name, opened[name].cleaned_data, request.user)
                return redirect("unit-change", public_id)
    return render(request, "units/change.html", _context(change, opened))


def _beginning_form(change):
    return forms.BeginningForm(change=change, initial=forms.beginning_initial(change))


def _add(change, name, values, by):
    (drafting.add_ending if name == "ending" else drafting.add_beginning)(change=change, by=by, **values)


def _context(change, opened):
    rows = numbers(change)
    draft = change.state == S.DRAFT
    job = change.job if change.job_id and (change.state == S.PLANNED or _going_back(change)) else None
    return {
        "change": change,
        "words": drafting.words(change) if rows else "Thay đổi đơn vị",
        "tone": TONES[change.state],
        "draft": draft,
        "open": change.state in (S.DRAFT, S.PLANNED),
        "rows": [{**row, "ticked": {new.pk for new in row["into"]}} for row in rows],
        "news": list(change.beginning.select_related("parent", "unit")),
        "opened": opened,
        "posts": split_posts(change) if draft else [],
        "problems": drafting.problems(change) if draft else [],
        "warnings": list(drafting.warnings(change)) if change.state in (S.DRAFT, S.PLANNED) else [],
        "due": change.state == S.PLANNED and change.effective_on <= today(),
        "job": job,
        "waiting": [(row["line"], *placing.progress(row["line"])) for row in rows if row["line"].holding_id],
    }


def _going_back(change):
    """True while the undo of a change that was carried out runs, or was refused."""
    return change.state == S.DONE and change.job.kind == actions.UNDO


@require_POST
@require(Permission.SETTINGS)
def unit_change_takes(request, public_id):
    """Who takes what, and where the officers of a split unit go."""
    change = found(public_id)
    takes, posts = forms.takes_of(change, request.POST)
    drafting.distribute(change=change, by=request.user, takes=takes, posts=posts)
    messages.success(request, "Đã lưu đơn vị nhận.")
    return redirect("unit-change", public_id)


@require_POST
@require(Permission.SETTINGS)
def unit_change_out(request, public_id):
    """Take a line out of the draft."""
    keys = {name: int(value) for name in ("ending", "beginning") if (value := request.POST.get(name, "")).isdigit()}
    drafting.take_out(change=found(public_id), by=request.user, **keys)
    return redirect("unit-change", public_id)


@require(Permission.SETTINGS)
def unit_change_head(request, public_id):
    """Another day or basis of a draft."""
    change = found(public_id)
    form = forms.HeadForm(request.POST or None, initial={"effective_on": change.effective_on, "basis": change.basis})
    if request.method == "POST" and form.is_valid():
        drafting.correct(change=change, by=request.user, **form.cleaned_data)
        return redirect("unit-change", public_id)
    return render(request, "units/change_head.html", {"change": change, "form": form})


@require_POST
@require(Permission.SETTINGS)
def unit_change_plan(request, public_id):
    """The draft is complete: on its day, or at once when the day has come, it is carried out."""
    change = drafting.plan(change=found(public_id), by=request.user, version=_version(request))
    if change.effective_on <= today():
        actions.start(change=change, by=request.user)
    else:
        messages.success(request, "Đã chốt. Đến ngày có hiệu lực hệ thống sẽ tự thực hiện; trước ngày đó vẫn bỏ được.")
    return redirect("unit-change", public_id)


def _version(request):
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None


@require_POST
@require(Permission.SETTINGS)
def unit_change_start(request, public_id):
    """Carry a planned change out now: its day has come, or an earlier try was refused."""
    actions.start(change=found(public_id), by=request.user)
    return redirect("unit-change", public_id)


@require_POST
@require(Permission.SETTINGS)
def unit_change_cancel(request, public_id):
    """Give the change up before it was carried out."""
    drafting.cancel(change=found(public_id), by=request.user)
    messages.success(request, "Đã bỏ thay đổi này. Không có đơn vị nào bị thay đổi.")
    return redirect("unit-change-list")


@require(Permission.SETTINGS)
def unit_change_undo(request, public_id):
    """Take a change back, with the reason, while nothing stands on the new units."""
    change = found(public_id)
    form = forms.UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_undo(change=change, by=request.user, **form.cleaned_data)
        return redirect("unit-change", public_id)
    return render(request, "units/change_undo.html", {"change": change, "form": form})
