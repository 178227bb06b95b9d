"""Questions about units and offices."""

from django.db import models
from django.db.models import Q

from childcare.lib.calendar import today
from childcare.lib.keyboard import parted, readings
from childcare.lib.vietnamese import clean_text, fold


def valid_on(day):
    """The condition that a dated row holds on the day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


def words_of(field, text):
    """The condition that a folded name holds every word of the text as it may be meant: Telex or VNI that the keyboard left
    in it, or words run together ("kieens an", "kienan"). True for an empty text.
    """
    wanted = Q()
    for word in fold(text).split():
        meant = Q()
        for reading in readings(word):
            meant |= Q(**{f"{field}__contains": reading})
        if len(parts := parted(word)) > 1:
            meant |= Q(**{f"{field}__contains": " ".join(parts)})
        wanted &= meant
    return wanted


class UnitQuerySet(models.QuerySet):
    def on(self, day):
        """Units valid on the day."""
        return self.filter(valid_on(day))

    def under(self, unit, on=None):
        """The unit and everything below it by one indexed prefix; with `on` only what was valid that day."""
        found = self.filter(path__startswith=unit.path)
        return found if on is None else found.filter(valid_on(on))

    def under_any(self, units):
        """Everything at or below any of the units; nothing for an empty list."""
        wanted = Q(pk__in=[])
        for unit in units:
            wanted |= Q(path__startswith=unit.path)
        return self.filter(wanted)

    def visible_to(self, officer):
        """The units at or below the officer's posts, of any time, and those that these followed. The only rule for units."""
        units = [row.unit for row in officer.current_appointments]
        former = [key for unit in units for key in unit.former_keys]
        wanted = Q(pk__in=former)
        for unit in units:
            wanted |= Q(path__startswith=unit.path)
        return self.filter(wanted)

    def by_code(self, code, on=None):
        """The unit that this code named on the day (default today). Raises DoesNotExist."""
        return self.on(on or today()).get(code=code)

    def named(self, text):
        """Units whose name holds every word, with or without tones, or whose code begins with the text; the parent may be
        named too, after a comma: "kien an, hai phong". Nothing for an empty text."""
        name, _, above = clean_text(text).partition(",")
        if not fold(name):
            return self.none()
        wanted = words_of("folded_name", name) | Q(code__startswith=name.strip())
        return self.filter(wanted, words_of("parent__folded_name", above))

    def called(self, text):
        """The same for a filter: all of them while nothing is typed."""
        return self.named(text) if fold(text) else self

    def communes(self):
        return self.filter(kind="commune")

    def hamlets_of(self, commune, on=None):
        """The hamlets of a commune in natural order of their names ("Tổ dân phố 2" before "10" is the caller's sort)."""
        return self.under(commune, on).filter(kind="hamlet").order_by("code")


class OfficeQuerySet(models.QuerySet):
    def on(self, day):
        """Offices valid on the day."""
        return self.filter(valid_on(day))
