"""Finding children by words or by number, and those who look like one about to be added.

Words are compared folded ("nguyen thi hoa" finds "Nguyễn Thị Hoà"), each as the beginning of a word, in any order: first
in the child's own name, then also in the names of its parents, of the head of its household and of its hamlet. When nothing
answers, the words are read as Telex or VNI that was not turned into Vietnamese, at last as syllables with misplaced spaces.

The same on both databases: LIKE on stored folded texts, within the officer's units by the index (unit, folded name). Only
where a whole province is searched do the trigram indexes of PostgreSQL find the keys first: there a space stands before every
word of the text that is searched, so that one scan of one index finds the rows in which all words meet.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat, Reverse

from childcare.accounts.roles import Permission
from childcare.children.actions.merging import lives_on_as
from childcare.children.codes import key_of
from childcare.children.identity import IGNORED, check
from childcare.children.models import Child, Household
from childcare.children.records import name_fields
from childcare.children.row_texts import birth_text
from childcare.lib.calendar import today
from childcare.lib.keyboard import parted, readings
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

LONGEST, MOST_WORDS = 120, 8
LIMIT, ALL, ENOUGH, RARE = 10, 200, 500, 2000
# The name with a space before every word, as `found_by` has it; its trigram index is the migration 0024_spaced_name.
SPACED = Func(F("folded_name"), template="(' ' || %(expressions)s)", output_field=TextField())
DIGITS = re.compile(r"\+?[0-9]{4,13}")
YEAR = re.compile(r"(19|20)[0-9]{2}")


def words_of(text):
    """The folded words of a query."""
    return re.findall(r"[^\s,;.%_]+", fold(text[:LONGEST]))[:MOST_WORDS]


def find(text, *, officer, limit=LIMIT, own=False):
    """(children, whether there are more): those of the officer's scope who answer to the text, the likeliest first.

    `own`: only by the child's own name, whole number or code as they stand, where the answer is taken for the child meant.
    """
    rows = _meant(text, officer, limit + 1) if own else _answering(text, officer, limit + 1)
    return rows[:limit], len(rows) > limit


def _meant(text, officer, most):
    children = Child.objects.visible_to(officer)
    number, code, words = IGNORED.sub("", text), _code(text), words_of(text)
    if DIGITS.fullmatch(number):
        return _first(children.filter(identity_number=number), most)
    if code:
        return _first(children.filter(pk=lives_on_as(**code)), most)
    return _first(children.filter(has_words([(word,) for word in words], "folded_name")), most) if words else []


def _answering(text, officer, most):
    children, scope = Child.objects.visible_to(officer), officer.units_for(Permission.CHILD_VIEW)
    everywhere = any(unit.kind == "province" for unit in scope)
    number = IGNORED.sub("", text)
    if DIGITS.fullmatch(number):
        number = number.removeprefix("+")
        return _first(_number_of_province(children, number) if everywhere else _number_of_places(scope, number), most)
    if code := _code(text):
        return _first(children.filter(pk=lives_on_as(**code)), most)
    words = words_of(text)
    if not words or not scope:
        return []
    ask = _of_province(children) if everywhere else _of_places(_units_of(scope))
    for forms in _readings(words):
        by_name, by_others = ask(forms)
        rows = _first(by_name(), most)
        if len(rows) < most:
            rows += _first(by_others().exclude(pk__in=[child.pk for child in rows]), most - len(rows))
        if rows:
            return rows
    return []


def _first(children, most):
    return list(children.select_related("unit", "unit__parent").order_by("name_key", "pk")[:most])


def _code(text):
    """The condition of a code of a child, as it stands on paper or in an export; None when the text is none."""
    if key := key_of(text):
        return {"pk": key}
    try:
        return {"public_id": UUID(text.strip())}
    except ValueError:
        return None


def _endings(number):
    """(the identity number backwards, the telephone): whole or last digits; 84… is the telephone 0…"""
    return number[::-1], "0" + number[2:] if number.startswith("84") and len(number) > 10 else number


def _number_of_places(scope, number):
    """By the identity number or a telephone within communes."""
    (backwards, phone), units = _endings(number), [pk for pk, _ in _units_of(scope)]
    houses = Household.objects.filter(unit__in=units, found_by__endswith=phone)
    wanted = Q(reversed_number__startswith=backwards) | Q(found_by__endswith=phone) | Q(household__in=houses)
    return Child.objects.alias(reversed_number=Reverse("identity_number")).filter(wanted, unit__in=units)


def _number_of_province(children, number):
    """The same in a whole province: keys first and alone."""
    backwards, phone = _endings(number)
    numbered = Child.objects.alias(reversed_number=Reverse("identity_number")).filter(reversed_number__startswith=backwards)
    keys = _first_keys(numbered) + _first_keys(Child.objects.filter(found_by__endswith=phone))
    return children.filter(pk__in=keys + _at_home(Household.objects.filter(found_by__endswith=phone)))


def _at_home(houses):
    """Keys of the children of the first of these households."""
    return list(Child.objects.filter(household__in=_first_keys(houses)).order_by().values_list("pk", flat=True))


def _first_keys(rows, most=RARE):
    return list(rows.order_by().values_list("pk", flat=True)[:most])


def _readings(words):
    """What the words may be, in turn: each a tuple of words, each word a tuple of the forms that it may have."""
    plain = tuple((word,) for word in words)
    yield plain
    read = tuple(readings(word) for word in words)
    if read != plain:
        yield read
    other = tuple((word,) for word in parted("".join(forms[-1] for forms in read)))
    if other and other not in (plain, tuple(forms[-1:] for forms in read)):
        yield other


def begins_word(forms, field):
    """The condition that one of the forms begins some word of the text; in some fields a space stands before every word."""
    wanted = Q()
    for form in forms:
        wanted |= Q(**{f"{field}__contains": f" {form}"})
        if not field.endswith(("found_by", "spaced_name")):
            wanted |= Q(**{f"{field}__startswith": form})
    return wanted


def has_words(words, *fields):
    """The condition that each word, in one of its forms, begins some word of one of the fields."""
    wanted = Q()
    for forms in words:
        anywhere = Q()
        for field in fields:
            anywhere |= begins_word(forms, field)
        wanted &= anywhere
    return wanted


def _years_apart(words):
    """ "hoa 2016": (the words, the condition of birth in the year); a year alone is a word like others."""
    years = [int(forms[0]) for forms in words if YEAR.fullmatch(forms[0])]
    names = [forms for forms in words if not YEAR.fullmatch(forms[0])]
    return (names, Q(birth_latest__year__in=years)) if years and names else (words, Q())


def _units_of(scope):
    return list(Unit.objects.under_any(scope).order_by().values_list("pk", "name"))


def _of_places(units):
    """Within communes, by the index (unit, folded name). The name as an expression keeps PostgreSQL off the trigram index."""
    keys = [pk for pk, _ in units]
    lived = Child.objects.alias(name_text=Concat("folded_name", Value(""))).filter(unit__in=keys)
    lived_in = Household.objects.filter(unit__in=keys)

    def ask(words):
        names, born = _years_apart(words)

        def by_others():
            wanted = Q()
            for forms in names:
                place = [pk for pk, name in units if _names_place(forms, name)]
                houses = lived_in.filter(begins_word(forms, "found_by"))
                wanted &= has_words([forms], "name_text", "found_by") | Q(household__in=houses) | Q(unit__in=place)
            return lived.filter(born, wanted)

        return lambda: lived.filter(born, has_words(names, "name_text")), by_others

    return ask


def _names_place(forms, name):
    """True when a form begins a word of the name of a place, or is its letters: "tdp" of Tổ dân phố 3."""
    words = fold(name).split()
    letters = "".join(word[0] for word in words if word.isalpha())
    return any(form == letters and len(form) > 1 or any(word.startswith(form) for word in words) for form in forms)


def _of_province(children):
    """In a whole province: keys first and alone, by the trigram indexes; then the scope, asked of those few."""

    def ask(words):
        names, born = _years_apart(words)

        def by_others():
            homes = _at_home(Household.objects.filter(has_words(names, "found_by")))
            return children.filter(born, pk__in=homes + _first_keys(Child.objects.filter(born, has_words(names, "found_by"))))

        return lambda: _named(children, names, born), by_others

    return ask


def _named(children, names, born):
    """By their own name. Of a frequent word the first found, without sorting them all."""
    wanted = Q(born, has_words(_longest(names), "spaced_name"))
    keys = _first_keys(Child.objects.alias(spaced_name=SPACED).filter(wanted), RARE + 1)
    if len(keys) > RARE:
        seen = _first_keys(children.filter(pk__in=keys[:ENOUGH]), ENOUGH)
        keys = seen if len(seen) == ENOUGH else _first_keys(children.alias(spaced_name=SPACED).filter(wanted), ENOUGH)
    return children.filter(pk__in=keys)


def _longest(words):
    """Without the words that begin another one: who answers to "minh" answers to "min" as well."""
    alone = [forms[0] for forms in words if len(forms) == 1]
    begun = [one for one in alone if any(other != one and other.startswith(one) for other in alone)]
    return [forms for forms in dict.fromkeys(map(tuple, words)) if len(forms) > 1 or forms[0] not in begun]


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

    Of a child out of the officer's scope it is told only that there is one, whatever files it has: a restriction hides
    the file and its facts, never the child, and an answer that changed with it would give the file away.
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
    others = found.exclude(pk__in=Child.objects.visible_to(officer))
    return Similar(here, others.exists())


def _same_birth(birth):
    if birth is None:
        return Q()
    return Q(birth_latest=None) | Q(birth_earliest__lte=birth.latest, birth_latest__gte=birth.earliest)


def line(child):
    """A found child in a line: address key, name, birth, place and a parent, by whom two of one name are told apart."""
    birth = birth_text(child.birth_latest, child.birth_precision, today())
    parent = child.unit.parent.name if child.unit.kind == "hamlet" and child.unit.parent else ""
    place = ", ".join(filter(None, [child.unit.name, parent]))
    kin = f" · mẹ: {child.mother_name}" if child.mother_name else f" · cha: {child.father_name}" if child.father_name else ""
    left = "" if child.residing else " · đã chuyển đi hoặc tử vong"
    return {"public_id": child.public_id, "name": child.display_name, "about": f"{birth} · {place}{kin}{left}"}
