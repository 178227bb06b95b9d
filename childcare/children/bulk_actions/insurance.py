"""Health insurance cards of many children: one day until which they hold, a number for each where it is known."""

from django.utils import timezone

from childcare.children.actions.people import shown
from childcare.children.bulk_actions.base import Verdict, day, own
from childcare.children.models import Child, ChildRevision

FIELDS = ("insurance_number", "insurance_until")


def _wanted(bulk, item):
    """The two fields as they would stand; what was not given stays as it is."""
    values = own(bulk, item)
    number = values.get("insurance_number") or item.child.insurance_number
    return number, day(values, "insurance_until") or item.child.insurance_until


def assess(bulk, items, *, by):
    """Who cannot get it: the card has this number and day already, or the number stands twice in the list."""
    found, seen = {}, set()
    for item in items:
        number, until = _wanted(bulk, item)
        if (number, until) == (item.child.insurance_number, item.child.insurance_until):
            found[item.pk] = Verdict("thẻ đã có đúng số và hạn này")
        elif number and number in seen:
            found[item.pk] = Verdict(f"số thẻ {number} trùng với trẻ ở trên")
        else:
            found[item.pk] = Verdict(note="" if number else "chưa có số thẻ, chỉ ghi hạn")
        seen.add(number)
    return found


def write(bulk, items, *, by):
    """Correct both fields of each child in place, with a revision for each that changes."""
    for item in items:
        item.before = {
            "number": item.child.insurance_number,
            "until": item.child.insurance_until and f"{item.child.insurance_until}",
        }
    _set({item.child: _wanted(bulk, item) for item in items}, by=by, source="Ghi hàng loạt")
    for item in items:
        item.before["version"] = item.child.version
    return ["before"]


def _set(wanted, *, by, source):
    revisions, now = [], timezone.now()
    for child, pair in wanted.items():
        before = {name: shown(child, name) for name in FIELDS}
        child.insurance_number, child.insurance_until = pair
        child.version, child.changed_at = child.version + 1, now
        revisions += [
            ChildRevision(
                child=child, field=name, old=before[name], new=shown(child, name), by=by, source=source, version=child.version
            )
            for name in FIELDS if shown(child, name) != before[name]
        ]  # fmt: skip
    Child.objects.bulk_update(wanted, [*FIELDS, "version", "changed_at"], batch_size=200)
    ChildRevision.objects.bulk_create(revisions)


def standing(items):
    """{item.pk: why} where the card was changed since: by hand, by an import, or by another bulk action."""
    keys = [item.child_id for item in items]
    later = dict(
        ChildRevision.objects.filter(child__in=keys, field__in=FIELDS).order_by("version").values_list("child", "version")
    )
    return {
        item.pk: "thẻ BHYT đã được sửa sau khi ghi" for item in items if later.get(item.child_id, 0) > item.before["version"]
    }


def take_back(bulk, items, *, by, reason):
    """Put back what stood there before, with its own revision."""
    _set(
        {item.child: (item.before["number"], day(item.before, "until")) for item in items},
        by=by,
        source="Hoàn tác ghi hàng loạt",
    )


def words(bulk):
    """What is recorded, in a line."""
    until = day(bulk.values, "insurance_until")
    return f"Thẻ BHYT đến ngày {until:%d/%m/%Y}" if until else "Số thẻ BHYT"
