"""All lines of one part of a preview, page by page: offers to be taken one by one, warnings, converted names."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.importing import batches, offers
from childcare.children.importing.preview import Preview
from childcare.children.views.imports import batch_or_404
from childcare.lib.paging import pager

PAGE = 100


def _opened(request, public_id):
    """(batch, preview) of an import about which the officer may still decide."""
    batch = batch_or_404(request, public_id)
    batches.require_open(batch)
    may_protect = request.user.can_in(Permission.PROTECTED_VIEW, batch.unit)
    audit.record("import.viewed", by=request.user, subject=batch)
    return batch, Preview(batches.reading_of(batch), may_protect=may_protect)


def _page(request, cases):
    """The page of the cases that is asked for."""
    return Paginator(cases, PAGE).get_page(request.GET.get("trang"))


@require(Permission.CHILD_IMPORT)
def import_cases(request, public_id, kind):
    """Every line of a warning, of the rows that stay out or of the names that were converted."""
    batch, preview = _opened(request, public_id)
    part = preview.part(kind)
    if not part:
        raise Http404
    page = _page(request, part["cases"])
    context = {"batch": batch, "part": part, "page": page, "pager": pager(page)}
    return render(request, "imports/cases.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.CHILD_IMPORT)
def import_offers(request, public_id, kind):
    """Every offer of a kind, to be taken or left one by one or all together; the choice is kept with the list."""
    batch, preview = _opened(request, public_id)
    part = preview.offer_part(kind)
    if not part:
        raise Http404
    page = _page(request, part["cases"])
    url = reverse("import-offers", args=[batch.public_id, kind])
    if request.method == "POST":
        return redirect(_choose(request, batch, part, page, url))
    taken = set(batch.accepted_offers)
    cases = [{**case, "taken": case["position"] in taken} for case in page]
    chosen = sum(case["position"] in taken for case in part["cases"])
    context = {"batch": batch, "part": part, "cases": cases, "page": page, "chosen": chosen, "url": url}
    return render(request, "imports/offer_choice.html", {**context, "pager": pager(page)})


def _choose(request, batch, part, page, url):
    """Keep what was ticked on this page, or all, or none; returns the address of the next page."""
    places = [case["position"] for case in part["cases"]]
    which = request.POST.get("which", "page")
    if which in ("all", "none"):
        batches.choose(batch=batch, by=request.user, shown=places, taken=places if which == "all" else [])
        return f"{url}?trang={page.number}"
    shown = [case["position"] for case in page]
    batches.choose(batch=batch, by=request.user, shown=shown, taken=offers.numbers(request.POST.getlist("offer")))
    return f"{url}{pager(page).next}" if page.has_next() else reverse("import-batch", args=[batch.public_id])
