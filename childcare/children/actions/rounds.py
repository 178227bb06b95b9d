"""A round of review: open, tick a child, close. A closed round is frozen."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import insert, once
from childcare.children.models import Child, ReviewRound, ReviewTick
from childcare.lib.calendar import SIXTEEN
from childcare.lib.refusal import Refusal

CLOSED = "Đợt rà soát này đã chốt, không ghi thêm được."
NOT_HERE = "Trẻ này không còn ở địa bàn của anh/chị. Hãy tải lại danh sách."
Answer = ReviewTick.Answer


@once(ReviewRound, author="opened_by")
def open_round(*, by, once, unit, title, started_on, due_on):
    """Open a round of a commune about every child under 16 (or of unknown birth) who lives there on this day."""
    row = ReviewRound(
        public_id=once, unit=unit, title=title[:160], started_on=started_on, due_on=due_on, opened_by=by
    )  # fmt: skip
    insert(row)
    young = Q(pk__in=Child.objects.under_age(SIXTEEN, started_on).values("pk")) | Q(birth_latest=None)
    children = Child.objects.residing().filter(young, unit__path__startswith=unit.path)
    ReviewTick.objects.bulk_create(
        (ReviewTick(round=row, child_id=child, unit_id=place) for child, place in children.values_list("pk", "unit")),
        batch_size=1000,
    )
    audit.record("review.opened", by=by, subject=row)
    return row


@transaction.atomic
def tick(*, row, by, answer, note=""):
    """Say what was found of one child. The last answer holds; the same answer again changes nothing: it may be resent."""
    row = ReviewTick.objects.select_for_update().select_related("round", "unit").get(pk=row.pk)
    if ReviewRound.objects.select_for_update().get(pk=row.round_id).closed_at:
        raise Refusal(CLOSED)
    if not by.can_in(Permission.REVIEW_TICK, row.unit):
        raise Refusal(NOT_HERE)
    note = note.strip() if answer == Answer.MEND else ""
    if (row.answer, row.note) == (answer, note):
        return row
    row.answer, row.note, row.answered_at, row.answered_by = answer, note, timezone.now(), by
    row.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    audit.record("review.ticked", by=by, subject=row.child, fields=["answer"], note=f"đợt {row.round.public_id}")
    return row


@transaction.atomic
def close(*, round, by):
    """Close the round for good. Children who have left in the registry meanwhile, and were not ticked, count as gone."""
    row = ReviewRound.objects.select_for_update().select_related("unit").get(pk=round.pk)
    if row.closed_at:
        return row
    left_already(row).update(answer=Answer.LEFT, answered_at=timezone.now(), answered_by=by)
    row.closed_at, row.closed_by = timezone.now(), by
    row.save(update_fields=["closed_at", "closed_by"])
    audit.record("review.closed", by=by, subject=row)
    return row


def left_already(round):
    """Lines that nobody ticked, of children who by the registry live in the commune no more."""
    here = Child.objects.residing().filter(unit__path__startswith=round.unit.path)
    return ReviewTick.objects.filter(round=round, answer="").exclude(child__in=here)
