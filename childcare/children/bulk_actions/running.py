"""Preparing, writing and taking back a bulk action: one transaction, one entry in the log, exactly once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from childcare.accounts.models import Officer
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.bulk_actions import circumstances, hamlets, insurance, poverty, supports
from childcare.children.bulk_actions.base import Verdict, day, own, stored
from childcare.children.bulk_actions.rows import printed_of
from childcare.children.models import BulkAction, BulkItem, Child
from childcare.children.querysets import in_units
from childcare.jobs import actions as jobs
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number

Kind, State = BulkAction.Kind, BulkAction.State
WORK = {
    Kind.SUPPORT: supports, Kind.CIRCUMSTANCE: circumstances, Kind.INSURANCE: insurance, Kind.POVERTY: poverty,
    Kind.HAMLET: hamlets,
}  # fmt: skip
NEEDS = {kind: Permission.FACT_RECORD for kind in Kind} | dict.fromkeys([Kind.INSURANCE, Kind.HAMLET], Permission.CHILD_EDIT)
JOB, AT_ONCE = "children.bulk", 300
SKIPPED = "bỏ ra theo ý người ghi"
GONE = "Việc này đã được ghi hoặc đã bỏ. Hãy mở lại trang để xem."
NOTHING = "Không có trẻ nào để ghi: xem lý do ở từng dòng."


@dataclass
class Preview:
    """Items that go in, items left out with their reasons."""

    going: list
    left: list


def allowed(kind, officer, unit):
    """Whether the officer may record this kind of thing for children of the unit."""
    return officer.can_in(NEEDS[kind], unit)


def words(bulk):
    """What is recorded, in a line."""
    if bulk.pasted:
        return f"{bulk.get_kind_display()} dán từ Excel"
    return WORK[bulk.kind].words(bulk) if bulk.kind else "Chưa chọn việc"


@transaction.atomic
def prepare(*, bulk, by, kind, values, note="", own_values=None):
    """Say what is to be recorded: cleaned values of the form; `own_values` maps positions to values of items."""
    _refuse_other(bulk, by, kind)
    bulk = BulkAction.objects.select_for_update().get(pk=bulk.pk)
    if bulk.state != State.PICKED:
        raise Refusal(GONE)
    bulk.kind, bulk.values, bulk.note, bulk.version = kind, stored(values), note, bulk.version + 1
    bulk.save(update_fields=["kind", "values", "note", "version"])
    items = list(bulk.items.all())
    for item in items:
        item.values = stored((own_values or {}).get(item.position, {}))
    BulkItem.objects.bulk_update(items, ["values"], batch_size=200)
    return bulk


def _refuse_other(bulk, by, kind):
    if not allowed(kind, by, bulk.unit):
        raise Refusal("Anh/chị không được ghi việc này ở đây.")


def look(bulk, *, by, items=None):
    """The preview: who goes in, who is left out and why. Reads only."""
    items = _items(bulk) if items is None else items
    verdicts = _verdicts(bulk, items, by)
    for item in items:
        item.verdict = verdicts[item.pk]
    return Preview(
        [item for item in items if not item.verdict.reason], [item for item in items if item.verdict.reason]
    )  # fmt: skip


def _items(bulk):
    return list(bulk.items.select_related("child", "child__unit", "child__unit__parent", "child__household"))


def _verdicts(bulk, items, by):
    """Rules of every kind first; then those of the kind for whoever is left."""
    mine = set(
        Child.objects.visible_to(by)
        .filter(in_units("unit", by.units_for(NEEDS[bulk.kind])), pk__in=[item.child_id for item in items])
        .values_list("pk", flat=True)
    )
    found = {}
    for item in items:
        if item.child_id not in mine or not item.child.unit.is_under(bulk.unit):
            found[item.pk] = Verdict("không còn ở địa bàn này")
        elif not item.child.residing:
            found[item.pk] = Verdict("đã chuyển đi hoặc tử vong")
    rest = [item for item in items if item.pk not in found]
    return found | WORK[bulk.kind].assess(bulk, rest, by=by)


def begin(*, bulk, by, skip=(), at_once=AT_ONCE):
    """Write the prepared action now, or as a job when it is for many children. A repeat changes nothing; returns the action.

    `skip` are positions that the officer took out of the preview.
    """
    _refuse_other(bulk, by, bulk.kind)
    _refuse_future(bulk)
    with transaction.atomic():
        bulk = BulkAction.objects.select_for_update().get(pk=bulk.pk)
        if bulk.state != State.PICKED:
            return bulk
        _skip(bulk, skip)
        if bulk.items.count() <= at_once:
            return write(bulk=bulk, by=by)
        bulk.state, bulk.version = State.WRITING, bulk.version + 1
        bulk.job = jobs.enqueue(JOB, key=f"{JOB}:{bulk.pk}:{bulk.version}", by=by, bulk=bulk.pk)
        bulk.save(update_fields=["state", "job", "version"])
    return bulk


def _refuse_future(bulk):
    days = [day(own(bulk, item), "started_on") for item in (bulk.items.all() if bulk.pasted else [BulkItem(values={})])]
    late = [one for one in days if one and one > today()]
    if bulk.kind == Kind.SUPPORT and late:
        raise Refusal(
            f"Ngày trợ giúp {show(max(late))} chưa tới. Hãy in danh sách cấp phát trước; phát xong thì mở lại trang này để ghi."
        )


def _skip(bulk, positions):
    bulk.items.update(left_out="")
    if positions:
        bulk.items.filter(position__in=positions).update(left_out=SKIPPED)


@transaction.atomic
def write(*, bulk, by):
    """Record it for every child that may get it at this moment; the reasons of the others are kept. One entry in the log."""
    children = [item.child_id for item in bulk.items.all()]
    list(Child.objects.select_for_update().filter(pk__in=children).order_by("pk").values_list("pk"))
    items = _items(bulk)
    preview = look(bulk, by=by, items=[item for item in items if item.left_out != SKIPPED])
    if not preview.going:
        raise Refusal(NOTHING)
    for item in preview.going:
        item.written, item.printed = True, printed_of(bulk, item)
    for item in preview.left:
        item.left_out = item.verdict.reason
    fields = WORK[bulk.kind].write(bulk, preview.going, by=by)
    BulkItem.objects.bulk_update(items, ["written", "left_out", "printed", *fields], batch_size=200)
    bulk.state, bulk.written_at, bulk.written_by, bulk.version = State.DONE, timezone.now(), by, bulk.version + 1
    bulk.save(update_fields=["state", "written_at", "written_by", "version"])
    shown = [item.child.public_id for item in preview.going]
    audit.record("bulk.recorded", by=by, subject=bulk, fields=[bulk.kind], shown=shown, note=f"{number(len(shown))} trẻ em")
    return bulk


def run(job):
    """The job: write once; a repeat after a kill finds the action written, or nothing of it."""
    officer = Officer.objects.get(pk=job.requested_by_id)
    total = BulkItem.objects.filter(bulk=job.params["bulk"]).count()
    jobs.progress(job, 0, total, "Đang ghi vào sổ")
    try:
        with transaction.atomic():
            bulk = BulkAction.objects.select_for_update().get(pk=job.params["bulk"])
            if bulk.state == State.WRITING and bulk.job_id == job.pk:
                _refuse_other(bulk, officer, bulk.kind)
                write(bulk=bulk, by=officer)
    except Refusal:
        BulkAction.objects.filter(pk=job.params["bulk"], state=State.WRITING).update(state=State.PICKED)
        raise
    jobs.progress(job, total, total, "Đã ghi vào sổ")


@transaction.atomic
def again(*, bulk, by):
    """A job that failed for good left the action unwritten: it can be prepared and written again."""
    bulk = BulkAction.objects.select_for_update().select_related("job").get(pk=bulk.pk)
    if bulk.state == State.WRITING and bulk.job and not bulk.job.open:
        bulk.state = State.PICKED
        bulk.save(update_fields=["state"])
    return bulk


@transaction.atomic
def undo(*, bulk, by, reason):
    """Take the whole action back. Refused, naming the rows, when anything stands on what was written. A repeat does nothing."""
    _refuse_other(bulk, by, bulk.kind)
    bulk = BulkAction.objects.select_for_update().get(pk=bulk.pk)
    if bulk.state == State.UNDONE:
        return bulk
    if bulk.state != State.DONE:
        raise Refusal("Chưa ghi gì nên không có gì để hoàn tác.")
    if not reason.strip():
        raise Refusal("Hãy ghi lý do hoàn tác.")
    items = [item for item in _items(bulk) if item.written]
    list(Child.objects.select_for_update().filter(pk__in=[item.child_id for item in items]).order_by("pk").values_list("pk"))
    merged = {item.pk: "đã gộp với trẻ khác hoặc đưa ra khỏi sổ" for item in items if item.child.removed_at}
    _refuse_standing(WORK[bulk.kind].standing(items) | merged, items)
    WORK[bulk.kind].take_back(bulk, items, by=by, reason=reason.strip())
    bulk.state, bulk.undone_at, bulk.undone_by, bulk.undo_reason = State.UNDONE, timezone.now(), by, reason.strip()[:300]
    bulk.version += 1
    bulk.save(update_fields=["state", "undone_at", "undone_by", "undo_reason", "version"])
    shown = [item.child.public_id for item in items]
    audit.record("bulk.undone", by=by, subject=bulk, fields=[bulk.kind], shown=shown, note=f"{number(len(shown))} trẻ em")
    return bulk


def _refuse_standing(why, items):
    """Children are named only by their number in the list: a refusal may be read over a shoulder."""
    if not why:
        return
    named = [f"dòng {item.position} ({why[item.pk]})" for item in items if item.pk in why]
    more = f" và {number(len(named) - 10)} dòng khác" if len(named) > 10 else ""
    raise Refusal(
        f"Chưa hoàn tác được vì có thay đổi sau đó: {', '.join(named[:10])}{more}. Hãy đính chính ở trang của từng trẻ."
    )
