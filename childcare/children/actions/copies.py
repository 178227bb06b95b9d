"""The copies of the dated rows on Child, as of now: this is the only code that writes them."""

from django.utils import timezone

from childcare.children.models import Child, Membership, Residence


def write_copies(child):
    """Write unit, household and residing of a child from its dated rows: the open ones, else the unit where it last lived, or
    the one that followed it when that unit ended after the child had left."""
    rows = Residence.objects.filter(child=child, voided_at=None).select_related("unit")
    current = rows.filter(ended_on=None).first()
    last = current or rows.order_by("-ended_on", "-pk").first()
    member = Membership.objects.filter(child=child, voided_at=None, ended_on=None).first()
    gone_with_its_unit = current is None and last and child.unit and child.unit.follows(last.unit)
    if last and not gone_with_its_unit:
        child.unit = last.unit
    child.residing = current is not None
    child.household = member.household if member else None
    child.version += 1
    child.save(update_fields=["unit", "household", "residing", "changed_at", "version"])


def write_units(children, unit):
    """Write the unit of many locked children whose open residence was put there: nothing else of the copies changes."""
    now = timezone.now()
    for child in children:
        child.unit, child.version, child.changed_at = unit, child.version + 1, now
    Child.objects.bulk_update(children, ["unit", "version", "changed_at"], batch_size=200)
