"""The draft of a ward's plan from that of its district."""

import pytest

from childcare.lib.refusal import Refusal
from plans import documents
from plans.actions.drafting import draft_from, named
from plans.actions.plans import assign_down
from tests.people import KIEN_AN, unit

pytestmark = pytest.mark.django_db


def test_the_draft_has_the_targets_handed_down_the_tasks_and_blank_money(district_plan, ward, an):
    plan, made = draft_from(above=district_plan, unit=ward, by=an)
    assert made and plan.state == "draft"
    assert plan.targets.count() == district_plan.targets.count() == 17
    assert all(target.assigned_from.plan == district_plan for target in plan.targets.all())
    own = district_plan.tasks.filter(kind="task").count()
    assert plan.tasks.filter(kind="task").count() == own == 8
    assert [task.text.split(".")[0] for task in plan.tasks.filter(kind="task")] == [str(at) for at in range(1, 9)]
    assert [line.amount for line in plan.budget_lines.all()] == [None, None]
    assert list(plan.carries_out.all()) == [district_plan]


def test_a_second_press_changes_nothing(district_plan, ward, an):
    plan, _ = draft_from(above=district_plan, unit=ward, by=an)
    plan.items.filter(kind="objective").update(text="Lời của phường.")
    again, made = draft_from(above=district_plan, unit=ward, by=an)
    assert (again.pk, made) == (plan.pk, False)
    assert plan.items.get(kind="objective").text == "Lời của phường."


def test_targets_that_were_handed_down_before_keep_their_values(district_plan, ward, an):
    ward_plan, _ = assign_down(plan=district_plan, unit=ward, values={"T001-05": 95})
    plan, made = draft_from(above=district_plan, unit=ward, by=an)
    assert plan == ward_plan and made
    assert plan.targets.get(code="T001-05").value == 95
    assert plan.items.filter(kind="target", text__contains="từ 95% trở lên").exists()


def test_the_draft_prints_with_its_mark_and_names_the_plan_above(district_plan, ward, an):
    plan, _ = draft_from(above=district_plan, unit=ward, by=an)
    doc = documents.build(plan)
    assert doc.marks == ("DỰ THẢO",)
    assert doc.bases == (f"Căn cứ {named(district_plan)};",)
    assert "UBND quận Kiến An" in named(district_plan)


def test_no_draft_goes_up(ward_plan, an):
    with pytest.raises(Refusal, match="không phải đơn vị cấp dưới"):
        draft_from(above=ward_plan, unit=unit(KIEN_AN), by=an)
