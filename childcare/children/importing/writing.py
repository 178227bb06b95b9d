"""Writing the accepted rows of a reading: all of them in one transaction or none, a few statements whatever their number."""

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import bulk
from childcare.children.actions import residence
from childcare.children.importing import decisions, filling, replacing
from childcare.children.importing import registry as registries
from childcare.children.importing.comparing import compare
from childcare.children.importing.tracing import Trace
from childcare.children.importing.values import person as written_name
from childcare.children.models import (
    Child,
    Circumstance,
    FileAccess,
    Household,
    Membership,
    PovertyStatus,
    ProtectedFile,
    Residence,
    Support,
)
from childcare.children.records import name_fields
from childcare.lib.calendar import parse_partial
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

NOT_ALLOWED = "Bạn không còn quyền nhập danh sách vào đơn vị này. Chưa ghi gì vào sổ."
SOURCE = "nhập tệp"
END = {
    "departed": (Residence.Reason.DEPARTURE, Circumstance.EndReason.MOVED),
    "died": (Residence.Reason.DEATH, Circumstance.EndReason.DIED),
}
OWN = (
    "full_name", "name_state", "folded_name", "name_key", "birth_earliest", "birth_latest", "birth_precision", "birth_text",
    "sex", "ethnic", "identity_number", "identity_valid", "birth_certificate", "insurance_number", "mother_name",
    "father_name", "phone", "schooling", "school_name", "twin", "note",
)  # fmt: skip
DAY = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{1,2}/\d{4}")


def require_right(by, unit):
    """Refuse an officer who may not import into the unit now."""
    if not by.is_active or not by.can_in(Permission.CHILD_IMPORT, unit):
        raise Refusal(NOT_ALLOWED)


def preview(*, reading, rows, unit, by):
    """(what writing these rows now would do, the registry that it was compared with), without doing it."""
    registry = registries.load(unit, date.fromisoformat(reading.on), rows, by)
    return compare(reading, rows, registry, may_protect=by.can_in(Permission.PROTECTED_VIEW, unit)), registry


@transaction.atomic
def write(*, reading, rows, unit, by, subject=None, trace=None):
    """Write the rows (those of `offers.apply`) into the registry of a commune. Returns the counts of the comparison.

    Imports into one commune happen one after the other. Raises Refusal for an officer without the right.
    """
    require_right(by, unit)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    on = date.fromisoformat(reading.on)
    registry = registries.load(unit, on, rows, by)
    found = compare(reading, rows, registry, may_protect=by.can_in(Permission.PROTECTED_VIEW, unit))
    writer = Writer(found, registry, by, on, trace or Trace())
    writer.run()
    counts = found.counts() | {"rejected": len(reading.rejected)}
    note = ", ".join(f"{name}={counts[name]}" for name in ("created", "updated", "unchanged", "rejected"))
    audit.record("children.imported", by=by, subject=subject or unit, note=note)
    return counts


def end_of(told, on):
    """(first day on which a child no longer lives here, reason of the residence, reason of its circumstances) of an offer."""
    match = DAY.search(told["note"])
    day = on
    if match:
        try:
            day = parse_partial(match[0], on).earliest
        except ValueError:
            pass
    return min(day, on), *(reason.value for reason in END[told["reason"]])


