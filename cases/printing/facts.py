"""What a form can be filled with: gathered once, never more than the officer who prints may see."""

from dataclasses import dataclass, field
from datetime import date

from childcare.children.models import Caregiver, Child
from childcare.lib.calendar import today
from childcare.units.models import Office, Unit


@dataclass(frozen=True)
class Facts:
    """A form's facts; what is not known is "" or None and becomes a dotted line. All empty: a blank form."""

    unit: Unit | None = None  # whose paper it is: the commune, or who holds the restricted file
    office: Office | None = None  # whose head decides there, where the rule says so
    on: date = field(default_factory=today)
    day: date | None = None  # of a list: the day on which it holds
    case: object = None
    row: object = None  # the intake, assessment, plan, meeting, order, placement, visit or facility that it is about
    more: tuple = ()  # other rows of the form: carers of a list, the services of a plan
    name: str = ""
    birth: str = ""
    sex: str = ""
    home: str = ""
    parents: tuple = ()  # ((word, name), …)
    told_parents: str = ""
    family: str = ""
    carer: str = ""
    identity: str = ""
    schooling: str = ""
    worker: str = ""
    informant: str = ""
    informant_contact: str = ""
    bases: tuple = ()
    foot: str = ""

    @property
    def year(self):
        return self.on.year


def of_child(child, officer):
    """What the registry knows of a visible child, in the words of the forms."""
    rows = Caregiver.objects.visible_to(officer).filter(child=child, voided_at=None, ended_on=None).order_by("pk")
    carers = [f"{row.name} ({row.get_relation_display().lower()})" for row in rows]
    parents = (("cha", child.father_name), ("mẹ", child.mother_name))
    return {
        "name": child.full_name, "birth": child.birth.text if child.birth else child.birth_text, "sex": child.sex,
        "home": home_of(child), "parents": tuple(pair for pair in parents if pair[1]), "carer": ", ".join(carers),
        "identity": child.identity_number or "", "schooling": child.school_name or child.schooling,
    }  # fmt: skip


def home_of(child):
    """Address, hamlet and commune of a child, as far as they are known."""
    parts = [child.household.address if child.household else ""]
    if unit := child.unit:
        parts.append(unit.name)
        if unit.kind == "hamlet" and unit.parent:
            parts.append(unit.parent.name)
    return ", ".join(filter(None, parts))


def of_case(case, officer):
    """What a case and its child tell, as far as the officer sees them. The child's row wins over what was told."""
    # Whoever prints is on the team of the case: he knows whom it is about, above the commune, too.
    child = Child.objects.select_related("unit__parent", "household").filter(pk=case.child_id).first()
    told = case.intakes.order_by("received_at", "pk").first()
    known = of_child(child, officer) if child else {}
    if told is not None and child is None:
        known = {"name": told.child_name, "birth": told.child_birth, "sex": told.child_sex, "home": told.child_home}
    if told is not None:
        known |= {"told_parents": told.parents, "family": told.family, "carer": told.carer or known.get("carer", "")}
    return known | {"worker": case.worker.full_name if case.worker else ""}
