"""A child between two communes: rights, figures, households, answers; one open transfer, exactly once."""

import uuid
from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import asking, circumstances, residence, transfers
from childcare.children.codes import code_of
from childcare.children.models import Child, Circumstance, Residence, Transfer, TransferAsk
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import measures
from reports.integrity import breaches
from tests import factories, people

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 1)
HALF = measures.Window(date(2023, 11, 1), date(2024, 4, 30))


@pytest.fixture
def other():
    """Phường Văn Đẩu, Chi's ward."""
    return people.unit(people.VAN_DAU)


@pytest.fixture
def child(ward):
    return factories.child(factories.hamlet(ward), since=date(2020, 1, 1))


def send(child, an, other, **more):
    return transfers.send(child=child, by=an, to=other, on=DAY, **more)


def flow(unit, window=HALF):
    """[đầu kỳ, tăng, giảm, cuối kỳ] of N04 and the children living there at the cut-off."""
    found = measures.count([unit], window, by=("group",))
    numbers = [found.figure("HC-32", unit, f"group=N04&flow={part}").numerator for part in ("start", "in", "out", "end")]
    return [*numbers, found.figure("DS-01", unit, "").numerator]


def seen_by(officer):
    return set(Child.objects.visible_to(officer))


def test_rights_move_at_once_with_the_history_and_the_protected_file(an, chi, other, child):
    circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    circumstances.record(by=an, child=child, kind=factories.kind("N04"))
    send(child, an, other)
    facts = Circumstance.objects.filter(child=child)
    assert seen_by(chi) == {child} and not seen_by(an)
    assert facts.visible_to(chi).count() == 2 and not facts.visible_to(an).exists()


def test_the_flow_and_the_stock_of_both_units_and_of_the_district(an, chi, ward, other, child):
    # By hand: Nam Sơn had two with N04 and sent one; Văn Đẩu had one and got one; the district has three all the time.
    stays, there = factories.child(ward), factories.child(other)
    for one in (child, stays, there):
        factories.circumstance(one, "N04", since=date(2023, 1, 1))
    transfer = send(child, an, other)
    district = people.unit(people.KIEN_AN)
    expected = ([2, 0, 1, 1, 1], [1, 1, 0, 2, 2], [3, 0, 0, 3, 3])
    assert [flow(unit) for unit in (ward, other, district)] == list(expected)
    transfers.receive(transfer=transfer, by=chi, version=1, unit=factories.hamlet(other))
    assert [flow(unit) for unit in (ward, other, district)] == list(expected)
    before = measures.Window(date(2023, 11, 1), date(2024, 3, 31))  # the past of the former unit stays its own
    assert [flow(unit, before) for unit in (ward, other, district)] == [[2, 0, 0, 2, 2], [1, 0, 0, 1, 1], [3, 0, 0, 3, 3]]


def test_a_child_that_was_returned_never_moved(an, chi, ward, other, child):
    factories.circumstance(child, "N04", since=date(2023, 1, 1))
    factories.circumstance(factories.child(other), "N04", since=date(2023, 1, 1))
    circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    place = child.unit
    transfer = send(child, an, other)
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    child.refresh_from_db()
    assert child.unit == place and child.residing and seen_by(an) == {child} and child not in seen_by(chi)
    assert Circumstance.objects.visible_to(an).count() == 2 and Circumstance.objects.visible_to(chi).count() == 1
    assert flow(ward) == [1, 0, 0, 1, 1] and flow(other) == [1, 0, 0, 1, 1]
    assert (child.residences.valid().get().started_on, Transfer.objects.get().state) == (
        date(2020, 1, 1),
        "returned",
    )
    assert not list(breaches(fast=True))


def test_what_was_known_before_the_return_can_still_be_counted(an, chi, ward, other, child):
    transfer = send(child, an, other)
    known = transfer.arrived.recorded_at
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    rows = Residence.objects.valid(known_at=known).at_end_of(date(2024, 4, 30))
    assert [row.unit for row in rows] == [other]


