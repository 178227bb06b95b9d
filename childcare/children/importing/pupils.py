"""The pupil list of a school: its own rows, each matched to a child where code or number tell, else left to the commune.

Nothing of the registry comes back to the school but whether a pupil was matched: no row holds what the school did not bring.
"""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.children.importing import extra, matching, values
from childcare.children.importing.reading import Place, read_sheets
from childcare.children.models import Enrolment, Pupil
from childcare.children.schools import commune_of_school, communes_by_name
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

RIGHT = Permission.PUPIL_MANAGE
OWN = (
    "full_name", "folded_name", "name_key", "birth_earliest", "birth_latest", "birth_precision", "sex", "ethnic",
    "identity_number", "identity_valid", "mother_name", "father_name", "phone",
)  # fmt: skip
FILLED = ("code", "sex", "ethnic", "mother_name", "father_name", "phone", "address")
PATTERNS = {
    "code": r"ma( so)?( dinh danh)? ?(hoc sinh|hs)( .*)?|ma dinh danh bo( gd.*)?|ma (hs|tre) csdl.*",
    "class": extra.CLASS_COLUMN, "child": extra.CHILD_CODE, "commune": r"(xa|phuong|thi tran)( (phuong|xa|thi tran))*( .*)?",
    "hamlet": r"(thon|xom|to|to dan pho|tdp|khu|ban|ap)( .*)?",
}  # fmt: skip
# What a reading of a commune's list says beyond a pupil's own facts is not kept of a school's: no circumstance, no household.
LEFT_OUT = {"circumstances": [], "supports": [], "poverty": None, "household_head": None, "note": None, "since": None}
START, END = Enrolment.StartReason, Enrolment.EndReason


def read(taken, sheets, progress):
    """(Reading, what is kept of it): rows with class, code of the school and our code where the list has them."""
    more = {"progress": progress} if progress else {}
    reading = read_sheets(sheets, taken.file.name, Place(taken.on, **more))
    cells = extra.columns(sheets, reading, PATTERNS)
    above = extra.classes(sheets, reading)
    again = {(row["sheet"], row["row"]) for row in reading.repeated}
    kept = []
    for row in reading.rows:
        key = row["sheet"], row["row"]
        own = cells.get(key, {})
        if key not in again:
            kept.append({
                **row, **LEFT_OUT, "code": own.get("code", "")[:40], "child": own.get("child", "").lower(),
                "commune": own.get("commune", ""), "home": _home(row, own),
                "class": extra.tidy_class(own.get("class", "")) or above.get(key, ""),
            })  # fmt: skip
    return reading, {"rows": kept, "rejected": reading.rejected, "repeated": len(again)}


def preview(taken, kept, by):
    """What writing these rows now would do."""
    return Plan(taken, kept, by).counts() | {"classes": len({row["class"] for row in kept["rows"] if row["class"]})}


@transaction.atomic
def write(taken, kept, by):
    """Write the rows. Lists of one school are taken in one after the other."""
    Unit.objects.select_for_update(no_key=True).get(pk=taken.unit_id)
    plan = Plan(taken, kept, by)
    plan.write()
    return plan.counts()


