"""load_plan on our own short plans and on the five seed plans: every row goes in, a second run changes nothing."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans.actions.plans import assess, assign_down
from plans.loading import load_plan, read, sections, seed_key, written_day
from plans.models import BudgetLine, Plan, PlanItem, Target
from plans.structure import amount_in
from tests.people import KIEN_AN, TODAY, unit

DATA = Path(__file__).parents[2] / "plans" / "data"
SHARED = Path(__file__).parents[3] / "shared" / "domain"
beside = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the checkout")
pytestmark = pytest.mark.django_db


def run(code, items, targets):
    out = StringIO()
    call_command("load_plan", unit=code, items=str(items), targets=str(targets), stdout=out)
    return json.loads(out.getvalue())


def ours(name, code):
    return run(code, DATA / f"{name}_items.csv", DATA / f"{name}_targets.csv")


def seed(code):
    return run(code, SHARED / "plan_items_in_seeds.csv", SHARED / "targets_in_seeds.csv")


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Plan, PlanItem, Target, BudgetLine)]


def test_our_plan_of_kien_an_has_seventeen_targets_and_two_budget_lines():
    counts = ours("kien_an_2024", KIEN_AN)
    assert (counts["items"], counts["targets"], counts["budget_lines"]) == (48, 17, 2)


def test_our_plan_of_cam_chau_has_thirty_targets_and_five_budget_lines():
    counts = ours("cam_chau_2023", "15160")
    assert (counts["items"], counts["targets"], counts["budget_lines"]) == (56, 30, 5)


def test_a_second_load_changes_nothing():
    ours("kien_an_2024", KIEN_AN)
    before, entries = everything(), Entry.objects.count()
    ours("kien_an_2024", KIEN_AN)
    assert everything() == before
    assert Entry.objects.count() == entries


def test_blanks_in_the_head_stay_blank():
    ours("kien_an_2024", KIEN_AN)
    plan = Plan.objects.get()
    assert (plan.number, plan.issued_on, plan.place) == ("/KH-UBND", None, "Kiến An")
    assert plan.signer_lines == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert len(plan.recipients) == 7


def test_a_repeated_section_number_prints_twice():
    ours("kien_an_2024", KIEN_AN)
    headings = [item.text for _, rows in sections(Plan.objects.get()) for item in rows if item.kind == "section"]
    assert [text.split(".")[0] for text in headings] == ["I", "II", "II", "III", "IV", "V"]


def test_changed_rows_replace_the_earlier_load():
    items, targets = read(DATA / "kien_an_2024_items.csv"), read(DATA / "kien_an_2024_targets.csv")
    load_plan(unit=unit(KIEN_AN), items=items, targets=targets)
    targets[4]["value"] = "98"
    plan, _ = load_plan(unit=unit(KIEN_AN), items=items, targets=targets)
    assert plan.targets.get(code="T001-05").value == 98
    assert plan.targets.count() == 17


@pytest.mark.parametrize("worked_on", ["assigned", "assessed"])
def test_rows_that_somebody_built_on_are_not_replaced(worked_on, ward, dung):
    items, targets = read(DATA / "kien_an_2024_items.csv"), read(DATA / "kien_an_2024_targets.csv")
    plan, _ = load_plan(unit=unit(KIEN_AN), items=items, targets=targets)
    if worked_on == "assigned":
        assign_down(plan=plan, unit=ward)
    else:
        assess(target=plan.targets.first(), by=dung, version=1, status="running", note="")
    load_plan(unit=unit(KIEN_AN), items=items, targets=targets)
    targets[4]["value"] = "98"
    with pytest.raises(Refusal, match="không nạp lại được"):
        load_plan(unit=unit(KIEN_AN), items=items, targets=targets)


def test_assigning_to_the_ten_wards_keeps_the_tie():
    ours("kien_an_2024", KIEN_AN)
    plan = Plan.objects.get()
    wards = Unit.objects.under(plan.unit, on=TODAY).communes()
    made = [assign_down(plan=plan, unit=place)[1] for place in wards]
    assert made == [True] * 10
    for target in plan.targets.all():
        lower = target.assigned_to.all()
        assert len(lower) == 10
        assert {row.value for row in lower} == {target.value}
        assert {row.indicator_id for row in lower} == {target.indicator_id}
    assert not any(assign_down(plan=plan, unit=place)[1] for place in wards)
    assert Target.objects.count() == 17 * 11


def test_a_ward_may_be_given_a_value_of_its_own(ward):
    ours("kien_an_2024", KIEN_AN)
    lower, _ = assign_down(plan=Plan.objects.get(), unit=ward, values={"T001-15": Decimal(80)})
    assert lower.targets.get(code="T001-15").value == 80
    assert lower.targets.get(code="T001-05").value == 99


def test_targets_go_down_only(ward):
    ours("kien_an_2024", KIEN_AN)
    plan = Plan.objects.get()
    lower, _ = assign_down(plan=plan, unit=ward)
    for place in (unit(KIEN_AN), unit("15160")):
        with pytest.raises(Refusal, match="không phải đơn vị cấp dưới"):
            assign_down(plan=lower, unit=place)


OURS = [
    ("cam_chau_2023", "15160", "T000"), ("kien_an_2024", KIEN_AN, "T001"), ("ha_nam_2014", "35", "T002"),
    ("an_bang_2023", "19948-S01", "T003"), ("thai_binh_2014", "34", "T004"),
]  # fmt: skip


@pytest.mark.parametrize("name, code, prefix", OURS)
@beside
@pytest.mark.shared
def test_our_targets_say_the_same_as_the_seed_plan(name, code, prefix):
    """Same ids, indicators, comparisons and values as the seed plan: "= 0", decreases and qualitative ones included."""
    wanted = [row for row in _rows(SHARED / "targets_in_seeds.csv") if row["id"].startswith(prefix)]
    own = _rows(DATA / f"{name}_targets.csv")
    fields = ("id", "years", "section", "indicator_code", "comparison", "value", "unit", "multiplier", "target_kind")
    assert [[row[key] for key in fields] for row in own] == [[row[key] for key in fields] for row in wanted]
    ours(name, code)
    stored = Target.objects.select_related("indicator").order_by("position")
    assert [row.indicator.code for row in stored] == [row["indicator_code"] for row in wanted]
    assert [row.value for row in stored] == [Decimal(row["value"]) if row["value"] else None for row in wanted]


def _rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


SEEDS = [("15160", 87, 30, 4), (KIEN_AN, 54, 17, 2), ("35", 73, 29, 5), ("19948-S01", 31, 20, 2), ("34", 81, 20, 2)]


@pytest.mark.parametrize("code, items, targets, budget", SEEDS)
@beside
@pytest.mark.shared
def test_the_five_seed_plans_load_whole(code, items, targets, budget):
    counts = seed(code)
    assert (counts["items"], counts["targets"], counts["budget_lines"]) == (items, targets, budget)
    before = everything()
    seed(code)
    assert everything() == before


@beside
@pytest.mark.shared
def test_the_money_of_ha_nam_adds_up():
    seed("35")
    total, *parts = BudgetLine.objects.values_list("amount", flat=True)
    assert total == sum(parts) == 684_000_000


@beside
@pytest.mark.shared
def test_the_plan_of_thai_binh_has_its_number_day_and_years():
    seed("34")
    plan = Plan.objects.get()
    assert (plan.number, plan.issued_on.isoformat(), plan.years) == ("02/KH-UBND", "2014-01-10", "2014–2020")


def test_a_unit_without_a_plan_in_the_file_is_told_so():
    with pytest.raises(CommandError, match="Trong tệp có 0 kế hoạch của Phường Nam Sơn"):
        ours("kien_an_2024", "11437")
    with pytest.raises(CommandError, match="Không có đơn vị mã 99999"):
        ours("kien_an_2024", "99999")


@pytest.mark.parametrize(
    "text, key", [("001_cfd55f333f184f9b.txt", "001"), ("001", "001"), ("demo-kien-an-2024", "demo-kien-an-2024")]
)
def test_both_files_name_a_plan_alike(text, key):
    assert seed_key(text) == key


def test_money_and_days_are_read_from_the_text():
    assert amount_in("Dự án 1: Truyền thông: 140.000.000đ") == 140_000_000
    assert amount_in("Bố trí từ dự toán năm 2024") is None
    assert written_day("Thái Bình, ngày 10 tháng 01 năm 2014").isoformat() == "2014-01-10"
    assert written_day("Kiến An, ngày tháng năm 2024") is None
