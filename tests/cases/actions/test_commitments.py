"""Promises of families: written down with the help that they belong to, followed up, concluded."""

from datetime import date

import pytest

from cases.actions import commitments
from cases.models import CaseEvent
from childcare.lib.refusal import Refusal
from tests import factories
from tests.cases import care, casework

pytestmark = pytest.mark.django_db


def test_a_promise_goes_with_the_help_for_a_living(an):
    child = casework.child()
    row = care.promise(an, child=child, support=factories.support(child, "S32"), until=date(2024, 12, 31))
    assert (row.support.kind.code, row.protected_file, row.outcome) == ("S32", None, "")


def test_in_a_case_it_lies_under_its_file_and_in_its_timeline(an):
    case = casework.received(an, child=casework.child())
    row = care.promise(an, case=case)
    assert row.protected_file == case.protected_file
    assert CaseEvent.objects.get(case=case, what="promised").note == "Cho trẻ em đi học, không bỏ học, ngày 04/03/2024"


def test_it_is_followed_up_until_it_is_concluded(an):
    row = care.promise(an)
    commitments.check(
        commitment=row, by=an, version=row.version, checked_on=date(2024, 4, 1), kept="partly", note="nghỉ 3 buổi"
    )
    row.refresh_from_db()
    row = commitments.close(commitment=row, by=an, version=row.version, outcome="kept")
    assert (row.checks.get().kept, row.outcome, row.closed_on) == ("partly", "kept", date(2024, 5, 2))
    with pytest.raises(Refusal, match="đã có kết luận"):
        commitments.check(commitment=row, by=an, version=row.version, checked_on=date(2024, 5, 2), kept="yes")


def test_the_days_come_in_their_order(an):
    row = care.promise(an)
    with pytest.raises(Refusal, match="trước ngày cam kết"):
        commitments.check(commitment=row, by=an, version=row.version, checked_on=date(2024, 3, 3), kept="yes")
    with pytest.raises(Refusal, match="sau ngày ký"):
        care.promise(an, child=row.child, until=date(2024, 3, 3))


def test_a_voided_one_stands_no_longer(an):
    row = care.promise(an)
    commitments.void(commitment=row, by=an, version=row.version, reason="ghi nhầm trẻ")
    assert not type(row).objects.visible_to(an).standing().exists()


def test_nobody_who_is_not_trusted_writes_one(binh, chi):
    for officer in (binh, chi):
        with pytest.raises(Refusal):
            care.promise(officer)
