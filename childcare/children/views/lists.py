"""The list of children and the box that finds one. Names never stand in an address."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import listing, search
from childcare.children.bulk_actions import choosing
from childcare.children.forms.filters import ChildFilter, uuid_or_blank
from childcare.children.rows import rows_html

FIRST, MORE = ("unit", "age", "group", "risk", "check"), ("sex", "poverty", "support", "ministry", "year", "home", "sort")


@require(Permission.CHILD_VIEW)
def child_list(request):
    """Children by filters, fifty a page. One entry tells the log whom the officer saw."""
    form = ChildFilter(request.GET, officer=request.user)
    page = form.page(**{name: uuid_or_blank(request.GET.get(name)) or None for name in ("after", "before")})
    audit.record("child.listed", by=request.user, shown=page.ids)
    offer = choosing.offer(form, officer=request.user, number=page.number)
    picked = choosing.picked(request.session, form) if offer else set()
    context = {
        "filter": form,
        "page": page,
        "rows": rows_html(page.rows, picking=offer is not None, picked=picked),
        "count": listing.number_text(page.number),
        "tags": form.tags(unless=("sort", "year")),
        "controls": form.controls(FIRST),
        "more_controls": form.controls(MORE),
        "more_filters": bool(set(MORE) & set(form.chosen())),
        "query": form.address(),
        "pager": {
            "next": form.address(after=page.after) if page.after else "",
            "previous": form.address(before=page.before) if page.before else "",
        },
        "may_add": request.user.can(Permission.CHILD_EDIT),
        "may_review": request.user.can(Permission.REVIEW_TICK) or request.user.can(Permission.CHILD_EXPORT),
        "may_merge": request.user.can(Permission.CHILD_MERGE),
        "may_import": request.user.can(Permission.CHILD_IMPORT),
        "may_export": request.user.can(Permission.CHILD_EXPORT),
        "offer": offer,
        "shown_keys": ",".join(map(str, page.ids)),
        "elsewhere": len(picked - set(map(str, page.ids))),
        "picked_any": bool(picked),
    }
    return render(request, "children/list.html", context)


@require_POST
@require(Permission.CHILD_VIEW)
def child_search(request):
    """Children who answer to the text: a fragment for the box, a page without script. Each list shown is one entry."""
    text, everything = request.POST.get("q", "")[: search.LONGEST], bool(request.POST.get("all"))
    found, more = search.find(text, officer=request.user, limit=search.ALL if everything else search.LIMIT)
    if found:
        audit.record("child.searched", by=request.user, shown=[child.public_id for child in found])
    context = {
        "found": [search.line(child) for child in found],
        "more": more,
        "text": text,
        "everything": everything,
        "may_add": request.user.can(Permission.CHILD_EDIT),
    }
    fragment = getattr(request, "htmx", False) and not everything
    return render(request, "children/found.html" if fragment else "children/search.html", context)
