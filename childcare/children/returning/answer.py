"""What one line that goes in says of its child: changes, offers, warnings, or why nothing changes."""

from datetime import date

from childcare.children import identity
from childcare.children.importing import values

OK, BAD = "ok", "chưa hợp lệ"
EMPTY, NO_USE, NO_NUMBER, WAITS, ALONE, SAME = (
    "empty", "no usable value", "no number", "waits for a decision", "verified without a number", "same",
)  # fmt: skip
GRAVEST = (WAITS, NO_NUMBER, NO_USE, ALONE, SAME, EMPTY)


class Answered:
    """A line beside its child. `decided` of the line names the fields whose conflict a person has decided for the list."""

    def __init__(self, line, child, known, on):
        self.line, self.child, self.on = line, child, on
        self.changed = known.changed[child.pk] if known.changed.get(child.pk) else frozenset()
        self.holders = known.holders
        self.changes, self.offers, self.warnings, self.whys = {}, [], [], []
        self.leaves = line.get("residence_end")

    @property
    def why(self):
        """Why the line changes nothing."""
        return next((why for why in GRAVEST if why in self.whys), EMPTY)

    def read(self):
        """Everything that the line answers."""
        self._name()
        self._birth()
        checkable = self._number()
        self._verified(checkable)
        reason = values.residence_end(self.line["note"]) if self.line["note"] else ""
        if reason and self.child.residing and not self.leaves:
            self._offer("residence", self.line["note"], reason, "residence_end")

    def _offer(self, field, before, after, kind):
        self.offers.append({"field": field, "from": before, "to": after, "kind": kind})

    def _warn(self, field, kind, value):
        self.warnings.append({"field": field, "kind": kind, "value": value})

    def _set(self, field, present, answer, changes):
        """Take an answer that differs, or make it wait when the field changed after the list went out."""
        if field in self.changed and present is not None and field not in self.line.get("decided", ()):
            self._warn(field, "changed_after_export", present)
            self._offer(field, present, answer, "update_conflict")
            self.whys.append(WAITS)
            return False
        self.changes |= changes
        return True

    def _name(self):
        name = self.line["new_name"]
        if not name:
            return
        if name.casefold() == self.child.full_name.casefold():
            self.whys.append(SAME)
            return
        if self._set("full_name", self.child.full_name or None, name, {"full_name": name}):
            if self.line["name_kind"]:
                self._warn("full_name", self.line["name_kind"], name)
            if self.line["name_offer"]:
                self._offer("full_name", name, self.line["name_offer"], "name_case")

    def _birth(self):
        line, born = self.line, self.child.birth
        if line["birth_kind"]:
            self.whys.append(NO_USE)
            if line["birth_swapped"]:
                self._offer("birth_date", line["birth_text"], line["birth_swapped"], "day_month_swap")
            else:
                self._warn("birth_date", line["birth_kind"], line["birth_text"])
        elif line["new_birth"] and born and (born.iso, born.precision) == (line["new_birth"], line["new_precision"]):
            self.whys.append(SAME)
        elif line["new_birth"]:
            changes = {"birth_date": line["new_birth"], "birth_precision": line["new_precision"]}
            self._set("birth_date", born.iso if born else None, line["new_birth"], changes)

    def _number(self):
        """Reads the number; True when the day of the police can go with the number that the child then has."""
        text, child = self.line["number"], self.child
        if not text:
            return child.identity_valid
        if not any(letter.isdigit() for letter in text):
            self._warn("identity_number", "identity_malformed", text)
            self.whys.append(NO_NUMBER)
            return False
        found = identity.check(text, sex=child.sex, birth=self._born())
        if not found.valid:
            return self._malformed(found)
        if found.number == child.identity_number and child.identity_valid:
            self.whys.append(SAME)
            return True
        changes = {"identity_number": found.number, "identity_status": OK}
        if not self._set("identity_number", child.identity_number, found.number, changes):
            return False
        if found.code:
            self._warn("identity_number", found.code, found.number)
        return True

    def _malformed(self, found):
        child = self.child
        if child.identity_valid and found.suggestion == child.identity_number:
            self.whys.append(SAME)
            return True
        if child.identity_valid:
            self._warn("identity_number", found.code, found.number)
            self.whys.append(NO_USE)
            return False
        if found.number == child.identity_number:
            self.whys.append(SAME)
        else:
            self._set(
                "identity_number", child.identity_number, found.number,
                {"identity_number": found.number, "identity_status": BAD},
            )  # fmt: skip
        if found.suggestion and self.holders.get(found.suggestion, child.pk) == child.pk:
            self._offer("identity_number", found.number, found.suggestion, found.code)
        else:
            self._warn("identity_number", found.code, found.number)
        return False

    def _born(self):
        if "birth_date" in self.changes:
            return values.from_iso(self.changes["birth_date"], self.changes["birth_precision"])
        return self.child.birth

    def _verified(self, checkable):
        """The day of the police goes in with a valid number only; a later day that the registry has stays."""
        line, child, born = self.line, self.child, self._born()
        day = date.fromisoformat(line["verified"]) if line["verified"] else None
        if line["verified_text"] or (day and born and day < born.earliest):
            self._warn("verified_on", "verified_date_impossible", line["verified_text"] or line["verified"])
        elif day is None:
            return
        elif not checkable:
            if not line["number"]:
                self._warn("verified_on", "verified_without_number", line["verified"])
                self.whys.append(ALONE)
        elif "identity_number" in self.changes or child.identity_verified_on is None or child.identity_verified_on < day:
            self.changes["verified_on"] = line["verified"]
        else:
            self.whys.append(SAME)
