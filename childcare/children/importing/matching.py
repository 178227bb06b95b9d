"""Which child of the registry a row of another sector's list means. One rule for every such list.

By our printed child code, then by identity number, each borne out by the name or the birth date. Name, birth and parents
alone only make somebody alike: whether it is the same child is a person's decision.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from childcare.children import codes
from childcare.children.importing import comparing
from childcare.children.importing import registry as registries
from childcare.children.models import Child
from childcare.lib.vietnamese import fold

CODE, NUMBER = "code", "number"


@dataclass
class Meant:
    """A row with its values as a model holds them, the child it means (a dict of KNOWN) or those who are alike."""

    person: comparing.Person
    child: dict | None = None
    how: str = ""
    alike: list = field(default_factory=list)

    @property
    def row(self):
        return self.person.row

    @property
    def stored(self):
        return self.person.stored


def meant(rows, *, unit, on, by, told=None):
    """([Meant of each row in order], Registry of the commune). A few queries whatever the number of rows.

    `told`: (sheet, row) → our printed child code. A child is meant wherever it lives; alike are only those of the commune.
    """
    told = told or {}
    registry = registries.load(unit, on, rows, by)
    printed = _by_code(set(told.values()))
    near, taken = _by_birth(registry), set()
    found = [Meant(comparing.person_of(row, registry)) for row in rows]
    for one in found:
        _take(one, printed.get(told.get((one.row["sheet"], one.row["row"]), "")), CODE, taken)
    for one in found:
        number = one.stored["identity_number"] if one.stored["identity_valid"] else None
        _take(one, registry.by_number.get(number), NUMBER, taken)
    for one in found:
        if one.child is None:
            born = near.get((one.stored["folded_name"], one.stored["birth_latest"]), ())
            one.alike = [child for child in born if child["pk"] not in taken and _parents_agree(one.stored, child)]
    return found, registry


def _take(one, child, how, taken):
    """The first row that means a child keeps it."""
    if child and one.child is None and child["pk"] not in taken and comparing.borne_out(one.stored, child):
        one.child, one.how = child, how
        taken.add(child["pk"])


def _by_code(told):
    """Text of a code → child: the short one of our paper (TE0001237), or the long one of our exports."""
    keys = {text: key for text in told if (key := codes.key_of(text)) is not None}
    long = {text for text in told if codes.LONG.fullmatch(text)}
    if not keys and not long:
        return {}
    rows = Child.objects.filter(Q(pk__in=keys.values()) | Q(public_id__in=long)).values(*registries.KNOWN)
    found = {str(row["public_id"]): row for row in rows}
    by_key = {row["pk"]: row for row in rows}
    return found | {text: by_key[key] for text, key in keys.items() if key in by_key}


def _by_birth(registry):
    """(folded name, latest birth) → children of the commune who live there; unknown name or birth makes nobody alike."""
    found = defaultdict(list)
    for children in registry.by_key.values():
        for child in children:
            if child["folded_name"] and child["birth_latest"] and child["residing"]:
                found[child["folded_name"], child["birth_latest"]].append(child)
    return found


def _parents_agree(stored, child):
    """False when both tell a mother, or both a father, and neither is the same."""
    told = [(stored[name], child[name]) for name in ("mother_name", "father_name") if stored[name] and child[name]]
    return not told or any(fold(one) == fold(other) for one, other in told)


def candidates(pupils, children):
    """Primary key of each pupil → children who may be it: the same number, or name and birth with parents that agree.

    `children` are those that the officer may see and change. One query.
    """
    names = {pupil.folded_name for pupil in pupils if pupil.folded_name}
    numbers = {pupil.identity_number for pupil in pupils if pupil.identity_valid}
    known = list(children.filter(Q(folded_name__in=names) | Q(identity_valid=True, identity_number__in=numbers)).order_by("pk"))
    found = {}
    for pupil in pupils:
        same = [child for child in known if pupil.identity_valid and child.identity_number == pupil.identity_number]
        found[pupil.pk] = same or [child for child in known if _may_be(pupil, child)]
    return found


def _may_be(pupil, child):
    if not pupil.folded_name or pupil.folded_name != child.folded_name:
        return False
    if pupil.identity_valid and child.identity_valid:
        return False
    unknown = pupil.birth_latest is None or child.birth_latest is None
    overlap = unknown or (pupil.birth_earliest <= child.birth_latest and child.birth_earliest <= pupil.birth_latest)
    return overlap and _parents_agree(vars(pupil), vars(child))
