"""Handing targets down: given, changed with a reason, withdrawn; the unit below takes a change into its plan itself."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.issuers import authorities, notation, place_of, short
from childcare.inbox import actions as inbox
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from childcare.units.models import Unit
from plans import loading
from plans.actions.writing import keep_version
from plans.assigned import GIVEN, changes, holder_of, mark
from plans.models import Assignment, Plan, Target
from plans.querysets import HANDED_DOWN

COPIED = ("code", "section", "kind", "counted_kinds", "due_on", *GIVEN)
CHANGED = "điều chỉnh mức giao"


@transaction.atomic
def assign(*, plan, by, cells, seen=None, reason=""):
    """Give, change or withdraw targets of a plan. `cells`: (target, key of unit) → value, None for words, or False: not given.

    Only what differs is written. Changing or withdrawing needs a reason; `seen` is the mark of the table that the officer had
    before him. The officers of the units are told once. Returns {"given", "changed", "withdrawn"} with how many of each.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if seen is not None and seen != mark(plan):
        raise Refusal("Chỉ tiêu giao vừa được người khác sửa. Hãy mở lại trang, xem mức mới rồi sửa tiếp.")
    units = _units(plan, {unit for _, unit in cells})
    now = {(row.target_id, row.unit_id): row for row in Assignment.objects.open().filter(target__plan=plan)}
    new = {key: value for key, value in cells.items() if value is not False and key not in now}
    other = {key: value for key, value in cells.items() if key in now and (value is False or value != now[key].value)}
    reason = clean_text(reason)[:300]
    if other and not reason:
        raise Refusal(f"{_counted(other)} đã giao trước đây. Hãy ghi lý do, ví dụ: theo Công văn số … ngày …")
    _end([now[key] for key in other], by, reason, {key: value is False for key, value in other.items()})
    again = {key: value for key, value in other.items() if value is not False}
    _give({**new, **again}, by, reason, now)
    for unit in {unit for _, unit in new}:
        _hold(plan, units[unit], [target for target, place in new if place == unit])
    counts = {"given": len(new), "changed": len(again), "withdrawn": len(other) - len(again)}
    if new or other:
        note = f"giao {counts['given']}, điều chỉnh {counts['changed']}, thôi giao {counts['withdrawn']}"
        audit.record("plan.assigned", subject=plan, by=by, note=note)
        _tell(plan, units, [*new, *other])
    return counts


def _units(plan, keys):
    units = Unit.objects.select_related("parent").in_bulk(keys)
    for unit in units.values():
        if not unit.is_under(plan.unit) or unit == plan.unit:
            raise Refusal(f"{unit.name} không phải đơn vị cấp dưới của {plan.unit.name}.")
    return units


def _counted(other):
    gone = sum(value is False for value in other.values())
    parts = [f"điều chỉnh {len(other) - gone} mức" if len(other) > gone else "", f"thôi giao {gone} mức" if gone else ""]
    return f"Anh/chị đang {' và '.join(filter(None, parts))}"


def _end(rows, by, reason, gone):
    for row in rows:
        row.ended_at, row.ended_by = timezone.now(), by
        row.end_reason = reason if gone[row.target_id, row.unit_id] else CHANGED
    Assignment.objects.bulk_update(rows, ["ended_at", "ended_by", "end_reason"])


def _give(cells, by, reason, now):
    rows = []
    for (target, unit), value in cells.items():
        old = now.get((target, unit))
        why = reason if old else ""
        rows.append(
            Assignment(
                target_id=target, unit_id=unit, value=value, given_at=timezone.now(), given_by=by, reason=why, replaces=old
            )
        )
    Assignment.objects.bulk_create(rows, batch_size=500)


def _hold(plan, unit, keys):
    """A unit without a plan of the year gets one that holds its targets. A plan that has words takes them in itself."""
    lower = holder_of(unit, plan) or Plan.objects.create(
        unit=unit, first_year=plan.first_year, last_year=plan.last_year, seed=HANDED_DOWN, **head_of(plan, unit)
    )
    if lower.state == Plan.State.DRAFT and not lower.items.exists():
        rows = Assignment.objects.open().filter(target__in=keys, unit=unit).select_related("target")
        copy_down(lower, [(row.target, row.value) for row in rows.order_by("target__position")])
    return lower


def copy_down(lower, pairs):
    """Targets of the plan above as targets of the lower one, each tied to its own; what is there already stays."""
    have = set(lower.targets.exclude(assigned_from=None).values_list("assigned_from", flat=True))
    last = lower.targets.aggregate(last=Max("position"))["last"] or 0
    pairs = [(target, value) for target, value in pairs if target.pk not in have]
    rows = [
        Target(plan=lower, position=at, assigned_from=target, value=value, **{name: getattr(target, name) for name in COPIED})
        for at, (target, value) in enumerate(pairs, last + 1)
    ]
    return Target.objects.bulk_create(rows)


