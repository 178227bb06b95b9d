"""A figure opens to exactly as many rows as it says, for every code and breakdown; statements do not grow with the data."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from childcare.children.models import CircumstanceKind, Incident, SupportKind
from childcare.indicators.models import Indicator
from childcare.lib.calendar import TZ
from childcare.units.models import UnitYear
from plans.models import Activity, BudgetEntry, BudgetLine, CriterionPart, Evaluation, FriendlyThreshold, PartScore, Plan
from reports import measures
from reports.measures.behind import BY, Behind
from reports.measures.catalogue import DEED, MEASURED, RECORD, SUM
from reports.models import ManualFigure, Obligation, Regime, Submission
from tests import factories as make
from tests.plans import staffing

CIRCUMSTANCES = (("N04.1", "L11", "R01", "L03", "L06", "L07"), ("N01", "N11"), ("L05", "L10"), ("R12", "R03"), ())
SUPPORTS = (("S07", "S08", "S14", "S30", "S33"), ("S01",), ("S24", "S12", "S26", "S28"), ("S33", "S37", "S03"), ("S29",))


@pytest.fixture
def town(ward, other_ward, district, an):
    """Two wards with something of everything."""
    for number, unit in enumerate((ward, other_ward) * 12):
        house = make.household(unit)
        if number % 3 == 0:
            make.poverty(house, "poor" if number % 2 else "near")
        child = make.child(
            unit, house=house, sex="mf"[number % 2], birth=str(2007 + number % 16), ethnic=("E01", "E02", "")[number % 3],
            ministry_state=("present", "", "absent")[number % 3], insurance_number="HS4" if number % 4 else "", birth_certificate="12",
            identity_verified_on=date(2024, 1, 1) if number % 2 else None,
        )  # fmt: skip
        for code in CIRCUMSTANCES[number % 5]:
            make.circumstance(house if code == "R12" else child, code, since=date(2024, 1, 1) if number % 2 else None)
        for kind in SUPPORTS[number % 5]:
            make.support(child, kind, running=kind in ("S01", "S24", "S26", "S28"), source="Quỹ Bảo trợ trẻ em")
        if "L07" in CIRCUMSTANCES[number % 5]:
            make.support(child, "S17", on=date(2024, 1, 3))
        if number % 2:
            kind = ("abuse", "injury", "offence", "school_violence", "disaster", "injury", "child_marriage")[number // 2 % 7]
            details = {"form": "sexual", "outcome": "died", "intervened_on": date(2024, 3, 4)}
            cause = ("drowning", "traffic", "fall")[number // 8] if kind == "injury" else ""
            make.incident(unit, kind, cause=cause, setting="family", children=[(child, details), (None, {"form": "neglect"})])
        kinds = [kind for kind in Activity.Kind]
        Activity.objects.create(
            unit=unit, held_on=date(2024, 3, 1), kind=kinds[number % len(kinds)], title="Hoạt động", raised=5, products=2
        )
    regime = Regime.objects.filter(active=True).exclude(due_month=None).first()
    for unit, sent in ((ward, "2024-04-01T08:00+07:00"), (other_ward, "2024-04-11T00:30+07:00")):
        owed = Obligation.objects.create(
            regime=regime, unit=unit, to_unit=district, period="2024-Q1", data_from=date(2024, 1, 1), cutoff=date(2024, 3, 31),
            last_day=date(2024, 4, 10),
        )  # fmt: skip
        Submission.objects.create(obligation=owed, sent_at=sent)


@pytest.fixture
def told(town, ward):
    """Persons reached by an activity, and money spent of a plan."""
    forum = Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="forum", title="Diễn đàn", children=9)
    for what in ("children", "consulted", "online", "rights"):
        forum.tallies.create(what=what, people=1)
    plan = Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch", seed="told")
    line = BudgetLine.objects.create(plan=plan, position=1, text="Kinh phí")
    BudgetEntry.objects.create(line=line, kind="spent", on=date(2024, 3, 1), amount=2_000_000)


@pytest.fixture
def filed(town, ward, district, an):
    """Case files with something of everything, and what became of an incident."""
    when = datetime(2024, 4, 8, 9, tzinfo=TZ)
    for kind, closed in (("N11", None), ("N02", date(2024, 4, 20))):
        case = Case.objects.create(
            unit=ward, protected_file=make.protected_file(None, unit=ward), opened_at=when, emergency=True,
            kind=CircumstanceKind.objects.get(code=kind), closed_on=closed, state="closed" if closed else "approved",
        )  # fmt: skip
        case.emergency_steps.create(kind="medical", done_at=when)
        case.assessments.create(form="initial", level="low", done_on=when.date(), completed_at=when)
        plan = case.plans.create(state="approved", submitted_at=when, decided_at=when, decision_on=when.date())
        given = make.support(make.child(ward), "S33", on=date(2024, 4, 20))
        plan.services.create(kind=SupportKind.objects.get(code="S33"), support=given)
        if closed:
            case.events.create(what="closed", state="closed", at=when + timedelta(days=12))
    staffing.everything(ward, district, an)
    for incident in Incident.objects.filter(kind="abuse"):
        for result in ("referred", "criminal", "administrative"):
            incident.outcomes.create(kind=result, on=date(2024, 4, 1), body="Công an")


@pytest.fixture
def recognised(filed, ward):
    """The ward was recognised as phù hợp với trẻ em."""
    threshold = FriendlyThreshold.objects.get(code="ward")
    row = Evaluation.objects.create(
        unit=ward, year=2024, standard=threshold.standard, threshold=threshold, state="recognised", decision="1/QĐ-UBND",
        decided_on=date(2024, 4, 1), held_on=date(2024, 3, 1),
    )  # fmt: skip
    PartScore.objects.create(evaluation=row, part=CriterionPart.objects.filter(max_points__gt=0)[0], points=40, most=50)


def breakdowns(table, count):
    """Every breakdown that the count was made for."""
    names = {*table.cells.sums, *table.cells.rows}
    return sorted({breakdown for name, breakdown in names if name == count and "sum=" not in breakdown})


def test_every_figure_opens_to_exactly_its_rows(filed, ward, district, window):
    seen = 0
    for unit in (ward, district):
        table, behind = measures.count([unit], window, by=BY), Behind(unit, window)
        for code, measure in MEASURED.items():
            if measure.of in (SUM, RECORD, DEED):
                continue
            table.figure(code, unit)  # what is counted only when asked for
            for breakdown in breakdowns(table, measure.numerator):
                if code == "XH-05" and not breakdown:
                    continue
                number = table.cells.value(measure.numerator, unit.pk, breakdown)
                assert behind.rows(code, breakdown).count() == number, (unit, code, breakdown)
                figure = table.figure(code, unit, breakdown)
                assert figure.missing or code in ("XH-09", "TH-02") or figure.numerator == number
                seen += number > 0
    assert seen > 200


def test_every_code_has_something_in_this_town(filed, told, recognised, district, window):
    table = measures.count([district], window, by=BY)
    for code in MEASURED:
        table.figure(code, district)  # some are counted only when asked for
    empty = [code for code, measure in MEASURED.items() if not table.cells.value(measure.numerator, district.pk)]
    assert empty == []


def test_sums_are_the_money_and_the_products_of_their_rows(town, district, window):
    table = measures.count([district], window)
    assert (table.figure("NL-05", district).numerator, measures.rows("NL-05", district, window).count()) == (120, 24)
    assert table.figure("TR-03", district).numerator == 48


def test_reports_in_time_by_the_unit_that_they_are_owed_to(town, district, ward, window):
    table = measures.count([district], window)
    assert table.figure("BC-01", district).counts == "1/2"
    assert table.figure("BC-01", ward).missing


def test_what_nobody_counts_has_no_rows(ward, window):
    assert measures.rows("GD-04", ward, window) is None
    assert measures.rows("XH-05", ward, window) is None


@pytest.mark.parametrize("everything", [True, False])
def test_a_fixed_number_of_statements_however_many_units_and_codes(town, ward, other_ward, district, window, everything):
    units, codes = ([district, ward, other_ward], list(MEASURED)) if everything else ([ward], ["DS-01"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        table = measures.count(units, window, by=BY if everything else ())
        for unit, code in product(units, codes):
            table.figure(code, unit)
    # Case files are one more table of facts, looked at closer only where there are any; staff, bodies and places ten more,
    # persons reached, funds and budgets three, recognitions one, looked at only when one of their figures is asked for; where
    # harm was found in the window, the cases of these children two and the clocks of the law two.
    assert len(queries) <= (30 if everything else 13)


def test_an_officer_opens_what_he_may_see_and_nobody_else_does(town, ward, window, an, binh, chi, dung):
    assert (
        measures.openable(an, "DS-01", ward, window).count() == measures.count([ward], window).figure("DS-01", ward).numerator
    )
    assert measures.openable(binh, "DS-01", ward, window) is not None
    assert measures.openable(dung, "DS-01", ward, window) is not None
    assert measures.openable(chi, "DS-01", ward, window) is None


def test_a_protected_fact_closes_the_list_to_who_may_not_see_it(ward, window, an, binh):
    child = make.child(ward)
    make.circumstance(child, "N11", protected_file=make.protected_file(child))
    make.incident(ward, "abuse", children=[(child, {})], protected_file=make.protected_file(child))
    for code, breakdown in (
        ("HC-01", ""),
        ("HC-01", "group=N11"),
        ("HC-32", "group=N11&flow=end"),
        ("XH-01", ""),
        ("XH-03", ""),
    ):
        assert measures.openable(an, code, ward, window, breakdown).count() == 1
        assert measures.openable(binh, code, ward, window, breakdown) is None


@pytest.fixture
def uneven(ward, other_ward, district):
    """Two wards, of which only Nam Sơn has a number of the police to be divided by: DL-01 of the district is Nam Sơn's."""
    for unit, children in ((ward, 3), (other_ward, 5)):
        for number in range(children):
            make.child(unit, sex="f" if number else "m", ministry_state="present")
    UnitYear.objects.create(unit=ward, year=2024, key="children_official", value=4, source="Công an phường")