class Writer:
    """Turns a comparison into rows, table by table."""

    def __init__(self, found, registry, by, on, trace):
        self.found, self.registry, self.by, self.on, self.trace = found, registry, by, on, trace
        self.people = [*found.new, *found.updated]
        self.ids = {}  # id(person) → child pk
        self.houses = dict(registry.households)
        self.ends = {id(one): self._end(one) for one in found.new if "residence_end" in one.stored}

    def run(self):
        """Everything, in the order of the foreign keys."""
        wanted = self._new_houses()
        protected = [one for one in self.people if self._needs_file(one)]
        self.trace.reserve(
            (Child, len(self.found.new)), (Household, len(wanted)), (ProtectedFile, len(protected)),
            (Residence, len(self.found.new)), (Membership, len(self.people)),
            (PovertyStatus, sum(bool(one.poverty) for one in self.people)),
            (Circumstance, sum(len(one.circumstances) for one in self.people)),
            (Support, sum(len(one.supports) for one in self.people)),
        )  # fmt: skip
        self._write_houses(wanted, self.trace.take(Household, len(wanted)))
        self._write_children(self.trace.take(Child, len(self.found.new)))
        self._write_files(protected, self.trace.take(ProtectedFile, len(protected)))
        self._write_memberships()
        self._write_poverty()
        self._write_facts()
        self._write_updates()

    def _write(self, model, names, rows):
        """Rows whose keys were reserved beforehand, the first of `names`."""
        bulk.insert(model, names, rows)
        self.trace.wrote(model, [row[0] for row in rows])

    def _new_houses(self):
        """Key of each household to be made → the first person of it."""
        wanted = {}
        for one in self.people:
            if one.house and self._house_key(one) not in self.houses:
                wanted.setdefault(self._house_key(one), one)
        return wanted

    @staticmethod
    def _house_key(one):
        unit, head, mother = one.house
        return (unit, head) if head else one.house

    def _write_houses(self, wanted, keys):
        rows = []
        for (key, one), pk in zip(wanted.items(), keys, strict=True):
            self.houses[key] = pk
            head = written_name(one.row["household_head"] or "") or ""
            rows.append((pk, key[0], head, fold(head)[:120], one.row["address"] or "", one.row["phone"] or ""))
        self._write(Household, ("id", "unit_id", "head_name", "head_folded", "address", "phone"), rows)

    def _house(self, one):
        if one.known and one.known["household_id"]:
            return one.known["household_id"]
        return self.houses[self._house_key(one)] if one.house else None

    def _write_children(self, keys):
        rows, places = [], []
        for one, pk in zip(self.found.new, keys, strict=True):
            self.ids[id(one)] = pk
            ended_on, reason, _ = self.ends.get(id(one), (None, "", ""))
            own = [one.stored[name] for name in OWN]
            rows.append((pk, *own, one.unit.pk, self._house(one), ended_on is None, self.by.pk))
            places.append((pk, one.unit.pk, Residence.Reason.EXISTING.value, ended_on, reason, self.by.pk))
        self.ids.update((id(one), one.known["pk"]) for one in self.found.updated)
        self._write(Child, ("id", *OWN, "unit_id", "household_id", "residing", "created_by_id"), rows)
        self.trace.insert(
            Residence, ("child_id", "unit_id", "start_reason", "ended_on", "end_reason", "recorded_by_id"), places
        )

    def _end(self, one):
        return end_of(one.stored["residence_end"], self.on)

    def _needs_file(self, one):
        sensitive = any(self.registry.circumstances[code].sensitive for code in one.circumstances)
        return sensitive and (one.known is None or one.known["pk"] not in self.registry.files)

    def _write_files(self, protected, keys):
        """Sensitive facts go under a protected file whose team is the commune, as `actions.protection` makes it."""
        rows = [(pk, self.ids[id(one)]) for one, pk in zip(protected, keys, strict=True)]
        self.registry.files.update((child, pk) for pk, child in rows)
        self._write(ProtectedFile, ("id", "child_id"), rows)
        team = FileAccess.Kind.TEAM.value
        access = [(pk, team, self.registry.unit.pk, timezone.now(), self.by.pk) for pk, _ in rows]
        bulk.insert(FileAccess, ("file_id", "kind", "unit_id", "since", "given_by_id"), access)

    def _write_memberships(self):
        joining = [one for one in self.found.new if one.house] + [one for one in self.found.updated if "household" in one.fills]
        rows = [(self.ids[id(one)], self._house(one), one.row["relation_to_head"] or "", self.by.pk) for one in joining]
        self.trace.insert(Membership, ("child_id", "household_id", "relation_to_head", "recorded_by_id"), rows)

    def _write_poverty(self):
        """One class per household and year: the first row that tells it."""
        rows = {}
        for one in self.people:
            if one.poverty and (house := self._house(one)):
                rows.setdefault((house, one.row["poverty_year"] or self.registry.year), (one.poverty, one))
        known, over = self.registry.poverty, {id(one) for one in self.people if one.poverty_over}
        new = [(*key, level, self.by.pk) for key, (level, _) in rows.items() if key not in known]
        self.trace.insert(PovertyStatus, ("household_id", "year", "level", "recorded_by_id"), new)
        taken = {key: level for key, (level, one) in rows.items() if key in known and id(one) in over}
        replacing.classes(taken, by=self.by, trace=self.trace)

    def _write_facts(self):
        groups, helps = [], []
        for one in self.people:
            child = self.ids[id(one)]
            ended_on, _, reason = self.ends.get(id(one), (None, "", ""))
            since = self._since(one)
            for code in one.circumstances:
                kind = self.registry.circumstances[code]
                file = self.registry.files.get(child) if kind.sensitive else None
                day = min(filter(None, (since, ended_on)), default=None)
                paper = decisions.of_circumstance(one.row, code)
                groups.append((child, kind.pk, day, ended_on, reason, *paper, file, self.by.pk))
            for code, day in one.supports:
                kind = self.registry.supports[code]
                running = ended_on is None and (day is None or kind.recurrence == "monthly")
                told = decisions.of_support(one.row, kind)
                helps.append((child, kind.pk, self.registry.unit.pk, day, running, *told, self.by.pk))
        self.trace.insert(
            Circumstance,
            (
                "child_id", "kind_id", "started_on", "ended_on", "end_reason", "paper", "paper_on", "protected_file_id",
                "recorded_by_id",
            ),
            groups,
        )  # fmt: skip
        self.trace.insert(
            Support,
            (
                "child_id", "kind_id", "unit_id", "started_on", "running", "amount", "per", "decision", "decision_on",
                "recorded_by_id",
            ),
            helps,
        )  # fmt: skip

    @staticmethod
    def _since(one):
        """The day of "Từ ngày", unless it lies before the birth of the child."""
        if not one.row["since"]:
            return None
        since = date.fromisoformat(one.row["since"])
        return None if one.stored["birth_earliest"] and since < one.stored["birth_earliest"] else since

    def _write_updates(self):
        """Fill what the registry does not know of children already there; every filled field leaves a revision."""
        people = {one.known["pk"]: one for one in self.found.updated if one.fills}
        children = Child.objects.in_bulk(list(people))
        changes = {pk: self._fields(people[pk]) for pk in children}
        filling.fill(children, changes, by=self.by, source=SOURCE, trace=self.trace)
        replacing.facts(self.found.updated, by=self.by, trace=self.trace)
        self._end_known()

    def _fields(self, one):
        fields = dict(one.fills)
        if fields.pop("household", None):
            fields["household_id"] = self._house(one)
        return fields | name_fields(fields["full_name"]) if "full_name" in fields else fields

    def _end_known(self):
        """Children already there of whom the officer accepted that they left or died."""
        leaving = {one.known["pk"]: one for one in self.found.updated if "residence_end" in one.stored}
        for pk, child in Child.objects.in_bulk(list(leaving)).items() if leaving else ():
            ended_on, reason, _ = self._end(leaving[pk])
            row = residence.end(child=child, by=self.by, on=ended_on, reason=Residence.Reason(reason))
            self.trace.ended(pk, row)
