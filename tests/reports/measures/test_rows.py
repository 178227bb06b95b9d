"""A figure opens to exactly as many rows as it says, for every code and breakdown; statements do not grow with the data."""

from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Activity
from reports import measures
from reports.measures.behind import BY, Behind
from reports.measures.catalogue import MEASURED, SUM
from reports.models import Obligation, Regime, Submission
from tests import factories as make

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


def breakdowns(table, count):
    """Every breakdown that the count was made for."""
    names = {*table.cells.sums, *table.cells.rows}
    return sorted({breakdown for name, breakdown in names if name == count and "sum=" not in breakdown})


def test_every_figure_opens_to_exactly_its_rows(town, ward, district, window):
    seen = 0
    for unit in (ward, district):
        table, behind = measures.count([unit], window, by=BY), Behind(unit, window)
        for code, measure in MEASURED.items():
            if measure.of == SUM:
                continue
            for breakdown in breakdowns(table, measure.numerator):
                if code == "XH-05" and not breakdown:
                    continue
                number = table.cells.value(measure.numerator, unit.pk, breakdown)
                assert behind.rows(code, breakdown).count() == number, (unit, code, breakdown)
                figure = table.figure(code, unit, breakdown)
                assert figure.missing or code == "XH-09" or figure.numerator == number
                seen += number > 0
    assert seen > 200


def test_every_code_has_something_in_this_town(town, district, window):
    table = measures.count([district], window, by=BY)
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
    assert measures.rows("TR-01", ward, window) is None
    assert measures.rows("XH-05", ward, window) is None


@pytest.mark.parametrize("everything", [True, False])
def test_at_most_twelve_statements_however_many_units_and_codes(town, ward, other_ward, district, window, everything):
    units, codes = ([district, ward, other_ward], list(MEASURED)) if everything else ([ward], ["DS-01"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        table = measures.count(units, window, by=BY if everything else ())
        for unit, code in product(units, codes):
            table.figure(code, unit)
    assert len(queries) <= 12


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
