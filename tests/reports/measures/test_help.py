"""Được trợ giúp: children of the group at the cut-off with a counted support in the window, whoever gave it."""

from datetime import date

import pytest

from cases.actions import placing
from childcare.children.models import SupportKind
from tests import factories as make
from tests.cases import care


def disabled(ward, **fields):
    child = make.child(ward, **fields)
    make.circumstance(child, "N04")
    return child


def test_supported_twice_by_two_units_is_one_child(ward, other_ward, figure):
    child = disabled(ward)
    make.support(child, on=date(2024, 1, 5))
    make.support(child, on=date(2024, 4, 30), unit=other_ward)
    disabled(ward)
    assert (figure("HC-03").numerator, figure("HC-04").counts, figure("HC-04").text) == (1, "1/2", "50,0%")
    assert figure("HC-04", "group=N04").counts == "1/2"


def test_an_act_counts_on_the_days_of_the_window_only(ward, number):
    for day in (date(2023, 10, 31), date(2024, 5, 1)):
        make.support(disabled(ward), on=day)
    for day in (date(2023, 11, 1), date(2024, 4, 30)):
        make.support(disabled(ward), on=day)
    assert number("HC-03") == 2


def test_a_running_support_counts_while_it_overlaps_the_window(ward, number):
    make.support(disabled(ward), "S01", on=date(2020, 1, 1), running=True)
    make.support(disabled(ward), "S01", on=None, running=True)
    make.support(disabled(ward), "S01", on=date(2020, 1, 1), ended_on=date(2023, 11, 2))
    make.support(disabled(ward), "S01", on=date(2020, 1, 1), ended_on=date(2023, 11, 1))
    make.support(disabled(ward), "S01", on=date(2024, 5, 1), running=True)
    assert number("HC-03") == 3
    assert number("HC-16") == 2  # of them two are still paid at the cut-off


def test_the_target_narrows_which_kinds_count(ward, number):
    make.support(disabled(ward), "S33")
    make.support(disabled(ward), "S01", running=True)
    assert number("HC-03", counted_kinds=["S01"]) == 1


def test_a_kind_that_is_not_counted_as_help_is_left_out(ward, number):
    SupportKind.objects.filter(code="S33").update(counted=False)
    make.support(disabled(ward), "S33")
    assert number("HC-03") == 0


def test_help_for_a_child_without_circumstance_is_not_help_of_hc_03(ward, number):
    make.support(make.child(ward), "S29")
    assert (number("HC-03"), number("HC-20")) == (0, 1)


def test_single_groups_reached_by_their_own_services(ward, figure):
    operated, waiting = make.child(ward), make.child(ward)
    for child in (operated, waiting):
        make.circumstance(child, "L11")
    make.support(operated, "S08", on=date(2022, 6, 1))
    treated = disabled(ward)
    make.support(treated, "S14")
    make.support(disabled(ward), "S33")
    away = make.child(ward)
    make.circumstance(away, "L06")
    make.support(away, "S33")
    assert [figure(code).counts for code in ("HC-21", "HC-10", "HC-13")] == ["1/2", "1/2", "1/1"]


def test_orphans_are_cared_for_by_a_carer_an_allowance_or_a_placement(ward, figure):
    children = [make.child(ward) for _ in range(4)]
    for child in children:
        make.circumstance(child, "N01.3")
    children[0].caregivers.create(name="Nguyễn Thị Lý", relation="grandparent")
    make.support(children[1], "S01", on=date(2023, 1, 1), running=True)
    make.support(children[2], "S24", on=date(2023, 1, 1), running=True)
    assert figure("HC-08").counts == figure("HC-09").counts == "3/4"
    assert figure("HC-18").numerator == 1


@pytest.mark.parametrize(
    ("form", "code"), [("relative", "HC-18"), ("family", "HC-18"), ("timed", "HC-19"), ("facility", "HC-17")]
)
def test_a_placement_is_counted_from_its_hand_over_until_its_end_also_under_a_file(an, ward, figure, form, code):
    row = care.caring(an, form, started_on=date(2024, 4, 1), sensitive=True)
    make.circumstance(row.child, "N01.3")
    assert row.protected_file and figure(code).numerator == 1
    paper = {"end_decision_number": "1/QĐ", "end_decision_on": date(2024, 4, 29), "end_signer": "Lan"}
    placing.end(
        placement=row, by=an, version=row.version, last_day=date(2024, 4, 29), end_reason="reunited", next="home", **paper
    )
    assert figure(code).numerator == 0


def test_at_risk_children_managed(ward, figure):
    helped, not_helped = make.child(ward), make.child(ward)
    for child in (helped, not_helped):
        make.circumstance(child, "R21")
    make.support(helped)
    assert figure("HC-07").counts == "1/2"


def test_a_running_support_counts_beside_an_act_of_another_time(ward, number):
    child = disabled(ward)
    make.support(child, "S01", on=date(2020, 1, 1), running=True)
    make.support(child, "S33", on=date(2020, 1, 1))
    assert number("HC-03") == number("HC-16") == 1


def test_children_reported_as_ill_treated_or_at_work_against_the_law_and_helped(ward, figure):
    helped, waiting = make.child(ward), make.child(ward)
    make.circumstance(helped, "L07", since=date(2024, 2, 1))
    make.circumstance(waiting, "N11", since=date(2024, 2, 1))
    make.circumstance(make.child(ward), "L10", since=None)  # known before: not found in this window
    make.support(helped, "S17")
    assert figure("XH-06").counts == "1/2"
