"""Coming in in two steps: nothing opens before the second, roles that must have it are led to it, a lost telephone is mended."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from childcare.accounts import factors, sessions
from childcare.accounts.models_sessions import RoleRule, SecondFactor
from childcare.audit.models import Entry
from tests import people
from tests.people import PASSWORD, code_of

pytestmark = pytest.mark.django_db
HERE, CODE_PAGE = "/tai-khoan/hai-buoc/", "/dang-nhap/ma-xac-nhan/"


@pytest.fixture
def an_in_two_steps(an_with_password):
    factors.begin(officer=an_with_password)
    SecondFactor.objects.update(confirmed_at=timezone.now())
    return an_with_password


def password(client, username="an", **more):
    return client.post("/dang-nhap/", {"username": username, "password": PASSWORD, **more})


def inside(client):
    return client.get("/tai-khoan/").status_code == 200


def test_the_password_alone_opens_nothing(client, an_in_two_steps):
    assert password(client, next="/can-bo/")["Location"] == CODE_PAGE
    assert not inside(client)
    assert not Entry.objects.filter(action="account.signed_in").exists()
    page = client.get(CODE_PAGE).content.decode()
    assert "Nguyễn Thị An" not in page, "who only knows the password learns no name"
    answer = client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)})
    assert answer["Location"] == "/can-bo/" and inside(client)
    assert "half_in" not in client.session


def test_a_wrong_code_is_told_logged_and_counted(client, an_in_two_steps):
    password(client)
    wrong = f"{(int(code_of(an_in_two_steps)) + 1) % 1000000:06d}"
    for _ in range(5):
        assert "Mã không đúng" in client.post(CODE_PAGE, {"secret_code": wrong}).content.decode()
    assert "Hãy chờ 1 phút" in client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)}).content.decode()
    assert not inside(client)
    assert Entry.objects.filter(action="factor.wrong").count() == 5


def test_a_code_without_the_password_before_leads_back(client, an_in_two_steps):
    assert client.get(CODE_PAGE)["Location"] == "/dang-nhap/"
    assert client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)})["Location"] == "/dang-nhap/"


def test_ten_minutes_after_the_password_it_begins_anew(client, an_in_two_steps):
    password(client)
    session = client.session
    session["half_in"][1] -= 601
    session.save()
    assert client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)})["Location"] == "/dang-nhap/"


def test_an_account_locked_in_between_does_not_come_in(client, an_in_two_steps):
    password(client)
    type(an_in_two_steps).objects.filter(pk=an_in_two_steps.pk).update(is_active=False)
    assert client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)})["Location"] == "/dang-nhap/"


def test_a_second_step_taken_off_or_a_new_password_in_between_begins_anew(client, an_in_two_steps):
    password(client)
    factors.turn_off(officer=an_in_two_steps, by=an_in_two_steps)
    assert client.post(CODE_PAGE, {"secret_code": "123456"})["Location"] == "/dang-nhap/"
    factors.begin(officer=an_in_two_steps)
    SecondFactor.objects.update(confirmed_at=timezone.now())
    password(client)
    an_in_two_steps.set_password("trăng sáng ngoài hiên")
    an_in_two_steps.save()
    assert client.post(CODE_PAGE, {"secret_code": code_of(an_in_two_steps)})["Location"] == "/dang-nhap/"


def test_an_officer_turns_it_on_and_gets_ten_codes_once(as_, an):
    client = as_(an)
    assert "Đang tắt" in client.get(HERE).content.decode()
    page = client.post(f"{HERE}bat/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert secret == SecondFactor.objects.get().secret and 'src="data:image/svg+xml' in page
    wrong = client.post(f"{HERE}xac-nhan/", {"secret_code": "12"}).content.decode()
    assert "Mã không đúng" in wrong and secret[:4] in wrong, "the same secret is shown again"
    done = client.post(f"{HERE}xac-nhan/", {"secret_code": code_of(an)}).content.decode()
    assert len(re.findall(r"<code>\w{4}-\w{4}-\w{4}</code>", done)) == 10
    page = client.get(HERE).content.decode()
    assert "Đang bật" in page and "<strong>10</strong>" in page and secret not in page


def test_turning_it_on_or_off_ends_the_other_sign_ins(an_with_password):
    here, there = Client(), Client()
    password(here), password(there)
    here.post(f"{HERE}bat/")
    here.post(f"{HERE}xac-nhan/", {"secret_code": code_of(an_with_password)})
    assert inside(here) and not inside(there)
    password(there)
    there.post(CODE_PAGE, {"secret_code": code_of(an_with_password, step=0)})
    assert here.post(f"{HERE}tat/")["Location"] == HERE
    assert inside(here) and factors.of(an_with_password) is None


def test_what_is_dangerous_asks_for_the_password_again(as_, an_in_two_steps):
    client = as_(an_in_two_steps)
    session = client.session
    session["proved"] -= 301
    session.save()
    for address in ("tat/", "ma-du-phong/"):
        answer = client.post(HERE + address)
        assert answer.status_code == 403 and "Cần gõ lại mật khẩu" in answer.content.decode()
    assert factors.of(an_in_two_steps) is not None
    wrong = client.post("/xac-nhan-mat-khau/", {"password": "sai", "secret_code": code_of(an_in_two_steps)})
    assert "Mật khẩu không đúng" in wrong.content.decode()
    answer = client.post("/xac-nhan-mat-khau/", {"password": PASSWORD, "secret_code": code_of(an_in_two_steps), "next": HERE})
    assert answer["Location"] == HERE
    assert client.post(HERE + "tat/").status_code == 302 and factors.of(an_in_two_steps) is None


def test_a_role_that_must_have_it_is_led_to_it_and_nowhere_else(client, an_with_password):
    RoleRule.objects.create(role="commune", second_factor=True, idle_minutes=15)
    assert password(client)["Location"] == "/"
    for address in ("/", "/tre-em/", "/can-bo/"):
        assert client.get(address)["Location"] == HERE
    sent = client.post("/tre-em/them/", {"full_name": "Lê Thị Gõ Dở"}, headers={"Origin": "http://testserver"})
    assert sent.status_code == 401 and 'value="Lê Thị Gõ Dở"' in sent.content.decode(), "what was typed stays"
    assert client.get("/phien").json()["signed_in"] is False
    assert client.get("/tre-em/", headers={"HX-Request": "true"}).status_code == 401
    assert "phải bật" in client.get(HERE).content.decode()
    client.post(f"{HERE}bat/")
    client.post(f"{HERE}xac-nhan/", {"secret_code": code_of(an_with_password)})
    assert client.get("/can-bo/").status_code == 200
    client.post(f"{HERE}tat/")
    assert client.get("/can-bo/")["Location"] == HERE, "turned off by himself, it begins anew at once"


def test_production_asks_everybody_unless_a_role_is_exempt(an, binh, settings):
    settings.SECOND_FACTOR = True
    assert sessions.rule_of(an) == (True, 15)
    RoleRule.objects.create(role="collaborator", second_factor=False, idle_minutes=30)
    assert sessions.rule_of(binh) == (False, 30)


def test_of_several_roles_the_strictest_holds(binh):
    people.Appointment.objects.create(officer=binh, unit=people.unit(people.NAM_SON), role="commune", started_on=people.TODAY)
    RoleRule.objects.create(role="collaborator", second_factor=True, idle_minutes=30)
    RoleRule.objects.create(role="commune", second_factor=False, idle_minutes=10)
    assert sessions.rule_of(binh) == (True, 10)


def test_who_manages_the_account_mends_a_lost_telephone_and_nobody_else(as_, an_in_two_steps, dung, chi):
    address = f"/can-bo/{an_in_two_steps.public_id}/tat-hai-buoc/"
    assert as_(chi).post(address).status_code == 404
    assert as_(an_in_two_steps).post(address).status_code in (404, 409)
    assert factors.of(an_in_two_steps) is not None
    page = as_(dung).get(f"/can-bo/{an_in_two_steps.public_id}/").content.decode()
    assert "Tắt xác nhận hai bước" in page
    assert as_(dung).post(address).status_code == 302
    assert factors.of(an_in_two_steps) is None


def test_the_rule_of_a_role_is_set_by_the_administrator_alone(as_, quan, an, dung):
    assert as_(an).get("/cai-dat/dang-nhap/").status_code == 403
    assert as_(dung).get("/cai-dat/dang-nhap/").status_code == 403
    client = as_(quan)
    page = client.get("/cai-dat/dang-nhap/").content.decode()
    fields = dict(re.findall(r'name="(\w+-idle_minutes)" value="(\d+)"', page))
    assert len(fields) == 13 and set(fields.values()) == {"15"}
    answer = client.post("/cai-dat/dang-nhap/", {**fields, "province-second_factor": "on", "commune-idle_minutes": "2"})
    assert "Ít nhất 5 phút" in answer.content.decode() and not RoleRule.objects.exists(), "all or nothing"
    client.post("/cai-dat/dang-nhap/", {**fields, "province-second_factor": "on"})
    assert list(RoleRule.objects.values_list("role", "second_factor", "idle_minutes")) == [("province", True, 15)]
    assert Entry.objects.get(action="role.rule_changed").note == "Chuyên viên Sở: hai bước, 15 phút"
