"""Gifts on festive days as officers tell them: how many, on which occasion, worth how much each."""

from django.db.models import Count

from childcare.lib.vietnamese import number
from reports.measures.flows import help_rows

GIFT = "S33"
SOME = "lễ, Tết"
MOST = 5


def lines(unit, window):
    """Sentences by occasion, the largest first: "Tặng 120 suất quà nhân dịp Tết Nguyên đán, trị giá 300.000 đồng/suất."."""
    rows = help_rows(unit, window).filter(kind__code=GIFT).values("occasion", "amount").annotate(gifts=Count("pk"))
    found = {}
    for row in rows.order_by():
        amounts = found.setdefault(row["occasion"].strip() or SOME, {})
        amounts[row["amount"]] = amounts.get(row["amount"], 0) + row["gifts"]
    largest = sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return tuple(_line(occasion, amounts) for occasion, amounts in largest[:MOST])


def _line(occasion, amounts):
    first = f"Tặng {number(sum(amounts.values()))} suất quà nhân dịp {occasion}"
    if set(amounts) == {None}:
        return f"{first}."
    if len(amounts) == 1:
        (amount,) = amounts
        return f"{first}, trị giá {number(amount)} đồng/suất."
    return f"{first}, tổng trị giá {number(sum((amount or 0) * count for amount, count in amounts.items()))} đồng."
