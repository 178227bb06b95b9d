"""What was done: recorded, corrected by a new row in place of the old one, voided with a reason."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions.base import once
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, number
from plans.actions import charging, training
from plans.actions.held import check_version
from plans.models import Activity, ActivityMoney, Tally

COPIED = (
    "unit", "held_on", "begins_on", "planned", "occasion", "kind", "title", "place", "children", "adults", "staff", "products",
    "gifts", "money", "raised", "source", "note",
)  # fmt: skip
CORRECTED = "Đã sửa bằng dòng khác"
T = Tally.What
# The total of the activity → the kinds of people or things that are parts of it.
PARTS = {
    "children": (T.CHILDREN,),
    "adults": (T.FAMILY, T.SCHOOL, T.OFFICER, T.COLLABORATOR, T.COMMUNITY),
    "staff": (T.T_OFFICER, T.T_COLLABORATOR, T.T_TEACHER, T.T_OTHER),
    "products": (T.LEAFLET, T.PANEL, T.BANNER, T.ARTICLE, T.BROADCAST),
}  # fmt: skip
RESULTS = (T.CONSULTED, T.ONLINE, T.RIGHTS)  # what children gained: never more than the children who came
WORDS = {
    "children": "lượt trẻ em", "adults": "lượt người lớn", "staff": "người được tập huấn", "products": "sản phẩm",
    "gifts": "suất quà", "money": "kinh phí",
}  # fmt: skip


def check(unit, held_on):
    """Refuse a day on which the unit did not exist: units that ended are valid for their years."""
    if not unit.valid_on(held_on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {held_on:%d/%m/%Y}. Hãy chọn đơn vị đúng của ngày đó.")


def sums(tallies, moneys):
    """Total → what its lines add up to, for the totals that have lines. Heads of children and their parts count once."""
    found = {}
    for name, kinds in PARTS.items():
        heads = [row["times"] for row in tallies if row["what"] in kinds and not _is_part(row) and row["times"] is not None]
        parts = [row["times"] or 0 for row in tallies if row["what"] in kinds and _is_part(row)]
        if heads or parts:
            found[name] = max(sum(heads), sum(parts))
    if packs := [row["packs"] for row in moneys if row["packs"]]:
        found["gifts"] = sum(packs)
    if moneys:
        found["money"] = sum(row["amount"] for row in moneys)
    return found


def _is_part(row):
    return bool(row.get("sex") or row.get("band"))


def whole(facts, tallies, moneys):
    """The facts with their totals made from the lines; a total typed may be more than its lines, never less."""
    made = dict(facts)
    for name, amount in sums(tallies, moneys).items():
        if made.get(name) is None:
            made[name] = amount
        elif made[name] < amount:
            raise Refusal(f"Tổng {WORDS[name]} ({number(made[name])}) nhỏ hơn các phần cộng lại ({number(amount)}).")
    for row in tallies:
        if row["what"] in RESULTS and (made.get("children") or 0) < (row["people"] or 0):
            raise Refusal(f"{T(row['what']).label}: nhiều hơn số lượt trẻ em dự. Hãy xem lại hai số.")
        if row["people"] is not None and row["times"] is not None and row["people"] > row["times"]:
            raise Refusal(f"{T(row['what']).label}: số người khác nhau không được lớn hơn số lượt.")
    return made


def _checked(unit, facts):
    check(unit, facts["held_on"])
    begins = facts.get("begins_on")
    if begins and begins > facts["held_on"]:
        raise Refusal("Ngày bắt đầu không được sau ngày kết thúc.")
    if facts["held_on"] > today() and not facts.get("planned"):
        raise Refusal("Ngày này chưa tới: hãy ghi là hoạt động dự kiến.")


@once(Activity)
def record(*, by, once, unit, held_on, kind, title, targets=(), tasks=(), tallies=(), moneys=(), **facts):
    """Write one activity of a unit; `facts` are its numbers, money and notes. Returns it.

    `targets` and `tasks` are what it serves; `tallies` and `moneys` its lines, as dictionaries of their fields.
    """
    facts = {"unit": unit, "held_on": held_on, "kind": kind, "title": title, **whole(facts, tallies, moneys)}
    _checked(unit, facts)
    activity = Activity.objects.create(public_id=once, recorded_by=by, **facts)
    _write_lines(activity, targets, tasks, tallies, moneys)
    audit.record("activity.recorded", subject=activity, by=by)
    return activity


def _write_lines(activity, targets, tasks, tallies, moneys):
    activity.targets.set(targets)
    activity.tasks.set(tasks)
    Tally.objects.bulk_create([Tally(activity=activity, **row) for row in tallies])
    ActivityMoney.objects.bulk_create(
        [ActivityMoney(activity=activity, position=position, **row) for position, row in enumerate(moneys, 1)]
    )


def tallies_of(activity):
    """The tallies of an activity as `record` takes them."""
    names = ("what", "sex", "band", "times", "people")
    return [{name: getattr(row, name) for name in names} for row in activity.tallies.all()]


def moneys_of(activity):
    """The money lines of an activity as `record` takes them."""
    names = ("text", "source", "donor", "packs", "price", "amount")
    return [{name: getattr(row, name) for name in names} for row in activity.moneys.all()]


@transaction.atomic
def correct(*, activity, by, version, targets=(), tasks=None, tallies=None, moneys=None, **facts):
    """Put a corrected row in the place of a wrong one, which is voided and kept. Returns the new row.

    What is not given stays as it was; photos go along.
    """
    old = _locked(activity, version)
    lines = {
        "tasks": list(old.tasks.all()) if tasks is None else list(tasks),
        "tallies": tallies_of(old) if tallies is None else tallies,
        "moneys": moneys_of(old) if moneys is None else moneys,
    }
    facts = {name: facts.get(name, getattr(old, name)) for name in COPIED}
    facts = whole(facts, lines["tallies"], lines["moneys"])
    _checked(facts["unit"], facts)
    _keep_received(old, facts["raised"])
    changed = _changed(old, facts, set(targets), lines)
    if not changed:
        return old
    new = Activity.objects.create(recorded_by=by, **facts)
    _write_lines(new, targets, **lines)
    training.follow(old, new)
    charging.follow(old, new, by)
    old.photos.update(activity=new)
    old.fund_entries.update(activity=new)
    _void(old, by, CORRECTED)
    audit.record("activity.corrected", subject=new, by=by, fields=changed, note=f"thay cho {old.public_id}")
    return new


def _keep_received(activity, raised):
    """Refuse to say that less was raised than the fund already received of it."""
    received = sum(activity.fund_entries.filter(kind="income", voided_at=None).values_list("amount", flat=True))
    if received > (raised or 0):
        raise Refusal(f"Quỹ đã ghi thu {number(received)} đồng từ hoạt động này: số vận động được không thể nhỏ hơn.")


def _changed(old, facts, targets, lines):
    changed = [name for name in COPIED if facts[name] != getattr(old, name)]
    now = {"targets": (targets, set(old.targets.all())), "tasks": (set(lines["tasks"]), set(old.tasks.all()))}
    now["tallies"] = (_bare(lines["tallies"]), _bare(tallies_of(old)))
    now["moneys"] = (_bare(lines["moneys"]), _bare(moneys_of(old)))
    return [*changed, *(name for name, (new, was) in now.items() if new != was)]


def _bare(rows):
    return sorted(tuple(sorted((name, str(value or "")) for name, value in row.items())) for row in rows)


@transaction.atomic
def serve(*, activity, by, targets=(), tasks=()):
    """Tie an activity to targets and tasks that it serves, beside those that it has."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if activity.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi xem lại.")
    activity.targets.add(*targets)
    activity.tasks.add(*tasks)
    audit.record("activity.served", subject=activity, by=by)
    return activity


@transaction.atomic
def void(*, activity, by, version, reason):
    """Take an activity out of every count; the row stays with who, when and why."""
    old = _locked(activity, version)
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    charging.release(old, by)
    _void(old, by, clean_text(reason)[:300])
    audit.record("activity.voided", subject=old, by=by)
    return old


def _locked(activity, version):
    old = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if old.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi xem lại.")
    check_version(old, version, "Hoạt động")
    return old


def _void(activity, by, reason):
    activity.voided_at, activity.voided_by, activity.void_reason = timezone.now(), by, reason
    activity.version += 1
    activity.save(update_fields=["voided_at", "voided_by", "void_reason", "version"])
