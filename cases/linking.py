"""A case whose child is not yet known beside the children of the registry who may be it."""

from childcare.children import search
from childcare.children.row_texts import birth_text
from childcare.lib.calendar import parse_partial, today
from childcare.lib.vietnamese import clean_text

SEX = {"m": "Nam", "f": "Nữ", "": ""}


def told_of(case):
    """What the reports of the case tell of the child: the first word of each field that is not blank."""
    told = {name: "" for name in ("child_name", "child_birth", "child_sex", "child_home", "parents", "carer")}
    for row in case.intakes.order_by("received_at", "pk"):
        told |= {name: getattr(row, name) for name, before in told.items() if not before}
    return told


def birth_of(text):
    """The birth date in a told text, or None: "7 tuổi" and the like are for a person to read."""
    try:
        return parse_partial(text) if text else None
    except ValueError:
        return None


def begun(case):
    """The fields of a new child as far as the case tells them."""
    told = told_of(case)
    return {
        "full_name": clean_text(told["child_name"]), "birth": birth_of(told["child_birth"]), "sex": told["child_sex"],
        "address": told["child_home"][:300],
    }  # fmt: skip


def candidates(case, officer, words=""):
    """Children of the officer's scope: who answer to the words, else who bear the told name and may be born on the told day."""
    if words:
        return search.find(words, officer=officer)[0]
    told = told_of(case)
    if not told["child_name"]:
        return []
    found = search.similar(officer=officer, full_name=told["child_name"], birth=birth_of(told["child_birth"])).here
    return found or search.find(told["child_name"], officer=officer)[0]


def beside(case, child):
    """(what, as told in the case, as the registry has it), line by line."""
    told = told_of(case)
    home = ", ".join(filter(None, [child.household.address if child.household else "", child.unit.name]))
    parents = "; ".join(
        filter(None, [child.mother_name and f"mẹ {child.mother_name}", child.father_name and f"cha {child.father_name}"])
    )
    return [
        ("Họ và tên", told["child_name"], child.display_name),
        ("Ngày sinh", told["child_birth"], birth_text(child.birth_latest, child.birth_precision, today())),
        ("Giới tính", SEX[told["child_sex"]], SEX[child.sex]),
        ("Nơi ở", told["child_home"], home),
        ("Cha, mẹ, người chăm sóc", "; ".join(filter(None, [told["parents"], told["carer"]])), parents),
        ("Số định danh", "", child.identity_number or ""),
    ]  # fmt: skip
