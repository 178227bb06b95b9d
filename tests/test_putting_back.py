"""What a committing test leaves behind is undone by `putting_back`, whatever it touched."""

import pytest
from django.db import connection

from childcare.audit import actions as audit
from childcare.audit.models import Entry
from childcare.units.models import Unit
from tests import factories, people, putting_back

pytestmark = pytest.mark.django_db(transaction=True)


def everything():
    """Every row of every table, but for the bookkeeping of the ids."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_rows_added_changed_and_taken_away_are_as_they_were():
    before = everything()
    an, ward = people.an(), people.unit(people.NAM_SON)
    factories.child(factories.hamlet(ward))
    audit.record("child.listed", by=an, shown=[])
    Unit.objects.filter(pk=ward.pk).update(name="Phường khác")
    Unit.objects.filter(path__startswith=people.unit(people.VAN_DAU).path).delete()
    assert everything() != before
    for _ in range(2):
        putting_back.put_back()
        assert everything() == before


def test_the_log_still_refuses_a_change_afterwards(an):
    putting_back.put_back()
    audit.record("child.listed", by=people.an(), shown=[])
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.update(note="x")
