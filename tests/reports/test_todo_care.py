"""Việc cần làm of alternative care: codes and clocks for who works on it, nothing for anybody else."""

from datetime import date

import pytest

from childcare.children.models import FileAccess
from reports import todo_care
from tests import people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db


def lines(officer, on=people.TODAY):
    return [(title, due) for title, _, _, _, due in todo_care.lines(officer, on, 30)]


def test_the_nearest_clock_of_a_placement_with_its_code(an, binh, chi, dung):
    row = care.caring(an)
    assert lines(an) == [(f"Chăm sóc thay thế {row.code}", date(2024, 4, 20))]
    assert not lines(binh) and not lines(chi) and not lines(dung)


def test_what_waits_without_a_clock_and_what_is_far_ahead(an):
    row = care.opened(an)
    assert lines(an) == [(f"Chăm sóc thay thế {row.code}", None)]
    far = care.caring(an, "shelter", child=row.child, started_on=date(2024, 5, 1))  # three months
    assert f"Chăm sóc thay thế {far.code}" not in [title for title, _ in lines(an)]


def test_registrations_and_promises_that_ran_out(an):
    care.carer(an, accepted=False)
    care.promise(an, until=date(2024, 5, 31))
    care.promise(an, child=casework.child(identity_number=None), until=date(2024, 7, 1))
    assert lines(an) == [("Người đăng ký nhận trẻ", date(2024, 3, 25)), ("Cam kết của gia đình", date(2024, 5, 31))]


def test_an_excluded_officer_is_asked_for_nothing(an):
    case = casework.received(an, child=casework.child())
    care.caring(an, case=case)
    ha = people.officer("ha", "Trần Thu Hà", "commune", people.NAM_SON)
    assert lines(ha)
    FileAccess.objects.create(file=case.protected_file, officer=ha, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert not lines(ha)