class Plan:
    """What a list makes of the pupils of a school: new ones, classes changed, blanks filled, children matched."""

    def __init__(self, taken, kept, by):
        self.school, self.since, self.year, self.by = taken.unit, taken.on, taken.asked["school_year"], by
        self.commune, self.communes = commune_of_school(self.school), communes_by_name(self.school, self.since)
        self.tally = Counter(repeated=kept.get("repeated", 0))
        self.new, self.filled, self.closed, self.voided, self.opened = [], {}, [], [], []
        self.seen = set()
        self._read_school()
        codes = {(row["sheet"], row["row"]): row["child"] for row in kept["rows"] if row["child"]}
        found, _ = matching.meant(kept["rows"], unit=self.school, on=self.since, by=by, told=codes)
        self.attending = set(
            Enrolment.objects.open().filter(child__in=[one.child["pk"] for one in found if one.child]).values_list(
                "child", flat=True
            )
        )  # fmt: skip
        for one in found:
            self._row(one)

    def counts(self):
        """As the pages tell it."""
        names = ("created", "updated", "unchanged", "repeated", "matched", "unmatched", "older")
        return {name: self.tally[name] for name in names} | {"absent": len(self.rows_open) - self.tally["present"]}

    def _read_school(self):
        self.pupils = list(Pupil.objects.filter(unit=self.school).order_by("pk"))
        self.by_code = {row.code: row for row in self.pupils if row.code}
        self.by_number = {row.identity_number: row for row in self.pupils if row.identity_valid}
        self.by_birth = {}
        for row in self.pupils:
            self.by_birth.setdefault((row.folded_name, row.birth_latest), []).append(row)
        self.rows_open, self.left_on = {}, {}
        for row in Enrolment.objects.filter(unit=self.school, voided_at=None).order_by("pk"):
            if row.ended_on is None:
                self.rows_open[row.pupil_id] = row
            else:
                self.left_on[row.pupil_id] = max(row.ended_on, self.left_on.get(row.pupil_id, row.ended_on))
        self.linked = {row.child_id for row in self.pupils if row.child_id}

    def _row(self, one):
        pupil = self._known(one)
        if pupil is not None and id(pupil) in self.seen:
            self.tally["repeated"] += 1
            return
        made = pupil is None
        pupil = pupil or self._make(one)
        self.seen.add(id(pupil))
        changed = not made and self._fill(pupil, one)
        matched = pupil.child_id is None and self._match(pupil, one)
        moved = self._enrol(pupil, one.row["class"])
        if matched and not made and not moved and pupil.pk in self.rows_open:
            self._change(pupil)  # its open row takes the child over when it is written
        self.tally["matched" if pupil.child_id else "unmatched"] += 1
        self.tally["created" if made else "updated" if changed or matched or moved else "unchanged"] += 1

    def _known(self, one):
        """The school's own pupil: by its code, by number, else by name and birth where no code contradicts."""
        code, stored = one.row["code"], one.stored
        if code and code in self.by_code:
            return self.by_code[code]
        found = self.by_number.get(stored["identity_number"]) if stored["identity_valid"] else None
        alike = [found] if found else self.by_birth.get((stored["folded_name"], stored["birth_latest"]), [])
        alike = [row for row in alike if not (code and row.code) and not self._other_person(row, stored)]
        return alike[0] if len(alike) == 1 else None

    @staticmethod
    def _other_person(row, stored):
        return bool(row.identity_valid and stored["identity_valid"] and row.identity_number != stored["identity_number"])

    def _make(self, one):
        own = {name: one.stored[name] for name in OWN}
        pupil = Pupil(
            unit=self.school, code=one.row["code"], address=one.row["home"], asked=self._asked(one.row["commune"]),
            created_by=self.by, **own,
        )  # fmt: skip
        self.new.append(pupil)
        self.by_birth.setdefault((pupil.folded_name, pupil.birth_latest), []).append(pupil)
        if pupil.code:
            self.by_code[pupil.code] = pupil
        if pupil.identity_valid:
            self.by_number[pupil.identity_number] = pupil
        return pupil

    def _asked(self, name):
        """Who has to say which child it is: the commune that the list names, else the one of the school."""
        named = self.communes.get(fold(name), ()) if name else ()
        return named[0] if len(named) == 1 else self.commune

    def _change(self, pupil):
        self.filled[id(pupil)] = pupil

    def _fill(self, pupil, one):
        """Blanks are filled from the new list; what the school wrote before stays."""
        told = {**one.stored, "code": one.row["code"], "address": one.row["home"]}
        blank = [name for name in FILLED if told[name] and not getattr(pupil, name)]
        if told["identity_valid"] and not pupil.identity_valid:
            blank += ["identity_number", "identity_valid"]
        if told["birth_latest"] and pupil.birth_latest is None:
            blank += ["birth_earliest", "birth_latest", "birth_precision"]
        for name in blank:
            setattr(pupil, name, told[name])
        if blank:
            self._change(pupil)
        return bool(blank)

    def _match(self, pupil, one):
        """The child by code or number, unless it attends or is linked already: then a person has to look."""
        key = one.child["pk"] if one.child else None
        if key is None or key in self.attending or key in self.linked:
            return False
        pupil.child_id, pupil.asked = key, None
        self.linked.add(key)
        self._change(pupil)
        return True

    def _enrol(self, pupil, name):
        """True when a row is opened: a new pupil, another class, another year, somebody who came back."""
        row = self.rows_open.get(pupil.pk) if pupil.pk else None
        if row is not None:
            self.tally["present"] += 1
            if (row.school_year, row.class_name) == (self.year, name or row.class_name):
                return False
        began = row.started_on if row else self.left_on.get(pupil.pk)
        if began and began > self.since:
            self.tally["older"] += 1
            return False
        new = Enrolment(
            pupil=pupil, unit=self.school, school_year=self.year, class_name=name or (row.class_name if row else ""),
            started_on=self.since, recorded_by=self.by,
        )  # fmt: skip
        if row is not None:
            self._close(row, new)
        self.opened.append(new)
        return True

    def _close(self, row, new):
        """The old row ends; one that began on the very day was written down wrongly and is replaced."""
        if row.started_on == self.since:
            new.start_reason, new.replaces = START.CORRECTION, row
            self.voided.append(row)
            return
        promoted = row.school_year != self.year
        new.start_reason = START.PROMOTED if promoted else START.CLASS
        row.ended_on, row.end_reason, row.version = self.since, END.PROMOTED if promoted else END.CLASS, row.version + 1
        self.closed.append(row)

    def write(self):
        """Everything, in the order of the foreign keys: a few statements whatever the number of rows."""
        made = {id(pupil) for pupil in self.new}
        Pupil.objects.bulk_create(self.new, batch_size=500)
        old = [pupil for key, pupil in self.filled.items() if key not in made]
        for pupil in old:
            pupil.version += 1
        names = [*FILLED, "identity_number", "identity_valid", "birth_earliest", "birth_latest", "birth_precision"]
        Pupil.objects.bulk_update(old, [*names, "child", "asked", "version"], batch_size=500)
        Enrolment.objects.bulk_update(self.closed, ["ended_on", "end_reason", "version"], batch_size=500)
        void_rows(self.voided, by=self.by)
        for row in self.opened:
            row.child_id = row.pupil.child_id
        Enrolment.objects.bulk_create(self.opened, batch_size=500)
        self._hand_on(old)

    def _hand_on(self, pupils):
        """Open rows that stay take over the child that their pupil was matched to."""
        gone = {row.pk for row in (*self.closed, *self.voided)}
        kept = []
        for pupil in pupils:
            row = self.rows_open.get(pupil.pk)
            if row is not None and row.pk not in gone and row.child_id != pupil.child_id:
                row.child_id = pupil.child_id
                kept.append(row)
        Enrolment.objects.bulk_update(kept, ["child"], batch_size=500)


def void_rows(rows, *, by):
    """Void enrolments that a newer list of the same day says otherwise."""
    for row in rows:
        row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, "Danh sách mới của trường ghi lớp khác."
        row.version += 1
    Enrolment.objects.bulk_update(rows, ["voided_at", "voided_by", "void_reason", "version"], batch_size=500)


def _home(row, own):
    """Where the pupil lives, in the words of the list."""
    parts = (row["address"], own.get("hamlet"), own.get("commune"))
    return ", ".join(dict.fromkeys(part for part in parts if part))[:300]


def shown(row):
    """A kept row as the preview shows it."""
    born = values.from_iso(row["birth_date"], row["birth_precision"])
    return {
        "name": row["full_name"] or f"({row['name_state']})", "birth": born.text if born else "", "sex": row["sex"] or "",
        "class": row["class"], "code": row["code"], "ethnic": row["ethnic"] or "", "number": row["identity_number"] or "",
    }  # fmt: skip