def test_the_sender_takes_it_back_until_somebody_acknowledges(an, chi, other, child):
    transfer = send(child, an, other)
    transfers.withdraw(transfer=transfer, by=an, version=1, reason="Chọn nhầm phường")
    assert seen_by(an) == {child}
    again = send(child, an, other)
    transfers.receive(transfer=again, by=chi, version=1, unit=other)
    with pytest.raises(Refusal, match="đã được trả lời"):
        transfers.withdraw(transfer=again, by=an, version=2, reason="Chọn nhầm phường")
    assert [row.state for row in Transfer.objects.order_by("pk")] == ["withdrawn", "received"]


def test_the_receiver_chooses_the_hamlet_and_no_second_arrival_arises(an, chi, other, child):
    transfer, place = send(child, an, other), factories.hamlet(other, "Tổ dân phố 5")
    transfers.receive(transfer=transfer, by=chi, version=1, unit=place, head_name="Trần Văn Mới", address="Số 9")
    child.refresh_from_db()
    row = Residence.objects.valid().get(ended_on=None)
    assert (row.unit, row.started_on, row.start_reason) == (place, DAY, "arrival")
    assert (child.household.head_name, child.household.unit, child.memberships.get().started_on) == ("Trần Văn Mới", place, DAY)
    assert Residence.objects.valid().filter(start_reason="arrival").count() == 1 and not list(breaches(fast=True))


def test_the_only_child_takes_its_household_along_and_back(an, chi, ward, other):
    house = factories.household(ward)
    child = factories.child(ward, house=house)
    factories.poverty(house, "poor")
    transfer = send(child, an, other)
    house.refresh_from_db()
    assert house.unit == other
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    house.refresh_from_db()
    child.refresh_from_db()
    assert house.unit == ward and child.household == house and house.revisions.count() == 2


def test_a_child_that_moved_alone_comes_back_into_the_household_of_its_brother(an, chi, ward, other):
    house = factories.household(ward, "Nguyễn Văn Hào")
    child, brother = factories.child(ward, house=house), factories.child(ward, "Nguyễn Văn Anh", house=house)
    transfer = send(child, an, other)
    child.refresh_from_db()
    assert child.household != house and child.household.unit == other
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    child.refresh_from_db()
    brother.refresh_from_db()
    assert child.household == brother.household == house and not list(breaches(fast=True))


def test_one_open_transfer_a_child(an, chi, other, child, ward):
    send(child, an, other)
    with pytest.raises(Refusal, match="chờ Phường Văn Đẩu tiếp nhận"):
        transfers.send(child=child, by=chi, to=ward, on=date(2024, 4, 10))
    assert Transfer.objects.count() == 1


def test_a_post_sent_twice_makes_one_transfer(an, other, child):
    key = uuid.uuid4()
    first, second = (send(child, an, other, once=key) for _ in range(2))
    assert first == second and Transfer.objects.count() == 1 and child.residences.count() == 2
    assert Entry.objects.filter(action="transfer.sent").count() == 1


def test_an_answer_given_twice_is_refused(an, chi, other, child):
    transfer = send(child, an, other)
    transfers.receive(transfer=transfer, by=chi, version=1, unit=other)
    for version in (1, 2):
        with pytest.raises(Refusal):
            transfers.give_back(transfer=transfer, by=chi, version=version, reason="Không về đây")
    assert seen_by(chi) == {child}


def test_after_the_child_has_moved_on_it_is_not_returned_but_acknowledged(an, chi, other, child):
    transfer = send(child, an, other)
    residence.move(child=child, unit=factories.hamlet(other), by=chi, on=date(2024, 4, 10))
    with pytest.raises(Refusal, match="không trả lại được"):
        transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    transfers.receive(transfer=transfer, by=chi, version=1, unit=other)


def test_a_child_that_died_before_anybody_answered_is_acknowledged_all_the_same(an, chi, other, child):
    transfer = send(child, an, other)
    residence.end(child=child, by=chi, on=date(2024, 4, 20), reason="death")
    transfers.receive(transfer=transfer, by=chi, version=1, unit=other)
    child.refresh_from_db()
    assert not child.residing and Transfer.objects.get().state == "received"


def test_within_the_commune_nobody_has_to_acknowledge(an, ward, child):
    with pytest.raises(Refusal, match="Chuyển trong xã, phường"):
        send(child, an, factories.hamlet(ward))


