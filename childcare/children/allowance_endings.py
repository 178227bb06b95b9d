"""Monthly allowances that end or change soon, or should have: by age, or because the circumstance ended."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from childcare.children.allowance_missing import unit_children
from childcare.children.allowances import (
    BY_AGE,
    FOUR,
    SIXTEEN,
    STUDYING,
    TO_CARER,
    TWENTY_TWO,
    Groups,
    running,
)
from childcare.children.models import Circumstance
from childcare.lib.calendar import birthday


@dataclass(frozen=True)
class Ending:
    """A running allowance that ends or changes: of which child, when, why."""

    child: int
    day: date
    why: str
    action: str


def endings(officer, unit, on, until):
    """Running allowances of the unit that end or change up to a day, and those for which the day has passed; earliest first.

    Three queries. The end of a circumstance is told only when the officer may see the row that ended.
    """
    rows = running(officer, on).filter(running=True, child__in=unit_children(officer, unit))
    values = list(rows.order_by("pk").values_list("child", "started_on", "allowance_code", "child__birth_latest"))
    facts = _facts_over_time(officer, rows)
    found = [
        line for child, since, code, birth in values for line in _ending(child, since, code, birth, facts[child], on, until)
    ]
    return sorted(found, key=lambda line: (line.day, line.child))


def _facts_over_time(officer, rows):
    groups, facts = Groups(), defaultdict(list)
    found = Circumstance.objects.uncovered(officer).valid().filter(child__in=rows.values("child"), kind__family="N")
    for child, code, ended in found.order_by("pk").values_list("child", "kind__code", F("ended_on")):
        if clause := groups.clause(code):
            facts[child].append((clause, ended))
    return facts


def _ending(child, since, code, birth, facts, on, until):
    if code in TO_CARER:
        return
    if birth is not None:
        yield from _by_age(child, since, code, birth, facts, until)
    open_now = [ended for _, ended in facts if ended is None or ended > on]
    last = max((ended for _, ended in facts if ended is not None), default=None)
    if facts and not open_now and code != STUDYING and last <= until:
        yield Ending(child, last, "hoàn cảnh đã kết thúc", "thôi hưởng từ tháng sau")
    elif facts and open_now and None not in open_now and max(open_now) <= until:
        yield Ending(child, max(open_now), "hoàn cảnh kết thúc", "thôi hưởng từ tháng sau")


def _by_age(child, since, code, birth, facts, until):
    four, sixteen, last = (birthday(birth, years) for years in (FOUR, SIXTEEN, TWENTY_TWO))
    by_age = code in ("A1", "A4") or code is None and any(clause in BY_AGE for clause, _ in facts)
    if by_age and four <= until and until < sixteen and (code or since and since < four and (until - four).days <= 365):
        yield Ending(child, four, "đủ 4 tuổi", "đổi hệ số")
    if code == STUDYING:
        if last <= until:
            yield Ending(child, last, "đủ 22 tuổi", "thôi hưởng")
    elif sixteen <= until:
        yield Ending(child, sixteen, "đủ 16 tuổi", "thôi hưởng; còn đang học thì xét tiếp đến 22 tuổi")
