"""Figures over a change of units, worked out by hand: a merge is a sum, a split goes by the persons' choice, no flow counts it.

The change lies on 01/05/2024. The half year before ends on 30/04/2024; the year that closes on 31/10/2024 spans it.
"""

from datetime import date

import pytest

from childcare.children.actions import placing
from childcare.indicators.models import Indicator
from childcare.units.models import UnitYear
from reports import measures
from reports.measures import tables
from reports.measures.former import former_units
from reports.models import ManualFigure, ZeroConfirmation
from tests import factories as f
from tests import people
from tests.unit_changes import merge, split, wards

pytestmark = pytest.mark.django_db
BEFORE = measures.Window(date(2023, 11, 1), date(2024, 4, 30))
AFTER = measures.Window(date(2023, 11, 1), date(2024, 10, 31))
NOW = date(2024, 10, 31)


@pytest.fixture
def two(ward):
    """Nam Sơn: 3 children (2 in hamlet 1, 1 in hamlet 2; 1 of them with a circumstance). Ngọc Sơn: 2 children (1 with one)."""
    wards_ = wards("11437", "11440")
    first, second, third = f.hamlet(wards_[0]), f.hamlet(wards_[0], "Tổ dân phố 2"), f.hamlet(wards_[1])
    ones = [f.child(first, "Một"), f.child(first, "Hai"), f.child(second, "Ba"), f.child(third, "Bốn"), f.child(third, "Năm")]
    f.circumstance(ones[0], "N04")
    f.circumstance(ones[3], "N04")
    return wards_, [first, second, third], ones


def value(unit, code, window, breakdown="", **more):
    found = measures.count([unit], window, by=("group",), **more).figure(code, unit, breakdown)
    return None if found.missing else found.numerator


class TestMerge:
    def test_an_old_period_prints_the_old_units(self, quan, two):
        (nam, ngoc), _, _ = two
        _, new = merge(quan, [nam, ngoc])
        assert (value(nam, "DS-01", BEFORE), value(ngoc, "DS-01", BEFORE)) == (3, 2)
        assert value(new, "DS-01", BEFORE) is None
        assert {unit.name for unit in tables.parts_of(nam.parent, BEFORE)} >= {"Phường Nam Sơn", "Phường Ngọc Sơn"}

    def test_recounted_on_the_boundaries_of_now_the_new_one_is_the_sum(self, quan, two):
        (nam, ngoc), _, _ = two
        _, new = merge(quan, [nam, ngoc])
        assert value(new, "DS-01", BEFORE, boundaries=NOW) == 5
        assert value(new, "HC-01", BEFORE, boundaries=NOW) == 2

    def test_the_whole_does_not_change(self, quan, two):
        (nam, ngoc), _, _ = two
        district = nam.parent
        before = value(district, "DS-01", BEFORE)
        merge(quan, [nam, ngoc])
        assert before == value(district, "DS-01", BEFORE) == value(district, "DS-01", BEFORE, boundaries=NOW) == 5
        assert value(district, "DS-01", AFTER) == 5

    def test_no_flow_counts_the_change(self, quan, two):
        """Đầu kỳ 2, tăng 0, giảm 0, cuối kỳ 2 in the new ward and in the district."""
        (nam, ngoc), _, _ = two
        _, new = merge(quan, [nam, ngoc])
        for unit in (new, nam.parent):
            got = [value(unit, "HC-32", AFTER, part) for part in ("flow=start", "flow=in", "flow=out", "flow=end")]
            assert got == [2, 0, 0, 2], unit

    def test_what_happened_before_the_change_is_of_the_new_unit_in_a_year_that_spans_it(self, quan, two):
        (nam, ngoc), _, ones = two
        f.incident(nam, "injury", on=date(2024, 2, 1), children=[(ones[0], {})])
        f.incident(ngoc, "injury", on=date(2024, 3, 1), children=[(ones[3], {})])
        _, new = merge(quan, [nam, ngoc])
        f.incident(new, "injury", on=date(2024, 6, 1), children=[(ones[4], {})])
        assert value(new, "TN-01", AFTER) == 3
        assert value(nam, "TN-01", BEFORE) == 1 and value(nam.parent, "TN-01", AFTER) == 3

    def test_the_same_period_of_last_year_is_compared_with_the_sum(self, quan, two):
        (nam, ngoc), _, _ = two
        _, new = merge(quan, [nam, ngoc])
        next_year = measures.Window(date(2024, 11, 1), date(2025, 4, 30))
        sheet = tables.pl1(new, tables.counted(new, next_year))
        assert (sheet.rows[-1].text("total"), sheet.rows[-1].text_earlier("total")) == ("5", "5")

    def test_general_figures_and_zeros_of_the_parts_hold_for_the_whole_when_every_part_has_them(self, quan, an, two):
        (nam, ngoc), _, _ = two
        UnitYear.objects.create(unit=nam, year=2024, key="children_official", value=4, source="Công an")
        _, new = merge(quan, [nam, ngoc])
        assert measures.count([new], BEFORE, boundaries=NOW).figure("DL-01", new).missing
        UnitYear.objects.create(unit=ngoc, year=2024, key="children_official", value=6, source="Công an")
        assert measures.count([new], BEFORE, boundaries=NOW).figure("DL-01", new).denominator == 10
        assert value(new, "XH-01", BEFORE, boundaries=NOW) is None
        for unit in (nam, ngoc):
            ZeroConfirmation.objects.create(
                unit=unit,
                code="XH-01",
                data_from=BEFORE.data_from,
                cutoff=BEFORE.cutoff,
                checked_with="Công an",
                confirmed_by=an,
            )
        assert value(new, "XH-01", BEFORE, boundaries=NOW) == 0

    def test_typed_figures_of_another_sector_are_added_up(self, quan, two):
        (nam, ngoc), _, _ = two
        _, new = merge(quan, [nam, ngoc])
        for unit, done, of in ((nam, 3, 4), (ngoc, 1, 2)):
            ManualFigure.objects.create(
                unit=unit, indicator=Indicator.objects.get(code="GD-01"), data_from=BEFORE.data_from, cutoff=BEFORE.cutoff,
                numerator=done, denominator=of, source="Phòng Giáo dục",
            )  # fmt: skip
        found = measures.count([new], BEFORE, boundaries=NOW).figure("GD-01", new)
        assert (found.numerator, found.denominator) == (4, 6)


