"""Finding a report with access in one call: 404 for the stranger, 403 for who may see and may not act."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from reports.models import Obligation, Submission

RELATED = (
    "snapshot", "document__pdf", "document__docx", "document__scan", "document__entry", "paper",
    "created_by", "presented_by", "signed_by",
    "sent_by", "answered_by", "confirmed_by", "signed_words__confirmed_by",
)  # fmt: skip
WITH = ("unit__parent", "to_unit", "regime", "office")


def visible(request, public_id):
    """An obligation that the officer may see."""
    found = Obligation.objects.visible_to(request.user).select_related(*WITH)
    return get_object_or_404(found, public_id=public_id)


def own(request, public_id, *permissions):
    """An obligation of exactly the officer's own unit, where he holds one of the permissions."""
    obligation = visible(request, public_id)
    units = {unit.pk for permission in permissions for unit in request.user.units_for(permission)}
    if obligation.unit_id not in units:
        raise PermissionDenied
    return obligation


def owed_to_own(request, public_id, permission):
    """An obligation that is owed to the officer's own unit, where he holds the permission."""
    obligation = visible(request, public_id)
    if obligation.to_unit_id not in {unit.pk for unit in request.user.units_for(permission)}:
        raise PermissionDenied
    return obligation


def version(request, obligation, number=None):
    """The current version, or the one of a number, as far as the officer may see it. Raises Http404."""
    found = Submission.objects.visible_to(request.user).filter(obligation=obligation)
    found = found.filter(number=number) if number else found.current()
    row = found.select_related(*RELATED).first()
    if row is None:
        raise Http404
    row.obligation = obligation
    return row


def version_or_none(request, obligation):
    """The current version, None when there is none that the officer may see."""
    try:
        return version(request, obligation)
    except Http404:
        return None
