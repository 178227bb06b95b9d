"""How a child's own fields are stored: the one place that derives keys from a name and bounds from a birth date.

Pure functions without a query; the form, the actions and the import all build their rows here.
"""

from childcare.children import identity
from childcare.lib.vietnamese import clean_text, fold, name_key

UNNAMED = {"trai", "gai", "con trai", "con gai", "be trai", "be gai", "chua dat ten", "chua co ten", "so sinh"}
NO_NAME = {"", "...", "?", "-", "khong ro", "chua ro"}


def name_fields(full_name):
    """full_name, name_state, folded_name and name_key of what somebody wrote as a name ("Trai" = not named yet)."""
    name = clean_text(full_name or "").rstrip(".").strip()[:120]
    folded = fold(name)
    if folded in NO_NAME or folded in UNNAMED:
        state = "unnamed" if folded in UNNAMED else "missing"
        return {"full_name": "", "name_state": state, "folded_name": "", "name_key": name_key("")}
    return {"full_name": name, "name_state": "named", "folded_name": folded[:120], "name_key": name_key(name)}


def birth_fields(birth, text=""):
    """birth_earliest, birth_latest, birth_precision of a PartialDate or None, and the text as it was written."""
    return {
        "birth_earliest": birth.earliest if birth else None,
        "birth_latest": birth.latest if birth else None,
        "birth_precision": birth.precision if birth else "",
        "birth_text": clean_text(text)[:60] if text else birth.text if birth else "",
    }


def identity_fields(number):
    """identity_number and identity_valid of a number as typed; an empty one is None, a malformed one is kept and marked."""
    found = identity.check(number)
    return {"identity_number": found.number, "identity_valid": found.valid}


def child_fields(full_name, birth, *, birth_text="", identity_number=""):
    """Every stored field that is derived from name, birth (PartialDate or None) and identity number, ready for `Child(**…)`."""
    return {**name_fields(full_name), **birth_fields(birth, birth_text), **identity_fields(identity_number)}
