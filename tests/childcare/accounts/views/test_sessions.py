"""Rights end at the next request of a session that is open elsewhere (AU-07, AC-09). Two clients each."""

import pytest
from django.test import Client

from childcare.accounts import actions
from childcare.accounts.models import Officer
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_at_work(an):
    """An's browser, signed in."""
    client = Client()
    client.force_login(an, backend="childcare.accounts.backends.OfficerBackend")
    assert client.get("/can-bo/").status_code == 200
    return client


def anonymous(response):
    return response.status_code == 302 and response["Location"].startswith("/dang-nhap/")


def test_locking_the_account_ends_the_session(an_at_work, as_, dung, an):
    as_(dung).post(f"/can-bo/{an.public_id}/khoa/")
    assert anonymous(an_at_work.get("/can-bo/"))
    assert an_at_work.post("/can-bo/them/", {"full_name": "Người Lạ"}).status_code == 401
    assert not Officer.objects.filter(full_name="Người Lạ").exists()


def test_a_reset_ends_the_session(an_at_work, as_, dung, an):
    as_(dung).post(f"/can-bo/{an.public_id}/dat-lai/")
    assert anonymous(an_at_work.get("/can-bo/"))


def test_the_end_of_the_last_post_ends_the_session_after_its_last_day(an_at_work, as_, dung, an, settings):
    as_(dung).post(f"/phan-cong/{an.appointments.get().public_id}/ket-thuc/", {"last_day": "02/05/2024"})
    assert an_at_work.get("/can-bo/").status_code == 200, "today is the last day"
    settings.TRAINING_TODAY = "2024-05-03"
    assert anonymous(an_at_work.get("/can-bo/"))


def test_the_end_of_one_post_of_two_takes_its_rights_and_keeps_the_session(an_at_work, dung, an, settings):
    actions.appoint(officer=an, by=dung, unit=people.unit(people.VAN_DAU), role="collaborator", started_on=people.TODAY)
    actions.end_appointment(appointment=an.appointments.get(role="commune"), by=dung, last_day=people.TODAY)
    settings.TRAINING_TODAY = "2024-05-03"
    assert an_at_work.get("/can-bo/").status_code == 403
    assert an_at_work.get("/tai-khoan/").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(an, as_):
    an.set_password(PASSWORD)
    an.save()
    other = Client()
    other.force_login(an, backend="childcare.accounts.backends.OfficerBackend")
    here = as_(an)
    data = {"old_password": PASSWORD, "new_password1": "trăng sáng ngoài hiên", "new_password2": "trăng sáng ngoài hiên"}
    assert here.post("/tai-khoan/mat-khau/", data).status_code == 302
    assert here.get("/tai-khoan/").status_code == 200
    assert anonymous(other.get("/tai-khoan/"))


def test_the_appointments_of_a_request_are_asked_once(as_, an, django_assert_max_num_queries):
    client = as_(an)
    with django_assert_max_num_queries(6):  # session, officer, posts, unread; room for two
        client.get("/vai-tro/")
