"""Children at the end of the cut-off day, against numbers worked out by hand."""

from datetime import date

from childcare.children.models import Residence
from tests import factories as make

CUTOFF = date(2024, 4, 30)


def test_a_child_in_three_groups_counts_once_in_the_total_and_once_in_each_group(ward, figure, number):
    child = make.child(ward)
    for code in ("N04.2", "N04.3", "N01", "N11"):
        make.circumstance(child, code)
    assert number("HC-01") == 1
    assert [number("HC-01", f"group={code}") for code in ("N04", "N04.2", "N01", "N11", "N02")] == [1, 1, 1, 1, 0]


def test_who_turns_sixteen_on_the_cutoff_day_is_no_longer_a_child(ward, number):
    make.child(ward, birth="30/04/2008")
    make.child(ward, birth="01/05/2008")
    assert number("DS-01") == 1


def test_who_is_born_on_the_cutoff_day_counts_and_who_is_born_after_does_not(ward, number):
    make.child(ward, birth="30/04/2024")
    make.child(ward, birth="01/05/2024")
    assert number("DS-01") == number("DS-03") == 1


def test_who_died_or_left_on_the_cutoff_day_does_not_count(ward, number):
    for reason in ("death", "departure"):
        Residence.objects.filter(child=make.child(ward)).update(ended_on=CUTOFF, end_reason=reason)
    Residence.objects.filter(child=make.child(ward)).update(ended_on=date(2024, 5, 1), end_reason="departure")
    assert number("DS-01") == 1


def test_a_birth_year_alone_counts_by_its_last_day(ward, number):
    make.child(ward, birth="2008")  # at the latest 31/12/2008: fifteen on the cut-off day
    make.child(ward, birth="2007")  # sixteen on 31/12/2023
    make.child(ward, birth="2024")  # lives there, so it was born; no age band but the first
    make.child(ward, birth="2025")
    assert (number("DS-01"), number("DS-01", "age=11-15"), number("DS-03")) == (2, 1, 1)


def test_who_has_no_birth_date_is_in_no_figure_and_said_beside_it(ward, figure):
    make.child(ward, birth="")
    make.child(ward)
    found = figure("DS-01")
    assert (found.numerator, found.note) == (1, "Chưa tính 1 người chưa có ngày sinh.")


def test_a_circumstance_holds_on_its_last_day_and_not_on_the_day_it_ended(ward, number):
    make.circumstance(make.child(ward), "N04", until=date(2024, 5, 1))  # last day: the cut-off
    make.circumstance(make.child(ward), "N04", until=CUTOFF)
    assert number("HC-01") == 1


def test_breakdowns_by_sex_age_and_ethnic_group_sum_to_the_total(ward, number):
    for birth, sex, ethnic in (("2020", "m", "E01"), ("2015", "f", "E02"), ("2010", "f", ""), ("2010", "m", "E55")):
        make.child(ward, birth=birth, sex=sex, ethnic=ethnic)
    assert number("DS-01") == 4
    assert [number("DS-01", f"sex={sex}") for sex in "mf"] == [number("DS-05"), number("DS-06")] == [2, 2]
    assert [number("DS-01", f"age={band}") for band in ("0-5", "6-10", "11-15")] == [1, 1, 2]
    assert number("DS-01", "minority") == number("DS-07") == 1


def test_poor_and_near_poor_by_the_class_of_the_household_in_the_year(ward, number):
    for level, year in (("poor", 2024), ("near", 2024), ("poor", 2023), ("other", 2024)):
        house = make.household(ward)
        make.poverty(house, level, year)
        make.child(ward, house=house)
    assert [number(code) for code in ("DS-08", "DS-09", "DS-10")] == [1, 1, 2]
    assert number("DS-01", "poor") == 1


def test_at_risk_are_children_with_a_risk_who_are_not_in_special_circumstances(ward, number):
    make.circumstance(make.child(ward), "R21")
    special = make.child(ward)
    make.circumstance(special, "R21"), make.circumstance(special, "N01")
    house = make.household(ward)
    make.circumstance(house, "R12")
    make.child(ward, house=house), make.child(ward, house=house)
    poor = make.household(ward)
    make.poverty(poor)
    make.child(ward, house=poor)
    assert number("HC-05") == 4
    assert [number("HC-05", f"group={code}") for code in ("R10", "R12", "R21")] == [1, 2, 1]


def test_people_of_sixteen_and_seventeen_count_only_among_those_of_5_to_17(ward, number):
    make.child(ward, birth="01/01/2007")
    make.child(ward, birth="01/01/2019")
    make.child(ward, birth="01/05/2019")
    assert (number("DS-01"), number("DS-14")) == (2, 2)


def test_local_groups_stand_apart_from_the_fourteen(ward, number):
    make.circumstance(make.child(ward), "L05")
    assert number("HC-01") == 0
    assert number("HC-01", "group=L00") == number("HC-01", "group=L05") == number("LD-02") == 1
