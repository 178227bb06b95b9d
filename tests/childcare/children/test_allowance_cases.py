"""A3, A6 and A9: the rows of the table that no group of circumstances tells of, each with its ages worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from childcare.children import allowances
from childcare.children.actions import allowances as actions
from childcare.children.models import Caregiver, HardArea
from childcare.lib.refusal import Refusal
from tests import factories as f
from tests import people
from tests.childcare.children.test_allowances import advice, orphan, told, unpaid

pytestmark = pytest.mark.django_db
ON = people.TODAY  # 02/05/2024


def poor(ward, birth, level="poor", **fields):
    house = f.household(ward)
    f.poverty(house, level)
    return f.child(ward, birth=birth, house=house, **fields)


def area(ward, since=date(2024, 1, 1), **fields):
    return HardArea.objects.create(unit=ward, valid_from=since, legal_basis="QĐ 861/QĐ-TTg", **fields)


def parent_of(child, relation="mother", **fields):
    return Caregiver.objects.create(child=child, name="Lê Thị Mẹ", relation=relation, **fields)


def beside(child, officer, on=ON):
    return [(line.rate.code, line.rate.amount) for line in advice(child, officer, on)[1]]


def student(ward, birth, *, code="A2", until=None, **fields):
    child = f.child(ward, birth=birth, **{"schooling": "Trung học phổ thông", **fields})
    f.support(child, "S01", on=date(2020, 1, 1), allowance_code=code, running=until is None, ended_on=until)
    return child


@pytest.mark.parametrize(
    ("birth", "level", "expected"),
    [
        ("03/05/2021", "poor", ("A9", Decimal("1.5"), 540_000)),  # three tomorrow
        ("02/05/2021", "poor", None),  # three today
        ("01/05/2024", "near", ("A9", Decimal("1.5"), 540_000)),
        ("03/05/2021", "other", None),
    ],
)
def test_a_poor_child_under_three_in_a_hard_area(an, ward, birth, level, expected):
    child = poor(ward, birth, level)
    assert told(child, an) is None
    area(ward)
    assert told(child, an) == expected


def test_who_is_in_clause_one_three_or_six_gets_that_and_not_a9(an, ward):
    area(ward)
    child = poor(ward, "03/05/2021")
    f.circumstance(child, "N04.2", since=date(2023, 1, 1), paper="giấy số 3")
    assert told(child, an)[0] == "A8"


def test_an_area_holds_from_its_first_to_its_last_day(an, ward):
    area(ward, date(2024, 5, 2), valid_to=date(2024, 5, 3))
    child = poor(ward, "03/05/2021")
    assert [bool(told(child, an, date(2024, 5, day))) for day in (1, 2, 3)] == [False, True, False]


@pytest.mark.parametrize(
    ("birth", "on", "expected"),
    [
        ("02/05/2008", ON, "A3"),  # sixteen today
        ("03/05/2008", ON, None),  # sixteen tomorrow: nothing but what the circumstance says, and there is none
        ("03/05/2002", ON, None),  # the allowance began when he was seventeen
        ("03/01/2006", date(2028, 1, 2), "A3"),  # twenty-two tomorrow
        ("02/01/2006", date(2028, 1, 2), None),  # twenty-two today
    ],
)
def test_who_had_it_when_he_became_sixteen_has_it_on_while_he_studies(an, ward, birth, on, expected):
    child = student(ward, birth)
    best, _ = advice(child, an, on)
    assert (best and best.rate.code) == expected


@pytest.mark.parametrize(
    ("fields", "expected", "doubts"),
    [
        ({"schooling": "Học nghề"}, "A3", ()),
        ({"schooling": ""}, "A3", ("chưa ghi đang học ở đâu: chỉ hưởng tiếp khi còn đang học",)),
        ({"schooling": "Bỏ học"}, None, None),
        ({"code": "A7"}, None, None),
        ({"until": date(2024, 1, 2)}, "A3", ()),  # ended on the birthday: held on the day before
        ({"until": date(2024, 1, 1)}, None, None),  # ended before
    ],
    ids=["trade", "unknown", "left", "other row", "to the birthday", "before it"],
)
def test_it_hangs_on_clause_one_and_on_the_school(an, ward, fields, expected, doubts):
    best, _ = advice(student(ward, "02/01/2008", **fields), an)
    assert (best and best.rate.code) == expected and (best is None or best.doubts == doubts)


def test_a_poor_mother_alone_gets_a_share_for_the_child_beside_what_the_child_gets(an, ward):
    child = poor(ward, "12/05/2016", "near")
    assert beside(child, an) == []
    parent_of(child)
    assert beside(child, an) == [("A6", 360_000)] and told(child, an) is None
    f.circumstance(child, "N04.1", since=date(2023, 1, 1), paper="giấy số 3")
    assert told(child, an)[0] == "A7" and beside(child, an) == [("C3", 360_000), ("A6", 360_000)]
    assert "chưa có vợ, chồng" in advice(child, an)[1][1].doubts[0]


def test_both_parents_no_poverty_or_sixteen_without_school_is_no_single_parent(an, ward):
    both, rich, old, pupil = poor(ward, "12/05/2016"), f.child(ward), poor(ward, "12/05/2007"), poor(ward, "12/05/2007")
    type(pupil).objects.filter(pk=pupil.pk).update(schooling="Trung học phổ thông")
    pupil.refresh_from_db()
    for child in (both, rich, old, pupil):
        parent_of(child)
    parent_of(both, "father")
    assert [bool(beside(child, an)) for child in (both, rich, old, pupil)] == [False, False, False, True]


def test_a_child_orphaned_of_one_parent_is_raised_by_one(an, ward):
    child = poor(ward, "12/05/2016")
    f.circumstance(child, "L08", since=date(2023, 1, 1))
    assert beside(child, an) == [("A6", 360_000)]


def test_a_carer_whom_the_officer_may_not_see_tells_him_nothing(an, binh, ward):
    child = poor(ward, "12/05/2016")
    parent_of(child, protected_file=f.protected_file(child, unit=ward))
    assert beside(child, an) and not beside(child, binh)


def test_the_list_of_who_is_missing_holds_them_until_it_is_paid(an, ward):
    area(ward)
    small, alone, pupil = (
        poor(ward, "01/01/2023"),
        poor(ward, "12/05/2016"),
        student(ward, "02/01/2008", until=date(2024, 1, 2)),
    )
    parent_of(alone)
    student(ward, "02/01/2008", until=date(2023, 1, 1))  # ended before sixteen
    assert unpaid(an, ward) == {small.pk, alone.pk, pupil.pk}
    f.support(alone, "S01", running=True, allowance_code="A6")
    f.support(small, "S01", running=True, allowance_code="A9")
    assert unpaid(an, ward) == {pupil.pk}


def test_a_share_of_the_parent_does_not_hide_that_the_child_gets_nothing(an, ward):
    child = orphan(ward, "12/05/2014")
    f.support(child, "S01", running=True, allowance_code="A6")
    assert unpaid(an, ward) == {child.pk}


def test_the_page_of_the_child_and_the_list_say_the_same(as_, an, ward):
    child = poor(ward, "12/05/2016")
    parent_of(child)
    page = as_(an).get(reverse("child", args=[child.public_id])).content.decode()
    line = as_(an).get(reverse("allowance-unpaid")).content.decode()
    assert "Người đơn thân nghèo" in page and "Ghi quyết định trợ cấp" in page and "Người đơn thân nghèo" in line


def test_the_administrator_writes_down_the_hard_areas(as_, an, quan, ward):
    values = {"unit": ward.code, "valid_from": "1/1/2024", "legal_basis": "QĐ 861/QĐ-TTg"}
    assert as_(an).post(reverse("allowance-area-add"), values).status_code == 403
    page = as_(quan).post(reverse("allowance-area-add"), values, follow=True).content.decode()
    assert ward.name in page and "QĐ 861/QĐ-TTg" in page
    page = as_(quan).post(reverse("allowance-area-add"), values).content.decode()
    assert "đã ghi là vùng đặc biệt khó khăn" in page
    row = HardArea.objects.get()
    as_(quan).post(reverse("allowance-area", args=[row.public_id]), {"last_day": "30/4/2024"})
    row.refresh_from_db()
    assert row.valid_to == date(2024, 5, 1)
    wrong = as_(quan).post(reverse("allowance-area-add"), {**values, "unit": "00000"}).content.decode()
    assert "Không có xã, phường, thôn nào mang mã này" in wrong


def test_the_last_day_lies_after_the_first(quan, ward):
    with pytest.raises(Refusal, match="trước ngày bắt đầu"):
        actions.end_area(area=area(ward), by=quan, last_day=date(2023, 12, 31))


def test_what_they_hang_on_is_asked_once_for_a_page(an, ward, django_assert_max_num_queries):
    children = [poor(ward, "12/05/2016") for _ in range(12)]
    children = list(type(children[0]).objects.filter(pk__in=[child.pk for child in children]).select_related("unit"))
    with django_assert_max_num_queries(9):
        allowances.known_of(children, an, ON)
