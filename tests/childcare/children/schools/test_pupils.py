"""What the commune and the school say about pupils: match, add, pass on, leave, another class, the end of the year."""

from datetime import date

import pytest

from childcare.children import schools
from childcare.children.actions import circumstances, merging, pupils, removal, unmerging
from childcare.children.models import Child, Enrolment, Pupil, Residence
from childcare.lib.refusal import Refusal
from tests import factories, people


@pytest.fixture
def pupil(school):
    return factories.pupil(
        school, "Nguyễn Văn Nam", mother_name="Lê Thị Tư", identity_number="031212001234", identity_valid=True
    )


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", mother_name="Lê Thị Tư")


def test_a_match_links_the_pupil_and_its_classes(pupil, child, an):
    pupils.match(pupil=pupil, child=child, by=an)
    pupil.refresh_from_db()
    assert (pupil.child, pupil.asked, pupil.decided_by, pupil.state) == (child, None, an, "matched")
    assert pupils.attending(child).class_name == "6A"
    pupils.match(pupil=pupil, child=child, by=an)
    with pytest.raises(Refusal):
        pupils.match(pupil=pupil, child=factories.child(child.unit, "Khác"), by=an)


def test_a_child_who_changed_school_leaves_the_other_school_on_the_day(pupil, child, other_school, an):
    before = factories.pupil(other_school, child=child, since=date(2022, 9, 5), class_name="5A")
    pupils.match(pupil=pupil, child=child, by=an)
    row = before.enrolments.get()
    assert (row.ended_on, row.end_reason) == (date(2023, 9, 5), "transferred")
    assert pupils.attending(child).unit == pupil.unit


def test_two_pupils_of_one_school_are_not_one_child(pupil, child, school, an):
    factories.pupil(school, "Nguyễn Văn Nam", child=child, class_name="6B")
    with pytest.raises(Refusal):
        pupils.match(pupil=pupil, child=child, by=an)


def test_a_wrong_match_is_taken_back_and_asked_again(pupil, child, ward, an):
    pupils.match(pupil=pupil, child=child, by=an)
    pupils.unmatch(pupil=pupil, by=an)
    pupil.refresh_from_db()
    assert (pupil.child, pupil.asked) == (None, ward)
    assert pupils.attending(child) is None


def test_a_pupil_becomes_a_child_with_what_the_school_brought(pupil, ward, an):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    made = pupils.add_child(pupil=pupil, by=an, once=None, unit=place)
    again = pupils.add_child(pupil=pupil, by=an, once=None, unit=place)
    assert made == again and Child.objects.count() == 1
    assert (made.full_name, made.mother_name, made.identity_number) == ("Nguyễn Văn Nam", "Lê Thị Tư", "031212001234")
    assert Residence.objects.get(child=made).unit == place
    assert Pupil.objects.get().child == made


def test_a_number_of_another_child_is_refused_and_nothing_is_written(pupil, ward, an):
    factories.child(ward, "Trẻ Khác", identity_number="031212001234", identity_valid=True)
    with pytest.raises(Refusal):
        pupils.add_child(pupil=pupil, by=an, once=None, unit=ward)
    assert (Child.objects.count(), Pupil.objects.get().child) == (1, None)


def test_a_pupil_of_another_commune_is_passed_on_or_left(pupil, an):
    other = people.unit(people.VAN_DAU)
    pupils.pass_on(pupil=pupil, by=an, to=other)
    assert Pupil.objects.get().asked == other
    pupils.pass_on(pupil=pupil, by=an)
    assert Pupil.objects.get().state == "unknown"


def test_a_child_that_left_the_registry_leaves_its_pupil_to_be_asked(pupil, child, ward, an):
    pupils.match(pupil=pupil, child=child, by=an)
    Residence.objects.filter(child=child).update(voided_at="2024-05-01T00:00:00+07:00", void_reason="thử")
    removal.remove(keys=[child.pk], by=an, reason=Child.Removal.IMPORT_UNDONE)
    pupil.refresh_from_db()
    assert (pupil.child, pupil.asked, pupil.enrolments.get().child) == (None, ward, None)


def test_leaving_ends_the_row_on_the_day(pupil, hoa):
    pupils.leave(pupil=pupil, by=hoa, on=date(2024, 1, 10), reason="transferred")
    row = pupil.enrolments.get()
    assert (row.ended_on, row.end_reason) == (date(2024, 1, 10), "transferred")
    with pytest.raises(Refusal):
        pupils.leave(pupil=pupil, by=hoa, on=date(2024, 1, 11), reason="dropout")


def test_nobody_leaves_before_he_came(pupil, hoa):
    with pytest.raises(Refusal, match="05/09/2023"):
        pupils.leave(pupil=pupil, by=hoa, on=date(2023, 9, 1), reason="dropout")


def test_another_class_keeps_the_child(pupil, child, an, hoa):
    pupils.match(pupil=pupil, child=child, by=an)
    row = pupils.change_class(pupil=pupil, by=hoa, on=date(2024, 1, 10), class_name="6B")
    assert (row.child, row.class_name, pupil.enrolments.count()) == (child, "6B", 2)
    row = pupils.change_class(pupil=pupil, by=hoa, on=date(2024, 1, 10), class_name="6C")
    assert (row.start_reason, row.replaces.class_name) == ("correction", "6B")
    with pytest.raises(Refusal):
        pupils.change_class(pupil=pupil, by=hoa, on=date(2024, 2, 1), class_name="6C")


