"""A death or departure written down by mistake is taken back: what ended with it holds again, and nothing else."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import circumstances, residence, supports, undoing
from childcare.children.models import Circumstance, Residence, Support
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports.integrity import breaches
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 20)


@pytest.fixture
def child(ward):
    return factories.child(ward, since=date(2020, 1, 1))


def end(child, an, reason="death", on=DAY):
    return residence.end(child=child, by=an, on=on, reason=reason)


@pytest.mark.parametrize("reason", ["death", "departure"])
def test_the_child_lives_where_it_lived_and_since_when_it_did(an, ward, child, reason):
    wrong = end(child, an, reason)
    right = undoing.undo_end(child=child, by=an, reason="Ghi nhầm trẻ cùng tên")
    wrong.refresh_from_db()
    child.refresh_from_db()
    assert (right.unit, right.started_on, right.ended_on, right.replaces) == (ward, date(2020, 1, 1), None, wrong)
    assert (wrong.void_reason, wrong.voided_by, wrong.ended_on) == ("Ghi nhầm trẻ cùng tên", an, DAY)
    assert child.residing and child.unit == ward and not list(breaches(fast=True))
    assert Entry.objects.filter(action="residence.end_undone", subject_id=str(child.public_id)).count() == 1


def test_exactly_what_ended_with_it_holds_again(an, child):
    before = factories.circumstance(child, "N01", since=date(2022, 1, 1), until=date(2023, 5, 1))
    by_hand = factories.circumstance(child, "N09", since=date(2022, 1, 1))
    circumstances.end(circumstance=by_hand, by=an, version=1, last_day=date(2024, 4, 19), reason="resolved")
    finished = factories.support(child, "S01", on=date(2023, 1, 1), running=True)
    supports.end(support=finished, by=an, version=1, last_day=date(2024, 4, 19))
    factories.circumstance(child, "N04", since=date(2023, 1, 1), paper="Giấy xác nhận 12", note="Khuyết tật vận động")
    factories.support(child, "S02", on=date(2023, 6, 1), running=True, amount=720_000, per="month")
    end(child, an)
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    for row in (before, by_hand, finished):
        row.refresh_from_db()
    assert (before.ended_on, before.voided_at) == (date(2023, 5, 1), None)
    assert (by_hand.ended_on, by_hand.voided_at) == (DAY, None)  # ended on the same day, but by a person
    assert (finished.ended_on, finished.running, finished.voided_at) == (DAY, False, None)
    fact, aid = Circumstance.objects.open().get(), Support.objects.valid().get(running=True)
    assert (fact.kind.code, fact.started_on, fact.paper, fact.note) == (
        "N04",
        date(2023, 1, 1),
        "Giấy xác nhận 12",
        "Khuyết tật vận động",
    )
    assert (aid.kind.code, aid.amount, aid.per, aid.ended_on) == ("S02", 720_000, "month", None)
    assert fact.replaces.end_reason == "died" and aid.replaces.ended_on == DAY


def test_what_the_officer_may_not_see_holds_again_as_well(an, lan, child):
    file = factories.protected_file(child, officer=lan)
    factories.circumstance(child, "N11", protected_file=file)
    end(child, an)
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    assert Circumstance.objects.open().get().protected_file == file


def test_what_was_counted_meanwhile_can_still_be_counted(an, child):
    end(child, an)
    known = child.residences.get()
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    then = known.recorded_at
    assert [row.pk for row in Residence.objects.valid(known_at=then)] == [known.pk]
    assert not Residence.objects.valid(known_at=then).at_end_of(DAY).exists()
    assert Residence.objects.valid().at_end_of(DAY).count() == 1


def test_a_row_corrected_after_the_end_holds_again_in_its_right_form(an, child):
    row = factories.circumstance(child, "N04", since=date(2023, 1, 1))
    end(child, an)
    row.refresh_from_db()
    circumstances.correct(circumstance=row, by=an, version=row.version, reason="Nhầm ngày", started_on=date(2023, 2, 1))
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    assert Circumstance.objects.open().get().started_on == date(2023, 2, 1)


def test_after_a_correction_of_the_residence_what_ended_with_it_is_still_known(an, ward, child):
    factories.circumstance(child, "N04", since=date(2023, 1, 1))
    row = end(child, an)
    residence.correct(residence=row, by=an, version=row.version, unit=factories.hamlet(ward), since=None, reason="Nhầm tổ")
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    assert Circumstance.objects.open().get().kind.code == "N04"


def test_a_circumstance_recorded_again_meanwhile_has_to_go_first(an, child):
    factories.circumstance(child, "N04", since=date(2023, 1, 1))
    end(child, an)
    factories.circumstance(child, "N04", since=date(2024, 4, 25))
    with pytest.raises(Refusal, match="đã ghi lại hoàn cảnh"):
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    child.refresh_from_db()
    assert not child.residing


def test_of_a_hidden_one_the_refusal_says_nothing(an, lan, child):
    file = factories.protected_file(child, officer=lan)
    factories.circumstance(child, "N11", protected_file=file)
    end(child, an)
    factories.circumstance(child, "N11", protected_file=file)
    with pytest.raises(Refusal, match="liên hệ cấp trên") as refusal:
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    assert "xâm hại" not in str(refusal.value)


def test_a_child_that_lives_here_or_came_back_has_nothing_to_take_back(an, ward, child):
    with pytest.raises(Refusal, match="đang cư trú"):
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    end(child, an, "departure")
    residence.open_again(child=child, unit=ward, by=an, since=date(2024, 4, 25))
    with pytest.raises(Refusal, match="biến động ghi sau đó"):
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")


def test_a_place_that_is_no_more_is_not_opened_again(an, ward):
    place = factories.hamlet(ward)
    child = factories.child(place)
    end(child, an, on=date(2024, 3, 1))
    Unit.objects.filter(pk=place.pk).update(valid_to=date(2024, 4, 1))
    with pytest.raises(Refusal, match="nay không còn"):
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")


def test_without_a_reason_nothing_is_taken_back(an, child):
    end(child, an)
    with pytest.raises(Refusal, match="lý do"):
        undoing.undo_end(child=child, by=an, reason=" ")


def test_a_second_mistake_is_taken_back_too(an, child):
    factories.circumstance(child, "N04")
    for _ in range(2):
        end(child, an)
        undoing.undo_end(child=child, by=an, reason="Ghi nhầm")
    assert Circumstance.objects.open().count() == 1 and Residence.objects.valid().count() == 1
    assert Residence.objects.count() == 3


@pytest.mark.parametrize(("on", "told"), [(date(2016, 5, 11), "trước ngày sinh"), (date(2024, 5, 3), "chưa đến")])
def test_a_day_before_birth_or_after_today_is_no_day_of_death(an, ward, on, told):
    with pytest.raises(Refusal, match=told):
        end(factories.child(ward), an, on=on)


def test_facts_recorded_from_the_day_on_are_told(an, child):
    factories.support(child, on=date(2024, 4, 25))
    factories.support(child, on=date(2024, 4, 1))
    factories.circumstance(child, "N11", since=date(2024, 4, 25), protected_file=factories.protected_file(child))
    assert undoing.after_the_end(end(child, an)) == 1


def test_nobody_arrives_after_his_death(an, ward, child):
    end(child, an)
    with pytest.raises(Refusal, match="Hoàn tác"):
        residence.open_again(child=child, unit=ward, by=an, since=date(2024, 4, 25))
