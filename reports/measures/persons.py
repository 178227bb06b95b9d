"""Children with a circumstance, a risk or a support: read by three statements, then looked at one by one.

There are few of them (some hundredths of all), so what is easy to say about one child is said in Python, once, for every
unit, group and breakdown at the same time.
"""

from django.db.models import BigIntegerField, BooleanField, Exists, OuterRef, Q, Value

from childcare.children.models import Caregiver, Circumstance, Membership, PovertyStatus, Residence
from childcare.lib.calendar import birth_after_for_age
from reports.measures.catalogue import AGES, OF_EVERYBODY
from reports.measures.conditions import NO_MINORITY, aged, holds, overlaps, supported, valid

POOR, NEAR = "R10", "R11"  # risks computed from the class of the household
POVERTY = {"poor": POOR, "near": NEAR}
CHILD = ("child_id", "child__birth_earliest", "child__birth_latest", "child__sex", "child__ethnic", "place")
STAY = ("started_on", "ended_on", "start_reason", "end_reason", "child__insurance_number", "child__insurance_until")


class Fact:
    """A circumstance or risk as it was read: code, days, and who holds the restriction when there is one."""

    __slots__ = ("code", "started_on", "ended_on", "file", "holder")

    def __init__(self, code, started_on=None, ended_on=None, file=None, holder=None):
        self.code, self.started_on, self.ended_on, self.file, self.holder = code, started_on, ended_on, file, holder

    def holds(self, day):
        """True at the end of the day."""
        return (self.started_on is None or self.started_on <= day) and (self.ended_on is None or self.ended_on > day)


class Person:
    """A child with its stays, facts and supports."""

    __slots__ = ("key", "earliest", "birth", "sex", "ethnic", "card", "cared", "stays", "facts", "aids")

    def __init__(self, key, earliest, birth, sex, ethnic):
        self.key, self.earliest, self.birth, self.sex, self.ethnic = key, earliest, birth, sex, ethnic
        self.stays, self.facts, self.aids, self.card, self.cared = {}, {}, {}, False, False

    def under(self, years, day):
        """Younger than so many years on the day, and born by then as far as the birth date tells."""
        return self.birth is not None and self.earliest <= day and birth_after_for_age(years, day) < self.birth

    def unit_on(self, day):
        """Where the child lived at the end of the day, or None."""
        for (unit, first, last), _ in self.stays.items():
            if (first is None or first <= day) and (last is None or last > day):
                return unit
        return None

    def opening_unit(self, day):
        """Where it lived at the end of the day before the period; a change of the unit itself is followed to the new unit.

        A stay that began by such a change goes on from a unit outside the scope, one that ended by it goes on there: no flow.
        """
        for (unit, first, last), _ in self.stays.items():
            if (first is None or first <= day) and (last is None or last > day):
                return self._followed((unit, first, last))
        renamed = [stay for stay in self.stays if stay[1] and self._renamed(stay) and not self._came_from(stay)]
        return self._followed(min(renamed, key=lambda stay: stay[1])) if renamed else None

    def _renamed(self, stay):
        """True when the stay began because the unit changed, not the child."""
        return self.stays[stay][0] == Residence.Reason.UNIT_CHANGE

    def _came_from(self, stay):
        """The stay that went on as this one when the unit changed, as far as it is known here."""
        return [other for other in self.stays if other[2] == stay[1] and self.stays[other][1] == Residence.Reason.UNIT_CHANGE]

    def _followed(self, stay):
        while self.stays[stay][1] == Residence.Reason.UNIT_CHANGE:
            after = [other for other in self.stays if other[1] == stay[2] and other != stay and self._renamed(other)]
            if not after:
                return None
            stay = after[0]
        return stay[0]

    def only_poor(self):
        """(unit, risk) of a child about whom nothing is known but that the household is poor or near-poor, else None."""
        if self.aids or len(self.facts) != 1 or len(self.stays) != 1:
            return None
        (fact,), ((unit, _, _),) = self.facts.values(), self.stays
        return (unit, fact.code) if fact.code in (POOR, NEAR) else None

    def died(self):
        return any(reasons[1] == Residence.Reason.DEATH for reasons in self.stays.values())

    def keys(self, by, day):
        """The breakdown keys of the child on the day: total, sex, age band, minority, poor."""
        found = [""]
        if "sex" in by and self.sex:
            found.append(f"sex={self.sex}")
        if "age" in by:
            found += [key for key, years in AGES if self.under(years, day)][:1]
        if "minority" in by and self.ethnic not in NO_MINORITY:
            found.append("minority")
        if "poor" in by:
            codes = {fact.code for fact in self.facts.values()}
            found += [word for word, code in POVERTY.items() if code in codes]
        return found


