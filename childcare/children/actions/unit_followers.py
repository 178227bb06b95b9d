"""What else of the registry goes over with a unit: pupils and their classes, lists, transfers and requests still open."""

from django.db.models import Max, Q

from childcare.children.models import DataRequest, Enrolment, Pupil, TakenList, Transfer, TransferAsk
from childcare.units.models import Unit

BATCH = 2000
R = Enrolment.StartReason.UNIT_CHANGE
OPEN_REQUESTS = [DataRequest.State.OPEN, DataRequest.State.ANSWERED]
# What the journal calls it, the rows, the field of the unit, which of them go over.
FOLLOWERS = (
    ("pupil", Pupil, "unit", Q()),
    ("pupil-asked", Pupil, "asked", Q()),
    ("transfer-from", Transfer, "from_unit", Q(state=Transfer.State.WAITING)),
    ("transfer-to", Transfer, "to_unit", Q(state=Transfer.State.WAITING)),
    ("ask", TransferAsk, "unit", Q(state=TransferAsk.State.OPEN)),
    ("list", TakenList, "unit", Q(state__in=[TakenList.State.READING, TakenList.State.PREVIEW])),
)

# Of the app above: what the journal calls it, its name on the unit.
ABOVE = {"case": "cases", "carer": "carers", "shelter": "shelters", "placement": "placements", "commitment": "commitments"}


def followers():
    """Those, and the case files, care and registers of the app above, known here by their name on the unit only."""
    above = [(what, Unit._meta.get_field(name).related_model, "unit", Q()) for what, name in ABOVE.items()]
    return (*FOLLOWERS, *above)


def move(passage, by):
    """Everything that is still open and lies in an ended unit; inside the transaction of the change."""
    for what, model, field, open_ in followers():
        for old, target in passage.rest.items():
            rows = model.objects.filter(open_, **{field: old})
            for key in rows.order_by("pk").values_list("pk", flat=True):
                passage.note(what, key, passage.former[old])
            rows.update(**{field: target})
    _move_requests(passage)
    _move_enrolments(passage, by)
    passage.keep()


def _move_requests(passage):
    """Requests about data that wait for an answer, with the next number in the register of the new unit."""
    for row in DataRequest.objects.filter(unit__in=list(passage.rest), state__in=OPEN_REQUESTS).order_by("pk"):
        target = passage.rest[row.unit_id]
        last = DataRequest.objects.filter(unit=target).aggregate(last=Max("number"))["last"] or 0
        passage.note("request", row, passage.former[row.unit_id], str(row.number))
        DataRequest.objects.filter(pk=row.pk).update(unit=target, number=last + 1)


def _move_enrolments(passage, by):
    """Who attends a school that went over attends its successor since the day, for a reason that is no leaving."""
    rows = Enrolment.objects.filter(unit__in=list(passage.rest), voided_at=None).exclude(ended_on__lte=passage.on)
    rows = list(rows.order_by("pk"))
    new = [_again(row, passage, by) for row in rows]
    for row in rows:
        row.ended_on, row.end_reason = max(filter(None, [passage.on, row.started_on])), R
        row.version += 1
    Enrolment.objects.bulk_update(rows, ["ended_on", "end_reason", "version"], batch_size=500)
    for row, successor in zip(rows, Enrolment.objects.bulk_create(new, batch_size=BATCH), strict=True):
        passage.note("enrolment", row, passage.former[row.unit_id], str(successor.pk))


def _again(row, passage, by):
    return Enrolment(
        pupil_id=row.pupil_id, child_id=row.child_id, unit=passage.rest[row.unit_id], school_year=row.school_year,
        class_name=row.class_name, started_on=max(filter(None, [passage.on, row.started_on])), start_reason=R,
        ended_on=row.ended_on, end_reason=row.end_reason, recorded_by=by,
    )  # fmt: skip


def bring_back(change):
    """Undo: rows lie in their old unit again, and classes go on there with the end that they got meanwhile."""
    moves = list(change.moves.filter(what="enrolment"))
    new = Enrolment.objects.in_bulk([int(row.was) for row in moves])
    Enrolment.objects.filter(pk__in=list(new)).delete()
    for row in moves:
        ended = new.get(int(row.was))
        if ended is not None:
            Enrolment.objects.filter(pk=row.key).update(ended_on=ended.ended_on, end_reason=ended.end_reason)
    for row in change.moves.filter(what="request"):
        DataRequest.objects.filter(pk=row.key).update(unit=row.before_id, number=int(row.was))
    for what, model, field, _ in followers():
        for row in change.moves.filter(what=what):
            model.objects.filter(pk=row.key).update(**{field: row.before_id})
