"""Rows of a reading against the registry: new, the same and nothing to add, the same with something to add.

What the registry already says stays; an import fills what it does not know and adds facts. A difference is counted, told.
A child is known by our code or by its number; who is known by name, birth and mother alone waits for a person's word.
"""

from dataclasses import dataclass, field

from childcare.children.importing import differing, guesses, values
from childcare.children.importing.registry import key_of
from childcare.children.records import birth_fields
from childcare.lib.vietnamese import fold, name_key

SEX = {"nam": "m", "nữ": "f"}
FILLED = (
    "sex", "ethnic", "mother_name", "father_name", "phone", "birth_certificate", "insurance_number", "school_name", "schooling",
)  # fmt: skip
LEVEL_WORDS = {"poor": "hộ nghèo", "near": "hộ cận nghèo", "other": "khác"}
LEVELS = {"hộ nghèo": "poor", "hộ cận nghèo": "near", "khác": "other"}
UNNAMED = {"named": "named", "chưa đặt tên": "unnamed", "thiếu tên": "missing"}


@dataclass
class Person:
    """One child of the file: its row, the child that it is in the registry (or None), what would be filled and added."""

    row: dict
    stored: dict  # values as the model holds them
    unit: object
    known: dict | None = None
    fills: dict = field(default_factory=dict)
    differs: list = field(default_factory=list)
    circumstances: list = field(default_factory=list)  # codes to add
    supports: list = field(default_factory=list)  # (code, day) to add
    away: bool = False  # the child lives in another commune
    poverty: str | None = None  # class to add, once the household is known
    poverty_over: bool = False  # the class takes the place of the one that is there
    house: tuple | None = None  # key of the household
    place: int = 0  # in the file
    guessed: bool = False  # neither code nor number, but name, birth and mother say that it is the child
    former: bool = False  # an older list knows the child by words that were corrected since
    cells: list = field(default_factory=list)  # (field, our words, words of the file) that differ
    notes: list = field(default_factory=list)  # (kind of warning, words): differences that only a person can settle
    moves_to: object = None  # the hamlet of the file, taken
    corrections: dict = field(default_factory=dict)  # (model, pk) → values of facts, taken

    @property
    def where(self):
        return self.row["sheet"], self.row["row"]

    def correct(self, fact, values):
        """A fact that is there takes these values of the file."""
        key = (fact["model"], fact["pk"])
        self.corrections[key] = self.corrections.get(key, {}) | values

    @property
    def changes(self):
        """True when something is filled or added for a child already there."""
        added = self.circumstances or self.supports or self.poverty or "residence_end" in self.stored
        return bool(self.fills or added or self.moves_to or self.corrections)


@dataclass
class Comparison:
    """The people of a file by what happens to them."""

    new: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    undecided: list = field(default_factory=list)  # a person has to say whether they are the child: nothing is written of them
    elsewhere: int = 0  # children of another commune: nothing is written of them
    sensitive_left_out: int = 0
    repeated: int = 0

    @property
    def known(self):
        """Everybody who is in the registry, as far as anybody knows."""
        return [*self.updated, *self.unchanged, *self.undecided]

    def counts(self):
        """As the command and the page tell it."""
        waiting = sum(not person.away for person in self.undecided)
        return {
            "created": len(self.new), "updated": len(self.updated), "undecided": len(self.undecided), "waiting": waiting,
            "unchanged": len(self.unchanged) + self.elsewhere + self.repeated + waiting,
            "differs": sum(bool(person.differs) for person in self.known),
            "elsewhere": self.elsewhere, "sensitive_left_out": self.sensitive_left_out,
        }  # fmt: skip


def compare(reading, rows, registry, *, may_protect):
    """Sort the rows. `may_protect`: the officer may record sensitive groups; without it they are left out and counted."""
    again = {
        (row["sheet"], row["row"]) for row in reading.repeated if "sheet" in row["same_child_as"]
    }  # rows of the same child in this file
    found, matched = Comparison(repeated=len(again)), set()
    people = [person_of(row, registry) for row in rows if (row["sheet"], row["row"]) not in again]
    for person in people:
        _match_code(person, registry, matched)
    for person in people:
        _match_number(person, registry, matched)
    for place, person in enumerate(people):
        person.place = place
        if person.known is None:
            _guess(person, registry, matched)
        _facts(person, registry, found, may_protect)
        _sort(person, registry, found)
    return found


def _sort(person, registry, found):
    if person.known is None:
        found.new.append(person)
        return
    waits = person.guessed and not guesses.says_same(person.row, person.known)
    person.away = not registry.holds(person.known)
    if person.away:
        found.elsewhere += 1
    else:
        _compare_fields(person, registry)
    if waits:
        found.undecided.append(person)
    elif not person.away:
        (found.updated if person.changes else found.unchanged).append(person)


def person_of(row, registry):
    """The row with its values as the model holds them, not yet matched."""
    born = values.from_iso(row["birth_date"], row["birth_precision"])
    stored = {
        "full_name": row["full_name"] or "", "folded_name": fold(row["full_name"] or "")[:120],
        "name_state": UNNAMED[row["name_state"]], "name_key": name_key(row["full_name"] or ""),
        "identity_number": row["identity_number"], "identity_valid": row["identity_status"] == "ok",
        "sex": SEX.get(row["sex"], ""), "ethnic": values.ethnic_codes().get(row["ethnic"], ""),
        "note": row["note"] or "", "twin": row["twin"],
        **birth_fields(born, "" if born and born.precision == "day" else row["birth_text"] or ""),
        **{name: row[name] or "" for name in FILLED if name not in ("sex", "ethnic")},
    }  # fmt: skip
    if row.get("residence_end"):
        stored["residence_end"] = row["residence_end"]
    hamlet = registry.hamlets.get(values.hamlet_key(row["hamlet"])) if row["hamlet"] else None
    return Person(row, stored, hamlet or registry.unit)


