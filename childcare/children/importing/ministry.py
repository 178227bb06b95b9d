"""The export of the ministry's software against the registry of a commune: who is there, who is not, who is told otherwise."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.children import bulk
from childcare.children.importing import extra, matching
from childcare.children.importing.reading import Place, read_sheets
from childcare.children.ministry import differences
from childcare.children.models import Child, ChildRevision, MinistryDifference
from childcare.units.models import Unit

RIGHT = Permission.CHILD_IMPORT
SOURCE = "phần mềm của Bộ"
State = Child.MinistryState
LEFT_OUT = {"circumstances": [], "supports": [], "poverty": None, "household_head": None, "note": None, "since": None}


def read(taken, sheets, progress):
    """(Reading, what is kept of it): the rows, each with our printed code where the file carries it."""
    more = {"progress": progress} if progress else {}
    reading = read_sheets(sheets, taken.file.name, Place(taken.on, **more))
    codes = extra.columns(sheets, reading, {"child": extra.CHILD_CODE})
    again = {(row["sheet"], row["row"]) for row in reading.repeated}
    kept = [
        {**row, **LEFT_OUT, "child": codes.get((row["sheet"], row["row"]), {}).get("child", "").lower()}
        for row in reading.rows
        if (row["sheet"], row["row"]) not in again
    ]
    return reading, {"rows": kept, "rejected": reading.rejected, "repeated": len(again)}


def preview(taken, kept, by):
    """What writing now would do; rows that are like a child, and rows of nobody, are kept by their position."""
    plan = Plan(taken, kept, by, accepted=[])
    nobody = [(place, one) for place, one in enumerate(plan.found) if one.child is None]
    kept["alike"] = [[place, [child["pk"] for child in one.alike]] for place, one in nobody if one.alike]
    kept["missing"] = [place for place, one in nobody if not one.alike]
    return plan.counts() | {"alike": len(kept["alike"]), "missing": len(kept["missing"])}


@transaction.atomic
def write(taken, kept, by):
    """Set the state of every child that the file tells of, and keep the differences."""
    Unit.objects.select_for_update(no_key=True).get(pk=taken.unit_id)
    plan = Plan(taken, kept, by, accepted=taken.accepted.get("same", []))
    plan.write()
    return plan.counts()


class Plan:
    """What an export says of the children of a commune. `accepted`: [position, key of a child] that a person found the same."""

    def __init__(self, taken, kept, by, accepted):
        self.taken, self.by = taken, by
        codes = {(row["sheet"], row["row"]): row["child"] for row in kept["rows"] if row["child"]}
        self.found, registry = matching.meant(kept["rows"], unit=taken.unit, on=taken.on, by=by, told=codes)
        self.tally, told = Counter(), {}
        allowed = {(place, key) for place, keys in kept.get("alike", []) for key in keys}
        chosen = {place: key for place, key in map(tuple, accepted) if (place, key) in allowed}
        for place, one in enumerate(self.found):
            if one.child is not None and not registry.holds(one.child):
                self.tally["elsewhere"] += 1
            elif one.child is not None or place in chosen:
                told.setdefault(one.child["pk"] if one.child else chosen[place], one)
        self.children = Child.objects.in_bulk(list(told))
        self.differing = {key: differences(child, told[key].stored) for key, child in self.children.items()}
        self.absent = self._absent(set(told)) if taken.asked.get("whole") else []

    def _absent(self, told):
        """Children of the commune of whom a complete export does not tell."""
        children = Child.objects.filter(unit__path__startswith=self.taken.unit.path).residing().under_age(16, self.taken.on)
        return [child for child in children if child.pk not in told]

    def counts(self):
        """As the pages tell it."""
        different = sum(bool(fields) for fields in self.differing.values())
        return {
            "present": len(self.children) - different, "different": different, "absent": len(self.absent),
            "elsewhere": self.tally["elsewhere"],
        }  # fmt: skip

    def write(self):
        """A few statements whatever the number of rows; each changed state leaves a revision."""
        self._write_differences()
        kept = MinistryDifference.objects.filter(child__in=self.children).exclude(decision="theirs")
        different = set(kept.values_list("child", flat=True))
        states = {key: State.DIFFERENT if key in different else State.PRESENT for key in self.children}
        set_states({**self.children, **{child.pk: child for child in self.absent}}, states, by=self.by)

    def _write_differences(self):
        """What differs now stands; a decision to keep ours holds while they tell the same; what agrees now is gone."""
        before = {}
        for row in MinistryDifference.objects.filter(child__in=self.children).exclude(decision="theirs"):
            before[row.child_id, row.field] = row
        new, changed = [], []
        for key, fields in self.differing.items():
            for name, (ours, theirs) in fields.items():
                row = before.pop((key, name), None)
                if row is None:
                    new.append(MinistryDifference(child_id=key, field=name, ours=ours, theirs=theirs, source=self.taken))
                elif (row.ours, row.theirs) != (ours, theirs):
                    row.ours, row.theirs, row.source = ours, theirs, self.taken
                    row.decision, row.decided_by, row.decided_at = "", None, None
                    changed.append(row)
        MinistryDifference.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
        MinistryDifference.objects.bulk_create(new, batch_size=500)
        names = ["ours", "theirs", "source", "decision", "decided_by", "decided_at"]
        MinistryDifference.objects.bulk_update(changed, names, batch_size=500)


def set_states(children, states, *, by, source=SOURCE):
    """Give children (key → Child) their state (key → state, absent where it is not told), each change with its revision."""
    changed, revisions = [], []
    for key, child in children.items():
        state = states.get(key, State.ABSENT)
        if child.ministry_state != state:
            old = child.get_ministry_state_display() if child.ministry_state else ""
            child.ministry_state, child.version, child.changed_at = state, child.version + 1, timezone.now()
            changed.append(child)
            revisions.append((key, "ministry_state", old, State(state).label, by.pk, source, child.version))
    Child.objects.bulk_update(changed, ["ministry_state", "version", "changed_at"], batch_size=500)
    bulk.insert(ChildRevision, ("child_id", "field", "old", "new", "by_id", "source", "version"), revisions)
