"""Writing a returned list: the accepted offers applied to its lines, decided anew against the registry, in one transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children import codes, records
from childcare.children.actions import residence
from childcare.children.importing import filling
from childcare.children.importing.values import from_iso
from childcare.children.importing.writing import end_of, require_right
from childcare.children.models import CheckListRow, Child
from childcare.children.returning.deciding import decide
from childcare.children.returning.registry import load
from childcare.units.models import Unit

SOURCE = "danh sách rà soát trả lại"


def decided(answers, unit):
    """The answers against the registry as it is now: what writing them would do."""
    return decide(answers, load(unit, answers))


def accept(answers, positions):
    """The answers with the offers of these positions (in `answers.offers`) written into their lines."""
    lines = {(line["sheet"], line["row"]): dict(line) for line in answers.lines}
    for position in sorted(set(positions)):
        if 0 <= position < len(answers.offers):
            offer = answers.offers[position]
            _accept_one(lines[offer["sheet"], offer["row"]], offer)
    return list(lines.values())


def _accept_one(line, offer):
    kind, value = offer["kind"], offer["to"]
    if offer["field"] == "child_code":
        line["code"] = value
    elif kind == "update_conflict":
        line["decided"] = [*line.get("decided", ()), offer["field"]]
    elif kind == "residence_end":
        line["residence_end"] = {"reason": value, "note": line["note"]}
    elif kind == "name_case":
        line["new_name"] = value
    elif kind == "day_month_swap":
        line |= {"new_birth": value, "new_precision": "day", "birth_kind": ""}
    else:
        line["number"] = value


@transaction.atomic
def write(*, answers, accepted=(), unit, by, subject=None, trace):
    """Write what the answers change. Returns (the answers as decided now, counts). Raises Refusal without the right.

    Lists of one commune are taken in one after the other. The same list once more changes nothing.
    """
    require_right(by, unit)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    answers.lines = accept(answers, accepted)
    found = decided(answers, unit)
    children = Child.objects.in_bulk([key for row in found.updates if (key := _key(row)) is not None])
    changes = {key: _fields(row["changes"], children[key]) for row in found.updates if (key := _key(row)) in children}
    filling.fill(children, {key: fields for key, fields in changes.items() if fields}, by=by, source=SOURCE, trace=trace)
    for row in found.updates:
        if "residence_end" in row:
            _end(children[_key(row)], row["residence_end"], date.fromisoformat(answers.on), by, trace)
    keys = [codes.key_of(row["child_code"]) for row in found.rows]
    rows = CheckListRow.objects.filter(child__in=keys, list__commune=unit, returned_at=None)
    rows.update(returned_at=timezone.now(), batch=subject)
    counts = counts_of(found)
    note = ", ".join(f"{name}={counts[name]}" for name in ("updated", "unchanged", "rejected", "verified"))
    audit.record("children.answers_imported", by=by, subject=subject or unit, note=note)
    return found, counts


def counts_of(found):
    """As the command and the page tell it."""
    return {
        "created": 0, "updated": len(found.updates), "unchanged": len(found.unchanged), "rejected": len(found.rejected),
        "verified": found.totals()["verified"],
    }  # fmt: skip


def _key(row):
    return codes.key_of(row["child_code"])


def _fields(changes, child):
    """The stored fields of the changes of one child."""
    fields = {}
    if "full_name" in changes:
        fields |= records.name_fields(changes["full_name"])
    if "birth_date" in changes:
        fields |= records.birth_fields(from_iso(changes["birth_date"], changes["birth_precision"]))
    if "identity_number" in changes:
        fields |= records.identity_fields(changes["identity_number"])
        if child.identity_verified_on:
            fields["identity_verified_on"] = None  # it was checked for the number before
    if "verified_on" in changes:
        fields["identity_verified_on"] = date.fromisoformat(changes["verified_on"])
    return fields


def _end(child, told, on, by, trace):
    ended_on, reason, _ = end_of(told, on)
    trace.ended(child.pk, residence.end(child=child, by=by, on=ended_on, reason=reason))
