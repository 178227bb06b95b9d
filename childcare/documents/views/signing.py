"""The digital seal of the unit and what it is put on; the copy that the signer signed with a token of his own."""

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.documents import books
from childcare.documents.actions import numbers, signing
from childcare.documents.forms import NumberingForm, SealForm, SignedForm
from childcare.documents.models import NumberingRule, NumberSeries, OutgoingEntry
from childcare.documents.querysets import BOOK_KEEPERS
from childcare.documents.views.register import issuers, own_entry, own_unit, series_in
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

P = Permission


@require(*BOOK_KEEPERS)
def numbering(request):
    """Which kinds the application numbers for the unit and its offices, and from which number on."""
    unit, year = own_unit(request), today().year
    form = NumberingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        series = series_in(unit, data["in_name"], data["code"])
        numbers.switch(series, by=request.user, on=data["on"], year=year, first=data["first"])
        told = "Phần mềm cấp số từ nay" if data["on"] else "Từ nay gõ số theo sổ giấy"
        messages.success(request, f"{told} cho loại {books.KINDS[series.code]}.")
        return redirect("numbering")
    rules = set(NumberingRule.objects.filter(unit=unit, on=True).values_list("office", "code"))
    written = OutgoingEntry.objects.filter(unit=unit, year=year).order_by().values_list("office", "code")
    last = {(office, code): top for office, code, top in written.annotate(top=Max("order"))}  # from before there was a series
    last |= {(row.office_id, row.code): row.last for row in NumberSeries.objects.filter(unit=unit, year=year)}
    rows = [
        {"key": key, "name": name, "code": code, "kind": word, "on": place in rules, "next": last.get(place, 0) + 1}
        for key, name, office in issuers(unit)
        for code, word in books.KINDS.items()
        if (place := (office.pk if office else None, code))
    ]
    return render(request, "register/numbering.html", {"unit": unit, "year": year, "rows": rows, "form": form})


@sensitive_post_parameters("password")
@require(*BOOK_KEEPERS)
def seals(request):
    """Chứng thư số của cơ quan: what is in use; the leader puts another in its place."""
    unit, form = own_unit(request), SealForm(request.POST or None, request.FILES or None)
    places, leads = issuers(unit), leads_in(request.user, unit)
    form.fields["in_name"].choices = [(key, name) for key, name, _ in places]
    form.fields["in_name"].initial = places[0][0]
    if request.method == "POST" and not leads:
        raise Refusal("Chỉ lãnh đạo đơn vị đưa chứng thư số của cơ quan vào phần mềm.")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        office = next(office for key, _, office in places if key == data["in_name"])
        try:
            signing.keep_seal(
                unit=unit, office=office, by=request.user, key=data["key"].read(), password=data["password"],
                picture=data["picture"].read() if data["picture"] else None, width_mm=data["width_mm"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("key", str(refusal))  # not the page of refusals: that would hand the password back
        else:
            messages.success(request, "Đã lưu chứng thư số của cơ quan.")
            return redirect("seals")
    found = [(key, name, seal) for key, name, office in places if (seal := signing.seal_of(unit, office))]
    return render(request, "register/seals.html", {"unit": unit, "form": form, "found": found, "leads": leads})


def leads_in(officer, unit):
    """True for who signs in exactly this unit."""
    return any(own.pk == unit.pk for own in officer.units_for(P.REPORT_SIGN))


@require(P.REPORT_SIGN)
@require_POST
def seal_remove(request):
    """Gỡ chứng thư số: key and password are forgotten."""
    unit = own_unit(request)
    office = next((office for key, _, office in issuers(unit) if key == request.POST.get("in_name")), None)
    signing.remove_seal(unit=unit, office=office, by=request.user)
    messages.success(request, "Đã gỡ chứng thư số; khóa và mật khẩu đã xóa khỏi phần mềm.")
    return redirect("seals")


@require(*BOOK_KEEPERS)
@require_POST
def seal_put(request, public_id):
    """Đóng dấu ký số của cơ quan."""
    entry = own_entry(request, public_id)
    if entry.document is None:
        raise Refusal(signing.NO_PDF)
    signing.seal_document(document=entry.document, by=request.user)
    messages.success(request, "Đã ký số của cơ quan trên văn bản.")
    return redirect("register-entry", public_id)


@require(*BOOK_KEEPERS)
def signed_add(request, public_id):
    """Tải bản đã ký số lên: checked against what was issued."""
    entry = own_entry(request, public_id)
    if entry.document is None:
        raise Refusal(signing.NO_PDF)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            copy = signing.add_signed(document=entry.document, by=request.user, data=form.cleaned_data["file"].read())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Chữ ký số của {copy.subject} toàn vẹn, đúng nội dung văn bản; {copy.chain}.")
            return redirect("register-entry", public_id)
    return render(request, "register/signed.html", {"entry": entry, "form": form})