def borne_out(stored, child):
    """A code or number on a wrong line of a list must not join two children: the name or the birth date agrees too."""
    same_name = stored["folded_name"] and stored["folded_name"] == child["folded_name"]
    return bool(same_name or (stored["birth_latest"] and stored["birth_latest"] == child["birth_latest"]))


def _match_code(person, registry, matched):
    """By the code of our own lists, wherever the child stands in the file."""
    child = registry.by_code(person.row.get("child_code", ""))
    if child is not None and child["pk"] not in matched and borne_out(person.stored, child):
        person.known = child
        matched.add(child["pk"])


def _match_number(person, registry, matched):
    stored = person.stored
    child = registry.by_number.get(stored["identity_number"]) if stored["identity_valid"] else None
    if child is None or child is person.known:
        return
    if person.known is None and child["folded_name"] == stored["folded_name"] and borne_out(stored, child):
        person.known = child
        matched.add(child["pk"])
    else:  # taken by another child since the reading, or by an accepted offer: kept as it is, not as a valid number
        stored["identity_valid"] = False
        person.differs.append("identity_number")


def _guess(person, registry, matched):
    """The child that name, birth and mother point to, unless a person said that it is nobody who is there."""
    if guesses.says_other(person.row):
        return
    stored = person.stored
    key = key_of(stored["folded_name"], stored["birth_earliest"], stored["birth_latest"], stored["mother_name"])
    children = [child for child in registry.by_key.get(key, ()) if _may_be(person, key, child, matched)]
    if children:
        person.known = guesses.first(person.row, children)
    else:
        _guess_former(person, key, registry, matched)
    if person.known is not None:
        person.guessed = True
        matched.add(person.known["pk"])


def _may_be(person, key, child, matched):
    """A child that no number has claimed; where name, birth or mother is unknown it lives in the same hamlet, too."""
    other_number = child["identity_valid"] and person.stored["identity_valid"]
    vague = not all((key[0], key[1], key[3]))
    return child["pk"] not in matched and not other_number and (not vague or child["unit_id"] == person.unit.pk)


def _guess_former(person, key, registry, matched):
    """The one child that an older list knows so: what an officer corrected since stays, one who moved away is not made anew."""
    if not (key[0] and key[1]):
        return
    found = {child["pk"]: child for child in registry.by_former.get(key, ()) if child["pk"] not in matched}
    if person.stored["identity_valid"]:
        found = {pk: child for pk, child in found.items() if not child["identity_valid"]}
    if len(found) == 1:
        [person.known] = found.values()
        person.former = True


def _facts(person, registry, found, may_protect):
    """Facts to add: groups that the child does not have, help not yet recorded, the class of the household."""
    row, pk = person.row, person.known["pk"] if person.known else None
    before = registry.groups.get(pk, set()) if pk else set()
    heads = {code.split(".")[0] for code in before}
    for code in row["circumstances"]:
        kind = registry.circumstances.get(code)
        if kind is None or code in before or code.split(".")[0] in heads:
            if code not in before and kind is not None:
                differing.group_of(person, registry, kind)
        elif kind.sensitive and not may_protect:
            found.sensitive_left_out += 1
        else:
            person.circumstances.append(code)
    helped = registry.helped.get(pk, set()) if pk else set()
    day = values.date.fromisoformat(row["since"]) if row["since"] else None
    runs = registry.running.get(pk, set()) if pk else set()
    helps = [code for code in row["supports"] if _can_help(registry, code, day) and (code, day) not in helped]
    undated = (registry.supports[code] for code in row["supports"] if code in registry.supports and day is None)
    person.notes += [("support_without_day", kind.name) for kind in undated if not _can_help(registry, kind.code, day)]
    person.supports = [(code, day) for code in helps if code not in runs]
    for code in helps:  # help that runs already does not begin a second time on another day
        if code in runs and day is not None:
            differing.beginning_of(person, registry, code, day)
    _household(person, registry)


def _can_help(registry, code, day):
    """A one-off support without its day says nothing that could be counted."""
    kind = registry.supports.get(code)
    return kind is not None and (day is not None or kind.recurrence != "one-off")


def _household(person, registry):
    """The household by its head in the unit; without a head the mother's children of the unit, else the child's own."""
    row = person.row
    level = LEVELS.get(row["poverty"])
    house = person.known["household_id"] if person.known else None
    if house is None and row["household_head"]:
        person.house = (person.unit.pk, fold(row["household_head"])[:120], "")
        house = registry.households.get(person.house[:2])
    elif house is None and level:
        alone = fold(row["mother_name"] or "") or f"{row['sheet']}:{row['row']}"
        person.house = (person.unit.pk, "", alone)
    year = row["poverty_year"] or registry.year
    if level:
        present = registry.poverty.get((house, year)) if house else None
        if present is None:
            person.poverty = level
        elif present != level and differing.differ(person, "poverty", LEVEL_WORDS[present], row["poverty"]):
            person.poverty, person.poverty_over = level, True


def _compare_fields(person, registry):
    """Blank fields of the registry are filled; where both say something else the registry's word stays unless it was taken."""
    known, stored = person.known, person.stored
    differing.name_of(person)
    differing.birth_of(person)
    differing.own_fields(person, FILLED)
    differing.number_of(person)
    differing.hamlet_of(person, registry)
    differing.papers_of(person, registry)
    if stored["twin"] and not known["twin"]:
        person.fills["twin"] = True
    if not known["residing"]:
        stored.pop("residence_end", None)
    if known["household_id"] is None and person.house and (person.row["household_head"] or person.poverty):
        person.fills["household"] = person.house
