"""Who is reminded of which report on a day. Each notice is one message with its own key: a second run finds it there."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import late_transfers
from childcare.inbox import actions as inbox
from childcare.lib import periods
from childcare.lib.calendar import is_working_day, show, working_day_on_or_before
from childcare.lib.vietnamese import join_list, small
from childcare.units.models import DayOverride
from reports import inspection_notices, plan_duties
from reports.models import Obligation
from reports.notice import LONGEST_NOTICE, Notice, first_working_day_after, latest
from reports.obligations import LATE_FOR_GOOD, unsent

SUPERIOR_OFFSETS = (3, 1)
log = logging.getLogger(__name__)


@dataclass
class Outcome:
    """Messages due, sent now, sent before, failed; one message is one officer and one notice."""

    due: int = 0
    sent: int = 0
    already_sent: int = 0
    failed: int = 0
    notices: list = field(default_factory=list)

    def add(self, counts):
        """Messages that another sender counted: due, sent, sent before, failed."""
        self.due, self.sent = self.due + counts["due"], self.sent + counts["sent"]
        self.already_sent, self.failed = self.already_sent + counts["already_sent"], self.failed + counts["failed"]

    def as_dict(self):
        return {"due": self.due, "sent": self.sent, "already_sent": self.already_sent, "failed": self.failed}


def waiting(on):
    """Obligations that nobody has sent, from sixty days before their last day until sixty days after it."""
    first, last = on - timedelta(days=LATE_FOR_GOOD), on + timedelta(days=LONGEST_NOTICE)
    rows = unsent(Obligation.objects.filter(last_day__gte=first, last_day__lte=last, regime__active=True))
    return list(rows.select_related("regime", "unit", "to_unit").order_by("last_day", "unit__code", "pk"))


def own_notice(obligation, on, overrides):
    """The reminder of the unit itself that is due on the day or was missed before it; daily once the last day is past."""
    url = reverse("report", args=[obligation.public_id])
    title = f"{obligation.title} của {obligation.unit.name}"
    late = (on - obligation.last_day).days
    if late > 0:
        if not is_working_day(on, overrides):
            return None
        key, day, words = f"late:{obligation.public_id}:{on}", on, f"{title} đã quá hạn {late} ngày, hãy gửi ngay"
    else:
        pairs = periods.reminder_days(obligation.last_day, obligation.regime.reminder_days or periods.OFFSETS, overrides)
        found = latest(pairs, on)
        if found is None:
            return None
        day, offset = found
        left = -late
        words = f"{title}: " + (
            "hôm nay là hạn cuối" if left == 0 else f"còn {left} ngày, chậm nhất {show(obligation.last_day)}"
        )
        key = f"remind:{obligation.public_id}:{offset}{again(obligation)}"
    return Notice(key, day, obligation.unit, Permission.REPORT_WRITE, words, url, [obligation])


def again(obligation):
    """A mark that lets a report with more time be reminded before its new last day as before the first one."""
    return f":{obligation.last_day}" if obligation.extended_from else ""


def missing_notice(group, on, overrides):
    """The list of who is missing for the unit above: three days and one day before, and on the first late morning."""
    first = group[0]
    pairs = [
        (offset, working_day_on_or_before(first.last_day - timedelta(days=offset), overrides)) for offset in SUPERIOR_OFFSETS
    ]
    pairs.append(("late", first_working_day_after(first.last_day, overrides)))
    found = latest(pairs, on)
    if found is None or (found[1] == "late" and found[0] < on - timedelta(days=7)):
        return None
    day, mark = found
    names = join_list(row.unit.name for row in group)
    due = f"hạn {show(first.last_day)}" if mark != "late" else f"đã quá hạn {show(first.last_day)}"
    return Notice(
        key=f"missing:{first.regime_id}:{first.to_unit_id}:{first.period}:{mark}{again(first)}",
        day=day,
        unit=first.to_unit,
        permission=Permission.REPORT_ACCEPT,
        subject=f"{len(group)} đơn vị chưa gửi {small(first.title)} ({due})",
        body=f"Chưa gửi: {names}.",
        url=reverse("summary"),
        obligations=group,
    )


def notices(on):
    """Everything that is due on the day or was missed before it."""
    overrides, groups = DayOverride.as_dict(), {}
    for obligation in waiting(on):
        notice = own_notice(obligation, on, overrides)
        if notice:
            yield notice
        if obligation.to_unit_id:
            key = (obligation.regime_id, obligation.to_unit_id, obligation.period, obligation.last_day)
            groups.setdefault(key, []).append(obligation)
    for group in groups.values():
        notice = missing_notice(group, on, overrides)
        if notice:
            yield notice
    yield from plan_duties.notices(on, overrides)


def still_waits(notice):
    """True while any of the reports is unsent, any of the plans not issued."""
    if notice.duties:
        return plan_duties.any_open(notice.duties)
    return unsent(Obligation.objects.filter(pk__in=[row.pk for row in notice.obligations])).exists()


@transaction.atomic
def deliver(notice, officers, on):
    """Write the messages of one notice unless what it tells was done meanwhile. Returns (new, there before)."""
    if not still_waits(notice):
        return 0, 0
    made = [
        inbox.send(officer=person, key=notice.key, day=on, subject=notice.subject, body=notice.body, url=notice.url)[1]
        for person in officers
    ]
    return sum(made), len(made) - sum(made)


def remind(*, on, dry_run=False):
    """Send everything due on the day, exactly once; a day that was missed is caught up once. Returns an Outcome.

    A notice of an earlier day that already went out is not counted as due again.
    """
    outcome, due = Outcome(), list(notices(on))
    people = holders({notice.unit.pk for notice in due}, on)
    known = already_told(due)
    for notice in due:
        officers = people.get((notice.unit.pk, notice.permission), [])
        old = [person for person in officers if (person.pk, notice.key) in known]
        if notice.day < on and len(old) == len(officers):
            continue
        outcome.due += len(officers)
        outcome.notices.append(notice)
        if dry_run:
            outcome.already_sent += len(old)
            continue
        try:
            new, before = deliver(notice, officers, on)
        except Exception:
            log.exception("reminder failed")
            outcome.failed += len(officers)
            continue
        outcome.sent += new
        outcome.already_sent += before
    outcome.add(late_transfers.remind(on=on, dry_run=dry_run))
    outcome.add(inspection_notices.remind(on=on, dry_run=dry_run))
    if outcome.sent:
        audit.record("reminders.sent", note=f"{outcome.sent} nhắc việc ngày {show(on)}")
    return outcome


def already_told(due):
    """(officer, key) of the messages that exist for these notices."""
    keys = [notice.key for notice in due]
    return set(inbox.Message.objects.filter(key__in=keys).values_list("officer_id", "key"))
