"""Loại hộ của năm: which households were poor or near poor last year, and what they are this year. No query a row."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from childcare.children.models import Child, Household, PovertyStatus
from childcare.units.models import Unit

POOR = [PovertyStatus.Level.POOR, PovertyStatus.Level.NEAR]
WORDS = dict(PovertyStatus.Level.choices)
CHOICES = [("", "Chưa quyết định"), ("poor", "Hộ nghèo"), ("near", "Hộ cận nghèo"), ("other", "Không còn nghèo, cận nghèo")]


@dataclass(frozen=True)
class Line:
    """A household of the list: its class of last year and of this year, "" when there is none."""

    household: Household
    before: str
    now: str

    @property
    def key(self):
        return str(self.household.public_id)

    @property
    def before_word(self):
        return WORDS.get(self.before, "không có")

    @property
    def now_word(self):
        return WORDS.get(self.now, "")


def households(officer, unit, year):
    """Households with children living here that were or are poor or near poor, in the units where the officer may record."""
    classes = PovertyStatus.objects.valid().filter(household=OuterRef("pk"), year__in=[year - 1, year], level__in=POOR)
    children = Child.objects.filter(household=OuterRef("pk"), residing=True)
    mine = Household.objects.visible_to(officer).recordable_by(officer).filter(unit__path__startswith=unit.path)
    return mine.filter(Exists(classes), Exists(children))


def lines(officer, unit, year):
    """The list, by hamlet and head of the household. Two queries."""
    rows = list(households(officer, unit, year).select_related("unit").order_by("unit__code", "head_folded", "pk"))
    found = PovertyStatus.objects.valid().filter(year__in=[year - 1, year], household__in=households(officer, unit, year))
    levels = {(house, of): level for house, of, level in found.values_list("household", "year", "level")}
    return [Line(row, levels.get((row.pk, year - 1), ""), levels.get((row.pk, year), "")) for row in rows]


def missing(officer, units, year):
    """How many households that were poor or near poor last year have no class of the year."""
    this_year = PovertyStatus.objects.valid().filter(household=OuterRef("pk"), year=year)
    last_year = PovertyStatus.objects.valid().filter(household=OuterRef("pk"), year=year - 1, level__in=POOR)
    children = Child.objects.filter(household=OuterRef("pk"), residing=True)
    inside = Q(pk__in=[])
    for unit in units:
        inside |= Q(unit__path__startswith=unit.path)
    mine = Household.objects.visible_to(officer).filter(inside)
    return mine.filter(Exists(last_year), Exists(children), ~Exists(this_year)).count()


def lacks_class(household, year):
    """True for a household that was poor or near poor last year and has no class of the year."""
    found = dict(
        PovertyStatus.objects.valid().filter(household=household, year__in=[year - 1, year]).values_list("year", "level")
    )
    return year not in found and found.get(year - 1) in POOR


def places(units, on):
    """The communes and hamlets in which a list can be made."""
    below = Unit.objects.under_any(units).on(on).filter(kind__in=["commune", "hamlet"])
    return {str(unit.public_id): unit for unit in below.order_by("path")}
