"""Sổ văn bản đi: the rows of a year on screen, as XLSX and in print; taking a number, describing and cancelling a row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.audit import actions as audit
from childcare.documents import books, metadata, register
from childcare.documents.actions import numbers, signing
from childcare.documents.downloads import download, download_stored
from childcare.documents.forms import EntryForm, ReasonForm, TakeForm
from childcare.documents.models import OutgoingEntry, SignedCopy
from childcare.documents.pdf import render_pdf
from childcare.documents.querysets import BOOK_KEEPERS, units_of
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import today
from childcare.lib.paging import paged
from childcare.units.models import Office, Unit

RENDER = {"pdf": render_pdf, "xlsx": render_xlsx}


def own_unit(request):
    """The unit whose book the officer keeps."""
    return units_of(request.user)[0]


def issuers(unit):
    """(key, name, office or None) of everybody who issues in the unit: itself and its offices."""
    offices = Office.objects.on(today()).filter(unit=unit).order_by("code", "pk")
    return [("don-vi", unit.name, None), *((f"phong-{office.pk}", office.name, office) for office in offices)]


def series_in(unit, in_name, code):
    """The series of a kind of one of the unit's issuers. Raises Http404."""
    for key, _, office in issuers(unit):
        if key == in_name and code in books.KINDS:
            return books.Series(unit, office, code)
    raise Http404


RELATED = ("unit", "office", "created_by", "cancelled_by", "document__pdf", "document__docx", "document__unit__parent")


def entry_of(request, public_id):
    """A row of the officer's own book or of one that it followed; 404 for any other."""
    rows = OutgoingEntry.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, public_id=public_id)


def own_entry(request, public_id):
    """The same, to change it: a book of a unit that has ended is read and not written."""
    entry = entry_of(request, public_id)
    if entry.unit_id not in {unit.pk for unit in units_of(request.user)}:
        raise PermissionDenied
    return entry


@require(*BOOK_KEEPERS)
def register_list(request):
    """The rows of a unit and year."""
    own = own_unit(request)
    places = [own, *Unit.objects.filter(pk__in=own.former_keys).exclude(pk=own.pk).order_by("name", "pk")]
    unit = next((one for one in places if str(one.public_id) == request.GET.get("don-vi")), own)
    found = OutgoingEntry.objects.visible_to(request.user).filter(unit=unit)
    years = sorted({today().year, *found.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    year = next((one for one in years if str(one) == request.GET.get("nam")), years[0])
    found = found.of_year(year).in_order().select_related("office")
    code, ending = request.GET.get("loai", ""), request.GET.get("dang")
    if code in books.KINDS:
        found = found.filter(code=code)
    if ending in RENDER:
        audit.record("register.printed", by=request.user, subject=unit, note=f"năm {year}")
        data = RENDER[ending](register.sheet(unit, year, list(found), today()))
        return download(data, name=f"Sổ đăng ký văn bản đi {year} - {unit.name}.{ending}")
    rows, pager = paged(request, found)
    context = {
        "unit": unit, "places": places, "rows": rows, "pager": pager, "year": year, "years": years, "code": code,
        "kinds": books.KINDS.items(), "query": f"nam={year}&loai={code}&don-vi={unit.public_id}",
    }  # fmt: skip
    return render(request, "register/list.html", context)


@require(*BOOK_KEEPERS)
def register_take(request):
    """Vào sổ, lấy số for a document that is made outside of the product."""
    unit = own_unit(request)
    form = TakeForm(request.POST or None, issuers=issuers(unit), initial={"issued_on": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row = numbers.take(
            series_in(unit, data["in_name"], data["code"]), by=request.user, issued_on=data["issued_on"],
            number=data["number"], signer_name=data["signer_name"],
            subject=books.CHILD_DECISION if data["child_decision"] else data["subject"],
            recipients=[line for line in data["recipients"].split("\n") if line.strip()],
        )  # fmt: skip
        messages.success(request, f"Đã vào sổ số {row.full_number}.")
        return redirect("register-entry", row.public_id)
    return render(request, "register/take.html", {"form": form, "unit": unit})


@require(*BOOK_KEEPERS)
def register_entry(request, public_id):
    """One row: what it says, its files and signatures, what the clerk adds."""
    entry = entry_of(request, public_id)
    form = EntryForm.of(entry, request.POST or None)
    mine = entry.unit_id in {unit.pk for unit in units_of(request.user)}
    if request.method == "POST" and not mine:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        numbers.describe(entry=entry, by=request.user, **form.facts)
        messages.success(request, "Đã lưu.")
        return redirect("register-entry", public_id)
    copies = list(entry.document.signed_copies.select_related("added_by")) if entry.document else []
    context = {
        "entry": entry, "form": form, "copies": copies, "mine": mine, "remark": register.remark(entry),
        "sealed": any(copy.kind == SignedCopy.Kind.SEAL for copy in copies),
        "seal": signing.seal_of(entry.unit, entry.office) if entry.document else None,
    }  # fmt: skip
    return render(request, "register/entry.html", context)


@require(*BOOK_KEEPERS)
def register_cancel(request, public_id):
    """Hủy số, with the reason."""
    entry = own_entry(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        numbers.cancel(entry=entry, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã hủy số {entry.full_number}. Số này không cấp lại.")
        return redirect("register-entry", public_id)
    return render(request, "register/cancel.html", {"entry": entry, "form": form})


@require(*BOOK_KEEPERS)
def register_file(request, public_id, what):
    """A file of a row: the frozen PDF or DOCX, the newest signed copy, the data of Phụ lục VI as XML or JSON."""
    entry = entry_of(request, public_id)
    if what not in ("pdf", "docx", "ky-so", "xml", "json") or what in ("pdf", "docx", "ky-so") and entry.document is None:
        raise Http404
    audit.record("register.downloaded", by=request.user, subject=entry, note=what)
    name = f"{entry.code}-{entry.year}-so-{entry.number}"
    if what in ("xml", "json"):
        data = metadata.as_xml(entry) if what == "xml" else metadata.as_json(entry)
        return download(data, name=f"{name}.{what}", content_type="application/xml" if what == "xml" else None)
    stored = signing.newest(entry.document) if what == "ky-so" else getattr(entry.document, what)
    if stored is None:
        raise Http404
    return download_stored(stored)
