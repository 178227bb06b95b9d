"""For whom: children ticked on a list, or all of a filter when their number is the one that the officer was shown."""

from dataclasses import dataclass

from childcare.accounts.roles import Permission
from childcare.children import listing
from childcare.children.actions.protection import commune_of
from childcare.children.models import BulkAction, BulkItem, Child
from childcare.children.querysets import in_units
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number

LIMIT = 1000
KEPT = "picked"
NOBODY = "Chưa chọn trẻ nào. Hãy đánh dấu ở đầu các dòng, hoặc chọn cả danh sách đang lọc."
TOO_MANY = f"Mỗi lần chọn nhiều nhất {number(LIMIT)} trẻ. Hãy lọc theo địa bàn hoặc nhóm rồi làm lại."
CHANGED = "Lúc anh/chị chọn, danh sách có {} trẻ; bây giờ có {}. Hãy xem lại danh sách rồi chọn lại."
SPREAD = "Các trẻ đã chọn ở nhiều xã, phường. Hãy lọc theo một xã, phường rồi làm lại."


@dataclass(frozen=True)
class Offer:
    """What the list page offers: the number of all children of the filter (None: too many), and the filter itself."""

    number: int | None
    query: str


def offer(filters, *, officer, number):
    """What may be chosen on a list page with `number` children (counted to LIMIT + 1), or None for who records nothing."""
    if not (officer.can(Permission.FACT_RECORD) or officer.can(Permission.CHILD_EDIT)):
        return None
    return Offer(number if number <= LIMIT else None, filters.address()[1:])


def picked(session, filters):
    """Public ids that the officer ticked on pages of this filter before, as his session keeps them."""
    kept = session.get(KEPT) or {}
    return set(kept["ids"]) if kept.get("filter") == _filter(filters) else set()


def pick(session, filters, *, shown, ticked):
    """All ids ticked on pages of this filter, with those of the page just sent (`shown`); ticks of another filter are gone.

    Refused when there are too many.
    """
    ids = (picked(session, filters) - set(shown)) | set(ticked)
    if len(ids) > LIMIT:
        raise Refusal(TOO_MANY)
    session[KEPT] = {"filter": _filter(filters), "ids": sorted(ids)}
    return ids


def forget(session):
    """Nobody is ticked any more."""
    session.pop(KEPT, None)


def _filter(filters):
    """What a filter asks for, whatever its order."""
    return filters.address(sort=None)


def workable(officer):
    """Children for whom the officer may record something, in units where he may."""
    units = [*officer.units_for(Permission.FACT_RECORD), *officer.units_for(Permission.CHILD_EDIT)]
    return Child.objects.visible_to(officer).filter(in_units("unit", units))


def ticked(keys, *, officer):
    """The children of these public ids, in the order of their names. Refused for none, too many, or any out of reach."""
    keys = set(keys)
    if not keys:
        raise Refusal(NOBODY)
    if len(keys) > LIMIT:
        raise Refusal(TOO_MANY)
    return list(listing.ordered(workable(officer).filter(public_id__in=keys), "name").select_related("unit"))


def of_filter(filters, *, officer, expected):
    """All children of the filter. Refused when there are not as many as the officer was told."""
    children = list(listing.ordered(filters.children, "name").select_related("unit")[: LIMIT + 1])
    if len(children) > LIMIT:
        raise Refusal(TOO_MANY)
    if len(children) != expected:
        raise Refusal(CHANGED.format(number(expected), number(len(children))))
    reach = set(workable(officer).filter(pk__in=[child.pk for child in children]).values_list("pk", flat=True))
    children = [child for child in children if child.pk in reach]
    if not children:
        raise Refusal(NOBODY)
    return children


def start(children, *, by):
    """A new bulk action for the children, all of one commune. Nothing is recorded for them yet."""
    communes = {commune_of(child.unit) for child in children}
    if not communes:
        raise Refusal(NOBODY)
    if len(communes) > 1:
        raise Refusal(SPREAD)
    bulk = BulkAction.objects.create(unit=communes.pop(), created_by=by)
    add_items(bulk, children)
    return bulk


def add_items(bulk, children):
    """Items for the children in this order."""
    BulkItem.objects.bulk_create(
        BulkItem(bulk=bulk, child=child, position=position) for position, child in enumerate(children, 1)
    )
