"""The page "Nhân lực và tổ chức": what is there, what is missing, the sums of a district."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db


def page(client, unit):
    return client.get(reverse("staffing", args=[unit.public_id])).content.decode()


def test_an_empty_ward_is_told_what_to_enter(as_, an, ward):
    found = page(as_(an), ward)
    assert "Chưa ghi ai." in found and "Chưa có tổ dân phố nào trong danh mục." in found
    assert reverse("staff-paste", args=[ward.public_id]) in found


def test_what_is_there_and_which_hamlet_has_nobody(as_, an, ward):
    first, second = f.hamlet(ward, "Tổ dân phố 1"), f.hamlet(ward, "Tổ dân phố 2")
    staffing.post(first)
    found = page(as_(an), ward)
    assert "1 người" in found and "Tổ dân phố 2 chưa có cộng tác viên." in found
    assert f"?noi={second.public_id}" in found and "Tổ dân phố 1 chưa có" not in found


def test_people_with_an_account_who_are_not_in_the_list_are_offered(as_, an, binh, ward):
    assert "2 người có tài khoản" in page(as_(an), ward)


def test_a_leader_reads_without_buttons(as_, lan, an, ward):
    found = page(as_(lan), ward)
    assert "Đưa vào danh sách" not in found and "Dán danh sách" not in found


def test_a_district_sees_its_wards_and_their_sum(as_, dung, ward):
    hamlet = f.hamlet(ward, "Tổ dân phố 1")
    f.hamlet(ward, "Tổ dân phố 2")
    staffing.post(hamlet)
    found = page(as_(dung), ward.parent)
    assert "Phường Nam Sơn" in found and "Cộng" in found and found.count("1/2") == 2


def test_strangers_and_people_without_the_right(as_, chi, binh, ward):
    address = reverse("staffing", args=[ward.public_id])
    assert as_(chi).get(address).status_code == 404
    assert as_(binh).get(address).status_code == 403


def test_ones_own_page_is_found_without_its_address(as_, an, ward):
    assert as_(an).get(reverse("staffing-own")).url == reverse("staffing", args=[ward.public_id])
