"""The code of a child on paper: "TE", the number of its row in six or more digits, a check digit. docs/decisions/child_code.md

Short enough to be typed and read aloud; one wrong digit, or two exchanged, is noticed. A code opens nothing by itself.
"""

import re

FRONT, SHORTEST = "TE", 6
WRITTEN = re.compile(rf"{FRONT}\s*([0-9\s.\-]{{{SHORTEST + 1},24}})", re.IGNORECASE)
LONG = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LIKE_DIGITS = str.maketrans("OoQlIi|", "0001111")


def code_of(key):
    """The code of the child whose primary key this is: 123 → "TE0001237"."""
    digits = f"{key:0{SHORTEST}d}"
    return f"{FRONT}{digits}{_check(digits)}"


def key_of(text):
    """The primary key behind a code, however it is spaced; None when it is no code or its check digit is wrong."""
    found = WRITTEN.fullmatch(str(text).strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if not SHORTEST < len(digits) < 20 or _check(digits[:-1]) != digits[-1]:
        return None
    key = int(digits[:-1])
    return key if code_of(key) == FRONT + digits else None


def is_ours(text):
    """True for a code that we gave: the short one of paper, or the long one of our exports."""
    return key_of(text) is not None or bool(LONG.fullmatch(str(text).strip().lower()))


def mended(text):
    """The code that a text becomes when letters are read as the digits they look like (TEOOO1237), or None."""
    bare = str(text).strip()
    if bare[: len(FRONT)].upper() != FRONT:
        return None
    code = FRONT + bare[len(FRONT) :].translate(LIKE_DIGITS)
    return code if code != bare and key_of(code) is not None else None


def _check(digits):
    """The check digit of ISO/IEC 7064, MOD 11,10."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)
