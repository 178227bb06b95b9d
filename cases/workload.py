"""Who has how many open cases, at which stage, of which risk, how many late. For the unit above: numbers by commune."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Q

from cases.clocks import Clocks
from cases.models import Case
from cases.pages import with_parts
from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.children.actions.protection import commune_of
from childcare.children.querysets import barred_files, in_units
from childcare.lib.calendar import today

S = Case.State
STAGES = {
    "start": ("Tiếp nhận, đánh giá", {S.NEW, S.ASSESSING, S.REOPENED}),
    "emergency": ("Khẩn cấp", {S.EMERGENCY}),
    "plan": ("Lập kế hoạch", {S.PLANNING, S.RETURNED}),
    "submitted": ("Chờ phê duyệt", {S.SUBMITTED}),
    "doing": ("Đang thực hiện", {S.APPROVED, S.IN_PROGRESS}),
    "review": ("Rà soát", {S.IN_REVIEW}),
}
STAGE_OF = {state: key for key, (_, states) in STAGES.items() for state in states}
LEVELS = {**dict(Case.Level.choices), "": "Chưa đánh giá"}
ABOVE = "Cấp trên trực tiếp quản lý"
UPPER = ("district", "province")


@dataclass
class Load:
    """The open cases of one officer, or of nobody yet."""

    officer: object = None
    stages: Counter = field(default_factory=Counter)
    levels: Counter = field(default_factory=Counter)
    total: int = 0
    late: int = 0
    left: bool = False

    def take(self, case, late):
        """Count one more case."""
        self.total += 1
        self.late += late
        self.stages[STAGE_OF.get(case.state, "start")] += 1
        self.levels[case.level] += 1

    @property
    def name(self):
        return self.officer.full_name if self.officer else "Chưa giao người phụ trách"

    @property
    def cells(self):
        """(heading, number) of the stages and then of the levels, in their order."""
        found = [(word, self.stages[key]) for key, (word, _) in STAGES.items()]
        return found + [(word, self.levels[key]) for key, word in LEVELS.items()]


def own_cases(officer):
    """The open cases that the officer may open and works on or decides."""
    return Case.objects.visible_to(officer).decidable_by(officer).open()


def is_late(clocks, case):
    """True when a clock of the case ran out before its fact."""
    return any(clock.late(clocks.now) for clock in clocks.running(case))


def by_officer(officer):
    """Load of each officer who has a case, the fullest first, then that of nobody; and of all together."""
    clocks, loads, whole = Clocks(), {}, Load()
    for case in with_parts(own_cases(officer), texts=False).order_by("pk"):
        late = is_late(clocks, case)
        loads.setdefault(case.worker_id, Load(case.worker)).take(case, late)
        whole.take(case, late)
    for load in loads.values():
        load.left = load.officer is not None and not works_in(load.officer, officer)
    rows = sorted(loads.values(), key=lambda load: (load.officer is None, -load.total, load.name))
    return rows, whole


def works_in(person, officer):
    """True while the person holds a post in or above one of the units where `officer` works on cases or decides them."""
    units = own_units(officer)
    return any(unit.is_under(post.unit) or post.unit.is_under(unit) for post in person.current_appointments for unit in units)


def own_units(officer):
    """The units where the officer works on cases or decides them."""
    return [*officer.units_for(Permission.CASE_WORK), *officer.units_for(Permission.CASE_DECIDE)]


def upper_units(officer):
    """The districts and provinces for which the officer follows cases by number."""
    found = [*officer.units_for(Permission.CASE_TAKE), *officer.units_for(Permission.CASE_WORK)]
    return list({unit.pk: unit for unit in found if unit.kind in UPPER}.values())


def by_commune(officer):
    """(commune, open, late) below the officer's district or province: numbers and no cases. Nothing of files barred to him.

    Restricted cases stand in the row of who holds them, and only before those who give them out.
    """
    units = upper_units(officer)
    if not units:
        return []
    shown = Q(in_units("unit", units), protected_file__restricted=False)
    held = [unit.pk for unit in officer.units_for(Permission.CASE_TAKE)]
    shown |= Q(protected_file__restricted=True, protected_file__held_by__in=held)
    cases = Case.objects.open().filter(shown).exclude(protected_file__in=barred_files(officer))
    clocks, rows = Clocks(), {}
    for case in with_parts(cases.select_related("unit__parent"), texts=False).order_by("pk"):
        place = ABOVE if case.protected_file.restricted else commune_of(case.unit).name
        row = rows.setdefault(place, [place, 0, 0])
        row[1] += 1
        row[2] += is_late(clocks, case)
    return sorted(rows.values(), key=lambda row: (row[0] == ABOVE, row[0]))


def people_to_replace(officer):
    """Officers whose files `officer` may hand over: his own; where he decides anybody's; where he works those of who left."""
    posts = Appointment.objects.all()
    here = posts.filter(role__in=_roles(Permission.CASE_WORK))
    decided = here.filter(in_units("unit", officer.units_for(Permission.CASE_DECIDE)))
    taken = here.filter(unit__in=officer.units_for(Permission.CASE_TAKE))
    worked = here.filter(in_units("unit", officer.units_for(Permission.CASE_WORK)))
    still = posts.on(today()).filter(in_units("unit", own_units(officer)), officer__is_active=True)
    gone = worked.exclude(officer__in=still.values("officer"))
    any_of = Q(pk__in=decided.values("officer")) | Q(pk__in=taken.values("officer")) | Q(pk__in=gone.values("officer"))
    own = Q(pk=officer.pk) if officer.can(Permission.CASE_WORK) else Q(pk__in=[])
    return get_user_model().objects.filter(any_of | own)


def receivers(officer, leaving):
    """Officers of the units of `officer` who work on cases and may take those of `leaving`."""
    posts = Appointment.objects.on(today()).filter(role__in=_roles(Permission.CASE_WORK), unit__in=own_units(officer))
    people = get_user_model().objects.filter(is_active=True, pk__in=posts.values("officer"))
    return people.exclude(pk=leaving.pk).order_by("name_key", "pk")


def _roles(permission):
    return [role for role, granted in GRANTS.items() if permission in granted]


def unattended(officer):
    """How many of the officer's open cases stand under the name of somebody who left."""
    workers = {case.worker for case in own_cases(officer).exclude(worker=None).select_related("worker")}
    gone = [worker.pk for worker in workers if not works_in(worker, officer)]
    return own_cases(officer).filter(worker__in=gone).count() if gone else 0
