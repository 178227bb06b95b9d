"""Accounts: opened, reset, ended by those above; links used once; nobody for himself."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from childcare.accounts import actions
from childcare.accounts.models import AccessLink, Appointment, Officer
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def open_for(by, role=Role.COMMUNE, code=people.NAM_SON, name="Đặng Thị Hoa", **fields):
    return actions.open_account(by=by, full_name=name, unit=people.unit(code), role=role, started_on=people.TODAY, **fields)


def test_an_account_opens_with_a_proposed_user_name_its_post_and_two_entries_in_the_log(dung):
    officer, _ = open_for(dung, position="Công chức VH-XH", decision="QĐ 12/QĐ-UBND")
    post = officer.appointments.get()
    assert officer.username == "hoa.dt"
    assert (post.role, post.unit.code, post.position, post.created_by) == ("commune", people.NAM_SON, "Công chức VH-XH", dung)
    assert not officer.has_usable_password()
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == ["account.opened", "appointment.made"]


def test_a_taken_user_name_gets_a_number_and_a_typed_one_is_refused(dung):
    assert open_for(dung)[0].username == "hoa.dt"
    assert open_for(dung, name="Đào Thị Hoà")[0].username == "hoa.dt2"
    with pytest.raises(Refusal, match="đã có người dùng"):
        open_for(dung, name="Đỗ Thị Hoa", username="HOA.DT")


def test_sending_the_same_form_twice_opens_one_account(dung):
    open_for(dung)
    with pytest.raises(Refusal, match="vừa được mở"):
        open_for(dung)
    assert Officer.objects.filter(full_name="Đặng Thị Hoa").count() == 1


@pytest.mark.parametrize(
    ("who", "role", "code", "allowed"),
    [
        ("dung", Role.COMMUNE, people.NAM_SON, True),
        ("dung", Role.COMMUNE_LEADER, people.NAM_SON, True),
        ("dung", Role.CLERK, people.KIEN_AN, True),
        ("dung", Role.DISTRICT, people.KIEN_AN, False),  # his equal
        ("dung", Role.OFFICE_LEADER, people.KIEN_AN, False),  # his superior
        ("dung", Role.PROVINCE, people.HAI_PHONG, False),  # above his unit
        ("dung", Role.ADMIN, people.NAM_SON, False),
        ("an", Role.COLLABORATOR, people.NAM_SON, True),
        ("an", Role.COMMUNE_LEADER, people.NAM_SON, False),
        ("an", Role.COLLABORATOR, people.VAN_DAU, False),  # another ward
        ("son", Role.OFFICE_LEADER, people.KIEN_AN, True),
        ("lan", Role.COLLABORATOR, people.NAM_SON, False),  # manages no accounts
        ("quan", Role.PROVINCE, people.HAI_PHONG, True),
        ("quan", Role.ADMIN, people.HAI_PHONG, True),
    ],
)
def test_who_may_open_which_account(who, role, code, allowed):
    by = getattr(people, who)()
    if allowed:
        assert open_for(by, role, code)[0].appointments.count() == 1
        return
    with pytest.raises(Refusal, match="không được phân vai trò"):
        open_for(by, role, code)


def test_a_refused_account_leaves_nothing_behind(an):
    with pytest.raises(Refusal):
        open_for(an, Role.COMMUNE_LEADER)
    assert not Officer.objects.filter(full_name="Đặng Thị Hoa").exists()
    assert not Entry.objects.exists()


def test_a_role_is_held_only_in_its_kind_of_unit(son):
    with pytest.raises(Refusal, match="không có ở cấp"):
        open_for(son, Role.OFFICE_LEADER, people.NAM_SON)


def test_nobody_appoints_ends_resets_or_unlocks_himself(quan):
    mine = quan.appointments.get()
    with pytest.raises(Refusal):
        actions.appoint(officer=quan, by=quan, unit=people.unit(people.KIEN_AN), role=Role.DISTRICT, started_on=people.TODAY)
    with pytest.raises(Refusal):
        actions.end_appointment(appointment=mine, by=quan, last_day=people.TODAY)
    with pytest.raises(Refusal):
        actions.reset(officer=quan, by=quan)
    with pytest.raises(Refusal):
        actions.set_active(officer=quan, by=quan, active=False)


@pytest.mark.parametrize(
    ("who", "whom", "allowed"),
    [
        ("dung", "an", True), ("dung", "lan", True), ("an", "binh", True), ("son", "phuc", True), ("quan", "son", True),
        ("an", "lan", False), ("an", "chi", False), ("dung", "phuc", False), ("dung", "quan", False), ("an", "dung", False),
    ],
)  # fmt: skip
def test_who_may_reset_whose_account(who, whom, allowed):
    by, officer = getattr(people, who)(), getattr(people, whom)()
    if allowed:
        assert actions.find_link(actions.reset(officer=officer, by=by)).officer == officer
        return
    with pytest.raises(Refusal, match="không được sửa tài khoản"):
        actions.reset(officer=officer, by=by)


def test_one_post_out_of_reach_is_enough_to_refuse(dung, an):
    Appointment.objects.create(officer=an, unit=people.unit(people.HAI_PHONG), role=Role.PROVINCE, started_on=people.TODAY)
    with pytest.raises(Refusal):
        actions.reset(officer=an, by=dung)
    an.appointments.filter(role=Role.PROVINCE).update(ended_on=people.TODAY)
    assert actions.reset(officer=an, by=dung)


def test_the_token_is_not_in_the_database(dung, an):
    token = actions.reset(officer=an, by=dung)
    link = AccessLink.objects.get()
    assert len(token.replace("-", "")) == 28
    assert link.digest == actions.digest_of(token.upper().replace("-", " "))
    assert token not in str(AccessLink.objects.values().get())
    assert token not in str(list(Entry.objects.values()))


def test_a_link_is_used_once(dung, an):
    link = actions.find_link(actions.reset(officer=an, by=dung))
    actions.use_link(link=link, password=PASSWORD)
    an.refresh_from_db()
    assert an.password.startswith("argon2") and an.check_password(PASSWORD)
    with pytest.raises(Refusal, match="đã được dùng"):
        actions.use_link(link=link, password="một mật khẩu khác hẳn")
    assert Officer.objects.get(pk=an.pk).check_password(PASSWORD)


def test_a_link_lasts_a_day(dung, an):
    token = actions.reset(officer=an, by=dung)
    link = actions.find_link(token)
    assert timedelta(hours=23, minutes=59) < link.expires_at - timezone.now() <= timedelta(hours=24)
    AccessLink.objects.update(expires_at=timezone.now())
    assert actions.find_link(token) is None
    with pytest.raises(Refusal):
        actions.use_link(link=link, password=PASSWORD)


def test_only_the_newest_link_opens_the_account(dung, an):
    first = actions.reset(officer=an, by=dung)
    second = actions.reset(officer=an, by=dung)
    assert actions.find_link(first) is None and actions.find_link(second)


def test_a_locked_account_has_no_link_and_no_rights(dung, an):
    token = actions.reset(officer=an, by=dung)
    actions.set_active(officer=an, by=dung, active=False)
    assert actions.find_link(token) is None
    assert Officer.objects.get(pk=an.pk).current_appointments == []
    actions.set_active(officer=an, by=dung, active=True)
    assert actions.find_link(token) is None, "unlocking brings no old link back"
    with pytest.raises(Refusal, match="đang mở"):
        actions.set_active(officer=an, by=dung, active=True)


def test_a_post_ends_after_its_last_day(dung, an):
    post = an.appointments.get()
    actions.end_appointment(appointment=post, by=dung, last_day=date(2024, 5, 10))
    post.refresh_from_db()
    assert (post.ended_on, post.last_day) == (date(2024, 5, 11), date(2024, 5, 10))
    assert an.appointments.on(date(2024, 5, 10)).exists() and not an.appointments.on(date(2024, 5, 11)).exists()
    with pytest.raises(Refusal, match="ngày cuối cùng là 10/05/2024"):
        actions.end_appointment(appointment=post, by=dung, last_day=date(2024, 5, 9))


def test_a_post_does_not_end_before_it_begins(dung, an):
    with pytest.raises(Refusal, match="01/01/2024"):
        actions.end_appointment(appointment=an.appointments.get(), by=dung, last_day=date(2023, 12, 31))


def test_a_post_out_of_reach_is_not_ended(an, chi, lan):
    for officer in (chi, lan):
        with pytest.raises(Refusal):
            actions.end_appointment(appointment=officer.appointments.get(), by=an, last_day=people.TODAY)


def test_a_second_post_adds_and_the_same_again_is_refused(dung, an):
    van_dau = people.unit(people.VAN_DAU)
    actions.appoint(officer=an, by=dung, unit=van_dau, role=Role.COMMUNE, started_on=people.TODAY)
    assert Officer.objects.get(pk=an.pk).unit_names == "Phường Nam Sơn; Phường Văn Đẩu"
    assert Officer.objects.get(pk=an.pk).role_names == Role.COMMUNE.label
    with pytest.raises(Refusal, match="đang giữ đúng vai trò"):
        actions.appoint(officer=an, by=dung, unit=van_dau, role=Role.COMMUNE, started_on=people.TODAY)


def test_own_details_are_not_saved_over_a_newer_change(an):
    actions.change_details(officer=an, version=1, email="moi@example.vn", phone="0900")
    an.refresh_from_db()
    assert (an.email, an.phone, an.version) == ("moi@example.vn", "0900", 2)
    with pytest.raises(Refusal, match="vừa được người khác sửa"):
        actions.change_details(officer=an, version=1, email="", phone="")
    assert Entry.objects.get(action="account.details_changed").fields == ["email", "phone"]


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("Nguyễn Thị An", "an.nt"), ("Đỗ Đạt", "dat.d"), ("Hương", "huong"), ("H’Hen Niê", "nie.h"), ("…", "canbo")],
)
def test_user_names_are_proposed_the_way_offices_make_them(name, proposed):
    assert actions.propose_username(name) == proposed
