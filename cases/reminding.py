"""Who is told of a clock that runs out, and when. A message has its key: a second run, or one after a kill, finds it there.

The case's people get its code, never a name. The unit above gets a number without codes, and of nobody's file from which he is
excluded. A case whose officer left tells those of the unit who may open it, and where nobody may, its leader.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from cases.clocks import Clock, Clocks
from cases.models import Case, ClockReminder, ClockRule, ClockTold
from cases.pages import moment, with_parts
from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.children.actions.protection import commune_of
from childcare.children.querysets import barred_files, team_files
from childcare.inbox import actions as inbox
from childcare.lib.calendar import TZ, add_working_days, show, stamp, today, working_day_on_or_before

MORNING = time(7, 30)
To = ClockReminder.To
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """One clock of one case of which one group of people is to be told: which mark has come, and when it came."""

    case: Case
    clock: Clock
    goes_to: str
    offset: int
    at: datetime

    @property
    def key(self):
        """Of the clock, not of its end: a day off announced late does not tell everything anew."""
        began = int(self.clock.started_at.timestamp())
        return f"clock:{self.case.public_id}:{self.clock.rule.code}:{began}:{self.goes_to}:{self.offset}"

    def subject(self, now):
        """The work and the time left; the code of the case."""
        return f"Hồ sơ {self.case.code}: {self.clock.words(now)} – {self.clock.rule.name}"[:300]


class Marks:
    """The moments before and after the end of a clock, from the table of reminders."""

    def __init__(self, overrides):
        self.overrides, self.rows = overrides, defaultdict(list)
        for row in ClockReminder.objects.filter(active=True):
            self.rows[row.code, row.measure].append(row)

    def of(self, clock):
        """(goes_to, offset, moment) of everything that is told of a clock."""
        measure = "hours" if clock.rule.measure == ClockRule.Measure.HOURS else "days"
        for row in self.rows.get((clock.rule.code, measure)) or self.rows[("", measure)]:
            yield row.goes_to, row.offset, self._moment(clock.due_at.astimezone(TZ), row)

    def _moment(self, due, row):
        if row.measure == ClockReminder.Measure.HOURS:
            return due + timedelta(hours=row.offset)
        last = working_day_on_or_before(due.date(), self.overrides)
        day = add_working_days(due.date() if row.offset > 0 else last, row.offset, self.overrides) if row.offset else last
        return datetime.combine(day, MORNING, TZ)

    def come(self, clock, now):
        """goes_to → (moment, offset) of the newest mark that has come: of several missed ones only the last is told."""
        found = {}
        for goes_to, offset, at in self.of(clock):
            if at <= now:
                found[goes_to] = max(found.get(goes_to, (at, offset)), (at, offset))
        return found


def notices(now):
    """Every mark that has come of every clock that runs."""
    clocks = Clocks(now)
    marks = Marks(clocks.overrides)
    cases = with_parts(Case.objects.open(), texts=False).select_related(
        "unit__parent__parent", "protected_file__held_by__parent"
    )
    for case in cases.order_by("pk").iterator(chunk_size=500):
        for clock in clocks.running(case):
            for goes_to, (at, offset) in marks.come(clock, now).items():
                yield Notice(case, clock, goes_to, offset, at)


class People:
    """The officers of the units that are concerned, and which of the files each may open or must not know of."""

    def __init__(self, cases):
        units = {unit.pk for case in cases for unit in places(case)}
        self.files = {case.protected_file_id for case in cases}
        self._open, self._barred, self._posts, self._known = {}, {}, defaultdict(list), {}
        posts = Appointment.objects.on(today()).filter(unit__in=units, officer__is_active=True).select_related("officer")
        for post in posts.order_by("pk"):
            officer = self._known.setdefault(post.officer_id, post.officer)
            for permission in GRANTS[post.role]:
                self._posts[post.unit_id, permission].append(officer)

    def holding(self, permission, unit):
        """Officers with the permission in exactly this unit."""
        return list(dict.fromkeys(self._posts[unit.pk, permission])) if unit else []

    def opens(self, officer, case):
        """True when the officer may open the file of the case now."""
        if officer.pk not in self._open:
            self._open[officer.pk] = set(team_files(officer).filter(pk__in=self.files).values_list("pk", flat=True))
        return case.protected_file_id in self._open[officer.pk]

    def barred(self, officer, case):
        """True when the officer is excluded from the file."""
        if officer.pk not in self._barred:
            self._barred[officer.pk] = set(barred_files(officer).filter(file__in=self.files).values_list("file", flat=True))
        return case.protected_file_id in self._barred[officer.pk]

    def worker(self, case):
        """The officer of the case, unless he left or may not open it any more."""
        worker = self._known.setdefault(case.worker_id, case.worker) if case.worker_id else None
        here = worker and any(case.unit.is_under(post.unit) for post in worker.current_appointments)
        return worker if here and self.opens(worker, case) else None

    def workers(self, case):
        """Who is told of the work: the officer of the case; once he left, those of the unit who may open and work on it."""
        if worker := self.worker(case):
            return [worker]
        here = [one for one in self.holding(Permission.CASE_WORK, commune_of(case.unit)) if self.opens(one, case)]
        return here or self.leaders(case)

    def leaders(self, case):
        """Who decides in the unit and may open the case."""
        return [one for one in self.holding(Permission.CASE_DECIDE, commune_of(case.unit)) if self.opens(one, case)]

    def above(self, case):
        """(the unit that the number is about, the officers of the unit above who are told a number)."""
        about = case.protected_file.held_by if case.protected_file.restricted else commune_of(case.unit)
        told = self.holding(Permission.CASE_TAKE, about.parent if about else None)
        return about, [one for one in told if not self.barred(one, case)]

    def holders(self, case):
        """Who gives out the restricted cases of the unit that holds this one."""
        if not case.protected_file.restricted:
            return []
        return [one for one in self.holding(Permission.CASE_TAKE, case.protected_file.held_by) if not self.barred(one, case)]


def places(case):
    """The units whose officers may be told of the case: its commune or the holder of its restriction, and the unit above."""
    commune, held = commune_of(case.unit), case.protected_file.held_by
    return [unit for unit in (commune, commune.parent, held, held and held.parent) if unit]


def run(*, now=None):
    """Tell everything that has come. Returns how many messages were written; running it again writes none of them twice."""
    now = now or stamp()
    found = list(notices(now))
    people = People({notice.case for notice in found})
    known = set(inbox.Message.objects.filter(key__in=[notice.key for notice in found]).values_list("officer_id", "key"))
    sent, numbers = 0, Numbers()
    for notice in found:
        for officer in _named(notice, people):
            sent += (officer.pk, notice.key) not in known and _tell(notice, officer, now)
        numbers.take(notice, people)
    sent += numbers.tell(now)
    if sent:
        audit.record("reminders.sent", note=f"{sent} nhắc thời hạn hồ sơ can thiệp ngày {show(now.date())}")
    return sent


def _named(notice, people):
    """Who is told of this very case."""
    if notice.goes_to == To.WORKER:
        return people.workers(notice.case)
    return people.leaders(notice.case) if notice.goes_to == To.LEADER else []


@transaction.atomic
def _tell(notice, officer, now):
    """Write one message unless the case moved since it was read; the next run then looks at it anew."""
    same = Case.objects.select_for_update().filter(pk=notice.case.pk, version=notice.case.version)
    if not same.exists():
        return 0
    due = moment(notice.clock.due_at)
    body = (
        f"Chậm nhất {due}. Căn cứ: {notice.clock.rule.legal_basis}." if notice.clock.rule.legal_basis else f"Chậm nhất {due}."
    )
    url = reverse("case", args=[notice.case.public_id])
    subject = notice.subject(now)
    return int(inbox.send(officer=officer, key=notice.key, day=now.date(), subject=subject, body=body, url=url)[1])


class Numbers:
    """What is told as a number: how many cases of a unit are late, how many restricted ones the officer's own unit holds.

    Each mark of each clock is told to an officer once, in one message with the others that came with it.
    """

    def __init__(self):
        self.found = defaultdict(list)

    def take(self, notice, people):
        """Note the case for everybody who gets it as a number."""
        case, restricted = notice.case, notice.case.protected_file.restricted
        if notice.goes_to == To.ABOVE:
            self._note("above", *people.above(case), notice)
        elif restricted and (notice.goes_to == To.LEADER or people.worker(case) is None):
            self._note("held", case.protected_file.held_by, people.holders(case), notice)
        elif notice.goes_to == To.WORKER and not restricted and not people.workers(case):
            self._note("alone", *people.above(case), notice)

    def _note(self, kind, about, told, notice):
        for officer in told:
            self.found[officer, kind, about].append(notice)

    def tell(self, now):
        """Write the messages; returns how many are new."""
        return sum(self._write(*whom, rows, now) for whom, rows in self.found.items())

    @staticmethod
    @transaction.atomic
    def _write(officer, kind, about, rows, now):
        keys = {notice.key for notice in rows}
        old = set(ClockTold.objects.filter(officer=officer, key__in=keys).values_list("key", flat=True))
        new = sorted(keys - old)
        if not new:
            return 0
        ClockTold.objects.bulk_create([ClockTold(officer=officer, key=key) for key in new])
        number = len({notice.case.pk for notice in rows})
        subject = WORDS[kind].format(unit=about.name, number=number)
        key = f"number:{kind}:{new[0]}"
        return int(inbox.send(officer=officer, key=key, day=now.date(), subject=subject, url=reverse(PAGES[kind]))[1])


WORDS = {
    "above": "{unit}: {number} hồ sơ can thiệp quá hạn chưa xử lý",
    "alone": "{unit}: {number} hồ sơ can thiệp đang chạy thời hạn mà đơn vị chưa có người xử lý",
    "held": "{number} hồ sơ hạn chế tiếp cận do {unit} giữ sắp hết hoặc đã hết thời hạn",
}
PAGES = {"above": "case-workload", "alone": "case-workload", "held": "case-held"}
