"""Applying the offers that a person accepted to the rows of a reading."""

from childcare.children.importing import differing, guesses, swaps, values
from childcare.children.importing.reading import Reading
from childcare.lib.calendar import EIGHTEEN, age_on
from childcare.lib.refusal import Refusal

AMOUNT = ("amount_separator", "amount_decimal", "amount_unit", "amount_dong")
TWICE = "Dòng {}: số tiền “{}” được chọn cả hai cách hiểu. Hãy mở từng đề nghị về số tiền rồi chỉ chọn một cách."
IDENTITY = ("identity_leading_zero", "identity_letter_for_digit")


def apply(reading, accepted):
    """The accepted rows with the offers of these positions (in `reading.offers`) applied. The reading stays as it is.

    A number that another row of the file holds by then is not taken over, nor a birth date that makes an adult.
    """
    rows = {(row["sheet"], row["row"]): dict(row) for row in reading.rows}
    taken = {row["identity_number"] for row in reading.rows if row["identity_status"] == "ok"}
    for position in sorted(set(accepted)):
        if 0 <= position < len(reading.offers):
            offer = reading.offers[position]
            row = rows.get((offer["sheet"], offer["row"]))
            if row is not None:
                _apply_one(row, offer, taken, reading.on)
    return list(rows.values())


def _apply_one(row, offer, taken, on):
    kind, value = offer["kind"], offer["to"]
    if kind in IDENTITY:
        if value not in taken:
            taken.add(value)
            row |= {"identity_number": value, "identity_status": "ok"}
    elif kind == swaps.DECIDED:
        row[offer["field"]] = value
    elif kind == swaps.BIRTH:
        _set_birth(row, value, "day", on)
    elif kind == "year_only":
        _set_birth(row, value, "year", on)
    elif kind == "split_circumstances":
        row["circumstances"] = list(dict.fromkeys([*row["circumstances"], *value.split(", ")]))
    elif kind == "residence_end":
        row["residence_end"] = {"reason": value, "note": offer["from"]}
    elif kind == differing.SAME:
        row.setdefault("child_code", value)
    elif kind in guesses.KINDS:
        row["decided"] = (kind, value)
    elif kind == differing.KIND:
        row["taken"] = row.get("taken", {}) | {offer["field"]: offer["from"]}
    elif kind in AMOUNT:
        row["amount"] = int(value)
    elif kind in ("name_case", "legacy_text", "phone_leading_zero"):
        row[offer["field"]] = value


def require_one_meaning(reading, accepted):
    """Refuse when two readings of one cell were both taken."""
    taken = set()
    for position in sorted(set(accepted)):
        offer = reading.offers[position] if 0 <= position < len(reading.offers) else None
        if offer and offer["kind"] in AMOUNT:
            place = (offer["sheet"], offer["row"])
            if place in taken:
                raise Refusal(TWICE.format(offer["row"], offer["from"]))
            taken.add(place)


def _set_birth(row, text, precision, on):
    born = values.from_iso(text, precision)
    if age_on(born.latest, values.date.fromisoformat(on)) < EIGHTEEN:
        row |= {"birth_date": text, "birth_precision": precision, "birth_year": born.latest.year}


def numbers(texts):
    """The positions in what a form sent; anything else is passed over."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 7]


def positions(reading: Reading, kinds=(), chosen=()):
    """The positions of all offers of some kinds, and of single ones chosen by position."""
    return [place for place, offer in enumerate(reading.offers) if offer["kind"] in kinds or place in chosen]


def carried(before: Reading, chosen, after: Reading):
    """The positions in a new reading of the same file of what was chosen in the one before; what is gone is dropped."""
    told = {_mark(before.offers[place]) for place in chosen if 0 <= place < len(before.offers)}
    return [place for place, offer in enumerate(after.offers) if _mark(offer) in told]


def _mark(offer):
    return tuple(offer[name] for name in ("sheet", "row", "field", "kind", "from", "to"))