def test_a_voided_row_is_no_attendance(pupil, hoa):
    row = pupil.enrolments.get()
    pupils.void(enrolment=row, by=hoa, version=row.version, reason="Nhập nhầm trường")
    assert not Enrolment.objects.open().exists()


def test_the_whole_school_goes_up_and_the_last_class_leaves(school, child, hoa):
    factories.pupil(school, child=child)
    factories.pupil(school, "Lê Thị Lan", class_name="7B")
    factories.pupil(school, "Đỗ Thị Hà", class_name="9A")
    stays = factories.pupil(school, "Bùi Văn Ở", class_name="8C")
    day, classes = date(2024, 9, 5), {"6A": "7A", "7B": "8B", "9A": None}
    assert pupils.roll_over(school=school, by=hoa, school_year=2023, on=day, classes=classes) == (2, 1)
    assert pupils.roll_over(school=school, by=hoa, school_year=2023, on=day, classes=classes) == (0, 0)
    rows = Enrolment.objects.open().values_list("class_name", "school_year", "child")
    assert set(rows) == {("7A", 2024, child.pk), ("8B", 2024, None), ("8C", 2023, None)}
    assert set(Enrolment.objects.exclude(ended_on=None).values_list("end_reason", flat=True)) == {"promoted", "graduated"}
    assert stays.enrolments.get().ended_on is None


def test_nobody_goes_up_before_he_came(school, hoa):
    factories.pupil(school, since=date(2024, 4, 1))
    with pytest.raises(Refusal):
        pupils.roll_over(school=school, by=hoa, school_year=2023, on=date(2024, 3, 1), classes={"6A": "7A"})


def test_a_dropout_waits_until_the_commune_records_it_or_the_child_is_back(school, other_school, child, an, chi, hoa):
    pupil = factories.pupil(school, child=child)
    pupils.leave(pupil=pupil, by=hoa, on=date(2024, 1, 10), reason="dropout")
    since = date(2023, 5, 1)
    assert pupils.dropouts(an, since).get().child == child
    assert not pupils.dropouts(chi, since).exists()
    assert not pupils.dropouts(an, date(2024, 2, 1)).exists()
    row = circumstances.record(by=an, child=child, kind=factories.kind("R20"))
    assert not pupils.dropouts(an, since).exists()
    circumstances.void(circumstance=row, by=an, version=row.version, reason="Nhầm")
    assert pupils.dropouts(an, since).exists()
    factories.pupil(other_school, child=child, since=date(2024, 2, 1))
    assert not pupils.dropouts(an, since).exists()


@pytest.mark.parametrize(
    ("name", "following", "grade"),
    [("6A", "7A", 6), ("10A1", "11A1", 10), ("9A", "", 9), ("5", "", 5), ("12C", "", 12), ("Mầm 1", "", None), ("", "", None)],
)
def test_the_class_after_a_class(name, following, grade):
    assert (schools.next_class(name), schools.grade_of(name)) == (following, grade)


def test_the_school_year_begins_in_august():
    assert [schools.school_year_of(day) for day in (date(2024, 5, 2), date(2024, 7, 31), date(2024, 8, 1))] == [
        2023,
        2023,
        2024,
    ]


def test_classes_stand_in_their_order():
    assert sorted(["10A", "6B", "Lá", "6A"], key=schools.class_key) == ["6A", "6B", "10A", "Lá"]


def test_who_sees_which_pupils(school, other_school, child, hoa, tuan, an, binh, chi, dung, quan):
    """The school its own; the commune whom it is asked about and who is its child; nobody a child through a pupil."""
    matched, asked = factories.pupil(school, child=child), factories.pupil(school, "Lê Thị Lan")
    elsewhere = factories.pupil(other_school, "Ở Xa", asked=people.unit(people.VAN_DAU))
    seen = {who: set(Pupil.objects.visible_to(who)) for who in (hoa, tuan, an, binh, chi, dung, quan)}
    assert seen == {
        hoa: {matched, asked}, tuan: {elsewhere}, an: {matched, asked}, binh: {matched}, chi: {elsewhere}, dung: {matched},
        quan: set(),
    }  # fmt: skip
    assert not Child.objects.visible_to(hoa).exists()


def test_a_merged_child_brings_its_pupil_along_and_back(pupil, child, ward, an):
    kept = factories.child(ward, "Nguyễn Văn Nam", "12/05/2012")
    pupils.match(pupil=pupil, child=child, by=an)
    row = merging.merge(by=an, kept=kept, merged=child, reason="Cùng một trẻ")
    pupil.refresh_from_db()
    assert (pupil.child, pupils.attending(kept).pupil) == (kept, pupil)
    unmerging.undo(merge=row, by=an, reason="Nhầm")
    pupil.refresh_from_db()
    assert (pupil.child_id, pupils.attending(child).pupil, pupils.attending(kept)) == (child.pk, pupil, None)
