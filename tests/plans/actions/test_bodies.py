"""Bodies: founded, renewed, ended; their members from day to day; meetings."""

from datetime import date

import pytest

from childcare.lib.refusal import Refusal
from plans.actions import bodies as actions
from plans.models import Body, BodyMember
from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db
JAN, MARCH = date(2024, 1, 5), date(2024, 3, 1)


def names(body, on):
    return list(BodyMember.objects.on(on).filter(body=body).values_list("name", flat=True))


def test_a_body_is_founded_with_its_decision(an, ward):
    body = actions.found(by=an, unit=ward, kind="standing", name="Nhóm thường trực", number="5/QĐ-UBND", signed_on=JAN)
    assert body.started_on == JAN and body.decisions.get().number == "5/QĐ-UBND" and body.decisions.get().kind == "founding"


def test_a_body_of_which_nothing_is_known_but_its_name_has_no_decision(an, ward):
    assert not actions.found(by=an, unit=ward, kind="standing", name="Nhóm thường trực").decisions.exists()


def test_the_same_body_is_not_founded_twice_while_it_runs(an, ward):
    body = staffing.body(ward)
    with pytest.raises(Refusal, match="Hãy mở mục đã có"):
        actions.found(by=an, unit=ward, kind="standing", name="NHÓM THƯỜNG TRỰC")
    actions.end(body=body, by=an, version=1, on=MARCH)
    actions.found(by=an, unit=ward, kind="standing", name="Nhóm thường trực")
    assert Body.objects.on(MARCH).count() == 1


def test_only_groups_of_children_have_a_number_of_children(an, ward):
    with pytest.raises(Refusal, match="Chỉ câu lạc bộ"):
        actions.found(by=an, unit=ward, kind="standing", name="Nhóm thường trực", children=5)
    club = actions.found(by=an, unit=ward, kind="club", name="Câu lạc bộ", children=30)
    actions.renew(by=an, body=club, children=35)
    assert list(club.decisions.order_by("pk").values_list("children", flat=True)) == [30, 35]


def test_a_renewal_before_the_founding_is_refused(an, ward):
    body = staffing.body(ward, signed_on=JAN)
    with pytest.raises(Refusal, match="trước ngày thành lập"):
        actions.renew(by=an, body=body, number="1/QĐ-UBND", signed_on=date(2023, 12, 31))


def test_members_come_and_go_on_days_and_who_stays_keeps_his_row(an, ward):
    body = staffing.body(ward)
    assert actions.set_members(body=body, by=an, version=1, members=[("Lê Một", "Trưởng nhóm", "PCT"), ("Lê Hai", "", "")]) == (
        2,
        0,
    )
    stays = BodyMember.objects.get(name="Lê Một").pk
    done = actions.set_members(
        body=body, by=an, version=2, members=[("Lê Ba", "", ""), ("Lê Một", "Trưởng nhóm", "PCT")], on=MARCH
    )
    assert done == (1, 1) and BodyMember.objects.get(name="Lê Một").pk == stays
    assert set(names(body, date(2024, 2, 29))) == {"Lê Một", "Lê Hai"}
    assert names(body, MARCH) == ["Lê Ba", "Lê Một"]  # in the order of the list


def test_somebody_leaves_only_on_a_day(an, ward):
    body = staffing.body(ward)
    actions.set_members(body=body, by=an, version=1, members=[("Lê Một", "", "")])
    with pytest.raises(Refusal, match="từ ngày nào"):
        actions.set_members(body=body, by=an, version=2, members=[])


def test_two_officers_do_not_overwrite_each_others_list(an, ward):
    body = staffing.body(ward)
    actions.set_members(body=body, by=an, version=1, members=[("Lê Một", "", "")])
    with pytest.raises(Refusal):
        actions.set_members(body=body, by=an, version=1, members=[("Lê Hai", "", "")])


def test_a_member_of_the_staff_list_is_known_by_his_name_unless_two_bear_it(an, ward):
    hamlet = f.hamlet(ward)
    person = staffing.post(hamlet, "Mai Thị Cúc").staff
    staffing.post(hamlet, "Mai Hai")
    staffing.post(ward, "Mai Hai", "volunteer", namesake=True)
    body = staffing.body(ward)
    actions.set_members(body=body, by=an, version=1, members=[("mai thị cúc", "", ""), ("Mai Hai", "", "")])
    assert list(BodyMember.objects.order_by("place").values_list("staff", flat=True)) == [person.pk, None]


def test_a_body_that_ends_takes_its_members_with_it_and_can_do_no_more(an, ward):
    body = staffing.body(ward)
    actions.set_members(body=body, by=an, version=1, members=[("Lê Một", "", "")])
    actions.end(body=body, by=an, version=2, on=MARCH)
    assert names(body, date(2024, 2, 29)) == ["Lê Một"] and names(body, MARCH) == []
    with pytest.raises(Refusal, match="đã kết thúc"):
        actions.renew(by=an, body=body, number="9/QĐ-UBND")
    with pytest.raises(Refusal, match="trước ngày họp"):
        actions.meet(by=an, body=body, held_on=MARCH, content="Họp")
    actions.meet(by=an, body=body, held_on=date(2024, 2, 1), content="Họp tháng 2")


def test_what_was_written_by_mistake_is_voided_with_a_reason(an, ward):
    body = staffing.body(ward, number="5/QĐ-UBND")
    actions.void(row=body.decisions.get(), by=an, version=1, reason="Nhầm số")
    assert not body.decisions.filter(voided_at=None).exists()
    actions.void(row=body, by=an, version=1, reason="Nhầm phường")
    assert not Body.objects.valid().exists()


def test_a_body_is_seen_by_its_unit_and_above(an, binh, chi, dung, ward):
    body = staffing.body(ward)
    assert [set(Body.objects.visible_to(who)) for who in (an, dung)] == [{body}, {body}]
    assert not any(Body.objects.visible_to(who).exists() for who in (binh, chi))
