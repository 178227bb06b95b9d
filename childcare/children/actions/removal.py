"""Rows of children that are no longer children of the registry: merged into another, or of an import that was undone."""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from childcare.children.actions.base import update
from childcare.children.models import (
    Caregiver,
    Child,
    Circumstance,
    Enrolment,
    IncidentChild,
    Membership,
    Pupil,
    Residence,
    Support,
)  # fmt: skip
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

STILL_FACTS = "Trẻ em này còn nơi cư trú, hoàn cảnh, trợ giúp hoặc vụ việc đang ghi trong sổ nên chưa đưa ra khỏi sổ được."
FACTS = (Residence, Membership, Caregiver, Circumstance, Support)


def with_facts(keys):
    """The keys of those of these children about whom something is still recorded that is not void."""
    found = set(IncidentChild.objects.filter(child__in=keys, incident__voided_at=None).values_list("child", flat=True))
    return found.union(
        *(model.objects.filter(child__in=keys, voided_at=None).values_list("child", flat=True) for model in FACTS)
    )


@transaction.atomic
def remove(*, keys, by, reason, at=None):
    """Take rows of children out of the registry: lists, search, counts, exports and imports no longer know them.

    Part of a larger action (a merge, an undoing), which writes the log entry and has voided or moved every fact before;
    a child with a fact left is refused. Their identity numbers are free again. `reason` is a Child.Removal.
    """
    if with_facts(keys):
        raise Refusal(STILL_FACTS)
    _release_pupils(keys)
    values = {"removed_at": at or timezone.now(), "removed_by": by, "removed_reason": reason, "version": F("version") + 1}
    return Child.objects.filter(pk__in=keys).update(**values)


def _release_pupils(keys):
    """A pupil stays its school's pupil; which child it is has to be said again (a merge moves pupils before)."""
    above = Unit.objects.filter(pk=OuterRef("unit")).values("parent")
    Enrolment.objects.filter(child__in=keys, voided_at=None).update(child=None)
    Pupil.objects.filter(child__in=keys).update(child=None, asked=Subquery(above), version=F("version") + 1)


@transaction.atomic
def give_back(*, child):
    """Make a removed row a child of the registry again; refused when its identity number is another child's by now.

    Part of a larger action, as `remove`. The facts are given back by the caller.
    """
    child = Child.with_removed.select_for_update().get(pk=child.pk)
    child.removed_at, child.removed_by, child.removed_reason = None, None, ""
    return update(child, "removed_at", "removed_by", "removed_reason")
