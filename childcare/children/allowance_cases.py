"""The allowances that no group of circumstances tells of: A3 (16 to 22, studying), A6 (poor single parent), A9 (under three).

NĐ 20/2021 Điều 5.2, 5.4, 5.7. What they hang on is asked here once: on a page for all its children, on a list in the database.
"""

from django.db.models import Exists, OuterRef, Q

from childcare.children.models import Caregiver, Circumstance, Enrolment, HardArea, PovertyStatus, Support
from childcare.lib.calendar import birthday
from childcare.lib.vietnamese import fold

THREE, SIXTEEN, TWENTY_TWO = 3, 16, 22
ALLOWANCE = "S01"
CLAUSE_ONE = ("A1", "A2")
POOR = (PovertyStatus.Level.POOR, PovertyStatus.Level.NEAR)
ONE_PARENT_LEFT = "L08"  # trẻ em mồ côi cha hoặc mẹ, còn người chăm sóc
PARENTS = ("mother", "father")
NOT_STUDYING = ("chua di hoc", "chua den tuoi", "bo hoc", "thoi hoc", "nghi hoc")
ASK_SCHOOL = "chưa ghi đang học ở đâu: chỉ hưởng tiếp khi còn đang học"
ASK_ALONE = "kiểm tra người nuôi con chưa có vợ, chồng, hoặc vợ, chồng đã chết, mất tích"


def studies(schooling, enrolled):
    """True, False, or None when nobody wrote it down."""
    if enrolled:
        return True
    plain = fold(schooling or "")
    return None if not plain else not plain.startswith(NOT_STUDYING)


def was_paid(supports, birth_latest):
    """True when the child had the allowance of clause 1 on the day before it became sixteen."""
    if birth_latest is None:
        return False
    sixteen = birthday(birth_latest, SIXTEEN)
    return any(
        row.allowance_code in CLAUSE_ONE
        and not row.voided_at
        and (row.started_on is None or row.started_on < sixteen)
        and (row.running or row.ended_on is not None and row.ended_on >= sixteen)
        for row in supports
    )


def alone(carers, groups):
    """Why the child seems to be raised by one parent alone, or "": orphaned of one, or one parent alone among the carers."""
    if ONE_PARENT_LEFT in groups:
        return "mồ côi cha hoặc mẹ, người còn lại nuôi"
    parents = {row.relation for row in carers if row.relation in PARENTS and row.ended_on is None and row.voided_at is None}
    if len(parents) != 1:
        return ""
    return "chỉ mẹ nuôi" if parents == {"mother"} else "chỉ cha nuôi"


def hard(areas, unit_path):
    """True when the place lies in one of the areas of the day."""
    return any(unit_path.startswith(area) for area in areas)


def areas_on(on):
    """Paths of the communes and hamlets of ethnic minorities and mountains that are especially hard on the day."""
    return list(HardArea.objects.on(on).values_list("unit__path", flat=True))


def fill(known, children, officer, on):
    """Add to `known` (key → Known) what A3, A6 and A9 hang on: five queries however many children there are."""
    keys = [child.pk for child in children]
    areas = areas_on(on)
    enrolled = set(Enrolment.objects.open().filter(child__in=keys).values_list("child", flat=True))
    paid, carers, groups = {key: [] for key in keys}, {key: [] for key in keys}, {key: set() for key in keys}
    for row in Support.objects.uncovered(officer).valid().filter(child__in=keys, allowance_code__in=CLAUSE_ONE):
        paid[row.child_id].append(row)
    for row in Caregiver.objects.visible_to(officer).filter(child__in=keys, voided_at=None, ended_on=None):
        carers[row.child_id].append(row)
    one_left = Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(kind__code=ONE_PARENT_LEFT)
    for key in one_left.filter(child__in=keys).values_list("child", flat=True):
        groups[key].add(ONE_PARENT_LEFT)
    for child in children:
        found = known[child.pk]
        found.studies = studies(child.schooling, child.pk in enrolled)
        found.was_paid = was_paid(paid[child.pk], child.birth_latest)
        found.alone, found.hard = alone(carers[child.pk], groups[child.pk]), hard(areas, found.unit_path)


def _poor(on):
    return Q(household__in=PovertyStatus.objects.valid().filter(year=on.year, level__in=POOR).values("household"))


def young_and_poor(on):
    """The condition of A9, without "not in clause 1, 3, 6": whoever gets more by them is told of that."""
    areas = Q(pk__in=[])
    for path in areas_on(on):
        areas |= Q(unit__path__startswith=path)
    return areas & _poor(on)


def raised_alone(officer, on):
    """The condition of A6, as far as the officer sees what it hangs on."""
    left = Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(kind__code=ONE_PARENT_LEFT)
    carers = Caregiver.objects.visible_to(officer).filter(child=OuterRef("pk"), voided_at=None, ended_on=None)
    mother, father = (Exists(carers.filter(relation=one)) for one in PARENTS)
    one = (Q(mother) & ~Q(father)) | (Q(father) & ~Q(mother))
    return _poor(on) & (Q(pk__in=left.values("child")) | one)


def paid_before(officer):
    """The condition that an allowance of clause 1 was written down once; whether it lasted to sixteen is told per child."""
    rows = Support.objects.uncovered(officer).valid().filter(kind__code=ALLOWANCE, allowance_code__in=CLAUSE_ONE)
    return Q(pk__in=rows.values("child"))
