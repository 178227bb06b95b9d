"""Who holds what where: the officers to whom a message about a unit goes."""

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Role


def holders(units, on):
    """(key of a unit, permission) → active officers who hold it in exactly that unit on the day; one query for all units."""
    rows = Appointment.objects.on(on).filter(unit__in=units, officer__is_active=True).select_related("officer").order_by("pk")
    found = {}
    for row in rows:
        for permission in GRANTS[Role(row.role)]:
            people = found.setdefault((row.unit_id, permission), [])
            if row.officer not in people:
                people.append(row.officer)
    return found
