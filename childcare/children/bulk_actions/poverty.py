"""The class of the year for the households of many children: once a household, however many of its children are chosen."""

from childcare.children.bulk_actions.base import Verdict, changed, void_all
from childcare.children.models import PovertyStatus

REPLACED = "Ghi lại loại hộ của năm"


def assess(bulk, items, *, by):
    """Who cannot get it: a child without household, or whose household has this class already."""
    valid = _valid(bulk, items)
    found, done = {}, set()
    for item in items:
        found[item.pk] = _verdict(item.child, valid.get(item.child.household_id), bulk.values, done)
        done.add(item.child.household_id)
    return found


def _valid(bulk, items):
    houses = {item.child.household_id for item in items if item.child.household_id}
    rows = PovertyStatus.objects.valid().filter(household__in=houses, year=bulk.values["year"])
    return {row.household_id: row for row in rows}


def _verdict(child, old, values, done):
    if child.household_id is None:
        return Verdict("chưa ghi hộ gia đình")
    if old is not None and (old.level, old.decision) == (values["level"], values.get("decision", "")):
        return Verdict(f"hộ đã ghi “{old.get_level_display()}” năm {old.year}")
    if child.household_id in done:
        return Verdict(note="cùng hộ với trẻ ở trên, ghi một lần")
    return Verdict(note=f"thay cho “{old.get_level_display()}” đã ghi" if old is not None else "")


def write(bulk, items, *, by):
    """One PovertyStatus a household; another class of the same year is voided and replaced."""
    old = _valid(bulk, items)
    void_all(PovertyStatus, [row.pk for row in old.values()], by=by, reason=REPLACED)
    houses = list(dict.fromkeys(item.child.household_id for item in items))
    rows = PovertyStatus.objects.bulk_create(
        PovertyStatus(
            household_id=house, year=bulk.values["year"], level=bulk.values["level"], recorded_by=by,
            decision=bulk.values.get("decision", ""), replaces=old.get(house),
        )
        for house in houses
    )  # fmt: skip
    made = dict(zip(houses, rows, strict=True))
    for item in items:
        item.poverty = made[item.child.household_id]
    return ["poverty"]


def standing(items):
    """{item.pk: why} where another class of the year was recorded since."""
    why = changed(PovertyStatus.objects.filter(pk__in=[item.poverty_id for item in items]))
    return {item.pk: why[item.poverty_id] for item in items if item.poverty_id in why}


def take_back(bulk, items, *, by, reason):
    """Void every row; the class that it replaced stands again."""
    keys = {item.poverty_id for item in items}
    rows = list(PovertyStatus.objects.filter(pk__in=keys).select_related("replaces"))
    void_all(PovertyStatus, keys, by=by, reason=reason)
    PovertyStatus.objects.bulk_create(
        PovertyStatus(
            household_id=row.household_id, year=row.year, level=row.replaces.level, decision=row.replaces.decision,
            recorded_by=by, replaces=row,
        )
        for row in rows if row.replaces
    )  # fmt: skip


def words(bulk):
    """What is recorded, in a line."""
    level = PovertyStatus.Level(bulk.values["level"]).label if bulk.values.get("level") else "loại hộ"
    return f"{level[:1].upper()}{level[1:]} năm {bulk.values.get('year', '')}".strip()
