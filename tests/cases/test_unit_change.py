"""When wards become one their case files go on there, and come back with the change."""

import pytest

from cases.models import Case
from reports.actions import unit_changes
from tests import factories
from tests.cases import care, casework
from tests.unit_changes import merge, wards

pytestmark = pytest.mark.django_db


def test_case_files_go_over_to_the_new_ward_and_come_back_when_the_change_is_undone(quan, an, ward):
    case = casework.assessed(an)
    change, new = merge(quan, wards("11437", "11440"))
    case.refresh_from_db()
    assert case.unit == new
    officer = type(an).objects.get(pk=an.pk)
    assert Case.objects.visible_to(officer).workable_by(officer).contains(case)
    unit_changes.undo(change=change, by=quan, reason="nhầm")
    case.refresh_from_db()
    assert case.unit == ward


def test_care_registers_and_promises_go_over_with_the_ward(quan, an, ward):
    rows = [care.caring(an), care.shelter(an), care.promise(an, child=factories.child(ward))]
    rows.append(rows[0].carer)
    change, new = merge(quan, wards("11437", "11440"))
    for row in rows:
        row.refresh_from_db()
        assert row.unit == new
    unit_changes.undo(change=change, by=quan, reason="nhầm")
    for row in rows:
        row.refresh_from_db()
        assert row.unit == ward
