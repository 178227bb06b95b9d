"""The plan of next year from this year's: only confirmed years move, targets with their baseline, tasks, blank money."""

from decimal import Decimal

import pytest

from childcare.lib.refusal import Refusal
from plans import yearly
from plans.actions.plans import assign_down
from plans.actions.yearly import draft_next, following
from plans.assigned import changes
from plans.models import Plan, Task
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(district_plan):
    return district_plan


def go_on(plan, by, *, confirmed=(), goals=None, ended=(), subject="Kế hoạch năm 2025"):
    goals = [(row, {"value": row.value}) for row in plan.targets.all()] if goals is None else goals
    return draft_next(plan=plan, by=by, subject=subject, confirmed=set(confirmed), goals=goals, ended=set(ended))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("thực hiện trong năm 2024.", "thực hiện trong năm 2025."),
        ("báo cáo trước ngày 10/5/2024 và ngày 10/11/2024", "báo cáo trước ngày 10/5/2025 và ngày 10/11/2025"),
        ("Nghị định 56/2024/NĐ-CP", "Nghị định 56/2024/NĐ-CP"),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025"),
        ("tổng đài 18006605, mã 120245", "tổng đài 18006605, mã 120245"),
    ],
)
def test_only_the_year_of_the_plan_moves(text, after):
    assert yearly.forward(text, Plan(first_year=2024, last_year=2024)) == after


def test_a_school_year_moves_both_its_years():
    plan = Plan(first_year=2023, last_year=2024, kind="school_year")
    assert yearly.forward("năm học 2023-2024", plan) == "năm học 2024-2025" and yearly.one_year(plan)
    assert not yearly.one_year(Plan(first_year=2014, last_year=2020, kind="multi_year"))


def test_a_paragraph_that_cites_a_document_is_not_sure(plan):
    item = plan.items.first()
    item.kind, item.text = "basis", "Căn cứ Kế hoạch số 61/KH-SLĐTBXH ngày 09/3/2024;"
    other = plan.items.last()
    other.kind, other.text = "task", "Tổ chức Tháng hành động vì trẻ em năm 2024."
    assert [(row.item, row.sure) for row in yearly.moved(plan, [item, other])] == [(item, False), (other, True)]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Dự án 1: Truyền thông: 140.000.000đ", "Dự án 1: Truyền thông: … đồng"),
        ("Tổng: 684.000.000 đồng (Sáu trăm tám tư triệu đồng chẵn)", "Tổng: … đồng"),
        ("Dự toán ngân sách quận năm 2024.", "Dự toán ngân sách quận năm 2024."),
    ],
)
def test_sums_of_money_are_left_blank(text, after):
    assert yearly.blank(text) == after


def test_years_move_only_where_the_officer_confirmed(plan, dung):
    named = [row.item for row in yearly.moved(plan, plan.items.all())]
    assert len(named) > 2
    new = go_on(plan, dung, confirmed=[named[0].pk])
    texts = set(new.items.values_list("text", flat=True))
    assert yearly.forward(named[0].text, plan) in texts
    assert named[1].text in texts and yearly.forward(named[1].text, plan) not in texts


def test_the_new_plan_is_a_draft_that_follows_the_old_one(plan, dung):
    new = go_on(plan, dung)
    assert (new.first_year, new.last_year, new.state, new.follows, new.subject) == (
        2025,
        2025,
        "draft",
        plan,
        "Kế hoạch năm 2025",
    )
    assert following(plan) == new and new.signer_name == "" and new.issued_on is None
    assert not new.items.filter(kind__in=("number_line", "place_date", "signer_name")).exists()
    assert new.targets.count() == 17 and new.recipients == plan.recipients
    plan.refresh_from_db()
    assert plan.state == "issued" and plan.targets.count() == 17