def head_of(plan, unit):
    """The head of a plan that carries out `plan` in a unit below."""
    subject = plan.subject
    for name in (f"{plan.unit.kind_word} {plan.unit.bare_name}", plan.unit.name):
        subject = subject.replace(name, f"{unit.name[:1].lower()}{unit.name[1:]}")
    return {
        "kind": plan.kind,
        "subject": subject[:500],
        "place": place_of(unit)[:80],
        "number": f"/{notation('KH', unit)}",
        "state": Plan.State.DRAFT,
        "signer_lines": authorities(unit)[0].split("\n"),
        "recipients": [f"{short(plan.unit)};", "Lưu: VT."],
    }


def _tell(plan, units, keys):
    """One message to everybody who works on it in each unit that something was given to or taken from."""
    on, stand = today(), mark(plan)
    people = holders(set(units), on)
    for unit in {unit for _, unit in keys}:
        count = sum(place == unit for _, place in keys)
        lower = holder_of(units[unit], plan)
        writers, answerers = (people.get((unit, p), []) for p in (Permission.PLAN_EDIT, Permission.PLAN_ANSWER))
        for person in dict.fromkeys([*writers, *answerers]):
            url = reverse("plan", args=[lower.public_id]) if lower and person in writers else reverse("assigned-list")
            subject = f"{plan.unit.name} giao, điều chỉnh {count} chỉ tiêu năm {plan.years} cho {units[unit].name}"
            inbox.send(officer=person, key=f"assigned:{plan.public_id}:{unit}:{stand}", day=on, subject=subject, url=url)


@transaction.atomic
def take(*, plan, by, version):
    """Take what the unit above gave, changed or withdrew into the unit's own plan, its words included. Returns the changes."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if plan.version != version:
        raise Refusal("Kế hoạch này vừa được người khác sửa. Hãy mở lại trang, xem bản mới rồi nhận thay đổi.")
    found = changes(plan)
    if not found:
        raise Refusal("Kế hoạch đã khớp với các chỉ tiêu được giao.")
    givers = ", ".join(dict.fromkeys(change.assignment.target.plan.unit.name for change in found))
    keep_version(plan, by, f"Theo chỉ tiêu {givers} giao, điều chỉnh đến ngày {show(today())}")
    rows = [loading.row_of(item) for item in plan.items.all()]
    before = [f"{change.target.text}: {change.before}." if change.target else "" for change in found]
    for change in found:
        _apply(plan, change)
    after = [f"{change.assignment.target.text}: {change.after}." if change.after else "" for change in found]
    if rows:
        loading.write(plan, _said(rows, list(zip(before, after, strict=True))))
    plan.carries_out.add(*{change.assignment.target.plan for change in found if change.kind == "new"})
    plan.version += 1
    plan.save(update_fields=["version"])
    audit.record("plan.taken", subject=plan, by=by, note=f"{len(found)} chỉ tiêu")
    return found


def _apply(plan, change):
    source = change.assignment.target
    if change.kind == "new" and change.target is None:
        copy_down(plan, [(source, change.assignment.value)])
    elif change.kind == "withdrawn":
        _drop(change.target)
    else:
        for name in GIVEN:
            setattr(change.target, name, getattr(source, name))
        change.target.assigned_from = source
        change.target.value = change.assignment.value
        change.target.version += 1
        change.target.save()


def _drop(target):
    """Take a target out of the plan; one on which something stands stays as the unit's own."""
    if target.status or target.status_note or target.activities.exists() or target.assignments.exists():
        Target.objects.filter(pk=target.pk).update(assigned_from=None)
    else:
        target.delete()


def _said(rows, pairs):
    """The paragraphs with the drafted sentences of targets exchanged; new ones after the last target, gone ones left out."""
    exchanged, places = dict(pair for pair in pairs if pair[0]), [row["text_vi"] for row in rows]
    found = []
    for row in rows:
        new = exchanged.get(row["text_vi"])
        if new != "":
            found.append({**row, "text_vi": new or row["text_vi"]})
    added = [after for before, after in pairs if after and (not before or before not in places)]
    at = max((at for at, row in enumerate(found) if row["kind"] == "target"), default=None)
    if at is None or not added:
        return found
    like = found[at]
    return [*found[: at + 1], *({**like, "text_vi": text, "note": ""} for text in added), *found[at + 1 :]]
