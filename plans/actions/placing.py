"""A hamlet of a split unit is placed: its children, and with them who works there, its places, clubs and risks."""

from django.db import transaction

from childcare.children.actions import placing
from childcare.units.models import Unit
from plans.actions import moving


@transaction.atomic
def place_hamlet(*, line, former, unit, by):
    """Everybody who waits from the former hamlet, and what is organised there, goes to one successor. Returns how many."""
    count = placing.place_hamlet(line=line, former=former, unit=unit, by=by)
    if former.kind == "hamlet":
        target = Unit.objects.filter(parent=unit, kind="hamlet", predecessors=former).order_by("pk").first()
        moving.follow_hamlet(line.change, former, target)
    return count
