"""Persons whom activities reached, funds and money spent: every figure worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.units.models import UnitYear
from plans.actions import activities, funds
from plans.models import Activity, BudgetEntry, BudgetLine, Plan
from reports import measures
from reports.listed import breakdown_words
from reports.measures import deeds, flows
from reports.models import ManualFigure
from tests import factories as make

pytestmark = pytest.mark.django_db
INSIDE = date(2024, 2, 1)


def tally(what, times=None, people=None, sex="", band=""):
    return {"what": what, "sex": sex, "band": band, "times": times, "people": people}


def held(unit, *tallies, kind="communication", on=INSIDE, **fields):
    return activities.record(by=None, unit=unit, held_on=on, kind=kind, title="Buổi", tallies=tallies, **fields)


def year(unit, **facts):
    for key, value in facts.items():
        UnitYear.objects.create(unit=unit, year=2024, key=key, value=value, source="Thống kê")


@pytest.fixture
def audience(ward):
    """8 children, 10 families, 6 at the schools, 16 adults: forty people."""
    for _ in range(8):
        make.child(ward)
    year(ward, families=10, school_staff=6, adults=16)


def test_the_share_reached_is_of_all_four_audiences(ward, audience, figure):
    held(ward, tally("children", 9, 6), tally("family", 4, 4))
    held(ward, tally("school", 3, 2), tally("community", 20, 8), kind="training")
    found = figure("TR-01")
    assert (found.numerator, found.denominator, found.full) == (20, 40, "50,0% (20/40)")
    assert figure("TR-01", "to=family").full == "40,0% (4/10)"
    assert figure("TR-01", "to=children").full == "75,0% (6/8)"


def test_parts_by_sex_and_gifts_are_not_added(ward, audience, figure):
    held(ward, tally("children", 9, 6), tally("children", 5, sex="f", band="6-10"))
    held(ward, tally("children", 8, 8), kind="gifts")
    assert figure("TR-01", "to=children").numerator == 6


def test_without_the_number_of_persons_there_is_no_share_and_it_says_what_to_write(ward, audience, figure):
    held(ward, tally("family", 40))
    found = figure("TR-01")
    assert found.missing and "Chưa ghi số người khác nhau" in found.note
    held(ward, tally("family", 4, 4))
    assert "1 dòng chưa ghi số này" in figure("TR-01").note


def test_without_a_denominator_it_says_which_general_figures_to_type(ward, figure):
    make.child(ward)
    year(ward, families=10)
    held(ward, tally("children", 1, 1))
    found = figure("TR-01")
    assert found.missing and "số cán bộ, giáo viên các trường, số người lớn" in found.note and "gia đình" not in found.note
    assert figure("TR-01", "to=children").full == "100,0% (1/1)"


def test_more_persons_than_there_are_is_no_share(ward, audience, figure):
    held(ward, tally("family", 9, 9))
    held(ward, tally("family", 9, 9))
    found = figure("TR-01", "to=family")
    assert found.missing and found.note == deeds.TOO_MANY


def test_children_consulted_are_of_those_of_seven_and_more(ward, figure):
    for birth in ("12/05/2016", "30/04/2017", "01/05/2017", "12/05/2020", "29/04/2008"):
        make.child(ward, birth=birth)  # on 30/04/2024: 7, 7, 6, 3 and 16 years old
    held(ward, tally("consulted", people=1), kind="forum", children=30)
    assert figure("TG-01").full == "50,0% (1/2)"


def test_online_safety_and_participation_are_of_all_children_and_a_typed_figure_of_the_sector_wins_for_the_first(
    ward, window, figure
):
    for _ in range(4):
        make.child(ward)
    held(ward, tally("online", people=1), tally("rights", people=3), children=3)
    assert (figure("TG-02").full, figure("TG-03").full) == ("25,0% (1/4)", "75,0% (3/4)")
    for code in ("TG-02", "TG-03"):
        ManualFigure.objects.create(
            unit=ward, indicator_id=indicator(code), data_from=window.data_from, cutoff=window.cutoff, numerator=2, denominator=5,
            origin="sector", source="Phòng Văn hóa",
        )  # fmt: skip
    assert (figure("TG-02").full, figure("TG-03").full) == ("40,0% (2/5)", "75,0% (3/4)")


def indicator(code):
    return ManualFigure._meta.get_field("indicator").related_model.objects.get(code=code).pk


def test_what_was_typed_before_still_answers_where_no_persons_are_written(ward, window, figure):
    make.child(ward)
    ManualFigure.objects.create(
        unit=ward, indicator_id=indicator("TR-01"), data_from=window.data_from, cutoff=window.cutoff, numerator=9, denominator=10,
        origin="sector", source="Báo cáo của phường",
    )  # fmt: skip
    assert figure("TR-01").full == "90,0% (9/10)"


def test_the_district_adds_its_wards_and_not_those_who_came_to_its_own(ward, other_ward, district, figure):
    for unit, children in ((ward, 4), (other_ward, 6)):
        for _ in range(children):
            make.child(unit)
    held(ward, tally("rights", people=3), children=3)
    held(other_ward, tally("rights", people=3), children=3)
    held(district, tally("rights", people=4), children=4, kind="forum")
    found = figure("TG-03", unit=district)
    assert (found.numerator, found.denominator, found.units_with) == (6, 10, 2)


def test_a_ward_without_numbers_is_left_out_of_both_numbers(ward, other_ward, district, figure):
    for unit in (ward, other_ward, other_ward):
        make.child(unit)
    held(ward, tally("rights", people=1), children=1)
    found = figure("TG-03", unit=district)
    assert (found.numerator, found.denominator, found.units_with) == (1, 1, 1)


def test_a_school_counts_of_its_pupils(ward, figure):
    school = make.school(ward)
    for number in range(4):
        make.pupil(school, f"Nguyễn Văn {number}")
    held(school, tally("rights", people=3), tally("consulted", people=2), kind="participation", children=4)
    assert figure("TG-03", unit=school).full == "75,0% (3/4)"
    assert figure("TG-01", unit=school).full == "50,0% (2/4)"


def test_only_planned_voided_and_outside_count_nowhere(ward, audience, figure, an):
    held(ward, tally("family", 1, 1), planned=True)
    held(ward, tally("family", 1, 1), on=date(2023, 10, 31))
    gone = held(ward, tally("family", 1, 1))
    activities.void(activity=gone, by=an, version=1, reason="Ghi trùng")
    assert figure("TR-01").missing


def test_products_by_kind(ward, figure):
    make.child(ward)
    held(ward, tally("leaflet", 200), tally("article", 3))
    held(ward, tally("leaflet", 50), products=60)
    assert [figure("TR-03", part).numerator for part in ("", "kind=leaflet", "kind=article")] == [263, 250, 3]


def test_an_activity_of_the_action_month_or_mid_autumn_counts_by_its_occasion_too(ward, window, figure):
    make.child(ward)
    held(ward, kind="gifts", occasion="mid_autumn")
    held(ward, kind="mid_autumn")
    held(ward, kind="communication", occasion="action_month")
    held(ward, kind="gifts", occasion="new_year")
    assert [figure(code).numerator for code in ("TG-05", "TG-06", "TR-02")] == [1, 2, 1]
    assert measures.rows("TG-06", ward, window).count() == 2


@pytest.fixture
def fund(an, ward):
    return funds.open_fund(by=an, unit=ward, kind="protection", name="Quỹ", opened_on=date(2023, 11, 1), money=9_000_000)


def give(an, fund, amount, **more):
    return funds.receive(by=an, fund=fund, **{"on": INSIDE, "amount": amount, "text": "Ủng hộ", "origin": "donor", **more})


def test_resources_are_what_activities_raised_and_what_funds_were_given_once(an, ward, window, fund, figure):
    make.child(ward)
    raised = held(ward, kind="fundraising", raised=5_000_000)
    held(ward, kind="gifts", raised=1_000_000)
    give(an, fund, 4_000_000, activity=raised)  # of the five million
    give(an, fund, 2_000_000)
    give(an, fund, 700_000, form="goods", origin="campaign")
    give(an, fund, 8_000_000, origin="budget")
    assert figure("NL-05").numerator == 5_000_000 + 1_000_000 + 2_000_000 + 700_000
    assert [figure("NL-05", part).numerator for part in ("from=activity", "from=fund", "form=goods")] == [
        6_000_000,
        2_700_000,
        700_000,
    ]
    assert measures.rows("NL-05", ward, window) is None
    assert measures.rows("NL-05", ward, window, "from=activity").count() == 2


def test_what_a_fund_got_of_an_activity_that_was_voided_counts_by_itself(an, ward, fund, figure):
    make.child(ward)
    raised = held(ward, kind="fundraising", raised=5_000_000)
    give(an, fund, 4_000_000, activity=raised)
    activities.void(activity=raised, by=an, version=1, reason="Ghi nhầm")
    assert figure("NL-05").numerator == 4_000_000


def test_supports_paid_by_the_fund_count_once_whatever_their_source_says(an, ward, window, fund, figure):
    child = make.child(ward)
    paid = make.support(child, "S34", on=INSIDE, amount=500_000, source="quỹ phường")
    make.support(child, "S34", on=INSIDE, amount=300_000, source="Ngân sách")
    funds.spend(by=an, fund=fund, on=INSIDE, amount=500_000, purpose="relief", text="Thăm", supports=[paid])
    assert figure("NL-06").numerator == 1
    paid.source = ""
    paid.save()
    assert figure("NL-06").numerator == measures.rows("NL-06", ward, window).count() == 1


def test_supports_of_the_fund_are_told_by_four_groups_and_the_purpose_of_an_entry_wins(an, ward, window, fund, figure):
    child = make.child(ward)
    kinds = ("S08", "S08", "S06", "S17", "S39", "S34", "S35")  # health 2, education, protection, growth, other 2
    rows = [make.support(child, kind, on=INSIDE, amount=100_000, source="Quỹ phường") for kind in kinds]
    counts = lambda: {group: figure("NL-06", f"for={group}").numerator for group in flows.FUND_GROUPS}  # noqa: E731
    assert counts() == {"health": 2, "education": 1, "protection": 1, "growth": 1, "other": 2}
    facts = {"on": INSIDE, "amount": 100_000, "text": "Thăm", "supports": rows[5:6]}
    funds.spend(by=an, fund=fund, purpose="education", **facts)
    funds.spend(by=an, fund=fund, purpose="relief", **facts | {"supports": rows[6:7]})  # no group of its own: by the kind
    assert counts() == {"health": 2, "education": 2, "protection": 1, "growth": 1, "other": 1}
    assert sum(counts().values()) == figure("NL-06").numerator == 7
    assert set(measures.rows("NL-06", ward, window, "for=education")) == {rows[2], rows[5]}
    assert breakdown_words("for=growth") == "tham gia, phát triển"


def spend(line, amount, on=INSIDE, kind="spent"):
    return BudgetEntry.objects.create(line=line, kind=kind, on=on, amount=amount)


def test_spending_of_plans_is_in_millions_and_a_total_is_not_added_to_its_parts(ward, figure):
    plan = Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch")
    assert figure("NL-07").missing and "Chưa ghi khoản đã chi" in figure("NL-07").note
    whole = BudgetLine.objects.create(plan=plan, position=1, text="Tổng")
    part = BudgetLine.objects.create(plan=plan, position=2, text="Dự án 1", part_of=whole)
    spend(whole, 90_000_000)
    spend(part, 12_500_000)
    spend(part, 2_000_000, on=date(2024, 5, 1))
    spend(part, 70_000_000, kind="allocated")
    assert figure("NL-07").numerator == Decimal("12.5")


def test_the_activities_behind_a_share_are_those_that_wrote_persons(an, ward, audience, window):
    first = held(ward, tally("family", 2, 2))
    held(ward, tally("family", 2))
    held(ward, tally("rights", people=1), children=1)
    assert list(measures.rows("TR-01", ward, window)) == [first]
    assert list(measures.openable(an, "TR-01", ward, window)) == [first]
    assert measures.rows("NL-07", ward, window) is None


def test_nothing_is_asked_for_these_figures_before_one_of_them_is(ward, window, django_assert_num_queries):
    table = measures.count([ward], window)
    with django_assert_num_queries(0):
        table.figure("TR-02", ward)
    with django_assert_num_queries(3):
        table.figure("TG-03", ward)
        table.figure("TR-01", ward)
        table.figure("NL-05", ward)
    assert not Activity.objects.exists()
