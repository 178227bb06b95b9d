"""Rows that name, birth and mother alone join to a child: file and registry side by side, decided one by one or all at once."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.importing import batches, guesses
from childcare.children.views.imports import batch_or_404
from childcare.lib.paging import pager

PAGE = 50
ALL = {"same": 0, "other": 1}  # which of the two offers of a row
CHOICES = [("same", "Trẻ đã có", guesses.SAME), ("other", "Trẻ khác", guesses.OTHER), ("later", "Chưa quyết định", "")]


@require_http_methods(["GET", "POST"])
@require(Permission.CHILD_IMPORT)
def import_same(request, public_id):
    """Every such row beside its child; the decisions are kept with the list until it is let in."""
    batch = batch_or_404(request, public_id)
    batches.require_open(batch)
    reading = batches.reading_of(batch)
    places = guesses.places(reading)
    if not places:
        raise Http404
    page = Paginator(places, PAGE).get_page(request.GET.get("trang"))
    if request.method == "POST":
        return redirect(_decide(request, batch, places, page))
    lines = guesses.beside(reading, list(page), request.user)
    shown = [line["child"]["public_id"] for line in lines if line["child"]]
    audit.record("import.viewed", by=request.user, subject=batch, shown=shown)
    taken = set(batch.accepted_offers)
    for line in lines:
        line["choice"] = guesses.choice(line["position"], taken)
    context = {"batch": batch, "lines": lines, "page": page, "pager": pager(page), "count": len(places), "choices": CHOICES}
    context |= guesses.decided(places, taken)
    return render(request, "imports/same_choice.html", context)


def _decide(request, batch, places, page):
    """Keep what was decided of this page, or one word for all; returns the address of the page after that."""
    here = reverse("import-same", args=[batch.public_id])
    home = reverse("import-batch", args=[batch.public_id])
    which = request.POST.get("which", "page")
    about = list(page) if which == "page" else places
    if which == "page":
        words = {place: request.POST.get(f"is-{place}", "") for place in about}
        taken = [place + ALL[word] for place, word in words.items() if word in ALL]
    else:
        taken = [place + ALL[which] for place in places] if which in ALL else []
    shown = [place + step for place in about for step in ALL.values()]
    batches.choose(batch=batch, by=request.user, shown=shown, taken=taken)
    if which != "page":
        return home
    return f"{here}{pager(page).next}" if page.has_next() else home
