"""The page of the plan of next year: results beside the targets, who may, what comes back. Figures worked out by hand."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from plans.actions.drafting import draft_from
from plans.loading import load_plan, read
from plans.models import Plan
from reports import measures
from reports.judging import judge
from tests import factories, people

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "plans" / "data"


@pytest.fixture
def plan(ward, an):
    items, targets = read(DATA / "kien_an_2024_items.csv"), read(DATA / "kien_an_2024_targets.csv")
    above = load_plan(unit=people.unit(people.KIEN_AN), items=items, targets=targets)[0]
    return draft_from(above=above, unit=ward, by=an)[0]


@pytest.fixture
def children(ward):
    """Ten children in special circumstances since January, nine of them helped."""
    for number in range(10):
        child = factories.child(ward, name=f"Trẻ {number}")
        factories.circumstance(child, "N04.2", since=date(2024, 1, 10))
        if number:
            factories.support(child, on=date(2024, 2, 1))


def address(plan):
    return reverse("plan-next", args=[plan.public_id])


def posted(form):
    found = {"subject": form.initial["subject"]}
    for name, field in form.fields.items():
        if name != "subject" and field.initial not in (None, "", False):
            found[name] = "on" if field.initial is True else field.initial
    return found


def test_this_years_result_stands_beside_each_target(as_, an, plan, children):
    page = as_(an).get(address(plan))
    cells = {cell.target.code: cell for cell, *_ in page.context["goals"]}
    assert cells["T001-05"].now.full == "90,0% (9/10)"
    shown = page.content.decode()
    assert "90,0%" in shown and "9/10" in shown and "Dự thảo kế hoạch năm 2025" in shown


def test_the_draft_is_made_with_the_new_values_and_the_result_as_baseline(as_, an, plan, children):
    client = as_(an)
    form = client.get(address(plan)).context["form"]
    data = posted(form) | {f"muc-{plan.targets.get(code='T001-05').pk}": "95"}
    data.pop(f"giu-{plan.targets.get(code='T001-07').pk}")
    answer = client.post(address(plan), data)
    new = Plan.objects.get(follows=plan)
    assert answer.url == reverse("plan", args=[new.public_id])
    assert new.targets.get(code="T001-05").value == 95 and not new.targets.filter(code="T001-07").exists()
    fallen = new.targets.get(code="T001-03")
    assert fallen.comparison == "decrease" and fallen.baseline == 10
    assert "kết quả năm 2024" in fallen.baseline_text
    assert "Đã có kế hoạch năm 2025" in client.get(address(plan)).content.decode()


def test_a_value_that_is_missing_comes_back_with_everything_typed(as_, an, plan):
    client = as_(an)
    key = plan.targets.get(code="T001-05").pk
    data = posted(client.get(address(plan)).context["form"]) | {f"muc-{key}": "", "subject": "Trích yếu mới"}
    page = client.post(address(plan), data).content.decode()
    assert "Hãy gõ mức của năm sau" in page and "Trích yếu mới" in page and not Plan.objects.filter(follows=plan).exists()


def test_a_small_sensitive_number_is_not_written_into_the_plan(as_, an, plan, ward):
    child = factories.child(ward)
    facts = {"form": "violence"}
    factories.incident(ward, kind="abuse", children=[(child, facts)], protected_file=factories.protected_file(child, unit=ward))
    target = plan.targets.get(code="T001-07")
    type(target).objects.filter(pk=target.pk).update(comparison="decrease", value=None)
    client = as_(an)
    client.post(address(plan), posted(client.get(address(plan)).context["form"]))
    assert Plan.objects.get(follows=plan).targets.get(code="T001-07").baseline is None


def test_only_who_writes_the_plan_goes_on_with_it(as_, an, binh, chi, dung, lan, plan):
    for officer, status in ((an, 200), (binh, 403), (lan, 403), (chi, 404), (dung, 404)):
        assert as_(officer).get(address(plan)).status_code == status
    assert "Dự thảo kế hoạch năm sau" in as_(an).get(reverse("plan", args=[plan.public_id])).content.decode()


def test_without_last_years_figure_a_rate_is_held_against_the_baseline_of_the_plan(plan):
    target = plan.targets.get(code="T001-03")
    target.baseline, target.comparison, target.multiplier = 12, "decrease", 100
    now = measures.Figure("HC-01", 10, 100, 100)
    gap = measures.Figure("HC-01", missing=True)
    verdict = judge(target, now, gap, date(2024, 6, 30))
    assert (verdict.word, verdict.sentence) == ("Đạt", "Thực hiện 10,0% (10/100), số gốc 12,0%: giảm 2,0 điểm phần trăm.")
    count = measures.Figure("HC-01", 3)
    assert judge(target, count, gap, date(2024, 6, 30)).word == "Chưa có số liệu"
    assert judge(target, count, gap, date(2024, 12, 31)).word == "Đạt"
