"""Biến động: of a unit in a period with its list, print and workbook; of one child; and who becomes sixteen soon."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import event_pages, events, places, timeline
from childcare.children.actions.protection import commune_of
from childcare.children.forms.events import EventFilter
from childcare.children.models import Child
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.documents.xlsx import render_xlsx
from childcare.lib.paging import pager

SOON = 90


@require(Permission.CHILD_VIEW)
def event_list(request):
    """The events of a unit in a period: how many of each kind, and the list behind."""
    form = EventFilter(request.GET, officer=request.user)
    found = events.happened(form.place, form.first, form.last, officer=request.user)
    kind = form.value("kind")
    seen = event_pages.seen_by(event_pages.asked(found, kind), request.user)
    page, rows = _page(request, seen, form.on)
    audit.record(
        "events.listed", by=request.user, subject=form.place, shown=[row["public_id"] for row in rows if row["public_id"]]
    )
    context = {
        "filter": form, "rows": rows, "pager": pager(page, **form.chosen()), "number": len(seen.events),
        "counts": [
            {"word": word, "number": len(found[key]), "url": form.address(kind=key), "here": key == kind}
            for key, word in events.KINDS.items()
        ],
        "hidden": event_pages.hidden_sentence(seen.hidden) if seen.hidden else "", "period": form.span.name,
        "last": form.last, "query": form.address(), "may_export": request.user.can(Permission.CHILD_EXPORT), "kind": kind,
    }  # fmt: skip
    return render(request, "children/events.html", context)


def _page(request, seen, on):
    page = Paginator(seen.events, event_pages.SIZE).get_page(request.GET.get("trang"))
    return page, event_pages.rows_of(page.object_list, on)


@require(Permission.CHILD_EXPORT)
def event_export(request, form):
    """The events as an administrative list or a workbook."""
    if form not in ("pdf", "xlsx"):
        raise Http404
    asked = EventFilter(request.GET, officer=request.user)
    kind = asked.value("kind")
    found = events.happened(asked.place, asked.first, asked.last, officer=request.user)
    seen = event_pages.seen_by(event_pages.asked(found, kind), request.user, export=True)
    keys = [event.child for event in seen.events if event.child]
    shown = Child.objects.filter(pk__in=keys).order_by("pk").values_list("public_id", flat=True)
    entry = audit.record("events.exported", by=request.user, subject=asked.place, shown=shown, note=form)
    document = event_pages.document(
        unit=asked.place, commune=commune_of(asked.place), officer=request.user, found=found, seen=seen, first=asked.first,
        last=asked.last, on=asked.on, copy=entry.copy_number, kind=kind,
    )  # fmt: skip
    data = render_pdf(document) if form == "pdf" else render_xlsx(document)
    return download(data, name=f"Bien dong {asked.place.name} {asked.span.code}.{form}")


@require(Permission.CHILD_VIEW)
def sixteen_list(request):
    """Children who become sixteen within ninety days: what they get ends or has to be asked for anew."""
    form = EventFilter(request.GET, officer=request.user)
    found = events.soon_sixteen(form.place, form.on, SOON)
    seen = event_pages.seen_by(found, request.user)
    page, rows = _page(request, seen, form.on)
    rows = event_pages.with_open_facts(rows, officer=request.user)
    audit.record("events.listed", by=request.user, subject=form.place, shown=[row["public_id"] for row in rows])
    context = {"filter": form, "rows": rows, "pager": pager(page, **form.chosen()), "number": len(seen.events), "days": SOON}
    return render(request, "children/sixteen.html", context)


@require(Permission.CHILD_VIEW)
def child_events(request, public_id):
    """Everything that happened to one child, the newest first."""
    child = get_object_or_404(Child.objects.visible_to(request.user).select_related("unit"), public_id=public_id)
    audit.record("child.viewed", by=request.user, subject=child)
    lines = timeline.of_child(child, officer=request.user, on=places.day_of(child.unit))
    return render(request, "children/child_events.html", {"child": child, "lines": lines})
