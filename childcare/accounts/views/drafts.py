"""The officer's own drafts, asked for and kept by the script of a form that he has open."""

import json

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from childcare.accounts import drafts
from childcare.accounts.permissions import for_every_officer
from childcare.lib.calendar import now, show


def _key(request):
    key = drafts.key_of(request.headers.get("X-Draft"), request.user)
    if key is None:
        raise Http404
    return key


@require_http_methods(["GET", "POST"])
@for_every_officer
def draft(request):
    """Read the draft of a form, or keep what is typed in it."""
    key = _key(request)
    return _keep(request, key) if request.method == "POST" else _told(request, key)


def _told(request, key):
    row = drafts.read(request.user, key)
    if row is None:
        raise Http404
    at = row.saved_at.astimezone(now().tzinfo)
    return JsonResponse({"fields": json.loads(row.fields), "version": row.version, "at": f"{at:%H:%M} ngày {show(at.date())}"})


def _keep(request, key):
    text = request.POST.get("fields", "")
    if len(text) > drafts.LARGEST:
        return HttpResponse(status=413)
    fields = _pairs(text)
    page, known = request.POST.get("page", "")[:40], request.POST.get("known", "0")
    if fields is None or not page or not known.isdecimal():
        return HttpResponse(status=400)
    try:
        row = drafts.save(officer=request.user, key=key, page=page, known=int(known), fields=fields)
    except drafts.Newer:
        return HttpResponse(status=409)
    return JsonResponse({"at": f"{now():%H:%M}", "version": row.version} if row else {"closed": True})


def _pairs(text):
    """The [name, value] pairs of the script, or None when it is something else."""
    try:
        pairs = json.loads(text)
    except ValueError:
        return None
    ok = isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in pairs
    )
    return pairs if ok else None


@require_POST
@for_every_officer
def draft_drop(request):
    """The officer wants no draft of this form."""
    drafts.close(officer=request.user, key=_key(request), page=request.POST.get("page", ""))
    return JsonResponse({})
