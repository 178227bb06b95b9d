"""Funds: the list, the book of one, income, spending, voiding; the list for publication and the receipt."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import Support
from childcare.documents.downloads import download
from childcare.lib.refusal import Refusal
from plans import fund_books as books
from plans.actions import funds as actions
from plans.forms import VoidForm
from plans.forms_funds import BalanceForm, FundForm, IncomeForm, SpendingForm
from plans.models import Fund, FundEntry


@require(Permission.PLAN_VIEW)
def fund_list(request):
    """The funds that the officer may see, with what each holds now."""
    rows = list(Fund.objects.visible_to(request.user).select_related("unit").order_by("unit__path", "pk")[:500])
    held = books.balances(rows)
    context = {"funds": [(row, held.get(row.pk, 0)) for row in rows], "may": bool(request.user.units_for(Permission.PLAN_EDIT))}
    return render(request, "funds/list.html", context)


@require(Permission.PLAN_EDIT)
def fund_open(request):
    """Begin to keep a fund."""
    form = FundForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            fund = actions.open_fund(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã mở sổ quỹ.")
            return redirect("fund", fund.public_id)
    return render(request, "funds/form.html", {"form": form, "heading": "Mở sổ quỹ", "submit": "Mở sổ quỹ"})


def _visible(request, public_id):
    return get_object_or_404(Fund.objects.visible_to(request.user).select_related("unit", "goes_on_in"), public_id=public_id)


def _year(request, fund):
    """The year asked for, one that the fund has."""
    found = books.years(fund)
    return next((year for year in found if str(year) == request.GET.get("year")), found[0]), found


@require(Permission.PLAN_VIEW)
def fund(request, public_id):
    """The book of a fund in a year: balances, entries, the voided ones with their reason."""
    row = _visible(request, public_id)
    year, years = _year(request, row)
    day_form = BalanceForm(request.GET)
    on = day_form.cleaned_data["on"] if day_form.is_valid() else None
    audit.record("fund.viewed", subject=row, by=request.user)
    context = {
        "fund": row, "year": year, "years": years, "book": books.book(row, year), "purposes": books.purposes(row, year),
        "voided": row.entries.filter(year=year, voided_at__isnull=False).order_by("on", "pk"),
        "may": Fund.objects.kept_by(request.user).contains(row) and not row.goes_on_in_id, "day_form": day_form, "on": on,
        "held": books.balance(row, on) if on else None,
        "followed": row.followed.select_related("unit").order_by("unit__code", "pk"),
    }  # fmt: skip
    return render(request, "funds/fund.html", context)


@require(Permission.PLAN_EDIT)
def fund_receive(request, public_id):
    """Ghi thu."""
    row = get_object_or_404(Fund.objects.kept_by(request.user).select_related("unit"), public_id=public_id)
    form = IncomeForm(request.POST or None, fund=row)
    return _entry(request, row, form, actions.receive, "Ghi thu", "Đã ghi thu, số {}.")


@require(Permission.PLAN_EDIT)
def fund_spend(request, public_id):
    """Ghi chi."""
    row = get_object_or_404(Fund.objects.kept_by(request.user).select_related("unit"), public_id=public_id)
    form = SpendingForm(request.POST or None, fund=row, officer=request.user)
    offered = [support.child.public_id for support in form.rows.values()]
    audit.record("fund.viewed", subject=row, by=request.user, shown=offered)
    return _entry(request, row, form, actions.spend, "Ghi chi", "Đã ghi chi, số {}.")


def _entry(request, row, form, action, heading, sentence):
    if request.method == "POST" and form.is_valid():
        try:
            entry = action(by=request.user, fund=row, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sentence.format(entry.code))
            return redirect("fund", row.public_id)
    return render(request, "funds/form.html", {"form": form, "fund": row, "heading": heading, "submit": "Lưu"})


def _entry_of(request, public_id):
    rows = FundEntry.objects.visible_to(request.user).select_related("fund__unit", "activity", "recorded_by", "voided_by")
    return get_object_or_404(rows, public_id=public_id)


@require(Permission.PLAN_VIEW)
def entry(request, public_id):
    """One entry; of the supports that it paid those that the officer may see."""
    row = _entry_of(request, public_id)
    now = Q(paid_by__entry=row, paid_by__released_at=None)
    moved = Q(replaces__paid_by__entry=row, replaces__paid_by__released_at=None)  # a merge gave it another row
    paid = Support.objects.visible_to(request.user).filter(now | moved, voided_at=None, protected_file=None).distinct()
    paid = list(paid.select_related("child", "kind").order_by("pk"))
    audit.record("fund.viewed", subject=row, by=request.user, shown=[support.child.public_id for support in paid])
    context = {"entry": row, "fund": row.fund, "paid": paid, "may": Fund.objects.kept_by(request.user).contains(row.fund)}
    return render(request, "funds/entry.html", context)


@require(Permission.PLAN_EDIT)
def entry_void(request, public_id):
    """A mistaken entry: it stays with who, when and why, and counts no more."""
    row = _entry_of(request, public_id)
    if row.voided_at or not Fund.objects.kept_by(request.user).contains(row.fund):
        raise Http404
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.void(entry=row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã hủy khoản ghi nhầm.")
            return redirect("fund", row.fund.public_id)
    return render(request, "funds/void.html", {"entry": row, "fund": row.fund, "form": form})


@require(Permission.PLAN_VIEW)
def entry_receipt(request, public_id, ending):
    """Phiếu tiếp nhận of what came in."""
    row = _entry_of(request, public_id)
    if row.kind != FundEntry.Kind.INCOME or row.voided_at or ending not in ("pdf", "docx"):
        raise Http404
    audit.record("fund.receipt_printed", subject=row, by=request.user)
    name = f"Phiếu tiếp nhận {row.code.replace('/', '-')}.{ending}"
    return download(books.RENDER[ending](books.receipt(row, officer=request.user)), name=name)


@require(Permission.PLAN_VIEW)
def fund_publication(request, public_id, ending):
    """Danh sách công khai of a year, without children's names."""
    row = _visible(request, public_id)
    if ending not in books.RENDER:
        raise Http404
    year, _ = _year(request, row)
    audit.record("fund.published", subject=row, by=request.user)
    data = books.RENDER[ending](books.publication(row, year, officer=request.user))
    return download(data, name=f"Công khai {row.name} {year}.{ending}")
