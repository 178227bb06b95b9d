"""Conditions on dated rows, usable behind any relation: `prefix` is the path to the row, "" or "child__supports__"."""

from django.db.models import Case, CharField, Q, Value, When

from childcare.lib.calendar import SIXTEEN, birth_after_for_age
from reports.measures.catalogue import AGES

NO_MINORITY = ("", "E01", "E55", "E56")  # Kinh, foreigners, unknown: everybody else belongs to a minority


def valid(prefix="", known_at=None):
    """Rows that are there and not voided, as known now or as known at a moment."""
    there = Q(**{f"{prefix}pk__isnull": False}) if prefix else Q()
    if known_at is None:
        return there & Q(**{f"{prefix}voided_at": None})
    kept = Q(**{f"{prefix}voided_at": None}) | Q(**{f"{prefix}voided_at__gt": known_at})
    return there & kept & Q(**{f"{prefix}recorded_at__lte": known_at})


def overlaps(first, last, prefix=""):
    """Rows that hold at the end of some day from `first` to `last`; started "từ trước" = since ever."""
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": last})
    return begun & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": first}))


def holds(day, prefix=""):
    """Rows that hold at the end of the day."""
    return overlaps(day, day, prefix)


def aged(day, years=SIXTEEN, prefix="", at_least=0):
    """Younger than `years` on the day by the last day that the birth date allows; certainly unborn on it = not counted."""
    field = f"{prefix}birth_latest"
    found = Q(**{f"{prefix}birth_earliest__lte": day, f"{field}__gt": birth_after_for_age(years, day)})
    return found & Q(**{f"{field}__lte": birth_after_for_age(at_least, day)}) if at_least else found


def age_band(day, prefix="child__"):
    """The key of the age band on the day, "" outside them."""
    field = f"{prefix}birth_latest__gt"
    whens = [When(Q(**{field: birth_after_for_age(years, day)}), then=Value(key)) for key, years in AGES]
    return Case(*whens, default=Value(""), output_field=CharField())


def minority(prefix="child__"):
    """ "minority" for a child of an ethnic minority, else ""."""
    kinh = Q(**{f"{prefix}ethnic__in": NO_MINORITY})
    return Case(When(kinh, then=Value("")), default=Value("minority"), output_field=CharField())


def supported(window, prefix=""):
    """Supports that fall in the window: an act on its day, a running or ended one when it overlaps; whoever gave it."""
    act = Q(**{f"{prefix}running": False, f"{prefix}ended_on": None})
    once = act & Q(**{f"{prefix}started_on__gte": window.data_from, f"{prefix}started_on__lte": window.cutoff})
    # Said without "not": a negation behind a relation would ask for children without any such row.
    lasting = Q(**{f"{prefix}running": True}) | Q(**{f"{prefix}ended_on__isnull": False})
    return once | (lasting & overlaps(window.data_from, window.cutoff, prefix))
