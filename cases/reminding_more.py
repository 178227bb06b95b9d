"""Reminders of what hangs on no case and no placement: reports that wait to be taken in, the register of carers.

By the same table of marks; a message has its key, so that a second run, or one after a kill, finds it there.
"""

from django.db.models import Min
from django.urls import reverse

from cases.clocks_placement import PlacementClocks
from cases.models import Carer, ClockReminder, Notice
from cases.pages import moment
from cases.reminding import Marks
from cases.reporting import takers
from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.inbox import actions as inbox
from childcare.lib.calendar import stamp, today
from childcare.units.models import Unit

To = ClockReminder.To
DOES = {To.WORKER: Permission.CASE_WORK, To.LEADER: Permission.CASE_DECIDE}


def notice_clock(notice, clocks):
    """The clock of a report that waits: to hand on at once for a unit above (CK01), twelve hours for a commune (CK02)."""
    code = "CK02" if notice.unit.kind == "commune" else "CK01"
    return clocks.clock(code, notice.sent_at, notice.unit_id)


def register_clock(unit_id, clocks):
    """The clock of a commune's register, or None while nobody has registered."""
    heard_on = registers().filter(unit=unit_id).values_list("since", flat=True).first()
    return clocks.of_register(heard_on) if heard_on else None


def registers():
    """Units in which somebody is registered, each with the day on which the one heard of longest ago was heard of."""
    here = Carer.objects.on_register().heard_of()
    return here.order_by("unit").values("unit").annotate(since=Min("heard_on"))


def run(*, now=None):
    """Tell everything that has come. Returns how many messages were written."""
    now = now or stamp()
    clocks = PlacementClocks(now)
    marks = Marks(clocks.overrides)
    sent = _notices(clocks, marks, now) + _registers(clocks, marks, now)
    if sent:
        audit.record("reminders.sent", note=f"{sent} nhắc tin báo và danh sách người nhận chăm sóc")
    return sent


def _notices(clocks, marks, now):
    sent = 0
    waiting = Notice.objects.filter(intake=None).select_related("unit__parent", "sent_by").prefetch_related("barred")
    for row in waiting.order_by("pk").iterator(chunk_size=200):
        clock = notice_clock(row, clocks)
        barred = {officer.pk for officer in row.barred.all()}
        for goes_to, (_, offset) in (marks.come(clock, now) if clock else {}).items():
            for officer in _takers(row, goes_to):
                if officer.pk not in barred:
                    sent += _tell_notice(row, clock, officer, f"{goes_to}:{offset}", now)
    return sent


def _takers(row, goes_to):
    """Who takes it in; late ones are told to the unit above, which may hand them on."""
    if goes_to == To.WORKER:
        return takers(row.unit, but=row.sent_by)
    return takers(row.unit.parent, but=row.sent_by) if goes_to == To.ABOVE and row.unit.parent else []


def _tell_notice(row, clock, officer, mark, now):
    here = not mark.startswith(To.ABOVE)
    late = f"Tin báo {row.code} chưa tiếp nhận: {clock.words(now)}"
    subject = late if here else f"{row.unit.name}: có tin báo chưa tiếp nhận"
    url = reverse("notice", args=[row.public_id]) if here else ""
    body = f"{clock.rule.name}: chậm nhất {moment(clock.due_at)}. Căn cứ: {clock.rule.legal_basis}."
    key = f"notice-clock:{row.public_id}:{clock.rule.code}:{mark}"
    return int(inbox.send(officer=officer, key=key, day=now.date(), subject=subject, body=body, url=url)[1])


def _registers(clocks, marks, now):
    found = {row["unit"]: row["since"] for row in registers()}
    units, sent = Unit.objects.in_bulk(list(found)), 0
    for key, since in found.items():
        clock = clocks.of_register(since)
        for goes_to, (_, offset) in (marks.come(clock, now) if clock else {}).items():
            for officer in _posts(units[key], DOES.get(goes_to)):
                sent += _tell_register(units[key], clock, officer, f"{goes_to}:{offset}", now)
    return sent


def _posts(unit, permission):
    roles = [role for role, granted in GRANTS.items() if permission in granted and Permission.PROTECTED_VIEW in granted]
    posts = Appointment.objects.on(today()).filter(unit=unit, role__in=roles)
    return Officer.objects.filter(is_active=True, pk__in=posts.values("officer")).order_by("pk")


def _tell_register(unit, clock, officer, mark, now):
    key = f"register-clock:{unit.pk}:{int(clock.started_at.timestamp())}:{mark}"
    subject = f"{clock.rule.name}: {clock.words(now)}"[:300]
    body = f"Chậm nhất {moment(clock.due_at)}. Căn cứ: {clock.rule.legal_basis}."
    return int(inbox.send(officer=officer, key=key, day=now.date(), subject=subject, body=body, url=reverse("carer-list"))[1])
