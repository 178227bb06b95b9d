"""How long a session holds, when it locks, what opens it again, where an officer is signed in, and who may end that."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from childcare.accounts import actions, factors, sign_ins
from childcare.accounts.models_sessions import Device, RoleRule, SecondFactor, SignIn
from childcare.audit.models import Entry
from childcare.inbox.models import Message
from tests.people import PASSWORD, code_of

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"


@pytest.fixture
def come_in(an_with_password):
    """A browser in which An has signed in."""

    def come(client=None, agent=CHROME):
        client = client or Client(headers={"User-Agent": agent})
        assert client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}).status_code == 302
        return client

    return come


def older(client, **seconds):
    """As if that long had passed."""
    session = client.session
    for name, much in seconds.items():
        session[name] -= much
    session.save()


def test_after_fifteen_idle_minutes_every_page_asks_for_the_password_and_shows_nothing(come_in):
    client = come_in()
    older(client, seen=899)
    assert client.get("/can-bo/").status_code == 200
    older(client, seen=901)
    assert client.get("/can-bo/?q=an")["Location"] == "/mo-khoa-man-hinh/?next=%2Fcan-bo%2F%3Fq%3Dan"
    page = client.get("/mo-khoa-man-hinh/").content.decode()
    assert "Màn hình đã khóa" in page and 'id="find"' not in page and "/tre-em/" not in page
    assert client.get("/phien").json()["signed_in"] is False


def test_a_locked_session_stays_locked_until_the_password_and_then_goes_on_where_it_was(come_in):
    client = come_in()
    older(client, seen=901)
    client.get("/can-bo/")
    older(client, seen=-901)  # the clock of the server set back opens nothing
    assert client.get("/can-bo/").status_code == 302
    key = client.session.session_key
    wrong = client.post("/mo-khoa-man-hinh/", {"password": "sai", "next": "/can-bo/"})
    assert "Mật khẩu không đúng" in wrong.content.decode() and client.get("/can-bo/").status_code == 302
    assert client.post("/mo-khoa-man-hinh/", {"password": PASSWORD, "next": "/can-bo/"})["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200
    assert client.session.session_key != key and SignIn.objects.get().session_key == client.session.session_key
    assert Entry.objects.filter(action="session.unlocked").count() == 1


def test_what_is_typed_when_the_screen_locks_stays_on_the_page(come_in):
    client = come_in()
    older(client, seen=901)
    sent = {"email": "an.moi@example.vn", "phone": "0912345678", "version": "1"}
    answer = client.post("/tai-khoan/", sent, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 401 and "Màn hình đã khóa" in page and 'value="an.moi@example.vn"' in page
    fragment = client.get("/can-bo/", headers={"HX-Request": "true"})
    assert fragment.status_code == 401 and "Màn hình đã khóa" in fragment.content.decode()


def test_wrong_passwords_at_the_lock_count_like_those_at_the_sign_in(come_in):
    client = come_in()
    older(client, seen=901)
    answers = [client.post("/mo-khoa-man-hinh/", {"password": "sai"}).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_a_locked_session_may_be_ended_by_signing_out(come_in):
    client = come_in()
    older(client, seen=901)
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert SignIn.objects.get().ended_at is not None


def test_a_page_that_asks_by_itself_how_far_a_job_is_keeps_no_screen_open(come_in, an):
    client = come_in()
    older(client, seen=600)
    before = client.session["seen"]
    client.get("/can-bo/", headers={"HX-Request": "true", "HX-Trigger": "job"})
    assert client.session["seen"] == before
    client.get("/can-bo/")
    assert client.session["seen"] > before


def test_work_is_noted_once_a_minute_not_at_every_request(come_in):
    client = come_in()
    older(client, seen=61)
    client.get("/vai-tro/")
    noted = SignIn.objects.get().seen_at
    client.get("/vai-tro/")
    assert SignIn.objects.get().seen_at == noted


def test_after_eight_hours_the_busiest_session_is_over(come_in):
    client = come_in()
    older(client, began=8 * 3600 + 1)
    assert client.get("/can-bo/")["Location"].startswith("/dang-nhap/")
    assert client.post("/can-bo/them/", {"full_name": "Người Lạ"}).status_code == 401


def test_the_minutes_of_the_role_hold(an_with_password):
    RoleRule.objects.create(role="commune", second_factor=False, idle_minutes=5)
    client = Client()
    client.post("/dang-nhap/", {"username": "an", "password": PASSWORD})
    older(client, seen=301)
    assert "/mo-khoa-man-hinh/" in client.get("/can-bo/")["Location"]


def test_the_lock_asks_for_the_code_too_unless_this_machine_has_shown_it_today(come_in, an_with_password):
    factors.begin(officer=an_with_password)
    SecondFactor.objects.update(confirmed_at=timezone.now())
    client = Client()
    client.post("/dang-nhap/", {"username": "an", "password": PASSWORD})
    client.post("/dang-nhap/ma-xac-nhan/", {"secret_code": code_of(an_with_password)})
    older(client, seen=901)
    assert 'name="secret_code"' not in client.get("/mo-khoa-man-hinh/").content.decode()
    session = client.session
    session["confirmed_on"] = "2024-01-01"
    session.save()
    assert 'name="secret_code"' in client.get("/mo-khoa-man-hinh/").content.decode()
    assert "Hãy" in client.post("/mo-khoa-man-hinh/", {"password": PASSWORD}).content.decode()
    SecondFactor.objects.update(last_step=0)
    both = {"password": PASSWORD, "secret_code": code_of(an_with_password)}
    assert client.post("/mo-khoa-man-hinh/", both)["Location"] == "/"


def test_an_officer_sees_where_he_is_signed_in_and_ends_it_there(come_in, an_with_password, chi, as_):
    here, there = come_in(), come_in(agent=CHROME.replace("Safari/537.36", "Safari/537.36 Edg/109.0"))
    page = here.get("/tai-khoan/dang-nhap/").content.decode()
    assert "Chrome, Windows" in page and "Edge, Windows" in page and "đang dùng" in page
    other = SignIn.objects.get(session_key=there.session.session_key)
    assert as_(chi).post(f"/tai-khoan/dang-nhap/{other.public_id}/ket-thuc/").status_code == 404
    assert there.get("/can-bo/").status_code == 200
    here.post(f"/tai-khoan/dang-nhap/{other.public_id}/ket-thuc/")
    assert there.get("/can-bo/").status_code == 302 and here.get("/can-bo/").status_code == 200
    third = come_in()
    here.post("/tai-khoan/dang-nhap/ket-thuc/")
    assert third.get("/can-bo/").status_code == 302 and here.get("/can-bo/").status_code == 200
    assert Entry.objects.filter(action="session.ended").count() == 2


def test_a_session_that_ran_out_is_no_longer_shown(come_in, an_with_password):
    come_in(), come_in()
    Session.objects.filter(pk=SignIn.objects.last().session_key).delete()
    assert len(sign_ins.open_sign_ins(an_with_password)) == 1


def test_who_manages_the_account_ends_its_sign_ins_and_nobody_else(come_in, as_, an_with_password, dung, chi, binh):
    there = come_in()
    address = f"/can-bo/{an_with_password.public_id}/ket-thuc-dang-nhap/"
    assert as_(chi).post(address).status_code == 404
    assert as_(binh).post(address).status_code == 403
    assert there.get("/can-bo/").status_code == 200
    assert "Chrome, Windows" in as_(dung).get(f"/can-bo/{an_with_password.public_id}/").content.decode()
    assert as_(dung).post(address).status_code == 302
    assert there.get("/can-bo/").status_code == 302


def test_locking_and_resetting_end_the_sign_ins_for_good(come_in, an_with_password, dung):
    there = come_in()
    actions.set_active(officer=an_with_password, by=dung, active=False)
    actions.set_active(officer=an_with_password, by=dung, active=True)
    assert there.get("/can-bo/").status_code == 302, "opened again, the old cookie stays worthless"
    come_in()
    actions.reset(officer=an_with_password, by=dung)
    assert sign_ins.open_sign_ins(an_with_password) == []


def test_a_new_machine_is_told_and_a_known_one_is_not(come_in, an_with_password):
    first = come_in()
    assert not Message.objects.filter(officer=an_with_password).exists(), "the first machine of an account is no news"
    first.post("/dang-xuat/")
    come_in(first)
    assert not Message.objects.filter(officer=an_with_password).exists()
    come_in()
    message = Message.objects.get(officer=an_with_password)
    assert "máy hoặc trình duyệt mới" in message.subject and "Chrome, Windows" in message.body
    assert Device.objects.count() == 2


def test_the_mark_of_a_machine_opens_nothing_and_is_not_in_the_database(come_in):
    client = come_in()
    cookie = client.cookies["device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert not Device.objects.filter(digest=cookie.value).exists()
    client.cookies.pop("sessionid")
    assert client.get("/can-bo/").status_code == 302


def test_a_new_password_ends_the_others_and_keeps_this_one_on_the_list(come_in, an_with_password):
    here, there = come_in(), come_in()
    new = "trăng sáng ngoài hiên"
    here.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert here.get("/can-bo/").status_code == 200 and there.get("/can-bo/").status_code == 302
    assert [row.session_key for row in sign_ins.open_sign_ins(an_with_password)] == [here.session.session_key]


def test_granting_rights_asks_for_a_fresh_password_and_keeps_what_was_typed(come_in, an_with_password, binh):
    client = come_in()
    older(client, proved=301)
    for address in ("/can-bo/them/", f"/can-bo/{binh.public_id}/phan-cong/"):
        assert re.match(r"/xac-nhan-mat-khau/\?next=%2Fcan-bo", client.get(address)["Location"])
    sent = {"full_name": "Ngô Thị Mới"}
    answer = client.post("/can-bo/them/", sent, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403 and 'value="Ngô Thị Mới"' in answer.content.decode()
    assert client.post("/xac-nhan-mat-khau/", {"password": PASSWORD, "next": "//evil.example"})["Location"] == "/"
    assert client.get("/can-bo/them/").status_code == 200


def test_what_is_long_past_is_swept(come_in):
    come_in()
    SignIn.objects.update(started_at=timezone.now() - sign_ins.KEPT * 2)
    sign_ins.sweep(moment=timezone.now())
    assert not SignIn.objects.exists() and Device.objects.count() == 1