class People(dict):
    """Persons by the key of the child."""

    def __init__(self, scope, kinds=None):
        super().__init__()
        self.scope, self.window, self.kinds = scope, scope.window, kinds
        self._read_circumstances()
        self._read_households()
        self._read_supports()

    def _person(self, row):
        """The child of a row, found again or made; one who comes in only now lives in the unit at the cut-off."""
        person = self.get(row[0])
        if person is None:
            person = self[row[0]] = Person(*row[:5])
            person.stays[row[5], None, None] = ("", "")
        return person

    def _stays(self, where=None):
        """Stays of the scope. `where`: also those in units that had ended by the cut-off, from which somebody may have left."""
        rows = Residence.objects.filter(valid(known_at=self.window.known_at), where or self.scope.stock("unit"))
        return rows.annotate(place=self.scope.place())

    def _read_circumstances(self):
        """Circumstances, local groups and risks of the child itself that held at some time from the opening to the cut-off."""
        window, at = self.window, "child__circumstances__"
        span = overlaps(window.opening, window.cutoff, at)
        carer = Caregiver.objects.filter(valid(known_at=window.known_at), holds(window.cutoff), child=OuterRef("child"))
        rows = self._stays(self.scope.inside("unit")).filter(overlaps(window.opening, window.cutoff))
        rows = rows.filter(valid(at, window.known_at) & span).annotate(cared=Exists(carer))
        names = (
            "pk",
            "kind__code",
            "started_on",
            "ended_on",
            "protected_file",
            "protected_file__restricted",
            "protected_file__held_by",
        )
        for row in rows.values_list(*CHILD, *STAY, "cared", *(f"{at}{name}" for name in names)):
            first, last, why, why_not, card, until, cared, key, code, since, end, file, restricted, holder = row[len(CHILD) :]
            person = self.get(row[0])
            if person is None:
                person = self[row[0]] = Person(*row[:5])
                person.card, person.cared = bool(card) and (until is None or until >= window.cutoff), cared
            person.stays[row[5], first, last] = (why, why_not)
            person.facts[key] = Fact(code, since, end, file, holder if restricted else None)

    def _households(self):
        """Memberships of the cut-off day."""
        at = "child__memberships__"
        return valid(at, self.window.known_at) & holds(self.window.cutoff, at)

    def _read_households(self):
        """Poor and near-poor households of the year, and risks of the household, for its children at the cut-off."""
        window, house = self.window, "child__memberships__household__"
        living = self._stays().filter(holds(window.cutoff), aged(window.cutoff, prefix="child__"))
        poverty, risk = f"{house}poverty__", f"{house}circumstances__"
        names = ("kind__code", "pk", "protected_file", "protected_file__restricted", "protected_file__held_by")
        risky = living.filter(self._households() & valid(risk, window.known_at) & holds(window.cutoff, risk))
        level = Q(**{f"{poverty}year": window.year, f"{poverty}level__in": list(POVERTY)})
        poor = living.filter(self._households() & valid(poverty, window.known_at) & level).annotate(
            file=Value(None, BigIntegerField()), restricted=Value(None, BooleanField()), holder=Value(None, BigIntegerField())
        )
        both = risky.values_list(*CHILD, *(f"{risk}{name}" for name in names)).union(
            poor.values_list(*CHILD, f"{poverty}level", f"{poverty}pk", "file", "restricted", "holder"), all=True
        )
        for row in both:
            person, (code, key, file, restricted, holder) = self._person(row), row[len(CHILD) :]
            code = POVERTY.get(code, code)
            person.facts["house", code, key] = Fact(code, file=file, holder=holder if restricted else None)

    def _read_supports(self):
        """Counted supports of the window for these children, and of some kinds for every child."""
        window, at = self.window, "child__supports__"
        whose = in_need(window) | Q(**{f"{at}kind__code__in": OF_EVERYBODY})
        operated = Q(**{f"{at}kind__code": "S08", f"{at}started_on__lte": window.cutoff})
        kept = valid(at, window.known_at) & Q(**{f"{at}kind__counted": True}) & (supported(window, at) | operated) & whose
        rows = self._stays().filter(holds(window.cutoff)).filter(kept)
        names = ("pk", "kind__code", "started_on", "ended_on", "running", "protected_file")
        names += ("protected_file__restricted", "protected_file__held_by")
        for row in rows.values_list(*CHILD, *(f"{at}{name}" for name in names)):
            key, code, first, last, running, file, restricted, holder = row[len(CHILD) :]
            self._person(row).aids[key] = (code, first, last, running, file, holder if restricted else None)


def in_need(window):
    """The condition of having a circumstance of one's own, or living in a household that is poor or at risk."""
    known = window.known_at
    own = Circumstance.objects.filter(valid(known_at=known), holds(window.cutoff), child__isnull=False)
    poor = PovertyStatus.objects.filter(valid(known_at=known), year=window.year, level__in=list(POVERTY))
    risky = Circumstance.objects.filter(valid(known_at=known), holds(window.cutoff), household__isnull=False)
    houses = Q(household__in=poor.values("household")) | Q(household__in=risky.values("household"))
    members = Membership.objects.filter(valid(known_at=known), holds(window.cutoff)).filter(houses)
    return Q(child__in=own.values("child")) | Q(child__in=members.values("child"))