class TestSplit:
    def officer(self):
        return people.Officer.objects.get(username="an")

    def test_until_a_person_has_placed_them_the_children_are_counted_in_the_unit_above(self, quan, an, two):
        (nam, _), _, _ = two
        change, east, west = split(quan, nam)
        district, line = nam.parent, change.ending.get()
        table = measures.count([district], AFTER)
        assert table.figure("DS-01", district).numerator == 5 and table.rest("DS-01", district).numerator == 3
        assert table.figure("DS-01", east).missing and value(line.holding, "DS-01", AFTER) == 3

    def test_a_placed_child_counts_in_its_unit_from_the_day_of_the_change_and_sums_agree(self, quan, an, two):
        (nam, _), (first, second, _), _ = two
        change, east, west = split(quan, nam)
        district, line = nam.parent, change.ending.get()
        placing.place_hamlet(line=line, former=first, unit=west, by=self.officer())
        assert value(west, "DS-01", AFTER) == 2 and value(west, "HC-01", AFTER) == 1
        table = measures.count([district], AFTER)
        assert table.figure("DS-01", district).numerator == 5 and table.rest("DS-01", district).numerator == 1

    def test_recounted_last_year_follows_the_choice_of_each_child(self, quan, an, two):
        """Hamlet 1 (2 children) went west, the one of hamlet 2 east: 2 + 1 = the 3 of the old ward."""
        (nam, _), (first, second, _), _ = two
        change, east, west = split(quan, nam)
        line = change.ending.get()
        placing.place_hamlet(line=line, former=first, unit=west, by=self.officer())
        row = line.unplaced.get(placed_at=None)
        placing.place_children(line=line, rows=[row.pk], unit=east, by=self.officer())
        got = [value(unit, "DS-01", BEFORE, boundaries=NOW) for unit in (west, east)]
        assert got == [2, 1] and value(nam, "DS-01", BEFORE) == 3
        assert [value(unit, "HC-01", BEFORE, boundaries=NOW) for unit in (west, east)] == [1, 0]
        assert value(nam.parent, "DS-01", BEFORE, boundaries=NOW) == 5

    def test_who_waits_is_recounted_above(self, quan, an, two):
        (nam, _), _, _ = two
        split(quan, nam)
        district = nam.parent
        table = measures.count([district], BEFORE, boundaries=NOW)
        assert table.figure("DS-01", district).numerator == 5 and table.rest("DS-01", district).numerator == 3

    def test_an_event_of_a_split_unit_is_counted_above_its_parts(self, quan, an, two):
        (nam, _), _, ones = two
        f.incident(nam, "injury", on=date(2024, 2, 1), children=[(ones[0], {})])
        _, east, west = split(quan, nam)
        assert value(nam.parent, "TN-01", AFTER) == 1
        assert not value(east, "TN-01", AFTER) and not value(west, "TN-01", AFTER)


class TestTwice:
    def test_a_child_is_followed_through_two_changes(self, quan, an, two, settings):
        """Nam Sơn and Ngọc Sơn are merged on 01/05/2024 and split on 01/08/2024: 2 west, 3 east."""
        (nam, ngoc), _, ones = two
        _, new = merge(quan, [nam, ngoc])
        settings.TRAINING_TODAY = "2024-08-02"
        change, east, west = split(quan, new, on=date(2024, 8, 1))
        line, officer = change.ending.get(), self_officer()
        chosen = line.unplaced.filter(child__in=ones[:2]).values_list("pk", flat=True)
        placing.place_children(line=line, rows=list(chosen), unit=west, by=officer)
        others = line.unplaced.filter(placed_at=None).values_list("pk", flat=True)
        placing.place_children(line=line, rows=list(others), unit=east, by=officer)
        assert [value(unit, "DS-01", BEFORE, boundaries=NOW) for unit in (west, east)] == [2, 3]
        assert value(new, "DS-01", BEFORE, boundaries=date(2024, 6, 1)) == 5
        assert [value(unit, "HC-32", AFTER, "flow=start") for unit in (west, east)] == [1, 1]
        assert [value(unit, "HC-32", AFTER, "flow=in") for unit in (west, east)] == [0, 0]


def self_officer():
    return people.Officer.objects.get(username="an")


def test_the_list_behind_a_figure_is_as_long_as_the_figure_says(quan, an, two):
    (nam, ngoc), _, ones = two
    f.incident(nam, "injury", on=date(2024, 2, 1), children=[(ones[0], {})])
    _, new = merge(quan, [nam, ngoc])
    for code in ("DS-01", "HC-01", "TN-01"):
        assert measures.rows(code, new, AFTER).count() == value(new, code, AFTER), code


def test_where_nothing_changed_one_question_is_asked(ward, django_assert_num_queries):

    with django_assert_num_queries(1):
        assert former_units([ward], people.TODAY) == {}
