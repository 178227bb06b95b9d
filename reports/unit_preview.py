"""What a change of units concerns, in numbers: the administrator sees no child."""

from collections import Counter

from django.db.models import Count

from childcare.accounts.unit_changes import posts_of
from childcare.children.actions.unit_changes import living_in
from childcare.children.models import Household
from childcare.units.actions import drafting
from childcare.units.models import Office, Unit
from plans.models import Plan
from reports.models import Obligation


def numbers(change):
    """A dict for every ending line: children, households, hamlets, posts, offices, plans, owed reports, and where it goes.

    A fixed number of grouped queries, however many units end.
    """
    rows, on = drafting.lines(change), change.effective_on
    under = _units_under([row.unit for row, _ in rows])
    counts = {
        "children": _by_unit(living_in(list(under), on).filter(ended_on=None)),
        "households": _by_unit(Household.objects.filter(unit__in=list(under))),
        "posts": Counter(post.unit_id for post in posts_of(list(under), on)),
        "offices": _by_unit(Office.objects.on(on).filter(unit__in=list(under))),
        "plans": _by_unit(Plan.objects.filter(unit__in=list(under), last_year__gte=on.year)),
        "owed": _by_unit(Obligation.objects.filter(unit__in=list(under), cutoff__gte=on)),
        "hamlets": Counter(pk for pk, (_, kind) in under.items() if kind == "hamlet"),
    }
    found = {row.unit_id: {"line": row, "into": into, **dict.fromkeys(counts, 0)} for row, into in rows}
    for name, by_unit in counts.items():
        for pk, count in by_unit.items():
            found[under[pk][0]][name] += count
    return list(found.values())


def _units_under(units):
    """Key of every unit at or below these → (key of the ending one, kind)."""
    rows = Unit.objects.under_any(units).values_list("pk", "path", "kind")
    # A ward that ends by a line of its own is told there and not with its district.
    deepest = sorted(units, key=lambda unit: -len(unit.path))
    return {pk: (next(unit.pk for unit in deepest if path.startswith(unit.path)), kind) for pk, path, kind in rows}


def _by_unit(rows):
    return dict(rows.order_by().values_list("unit").annotate(count=Count("pk")))


def split_posts(change):
    """(post, the beginning lines among which it goes, the position chosen) of officers in units that are split."""
    found = []
    for row, into in drafting.lines(change):
        if len(into) > 1:
            for post in posts_of([row.unit_id], change.effective_on):
                found.append((post, into, change.posts.get(str(post.pk), into[0].position)))
    return found
