"""Which of many children may be one and the same, how sure that is, and why. Pure: no query.

Only children that share one of a few keys are compared (the same number, the same name and year, the same birth and mother or
household …), so that twenty thousand are compared in a second or two. A score is a sum of points for and against; its
reasons are codes that `words` turns into the officer's sentence. Twins are found as such and are not proposed as the same.
"""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from childcare.lib.vietnamese import fold

LIKELY, POSSIBLE = 70, 50
POINTS = {
    "number_same": 60, "number_zero": 50, "number_digit": 30, "number_swap": 30, "number_differs": -20,
    "name_same": 30, "name_near": 10, "name_differs": -25,
    "birth_same": 25, "birth_swapped": 20, "birth_year": 10, "birth_part": 10, "birth_differs": -25,
    "mother_same": 20, "mother_differs": -20, "father_same": 5, "house_same": 10, "phone_same": 5, "sex_differs": -15,
}  # fmt: skip
SAME = {
    "name_same": "họ tên", "birth_same": "ngày sinh", "mother_same": "tên mẹ", "father_same": "tên cha", "house_same": "hộ",
    "phone_same": "điện thoại",
}  # fmt: skip
WORDS = {
    "number_same": "trùng số định danh", "number_zero": "số định danh thiếu số 0 ở đầu",
    "number_digit": "số định danh lệch một chữ số", "number_swap": "số định danh đảo hai chữ số cạnh nhau",
    "name_near": "họ tên gần giống", "birth_swapped": "ngày sinh đảo ngày/tháng",
    "birth_year": "cùng ngày tháng, lệch năm sinh", "birth_part": "năm sinh phù hợp",
}  # fmt: skip
AGAINST = {
    "number_differs": "số định danh", "name_differs": "họ tên", "birth_differs": "ngày sinh", "mother_differs": "tên mẹ",
    "sex_differs": "giới tính",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a child. Names are folded; `written` is the name with its tones."""

    key: int
    written: str = ""
    name: str = ""
    earliest: date | None = None
    latest: date | None = None
    exact: bool = False
    sex: str = ""
    number: str = ""
    mother: str = ""
    father: str = ""
    house: int | None = None
    phone: str = ""
    twin: bool = False

    def digest(self):
        """A digest of what identifies the child: it changes when any of that changes."""
        told = (
            self.written,
            self.earliest,
            self.latest,
            self.exact,
            self.sex,
            self.number,
            self.mother,
            self.father,
            self.twin,
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons in the order of their keys, the points, the reasons as codes, whether they look like twins."""

    first: Person
    second: Person
    score: int
    reasons: tuple
    twins: bool

    @property
    def basis(self):
        """A digest of what was compared."""
        return hashlib.sha256((self.first.digest() + self.second.digest()).encode()).hexdigest()


def person(row):
    """A Person of a row of FIELDS."""
    key, written, name, earliest, latest, precision, sex, number, mother, father, house, phone, twin = row
    digits = re.sub(r"\D", "", number or "")
    usable = len(digits) in (11, 12) and len(set(digits)) > 1
    return Person(
        key, written, name, earliest, latest, precision == "day", sex, digits if usable else "", fold(mother), fold(father),
        house, re.sub(r"\D", "", phone), twin,
    )  # fmt: skip


FIELDS = (
    "pk", "full_name", "folded_name", "birth_earliest", "birth_latest", "birth_precision", "sex", "identity_number",
    "mother_name", "father_name", "household_id", "phone", "twin",
)  # fmt: skip


def pairs(people):
    """The pairs worth a person's look: at least POSSIBLE points, the same number, or twins; the surest first."""
    blocks = defaultdict(list)
    for one in people:
        for key in _keys(one):
            blocks[key].append(one)
    found, seen = [], set()
    for block in blocks.values():
        for first, second in combinations(sorted(block, key=lambda one: one.key), 2):
            if (first.key, second.key) not in seen and first.key != second.key:
                seen.add((first.key, second.key))
                pair = compare(first, second)
                if pair.twins or pair.score >= POSSIBLE:
                    found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.first.key, pair.second.key))


