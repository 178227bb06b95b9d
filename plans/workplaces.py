"""Where in a unit people work and things stand: the unit itself, its hamlets, schools and facilities; whose they are."""

import re

from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

BELOW = ("hamlet", "school", "facility")
SHORT = re.compile(r"^(to dan pho|tdp|to|thon|xom|ap|ban|khom|khu pho|so)?\s*(?:so\s*)?0*(\w+)$")


def own_unit(officer, permission=Permission.PLAN_VIEW):
    """The unit whose staff the officer keeps or reads first: the first of his posts that may; None for nobody's."""
    return next(iter(officer.units_for(permission)), None)


def places_in(unit, on=None):
    """The unit and what lies right below it and has people of its own, as on the day (default: today, or its last day)."""
    day = unit.as_of(on or today())
    below = Unit.objects.filter(parent=unit, kind__in=BELOW, holding_for=None).on(day).select_related("parent")
    order = {kind: number for number, kind in enumerate(BELOW)}
    return [unit, *sorted(below, key=lambda row: (order[row.kind], row.code, row.pk))]


def ground_of(unit, officer):
    """Whose places to offer: of a hamlet or school its commune, where the officer edits that; else the unit itself."""
    above = unit.parent if unit.kind in BELOW else None
    return above if above is not None and officer.can_in(Permission.PLAN_EDIT, above) else unit


def hamlets_in(unit, on=None):
    """The hamlets among them."""
    return [place for place in places_in(unit, on) if place.kind == "hamlet"]


def place_called(text, places):
    """The place that a cell means: its whole name, or "tổ 3", "TDP 03", "3" for Tổ dân phố 3. None when none or several."""
    wanted = fold(text)
    exact = [place for place in places if fold(place.name) == wanted]
    if len(exact) == 1:
        return exact[0]
    word = SHORT.match(wanted)
    ends = [place for place in places if place.kind == "hamlet" and word and _last(place) == word[2].lstrip("0")]
    if len(ends) == 1:
        return ends[0]
    inside = [place for place in places[1:] if wanted and wanted in fold(place.name)]
    return inside[0] if len(inside) == 1 else None


def _last(place):
    return fold(place.name).split()[-1].lstrip("0")
