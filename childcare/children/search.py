"""Finding children by words of the name or by number, and those who look like one about to be added.

Words are compared folded ("nguyen thi hoa" finds "Nguyễn Thị Hoà"), each as the beginning of a word, in any order. The
same on both databases: LIKE on the stored folded name, within the officer's units by the index (unit, folded name).
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Concat

from childcare.accounts.roles import Permission
from childcare.children.actions.merging import lives_on_as
from childcare.children.codes import key_of
from childcare.children.identity import IGNORED, check
from childcare.children.listing import birth_text
from childcare.children.models import Child, ProtectedFile
from childcare.children.records import name_fields
from childcare.lib.calendar import today
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

LONGEST, MOST_WORDS = 120, 8
LIMIT, ALL, ENOUGH = 10, 200, 500


def words_of(text):
    """The folded words of a query."""
    return re.findall(r"[^\s,;.%_]+", fold(text[:LONGEST]))[:MOST_WORDS]


def has_words(words, field="folded_name"):
    """The condition that each word begins some word of the name."""
    wanted = Q()
    for word in words:
        wanted &= Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
    return wanted


def find(text, *, officer, limit=LIMIT):
    """(children, whether there are more): those of the officer's scope whose number, code or name answers to the text."""
    found = _answering(text, officer).select_related("unit", "unit__parent")
    rows = list(found.order_by("name_key", "pk")[: limit + 1])
    return rows[:limit], len(rows) > limit


def _answering(text, officer):
    children = Child.objects.visible_to(officer)
    number = IGNORED.sub("", text)
    if re.fullmatch(r"[0-9]{5,12}", number):
        return children.filter(identity_number=number)
    if code := _code(text):
        return children.filter(pk=lives_on_as(**code))
    words = words_of(text)
    if not words:
        return children.none()
    scope = officer.units_for(Permission.CHILD_VIEW)
    return _in_province(children, words) if any(unit.kind == "province" for unit in scope) else _in_places(words, scope)


def _code(text):
    """The condition of a code of a child, as it stands on paper or in an export; None when the text is none."""
    if key := key_of(text):
        return {"pk": key}
    try:
        return {"public_id": UUID(text.strip())}
    except ValueError:
        return None


def _in_places(words, scope):
    """Within communes: the index (unit, folded name). The name as an expression keeps PostgreSQL off the trigram index."""
    units = list(Unit.objects.under_any(scope).values_list("pk", flat=True))
    return Child.objects.alias(name_text=Concat("folded_name", Value(""))).filter(has_words(words, "name_text"), unit__in=units)


def _in_province(children, words):
    """In a whole province: the trigram index of PostgreSQL; of a frequent word the first found, without sorting them all."""
    return Child.objects.filter(pk__in=list(children.filter(has_words(words)).values_list("pk", flat=True)[:ENOUGH]))


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