def _keys(one):
    """The keys under which a person is compared with others."""
    if one.number:
        yield "number", one.number.zfill(12)
        yield "tail", one.number[-6:]
    year = one.latest.year if one.latest else None
    if one.name and year:
        yield "name", one.name, year
    if one.name and one.mother:
        yield "name", one.name, one.mother
    if one.name and year is None:
        yield "nameless year", one.name
    if one.exact:
        if one.mother:
            yield "birth", one.latest, one.mother
        if one.house:
            yield "birth", one.latest, one.house


def compare(first, second):
    """The pair with its points. A number that both hold is always worth a look."""
    reasons = [code for code in (
        _number(first.number, second.number), _name(first, second), _birth(first, second),
        _both(first.mother, second.mother, "mother_same", "mother_differs"), _both(first.father, second.father, "father_same"),
        _both(first.house, second.house, "house_same"), _both(first.phone, second.phone, "phone_same"),
        _both(first.sex, second.sex, "", "sex_differs"),
    ) if code]  # fmt: skip
    score = sum(POINTS[code] for code in reasons)
    if "number_same" in reasons:
        score = max(score, LIKELY)
    return Pair(first, second, score, tuple(reasons), _twins(first, second, reasons))


def _both(one, other, same, differs=""):
    if not one or not other:
        return ""
    return same if one == other else differs


def _number(one, other):
    if not one or not other:
        return ""
    if one == other:
        return "number_same"
    if one.zfill(12) == other.zfill(12):
        return "number_zero"
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) == len(other) and len(places) == 1:
        return "number_digit"
    if len(one) == len(other) and len(places) == 2 and places[1] == places[0] + 1 and one[places[0]] == other[places[1]]:
        return "number_swap" if one[places[1]] == other[places[0]] else "number_differs"
    return "number_differs"


def _name(one, other):
    if not one.name or not other.name:
        return ""
    if one.name == other.name:
        return "name_same"
    few, many = sorted((one.name.split(), other.name.split()), key=len)
    within = len(few) > 1 and few[-1] == many[-1] and set(few) <= set(many)
    return "name_near" if within or _one_letter(one.name, other.name) else "name_differs"


def _one_letter(one, other):
    """True when one letter was left out, added or replaced."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    place = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[place + 1 :] if len(short) == len(long) else short[place:]
    return rest == long[place + 1 :]


def _birth(one, other):
    if one.latest is None or other.latest is None:
        return ""
    if one.exact and other.exact:
        a, b = one.latest, other.latest
        if a == b:
            return "birth_same"
        if (a.year, a.month, a.day) == (b.year, b.day, b.month):
            return "birth_swapped"
        return "birth_year" if (a.month, a.day) == (b.month, b.day) and (a.month, a.day) != (1, 1) else "birth_differs"
    return "birth_part" if one.earliest <= other.latest and other.earliest <= one.latest else "birth_differs"


def _twins(one, other, reasons):
    """Born on one day to one mother (or in one household) and yet two: sexes, names with a twin's tick, or numbers differ."""
    family = "mother_same" in reasons or ("house_same" in reasons and "mother_differs" not in reasons)
    if "birth_same" not in reasons or not family or "number_same" in reasons:
        return False
    if "sex_differs" in reasons:
        return True
    another_name = "name_differs" in reasons or "name_near" in reasons or one.written != other.written
    return another_name and (one.twin or other.twin or "number_differs" in reasons)


def words(reasons):
    """(what speaks for one child, what speaks against) in the officer's words: "trùng số định danh; cùng họ tên, ngày sinh"."""
    same = [SAME[code] for code in reasons if code in SAME]
    alike = [WORDS[code] for code in reasons if code in WORDS]
    against = [AGAINST[code] for code in reasons if code in AGAINST]
    told = [*([f"cùng {', '.join(same)}"] if same else []), *alike]
    first = [word for word in told if word == WORDS["number_same"]]
    return "; ".join([*first, *(word for word in told if word not in first)]), f"khác {', '.join(against)}" if against else ""
