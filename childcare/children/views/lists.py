"""The list of children and the box that finds one. Names never stand in an address."""

from functools import lru_cache

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import listing, search
from childcare.children.bulk_actions import choosing
from childcare.children.forms.filters import ChildFilter, uuid_or_blank
from childcare.children.rows import rows_html

FIRST, MORE = ("unit", "age", "group", "risk", "check"), ("sex", "poverty", "support", "ministry", "year", "home", "sort")
RIGHTS = {
    "may_add": Permission.CHILD_EDIT, "may_tick": Permission.REVIEW_TICK, "may_merge": Permission.CHILD_MERGE,
    "may_import": Permission.CHILD_IMPORT, "may_export": Permission.CHILD_EXPORT,
}  # fmt: skip


@lru_cache(maxsize=256)
def actions_html(query, *rights):
    """The buttons and menus above the list: twenty addresses, the same for everybody of the same rights and filter."""
    return render_to_string("children/list_actions.html", {"query": query, **dict(zip(RIGHTS, rights, strict=True))})


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
        "pager": {
            "next": form.address(after=page.after) if page.after else "",
            "previous": form.address(before=page.before) if page.before else "",
        },
        "may_add": request.user.can(Permission.CHILD_EDIT),
        "actions": actions_html(form.address(), *map(request.user.can, RIGHTS.values())),
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
