"""Tasks, targets and money of a plan: who, by when, how much, and what is refused."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from plans.actions import work
from plans.models import BudgetEntry
from tests.people import TODAY

pytestmark = pytest.mark.django_db


def test_a_task_gets_a_doer_a_day_and_a_result(district_plan, dung):
    task = district_plan.tasks.get(path="II(2).5")
    task = work.set_task(task=task, by=dung, version=1, doer="Đoàn Thanh niên", ends_on=date(2024, 6, 30), status="running")
    assert (task.doer, task.ends_on, task.status, task.version) == ("Đoàn Thanh niên", date(2024, 6, 30), "running", 2)
    assert Entry.objects.get(action="task.set").fields == ["doer", "ends_on", "status"]
    with pytest.raises(Refusal, match="vừa được người khác sửa"):
        work.set_task(task=task, by=dung, version=1, doer="Khác")


def test_a_task_is_done_only_with_a_result(district_plan, dung):
    task = district_plan.tasks.first()
    with pytest.raises(Refusal, match="Hãy ghi kết quả"):
        work.set_task(task=task, by=dung, version=1, status="done", result=" ")
    assert work.set_task(task=task, by=dung, version=1, status="done", result="Đã tổ chức 10 buổi.").status == "done"


def test_the_value_of_an_issued_target_changes_with_a_reason_and_the_old_one_is_kept(district_plan, dung):
    target = district_plan.targets.get(code="T001-05")
    with pytest.raises(Refusal, match="Hãy ghi lý do điều chỉnh"):
        work.set_target(target=target, by=dung, version=1, value=98)
    work.set_target(target=target, by=dung, version=1, value=98, reason="theo Công văn 12")
    version = district_plan.versions.get()
    kept = next(row for row in version.content["targets"] if row["code"] == "T001-05")
    assert (kept["value"], district_plan.targets.get(code="T001-05").value) == ("99.0000", 98)


def test_a_definition_needs_no_reason_and_makes_no_version(district_plan, dung):
    target = district_plan.targets.get(code="T001-09")
    work.set_target(target=target, by=dung, version=1, group_text="trẻ em bị tim bẩm sinh", due_on=date(2024, 11, 10))
    assert not district_plan.versions.exists()


def test_what_the_district_handed_down_the_ward_does_not_change(ward_plan, an):
    target = ward_plan.targets.get(code="T001-05")
    with pytest.raises(Refusal, match="do cấp trên giao"):
        work.set_target(target=target, by=an, version=1, value=50)
    assert work.set_target(target=target, by=an, version=1, definition="Tính cả trẻ em tạm trú.").definition


def test_a_unit_adds_a_target_of_its_own_after_the_others(ward_plan, an):
    target = work.add_target(plan=ward_plan, by=an, text="Có 02 sân chơi", comparison="ge", value=2, unit_text="sân chơi")
    assert (target.position, target.wanted) == (18, "từ 2 sân chơi trở lên")


def test_money_is_allocated_and_spent_and_no_more_is_spent_than_was_allocated(district_plan, dung):
    line = district_plan.budget_lines.first()
    work.set_line(line=line, by=dung, amount=50_000_000, source="Ngân sách quận")
    work.record_money(line=line, by=dung, kind="allocated", on=TODAY, amount=30_000_000)
    work.record_money(line=line, by=dung, kind="spent", on=TODAY, amount=12_500_000, note="Quà 1/6")
    assert work.totals(line) == (30_000_000, 12_500_000)
    with pytest.raises(Refusal, match=r"mới được cấp 30\.000\.000 đồng, còn 17\.500\.000 đồng"):
        work.record_money(line=line, by=dung, kind="spent", on=TODAY, amount=17_500_001)
    assert BudgetEntry.objects.count() == 2


def test_money_may_be_spent_before_any_allocation_was_written_down(district_plan, dung):
    line = district_plan.budget_lines.first()
    work.record_money(line=line, by=dung, kind="spent", on=TODAY, amount=1)
    assert work.totals(line) == (0, 1)


def test_a_mistaken_entry_is_voided_once_with_a_reason(district_plan, dung):
    entry = work.record_money(line=district_plan.budget_lines.first(), by=dung, kind="spent", on=TODAY, amount=700)
    with pytest.raises(Refusal, match="Hãy ghi lý do hủy"):
        work.void_money(entry=entry, by=dung, reason=" ")
    work.void_money(entry=entry, by=dung, reason="ghi trùng")
    assert work.totals(entry.line) == (0, 0)
    with pytest.raises(Refusal, match="đã được hủy"):
        work.void_money(entry=entry, by=dung, reason="nữa")
