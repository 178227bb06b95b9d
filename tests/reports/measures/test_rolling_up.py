"""A higher unit is Σ numerator / Σ denominator over the communes that have both; typed figures; what was known when."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from childcare.children.models import Circumstance, Residence
from childcare.indicators.models import Indicator
from childcare.units.models import UnitYear
from reports import measures
from reports.models import ManualFigure, ZeroConfirmation
from tests import factories as make
from tests import people


def general(unit, value, key="population"):
    return UnitYear.objects.create(unit=unit, year=2024, key=key, value=value, source="Chi cục Thống kê")


def typed(unit, code, window, numerator=None, denominator=None, **fields):
    return ManualFigure.objects.create(
        unit=unit, indicator=Indicator.objects.get(code=code), data_from=window.data_from, cutoff=window.cutoff,
        numerator=numerator, denominator=denominator, source="Công an", **fields,
    )  # fmt: skip


def test_a_ward_without_a_denominator_is_left_out_of_both_sides(ward, other_ward, district, figure):
    make.child(ward), make.child(ward), make.child(other_ward)
    general(ward, 40)
    found = figure("DS-02", unit=district)
    assert (found.counts, found.text, found.note) == ("2/40", "5,0%", "1/10 phường có số liệu")
    assert figure("DS-02", unit=other_ward).missing


def test_a_general_figure_of_the_district_answers_when_no_ward_has_one(ward, other_ward, district, figure):
    make.child(ward), make.child(other_ward)
    general(district, 100)
    assert figure("DS-02", unit=district).counts == "2/100"


def test_a_ward_that_nobody_entered_has_no_figure_instead_of_zero(ward, other_ward, district, figure):
    make.child(ward)
    assert figure("DS-01", unit=other_ward).missing
    found = figure("DS-01", unit=district)
    assert (found.numerator, found.units_with, found.units_total) == (1, 1, 10)


def test_children_in_the_software_against_those_known_to_the_police(ward, figure):
    for state, verified in (("present", date(2024, 1, 1)), ("present", None), ("absent", None)):
        make.child(ward, ministry_state=state, identity_verified_on=verified)
    general(ward, 4, "children_official")
    assert (figure("DL-01").counts, figure("DL-02").counts) == ("2/4", "1/2")


def test_what_the_facts_cannot_tell_has_no_source_until_it_is_typed(ward, other_ward, district, window, figure):
    assert (figure("GD-04").missing, figure("GD-04").note[:14]) == (True, "Chưa có nguồn:")
    typed(ward, "GD-04", window, 90, 100)
    typed(other_ward, "GD-04", window, 10, 100)
    assert (figure("GD-04").text, figure("GD-04").origin) == ("90,0%", "sector")
    found = figure("GD-04", unit=district)
    assert (found.counts, found.note) == ("100/200", "2/10 phường có số liệu")


def test_a_bare_percentage_is_shown_and_never_summed(ward, other_ward, district, window, figure):
    typed(ward, "TR-01", window, percentage=Decimal("91.5"))
    typed(other_ward, "TR-01", window, 10, 100)
    assert (figure("TR-01").text, figure("TR-01").counts) == ("91,5%", "")
    assert figure("TR-01", unit=district).counts == "10/100"


def test_a_figure_of_the_sector_wins_only_where_it_is_the_official_one(ward, window, figure):
    make.child(ward)
    typed(ward, "VP-01", window, 0)
    typed(ward, "DS-01", window, 999)
    assert (figure("VP-01").numerator, figure("VP-01").missing) == (0, False)
    assert figure("DS-01").numerator == 1


def test_an_old_report_answers_for_the_time_before_the_ward_was_recorded(ward, other_ward, district, window, figure):
    make.child(ward), make.child(other_ward)
    typed(ward, "DS-01", window, 1500, origin="old_report")
    before = datetime(2024, 5, 1, tzinfo=UTC)
    Residence.objects.update(recorded_at=before)
    assert (figure("DS-01").numerator, figure("DS-01").origin) == (1500, "old_report")
    assert figure("DS-01", unit=district).numerator == 1501
    Residence.objects.update(recorded_at=datetime(2024, 4, 30, tzinfo=UTC))
    assert (figure("DS-01").numerator, figure("DS-01").origin) == (1, "live")


def test_an_old_report_of_another_window_answers_nothing(ward, window, figure):
    make.child(ward)
    typed(ward, "DS-01", measures.Window(window.data_from, date(2024, 4, 29)), 1500, origin="old_report")
    assert figure("DS-01").numerator == 1


def test_a_voided_figure_answers_nothing(ward, window, figure):
    typed(ward, "TR-01", window, 1, 2, voided_at=datetime(2024, 5, 1, tzinfo=UTC), void_reason="nhầm")
    assert figure("TR-01").missing


def test_a_confirmed_zero_of_a_ward_is_a_figure_of_the_district(ward, other_ward, district, an, window, figure):
    make.child(ward), make.child(other_ward)
    make.incident(ward, "abuse", children=[(None, {})])
    assert figure("XH-01", unit=district).note == "1/10 phường có số liệu"
    ZeroConfirmation.objects.create(
        unit=other_ward, code="XH-01", data_from=window.data_from, cutoff=window.cutoff, checked_with="Công an", confirmed_by=an
    )
    found = figure("XH-01", unit=district)
    assert (found.numerator, found.units_with) == (1, 2)
    assert figure("XH-02", unit=district).counts == "1/2"


def test_a_hamlet_has_its_own_figure_and_its_commune_the_sum(ward, figure):
    one, two = make.hamlet(ward, "Tổ dân phố 1"), make.hamlet(ward, "Tổ dân phố 2")
    make.child(one), make.child(two), make.child(ward)
    assert [figure("DS-01", unit=unit).numerator for unit in (one, two, ward)] == [1, 1, 3]
    assert figure("DS-01", f"unit={one.pk}").numerator == 1


@pytest.fixture
def corrected(ward):
    """A circumstance recorded in March as N04 and corrected in May to N01."""
    child = make.child(ward)
    wrong = make.circumstance(child, "N04")
    right = make.circumstance(child, "N01", replaces=wrong)
    Circumstance.objects.filter(pk=wrong.pk).update(
        recorded_at=datetime(2024, 3, 1, tzinfo=UTC), voided_at=datetime(2024, 5, 2, tzinfo=UTC), void_reason="ghi nhầm nhóm"
    )
    Circumstance.objects.filter(pk=right.pk).update(recorded_at=datetime(2024, 5, 2, tzinfo=UTC))
    Residence.objects.update(recorded_at=datetime(2024, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "known, groups", [(None, [0, 1]), (datetime(2024, 5, 1, tzinfo=UTC), [1, 0]), (datetime(2024, 6, 1, tzinfo=UTC), [0, 1])]
)
def test_counted_as_it_was_known_before_and_after_a_correction(ward, corrected, window, number, known, groups):
    window = measures.Window(window.data_from, window.cutoff, known)
    assert [number("HC-01", f"group={code}", window=window) for code in ("N04", "N01")] == groups


def test_nothing_is_known_before_it_was_recorded(ward, corrected, window, figure):
    window = measures.Window(window.data_from, window.cutoff, datetime(2024, 2, 1, tzinfo=UTC))
    assert figure("DS-01", window=window).missing


def test_restricted_facts_count_at_the_holder_and_never_at_the_ward(ward, district, number, window):
    child, plain = make.child(ward), make.child(ward)
    file = make.protected_file(child)
    file.restricted, file.held_by = True, district
    file.save()
    make.circumstance(child, "N11", protected_file=file)
    make.circumstance(plain, "N04")
    make.incident(ward, "abuse", children=[(child, {"form": "sexual"})], protected_file=file)
    assert [number(code) for code in ("DS-01", "HC-01")] == [2, 1]
    assert number("HC-01", "group=N11") == 0 and number("XH-01") is None
    assert [number(code, unit=district) for code in ("DS-01", "HC-01", "XH-01", "XH-03")] == [2, 2, 1, 1]
    table = measures.count([district], window)
    assert (table.rest("HC-01", district).numerator, table.rest("DS-01", district)) == (1, None)


def test_a_child_with_a_restricted_and_an_open_fact_counts_once_and_in_its_ward(ward, district, number):
    child = make.child(ward)
    file = make.protected_file(child)
    file.restricted, file.held_by = True, district
    file.save()
    make.circumstance(child, "N11", protected_file=file)
    make.circumstance(child, "N04")
    assert [number("HC-01"), number("HC-01", unit=district), number("HC-01", "group=N11", unit=district)] == [1, 1, 1]


def test_a_school_without_pupils_in_the_registry_says_so(ward, figure):
    school = make.hamlet(ward, "Trường THCS Nam Sơn")
    school.kind = "school"
    school.save()
    make.child(ward)
    assert figure("DS-01", unit=school).missing


def test_one_count_answers_for_every_unit_below(ward, other_ward, district, window):
    make.child(ward), make.child(other_ward)
    table = measures.count([district], window)
    assert [table.figure("DS-01", unit).numerator for unit in (district, ward, other_ward)] == [2, 1, 1]
    assert table.figure("DS-01", people.unit("11440")).missing
