"""Which places an officer may choose on the pages of the registry, valid on a day and in natural order."""

import re

from django.db.models import Q

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.children.actions.protection import commune_of
from childcare.lib.calendar import today
from childcare.lib.compiled import compiled
from childcare.units.models import Unit


def day_of(unit):
    """The day as of which pages of the unit are shown: today, or its last day."""
    return unit.as_of(today()) if unit else today()


def natural(unit):
    """Sort key: "Tổ dân phố 2" stands before "Tổ dân phố 10"."""
    return natural_text(unit.name)


def natural_text(name):
    """The same key of a name alone."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name.casefold()) if part]


def scope(officer, permission=Permission.CHILD_VIEW):
    """The units in which the officer holds the permission."""
    return officer.units_for(permission)


def as_of(officer):
    """The day of the officer's pages: today, or the last day of his unit."""
    units = scope(officer)
    return day_of(units[0] if units else None)


def filter_places(officer, chosen=None):
    """Places of a filter: communes of a district, hamlets of a commune; with a commune chosen its hamlets too."""
    places = []
    for own in scope(officer):
        below = Unit.objects.under(own, day_of(own))
        if own.kind in ("province", "district"):
            communes = sorted(below.filter(kind="commune"), key=natural)
            hamlets = sorted(below.filter(kind="hamlet", path__startswith=chosen.path), key=natural) if chosen else []
            places += communes + hamlets
        else:
            places += [own, *sorted(below.filter(kind="hamlet"), key=natural)] if own.kind == "commune" else [own]
    return list(dict.fromkeys(places))


def filter_units(officer):
    """(places of a filter, keys of all units of the scope whatever their day), or ((), None) above a commune: one query."""
    scopes = scope(officer)
    if any(own.kind in ("province", "district") for own in scopes):
        return (), None
    below = _below.rows(path=scopes[0].path) if len(scopes) == 1 else list(Unit.objects.under_any(scopes).order_by())
    places = []
    for own in scopes:
        hamlets = [unit for unit in below if unit.kind == "hamlet" and unit.is_under(own) and unit.valid_on(day_of(own))]
        places += [own, *sorted(hamlets, key=natural)] if own.kind == "commune" else [own]
    return list(dict.fromkeys(places)), [unit.pk for unit in below]


@compiled(path=Unit._meta.get_field("path"))
def _below(path):
    """The unit of a path and all below it: every list of an officer of one commune asks."""
    return Unit.objects.filter(path__startswith=path).order_by()


def homes(officer, permission=Permission.CHILD_EDIT):
    """Where the officer may say that a child lives: hamlets of his communes, last the commune itself ("chưa rõ")."""
    found = []
    for own in scope(officer, permission):
        found += Unit.objects.under(own, day_of(own)).filter(kind__in=["commune", "hamlet"])
    return sorted(dict.fromkeys(found), key=lambda unit: (unit.kind == "commune", natural(unit)))


def near(child):
    """Where a child may move without anybody acknowledging it: its commune ("chưa rõ") and the hamlets there."""
    commune = commune_of(child.unit)
    hamlets = Unit.objects.under(commune, day_of(commune)).filter(kind="hamlet")
    return [commune, *sorted(hamlets, key=natural)]


def far(unit):
    """Communes to which a child of the unit may go: those of the province and all that use the registry."""
    commune = commune_of(unit)
    posts = Appointment.objects.on(today()).holding(Permission.CHILD_EDIT, GRANTS)
    known = Q(path__startswith=f".{commune.ancestor_keys[0]}.") | Q(pk__in=posts.values("unit"))
    return Unit.objects.on(day_of(commune)).communes().filter(known).exclude(pk=commune.pk).order_by("path")


def far_and_own(unit):
    """Communes in which somebody of a school may live: those of its province, its own among them."""
    return Unit.objects.on(day_of(unit)).communes().filter(path__startswith=f".{unit.ancestor_keys[0]}.").order_by("path")


def far_from(officer):
    """The same for every commune where the officer changes children."""
    found = Unit.objects.none()
    for unit in {commune_of(own): 1 for own in scope(officer, Permission.CHILD_EDIT)}:
        found |= far(unit)
    return found.order_by("path")
