"""Rows that only name, birth and mother join to a child of the registry: a person says whether it is that child.

Until he has, nothing is written of the row: neither is the child filled in, nor is a second one made.
"""

from childcare.children import codes
from childcare.children.importing.values import from_iso
from childcare.children.models import Child

SAME, OTHER = "same_person", "other_person"
KINDS = (SAME, OTHER)
ANY = ""  # in place of a code: whichever child it is


def says_other(row):
    """True when a person said that the row is nobody who is there."""
    return row.get("decided", ("", ""))[0] == OTHER


def says_same(row, child):
    """True when a person said that the row is this child; who was shown another child said nothing about this one."""
    kind, code = row.get("decided", ("", None))
    return kind == SAME and code in (ANY, codes.code_of(child["pk"]))


def say_same(rows):
    """Somebody said of all rows that whoever is alike is the same child."""
    for row in rows:
        row["decided"] = (SAME, ANY)


def first(row, children):
    """Of the children alike the one about whom a person has decided already, else the first."""
    return next((child for child in children if says_same(row, child)), children[0])


def offered(found):
    """Two offers for each row that waits for a decision, one after the other: the same child, another child."""
    people = sorted(found.undecided, key=lambda one: one.place)
    return [
        {
            "sheet": one.row["sheet"], "row": one.row["row"], "field": "child_code", "kind": kind,
            "from": None, "to": codes.code_of(one.known["pk"]),
        }
        for one in people
        for kind in KINDS
    ]  # fmt: skip


def places(reading):
    """The positions of the offer "the same child" of each such row; that of "another child" follows it."""
    return [place for place, offer in enumerate(reading.offers) if offer["kind"] == SAME]


def choice(place, taken):
    """What was decided about the row whose first offer has this position: SAME, OTHER or "" for nothing yet."""
    return SAME if place in taken else OTHER if place + 1 in taken else ""


def beside(reading, shown, officer):
    """For each of these positions the row as the file has it and the child as the registry has it now.

    The child is None when it is out of the officer's scope: it has left the commune since.
    """
    rows = {(row["sheet"], row["row"]): row for row in reading.rows}
    keys = {place: codes.key_of(reading.offers[place]["to"]) for place in shown}
    children = Child.objects.visible_to(officer).select_related("unit", "unit__parent").in_bulk(list(keys.values()))
    lines = []
    for place, key in keys.items():
        offer, child = reading.offers[place], children.get(key)
        row = rows[offer["sheet"], offer["row"]]
        lines.append({"position": place, "offer": offer, "file": _of_file(row), "child": child and _of_child(child)})
    return lines


def _of_file(row):
    born = from_iso(row["birth_date"], row["birth_precision"]) if row["birth_date"] else None
    return {
        "name": row["full_name"] or "(chưa có tên)",
        "about": _about(born, row["sex"], row["mother_name"], row["father_name"], row["hamlet"], row["identity_number"]),
    }  # fmt: skip


def _of_child(child):
    sex = child.get_sex_display().lower() if child.sex else ""
    told = _about(child.birth, sex, child.mother_name, child.father_name, child.unit.name, child.identity_number)
    left = "" if child.residing else " · đã chuyển đi hoặc tử vong"
    return {"public_id": child.public_id, "name": child.display_name, "code": child.code, "about": told + left}


def _about(born, sex, mother, father, place, number):
    """The same order on both sides, so that the eye finds what differs."""
    told = [born and f"sinh {born.text}", sex, mother and f"mẹ {mother}", father and f"cha {father}", place, number]
    return " · ".join(filter(None, told))


def decided(places, taken):
    """How many rows are the same child, another child, or wait."""
    found = [choice(place, taken) for place in places]
    return {"same": found.count(SAME), "other": found.count(OTHER), "waiting": found.count("")}
