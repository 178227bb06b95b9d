"""Activities follow a change of units when they were held on its day or later; plans stay with the unit that issued them."""

from plans.models import Activity


def move_activities(passage):
    """Activities recorded before the change was carried out, of its day or later."""
    rows = Activity.objects.filter(unit__in=list(passage.rest), held_on__gte=passage.on)
    for row in rows.select_related("unit"):
        passage.note("activity", row, row.unit)
        Activity.objects.filter(pk=row.pk).update(unit=passage.rest[row.unit_id])


def bring_back(change):
    """Undo: they lie in their old unit again."""
    for row in change.moves.filter(what="activity"):
        Activity.objects.filter(pk=row.key).update(unit=row.before_id)
