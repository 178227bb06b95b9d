"""The lines of a returned list against the registry: which go in, what they change, what waits for a person.

A blank answer changes nothing; a number of the legal form is never replaced by a malformed one; what somebody changed in the
registry after the list went out stays until a person decides.
"""

from dataclasses import replace
from datetime import date

from childcare.children import identity
from childcare.children.codes import code_of, mended
from childcare.children.importing import values
from childcare.children.returning.answer import Answered
from childcare.lib.calendar import EIGHTEEN, age_on
from childcare.lib.vietnamese import fold


def decide(answers, known):
    """The same answers with rows, rejected, updates, unchanged, offers and warnings filled from the lines."""
    found = replace(answers, rows=[], rejected=[], updates=[], unchanged=[], offers=[], warnings=[], notes=[])
    used, seen, on = {}, {}, date.fromisoformat(answers.on)
    guesses = []
    for line in answers.lines:
        child = known.of_code(line["code"])
        where = {"sheet": line["sheet"], "row": line["row"]}
        reason = _reason_out(line, child, known, used, seen, on)
        if reason:
            found.rejected.append({**where, **reason, "full_name": line["full_name"]})
            if reason["reason_code"] == "code_unknown":
                guesses.append((len(found.offers), line))
            continue
        seen[child.pk] = where
        if (number := identity.check(line["number"])).valid:
            used[number.number] = (child.pk, where)
        _take(found, Answered(line, child, known, on), where)
    _offer_guesses(found, guesses, known, seen)
    return found


def _reason_out(line, child, known, used, seen, on):
    """Why the line stays out, or None. When several reasons apply the first counts."""
    number = identity.check(line["number"])
    if line["new_birth"] and age_on(values.from_iso(line["new_birth"], line["new_precision"]).latest, on) >= EIGHTEEN:
        return {"reason_code": "adult"}
    if number.valid:
        meant = child or guess(line, known)[0]
        first = used.get(number.number)
        if first and (meant is None or first[0] != meant.pk):
            return {"reason_code": "identity_used_in_file", "first": first[1]}
        holder = known.holders.get(number.number)
        if holder is not None and (meant is None or holder != meant.pk):
            told = {"held_by": code_of(holder)} if holder in known.told else {}
            return {"reason_code": "identity_used_in_registry", **told}
    if child is None:
        return {"reason_code": "code_unknown"}
    if not known.shows(child, line):
        return {"reason_code": "code_conflict"}
    return {"reason_code": "code_repeated", "first": seen[child.pk]} if child.pk in seen else None


def guess(line, known):
    """(child or None, kind of offer): letters in the code read as digits, else the one child of this name, birth and mother."""
    child = known.of_code(mended(line["code"]) or "")
    if child is not None and known.shows(child, line):
        return child, "code_letter_for_digit"
    alike = [
        child
        for child in known.named.get(line["folded"], ())
        if child.birth and child.birth.iso == line["birth"] and line["mother"] in ("", fold(child.mother_name))
    ]
    return (alike[0], "match_by_name") if len(alike) == 1 else (None, "")


def _offer_guesses(found, guesses, known, seen):
    """Offer the child that a line without a known code seems to mean, unless another line of the file answers for it."""
    for place, line in reversed(guesses):
        child, kind = guess(line, known)
        if child is not None and child.pk not in seen:
            where = {"sheet": line["sheet"], "row": line["row"], "field": "child_code"}
            found.offers.insert(place, {**where, "from": line["code"] or None, "to": child.code, "kind": kind})


def _take(found, one, where):
    """A line that goes in: what it changes, or why it changes nothing."""
    one.read()
    found.rows.append({**where, "child_code": one.child.code, "full_name": one.child.full_name})
    found.offers += [{**where, **offer} for offer in one.offers]
    found.warnings += [{**where, **warning} for warning in one.warnings]
    about = {**where, "child_code": one.child.code}
    if one.changes or one.leaves:
        found.updates.append({**about, "changes": one.changes, **({"residence_end": one.leaves} if one.leaves else {})})
    else:
        found.unchanged.append({**about, "why": one.why})
    if one.line["note"]:
        found.notes.append({**about, "full_name": one.child.full_name, "note": one.line["note"]})
