"""Biến động: counted by hand at a hamlet, two wards and their district; computed from dated rows, typed by nobody."""

from datetime import date

import pytest

from childcare.children import events
from childcare.children.actions import people as acting
from childcare.children.actions import residence, transfers, undoing
from childcare.children.models import Residence
from childcare.lib.calendar import TZ
from tests import factories, people

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2024, 4, 1), date(2024, 4, 30)


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def counted(an):
    """{kind: number} of what happened in a unit in April, kinds that did not happen left out."""

    def count(unit, first=FIRST, last=LAST, officer=an):
        found = events.happened(unit, first, last, officer=officer)
        return {kind: len(rows) for kind, rows in found.items() if rows}

    return count


def test_a_move_between_wards_is_one_of_each_and_within_for_the_district(an, ward, other, counted):
    place = factories.hamlet(ward)
    child = factories.child(place)
    transfers.send(child=child, by=an, to=other, on=date(2024, 4, 10))
    district = people.unit(people.KIEN_AN)
    assert [counted(unit) for unit in (place, ward, other, district)] == [
        {"departure": 1}, {"departure": 1}, {"arrival": 1}, {"within": 1}
    ]  # fmt: skip
    found = events.happened(ward, FIRST, LAST, officer=an)["departure"][0]
    assert (found.day, found.detail) == (date(2024, 4, 10), "đến Phường Văn Đẩu")


def test_the_receiver_who_chooses_the_hamlet_makes_no_second_arrival(an, chi, ward, other, counted):
    transfer = transfers.send(child=factories.child(ward), by=an, to=other, on=date(2024, 4, 10))
    transfers.receive(transfer=transfer, by=chi, version=1, unit=factories.hamlet(other))
    assert counted(other) == {"arrival": 1} and counted(ward) == {"departure": 1}


def test_what_was_returned_did_not_happen(an, chi, ward, other, counted):
    transfer = transfers.send(child=factories.child(ward), by=an, to=other, on=date(2024, 4, 10))
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    assert counted(other) == {} and not set(counted(ward)) & {"departure", "arrival"}


def test_death_and_leaving_for_elsewhere_and_what_was_taken_back(an, ward, counted):
    for reason in ("death", "departure"):
        residence.end(child=factories.child(ward), by=an, on=date(2024, 4, 20), reason=reason)
    wrong = factories.child(ward)
    residence.end(child=wrong, by=an, on=date(2024, 4, 20), reason="death")
    assert counted(ward) == {"departure": 1, "death": 2}
    undoing.undo_end(child=wrong, by=an, reason="Ghi nhầm")
    assert {**counted(ward), "correction": 0} == {"departure": 1, "death": 1, "correction": 0}


def test_the_first_and_the_last_day_of_the_period_belong_to_it(an, ward, counted):
    for day in (date(2024, 3, 31), FIRST, LAST, date(2024, 5, 1)):
        residence.end(child=factories.child(ward), by=an, on=day, reason="departure")
    assert counted(ward)["departure"] == 2


def test_who_left_and_came_back_later_did_both(an, ward, counted):
    child = factories.child(ward)
    residence.end(child=child, by=an, on=date(2024, 4, 5), reason="departure")
    residence.open_again(child=child, unit=ward, by=an, since=date(2024, 4, 25))
    assert counted(ward) == {"departure": 1, "arrival": 1}


def test_births_are_children_whose_life_here_began_with_their_birth(ward, counted):
    factories.child(ward, birth="10/04/2024")  # in the book from before, born in April
    newborn = factories.child(ward, birth="11/04/2024", since=date(2024, 4, 11))
    Residence.objects.filter(child=newborn).update(start_reason="birth")
    arrived = factories.child(ward, birth="12/04/2024", since=date(2024, 4, 20))
    Residence.objects.filter(child=arrived).update(start_reason="arrival")
    factories.child(ward, birth="10/03/2024")
    factories.child(ward, birth="2024")
    assert counted(ward) == {"birth": 2, "arrival": 1}


def test_turning_sixteen_is_computed_where_the_child_lives_on_that_day(an, ward, other, counted):
    factories.child(ward, birth="01/04/2008")
    factories.child(ward, birth="30/04/2008")
    factories.child(ward, birth="01/05/2008")
    factories.child(ward, birth="31/03/2008")
    moved = factories.child(ward, birth="20/04/2008")
    transfers.send(child=moved, by=an, to=other, on=date(2024, 4, 10))
    assert counted(ward)["sixteen"] == 2 and counted(other)["sixteen"] == 1


def test_who_is_born_on_the_29th_of_february_becomes_sixteen_on_it_or_on_the_first_of_march(ward, counted):
    factories.child(ward, birth="29/02/2008")
    assert counted(ward, date(2024, 2, 1), date(2024, 2, 29)) == {"sixteen": 1}
    factories.child(ward, birth="29/02/2012")
    found = list(events.turning_sixteen(ward, date(2028, 2, 1), date(2028, 3, 31)))
    assert [event.day for event in found] == [date(2028, 2, 29)]


def test_soon_sixteen_begins_tomorrow(ward):
    factories.child(ward, birth="02/05/2008")  # today: has happened
    tomorrow, last = factories.child(ward, birth="03/05/2008"), factories.child(ward, birth="31/07/2008")
    factories.child(ward, birth="01/08/2008")
    assert [event.child for event in events.soon_sixteen(ward, people.TODAY, 90)] == [tomorrow.pk, last.pk]


def test_child_marriages_are_the_children_of_the_incidents_that_the_officer_may_see(an, lan, ward, counted):
    bride = factories.child(ward, birth="10/10/2009", sex="f")
    unknown = {"sex": "f", "birth_latest": date(2010, 12, 31)}
    factories.incident(ward, "child_marriage", on=date(2024, 4, 8), children=[(bride, {}), (None, unknown)])
    factories.incident(ward, "injury", on=date(2024, 4, 8), children=[(bride, {})])
    file = factories.protected_file(bride, officer=lan)
    factories.incident(ward, "child_marriage", on=date(2024, 4, 9), children=[(bride, {})], protected_file=file)
    assert counted(ward) == {"marriage": 2}
    told = events.happened(ward, FIRST, LAST, officer=an)["marriage"]
    assert {event.unknown for event in told} == {"", "nữ, sinh 2010, chưa có trong sổ"}


def test_corrections_of_one_day_are_one_event(an, ward, counted):
    child = factories.child(ward)
    acting.correct(child=child, by=an, version=1, changes={"phone": "0912"})
    acting.correct(child=child, by=an, version=2, changes={"mother_name": "Lê Thị Mơ", "phone": "0913"})
    day = child.revisions.first().at.astimezone(TZ).date()
    found = events.happened(ward, day, day, officer=an)["correction"]
    assert [event.detail for event in found] == ["điện thoại gia đình, họ tên mẹ"]


def test_a_change_of_the_unit_is_no_event(ward, other, counted):
    child = factories.child(ward)
    Residence.objects.filter(child=child).update(ended_on=date(2024, 4, 10), end_reason="unit_change")
    Residence.objects.create(child=child, unit=other, started_on=date(2024, 4, 10), start_reason="unit_change")
    assert counted(ward) == counted(other) == {}
