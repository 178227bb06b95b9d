"""Which officers a case may concern: what is told of the suspect beside what officers declared of themselves and their kin.

A number (identity, telephone) tells the same person wherever the officer works. A name alone is common: it counts for the
officers of the commune, and for those of the units above only together with the year of birth.
docs/decisions/restricted_cases.md
"""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from cases.models import DeclaredPerson, Suspect
from childcare.accounts.models import Appointment, Officer
from childcare.children.actions.protection import commune_of
from childcare.children.models import Caregiver, Child, Household
from childcare.lib.calendar import today
from childcare.lib.encryption import blind_index
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

RUN = re.compile(r"[0-9]+(?:[\s.\-]+[0-9]+)*")
YEAR = re.compile(r"\b(19[3-9][0-9]|20[0-4][0-9])\b")
NOT_DIGIT = re.compile(r"[^0-9]")
# Words of the told text that say that the suspect is a parent of the child.
FATHER, MOTHER = {"bo", "cha", "ba", "bo de", "cha de"}, {"me", "ma", "me de"}
TOLD = ("suspect", "parents", "carer", "family")
HERE, ABOVE = "here", "above"


def digits_of(text):
    """The digits of a telephone or identity number as they are compared: +84 912… is 0912…; "" for too few."""
    digits = NOT_DIGIT.sub("", text or "")
    if digits.startswith("84") and len(digits) == 11:
        digits = f"0{digits[2:]}"
    return digits if len(digits) >= 9 else ""


def key_of(text):
    """The blind index of a number, "" for none. Telephones and identity numbers have one space of keys: a slip between the
    two boxes hides nobody."""
    digits = digits_of(text)
    return blind_index(f"person:{digits}") if digits else ""


def numbers_in(text):
    """Every number in a told text that may be a telephone or an identity number, however it is spaced."""
    found = set()
    for run in RUN.findall(text or ""):
        parts = re.findall("[0-9]+", run)
        for first in range(len(parts)):
            for last in range(first + 1, min(len(parts), first + 6) + 1):
                joined = "".join(parts[first:last])
                if 9 <= len(joined) <= 12:
                    found.add(digits_of(joined))
    return found


@dataclass
class Told:
    """What is known of the suspect and of the household in which the child lives."""

    numbers: set = field(default_factory=set)
    names: list = field(default_factory=list)  # (folded text in which a name may stand, years told beside it)

    def tells(self, name, born, *, strict):
        """True when a folded full name stands in what was told, and the year of birth does not speak against it."""
        if len(name.split()) < 2:
            return False
        for text, years in self.names:
            if f" {name} " in f" {text} " and (born in years if strict else not (born and years and born not in years)):
                return True
        return False


def told_of(case):
    """Gather it: the reports, the suspects recorded since, the child's household and that of the suspect's telephone."""
    suspects = list(Suspect.objects.filter(case=case, voided_at=None))
    return _gather(suspects, list(case.intakes.all()), case.child, case.unit)


def _gather(suspects, intakes, child, unit):
    told = Told()
    for row in suspects:
        told.numbers |= {digits_of(row.identity), digits_of(row.phone)}
        told.numbers |= numbers_in(row.note)
        told.names.append((fold(row.name), {row.born} if row.born else set()))
    for row in intakes:
        for name in TOLD:
            told.numbers |= numbers_in(getattr(row, name))
        told.names.append((_plain(row.suspect), {int(year) for year in YEAR.findall(row.suspect)}))
    parents = _parents(suspects, intakes)
    if parents:
        told.names += [(_plain(row.parents), {int(year) for year in YEAR.findall(row.parents)}) for row in intakes]
    _of_registry(told, child, unit, parents)
    told.numbers.discard("")
    return told


def _plain(text):
    return " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())


def _parents(suspects, intakes):
    """Which parents of the child are suspected, as fields of Child."""
    words = [f" {_plain(row.suspect)} " for row in intakes]
    relations = {row.relation for row in suspects}
    found = set()
    for name, relation, said in (("father_name", "father", FATHER), ("mother_name", "mother", MOTHER)):
        if relation in relations or any(f" {word} " in text for word in said for text in words):
            found.add(name)
    return found


def _of_registry(told, child, unit, parents):
    """The numbers of everybody in the child's household, and in the households of the commune with the suspect's telephone."""
    commune = commune_of(unit)
    phones = {number for number in told.numbers if len(number) <= 11}
    same = Q(pk__in=[])
    for phone in sorted(phones):
        same |= Q(found_by__contains=f" {phone}")
    places = Household.objects.filter(same, unit__path__startswith=commune.path)
    children = Child.objects.filter(same, unit__path__startswith=commune.path)
    houses = {*places.values_list("pk", flat=True), *children.values_list("household", flat=True)} - {None}
    if child is not None:
        told.names += [(fold(getattr(child, name)), set()) for name in parents]
        houses |= {child.household_id} - {None}
        told.numbers |= {digits_of(child.phone), digits_of(child.identity_number or "")}
        carers = Caregiver.objects.filter(child=child, voided_at=None).values_list("phone", flat=True)
        told.numbers |= {digits_of(phone) for phone in carers}
    told.numbers |= {digits_of(phone) for phone in Household.objects.filter(pk__in=houses).values_list("phone", flat=True)}
    for phone, number in Child.objects.filter(household__in=houses).values_list("phone", "identity_number"):
        told.numbers |= {digits_of(phone), digits_of(number or "")}


def near(case):
    """Officers with a post where the case is theirs to see: officer → HERE (the commune and below) or ABOVE.

    The commune to which it was sent is one of them before anybody there opens it.
    """
    lives = {commune_of(case.child.unit)} if case.child and case.child.unit else set()
    sent = Unit.objects.filter(pk__in=case.handovers.filter(answered_at=None).values("to_unit"))
    return _around({commune_of(case.unit)} | lives | set(sent))


def _around(communes):
    paths = {commune.path for commune in communes}
    above = {int(part) for path in paths for part in path.strip(".").split(".")}
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(unit__path__startswith=path)
    posts = Appointment.objects.on(today()).filter(below | Q(unit__in=above), officer__is_active=True)
    found = {}
    for post in posts.select_related("officer", "unit").order_by("pk"):
        here = any(post.unit.path.startswith(path) for path in paths)
        if here or post.officer not in found:
            found[post.officer] = HERE if here else ABOVE
    return found


def involved(case, officers=None):
    """Keys of the officers whom the case may concern; of these officers only when some are given."""
    found = _matched(told_of(case), near(case))
    return found if officers is None else found & {officer.pk for officer in officers}


def involved_in_notice(notice, unit):
    """The same of a report that is no case yet, sent from the unit or lying there."""
    return _matched(_gather([], [notice], None, unit), _around({commune_of(unit)}))


def _matched(told, around):
    keys = {key_of(number) for number in told.numbers}
    declared = DeclaredPerson.objects.filter(Q(identity_key__in=keys) | Q(phone_key__in=keys))
    found = set(declared.values_list("officer", flat=True))
    persons = DeclaredPerson.objects.filter(officer__in=around).select_related("officer")
    for person in persons:
        strict = around[person.officer] == ABOVE
        if told.tells(fold(person.name), person.born, strict=strict):
            found.add(person.officer_id)
    for officer, place in around.items():
        if digits_of(officer.phone) in told.numbers or place == HERE and told.tells(officer.folded_name, None, strict=False):
            found.add(officer.pk)
    return set(Officer.objects.filter(pk__in=found).values_list("pk", flat=True))
