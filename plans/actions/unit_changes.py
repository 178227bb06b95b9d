"""Activities follow a change of units when they were held on its day or later; plans stay with the unit that issued them."""

from collections import Counter

from plans.actions import fund_moves, moving
from plans.models import Activity


def move_activities(passage):
    """Activities recorded before the change was carried out, of its day or later."""
    rows = Activity.objects.filter(unit__in=list(passage.rest), held_on__gte=passage.on)
    for row in rows.select_related("unit"):
        passage.note("activity", row, row.unit)
        Activity.objects.filter(pk=row.pk).update(unit=passage.rest[row.unit_id])


def move_organisation(passage, by):
    """Staff, bodies, places and risks of the ended units go on in their successors; of a split hamlet in the first commune."""
    targets = {**passage.rest, **dict.fromkeys(passage.above)}
    ends = {pk for pk, unit in passage.former.items() if unit.kind == "commune"}
    became = Counter(passage.rest[pk].pk for pk in ends & set(passage.rest))
    merged = {pk for pk, count in became.items() if count > 1}
    merged |= {pk for pk in became if passage.former.get(pk) is None and _went_on(pk, passage)}
    split_hamlets = {pk for pk in passage.split if passage.former[pk].kind == "hamlet"}
    moving.carry(targets, passage.on, by, note=passage.note, merged=merged, whole=set(targets) - split_hamlets)


def _went_on(pk, passage):
    """True for a commune that was there before and took others in: its own board goes on, theirs ends."""
    return not passage.change.beginning.filter(unit=pk, made=True).exists()


def bring_back(change):
    """Undo: they lie in their old unit again."""
    fund_moves.bring_back(change)
    moving.bring_back(change)
    for row in change.moves.filter(what="activity"):
        Activity.objects.filter(pk=row.key).update(unit=row.before_id)
