"""Finding children by words of the name or by number, and those who look like one about to be added.

Words are compared folded ("nguyen thi hoa" finds "Nguyễn Thị Hoà"), each as the beginning of a word, in any order. The
same on both databases: LIKE on the stored folded name, within the officer's units by the index (unit, folded name).
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from childcare.children.identity import IGNORED, check
from childcare.children.listing import birth_text
from childcare.children.models import Child, ProtectedFile
from childcare.children.records import name_fields
from childcare.lib.calendar import today
from childcare.lib.vietnamese import fold

LONGEST, MOST_WORDS = 120, 8
LIMIT, ALL = 10, 200


def words_of(text):
    """The folded words of a query."""
    return re.findall(r"[^\s,;.%_]+", fold(text[:LONGEST]))[:MOST_WORDS]


def has_words(words):
    """The condition that each word begins some word of the name."""
    wanted = Q()
    for word in words:
        wanted &= Q(folded_name__startswith=word) | Q(folded_name__contains=f" {word}")
    return wanted


def find(text, *, officer, limit=LIMIT):
    """(children, whether there are more): those of the officer's scope whose number, code or name answers to the text."""
    found = Child.objects.visible_to(officer).filter(_wanted(text)).select_related("unit", "unit__parent")
    rows = list(found.order_by("name_key", "pk")[: limit + 1])
    return rows[:limit], len(rows) > limit


def _wanted(text):
    number = IGNORED.sub("", text)
    if re.fullmatch(r"[0-9]{5,12}", number):
        return Q(identity_number=number)
    try:
        return Q(public_id=UUID(text.strip()))
    except ValueError:
        words = words_of(text)
        return has_words(words) if words else Q(pk__in=[])


@dataclass(frozen=True)
class Similar:
    """Children who may be the one about to be added: those that may be shown, and whether one lives elsewhere."""

    here: list
    elsewhere: bool

    def __bool__(self):
        return bool(self.here) or self.elsewhere


def similar(*, officer, full_name="", birth=None, identity_number="", but=None):
    """Children with the same valid number, or the same folded name and a birth date that may be the same.

    `but` is the public id of the one being added, which a repeated post has already made.

    Of a child out of the officer's scope it is told only that there is one; of one with a restricted file, or whose
    file excludes the officer, nothing at all.
    """
    wanted = Q(pk__in=[])
    number = check(identity_number)
    if number.valid:
        wanted |= Q(identity_number=number.number)
    folded = name_fields(full_name)["folded_name"]
    if folded:
        wanted |= Q(folded_name=folded) & _same_birth(birth)
    found = Child.objects.filter(wanted).exclude(public_id=but) if but else Child.objects.filter(wanted)
    here = list(found.visible_to(officer).select_related("unit", "unit__parent").order_by("name_key", "pk")[:LIMIT])
    closed = ProtectedFile.objects.filter(Q(restricted=True) | Q(access__officer=officer, access__kind="excluded"))
    others = found.exclude(pk__in=Child.objects.visible_to(officer)).exclude(pk__in=closed.values("child"))
    return Similar(here, others.exists())


def _same_birth(birth):
    if birth is None:
        return Q()
    return Q(birth_latest=None) | Q(birth_earliest__lte=birth.latest, birth_latest__gte=birth.earliest)


def line(child):
    """A found child in a line: address key, name, birth and place."""
    birth = birth_text(child.birth_latest, child.birth_precision, today())
    parent = child.unit.parent.name if child.unit.kind == "hamlet" and child.unit.parent else ""
    place = ", ".join(filter(None, [child.unit.name, parent]))
    left = "" if child.residing else " · đã chuyển đi hoặc tử vong"
    return {"public_id": child.public_id, "name": child.display_name, "about": f"{birth} · {place}{left}"}
