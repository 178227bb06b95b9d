"""Who is told of a clock of alternative care that runs out, and when; by the same table of marks as the clocks of cases.

Only those who may open the placement and work on it, or decide; they get its code, never a name. A message has its key: a
second run, or one after a kill, finds it there.
"""

from collections import defaultdict

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse

from cases.clocks_placement import PlacementClocks
from cases.models import CarerNotice, CareVisit, ClockReminder, Placement
from cases.pages import moment
from cases.reminding import Marks
from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.children.actions.protection import commune_of
from childcare.inbox import actions as inbox
from childcare.lib.calendar import stamp, today
from childcare.lib.encryption import EncryptedTextField

To = ClockReminder.To
DOES = {To.WORKER: Permission.CASE_WORK, To.LEADER: Permission.CASE_DECIDE}
SECRET = [field.name for field in Placement._meta.fields if isinstance(field, EncryptedTextField)]


def running():
    """Open placements with what their clocks need; nothing encrypted is read."""
    visits = Prefetch("visits", CareVisit.objects.only("placement", "visited_on", "report"))
    told = Prefetch("carer_notices", CarerNotice.objects.only("placement", "told_on"))
    return (
        Placement.objects.open()
        .defer(*SECRET)
        .select_related("unit", "case", "child__unit__parent")
        .prefetch_related(visits, told)
        .order_by("pk")
    )


def notices(now):
    """(placement, clock, whom, offset) of every mark that has come of every clock that runs."""
    clocks = PlacementClocks(now)
    marks = Marks(clocks.overrides)
    for row in running().iterator(chunk_size=500):
        for clock in clocks.running_of(row):
            for goes_to, (_, offset) in marks.come(clock, now).items():
                if goes_to in DOES:
                    yield row, clock, goes_to, offset


def places(row):
    """Keys of the units whose officers may be told: the one that decided, and the commune where the child lives now."""
    home = row.child.unit
    return dict.fromkeys([row.unit_id, *([commune_of(home).pk] if home else [])])


class People:
    """Who of a unit works on placements or decides about them, and which of them each may open."""

    def __init__(self, placements):
        self._posts, self._mine = defaultdict(list), {}
        units = {unit for row in placements for unit in places(row)}
        posts = Appointment.objects.on(today()).filter(officer__is_active=True, unit__in=units)
        for post in posts.select_related("officer").order_by("pk"):
            for permission in GRANTS[post.role]:
                self._posts[post.unit_id, permission].append(post.officer)
        keys = {row.case.worker_id for row in placements if row.case_id and row.case.worker_id}
        self._workers = get_user_model().objects.filter(is_active=True).in_bulk(list(keys))

    def told(self, row, goes_to):
        """The officers of the placement who may open it, its case's officer among them."""
        found = [officer for unit in places(row) for officer in self._posts[unit, DOES[goes_to]]]
        if goes_to == To.WORKER and row.case_id and row.case.worker_id in self._workers:
            found.append(self._workers[row.case.worker_id])
        return [officer for officer in dict.fromkeys(found) if row.pk in self._of(officer, goes_to)]

    def _of(self, officer, goes_to):
        key = officer.pk, goes_to
        if key not in self._mine:
            rows = Placement.objects.visible_to(officer).open()
            rows = rows.workable_by(officer) if goes_to == To.WORKER else rows.decidable_by(officer)
            self._mine[key] = set(rows.values_list("pk", flat=True))
        return self._mine[key]


def run(*, now=None):
    """Tell everything that has come. Returns how many messages were written; running it again writes none of them twice."""
    now = now or stamp()
    found = list(notices(now))
    people, sent = People([row for row, *_ in found]), 0
    for row, clock, goes_to, offset in found:
        for officer in people.told(row, goes_to):
            sent += _tell(row, clock, f"{goes_to}:{offset}", officer, now)
    if sent:
        audit.record("reminders.sent", note=f"{sent} nhắc thời hạn chăm sóc thay thế")
    return sent


@transaction.atomic
def _tell(row, clock, mark, officer, now):
    key = f"care:{row.public_id}:{clock.rule.code}:{int(clock.started_at.timestamp())}:{mark}"
    subject = f"Chăm sóc thay thế {row.code}: {clock.words(now)} – {clock.rule.name}"[:300]
    body = f"Chậm nhất {moment(clock.due_at)}. Căn cứ: {clock.rule.legal_basis}."
    url = reverse("placement", args=[row.public_id])
    return int(inbox.send(officer=officer, key=key, day=now.date(), subject=subject, body=body, url=url)[1])
