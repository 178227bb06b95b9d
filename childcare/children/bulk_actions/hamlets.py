"""In which hamlet of their commune many children live: written down rightly, or moved there on a day."""

from django.db.models import F

from childcare.children.actions.copies import write_units
from childcare.children.bulk_actions.base import Verdict, changed, day, void_all
from childcare.children.models import Household, Residence
from childcare.lib.calendar import show
from childcare.units.models import Unit

REASON = "Ghi đúng thôn, tổ dân phố"


def _target(bulk):
    return Unit.objects.get(public_id=bulk.values["unit"])


def _open_rows(items):
    rows = Residence.objects.filter(child__in=[item.child_id for item in items], ended_on=None, voided_at=None)
    return {row.child_id: row for row in rows}


def assess(bulk, items, *, by):
    """Who cannot be put there: lives there already, or has lived where it is since a later day."""
    target, on, rows = _target(bulk), day(bulk.values, "on"), _open_rows(items)
    return {item.pk: _verdict(item.child, rows.get(item.child_id), target, on) for item in items}


def _verdict(child, row, target, on):
    if row is None:
        return Verdict("không còn cư trú ở đây")
    if row.unit_id == target.pk:
        return Verdict(f"đang ở {target.name} rồi")
    since = on or row.started_on
    if since and not target.valid_on(since):
        return Verdict(f"{target.name} không có hiệu lực vào ngày {show(since)}")
    if on and (row.started_on and on < row.started_on or child.birth_earliest and on < child.birth_earliest):
        return Verdict(f"ngày chuyển trước ngày bắt đầu ở {row.unit.name}" if row.started_on else "sinh sau ngày chuyển")
    return Verdict()


def write(bulk, items, *, by):
    """A new residence each: in place of the one that was written down wrongly, or after it from the day of the move.

    Both places lie in one commune, so that the rights to protected files stay as they are. A household moves along when all
    of its children do.
    """
    target, on, old = _target(bulk), day(bulk.values, "on"), _open_rows(items)
    keys = [row.pk for row in old.values()]
    if on:
        Residence.objects.filter(pk__in=keys).update(ended_on=on, end_reason="departure", version=F("version") + 1)
    else:
        void_all(Residence, keys, by=by, reason=REASON)
    rows = Residence.objects.bulk_create(_new(old[item.child_id], target, on, by) for item in items)
    for item, row in zip(items, rows, strict=True):
        item.residence, item.before = row, {"residence": old[item.child_id].pk}
    _move_houses(items, target)
    write_units([item.child for item in items], target)
    return ["residence", "before"]


def _new(old, target, on, by):
    if on:
        return Residence(
            child_id=old.child_id, unit=target, started_on=on, start_reason="arrival", kind=old.kind, recorded_by=by
        )
    return Residence(
        child_id=old.child_id, unit=target, started_on=old.started_on, start_reason=old.start_reason, kind=old.kind,
        recorded_by=by, replaces=old,
    )  # fmt: skip


def _move_houses(items, target):
    """Households of which every residing child is among the items; where each stood is noted with the first of its children."""
    members = {}
    for item in items:
        if item.child.household_id:
            members.setdefault(item.child.household_id, []).append(item)
    houses = Household.objects.filter(pk__in=members).exclude(unit=target).prefetch_related("children")
    moved = [
        house for house in houses
        if {child.pk for child in house.children.all() if child.residing} <= {item.child_id for item in members[house.pk]}
    ]  # fmt: skip
    for house in moved:
        members[house.pk][0].before |= {"house": house.pk, "house_unit": house.unit_id}
    Household.objects.filter(pk__in=[house.pk for house in moved]).update(unit=target, version=F("version") + 1)


def standing(items):
    """{item.pk: why} where the child has moved, left or been corrected since."""
    rows = Residence.objects.filter(pk__in=[item.residence_id for item in items])
    why = changed(rows) | {row.pk: "đã chuyển nơi ở sau khi ghi" for row in rows if row.ended_on}
    return {item.pk: why[item.residence_id] for item in items if item.residence_id in why}


def take_back(bulk, items, *, by, reason):
    """Void every new residence and let the former one hold again; households go back too."""
    void_all(Residence, [item.residence_id for item in items], by=by, reason=reason)
    old = Residence.objects.select_related("unit").in_bulk([item.before["residence"] for item in items])
    if bulk.values.get("on"):
        Residence.objects.filter(pk__in=old).update(ended_on=None, end_reason="", version=F("version") + 1)
    else:
        Residence.objects.bulk_create(
            Residence(
                child_id=item.child_id, unit=row.unit, started_on=row.started_on, start_reason=row.start_reason, kind=row.kind,
                recorded_by=by, replaces_id=item.residence_id,
            )
            for item in items for row in [old[item.before["residence"]]]
        )  # fmt: skip
    by_unit = {}
    for item in items:
        by_unit.setdefault(old[item.before["residence"]].unit, []).append(item.child)
    for unit, children in by_unit.items():
        write_units(children, unit)
    _houses_back(items)


def _houses_back(items):
    homes = {}
    for item in items:
        if "house" in item.before:
            homes.setdefault(item.before["house_unit"], []).append(item.before["house"])
    for unit, houses in homes.items():
        Household.objects.filter(pk__in=houses).update(unit=unit, version=F("version") + 1)


def words(bulk):
    """What is recorded, in a line."""
    on = day(bulk.values, "on")
    return f"{'Chuyển đến' if on else 'Ở'} {_target(bulk).name}{f' từ {show(on)}' if on else ''}"
