"""Staff, bodies, places and risks follow merges, splits, new names of hamlets; an undo gives them back."""

from datetime import date

import pytest

from childcare.lib.refusal import Refusal
from plans.actions import bodies, hamlets, placing, records
from plans.models import Body, BodyMember, ChildPlace, RiskArea, StaffPost
from reports import measures
from reports.actions import unit_changes
from tests import factories as f
from tests import people
from tests.plans import staffing
from tests.unit_changes import ON, carry_out, merge, split, wards

pytestmark = pytest.mark.django_db
BEFORE = date(2024, 4, 30)


@pytest.fixture
def two():
    return wards("11437", "11440")


@pytest.fixture
def place(two):
    return f.hamlet(two[0], "Tổ dân phố 1")


def where(model, on=ON):
    """(name of the unit) of what holds on the day."""
    return sorted(row.unit.name for row in model.objects.on(on).select_related("unit"))


def everything(two, place, an):
    staffing.post(place, "Mai Thị Cúc", started_on=date(2023, 1, 1))
    staffing.post(two[1], "Lê Công", "official")
    staffing.place(place)
    records.add_risk(by=an, unit=place, reasons=["water"])
    club = staffing.body(place, "club", "Câu lạc bộ", children=30)
    for ward in two:
        staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2024, 1, 5))
    bodies.set_members(body=club, by=an, version=1, members=[("Lê Phụ Trách", "", "")])


def test_a_merge_carries_people_places_and_clubs_and_ends_the_standing_groups(quan, an, two, place):
    everything(two, place, an)
    _, new = merge(quan, two)
    assert where(StaffPost) == ["Phường Nam Ngọc", "Tổ dân phố 1"] and where(StaffPost, BEFORE) == [
        "Phường Ngọc Sơn",
        "Tổ dân phố 1",
    ]
    row = StaffPost.objects.on(ON).get(staff__name="Mai Thị Cúc")
    assert row.unit.is_under(new) and row.started_on == ON
    assert where(ChildPlace) == where(RiskArea) == ["Tổ dân phố 1"] and ChildPlace.objects.on(ON).get().unit.is_under(new)
    assert [row.name for row in Body.objects.on(ON)] == ["Câu lạc bộ"] and Body.objects.on(BEFORE).count() == 3
    club = Body.objects.on(ON).get()
    assert club.decisions.get().children == 30 and BodyMember.objects.on(ON).get(body=club).name == "Lê Phụ Trách"


def test_figures_of_both_sides_of_the_day_are_right(quan, an, two, place):
    everything(two, place, an)
    staffing.homes(place, (None, "Phạm Hộ", True), on=date(2024, 3, 5))
    _, new = merge(quan, two)
    after = measures.count([new], measures.Window(date(2024, 1, 1), date(2024, 5, 31)))
    before = measures.count([two[0]], measures.Window(date(2024, 1, 1), BEFORE))
    assert after.figure("NL-04", new).counts == before.figure("NL-04", two[0]).counts == "1/1"
    assert after.figure("VH-02", new).counts == "1/1" and after.figure("TN-11", new).numerator == 1
    assert after.figure("NL-13", new).counts == "0/1"  # the groups ended, the new ward has to found its own
    assert before.figure("NL-13", two[0]).counts == "1/1"


def test_an_undo_gives_everything_back(quan, an, two, place):
    everything(two, place, an)
    before = {
        model: sorted(model.objects.values_list("pk", "unit", "ended_on"), key=str)
        for model in (StaffPost, Body, ChildPlace, RiskArea)
    }
    change, _ = merge(quan, two)
    unit_changes.undo(change=change, by=quan, reason="Nhầm ngày")
    assert before == {model: sorted(model.objects.values_list("pk", "unit", "ended_on"), key=str) for model in before}


def test_an_undo_is_refused_when_the_list_of_the_new_unit_was_worked_on(quan, an, two, place):
    everything(two, place, an)
    change, _ = merge(quan, two)
    bodies.meet(by=an, body=Body.objects.on(ON).get(), held_on=ON, content="Họp")
    with pytest.raises(Refusal, match="Không hoàn lại được"):
        unit_changes.undo(change=change, by=quan, reason="Nhầm ngày")
    assert Body.objects.on(ON).count() == 1


def test_a_ward_with_another_name_keeps_its_standing_group(quan, an, two):
    staffing.body(two[0], number="5/QĐ-UBND", signed_on=date(2024, 1, 5))
    change = carry_out(quan, [two[0]], [("19998", "Phường Nam Sơn Mới", two[0].parent)])
    assert Body.objects.on(ON).get().unit == change.beginning.get().unit


def test_a_split_hands_the_people_of_a_hamlet_to_the_first_ward_and_says_where_they_were(quan, an, two, place):
    staffing.post(place, "Mai Thị Cúc")
    _, first, _ = split(quan, two[0])
    row = StaffPost.objects.on(ON).get()
    assert row.unit == first and row.note == "(trước ở Tổ dân phố 1, Phường Nam Sơn)"


def test_who_did_the_same_in_both_wards_does_it_once_in_the_new_one(quan, two):
    person = staffing.post(two[0], "Lê Công", "official").staff
    staffing.post(two[1], kind="official", staff=person)
    merge(quan, two)
    assert StaffPost.objects.on(ON).count() == 1


def test_people_follow_a_hamlet_to_its_new_name_and_into_another(an, two, place):
    staffing.post(place, "Mai Thị Cúc")
    new = hamlets.rename(hamlet=place, name="Tổ dân phố Đồng Tâm", on=date(2024, 3, 1), by=an)
    assert StaffPost.objects.on(ON).get().unit == new
    other = f.hamlet(two[0], "Tổ dân phố 2")
    hamlets.end(hamlet=new, on=date(2024, 4, 1), by=an, into=other)
    assert StaffPost.objects.on(ON).get().unit == other


def test_a_hamlet_that_ends_ends_the_work_there(an, two, place):
    staffing.post(place, "Mai Thị Cúc")
    hamlets.end(hamlet=place, on=date(2024, 4, 1), by=an)
    assert not StaffPost.objects.on(date(2024, 4, 1)).exists() and StaffPost.objects.on(date(2024, 3, 31)).exists()


def test_a_hamlet_that_is_placed_later_takes_its_people_and_places_along(quan, an, two, place):
    f.child(place, "Nguyễn Thị Hoà", "12/05/2016")
    other = f.hamlet(two[0], "Tổ dân phố 2")
    everything(two, place, an)
    staffing.post(other, "Người ở lại")
    change, first, second = split(quan, two[0])
    assert where(StaffPost) == ["Phường Ngọc Sơn", "Phường Đông", "Phường Đông"]
    officer = people.Officer.objects.get(pk=an.pk)
    assert placing.place_hamlet(line=change.ending.get(), former=place, unit=second, by=officer) == 1
    row = StaffPost.objects.on(ON).get(staff__name="Mai Thị Cúc")
    assert (row.unit.name, row.unit.parent, row.note) == ("Tổ dân phố 1", second, "")
    assert {model.objects.on(ON).filter(unit=row.unit).count() for model in (ChildPlace, RiskArea)} == {1}
    assert Body.objects.on(ON).get(kind="club").unit == row.unit
    assert StaffPost.objects.on(ON).get(staff__name="Người ở lại").unit == first  # his hamlet was not placed
