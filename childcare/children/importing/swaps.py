"""Offers that only a whole column of dates can justify: exchanged day and month, a heap of births on 1 January."""

import re

from childcare.children.importing import values

BIRTH, DECIDED = "day_month_swap", "decision_day_swap"
DECISION_DAYS = ("decision_on", "paper_on", "since")
HEAP, HEAP_SHARE = 5, 0.05
DAY_MONTH_YEAR = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*\d{1,2}\s*[/.\- ]\s*\d{2,4}\s*$")


def offer(found, on):
    """Put the offers on the rows of a sheet."""
    _births(found, on)
    for name in DECISION_DAYS:
        days = [(one, *one.days[name]) for one in found if name in one.days]
        if days and _day_first(text for _, _, kind, text in days if kind == "text"):
            for one, born, kind, _ in days:
                other = born.latest if born is not None and born.precision == "day" and kind == "true" else None
                _swap(one, name, other, DECIDED, on)


def _births(found, on):
    full = [one for one in found if one.birth is not None and one.birth.precision == "day"]
    day_first = _day_first(one.birth_text for one in full if one.birth_kind == "text")
    heap = [one for one in full if (one.birth.latest.day, one.birth.latest.month) == (1, 1)]
    heaped = len(heap) >= HEAP and len(heap) >= HEAP_SHARE * len(full)
    for one in full:
        day = one.birth.latest
        if day_first and one.birth_kind == "true" and _swap(one, "birth_date", day, BIRTH, on):
            continue
        if heaped and (day.day, day.month) == (1, 1):
            one.offer("birth_date", day.isoformat(), str(day.year), "year_only")


def _day_first(texts):
    """True when one of the texts begins with a figure that can be no month: then the list is written day/month."""
    return any((match := DAY_MONTH_YEAR.match(text)) and int(match[1]) > 12 for text in texts)


def _swap(one, name, day, kind, on):
    """Offer day and month of a true date exchanged, where that is another day and no later than `on`."""
    other = values.swapped(day) if day else None
    if other and other <= on:
        one.offer(name, day.isoformat(), other.isoformat(), kind)
    return bool(other and other <= on)
