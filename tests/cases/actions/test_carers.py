"""The registers: who is found to meet the conditions, who leaves, what a place says."""

from datetime import date

import pytest

from cases.actions import carers
from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from tests import people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db
CONCLUSION = {"assessed_on": date(2024, 3, 11), "decided_on": date(2024, 3, 12), "conditions": {}}


def test_a_carer_waits_for_the_conclusion(an):
    row = care.carer(an, accepted=False)
    assert (row.state, row.decided_on) == ("applied", None)
    carers.conclude(carer=row, by=an, version=row.version, accepted=True, **CONCLUSION)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", an)


def test_nobody_with_a_condition_not_met_is_accepted(an):
    row = care.carer(an, accepted=False)
    values = {**CONCLUSION, "conditions": {"abuse": "no"}}
    with pytest.raises(Refusal, match="Không đủ"):
        carers.conclude(carer=row, by=an, version=row.version, accepted=True, **values)
    with pytest.raises(Refusal, match="lý do"):
        carers.conclude(carer=row, by=an, version=row.version, accepted=False, **values)
    carers.conclude(carer=row, by=an, version=row.version, accepted=False, decision_reason="đã bị xử lý", **values)
    row.refresh_from_db()
    assert row.state == "refused" and row.conditions == {"abuse": "no"}


def test_a_conclusion_does_not_lie_before_the_application(an):
    row = care.carer(an, accepted=False)
    with pytest.raises(Refusal, match="trước ngày nhận đơn"):
        carers.conclude(carer=row, by=an, version=row.version, accepted=True, **{**CONCLUSION, "decided_on": date(2024, 3, 1)})


def test_who_has_a_child_does_not_leave_the_register_unless_the_officer_may_not_know_of_it(an):
    row = care.caring(an).carer
    with pytest.raises(Refusal, match="đang chăm sóc"):
        carers.withdraw(carer=row, by=an, version=row.version, on=people.TODAY, reason="đổi ý")


def test_who_left_is_not_concluded_about_again(an):
    row = care.carer(an)
    row = carers.withdraw(carer=row, by=an, version=row.version, on=people.TODAY, reason="đổi ý")
    with pytest.raises(Refusal, match="thôi đăng ký"):
        carers.conclude(carer=row, by=an, version=row.version, accepted=True, **CONCLUSION)
    with pytest.raises(Refusal, match="thôi đăng ký"):
        carers.withdraw(carer=row, by=an, version=row.version, on=people.TODAY, reason="đổi ý")


def test_nobody_else_writes_into_the_register(binh, chi, dung):
    for officer in (binh, chi, dung):
        with pytest.raises(Refusal, match="công chức được giao"):
            care.carer(officer, accepted=False)


def test_the_log_names_neither_a_carer_nor_the_child_of_a_relative(an):
    case = casework.received(an, child=casework.child())
    care.carer(an, kind="relative", child=case.child, protected_file=case.protected_file)
    care.shelter(an)
    for entry in Entry.objects.filter(action__regex="^(carer|shelter)"):
        assert entry.subject == "" and "Hiền" not in entry.note + str(entry.shown)
    assert Entry.objects.filter(action="carer.registered").get().subject_type == "children.protectedfile"


def test_what_is_told_of_a_carer_is_encrypted_in_the_database(an):
    row = care.carer(an)
    stored = type(row).objects.filter(pk=row.pk).extra(select={"raw": "address"}).values_list("raw", flat=True).get()
    assert "Hoàng Thiết Tâm" not in stored and row.address == "12 Hoàng Thiết Tâm"


def test_a_change_keeps_what_it_does_not_name(an):
    row = care.carer(an)
    row = carers.change(carer=row, by=an, version=row.version, phone="0912 345 678")
    assert (row.phone, row.name) == ("0912 345 678", "Đỗ Văn Hiền")


def test_a_place_takes_no_more_children_from_a_day(an):
    row = care.shelter(an)
    row = carers.change_shelter(shelter=row, by=an, version=row.version, closed_on=date(2024, 5, 1))
    assert row.closed_on == date(2024, 5, 1) and row.address == "ngõ 7 Đồng Hoà"
