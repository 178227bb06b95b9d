"""The pages of a household as a whole: An may, Bình may not, Chi finds nothing."""

import pytest
from django.urls import reverse

from childcare.children.models import Child, Household, Transfer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(ward):
    place = factories.hamlet(ward, "Tổ dân phố 1")
    row = factories.household(place, "Nguyễn Văn Hào")
    for name in ("Anh", "Bình"):
        factories.child(place, f"Nguyễn Văn {name}", house=row)
    return row


def url(name, house):
    return reverse(name, args=[house.public_id])


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", ["household-split", "household-move", "household-head"])
def test_who_may_open_which_form(as_, an, binh, chi, house, name):
    assert [as_(who).get(url(name, house)).status_code for who in (an, binh, chi)] == [200, 403, 404]


def test_a_split_from_the_form_to_the_page_of_the_new_household(as_, an, house):
    child = Child.objects.first()
    post = {"version": "1", "children": [str(child.public_id)], "on": "10/4/2024", "head_name": "Nguyễn Văn Em"}
    post["unit"] = str(house.unit.public_id)
    page = text(as_(an).post(url("household-split", house), post, follow=True))
    assert "Tách hộ: từ hộ Nguyễn Văn Hào ra hộ Nguyễn Văn Em" in page and "Nguyễn Văn Anh vào hộ" in page
    assert "Nguyễn Văn Anh rời hộ" in text(as_(an).get(url("household", house)))


def test_a_stranger_of_another_household_is_not_split_off(as_, an, ward, house):
    stranger = factories.child(ward)
    post = {
        "version": "1",
        "children": [str(stranger.public_id)],
        "on": "10/4/2024",
        "head_name": "X",
        "unit": str(house.unit.public_id),
    }
    assert "children" in as_(an).post(url("household-split", house), post).context["form"].errors
    assert Household.objects.count() == 1


def test_the_whole_household_is_sent_to_another_ward(as_, an, chi, house):
    post = {
        "version": "1",
        "to": "Văn Đẩu",
        "on": "10/4/2024",
        "kind": "permanent",
        "note": "Cả nhà",
    }
    page = text(as_(an).post(url("household-move", house), post, follow=True))
    assert "với 2 trẻ đến Phường Văn Đẩu" in page
    assert Transfer.objects.waiting().count() == 2 and as_(chi).get(url("household", house)).status_code == 200


def test_another_head_stands_on_the_page_with_the_old_one_in_the_history(as_, an, house):
    post = {"version": "1", "head_name": "Lê Thị Mơ", "since": "10/4/2024", "reason": "Chủ hộ cũ mất"}
    page = text(as_(an).post(url("household-head", house), post, follow=True))
    assert "Đổi chủ hộ: Nguyễn Văn Hào → Lê Thị Mơ" in page and "Chủ hộ cũ mất" in page
