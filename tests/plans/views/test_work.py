"""The pages of tasks, targets and money: who may, what comes back, what is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from childcare.audit.models import Entry
from plans import record_lists
from plans.actions import drafting, records, work
from plans.forms_work import TaskForm
from plans.models import RiskArea, Task
from tests import factories as f
from tests.people import TODAY

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, row):
    return reverse(name, args=[row.public_id])


@pytest.fixture
def plan(district_plan, ward, an):
    """The plan of Nam Sơn, drafted from that of the district."""
    return drafting.draft_from(above=district_plan, unit=ward, by=an)[0]


def test_an_says_who_does_a_task_and_by_when(as_, an, plan):
    task = plan.tasks.filter(kind="task").first()
    page = text(as_(an).get(url("task-edit", task)))
    assert "Hội Liên hiệp Phụ nữ" in page and task.text in page.replace("&quot;", '"')
    data = {"doer": "Đoàn Thanh niên", "ends_on": "30/06/2024", "status": "running", "version": "1"}
    assert as_(an).post(url("task-edit", task), data).url == url("plan", plan)
    task.refresh_from_db()
    assert (task.doer, task.status) == ("Đoàn Thanh niên", "running")
    shown = text(as_(an).get(url("plan", plan)))
    assert "Đoàn Thanh niên" in shown and "trước 30/06/2024" in shown


def test_days_in_the_wrong_order_and_a_result_that_is_missing_come_back(as_, an, plan):
    task = plan.tasks.first()
    data = {"starts_on": "30/06/2024", "ends_on": "01/06/2024", "version": "1"}
    assert "Hạn hoàn thành không được trước ngày bắt đầu." in text(as_(an).post(url("task-edit", task), data))
    page = text(as_(an).post(url("task-edit", task), {"status": "done", "doer": "Đoàn", "version": "1"}))
    assert "Hãy ghi kết quả" in page and 'value="Đoàn"' in page


def test_a_school_names_its_own_doers(as_, an, plan, ward):
    plan.unit.kind = "school"
    task = plan.tasks.select_related("plan__unit").first()
    task.plan.unit.kind = "school"
    assert "Liên đội" in TaskForm(task=task, officer=an).doers


def test_a_target_is_added_with_its_multiplier_and_by_when(as_, an, plan):
    data = {"text": "Tai nạn thương tích dưới 60/10.000", "code": "TN-02", "comparison": "lt", "value": "60",
            "unit_text": "/10.000 trẻ em", "multiplier": "10.000", "due_on": "10/11/2024"}  # fmt: skip
    assert as_(an).post(url("plan-target-add", plan), data).status_code == 302
    target = plan.targets.get(text__startswith="Tai nạn")
    assert (target.multiplier, target.indicator.code, str(target.due_on)) == (10_000, "TN-02", "2024-11-10")


def test_an_unknown_code_or_no_value_comes_back_beside_its_box(as_, an, plan):
    page = text(as_(an).post(url("plan-target-add", plan), {"text": "Một", "code": "ZZ", "comparison": "ge", "value": ""}))
    assert "Không có chỉ tiêu mang mã này" in page and "Hãy gõ giá trị" in page


def test_the_ward_sees_why_it_may_not_change_what_was_handed_down(as_, an, plan):
    target = plan.targets.get(code="T001-05")
    page = text(as_(an).get(url("target-edit", target)))
    assert "Quận Kiến An giao: từ 99% trở lên" in page
    data = {"text": target.text, "code": "HC-04", "comparison": "ge", "value": "50", "unit_text": "%", "multiplier": "100",
            "version": "1"}  # fmt: skip
    assert "Hãy đề nghị cấp trên sửa mức giao" in text(as_(an).post(url("target-edit", target), data))


def test_money_is_recorded_and_voided_on_the_page_of_its_line(as_, an, plan):
    line = plan.budget_lines.first()
    client = as_(an)
    client.post(url("budget-line", line), {"plan": "1", "amount": "30.000.000", "source": "Ngân sách phường"})
    client.post(url("budget-line", line), {"kind": "allocated", "on": "01/02/2024", "amount": "20.000.000"})
    page = text(client.post(url("budget-line", line), {"kind": "spent", "on": "02/02/2024", "amount": "25.000.000"}))
    assert "mới được cấp 20.000.000 đồng" in page and "25.000.000" in page
    entry = line.entries.get()
    assert client.post(url("budget-void", entry), {"reason": "ghi nhầm", "version": "1"}).status_code == 302
    assert "đã hủy: ghi nhầm" in text(client.get(url("budget-line", line)))
    line.refresh_from_db()
    assert (line.amount, line.source) == (30_000_000, "Ngân sách phường")


def test_nobody_but_the_unit_itself_works_on_its_plan(as_, binh, chi, dung, an, plan):
    line, task = plan.budget_lines.first(), plan.tasks.first()
    entry = work.record_money(line=line, by=an, kind="spent", on=TODAY, amount=5)
    pages = [url("task-edit", task), url("target-edit", plan.targets.first()), url("plan-target-add", plan),
             url("budget-line", line), url("budget-void", entry)]  # fmt: skip
    for officer, answer in ((binh, 403), (chi, 404), (dung, 404)):
        assert [as_(officer).get(page).status_code for page in pages] == [answer] * 5


def test_the_page_of_a_plan_asks_as_many_questions_for_forty_tasks_as_for_four(as_, an, plan, django_assert_num_queries):
    client = as_(an)
    client.get(url("plan", plan))
    with CaptureQueriesContext(connection) as before:
        client.get(url("plan", plan))
    for position in range(100, 140):
        Task.objects.create(plan=plan, position=position, kind="task", text="Thăm, tặng quà", unit=plan.unit)
    with django_assert_num_queries(len(before)):
        client.get(url("plan", plan))


def test_a_task_gives_priority_to_hamlets_at_high_risk_and_their_list_says_so(as_, an, chi, plan, ward):
    task = plan.tasks.filter(kind="task").first()
    assert "areas" not in TaskForm(task=task, officer=an).fields  # nothing to choose from
    poor, other = f.hamlet(ward, "Tổ dân phố 1"), f.hamlet(ward, "Tổ dân phố 2")
    records.add_risk(by=an, unit=poor, reasons=["water"])
    shown = text(as_(an).get(url("task-edit", task)))
    assert "Tổ dân phố 1: ao, hồ" in shown and "Tổ dân phố 2" not in shown.partition("Ưu tiên")[2].partition("Bắt đầu")[0]
    as_(an).post(url("task-edit", task), {"areas": [str(other.public_id)], "version": "1"})
    assert not task.areas.exists()  # not in the list
    as_(an).post(url("task-edit", task), {"areas": [str(poor.public_id)], "version": "1"})
    assert list(task.areas.all()) == [poor] and Entry.objects.filter(action="task.set").latest("pk").fields == ["areas"]
    assert "Ưu tiên địa bàn nguy cơ cao: Tổ dân phố 1" in text(as_(an).get(url("plan", plan)))
    assert f"2024, mục {task.path}" in text(as_(an).get(url("risk-list", ward)))
    assert record_lists.priorities(RiskArea.objects.all(), chi, 2024) == {}
