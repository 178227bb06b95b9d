"""Every offer of a list of pupils or of the ministry's file, to be taken or left one by one."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from childcare.accounts.permissions import require
from childcare.audit import actions as audit
from childcare.children.importing import batches, lists
from childcare.children.importing.preview import Preview
from childcare.children.views.import_details import choose_offers
from childcare.children.views.taken import HOME, MAY, list_or_404
from childcare.lib.refusal import Refusal


@require_http_methods(["GET", "POST"])
@require(*MAY)
def list_offers(request, public_id, kind):
    """The offers of a kind; the choice is kept with the list."""
    row = list_or_404(request, public_id)
    if not lists.is_open(row):
        raise Refusal(batches.ENDED)
    audit.record("list.viewed", by=request.user, subject=row)
    part = Preview(lists.reading_of(row, lists.kept_of(row)), may_protect=False).offer_part(kind)
    if not part:
        raise Http404
    url, word = HOME[row.kind]
    crumbs = [(reverse(url), word), (reverse("list", args=[row.public_id]), "Xem trước")]
    return choose_offers(
        request, part, told=row, taken=row.accepted.get("offers", []), crumbs=crumbs,
        url=reverse("list-offers", args=[row.public_id, kind]),
        keep=lambda shown, taken: lists.choose(taken=row, by=request.user, shown=shown, chosen=taken),
    )  # fmt: skip
