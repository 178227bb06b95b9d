"""Coming in: one sentence for every failure, a throttle that holds up nobody else, out by POST."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from childcare.accounts import actions
from childcare.accounts.forms import WRONG
from childcare.audit.models import Entry
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, username="an", password=PASSWORD, address="10.0.0.1", **more):
    return client.post("/dang-nhap/", {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def signed_in(client):
    return client.get("/tai-khoan/").status_code == 200


def test_the_right_password_opens_and_is_logged_with_its_address(client, an_with_password):
    response = sign_in(client, username=" An ")
    assert response.status_code == 302 and response["Location"] == "/"
    assert signed_in(client)
    entry = Entry.objects.get(action="account.signed_in")
    assert (entry.actor_id, entry.address) == (str(an_with_password.public_id), "10.0.0.1")


def test_the_session_key_changes_at_sign_in(client, an_with_password):
    client.get("/dang-nhap/")
    client.session["planted"] = 1
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["/tai-khoan/mat-khau/", "/can-bo/?q=an"])
def test_after_signing_in_he_is_where_he_wanted_to_go(client, an_with_password, wanted):
    assert sign_in(client, next=wanted)["Location"] == wanted


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_never_to_another_site(client, an_with_password, wanted):
    assert sign_in(client, next=wanted)["Location"] == "/"


def test_every_failure_gets_the_same_page(client, an_with_password, binh):
    """Wrong password, unknown name, no password yet, locked account, ended post: nothing tells them apart."""
    people.officer("khoa", "Người Bị Khóa", "commune", people.NAM_SON, is_active=False)
    gone = people.officer("nghi", "Người Đã Nghỉ", "commune", people.NAM_SON)
    gone.set_password(PASSWORD)
    gone.save()
    gone.appointments.update(ended_on=people.TODAY)
    pages = set()
    for username, password in [("an", "sai"), ("khong.co", "sai"), ("binh", "sai"), ("khoa", "sai"), ("nghi", PASSWORD)]:
        page = sign_in(Client(), username=username, password=password)
        assert page.status_code == 200 and WRONG in page.content.decode()
        pages.add(re.sub(rf'[A-Za-z0-9]{{64}}|value="{username}"', "", page.content.decode()))
    assert len(pages) == 1


@pytest.mark.parametrize("username", ["an", "khong.co", "binh", "nghi"])
def test_every_failure_costs_one_argon2(client, an_with_password, binh, username, monkeypatch):
    """AU-04 without a stop-watch: the same single hash whoever is named."""
    gone = people.officer("nghi", "Người Đã Nghỉ", "commune", people.NAM_SON)
    gone.set_password(PASSWORD)
    gone.save()
    gone.appointments.update(ended_on=people.TODAY)
    costs = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(Argon2PasswordHasher, name, lambda *args, real=real: costs.append(1) or real(*args))
    sign_in(client, username=username, password="một mật khẩu sai")
    assert len(costs) == 1


def test_twenty_wrong_tries_hold_up_that_name_from_that_address_and_nobody_else(client, an_with_password, chi):
    chi.set_password(PASSWORD)
    chi.save()
    answers = [sign_in(Client(), password="sai", address="10.0.0.66").status_code for _ in range(20)]
    assert answers[:9] == [200] * 9 and answers[10:] == [429] * 10
    held = sign_in(Client(), address="10.0.0.66")
    assert held.status_code == 429 and "chờ 5 phút" in held.content.decode()
    assert sign_in(client, address="10.0.0.1").status_code == 302, "the officer at his own desk comes in"
    assert sign_in(Client(), username="chi", address="10.0.0.66").status_code == 302, "a colleague behind the same address too"


def test_an_unknown_name_is_held_up_the_same_way(client, an):
    answers = [sign_in(client, username="khong.co", password="sai").status_code for _ in range(11)]
    assert answers[-1] == 429


def test_after_the_wait_he_comes_in(client, an_with_password):
    for _ in range(10):
        sign_in(client, password="sai")
    assert sign_in(client).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=6))
    assert sign_in(client).status_code == 302


def test_a_new_link_ends_the_wait(client, an_with_password, dung):
    for _ in range(10):
        sign_in(client, password="sai")
    actions.use_link(link=actions.find_link(actions.reset(officer=an_with_password, by=dung)), password=PASSWORD)
    assert sign_in(client).status_code == 302


def test_the_wrong_password_is_kept_nowhere(client, an_with_password):
    sign_in(client, password="mật khẩu gõ nhầm")
    assert "gõ nhầm" not in str(list(AccessAttempt.objects.values())) + str(list(Entry.objects.values()))


def test_signing_out_is_a_post_and_clears_the_browser(as_, an):
    client = as_(an)
    assert client.get("/dang-xuat/").status_code == 405
    assert signed_in(client)
    response = client.post("/dang-xuat/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not signed_in(client)
    assert Entry.objects.filter(action="account.signed_out", actor_id=str(an.public_id)).count() == 1


def test_a_copied_cookie_is_worth_nothing_after_signing_out(as_, an):
    client, thief = as_(an), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert signed_in(thief)
    client.post("/dang-xuat/")
    assert not signed_in(thief)


def test_who_is_signed_in_goes_on_from_the_sign_in_page(as_, an):
    assert as_(an).get("/dang-nhap/?next=/tai-khoan/")["Location"] == "/tai-khoan/"


def test_a_fragment_after_the_session_ended_sends_the_whole_page_to_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/can-bo/"}
    response = client.get("/dang-nhap/", headers=headers)
    assert response["HX-Redirect"] == "/dang-nhap/?next=/can-bo/"


def test_a_form_without_its_token_is_refused(an_with_password):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
