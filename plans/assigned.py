"""What was handed down: to which units it goes, what a unit was given, and where its plan does not say the same yet."""

import re
from dataclasses import dataclass

from childcare.lib.calendar import today
from childcare.units.models import Unit
from plans.models import Assignment, Plan, Target
from plans.querysets import HANDED_DOWN
from plans.structure import key_of

GIVEN = ("text", "comparison", "unit_text", "multiplier", "indicator_id")  # what the unit above sets, besides the value
BELOW = {"province": ("district", "commune"), "district": ("commune",), "commune": ("hamlet", "school")}


def units_below(plan):
    """The units to which the targets are handed down: those right below, valid in the plan's last year."""
    now = today()
    day = plan.unit.as_of(min(now, now.replace(year=plan.last_year, month=6, day=30)))
    return below_on(plan.unit, day)


def below_on(unit, day):
    """The units right below that are given targets, valid on the day."""
    return Unit.objects.filter(parent=unit, kind__in=BELOW.get(unit.kind, ())).on(day).order_by("kind", "code")


def holder_of(unit, plan):
    """The plan of a unit below that takes in what `plan` gives: the one handed down, else its own newest of the years."""
    return _holder(Plan.objects.filter(unit=unit, first_year=plan.first_year, last_year=plan.last_year))


def _holder(plans):
    rows = sorted(plans, key=lambda row: (row.seed == HANDED_DOWN, row.pk))
    return rows[-1] if rows else None


def mark(plan):
    """What stands handed down now, in short: another officer's change makes another mark."""
    rows = Assignment.objects.filter(target__plan=plan)
    last = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{last}-{rows.exclude(ended_at=None).count()}"


@dataclass(frozen=True)
class Change:
    """One difference between what a unit is given and what its plan says. `kind`: new, changed, withdrawn."""

    kind: str
    assignment: Assignment
    target: Target | None

    @property
    def word(self):
        return {"new": "Giao thêm", "changed": "Điều chỉnh", "withdrawn": "Thôi giao"}[self.kind]

    @property
    def before(self):
        """What the plan says."""
        return self.target.wanted if self.target else ""

    @property
    def after(self):
        """What is given now; "" when nothing is."""
        return "" if self.kind == "withdrawn" else self.assignment.wanted

    @property
    def at(self):
        """When it was given, or no longer."""
        return self.assignment.ended_at if self.kind == "withdrawn" else self.assignment.given_at

    @property
    def why(self):
        return self.assignment.end_reason if self.kind == "withdrawn" else self.assignment.reason


def changes(plan):
    """Where the unit's plan says something else than what it is given. [] unless the plan is the one that takes it in."""
    rows = Assignment.objects.filter(
        unit=plan.unit_id, target__plan__first_year=plan.first_year, target__plan__last_year=plan.last_year
    ).select_related("target__plan__unit", "target__indicator", "unit")
    rows = list(rows.order_by("target__plan", "target__position", "pk"))
    if not rows:
        return []
    holder = holder_of(plan.unit, plan)
    if holder is None or holder.pk != plan.pk:
        return []
    targets = list(plan.targets.all())
    said = {row.assigned_from_id: row for row in targets if row.assigned_from_id}
    own = {alike(row.text): row for row in targets if not row.assigned_from_id}
    last = {row.target_id: row for row in rows}  # the open one is the newest
    found = (_change(row, said.get(row.target_id), own) for row in last.values())
    return [change for change in found if change]


def alike(text):
    """What makes a target handed down the same as one of the unit's own: the words without case, accents and years."""
    return re.sub(r"\b20\d\d\b", "", key_of(text))


def _change(row, target, own):
    if row.ended_at:
        return Change("withdrawn", row, target) if target else None
    if target is None:
        return Change("new", row, own.get(alike(row.target.text)))
    same = target.value == row.value and all(getattr(target, name) == getattr(row.target, name) for name in GIVEN)
    return None if same else Change("changed", row, target)
