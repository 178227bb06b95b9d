"""What an activity cost, written to a line of the plan's money once: no second typing, and the two follow each other."""

from django.db import transaction

from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number
from plans.actions.work import record_money, void_money
from plans.models import Activity, BudgetEntry

SPENT = BudgetEntry.Kind.SPENT


@transaction.atomic
def charge(*, activity, line, by, amount):
    """Write an amount of what a held activity cost as spent from the line. Refused twice, and beyond its cost."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.voided_at or activity.planned:
        raise Refusal("Hoạt động này chưa làm hoặc vừa bị hủy. Hãy mở lại trang.")
    if activity.spendings.filter(voided_at=None).exists():
        raise Refusal("Kinh phí của hoạt động này đã ghi vào một khoản của kế hoạch.")
    if amount > (activity.money or 0):
        raise Refusal(f"Tổng kinh phí của hoạt động là {number(activity.money or 0)} đồng. Hãy sửa hoạt động trước.")
    return _write(activity, line, by, amount)


def _write(activity, line, by, amount):
    entry = record_money(line=line, by=by, kind=SPENT, on=activity.held_on, amount=amount, note=activity.title)
    entry.activity = activity
    entry.save(update_fields=["activity"])
    return entry


def follow(old, new, by):
    """An activity was corrected: what was charged for it goes along, with the new day and cost."""
    for entry in old.spendings.filter(voided_at=None).select_related("line"):
        if (old.money, old.held_on, new.planned) == (new.money, new.held_on, False):
            entry.activity = new
            entry.save(update_fields=["activity"])
            continue
        void_money(entry=entry, by=by, reason="Hoạt động được sửa")
        amount = new.money if entry.amount == old.money else min(entry.amount, new.money or 0)
        if amount and not new.planned:
            _write(new, entry.line, by, amount)


def release(activity, by):
    """An activity was voided: nothing was spent for it."""
    for entry in activity.spendings.filter(voided_at=None):
        void_money(entry=entry, by=by, reason="Hoạt động bị hủy")