def test_targets_go_on_with_the_new_value_the_baseline_and_no_judgement(plan, dung):
    falls, rate = plan.targets.get(code="T001-03"), plan.targets.get(code="T001-05")
    rate.status_note = "năm cũ"
    rate.save()
    goals = [
        (falls, {"value": None, "baseline": Decimal("12"), "baseline_text": "kết quả năm 2024"}),
        (rate, {"value": Decimal(98)}),
    ]
    new = go_on(plan, dung, goals=goals)
    assert new.targets.count() == 2
    kept = new.targets.get(code="T001-03")
    assert (kept.baseline, kept.baseline_text) == (12, "kết quả năm 2024")
    assert (new.targets.get(code="T001-05").value, new.targets.get(code="T001-05").status_note) == (98, "")


def test_a_task_that_ends_takes_its_paragraphs_with_it_the_others_keep_who_does_them(plan, dung):
    first, second = plan.tasks.filter(kind="task")[:2]
    second.doer, second.status, second.result = "Đoàn Thanh niên", "done", "Đã làm."
    second.save()
    new = go_on(plan, dung, ended=[first.pk])
    assert not new.tasks.filter(text=first.text).exists()
    carried = new.tasks.get(text=second.text)
    assert (carried.doer, carried.status, carried.result, carried.ends_on) == ("Đoàn Thanh niên", "", "", None)


def test_a_part_ends_with_its_task(plan, dung):
    first = plan.tasks.filter(kind="task").first()
    item = plan.items.filter(task=first).last()
    part = Task.objects.create(plan=plan, parent=first, position=99, kind="model", text="Mô hình thử nghiệm")
    plan.items.filter(pk=item.pk).update(task=part, text="Mô hình thử nghiệm")
    new = go_on(plan, dung, ended=[first.pk])
    assert not new.items.filter(text="Mô hình thử nghiệm").exists()


def test_money_is_blank_and_keeps_its_source(plan, dung):
    plan.items.filter(kind="budget").first()
    line = plan.budget_lines.first()
    line.amount, line.source = 140_000_000, "Ngân sách quận"
    line.save()
    new = go_on(plan, dung)
    assert [row.amount for row in new.budget_lines.all()] == [None] * plan.budget_lines.count()
    assert new.budget_lines.first().source == "Ngân sách quận"


def test_a_second_draft_is_refused_once_it_has_words(plan, dung):
    go_on(plan, dung)
    with pytest.raises(Refusal, match="Kế hoạch năm 2025 đã có nội dung"):
        go_on(plan, dung)
    assert Plan.objects.filter(follows=plan).count() == 1


def test_what_was_handed_down_for_the_new_year_is_not_repeated(plan, dung, ward, an):
    old, _ = assign_down(plan=plan, unit=ward)
    old.items.create(position=1, path="I", kind="section", text="I. MỤC TIÊU")
    above = go_on(plan, dung)
    held, _ = assign_down(plan=above, unit=ward)
    new = go_on(old, an)
    assert new == held and new.targets.count() == 17 and new.follows == old
    assert set(new.targets.values_list("assigned_from__plan", flat=True)) == {above.pk}


def test_a_target_carried_on_is_tied_when_the_unit_above_gives_it(plan, dung, ward, an):
    old, _ = assign_down(plan=plan, unit=ward)
    old.items.create(position=1, path="I", kind="section", text="I. MỤC TIÊU")
    new = go_on(old, an)
    above = go_on(plan, dung)
    assign_down(plan=above, unit=ward)
    assert Plan.objects.filter(unit=ward, first_year=2025).get() == new
    found = changes(new)
    assert len(found) == 17 and all(change.target for change in found)


def test_a_plan_of_several_years_or_without_words_has_no_next_year(dung):
    district = people.unit(people.KIEN_AN)
    long = Plan.objects.create(unit=district, first_year=2014, last_year=2020, subject="Đề án", kind="multi_year")
    with pytest.raises(Refusal, match="Chỉ kế hoạch một năm"):
        go_on(long, dung)
    empty = Plan.objects.create(unit=district, first_year=2024, last_year=2024, subject="Trống")
    with pytest.raises(Refusal, match="chưa có nội dung"):
        go_on(empty, dung)
