"""Spans of days of dated rows: (first day or None = since ever, first day on which it no longer holds or None = still)."""

from datetime import date

LOW, HIGH = 0, date.max.toordinal() + 1


def _numbers(span):
    first, last = span
    return LOW if first is None else first.toordinal(), HIGH if last is None else last.toordinal()


def without(span, others):
    """What is left of a span where none of the others holds, in order."""
    left = [_numbers(span)]
    for other in others:
        first, last = _numbers(other)
        parts = [part for begin, end in left for part in ((begin, min(end, first)), (max(begin, last), end))]
        left = [(begin, end) for begin, end in parts if begin < end]
    return [(_day(begin), _day(end)) for begin, end in left]


def _day(number):
    return None if number in (LOW, HIGH) else date.fromordinal(number)


def overlapping(rows, key):
    """Dated rows in lists of those that share the key and hold on a common day, directly or one through the other."""
    found, last, until = [], None, LOW
    for row in sorted(rows, key=lambda row: (key(row), *_numbers((row.started_on, row.ended_on)), row.pk)):
        first, end = _numbers((row.started_on, row.ended_on))
        if found and key(row) == last and first < until:
            found[-1].append(row)
            until = max(until, end)
        else:
            found.append([row])
            last, until = key(row), end
    return found
