"""Monthly allowance: the decision of one child, the two lists, the table of rates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import allowance_endings, allowance_missing, allowances, places
from childcare.children import allowance_pages as pages
from childcare.children.actions import allowances as actions
from childcare.children.forms import allowances as forms
from childcare.children.models import AllowanceRate, Child, HardArea
from childcare.children.views.common import form_page, pager, recordable_child
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

P = Permission
TOO_LONG = "Danh sách dài hơn 500 trẻ em. Hãy chọn địa bàn nhỏ hơn rồi in."


@require(P.FACT_RECORD)
def allowance_add(request, public_id):
    """The decision on a child's allowance, prefilled with what the data point to."""
    child = recordable_child(request, public_id)
    on, rates = places.day_of(child.unit), allowances.Rates()
    known = allowances.known_of([child], request.user, on)[child.pk]
    best, _ = allowances.advise(known, on, rates, allowances.Groups())
    may_protect = request.user.can_in(P.PROTECTED_VIEW, child.unit)
    initial = {"code": best.rate.code, "sensitive": best.protected} if best else {}
    form = forms.GrantForm(
        request.POST or None, rates=rates.codes_on(on, child.unit.path), may_protect=may_protect, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        actions.grant(by=request.user, child=child, **form.cleaned_data)
        messages.success(request, "Đã ghi quyết định trợ cấp.")
        return redirect("child", public_id)
    back = reverse("child", args=[public_id])
    return form_page(request, form, heading="Ghi quyết định trợ cấp hằng tháng", back=back, child=child)


@require(P.CHILD_VIEW)
def unpaid_list(request):
    """Children who seem to be entitled and for whom no running allowance is recorded."""
    form = forms.UnitFilter(request.GET, officer=request.user)
    if form.place is None:
        raise Http404
    children = pages.with_places(allowance_missing.unpaid(request.user, form.place, form.on)).order_by("name_key", "pk")
    page = Paginator(children, pages.SIZE).get_page(request.GET.get("trang"))
    lines = pages.unpaid_lines(list(page), request.user, form.on)
    audit.record("allowance.listed", by=request.user, subject=form.place, shown=[line["public_id"] for line in lines])
    context = {
        "filter": form, "controls": form.controls(("unit",)), "lines": lines, "number": page.paginator.count,
        "pager": pager(page, **form.chosen()), "may_print": request.user.can(P.CHILD_EXPORT),
        "may_record": request.user.can(P.FACT_RECORD), "query": form.address(),
    }  # fmt: skip
    return render(request, "allowances/unpaid.html", context)


@require(P.CHILD_VIEW)
def ending_list(request):
    """Running allowances that end or change soon, or should have."""
    form = forms.UnitFilter(request.GET, officer=request.user)
    if form.place is None:
        raise Http404
    found = _endings(form, request.user)
    page = Paginator(found, pages.SIZE).get_page(request.GET.get("trang"))
    lines = pages.ending_lines(list(page), form.on)
    audit.record("allowance.listed", by=request.user, subject=form.place, shown=[line["public_id"] for line in lines])
    context = {
        "filter": form, "controls": form.controls(("unit", "days")), "lines": lines, "number": len(found),
        "pager": pager(page, **form.chosen()), "may_print": request.user.can(P.CHILD_EXPORT), "query": form.address(),
    }  # fmt: skip
    return render(request, "allowances/endings.html", context)


def _endings(form, officer):
    until = form.on.fromordinal(form.on.toordinal() + form.span)
    return allowance_endings.endings(officer, form.place, form.on, until)


@require(P.CHILD_EXPORT)
def unpaid_print(request):
    """The first list on paper, of children whom the officer may take out."""
    form = forms.UnitFilter(request.GET, officer=request.user)
    if form.place is None:
        raise Http404
    children = allowance_missing.unpaid(request.user, form.place, form.on).exportable_by(request.user)
    children = list(pages.with_places(children).order_by("name_key", "pk")[: pages.PRINT_LIMIT + 1])
    return _printed(request, form, pages.UNPAID, pages.unpaid_lines(_short(children), request.user, form.on))


@require(P.CHILD_EXPORT)
def ending_print(request):
    """The second list on paper."""
    form = forms.UnitFilter(request.GET, officer=request.user)
    if form.place is None:
        raise Http404
    found = _endings(form, request.user)
    mine = Child.objects.visible_to(request.user).exportable_by(request.user).filter(pk__in={line.child for line in found})
    allowed = set(mine.values_list("pk", flat=True))
    found = _short([line for line in found if line.child in allowed])
    return _printed(request, form, pages.ENDING, pages.ending_lines(found, form.on))


def _short(rows):
    if len(rows) > pages.PRINT_LIMIT:
        raise Refusal(TOO_LONG)
    return rows


def _printed(request, form, kind, lines):
    shown = [line["public_id"] for line in lines]
    entry = audit.record("allowance.printed", by=request.user, subject=form.place, shown=shown, note=kind[0])
    made = pages.document(kind, lines, unit=form.place, officer=request.user, on=form.on, copy=entry.copy_number)
    return download(render_pdf(made), name=f"Tro cap hang thang {form.place.name}.pdf")


@require(P.FACT_RECORD, P.SETTINGS)
def rate_list(request):
    """The table, newest first; who may set it up corrects it."""
    rows = AllowanceRate.objects.select_related("unit", "verified_by").order_by("-valid_from", "unit", "code")
    areas = HardArea.objects.select_related("unit__parent").order_by("unit__path", "valid_from")
    context = {"rows": rows, "may_set": request.user.can(P.SETTINGS), "on": today(), "areas": areas}
    return render(request, "allowances/rates.html", context)


def _rate_page(request, form, heading):
    back = reverse("allowance-rates")
    return render(request, "allowances/rate_form.html", {"form": form, "heading": heading, "back": back})


@require(P.SETTINGS)
def rate_change(request, public_id):
    """Put a row right and say that it was compared with the text."""
    row = get_object_or_404(AllowanceRate, public_id=public_id)
    names = ("coefficient", "valid_from", "legal_basis", "note", "version")
    last = row.valid_to and row.valid_to.fromordinal(row.valid_to.toordinal() - 1)
    initial = {name: getattr(row, name) for name in names} | {
        "last_day": last,
        "verified": row.verified,
        "base_amount": row.base,
    }
    form = forms.RateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_rate(rate=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("allowance-rates")
    return _rate_page(request, form, f"{row.code}: {row.name}")


@require(P.SETTINGS)
def rate_add(request):
    """A new base from a day."""
    form = forms.PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = actions.add_period(by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã thêm {count} dòng mức mới. Hãy đối chiếu từng dòng với văn bản.")
        return redirect("allowance-rates")
    return _rate_page(request, form, "Thêm mức chuẩn mới")


@require(P.SETTINGS)
def area_add(request):
    """An especially hard commune or hamlet."""
    form = forms.AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_area(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("allowance-rates")
    return _rate_page(request, form, "Xã, thôn đặc biệt khó khăn")


@require(P.SETTINGS)
def area_end(request, public_id):
    """It is no longer so."""
    area = get_object_or_404(HardArea.objects.select_related("unit"), public_id=public_id)
    form = forms.AreaEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_area(area=area, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu.")
        return redirect("allowance-rates")
    return _rate_page(request, form, f"{area.unit.name}: thôi là vùng đặc biệt khó khăn")
