"""Numbers of decisions: given by the clerk from the book of the unit, one series a year (NĐ 30/2020 Điều 15).

The system neither proposes the next number nor lists them: a gap would tell that a file exists that the reader may not see.
For the same reason a number is held only against decisions that the officer can open.
"""

from cases.models import Case, InterventionPlan, IsolationOrder, Placement
from cases.printing.paper import number_of
from childcare.children.actions.protection import commune_of
from childcare.documents import issuers
from childcare.lib.refusal import Refusal

TAKEN = "Số {}/{} năm {} đã ghi cho một quyết định khác. Hãy hỏi lại văn thư."


def require_free(number, on, *, case, by, plan=None):
    """Refused when a decision of the unit and year that the officer can open bears the number already."""
    notation = issuers.notation("QĐ", commune_of(case.unit))
    wanted = number_of(number, notation)
    if not wanted[0]:
        return
    taken = {_plain(number_of(text, notation)) for text in _numbers(case.unit, on.year, by, plan)}
    if _plain(wanted) in taken:
        raise Refusal(TAKEN.format(*wanted, on.year))


def _plain(pair):
    number, notation = pair
    return number.lstrip("0").lower(), notation.lower()


def _numbers(unit, year, by, plan):
    """Every number written on a decision of the unit in the year, as far as the officer sees the case."""
    cases = Case.objects.visible_to(by).filter(unit=unit)
    plans = InterventionPlan.objects.filter(case__in=cases, decision_on__year=year).exclude(decision_number="")
    yield from plans.exclude(pk=plan.pk if plan else None).values_list("decision_number", flat=True)
    orders = IsolationOrder.objects.filter(step__case__in=cases, voided_at=None, signed_on__year=year)
    yield from orders.exclude(number="").values_list("number", flat=True)
    placed = Placement.objects.visible_to(by).filter(unit=unit)
    yield from placed.filter(decision_on__year=year).exclude(decision_number="").values_list("decision_number", flat=True)
    ended = placed.filter(end_decision_on__year=year).exclude(end_decision_number="")
    yield from ended.values_list("end_decision_number", flat=True)
