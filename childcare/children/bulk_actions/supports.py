"""The same act of help for many children: Trung thu gifts, school things, a visit."""

from childcare.children.bulk_actions.base import Verdict, changed, day, own, void_all
from childcare.children.models import Support, SupportKind
from childcare.lib.calendar import SIXTEEN, age_on, show

COPIED = ("amount", "source", "provider", "occasion", "decision")


def assess(bulk, items, *, by):
    """Who cannot get it: born later, or has the same kind of help of the same day already (twice in a paste too)."""
    seen = _given(bulk, items, by)
    found = {}
    for item in items:
        values = own(bulk, item)
        on, key = day(values, "started_on"), (item.child_id, values["kind"], values["started_on"])
        found[item.pk] = _verdict(item.child, on, bulk.unit, key in seen)
        if not found[item.pk].reason:
            seen.add(key)
    return found


def _given(bulk, items, by):
    """(child, kind, day) of the valid help that the officer may see."""
    rows = Support.objects.uncovered(by).valid().filter(
        child__in=[item.child_id for item in items], kind__code__in={own(bulk, item)["kind"] for item in items}
    )  # fmt: skip
    return {(child, kind, f"{on}") for child, kind, on in rows.values_list("child", "kind__code", "started_on")}


def _verdict(child, on, unit, given):
    if given:
        return Verdict(f"đã có trợ giúp này ngày {show(on)}")
    if child.birth_earliest and on < child.birth_earliest:
        return Verdict("sinh sau ngày trợ giúp")
    if not unit.valid_on(on):
        return Verdict(f"{unit.name} không có hiệu lực vào ngày trợ giúp")
    older = child.birth_latest is not None and age_on(child.birth_latest, on) >= SIXTEEN
    return Verdict(note="đã đủ 16 tuổi vào ngày này" if older else "")


def write(bulk, items, *, by):
    """One Support an item, given by the commune."""
    codes = {own(bulk, item)["kind"] for item in items}
    kinds = {kind.code: kind for kind in SupportKind.objects.filter(code__in=codes)}
    rows = [_row(bulk, item, kinds, by) for item in items]
    for item, row in zip(items, Support.objects.bulk_create(rows), strict=True):
        item.support = row
    return ["support"]


def _row(bulk, item, kinds, by):
    values = own(bulk, item)
    return Support(
        child=item.child, kind=kinds[values["kind"]], unit=bulk.unit, started_on=day(values, "started_on"), recorded_by=by,
        decision_on=day(values, "decision_on"), note=item.note or bulk.note,
        **{name: values[name] for name in COPIED if values.get(name) is not None},
    )  # fmt: skip


def standing(items):
    """{item.pk: why} where the help was corrected or voided since."""
    why = changed(Support.objects.filter(pk__in=[item.support_id for item in items]))
    return {item.pk: why[item.support_id] for item in items if item.support_id in why}


def take_back(bulk, items, *, by, reason):
    """Void every row."""
    void_all(Support, [item.support_id for item in items], by=by, reason=reason)


def words(bulk):
    """What is recorded, in a line: kind, occasion."""
    kind = SupportKind.objects.filter(code=bulk.values.get("kind")).first()
    parts = [kind.name if kind else "Trợ giúp", bulk.values.get("occasion", ""), show(day(bulk.values, "started_on"))]
    return " · ".join(part for part in parts if part)
