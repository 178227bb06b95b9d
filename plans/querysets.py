"""Questions about plans, activities and targets handed down."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission

HANDED_DOWN = "giao"  # the source of a plan whose targets were handed down


def _seen(field, officer):
    """Rows at, below or above the officer's units, and of the units that these followed.

    A ward reads the plan of its district, a district those of its wards, a ward of today those of the wards it was made of.
    """
    wanted = Q(pk__in=[])
    for unit in officer.units_for(Permission.PLAN_VIEW):
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
        wanted |= Q(**{f"{field}__in": [*unit.ancestor_keys, *unit.former_keys]})
    return wanted


def below(field, officer, permission=Permission.PLAN_EDIT):
    """Rows at and below the units where the officer holds the permission."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(permission):
        wanted |= Q(**{f"{field}__path__startswith": unit.path})
    return wanted


def written(field, officer):
    """The condition for rows of plans that the officer writes; `field` leads to the unit. The only rule for writing plans."""
    units = officer.units_for(Permission.PLAN_EDIT)
    communes = [unit for unit in units if unit.kind == "commune"]
    return Q(**{f"{field}__in": units}) | Q(**{f"{field}__kind": "hamlet", f"{field}__parent__in": communes})


class PlanQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Plans of the officer's units, of those below, above and before them. The only rule for plans."""
        return self.filter(_seen("unit", officer))

    def of_year(self, year):
        return self.filter(first_year__lte=year, last_year__gte=year)

    def with_text(self):
        """Each with `has_text`: somebody wrote its words."""
        items = self.model._meta.get_field("items").related_model.objects.filter(plan=models.OuterRef("pk"))
        return self.annotate(has_text=models.Exists(items))

    def in_force(self):
        """Plans that were issued, and those whose targets the unit above handed down, whatever became of their text."""
        return self.filter(Q(state="issued") | Q(seed=HANDED_DOWN))

    def written_by(self, officer):
        """Plans that the officer writes: of his own units, and of the hamlets of his commune: these have no office."""
        return self.filter(written("unit", officer))

    def editable_by(self, officer):
        """Plans of the units where the officer may edit plans, and below."""
        return self.filter(below("unit", officer))


def told_in_words(prefix=""):
    """The condition for targets that no figure judges: `Target.qualitative` as a question."""
    return Q(**{f"{prefix}comparison": "qualitative"}) | Q(**{f"{prefix}unit_text": "định tính"})


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Activities of the officer's units and below. The only rule for activities."""
        return self.filter(below("unit", officer, Permission.PLAN_VIEW))

    def editable_by(self, officer):
        """Activities that the officer may correct or void."""
        return self.filter(below("unit", officer), voided_at=None)

    def valid(self):
        return self.filter(voided_at=None)

    def of_plan(self, public_id):
        """Activities that serve a target or a task of the plan."""
        return self.filter(Q(targets__plan__public_id=public_id) | Q(tasks__plan__public_id=public_id)).distinct()

    def done(self):
        """Those that were held: what is only planned counts nowhere."""
        return self.filter(planned=False)


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """What is given now."""
        return self.filter(ended_at=None)

    def of_year(self, year):
        return self.filter(target__plan__first_year__lte=year, target__plan__last_year__gte=year)

    def answered_by(self, officer):
        """What the officer answers for: given to the hamlets and schools where he may, or to the hamlets of his commune."""
        own = Q(unit__in=officer.units_for(Permission.PLAN_ANSWER), unit__kind__in=("hamlet", "school"))
        communes = [unit for unit in officer.units_for(Permission.PLAN_EDIT) if unit.kind == "commune"]
        return self.filter(own | Q(unit__kind="hamlet", unit__parent__in=communes))


class FundQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Funds of the officer's units and below, and of the units that these followed. The only rule for funds."""
        former = [pk for unit in officer.units_for(Permission.PLAN_VIEW) for pk in unit.former_keys]
        return self.filter(below("unit", officer, Permission.PLAN_VIEW) | Q(unit__in=former))

    def kept_by(self, officer):
        """Funds of which the officer keeps the book: those of his own units alone."""
        return self.filter(unit__in=officer.units_for(Permission.PLAN_EDIT))


class FundEntryQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Entries of visible funds. Which children they paid is asked of Support.visible_to."""
        former = [pk for unit in officer.units_for(Permission.PLAN_VIEW) for pk in unit.former_keys]
        return self.filter(below("fund__unit", officer, Permission.PLAN_VIEW) | Q(fund__unit__in=former))

    def valid(self):
        return self.filter(voided_at=None)
