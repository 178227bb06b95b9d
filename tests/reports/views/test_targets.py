"""Targets with their progress; regimes. Numbers are worked out by hand."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from childcare.units.models import Unit
from plans.actions.plans import assess, assign_down
from plans.loading import load_plan, read
from reports import measures
from reports.models import Regime
from reports.obligations import ensure_obligations
from reports.target_table import target_table
from tests import factories, people

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "plans" / "data"
WINDOW = measures.Window(date(2023, 11, 1), date(2024, 4, 30))


def text(response):
    return response.content.decode()


@pytest.fixture
def plan(db):
    items, targets = read(DATA / "kien_an_2024_items.csv"), read(DATA / "kien_an_2024_targets.csv")
    return load_plan(unit=people.unit(people.KIEN_AN), items=items, targets=targets)[0]


@pytest.fixture
def ward_plan(plan, ward):
    return assign_down(plan=plan, unit=ward)[0]


@pytest.fixture
def helped(ward):
    """31 children of Nam Sơn in special circumstances, 30 of them helped in the period; one of Văn Đẩu, helped."""
    for number in range(31):
        child = factories.child(ward, name=f"Trẻ {number}")
        factories.circumstance(child, "N04.2")
        if number:
            factories.support(child, on=date(2024, 2, 1))
    other = factories.child(people.unit(people.VAN_DAU))
    factories.circumstance(other, "N04.2")
    factories.support(other)


def cells(plan, units, officer, code):
    table = target_table(plan, units, WINDOW, officer)
    return next(found for target, found in table.rows if target.code == code)


def test_thirty_of_thirty_one_is_not_ninety_nine_percent(plan, an, ward, helped):
    (cell,) = cells(plan, [ward], an, "T001-05")
    assert (cell.now.numerator, cell.now.denominator, cell.now.text) == (30, 31, "96,8%")
    assert cell.verdict.state != "met" and "96,8% (30/31)" in cell.verdict.sentence


def test_the_district_is_the_sum_over_its_wards(plan, dung, ward, helped):
    own, nam_son, van_dau = cells(plan, [plan.unit, ward, people.unit(people.VAN_DAU)], dung, "T001-05")
    assert (own.now.numerator, own.now.denominator) == (31, 32)
    assert (nam_son.now.text, van_dau.now.text, van_dau.verdict.word) == ("96,8%", "100,0%", "Đạt")


def test_a_ward_with_a_value_of_its_own_is_judged_by_it(plan, dung, ward, helped):
    assign_down(plan=plan, unit=ward, values={"T001-05": 95})
    (cell,) = cells(plan, [ward], dung, "T001-05")
    assert (cell.target.value, cell.verdict.word) == (95, "Đạt")


def test_a_target_of_none_at_all_is_never_red(plan, an, ward):
    child = factories.child(ward)
    file = factories.protected_file(child, unit=ward)
    facts = {"form": "violence", "intervened_on": date(2024, 3, 2)}
    factories.incident(ward, kind="abuse", children=[(child, facts)], protected_file=file)
    (cell,) = cells(plan, [ward], an, "T001-07")
    assert cell.now.numerator == 1 and cell.tone != "late"
    assert "Ghi nhận 1 trẻ em" in cell.verdict.sentence and "1/1" in cell.verdict.sentence


def test_an_unconfirmed_zero_is_no_figure(plan, an, ward, helped):
    (cell,) = cells(plan, [ward], an, "T001-07")
    assert cell.now.missing and cell.verdict.word == "Chưa có số liệu" and cell.url == ""


def test_a_qualitative_target_shows_its_own_judgement(plan, an, ward, ward_plan):
    ward_plan.targets.filter(code="T001-10").update(status="met", status_note="Đã tổ chức.")
    (cell,) = cells(plan, [ward], an, "T001-10")
    assert cell.verdict.word == "Đạt"


def test_small_sensitive_numbers_are_masked_for_who_sees_no_child(plan, son, ward):
    child = factories.child(ward)
    factories.incident(
        ward, kind="abuse", children=[(child, {"form": "violence"})], protected_file=factories.protected_file(child, unit=ward)
    )
    (cell,) = cells(plan, [ward], son, "T001-07")
    assert cell.now.masked and cell.url == "" and "1" not in cell.now.text


def test_the_figure_links_to_its_list(plan, an, ward, helped):
    (cell,) = cells(plan, [ward], an, "T001-05")
    assert cell.url == f"/so-lieu/HC-04/danh-sach/?unit={ward.public_id}&from=2023-11-01&to=2024-04-30"


def test_queries_do_not_grow_with_units(plan, dung, ward, helped, django_assert_max_num_queries):
    wards = list(Unit.objects.under(plan.unit, on=people.TODAY).communes())
    with django_assert_max_num_queries(70):
        target_table(plan, [plan.unit, *wards], WINDOW, dung)


# the page


def page_of(client, plan, **query):
    return client.get(reverse("plan-targets", args=[plan.public_id]), query)


def test_the_page_says_from_when_to_when_and_the_year_before(as_, an, ward_plan, helped):
    ensure_obligations(2024)
    page = text(page_of(as_(an), ward_plan))
    assert "Số liệu từ 01/11/2023 đến 02/05/2024; cùng kỳ 01/11/2022 – 02/05/2023." in page
    assert "96,8%" in page and "30/31" in page


def test_the_cutoff_of_a_report_is_one_click_away(as_, an, ward_plan):
    ensure_obligations(2024)
    response = page_of(as_(an), ward_plan, den="30/04/2024")
    assert response.context["window"] == WINDOW
    assert ("Chốt 30/04/2024", "?den=30/04/2024", True) in response.context["choices"]


def test_a_plan_of_a_past_year_is_judged_at_its_end(as_, an, ward_plan, settings):
    ensure_obligations(2024)
    settings.TRAINING_TODAY = "2026-05-02"
    assert page_of(as_(an), ward_plan).context["window"].cutoff == date(2024, 10, 31)


def test_without_a_regime_the_year_begins_on_the_first_of_january(as_, an, ward_plan):
    assert page_of(as_(an), ward_plan).context["window"].data_from == date(2024, 1, 1)


@pytest.mark.parametrize("day", ["31/2/2024", "x", "2024"])
def test_a_day_that_cannot_be_read_is_today(as_, an, ward_plan, day):
    assert page_of(as_(an), ward_plan, den=day).context["window"].cutoff == people.TODAY


def test_the_district_sees_its_wards_in_a_table(as_, dung, an, plan, ward_plan, helped):
    page = text(page_of(as_(dung), plan))
    assert "Theo từng đơn vị" in page and "Văn Đẩu" in page and "Nam Sơn" in page
    assert "Theo từng đơn vị" not in text(page_of(as_(an), ward_plan))


@pytest.mark.parametrize("who, status", [("chi", 404), ("binh", 403), ("quan", 403), ("lan", 200)])
def test_who_may_open_the_targets_of_nam_son(as_, request, ward_plan, who, status):
    assert page_of(as_(request.getfixturevalue(who)), ward_plan).status_code == status


# regimes


def test_every_officer_of_reports_reads_the_regimes_with_the_mark_of_the_unconfirmed(as_, an, binh):
    page = text(as_(an).get(reverse("regime-list")))
    assert "trước ngày 10/5 hằng năm" in page and "mặc định, cần đối chiếu văn bản của tỉnh" in page
    assert "Xác nhận<span" not in page and "14, 7, 3, 1, 0" in page
    assert as_(binh).get(reverse("regime-list")).status_code == 403


def test_the_administrator_confirms_by_document_and_day(as_, quan, an):
    regime = Regime.objects.get(code="RG16", every="half")
    address = reverse("regime-confirm", args=[regime.pk])
    assert as_(an).get(address).status_code == 403
    assert "Hãy điền ô này" in text(as_(quan).post(address, {"document": ""}))
    as_(quan).post(address, {"document": "Công văn 1/SYT", "document_on": "2/5/2024"})
    regime.refresh_from_db()
    assert (regime.evidence, regime.legal_basis) == ("text", "Công văn 1/SYT ngày 02/05/2024")


def test_the_administrator_gives_a_district_its_own_day(as_, quan, an):
    regime = Regime.objects.get(code="RG01")
    address = reverse("regime-change", args=[regime.pk])
    assert as_(an).get(address).status_code == 403
    district = people.unit(people.KIEN_AN)
    posted = {"scope": str(district.public_id), "due_day": "5", "due_month": "6", "cutoff_day": "15", "cutoff_month": "5"}
    assert as_(quan).post(address, posted).status_code == 302
    own = Regime.objects.get(code="RG01", scope=district)
    assert (own.due_day, own.due_month, own.cutoff_day, own.cutoff_month) == (5, 6, 15, 5)
    assert "riêng Quận Kiến An" in text(as_(an).get(reverse("regime-list")))


def test_half_a_cutoff_is_refused(as_, quan):
    regime = Regime.objects.get(code="RG01")
    posted = {"scope": str(people.unit(people.KIEN_AN).public_id), "due_day": "5", "due_month": "6", "cutoff_day": "15"}
    page = text(as_(quan).post(reverse("regime-change", args=[regime.pk]), posted))
    assert "cả ngày và tháng" in page and Regime.objects.filter(code="RG01").count() == 1


# one target over the units


def compared(client, target):
    return client.get(reverse("target-units", args=[target.public_id]), {"den": "30/04/2024"})


def test_the_district_compares_what_each_ward_was_given_and_reached(as_, dung, plan, ward, helped):
    assign_down(plan=plan, unit=ward, values={"T001-05": 95})
    target = plan.targets.get(code="T001-05")
    page = compared(as_(dung), target)
    rows = {row.cell.unit.name: row for row in page.context["rows"]}
    own = rows["Phường Nam Sơn"]
    assert (own.assignment.value, own.cell.now.text, own.cell.now.counts, own.cell.verdict.word) == (
        95,
        "96,8%",
        "30/31",
        "Đạt",
    )
    assert rows["Phường Văn Đẩu"].assignment is None
    assert (page.context["whole"].now.counts, page.context["given"], page.context["met"]) == ("31/32", 1, 1)
    shown = text(page)
    assert "Toàn quận Kiến An" in shown and "từ 95% trở lên" in shown and "không xếp loại" in shown


def test_a_rate_of_fewer_than_five_is_compared_without_colour(as_, dung, plan, ward):
    for number in range(4):
        factories.circumstance(factories.child(ward, name=f"Trẻ {number}"), "N04.2")
    assign_down(plan=plan, unit=ward)
    page = compared(as_(dung), plan.targets.get(code="T001-05"))
    (own,) = [row for row in page.context["rows"] if row.assignment]
    assert (own.cell.now.counts, own.cell.tone) == ("0/4", "")
    assert "Số ca quá ít để xếp loại." in text(page)


def test_a_small_sensitive_number_stays_masked_beside_the_others(as_, son, phuc, plan, ward):
    child = factories.child(ward)
    factories.incident(
        ward, kind="abuse", children=[(child, {"form": "violence"})], protected_file=factories.protected_file(child, unit=ward)
    )
    assign_down(plan=plan, unit=ward)
    page = compared(as_(son), plan.targets.get(code="T001-07"))
    (own,) = [row for row in page.context["rows"] if row.assignment]
    assert own.cell.now.masked and page.context["whole"].now.masked


def test_what_no_figure_counts_is_judged_by_what_the_unit_told(as_, an, ward_plan, school, hoa):
    target = ward_plan.targets.get(code="T001-08")
    assign_down(plan=ward_plan, unit=school)
    own = target.assigned_to.get()
    assess(target=own, by=hoa, version=1, status="met", note="", done=19, of=20)
    row = next(row for row in compared(as_(an), target).context["rows"] if row.cell.unit == school)
    assert (row.told, row.cell.verdict.word) == ("19/20 (95,0%)", "Đạt")
    assert row.cell.verdict.sentence.startswith("Theo trả lời của đơn vị:") and row.cell.now.missing


def test_a_small_sensitive_number_that_a_school_told_is_for_who_sees_the_child(as_, an, dung, son, ward_plan, school, hoa):
    target = ward_plan.targets.get(code="T001-07")
    assign_down(plan=ward_plan, unit=school)
    assess(target=target.assigned_to.get(), by=hoa, version=1, status="running", note="Một em lớp 6.", done=1)
    assert "Một em lớp 6." in text(compared(as_(an), target))
    page = text(compared(as_(son), target))
    assert "Một em lớp 6." not in page and "chưa trả lời" in page


def test_a_school_does_not_read_what_each_hamlet_counts(as_, hoa, an, chi, ward_plan, school):
    target = ward_plan.targets.get(code="T001-05")
    assert compared(as_(an), target).status_code == 200
    assert compared(as_(hoa), target).status_code == 404
    assert compared(as_(chi), target).status_code == 404


def test_comparing_asks_as_few_questions_for_ten_wards_as_for_one(as_, dung, plan, ward, django_assert_max_num_queries):
    for place in Unit.objects.under(plan.unit, on=people.TODAY).communes():
        assign_down(plan=plan, unit=place)
    client = as_(dung)
    with django_assert_max_num_queries(80):
        compared(client, plan.targets.get(code="T001-05"))
