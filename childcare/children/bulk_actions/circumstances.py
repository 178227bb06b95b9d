"""The same circumstance or risk for many children; sensitive ones are recorded child by child only."""

from childcare.children.bulk_actions.base import Verdict, changed, day, own, void_all
from childcare.children.models import Circumstance, CircumstanceKind
from childcare.lib.calendar import show


def assess(bulk, items, *, by):
    """Who cannot get it: has it already, or was born later. Of a row that the officer may not see the reason says nothing."""
    kinds = _kinds(bulk, items)
    rows = Circumstance.objects.open().filter(
        child__in=[item.child_id for item in items], kind__in=[kind.pk for kind in kinds.values()]
    )  # fmt: skip
    taken = set(rows.values_list("child", "kind__code"))
    shown = set(rows.uncovered(by).values_list("child", "kind__code"))
    found = {}
    for item in items:
        values = own(bulk, item)
        key = (item.child_id, values["kind"])
        found[item.pk] = _verdict(item.child, kinds[values["kind"]], day(values, "started_on"), key in taken, key in shown)
        taken.add(key)
        shown.add(key)
    return found


def _verdict(child, kind, since, taken, shown):
    if kind.sensitive:
        return Verdict("hoàn cảnh nhạy cảm, phải ghi ở trang của từng trẻ")
    if taken:
        return Verdict("đang có hoàn cảnh này rồi" if shown else "chưa ghi được, đề nghị liên hệ cấp trên")
    if since and child.birth_earliest and since < child.birth_earliest:
        return Verdict("sinh sau ngày bắt đầu")
    if since and kind.valid_to and since >= kind.valid_to:
        return Verdict(f"nhóm này không còn hiệu lực vào ngày {show(since)}")
    return Verdict()


def _kinds(bulk, items):
    codes = {own(bulk, item)["kind"] for item in items}
    return {kind.code: kind for kind in CircumstanceKind.objects.filter(code__in=codes)}


def write(bulk, items, *, by):
    """One open Circumstance an item."""
    kinds = _kinds(bulk, items)
    rows = []
    for item in items:
        values = own(bulk, item)
        rows.append(
            Circumstance(
                child=item.child, kind=kinds[values["kind"]], started_on=day(values, "started_on"), recorded_by=by,
                paper=values.get("paper", ""), paper_on=day(values, "paper_on"), note=item.note or bulk.note,
            )
        )  # fmt: skip
    for item, row in zip(items, Circumstance.objects.bulk_create(rows), strict=True):
        item.circumstance = row
    return ["circumstance"]


def standing(items):
    """{item.pk: why} where the circumstance was ended, corrected or voided since."""
    why = changed(Circumstance.objects.filter(pk__in=[item.circumstance_id for item in items]))
    return {item.pk: why[item.circumstance_id] for item in items if item.circumstance_id in why}


def take_back(bulk, items, *, by, reason):
    """Void every row."""
    void_all(Circumstance, [item.circumstance_id for item in items], by=by, reason=reason)


def words(bulk):
    """What is recorded, in a line."""
    kind = CircumstanceKind.objects.filter(code=bulk.values.get("kind")).select_related("parent").first()
    return kind.words if kind else "Hoàn cảnh"
