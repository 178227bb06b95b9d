"""Numbers of decisions: given by the clerk from the book of who decides, one series a year (NĐ 30/2020 Điều 15).

The system neither proposes the next number nor lists them: a gap would tell that a file exists that the reader may not see.
For the same reason a number is held only against decisions that the officer can open.
"""

from cases import authority
from cases.models import SignedDecision
from cases.printing.paper import number_of
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

TAKEN = "Số {}/{} năm {} đã ghi cho một quyết định khác. Hãy hỏi lại văn thư."


def require_free(number, on, *, owner, by, but=None):
    """Refused when a decision of the same book and year that the officer can open bears the number already.

    `owner` is the case or placement, `but` the public id of the row whose own number it is. Two who write down decisions of
    one unit at the same moment wait for each other; part of the larger action.
    """
    decides = authority.over(owner.unit, owner.protected_file, on)
    wanted = number_of(number, decides.notation)
    if not wanted[0]:
        return
    Unit.objects.select_for_update(no_key=True).get(pk=decides.unit.pk)
    rows = SignedDecision.objects.visible_to(by).in_force().filter(unit=decides.unit, signed_on__year=on.year)
    taken = {_plain(pair) for pair in rows.exclude(number="").exclude(about=but).values_list("number", "notation")}
    if _plain(wanted) in taken:
        raise Refusal(TAKEN.format(*wanted, on.year))


def _plain(pair):
    number, notation = pair
    return number.lstrip("0").lower(), notation.lower()
