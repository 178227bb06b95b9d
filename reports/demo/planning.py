"""The plan of the district handed down: six wards have issued theirs, one gives its hamlets and school values of their own."""

from datetime import date

from childcare.units.models import Unit
from plans.actions import drafting, writing
from plans.actions.assigning import assign
from plans.actions.plans import assign_down
from plans.assigned import units_below

ISSUED = ("11428", "11431", "11434", "11446", "11449", "11452")
OWN_VALUES = {"11428": 98, "11437": 97}  # of the children in special circumstances who are helped, in percent
TO_HAMLETS = ("T001-05", "T001-10", "T001-14")


def hand_down(plan, on):
    """Every target to every ward, two with a value of their own; then what the wards made of it."""
    for ward in Unit.objects.under(plan.unit, on=on).communes():
        own = {"T001-05": OWN_VALUES[ward.code]} if ward.code in OWN_VALUES else {}
        lower, _ = assign_down(plan=plan, unit=ward, values=own)
        if ward.code in ISSUED:
            issue(plan, ward, ISSUED.index(ward.code))
        if ward.code == "11437":
            to_hamlets(lower)


def issue(above, ward, at):
    """The ward's plan drafted from that of the district, signed some days after another's."""
    plan, _ = drafting.draft_from(above=above, unit=ward, by=None)
    facts = {"number": str(11 + at), "issued_on": date(2024, 3, 18 + at), "signer_lines": plan.signer_lines}
    writing.issue(plan=plan, by=None, version=plan.version, signer_name="Người ký (minh họa)", **facts)


def to_hamlets(plan):
    """Three targets for each hamlet and school; the first hamlets with a lower value."""
    cells, targets = {}, plan.targets.filter(code__in=TO_HAMLETS)
    for at, unit in enumerate(units_below(plan)):
        for target in targets:
            less = target.code == "T001-05" and at < 2
            cells[target.pk, unit.pk] = 95 if less else target.value
    assign(plan=plan, by=None, cells=cells)