def test_messages_tell_which_units_and_never_which_child(an, chi, binh, other, child):
    transfer = send(child, an, other)
    told = Message.objects.get()
    assert told.officer == chi and told.subject == "Trẻ chuyển đến chờ tiếp nhận, từ Phường Nam Sơn"
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Nguyễn Văn Nam không về đây")
    assert set(Message.objects.values_list("officer__username", flat=True)) == {"an", "chi"}
    assert not any("Nguyễn" in f"{row.subject}{row.body}{row.url}" for row in Message.objects.all())
    assert not any("Nguyễn" in row.note for row in Entry.objects.all())


def test_a_restricted_file_stays_with_its_holder(an, chi, other, child):
    file = factories.protected_file(child, unit=people.unit(people.HAI_PHONG))
    file.restricted, file.held_by = True, people.unit(people.HAI_PHONG)
    file.save()
    factories.circumstance(child, "N11", protected_file=file)
    send(child, an, other)
    assert not Circumstance.objects.visible_to(chi).exists() and not Circumstance.objects.visible_to(an).exists()


# asked for


def ask(chi, other, number):
    return asking.ask(by=chi, unit=other, number=str(number))


@pytest.mark.parametrize("by", ["code", "key", "number"])
def test_who_asks_learns_nothing_and_who_has_the_child_is_told(an, chi, other, ward, by):
    child = factories.child(ward, identity_number="031216001234", identity_valid=True)
    found = ask(chi, other, {"code": code_of(child.pk), "key": child.public_id, "number": "031 216 001234"}[by])
    nothing = ask(chi, other, "031216009999")
    assert (found.child, nothing.child) == (child, None) and found.state == nothing.state == "open"
    assert not seen_by(chi) and list(TransferAsk.objects.to_answer_by(an)) == [found]
    assert not TransferAsk.objects.to_answer_by(chi).exists()
    assert Message.objects.get().officer == an
    entries = Entry.objects.filter(action="transfer.asked")
    assert entries.count() == 2 and not entries.filter(subject_id=str(child.public_id)).exists()


def test_the_commune_of_the_child_agrees_and_the_other_acknowledges(an, chi, other, child):
    row = ask(chi, other, child.public_id)
    transfer = asking.agree(ask=row, by=an, version=1, on=DAY)
    assert seen_by(chi) == {child} and transfer.to_unit == other and TransferAsk.objects.get().state == "agreed"
    transfers.receive(transfer=transfer, by=chi, version=1, unit=other)


def test_a_child_that_had_left_for_somewhere_is_found_again(an, chi, ward, other, child):
    residence.end(child=child, by=an, on=date(2024, 3, 1), reason="departure")
    transfer = asking.agree(ask=ask(chi, other, child.public_id), by=an, version=1, on=DAY)
    child.refresh_from_db()
    assert child.residing and child.unit == other and transfer.left is None
    transfers.give_back(transfer=transfer, by=chi, version=1, reason="Không về đây")
    child.refresh_from_db()
    assert not child.residing and child.unit.is_under(ward) and not list(breaches(fast=True))


def test_a_question_declined_gives_the_reason_and_nothing_more(an, chi, other, child):
    row = ask(chi, other, child.public_id)
    asking.decline(ask=row, by=an, version=1, reason="Trẻ vẫn ở đây")
    assert TransferAsk.objects.get().answer == "Trẻ vẫn ở đây" and not seen_by(chi)
    with pytest.raises(Refusal, match="đã được trả lời"):
        asking.agree(ask=row, by=an, version=2, on=DAY)


def test_numbers_are_not_tried_by_the_hundred(chi, other):
    for number in range(asking.A_DAY):
        ask(chi, other, f"0312160{number:05d}")
    with pytest.raises(Refusal, match="ngày mai"):
        ask(chi, other, "031216099999")


def test_a_question_asked_twice_an_own_child_and_a_name_are_refused(chi, an, ward, other, child):
    ask(chi, other, child.public_id)
    for number, told in (
        (child.public_id, "đang chờ"),
        (factories.child(other).public_id, "trong địa bàn"),
        ("Nam", "12 chữ số"),
    ):
        with pytest.raises(Refusal, match=told):
            ask(chi, other, number)


def test_who_asked_may_leave_it(chi, an, other, child):
    row = ask(chi, other, child.public_id)
    asking.withdraw(ask=row, by=chi, version=1)
    assert not TransferAsk.objects.to_answer_by(an).exists()
