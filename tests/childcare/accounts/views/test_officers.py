"""Officers pages. Dũng of the district is allowed, Lan of the ward has less, Chi is the stranger."""

import re

import pytest

from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.lib.paging import Pager
from tests import people

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def form(**more):
    unit = people.unit(people.NAM_SON).public_id
    return {"full_name": "Đặng  Thị Hoa", "unit": unit, "role": "commune_leader", "started_on": "1.5.2024", **more}


def test_the_list_shows_the_units_below_and_no_other(as_, dung, an, binh, chi, son):
    page = text(as_(dung).get("/can-bo/"))
    assert all(name in page for name in ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi", "Vũ Văn Dũng"))
    assert "Hoàng Văn Sơn" not in page
    page = text(as_(an).get("/can-bo/"))
    assert "Trần Văn Bình" in page and "Lê Thị Chi" not in page


def test_a_colleague_who_manages_no_accounts_is_refused(as_, lan, an):
    client = as_(lan)
    assert client.get("/can-bo/").status_code == client.get("/can-bo/them/").status_code == 403
    for verb in ("", "phan-cong/", "dat-lai/", "khoa/", "mo-khoa/"):
        assert client.post(f"/can-bo/{an.public_id}/{verb}").status_code == 403


def test_a_stranger_finds_nobody(as_, chi, an):
    client = as_(chi)
    assert client.get(f"/can-bo/{an.public_id}/").status_code == 404
    for verb in ("phan-cong/", "dat-lai/", "khoa/", "mo-khoa/"):
        assert client.post(f"/can-bo/{an.public_id}/{verb}").status_code == 404
    assert client.post(f"/phan-cong/{an.appointments.get().public_id}/ket-thuc/", {"last_day": "2/5/2024"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nguyen+an", {"an"}), ("q=Bình", {"binh"}), ("q=chi", {"chi"}), ("state=locked", {"khoa"}),
        ("state=ended", {"nghi"}), ("state=working", {"an", "binh", "chi", "dung"}), ("unit={van_dau}", {"chi"}),
    ],
)  # fmt: skip
def test_each_filter_narrows_the_list(as_, dung, an, binh, chi, query, found):
    people.officer("khoa", "Người Khóa", Role.COMMUNE, people.NAM_SON, is_active=False)
    people.officer("nghi", "Người Nghỉ", Role.COMMUNE, people.NAM_SON).appointments.update(ended_on=people.TODAY)
    page = as_(dung).get(f"/can-bo/?{query.format(van_dau=people.unit(people.VAN_DAU).public_id)}")
    assert {person.username for person in page.context["page"]} == found


def test_the_list_goes_by_given_name_and_in_pages(as_, dung, django_assert_max_num_queries):
    for number in range(60):
        people.officer(f"cb{number:02}", f"Cán Bộ {chr(65 + number % 26)}{number:02}", Role.COLLABORATOR, people.NAM_SON)
    client = as_(dung)
    with django_assert_max_num_queries(10):
        first = client.get("/can-bo/?state=working")
    second = client.get("/can-bo/?state=working&trang=2")
    assert len(first.context["page"]) == 50 and len(second.context["page"]) == 11
    assert first.context["pager"] == Pager("", "?state=working&trang=2")
    names = [person.name_key for person in [*first.context["page"], *second.context["page"]]]
    assert names == sorted(names)


def test_reading_the_list_is_logged_with_who_was_shown(as_, an, binh):
    as_(an).get("/can-bo/")
    assert Entry.objects.get(action="account.listed").shown == [str(an.public_id), str(binh.public_id)]


def test_opening_an_account_shows_its_link_once_to_be_printed(as_, dung, client):
    response = as_(dung).post("/can-bo/them/", form(position="Phó Chủ tịch", email="hoa@example.vn"))
    page = text(response)
    officer = Officer.objects.get(full_name="Đặng Thị Hoa")
    assert officer.username in page and "In trang này" in page and "no-store" in response["Cache-Control"]
    link = re.search(r"http://testserver(/mo-tai-khoan/[a-z0-9-]+/)", page)[1]
    assert link not in text(as_(dung).get(f"/can-bo/{officer.public_id}/"))
    client.logout()
    assert client.get(link).status_code == 200
    assert officer.appointments.get().started_on.isoformat() == "2024-05-01"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"full_name": ""}, "Họ và tên"),
        ({"role": "office_leader"}, "Vai trò này chỉ có ở: quận, huyện"),
        ({"role": "admin"}, "không được phân vai trò này"),
        ({"started_on": "31/2/2024"}, "Không có ngày"),
        ({"started_on": "2024"}, "chưa đủ ngày"),
        ({"username": "Có Dấu"}, "không dấu"),
        ({"email": "khong-phai-thu"}, "thư"),
        ({"unit": "khong-co"}, "không thuộc phạm vi"),
    ],
)
def test_a_form_that_does_not_fit_says_what_to_do_and_opens_nothing(as_, dung, change, sentence):
    response = as_(dung).post("/can-bo/them/", form(**change))
    assert response.status_code == 200 and sentence in text(response)
    assert not Officer.objects.filter(full_name="Đặng Thị Hoa").exists()


