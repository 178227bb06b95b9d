"""Tasks, scopes and money read from the paragraphs of a plan; what officers wrote on them stays with the words."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from childcare.lib.vietnamese import fold
from plans import loading
from plans.models import BudgetEntry, Task
from plans.structure import amount_in, names_at, scopes_in, task_of
from tests.people import TODAY
from tests.plans.conftest import DATA
from tests.plans.seeds import beside, load

pytestmark = pytest.mark.django_db


def kinds(plan):
    return dict(Counter(plan.tasks.values_list("kind", flat=True)))


@pytest.mark.parametrize(
    "seed, wanted",
    [
        ("000", {"task": 6, "solution": 6, "duty": 3}),
        ("001", {"task": 8, "duty": 4}),
        ("002", {"project": 4, "model": 4, "duty": 1}),
        ("003", {"solution": 6, "duty": 4}),
        ("004", {"task": 8, "model": 3, "solution": 8, "duty": 8}),
    ],
)
@beside
@pytest.mark.shared
def test_each_seed_has_its_tasks_projects_models_solutions_and_assignments(seed, wanted):
    assert kinds(load(seed)) == wanted


@beside
@pytest.mark.shared
def test_the_third_project_of_ha_nam_says_where_it_goes_and_what_the_plan_leaves_open():
    plan = load("002")
    third = plan.tasks.get(path="II.3")
    rows = [(row.status, row.within, row.stated, len(row.names), bool(row.gap)) for row in third.scopes.all()]
    assert rows == [
        ("start", "", 2, 2, False),
        ("expand", "Lý Nhân", 8, 7, True),
        ("keep", "Lý Nhân", 15, 0, True),
        ("expand", "Thanh Liêm", 2, 2, False),
        ("keep", "Thanh Liêm", 15, 0, True),
    ]
    assert [row.gap for row in third.scopes.all()][1:3] == [
        "Kế hoạch ghi 8 xã nhưng nêu 7 tên.",
        "Kế hoạch ghi 15 xã nhưng không nêu tên.",
    ]
    assert third.scopes.all()[3].said == "Mở rộng: 2 xã của Thanh Liêm (Thanh Tân, Thanh Bình)"


@beside
@pytest.mark.shared
def test_the_models_of_ha_nam_stand_under_their_project_and_the_money_under_its_total():
    plan = load("002")
    assert set(plan.tasks.filter(kind="model").values_list("parent__path", flat=True)) == {"II.4"}
    total, *parts = plan.budget_lines.select_related("task")
    assert [line.part_of_id for line in parts] == [total.pk] * 4
    assert [line.task.path for line in parts] == ["II.1", "II.2", "II.3", "II.4"]
    assert sum(line.amount for line in parts) == total.amount == Decimal(684_000_000)


@beside
@pytest.mark.shared
def test_the_paragraphs_of_a_task_are_tied_to_it_and_its_targets_too():
    plan = load("000")
    task = plan.tasks.get(path="III.3")
    assert Counter(task.items.values_list("kind", flat=True)) == {"task": 1, "label": 2, "target": 4, "scope": 1, "activity": 2}
    assert task.targets.count() == 7
    assert plan.items.get(path="III", kind="section").task is None
    assert plan.tasks.get(path="III.6").items.filter(kind="responsible").count() == 1


def test_what_an_officer_wrote_on_a_task_stays_when_the_text_is_put_in_again(district_plan, dung):
    task = district_plan.tasks.get(path="II(2).3")
    Task.objects.filter(pk=task.pk).update(doer="Trung tâm Văn hóa", status="running")
    rows = [
        {"path": item.path, "kind": item.kind, "bullet": item.bullet, "text_vi": item.text, "note": item.note}
        for item in district_plan.items.all()
    ]
    first = next(at for at, row in enumerate(rows) if row["kind"] == "task")
    loading.write(district_plan, [*rows[:first], {**rows[first], "text_vi": "1. Nhiệm vụ mới."}, *rows[first:]])
    kept = Task.objects.get(pk=task.pk)
    assert (kept.doer, kept.status, kept.position) == ("Trung tâm Văn hóa", "running", task.position + 1)
    assert district_plan.tasks.count() == 13


def test_a_line_of_money_on_which_something_was_spent_is_not_taken_away(district_plan, dung):
    line = district_plan.budget_lines.first()
    BudgetEntry.objects.create(line=line, kind="spent", on=TODAY, amount=5_000_000, recorded_by=dung)
    rows = [
        {"path": item.path, "kind": item.kind, "bullet": item.bullet, "text_vi": item.text, "note": item.note}
        for item in district_plan.items.exclude(text=line.text)
    ]
    with pytest.raises(loading.Refusal, match="Hãy giữ nguyên lời"):
        loading.write(district_plan, rows)


@pytest.mark.parametrize(
    "text, names",
    [
        ("Thanh Tân và Thanh Bình, đồng thời tiếp tục duy trì", ["Thanh Tân", "Thanh Bình"]),
        ("Lý Nhân, Thanh Liêm.", ["Lý Nhân", "Thanh Liêm"]),
        ("đã triển khai", []),
        ("", []),
    ],
)
def test_names_end_where_small_letters_begin(text, names):
    assert names_at(text) == names


def test_a_scope_says_how_many_which_and_whether_new_or_kept():
    assert scopes_in("Trên địa bàn 02 huyện Bình Lục, Kim Bảng") == [
        {"status": "start", "kind_word": "huyện", "stated": 2, "names": ["Bình Lục", "Kim Bảng"], "within": ""}
    ]
    assert scopes_in("Tiếp tục duy trì mô hình tại 10 xã thuộc huyện Lý Nhân, Duy Tiên về phòng ngừa") == [
        {"status": "keep", "kind_word": "xã", "stated": 10, "names": [], "within": "Lý Nhân, Duy Tiên"}
    ]
    assert scopes_in("Trên địa bàn toàn xã.") == []


def test_money_is_the_last_amount_of_a_line():
    assert amount_in("Dự án 1: 140.000.000đ") == Decimal(140_000_000)
    assert amount_in("Bố trí từ dự toán năm 2024") is None


@pytest.mark.parametrize(
    "section, path", [("II.4 Mô hình 1", "II.4.M1"), ("III.2", "III.2"), ("II. Nhiệm vụ 2", "II(2).2"), ("II. Chỉ tiêu", None)]
)
def test_a_target_finds_the_task_of_its_section(section, path):
    tasks = [Task(path="II.4.M1", kind="model"), Task(path="III.2", kind="task"), Task(path="II(2).2", kind="task")]
    found = task_of(section, tasks)
    assert (found.path if found else None) == path


@pytest.mark.parametrize("seed, name", [("002", "ha_nam_2014"), ("003", "an_bang_2023"), ("004", "thai_binh_2014")])
@beside
@pytest.mark.shared
def test_our_short_words_have_the_tasks_scopes_money_and_recipients_of_the_seed(seed, name):
    long = load(seed)
    rows = [loading.read(DATA / f"{name}_{part}.csv") for part in ("items", "targets")]
    short = loading.load_plan(unit=long.unit, items=rows[0], targets=rows[1])[0]

    def shape(plan):
        scopes = [(row.status, row.within, row.stated, row.names) for task in plan.tasks.all() for row in task.scopes.all()]
        money = list(plan.budget_lines.values_list("amount", "part_of__position", "task__path"))
        tasks = list(plan.tasks.values_list("kind", "path", "parent__path"))
        return (
            tasks,
            scopes,
            money,
            [re.sub(r"\W", "", fold(name)) for name in plan.recipients],
            plan.signer_lines,
            plan.signer_name,
        )

    assert [one == other for one, other in zip(shape(long), shape(short), strict=True)] == [True] * 6
    assert (long.number, long.issued_on, long.years) == (short.number, short.issued_on, short.years)
