"""Cells in which a list says something else than the registry: offered one by one, ours stays unless a person takes the file's.

A cell is taken against the words that the person saw; when the registry was changed since, it stays as it is.
"""

import unicodedata

from childcare.children import codes, ethnics
from childcare.children.importing import decisions
from childcare.lib.calendar import PartialDate, show
from childcare.lib.vietnamese import TONES, clean_text, fold, number

KIND, SAME = "differs", "same_child"
NONE = "(chưa có)"
SEXES = {"m": "Nam", "f": "Nữ"}
ADDED = ("hamlet", "decision", "paper", "amount", "since")  # offered too where the registry has nothing: these are dated rows


def differ(person, name, ours, theirs):
    """True when the file's word was taken; else the difference is noted with the words of both sides."""
    ours, theirs = ours or NONE, theirs or NONE
    if person.row.get("taken", {}).get(name) == ours:
        return True
    person.cells.append((name, ours, theirs))
    if ours != NONE or name not in ADDED:
        person.differs.append(name)
    return False


def words(name, values):
    """A field of a child as it is shown; `values` are those of a model or of a row of the registry."""
    if name == "birth":
        if not values["birth_latest"]:
            return ""
        return PartialDate(values["birth_earliest"], values["birth_latest"], values["birth_precision"]).text
    if name == "sex":
        return SEXES.get(values["sex"], "")
    return ethnics.names().get(values["ethnic"], "") if name == "ethnic" else values[name] or ""


def same_spelling(one, other):
    """True for names that differ in capitals or in the vowel that bears the tone only: Hoà and Hòa, not Hoa and Hòa."""
    return _spelling(one) == _spelling(other)


def _spelling(name):
    """Each word as its letters and its tones."""
    words = [unicodedata.normalize("NFD", word) for word in clean_text(name).casefold().split(" ")]
    return [("".join(sign for sign in word if sign not in TONES), sorted(TONES.keys() & set(word))) for word in words]


def own_fields(person, names):
    """Own fields of a child who is there already: what is taken goes into the fills."""
    known, stored = person.known, person.stored
    for name in names:
        if stored[name] and not known[name]:
            person.fills[name] = stored[name]
        elif stored[name] and fold(stored[name]) != fold(known[name]):
            if person.former and name == "mother_name":
                person.differs.append(name)  # an older list: what an officer corrected since is not asked again
            elif differ(person, name, words(name, known), words(name, stored)):
                person.fills[name] = stored[name]


def name_of(person):
    """The name: other letters, or the same with other marks."""
    known, stored = person.known, person.stored
    if stored["folded_name"] and not known["folded_name"]:
        person.fills |= {"full_name": stored["full_name"]}
    elif stored["folded_name"] and not person.former and not same_spelling(stored["full_name"], known["full_name"]):
        if differ(person, "full_name", known["full_name"], stored["full_name"]):
            person.fills |= {"full_name": stored["full_name"]}


def birth_of(person):
    """The birth date, where either side knows it otherwise or less exactly."""
    known, stored = person.known, person.stored
    if not stored["birth_latest"]:
        return
    told = {name: stored[name] for name in ("birth_earliest", "birth_latest", "birth_precision", "birth_text")}
    if known["birth_latest"] is None:
        person.fills |= told
    elif (stored["birth_earliest"], stored["birth_latest"]) != (known["birth_earliest"], known["birth_latest"]):
        if person.former:
            person.differs.append("birth")
        elif differ(person, "birth", words("birth", known), words("birth", stored)):
            person.fills |= told


def number_of(person):
    """The identity number: a valid one fills a gap or a malformed one, and is offered in place of another valid one."""
    known, stored = person.known, person.stored
    told = {"identity_number": stored["identity_number"], "identity_valid": stored["identity_valid"]}
    if not stored["identity_number"] or stored["identity_number"] == known["identity_number"]:
        return
    if not known["identity_valid"] and (stored["identity_valid"] or not known["identity_number"]):
        person.fills |= told
    elif stored["identity_valid"] and differ(person, "identity_number", known["identity_number"], stored["identity_number"]):
        person.fills |= told | {"identity_verified_on": None}  # the police verified the other number


def hamlet_of(person, registry):
    """The hamlet that the file names, for a child who lives elsewhere in the commune."""
    known = person.known
    if person.row["hamlet"] and person.unit.pk != registry.unit.pk and known["residing"] and known["unit_id"] != person.unit.pk:
        ours = "" if known["unit_id"] == registry.unit.pk else known["unit__name"]
        if differ(person, "hamlet", ours, person.unit.name):
            person.moves_to = person.unit


