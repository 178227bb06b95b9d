"""A child of a bulk action as it stands on a printed list: frozen when it is written, so that it prints again the same."""

from childcare.children.bulk_actions.base import own
from childcare.lib.calendar import PartialDate


def printed_of(bulk, item):
    """Name, birth, receiver, place and amount as text and number."""
    child, values = item.child, own(bulk, item)
    house = child.household
    receiver = (house.head_name if house else "") or child.mother_name or child.father_name
    return {
        "name": child.display_name,
        "birth": birth_of(child),
        "receiver": receiver,
        "place": child.unit.name if child.unit else "",
        "address": house.address if house else "",
        "amount": values.get("amount"),
    }


def birth_of(child):
    """The birth date as far as it is known: a list that goes round says no more than the year when that is all."""
    if child.birth_latest is None:
        return ""
    return PartialDate(child.birth_earliest, child.birth_latest, child.birth_precision).text
