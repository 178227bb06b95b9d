"""A school plans and records by itself: its doers are offered on its tasks, its plan is drafted, issued, answered for."""

from uuid import uuid4

import pytest
from django.urls import reverse

from plans.actions.plans import assign_down
from plans.models import Activity, Plan
from tests import factories, people

pytestmark = pytest.mark.django_db
ROWS = """KẾ HOẠCH
Công tác bảo vệ, chăm sóc trẻ em năm 2024
I. GIẢI PHÁP THỰC HIỆN
1. Đẩy mạnh công tác tuyên truyền về quyền trẻ em.
"""


def text(response):
    return response.content.decode()


def url(name, row):
    return reverse(name, args=[row.public_id])


@pytest.fixture
def plan(as_, hoa, school):
    """The plan that the school's officer began and wrote on the pages."""
    client = as_(hoa)
    client.post(
        reverse("plan-add"),
        {
            "unit": str(school.public_id),
            "kind": "school_year",
            "first_year": "2023",
            "last_year": "2024",
            "subject": "Công tác trẻ em",
        },
    )
    row = Plan.objects.get(unit=school)
    review = client.post(url("plan-text", row), {"text": ROWS, "version": row.version})
    form = review.context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    client.post(url("plan-text", row), data | {"text": ROWS, "version": row.version, "confirm": "1"})
    row.refresh_from_db()
    return row


def test_the_school_is_offered_its_own_doers_and_records_what_came_of_a_task(as_, hoa, plan):
    task = plan.tasks.get()
    page = text(as_(hoa).get(url("task-edit", task)))
    for doer in ("Ban giám hiệu", "Liên đội", "Y tế trường học", "Giáo viên chủ nhiệm"):
        assert f'value="{doer}"' in page
    data = {"doer": "Liên đội", "status": "done", "result": "Đã tuyên truyền ở 12 lớp.", "version": "1"}
    assert as_(hoa).post(url("task-edit", task), data).status_code == 302
    task.refresh_from_db()
    assert (task.doer, task.status, task.result) == ("Liên đội", "done", "Đã tuyên truyền ở 12 lớp.")


def test_nobody_else_writes_the_plan_of_the_school(as_, an, chi, tuan, binh, plan):
    for officer, status in ((an, 404), (chi, 404), (tuan, 404), (binh, 403)):
        assert as_(officer).get(url("task-edit", plan.tasks.get())).status_code == status


def test_the_school_issues_its_plan_as_its_headmaster_signs(as_, hoa, plan):
    data = {"number": "7", "issued_on": "02/05/2024", "authority": "HIỆU TRƯỞNG", "signer_name": "Trần Thị B"}
    data["version"] = as_(hoa).get(url("plan-issue", plan)).context["form"]["version"].value()
    assert as_(hoa).post(url("plan-issue", plan), data).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "issued" and plan.signer_lines == ["HIỆU TRƯỞNG"] and plan.number == "07/KH"


def test_the_school_records_an_activity_of_its_own(as_, hoa, school):
    data = {"kind": "communication", "title": "Nói chuyện về đuối nước", "held_on": "02/05/2024", "unit": str(school.public_id)}
    assert as_(hoa).post(reverse("activity-quick"), data | {"once": str(uuid4())}).status_code == 302
    assert Activity.objects.get().unit == school


def test_the_commune_writes_the_plan_of_a_hamlet_which_has_no_office(as_, an, chi, dung, ward_plan, ward):
    hamlet = factories.hamlet(ward, "Tổ dân phố 3")
    lower, _ = assign_down(plan=ward_plan, unit=hamlet, by=an)
    assert as_(an).get(url("plan-text", lower)).status_code == 200
    assert as_(chi).get(url("plan-text", lower)).status_code == 404
    assert as_(dung).get(url("plan-text", lower)).status_code == 404
    assert people.unit(people.NAM_SON) == ward