def papers_of(person, registry):
    """Decision, paper and amount of facts that are there already."""
    row, given = person.row, registry.given.get(person.known["pk"], {})
    code = decisions.support_with(row)
    if code and (fact := given.get(("support", code))):
        decided = (row.get("decision") or "", row.get("decision_on"))
        _paper(person, fact, "decision", ("decision", "decision_on"), decided)
        _amount(person, fact)
    code = decisions.circumstance_with(row)
    if code and (fact := given.get(("circumstance", code))):
        paper, day = decisions.of_circumstance(row, code)
        _paper(person, fact, "paper", ("paper", "paper_on"), (paper, day and day.isoformat()))


def _paper(person, fact, name, fields, told):
    """What the file does not tell of number or day is left as it is."""
    ours = [fact[field] for field in fields]
    theirs = [told[0] or ours[0], decisions.day(told[1]) or ours[1]]
    if theirs != ours and differ(person, name, _with_day(*ours), _with_day(*theirs)):
        person.correct(fact, dict(zip(fields, theirs, strict=True)))


def _amount(person, fact):
    ours, theirs = fact["amount"], person.row.get("amount")
    if theirs is not None and theirs != ours and differ(person, "amount", _money(ours), _money(theirs)):
        person.correct(fact, {"amount": theirs})


def _money(amount):
    return "" if amount is None else f"{number(amount)} đồng"


def _with_day(text, day):
    return f"{text} ngày {show(day)}".strip() if day else text


def group_of(person, registry, kind):
    """Another sub-group of a group that the child has: takes the place of the one that holds, where there is one to be seen."""
    given, head = registry.given.get(person.known["pk"], {}), kind.code.split(".")[0]
    facts = [fact for (model, code), fact in given.items() if model == "circumstance" and code.split(".")[0] == head]
    ours = [registry.circumstances[fact["kind__code"]].name for fact in facts if fact["kind__code"] in registry.circumstances]
    if kind.sensitive or not ours:
        person.differs.append("circumstances")
    elif len(ours) > 1:
        person.differs.append("circumstances")
        person.notes.append(("group_differs", f"sổ: {', '.join(sorted(ours))}; tệp: {kind.name}"))
    elif differ(person, "circumstances", ours[0], kind.name):
        told = dict(zip(("paper", "paper_on"), decisions.of_circumstance(person.row, kind.code), strict=True))
        person.correct(facts[0], {"kind": kind.pk, **{name: value for name, value in told.items() if value}})


def beginning_of(person, registry, code, day):
    """Another first day of help that runs. Of help under a protected file nothing is said."""
    fact = registry.given.get(person.known["pk"], {}).get(("support", code))
    if fact is None or not fact["running"]:
        person.differs.append("supports")
    elif differ(person, "since", fact["started_on"] and show(fact["started_on"]), show(day)):
        person.correct(fact, {"started_on": day})


def told(found):
    """The warnings of a comparison."""
    return [
        {"sheet": one.row["sheet"], "row": one.row["row"], "field": None, "kind": kind, "value": value}
        for one in [*found.new, *found.known]
        for kind, value in one.notes
    ]


def alike(found, registry):
    """Offers for rows that would make a child of the name and birth date of one who is there: a person says whether it is he.

    Parents that agree have matched before; so here they are unknown or written otherwise. The offer carries the code of the
    child, by which the row is matched once it is taken.
    """
    matched = {one.known["pk"] for one in found.known}
    near = {}
    for child in registry.by_key_of_row.values() if found.new else ():
        if child["folded_name"] and child["birth_latest"] and child["pk"] not in matched:
            near.setdefault((child["folded_name"], child["birth_latest"]), []).append(child)
    return [
        _same(one, child)
        for one in found.new
        for child in near.get((one.stored["folded_name"], one.stored["birth_latest"]), ())
        if not (child["identity_valid"] and one.stored["identity_valid"])
    ]


def _same(one, child):
    parents = [child["mother_name"] and f"mẹ {child['mother_name']}", child["father_name"] and f"cha {child['father_name']}"]
    told = [child["full_name"], codes.code_of(child["pk"]), child["unit__name"], *parents]
    mother = one.stored["mother_name"]
    return {
        "sheet": one.row["sheet"], "row": one.row["row"], "field": "child_code", "kind": SAME,
        "from": f"mẹ {mother}" if mother else "không ghi mẹ", "to": codes.code_of(child["pk"]),
        "told": " · ".join(filter(None, told)),
    }  # fmt: skip


def offered(found):
    """The offers for the cells of a comparison, in the order of the file."""
    people = sorted(found.known, key=lambda one: one.place)
    return [
        {**dict(zip(("sheet", "row"), one.where, strict=True)), "field": name, "from": ours, "to": theirs, "kind": KIND}
        for one in people
        for name, ours, theirs in one.cells
    ]
