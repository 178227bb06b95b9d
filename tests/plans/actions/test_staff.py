"""Who works with children: entered once, ended, put right by a new row, taken over from accounts."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans.actions import activities, training
from plans.actions import staff as actions
from plans.models import Activity, Staff, StaffPost, TrainingAttendance
from tests import factories as f
from tests import people
from tests.plans import staffing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlet(ward):
    return f.hamlet(ward, "Tổ dân phố 1")


def test_a_person_is_entered_with_what_he_does(an, hamlet):
    post = actions.add(by=an, unit=hamlet, name="Mai Thị Cúc", kind="collaborator", started_on=date(2024, 1, 5))
    assert (post.staff.name, post.unit, post.recorded_by, post.ended_on) == ("Mai Thị Cúc", hamlet, an, None)
    assert Entry.objects.get(action="staff.added").subject == "Cộng tác viên thôn, tổ dân phố, Tổ dân phố 1"


def test_the_same_name_with_the_same_work_at_the_same_place_is_refused_unless_it_is_another_person(an, hamlet):
    staffing.post(hamlet, "Mai Thị Cúc")
    with pytest.raises(Refusal, match="Người khác, trùng tên"):
        actions.add(by=an, unit=hamlet, name="MAI THỊ CÚC", kind="collaborator")
    actions.add(by=an, unit=hamlet, name="Mai Thị Cúc", kind="collaborator", namesake=True)
    assert Staff.objects.filter(folded_name="mai thi cuc").count() == 2


def test_the_same_form_sent_twice_makes_one_row(an, hamlet):
    key = "0b1d3a52-8a34-4b0e-9d0e-0d4b4c1c2f10"
    first = actions.add(by=an, once=key, unit=hamlet, name="Mai Thị Cúc", kind="collaborator")
    assert actions.add(by=an, once=key, unit=hamlet, name="Mai Thị Cúc", kind="collaborator").pk == first.pk
    assert StaffPost.objects.count() == 1


def test_a_post_cannot_begin_where_the_unit_did_not_exist(an):
    today = Unit.objects.by_code("11443", date(2026, 1, 1))  # begins on 01/07/2025
    with pytest.raises(Refusal, match="không có hiệu lực vào ngày 01/06/2024"):
        actions.add(by=an, unit=today, name="Mai Thị Cúc", kind="official", started_on=date(2024, 6, 1))


def test_a_post_ends_on_the_first_day_it_no_longer_holds(an, hamlet):
    post = staffing.post(hamlet, started_on=date(2024, 1, 1))
    actions.end(post=post, by=an, version=1, on=date(2024, 4, 1))
    assert StaffPost.objects.on(date(2024, 3, 31)).exists() and not StaffPost.objects.on(date(2024, 4, 1)).exists()
    with pytest.raises(Refusal, match="đã kết thúc trước đó"):
        actions.end(post=post, by=an, version=2, on=date(2024, 4, 1))


def test_a_post_does_not_end_before_it_begins(an, hamlet):
    post = staffing.post(hamlet, started_on=date(2024, 1, 1))
    with pytest.raises(Refusal, match="trước ngày bắt đầu"):
        actions.end(post=post, by=an, version=1, on=date(2024, 1, 1))


def test_a_correction_keeps_the_wrong_row_and_the_person(an, hamlet, ward):
    wrong = staffing.post(hamlet)
    right = actions.correct(post=wrong, by=an, version=1, unit=ward, kind="official")
    wrong.refresh_from_db()
    assert wrong.voided_at and wrong.voided_by == an and right.replaces == wrong and right.staff == wrong.staff
    assert list(StaffPost.objects.valid()) == [right]


def test_a_correction_that_changes_nothing_leaves_the_row(an, hamlet):
    post = staffing.post(hamlet)
    assert actions.correct(post=post, by=an, version=1, kind="collaborator").pk == post.pk
    assert StaffPost.objects.count() == 1


def test_two_officers_do_not_overwrite_each_other(an, hamlet):
    post = staffing.post(hamlet)
    actions.correct(post=post, by=an, version=1, position="Chi hội trưởng")
    with pytest.raises(Refusal):
        actions.correct(post=post, by=an, version=1, position="Trưởng xóm")


def test_a_voided_post_needs_a_reason_and_is_seen_by_nobody(an, hamlet):
    post = staffing.post(hamlet)
    with pytest.raises(Refusal, match="lý do"):
        actions.void(post=post, by=an, version=1, reason=" ")
    actions.void(post=post, by=an, version=1, reason="Ghi nhầm người")
    assert not Staff.objects.visible_to(an).exists()


def test_staff_is_seen_by_the_unit_and_above_and_not_by_the_neighbour_or_a_collaborator(an, binh, chi, dung, hamlet):
    post = staffing.post(hamlet)
    assert [set(StaffPost.objects.visible_to(who)) for who in (an, dung)] == [{post}, {post}]
    assert not any(StaffPost.objects.visible_to(who).exists() for who in (binh, chi))
    assert StaffPost.objects.editable_by(dung).exists() and not StaffPost.objects.editable_by(chi).exists()


def test_people_with_an_account_come_into_the_list_once_with_the_days_of_their_account(an, binh, ward):
    assert actions.take_from_accounts(unit=ward, by=an, on=people.TODAY) == 2
    row = StaffPost.objects.get(staff__officer=binh)
    assert (row.kind, row.unit, row.started_on, row.staff.name) == ("collaborator", ward, date(2024, 1, 1), "Trần Văn Bình")
    assert actions.take_from_accounts(unit=ward, by=an, on=people.TODAY) == 0 and StaffPost.objects.count() == 2


def test_whoever_is_in_the_list_by_name_work_and_place_is_tied_to_his_account_and_not_doubled(an, binh, ward):
    post = staffing.post(ward, "Trần Văn Bình")
    actions.take_from_accounts(unit=ward, by=an, on=people.TODAY)
    post.staff.refresh_from_db()
    assert post.staff.officer == binh and StaffPost.objects.filter(staff=post.staff).count() == 1


def test_a_leader_and_an_administrator_do_not_come_in_by_their_account(lan, quan, ward):
    assert actions.without_post(ward, people.TODAY) == []


def test_who_came_is_ticked_and_unticked_and_others_stay(an, ward, hamlet):
    one, two, three = (staffing.post(hamlet, name).staff for name in ("Mai Một", "Mai Hai", "Mai Ba"))
    activity = staffing.training(ward, came=[one, two])
    count = training.set_attendance(activity=activity, by=an, among=[two, three], came=[three])
    assert count == 2  # Một was not on the page and stays, Hai was unticked, Ba came
    assert set(activity.attendance.filter(voided_at=None).values_list("staff__name", flat=True)) == {"Mai Một", "Mai Ba"}
    assert TrainingAttendance.objects.get(staff=two).voided_by == an


def test_only_a_training_has_people_who_came(an, ward, hamlet):
    activity = Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="forum", title="Diễn đàn")
    with pytest.raises(Refusal, match="Chỉ lớp tập huấn"):
        training.set_attendance(activity=activity, by=an, among=[], came=[])


def test_who_came_stays_with_an_activity_that_was_corrected(an, ward, hamlet):
    one = staffing.post(hamlet).staff
    activity = staffing.training(ward, came=[one])
    new = activities.correct(activity=activity, by=an, version=1, title="Tập huấn về quyền trẻ em")
    assert list(new.attendance.values_list("staff", flat=True)) == [one.pk] and not activity.attendance.exists()
