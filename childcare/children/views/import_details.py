"""All lines of one part of a preview, page by page: offers to be taken one by one, warnings, converted names."""

from functools import partial

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


def page_of(request, cases):
    """The page of the cases that is asked for."""
    return Paginator(cases, PAGE).get_page(request.GET.get("trang"))


@require(Permission.CHILD_IMPORT)
def import_cases(request, public_id, kind):
    """Every line of a warning, of the rows that stay out or of the names that were converted."""
    batch, preview = _opened(request, public_id)
    part = preview.part(kind)
    if not part:
        raise Http404
    page = page_of(request, part["cases"])
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
    home = reverse("import-batch", args=[batch.public_id])
    crumbs = [(reverse("child-list"), "Trẻ em"), (reverse("import-list"), "Nhập từ Excel"), (home, "Xem trước")]
    keep = partial(batches.choose, batch=batch, by=request.user)
    return choose_offers(
        request, part, told=batch, taken=batch.accepted_offers, crumbs=crumbs,
        url=reverse("import-offers", args=[batch.public_id, kind]), keep=lambda shown, taken: keep(shown=shown, taken=taken),
    )  # fmt: skip


def choose_offers(request, part, *, told, taken, crumbs, url, keep):
    """The page of the offers of a kind, for every list that is taken in; `keep(shown, taken)` remembers what was ticked."""
    page = page_of(request, part["cases"])
    if request.method == "POST":
        return redirect(_choose(request, part, page, url, keep, home=crumbs[-1][0]))
    taken = set(taken)
    cases = [{**case, "taken": case["position"] in taken} for case in page]
    chosen = sum(case["position"] in taken for case in part["cases"])
    context = {"told": told, "crumbs": crumbs, "home": crumbs[-1][0], "part": part, "cases": cases, "page": page}
    context |= {"chosen": chosen, "url": url, "pager": pager(page)}
    return render(request, "imports/offer_choice.html", context)


def _choose(request, part, page, url, keep, *, home):
    """Keep what was ticked on this page, or all, or none; returns the address of the next page."""
    places = [case["position"] for case in part["cases"]]
    which = request.POST.get("which", "page")
    if which in ("all", "none"):
        keep(places, places if which == "all" else [])
        return f"{url}?trang={page.number}"
    keep([case["position"] for case in page], offers.numbers(request.POST.getlist("offer")))
    return f"{url}{pager(page).next}" if page.has_next() else home
