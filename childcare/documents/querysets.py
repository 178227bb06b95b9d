"""Questions about the books of outgoing documents."""

from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission

BOOK_KEEPERS = (Permission.REPORT_SEND, Permission.REPORT_SIGN)


def units_of(officer):
    """The units whose book the officer keeps or signs in, once each: exactly his own, none below."""
    found = {unit.pk: unit for permission in BOOK_KEEPERS for unit in officer.units_for(permission)}
    return list(found.values())


class OutgoingQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """The book of the officer's own units and of those that they followed. The only rule for the register."""
        units = units_of(officer)
        return self.filter(unit__in={key for unit in units for key in (unit.pk, *unit.former_keys)})

    def in_book(self, unit, office, code, year):
        """The rows of one series."""
        return self.filter(unit=unit, office=office, code=code, year=year)

    def of_year(self, year):
        return self.filter(year=year)

    def in_order(self):
        """As the register is read: by day, then kind and number."""
        return self.order_by("issued_on", "code", "order", "number", "pk")

    def holding(self):
        """Numbers in force."""
        return self.filter(Q(cancelled_at=None))
