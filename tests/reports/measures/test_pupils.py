"""A school counts whom it teaches, the commune whom it houses; figures worked out by hand; nothing secret, nothing small."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from childcare.children.models import Pupil
from childcare.indicators.models import Indicator
from childcare.units.models import UnitYear
from plans.models import Plan, Target
from reports import measures
from reports.measures.behind import Behind
from reports.target_table import target_table
from tests import factories as make


@pytest.fixture
def taught(school, ward, other_ward):
    """Six pupils on 30/04/2024: five under 16, four matched, one of whom lives in another ward; one left in January."""
    make.child(ward, "Trẻ Không Đi Học", "12/05/2016")
    orphan, disabled, poor, far = (
        make.child(unit, name, "12/05/2012", sex)
        for unit, name, sex in (
            (ward, "Mồ Côi", "m"), (ward, "Khuyết Tật", "f"), (ward, "Nghèo Khó", "f"), (other_ward, "Ở Xa", "m"),
        )
    )  # fmt: skip
    house = make.household(ward)
    make.c.Membership.objects.create(child=poor, household=house)
    make.poverty(house, "poor")
    make.circumstance(orphan, "N01")
    make.circumstance(disabled, "N04")
    make.circumstance(far, "N04")
    make.support(orphan, "S34")
    for child, into in ((orphan, "6A"), (disabled, "6A"), (poor, "6B"), (far, "6B")):
        make.pupil(school, child.full_name, child=child, sex=child.sex, class_name=into)
    make.pupil(school, "Chưa Khớp", "1/1/2013", "f", class_name="6B", ethnic="E02")
    make.pupil(school, "Lớn Tuổi", "1/2/2007", "m", class_name="9A")
    gone = make.pupil(school, "Đã Đi", "1/2/2012", "m", class_name="6A")
    gone.enrolments.update(ended_on=date(2024, 1, 10), end_reason="transferred")
    return {"orphan": orphan, "disabled": disabled, "poor": poor, "far": far}


def test_pupils_as_the_school_brought_them(taught, school, figure):
    assert figure("DS-01", unit=school).numerator == 5
    assert (figure("DS-05", unit=school).numerator, figure("DS-06", unit=school).numerator) == (2, 3)
    assert figure("DS-07", unit=school).numerator == 1
    assert figure("DS-14", unit=school).numerator == 6
    assert figure("DS-03", unit=school).text == "0"
    assert figure("DS-01", "sex=f", unit=school).numerator == 3
    assert figure("DS-01", "age=11-15", unit=school).numerator == 5


def test_rates_per_pupil(taught, school, figure):
    """Three of five pupils are in special circumstances, one of them was helped; one of the others is poor."""
    assert figure("HC-01", unit=school).numerator == 3
    assert figure("HC-02", unit=school).full == "60,0% (3/5)"
    assert figure("HC-04", unit=school).full == "33,3% (1/3)"
    assert (figure("HC-05", unit=school).numerator, figure("DS-10", unit=school).numerator) == (1, 1)
    assert figure("HC-02", unit=school).note == (
        "Tính trên 4/6 học sinh đã khớp với sổ; không tính thông tin hạn chế người xem."
    )


def test_the_commune_counts_by_residence_and_never_adds_its_schools(taught, ward, district, figure):
    assert figure("DS-01", unit=ward).numerator == 4
    assert figure("DS-01", unit=district).numerator == 5
    assert (figure("HC-01", unit=ward).numerator, figure("HC-01", unit=district).numerator) == (2, 3)


def test_injuries_of_pupils_while_they_attended(taught, school, ward, other_ward, figure):
    make.incident(other_ward, "injury", date(2024, 3, 1), [(taught["far"], {"outcome": "injured"})], cause="traffic")
    make.incident(ward, "injury", date(2023, 8, 1), [(taught["orphan"], {})])  # outside the window and before the school year
    make.incident(ward, "school_violence", date(2024, 3, 2), [(taught["poor"], {}), (taught["orphan"], {})])
    assert (figure("TN-01", unit=school).numerator, figure("TN-06", unit=school).numerator) == (1, 1)
    assert figure("XH-08", unit=school).numerator == 1
    rate = figure("TN-02", unit=school)
    assert (rate.numerator, rate.denominator, rate.times(10_000).value) == (1, 5, 2000)


def test_what_a_list_of_pupils_cannot_tell_stays_missing(taught, school, figure):
    for code in ("XH-01", "XH-04", "VP-02", "LD-02", "DL-01", "DL-03", "HC-16", "HC-32", "DS-13"):
        assert figure(code, unit=school).missing, code
    for breakdown in ("group=N04", "sex=f", "flow=end"):
        assert figure("HC-01", breakdown, unit=school).missing


def test_a_school_without_a_list_says_so(school, figure):
    assert figure("DS-01", unit=school).note == "Trường chưa nhập danh sách học sinh."


def test_a_secret_fact_counts_for_no_school(taught, school, ward, window):
    """Abuse of a pupil does not show in any figure of the school, whoever asks."""

    def figures():
        table = measures.count([school], window)
        return {code: table.figure(code, school).full for code in measures.MEASURED}

    before = figures()
    child = taught["poor"]
    file = make.protected_file(child)
    make.circumstance(child, "N11", protected_file=file)
    make.support(child, "S40", protected_file=file)
    make.incident(ward, "abuse", date(2024, 3, 1), [(child, {"form": "sexual"})], protected_file=file)
    make.incident(ward, "injury", date(2024, 3, 1), [(child, {})], protected_file=file)
    assert figures() == before and len(before) > 100


def test_fewer_than_five_are_masked_for_the_school_and_not_for_the_commune(taught, school, ward, window, an, hoa):
    table = measures.count([school], window)
    own, commune = measures.masked(table, hoa), measures.masked(table, an)
    for code in ("HC-01", "HC-02", "HC-04", "HC-05", "DS-10"):
        assert own.figure(code, school).masked, code
    assert own.figure("DS-01", school).numerator == 5
    assert commune.figure("HC-01", school).numerator == 3


def test_five_are_told(taught, school, ward, window, hoa):
    for number in range(2):
        child = make.child(ward, f"Thêm {number}", "1/1/2012")
        make.circumstance(child, "N04")
        make.pupil(school, child.full_name, child=child)
    assert measures.masked(measures.count([school], window), hoa).figure("HC-02", school).full == "71,4% (5/7)"


def test_every_figure_of_a_school_opens_to_exactly_its_rows(taught, school, ward, window):
    make.incident(ward, "injury", date(2024, 3, 1), [(taught["orphan"], {})])
    make.incident(ward, "school_violence", date(2024, 3, 2), [(taught["poor"], {}), (taught["orphan"], {})])
    table, behind, seen = measures.count([school], window, by=("sex", "age", "minority")), Behind(school, window), 0
    for code, measure in measures.MEASURED.items():
        for breakdown in ("", "sex=f", "age=11-15", "minority"):
            figure = table.figure(code, school, breakdown)
            if not figure.missing and measure.of in ("child", "incident", "incident_child"):
                assert behind.rows(code, breakdown).count() == figure.numerator, (code, breakdown)
                seen += figure.numerator > 0
    assert seen >= 15


def test_a_school_opens_its_pupils_and_no_child(taught, school, window, hoa, tuan, an):
    assert measures.openable(hoa, "DS-01", school, window).model is Pupil
    assert measures.openable(hoa, "DS-01", school, window).count() == 5
    for code in ("HC-01", "HC-03", "HC-05"):
        assert measures.openable(hoa, code, school, window) is None
    assert measures.openable(tuan, "DS-01", school, window) is None
    assert measures.openable(an, "HC-01", school, window) is None  # one of the three lives in another ward


def test_the_commune_opens_what_lives_with_it(taught, school, window, an):
    Pupil.objects.filter(child=taught["far"]).get().enrolments.update(child=None)
    assert measures.openable(an, "HC-01", school, window).count() == 2


def test_an_enrolment_recorded_later_was_not_known_then(taught, school, window):
    early = replace(window, known_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert measures.count([school], early).figure("DS-01", school).missing


def test_a_district_asks_nothing_more_until_the_figure_of_a_school_is_wanted(taught, school, district, window):
    with CaptureQueriesContext(connection) as few:
        table = measures.count([district], window)
        table.figure("HC-01", district)
    with CaptureQueriesContext(connection) as more:
        table.figure("HC-01", school)
        table.figure("DS-01", school)
    assert not any("enrolment" in query["sql"] for query in few.captured_queries)
    assert len(more) <= 7


def test_our_completeness_stands_beside_the_ministrys(ward, window, figure):
    for state in ("present", "present", "different", ""):
        make.child(ward, ministry_state=state)
    UnitYear.objects.create(unit=ward, year=2024, key="children_official", value=5, source="Công an phường")
    found = figure("DL-01", unit=ward)
    assert found.full == "40,0% (2/5)"
    assert found.note == "Sổ của đơn vị có 4 trẻ em, bằng 80,0% số trẻ em theo Công an hoặc Thống kê."


def test_the_plan_of_a_school_is_measured_per_pupil_and_hides_the_few_from_the_school(taught, school, window, an, hoa):
    """The targets of a school's plan: under 1,5% in special circumstances, under 60 injured of 10.000 pupils."""
    plan = Plan.objects.create(unit=school, first_year=2024, last_year=2024, subject="Kế hoạch năm 2024")
    for position, (code, value, multiplier) in enumerate((("HC-02", "1.5", 100), ("TN-02", "60", 10_000)), 1):
        Target.objects.create(
            plan=plan, position=position, text=code, indicator=Indicator.objects.get(code=code), comparison="lt",
            value=Decimal(value), multiplier=multiplier,
        )  # fmt: skip
    cells = [row[1][0] for row in target_table(plan, [school], window, an).rows]
    assert [cell.now.full for cell in cells] == ["60,0% (3/5)", "0,0 (0/5)"]
    assert cells[0].verdict.state == "behind"  # the year still runs
    own = [row[1][0] for row in target_table(plan, [school], window, hoa).rows]
    assert (own[0].now.text, own[0].verdict.word, own[1].now.text) == ("***", "Không hiển thị", "0,0")
