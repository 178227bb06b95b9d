"""What comes in and goes out: đầu kỳ + tăng − giảm = cuối kỳ, at every level of units."""

from datetime import date

import pytest

from childcare.children.models import Residence
from tests import factories as make

INSIDE = date(2024, 2, 1)


@pytest.fixture
def flow(figure):
    """[đầu kỳ, tăng, giảm, cuối kỳ] of a group."""
    return lambda group="group=N04", unit=None: [
        figure("HC-32", "&".join(filter(None, (group, f"flow={part}"))), unit=unit).numerator
        for part in ("start", "in", "out", "end")
    ]


def move(child, unit, on, reason="arrival"):
    """The child lives in the unit from the day on."""
    old = Residence.objects.get(child=child, ended_on=None)
    old.ended_on, old.end_reason = on, "unit_change" if reason == "unit_change" else "departure"
    old.save()
    return Residence.objects.create(child=child, unit=unit, started_on=on, start_reason=reason)


def test_started_from_before_counts_at_the_start_and_never_as_new(ward, flow, number):
    make.circumstance(make.child(ward), "N04", since=None)
    assert flow() == [1, 0, 0, 1]
    assert number("HC-32") == 0


def test_begun_in_the_window_is_new(ward, flow, number):
    make.circumstance(make.child(ward), "N04", since=date(2023, 11, 1))
    assert flow() == [0, 1, 0, 1]
    assert number("HC-32") == number("HC-32", "group=N04&flow=in&reason=new") == 1


def test_ended_on_the_last_day_is_a_way_out_of_the_next_window(ward, flow):
    make.circumstance(make.child(ward), "N04", until=date(2024, 5, 1))
    make.circumstance(make.child(ward), "N04", until=date(2024, 4, 30))
    assert flow() == [2, 0, 1, 1]


def test_a_move_between_wards_is_a_flow_of_both_and_none_of_the_district(ward, other_ward, district, flow, number):
    make.child(ward)
    child = make.child(ward)
    make.circumstance(child, "N04")
    move(child, other_ward, INSIDE)
    assert flow() == [1, 0, 1, 0]
    assert flow(unit=other_ward) == [0, 1, 0, 1]
    assert flow(unit=district) == [1, 0, 0, 1]
    assert number("HC-32", "group=N04&flow=out&reason=moved") == 1
    assert number("HC-32", "group=N04&flow=in&reason=moved", unit=other_ward) == 1


def test_who_moved_in_the_window_counts_where_it_lives_at_the_cutoff(ward, other_ward, number):
    make.child(ward)
    child = make.child(ward)
    make.circumstance(child, "N04")
    move(child, other_ward, date(2024, 4, 30))
    assert [number(code) for code in ("DS-01", "HC-01")] == [1, 0]
    assert [number(code, unit=other_ward) for code in ("DS-01", "HC-01")] == [1, 1]


def test_a_change_of_the_unit_is_no_flow(ward, other_ward, flow):
    make.child(ward)
    child = make.child(ward)
    make.circumstance(child, "N04")
    move(child, other_ward, INSIDE, reason="unit_change")
    assert flow(unit=other_ward) == [1, 0, 0, 1]
    assert flow() == [0, 0, 0, 0]


def test_turning_sixteen_and_dying_are_ways_out_with_their_reasons(ward, flow, number):
    old, dead, cured = make.child(ward, birth="15/03/2008"), make.child(ward), make.child(ward)
    for child in (old, dead):
        make.circumstance(child, "N04")
    make.circumstance(cured, "N04", until=INSIDE)
    Residence.objects.filter(child=dead).update(ended_on=INSIDE, end_reason="death")
    assert flow() == [3, 0, 3, 0]
    reasons = ("sixteen", "died", "resolved", "moved")
    assert [number("HC-32", f"group=N04&flow=out&reason={reason}") for reason in reasons] == [1, 1, 1, 0]


def test_from_one_subgroup_to_another_is_no_flow_of_the_group(ward, flow):
    child = make.child(ward)
    make.circumstance(child, "N04.3", until=INSIDE)
    make.circumstance(child, "N04.2", since=INSIDE)
    assert flow() == [1, 0, 0, 1]
    assert flow("group=N04.2") == [0, 1, 0, 1]


def test_from_one_group_to_another_is_no_flow_of_the_total(ward, flow):
    child = make.child(ward)
    make.circumstance(child, "N04", until=INSIDE)
    make.circumstance(child, "N01", since=INSIDE)
    assert flow("") == [1, 0, 0, 1]
    assert flow("group=N01") == [0, 1, 0, 1]
