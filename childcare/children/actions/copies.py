"""The copies of the dated rows on Child, as of now: this is the only code that writes them."""

from childcare.children.models import Membership, Residence


def write_copies(child):
    """Write unit, household and residing of a child from its dated rows: the open ones, else the unit where it last lived."""
    rows = Residence.objects.filter(child=child, voided_at=None).select_related("unit")
    current = rows.filter(ended_on=None).first()
    last = current or rows.order_by("-ended_on", "-pk").first()
    member = Membership.objects.filter(child=child, voided_at=None, ended_on=None).first()
    child.unit, child.residing = (last.unit if last else child.unit), current is not None
    child.household = member.household if member else None
    child.version += 1
    child.save(update_fields=["unit", "household", "residing", "changed_at", "version"])
