"""One child checked with the police, from its page."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", identity_number="031316001234", identity_valid=True)


def url(child):
    return reverse("child-verify", args=[child.public_id])


def test_the_day_is_typed_and_stands_on_the_page(as_, an, child):
    assert url(child) in as_(an).get(reverse("child", args=[child.public_id])).content.decode()
    page = as_(an).get(url(child)).content.decode()
    assert "Công an đã xác thực ngày" in page and "031 3 16 001234" in page
    page = as_(an).post(url(child), {"on": "20/4/2024", "version": 1}, follow=True).content.decode()
    assert "công an xác thực ngày 20/04/2024" in page
    child.refresh_from_db()
    assert child.identity_verified_on == date(2024, 4, 20)


def test_a_day_to_come_stays_in_the_form(as_, an, child):
    page = as_(an).post(url(child), {"on": "3/5/2024", "version": 1})
    assert page.status_code == 200 and "chưa tới" in page.content.decode()


def test_without_a_number_the_page_of_the_child_does_not_offer_it_and_the_post_is_refused(as_, an, ward):
    child = factories.child(ward)
    assert url(child) not in as_(an).get(reverse("child", args=[child.public_id])).content.decode()
    assert as_(an).post(url(child), {"on": "20/4/2024", "version": 1}).status_code == 409


def test_the_colleague_may_not_and_the_stranger_finds_nothing(as_, binh, chi, child):
    assert as_(binh).get(url(child)).status_code == 403
    assert as_(chi).post(url(child), {"on": "20/4/2024", "version": 1}).status_code == 404
    child.refresh_from_db()
    assert child.identity_verified_on is None


def test_the_edit_form_takes_a_day_only_with_a_valid_number(as_, an, child):
    edit = reverse("child-edit", args=[child.public_id])
    values = {
        "full_name": "Nguyễn Thị Hoà",
        "birth": "12/5/2016",
        "sex": "f",
        "identity_verified_on": "20/4/2024",
        "version": 1,
    }
    page = as_(an).post(edit, {**values, "identity_number": "0313"})
    assert page.status_code == 200 and "để trống ngày này" in page.content.decode()
    assert as_(an).post(edit, {**values, "identity_number": "031316001234"}).status_code == 302
    assert as_(an).post(edit, {**values, "identity_number": "0313", "version": 2}).status_code == 302
    child.refresh_from_db()
    assert (child.identity_number, child.identity_verified_on) == ("0313", None)