@pytest.mark.parametrize("code", [people.HAI_PHONG, people.KIEN_AN, people.VAN_DAU])
def test_a_unit_above_or_beside_is_not_accepted_from_the_form(as_, an, code):
    response = as_(an).post("/can-bo/them/", form(unit=people.unit(code).public_id, role="collaborator"))
    assert response.status_code == 200 and "không thuộc phạm vi" in text(response)
    assert Officer.objects.count() == 1


def test_a_superior_role_in_the_own_unit_is_not_accepted(as_, an):
    response = as_(an).post("/can-bo/them/", form(role="commune_leader"))
    assert "do đơn vị cấp trên" in text(response) and not Appointment.objects.filter(role="commune_leader").exists()


def test_fields_that_the_form_does_not_have_change_nothing(as_, dung):
    extra = {
        "password": "x" * 20,
        "is_active": "",
        "public_id": "1",
        "ended_on": "1/1/2030",
        "created_by": "1",
        "is_superuser": "1",
    }
    as_(dung).post("/can-bo/them/", form(**extra))
    officer = Officer.objects.get(full_name="Đặng Thị Hoa")
    assert officer.is_active and not officer.has_usable_password()
    assert officer.appointments.get().ended_on is None and officer.appointments.get().created_by == dung


def test_the_page_of_an_officer_shows_his_history_and_what_may_be_done(as_, dung, an, phuc):
    page = text(as_(dung).get(f"/can-bo/{an.public_id}/"))
    assert "01/01/2024" in page and "Kết thúc" in page and "Cấp đường dẫn mới" in page
    page = text(as_(dung).get(f"/can-bo/{phuc.public_id}/"))
    assert "anh/chị chỉ xem" in page and "Cấp đường dẫn mới" not in page and "/ket-thuc/" not in page


def test_a_superiors_account_of_the_own_unit_is_refused_with_a_sentence(as_, dung, phuc):
    response = as_(dung).post(f"/can-bo/{phuc.public_id}/dat-lai/")
    assert response.status_code == 409 and "đơn vị cấp trên" in text(response)


def test_a_reset_shows_a_new_link_and_no_password(as_, dung, an):
    page = text(as_(dung).post(f"/can-bo/{an.public_id}/dat-lai/"))
    assert "/mo-tai-khoan/" in page and 'type="password"' not in page
    assert as_(dung).get(f"/can-bo/{an.public_id}/dat-lai/").status_code == 405


def test_a_post_ends_by_its_last_day(as_, dung, an):
    address = f"/phan-cong/{an.appointments.get().public_id}/ket-thuc/"
    client = as_(dung)
    assert "Ngày cuối cùng còn hiệu lực" in text(client.get(address))
    assert client.post(address, {"last_day": "31/05/2024"})["Location"] == f"/can-bo/{an.public_id}/"
    assert an.appointments.get().ended_on.isoformat() == "2024-06-01"


def test_a_second_post_is_added(as_, dung, an):
    van_dau = people.unit(people.VAN_DAU)
    data = {"unit": van_dau.public_id, "role": "commune", "started_on": "02/05/2024", "decision": "QĐ 15"}
    assert as_(dung).post(f"/can-bo/{an.public_id}/phan-cong/", data).status_code == 302
    assert set(an.appointments.values_list("unit__code", flat=True)) == {people.NAM_SON, people.VAN_DAU}


def test_the_administrator_manages_everybody_but_himself(as_, quan, an, son):
    client = as_(quan)
    people_shown = {person.username for person in client.get("/can-bo/").context["page"]}
    assert people_shown == {"quan", "an", "son"}
    assert client.post(f"/can-bo/{son.public_id}/khoa/").status_code == 302
    assert client.post(f"/can-bo/{quan.public_id}/khoa/").status_code == 409


def test_an_officer_of_a_unit_that_ended_still_manages_its_last_units(as_, dung, an, settings):
    settings.TRAINING_TODAY = "2026-03-02"
    client = as_(dung)
    assert "Nguyễn Thị An" in text(client.get("/can-bo/"))
    units = {unit.name for unit in client.get("/can-bo/them/").context["form"].fields["unit"].queryset}
    assert {"Quận Kiến An", "Phường Nam Sơn"} <= units and "Phường Kiến An" not in units