@pytest.mark.parametrize(("breakdown", "expected"), [("", 3), ("sex=f", 2), ("sex=m", 1), ("age=6-10", 3)])
def test_a_ward_that_the_figure_leaves_out_is_left_out_of_its_list(uneven, district, window, breakdown, expected):
    figure = measures.count([district], window, by=BY).figure("DL-01", district, breakdown)
    assert figure.numerator == expected
    assert measures.rows("DL-01", district, window, breakdown).count() == expected


def test_a_zero_that_nobody_confirmed_leaves_the_list_equal_to_the_figure(ward, other_ward, district, window):
    make.incident(ward, "abuse", children=[(make.child(ward), {"form": "neglect"})])
    make.child(other_ward)
    figure = measures.count([district], window).figure("XH-01", district)
    assert (figure.numerator, measures.rows("XH-01", district, window).count()) == (1, 1)


@pytest.mark.parametrize("code", ["TG-04", "TG-08", "TR-02", "TR-04", "NL-06", "BC-01"])
@pytest.mark.parametrize("breakdown", ["sex=f", "age=0-5", "group=N04"])
def test_a_breakdown_that_the_code_does_not_have_opens_nothing(town, district, window, code, breakdown):
    assert measures.rows(code, district, window, breakdown) is None


def test_a_list_that_differs_from_its_figure_stays_closed(town, ward, window, an):
    """A number of another sector wins over the count: what the register holds is not the list behind it."""
    ManualFigure.objects.create(
        unit=ward, indicator=Indicator.objects.get(code="VP-02"), data_from=window.data_from, cutoff=window.cutoff,
        numerator=40, source="Công an quận",
    )  # fmt: skip
    assert measures.count([ward], window).figure("VP-02", ward).numerator == 40
    assert measures.openable(an, "VP-02", ward, window) is None
