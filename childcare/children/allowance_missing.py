"""Children who seem to be entitled to a monthly allowance and have none recorded: the list "chưa hưởng"."""

from django.db.models import Q

from childcare.children import allowance_cases as cases
from childcare.children.allowance_cases import SIXTEEN, THREE, TWENTY_TWO
from childcare.children.allowances import BY_GROUP, NOT_THE_CHILDS, Groups, known_of, running
from childcare.children.models import Child, Circumstance, PovertyStatus


def unpaid(officer, unit, on):
    """Children living in the unit who seem to be entitled and for whom no running allowance is recorded.

    Only what the officer may see counts, on both sides: a fact under a closed file neither puts a child on the list nor takes
    it off.
    """
    groups = Groups()
    open_facts = Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(child__isnull=False)
    poor = PovertyStatus.objects.valid().filter(year=on.year, level=PovertyStatus.Level.POOR)
    sure = Q(pk__in=open_facts.filter(kind__in=groups.kinds("1")).values("child"))
    sure |= Q(pk__in=open_facts.filter(kind__code__in=BY_GROUP).values("child"))
    with_poverty = Q(pk__in=open_facts.filter(kind__in=groups.kinds("3")).values("child"))
    sure |= with_poverty & Q(household__in=poor.values("household"))
    here, paid = unit_children(officer, unit), running(officer, on)
    own = ~Q(pk__in=paid.exclude(allowance_code__in=NOT_THE_CHILDS).values("child"))
    child = here.under_age(SIXTEEN, on).filter(sure) | here.under_age(THREE, on).filter(cases.young_and_poor(on))
    parent = here.under_age(SIXTEEN, on).filter(cases.raised_alone(officer, on))
    parent = parent.exclude(pk__in=paid.filter(allowance_code="A6").values("child"))
    wanted = Q(pk__in=child.filter(own).values("pk")) | Q(pk__in=_students(here.filter(own), officer, on))
    return here.filter(wanted | Q(pk__in=parent.values("pk")))


def _students(children, officer, on):
    """Keys of those who get A3: few enough to be asked one by one."""
    older = children.under_age(TWENTY_TWO, on).from_age(SIXTEEN, on).filter(cases.paid_before(officer))
    older = list(older.select_related("unit", "household"))
    known = known_of(older, officer, on) if older else {}
    return [key for key, one in known.items() if one.was_paid and one.studies is not False]


def unit_children(officer, unit):
    """Children whom the officer may see and who live in the unit."""
    return Child.objects.visible_to(officer).residing().filter(unit__path__startswith=unit.path)
