"""A school gets another name or ends: its pupils, classes and officer follow, nothing is counted twice, it can be undone."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.accounts.models import Appointment, Officer
from childcare.audit.models import Entry
from childcare.children.models import Enrolment, Pupil
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit, UnitChange
from reports import integrity
from reports.actions import school_changes, unit_changes
from tests import factories as f
from tests import people

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)


@pytest.fixture
def pupil(school, ward):
    return f.pupil(school, "Nguyễn Văn Nam", code="HS01", child=f.child(ward, "Nguyễn Văn Nam", "12/05/2012"))


def faults():
    return [sentence for check in integrity.CHECKS for sentence in check()]


def rename(school, an, name="Trường THCS Nguyễn Du", on=ON):
    return school_changes.rename(school=school, name=name, on=on, by=an)


class TestRenaming:
    def test_the_old_row_ends_and_a_successor_bears_the_code_and_the_new_name(self, school, an, pupil):
        new = rename(school, an)
        school.refresh_from_db()
        assert (school.valid_to, school.name) == (ON, "Trường THCS Nam Sơn")
        assert (new.code, new.name, new.valid_from, new.parent) == (school.code, "Trường THCS Nguyễn Du", ON, school.parent)
        assert list(new.predecessors.all()) == [school] and not faults()

    def test_pupils_and_classes_go_on_for_a_reason_that_is_no_leaving(self, school, an, pupil):
        new = rename(school, an)
        pupil.refresh_from_db()
        old, now = pupil.enrolments.order_by("pk")
        assert pupil.unit == new and (old.ended_on, old.end_reason) == (ON, "unit_change")
        assert (now.unit, now.started_on, now.start_reason, now.class_name) == (new, ON, "unit_change", old.class_name)
        assert now.child == pupil.child

    def test_the_officer_keeps_the_list_of_the_new_row(self, school, an, hoa, pupil):
        new = rename(school, an)
        assert Officer.objects.get(pk=hoa.pk).units_for("pupil.manage") == [new]
        assert Pupil.objects.kept_by(Officer.objects.get(pk=hoa.pk)).get() == pupil

    def test_it_is_one_entry_in_the_log_and_names_no_pupil(self, school, an, pupil):
        rename(school, an)
        entry = Entry.objects.get(action__startswith="unit.")
        assert entry.action == "unit.changed" and "Nguyễn Văn Nam" not in str(entry.__dict__)

    def test_the_administrator_takes_it_back(self, school, an, quan, hoa, pupil):
        rename(school, an)
        unit_changes.undo(change=UnitChange.objects.get(), by=quan, reason="Ghi nhầm")
        pupil.refresh_from_db()
        school.refresh_from_db()
        assert pupil.unit == school and school.valid_to == school.parent.valid_to and not faults()
        assert Enrolment.objects.open().get(pupil=pupil).unit == school
        assert Appointment.objects.on(people.TODAY).get(officer=hoa).unit == school
        assert rename(school, an).name == "Trường THCS Nguyễn Du"

    def test_a_name_that_another_school_bears_is_refused(self, school, other_school, an):
        with pytest.raises(Refusal, match="đã có Trường Tiểu học Nam Sơn"):
            rename(school, an, "trường tiểu học nam sơn")
        assert not UnitChange.objects.exists()

    def test_not_before_it_was_there_and_not_twice_on_a_day(self, school, an):
        new = rename(school, an)
        for row in (school, new):
            with pytest.raises(Refusal, match="không hoạt động trước ngày"):
                rename(row, an, "Trường khác")

    def test_only_a_school(self, ward, an):
        with pytest.raises(Refusal, match="trường học"):
            rename(ward, an)


class TestEnding:
    def test_its_pupils_go_on_in_another(self, school, other_school, an, pupil):
        school_changes.end(school=school, on=ON, by=an, into=other_school)
        pupil.refresh_from_db()
        school.refresh_from_db()
        assert pupil.unit == other_school and school.valid_to == ON and not faults()
        assert Enrolment.objects.open().get().unit == other_school
        assert not UnitChange.objects.get().beginning.get().made

    def test_it_does_not_end_under_its_pupils(self, school, an, pupil):
        with pytest.raises(Refusal, match="Còn 1 học sinh đang học"):
            school_changes.end(school=school, on=ON, by=an)
        Enrolment.objects.update(ended_on=date(2024, 4, 20), end_reason="graduated")
        school_changes.end(school=school, on=ON, by=an)
        school.refresh_from_db()
        pupil.refresh_from_db()
        assert school.valid_to == ON and pupil.unit == school and not faults()

    def test_two_pupils_with_one_code_are_told_before(self, school, other_school, an, pupil):
        f.pupil(other_school, "Lê Thị Lan", code="HS01")
        with pytest.raises(Refusal, match="1 học sinh của hai trường mang cùng mã học sinh .ví dụ HS01"):
            school_changes.end(school=school, on=ON, by=an, into=other_school)
        assert Unit.objects.get(pk=school.pk).valid_to == school.parent.valid_to

    def test_into_a_school_of_the_commune_that_is_there(self, school, an, ward):
        far = f.school(people.unit(people.VAN_DAU), "Trường THCS Văn Đẩu")
        for into in (school, far, ward):
            with pytest.raises(Refusal, match="cùng xã, phường"):
                school_changes.end(school=school, on=ON, by=an, into=into)


def test_the_pages_of_the_school_and_of_the_change_show_it(as_, school, an, hoa, quan, pupil):
    new = rename(school, an)
    page = as_(hoa).get(reverse("school")).content.decode()
    assert "Trường THCS Nguyễn Du" in page and as_(hoa).get(reverse("pupil", args=[pupil.public_id])).status_code == 200
    change = UnitChange.objects.get()
    shown = as_(quan).get(reverse("unit-change", args=[change.public_id])).content.decode()
    assert "Đổi tên trường: Trường THCS Nam Sơn thành Trường THCS Nguyễn Du" in shown and "Nguyễn Văn Nam" not in shown
    assert as_(quan).get(reverse("unit-change-list")).status_code == 200
    assert "Được lập từ" in as_(an).get(reverse("unit", args=[new.public_id])).content.decode()


def test_the_pupils_of_a_renamed_school_are_counted_once(as_, school, an, hoa, pupil):
    before = as_(hoa).get(reverse("school")).context["pupils"]
    rename(school, an)
    assert as_(hoa).get(reverse("school")).context["pupils"] == before == "1"
