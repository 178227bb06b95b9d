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


def unit_url(name, row):
    return reverse(name, args=[row.public_id])


@pytest.mark.parametrize("name", ["school-rename", "school-end"])
@pytest.mark.parametrize(
    ("who", "status"), [("an", 200), ("quan", 200), ("binh", 403), ("lan", 403), ("chi", 404), ("hoa", 403)]
)
def test_who_may_change_a_school(name, who, status, request, as_, school):
    assert as_(request.getfixturevalue(who)).get(unit_url(name, school)).status_code == status


def test_the_commune_renames_a_school_and_ends_it_by_the_pages(as_, an, hoa, school, other_school):
    assert unit_url("school-rename", school) in as_(an).get(unit_url("unit", school)).content.decode()
    page = as_(an).post(unit_url("school-rename", school), {"name": "Trường THCS Nguyễn Du", "on": "1/4/2024"}, follow=True)
    assert "từ nay mang tên Trường THCS Nguyễn Du" in page.content.decode()
    old, new = school, Unit.objects.get(name="Trường THCS Nguyễn Du")
    assert unit_url("school-rename", old) not in as_(an).get(unit_url("unit", old)).content.decode()
    bad = as_(an).post(unit_url("school-end", new), {"last": "x", "into": "nowhere"})
    assert bad.status_code == 200 and set(bad.context["form"].errors) == {"last", "into"}
    as_(an).post(unit_url("school-end", new), {"last": "30/4/2024", "into": str(other_school.public_id)})
    new.refresh_from_db()
    assert f"{new.valid_to:%d/%m/%Y}" == "01/05/2024"
    assert "Trường THCS Nguyễn Du (đến trước 01/05/2024)" in as_(an).get(unit_url("unit", school.parent)).content.decode()


def test_a_hamlet_is_no_school(as_, an, ward):
    hamlet = Unit.objects.create(code="11437-T77", kind="hamlet", name="Tổ dân phố 77", parent=ward, path=f"{ward.path}77777.")
    assert as_(an).get(unit_url("school-rename", hamlet)).status_code == 403
