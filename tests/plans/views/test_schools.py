"""A commune adds its schools; a school of the commune counts its pupils on a page of its own."""

import pytest
from django.urls import reverse

from childcare.units.models import Unit


def post(client, ward, name="Trường THCS Nam Sơn"):
    return client.post(reverse("school-add", args=[ward.public_id]), {"name": name})


def test_the_commune_adds_a_school_with_a_code_of_its_own(as_, an, ward):
    for name in ("Trường THCS Nam Sơn", "Trường Mầm non Hoa Sen"):
        assert post(as_(an), ward, name).status_code == 302
    first, second = Unit.objects.filter(parent=ward, kind="school").order_by("code")
    assert (first.code, second.code) == ("11437-S01", "11437-S02")
    assert first.path == f"{ward.path}{first.pk}." and first.valid_from == ward.valid_from


def test_the_same_school_is_not_added_twice(as_, an, ward):
    post(as_(an), ward)
    assert post(as_(an), ward, "trường thcs nam sơn").status_code == 409
    assert Unit.objects.filter(parent=ward, kind="school").count() == 1


@pytest.mark.parametrize(("who", "status"), [("an", 302), ("quan", 302), ("binh", 403), ("lan", 403), ("chi", 404)])
def test_who_may_add_a_school(who, status, request, as_, ward):
    assert post(as_(request.getfixturevalue(who)), ward).status_code == status
    assert Unit.objects.filter(parent=ward, kind="school").exists() == (status == 302)


def test_the_page_of_a_school_leads_to_its_pupils_for_who_may_see_figures(as_, an, quan, school):
    address = reverse("unit", args=[school.public_id])
    assert "Học sinh theo lớp" in as_(an).get(address).content.decode()
    assert "Học sinh theo lớp" not in as_(quan).get(address).content.decode()
