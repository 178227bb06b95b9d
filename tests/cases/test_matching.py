"""Whom a case may concern: numbers everywhere, names where they tell enough, and what is read out of a told text."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import matching
from cases.actions import intake, secrecy
from cases.models import DeclaredPerson
from childcare.children.models import Caregiver
from tests import factories, people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db


def declare(officer, **values):
    values = {"relation": "kin", "name": "", "identity": "", "phone": "", "born": None, **values}
    return secrecy.declare(by=officer, once=uuid.uuid4(), **values)


def barred(case):
    return set(secrecy.excluded_from(case.protected_file).values_list("officer__username", flat=True))


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0912 345 678", "0912345678"), ("+84 912.345.678", "0912345678"), ("84912345678", "0912345678"),
        ("031 0 90 001234", "031090001234"), ("12345", ""), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_the_digits_of_a_number_as_they_are_compared(typed, digits):
    assert matching.digits_of(typed) == digits


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ông Tuấn, đt 0912 345 678", {"0912345678"}),
        ("0912345678 031090001234", {"0912345678", "031090001234"}),
        ("gọi +84.912.345.678 nhé", {"0912345678"}),
        ("nhà số 12 ngõ 5, sinh 1990", set()),
    ],
)
def test_the_numbers_in_a_told_text(text, numbers):
    assert numbers <= matching.numbers_in(text) and bool(numbers) == bool(matching.numbers_in(text))


def test_declared_numbers_match_wherever_the_officer_works(an, chi, son):
    declare(chi, identity="031090001234")
    declare(son, phone="0987 654 321")
    assert barred(make.received(an, suspect="ông Tuấn, CCCD 031 090 001234, máy 0987654321")) == {"chi", "son"}


def test_a_suspect_without_any_declared_number_or_name_excludes_nobody(an, lan, chi):
    declare(lan, name="Phạm Văn Tuấn", phone="0911111111")
    case = make.received(an, suspect="Lê Văn Tuấn, 0922222222")
    assert not barred(case) and not case.protected_file.restricted


def test_a_name_counts_in_the_commune_and_above_only_with_the_year_of_birth(an, lan, dung, chi):
    for officer in (lan, dung, chi):
        declare(officer, name="Phạm Văn Tuấn", born=1980)
    assert barred(make.received(an, suspect="anh Phạm Văn Tuấn hàng xóm")) == {"lan"}
    assert barred(make.received(an, suspect="anh Phạm Văn Tuấn, sinh 1980")) == {"lan", "dung"}
    assert barred(make.received(an, suspect="anh Phạm Văn Tuấn, sinh 1975")) == set()


def test_a_name_is_not_found_inside_a_longer_one_and_a_single_word_is_no_name(an, lan):
    declare(lan, name="Văn Tuấn")
    declare(lan, name="Tuấn")
    assert barred(make.received(an, suspect="Phạm Vân Tuấn Anh")) == {"lan"}  # whole words, tones apart
    assert barred(make.received(an, suspect="Tuấn")) == set()


def test_the_officer_himself_is_found_by_the_name_and_the_telephone_of_his_account(an, lan):
    assert barred(make.received(an, suspect="bà Phạm Thị Lan ở ủy ban")) == {"lan"}
    lan.phone = "0933 333 333"
    lan.save()
    assert barred(make.received(an, suspect="chủ máy 0933333333")) == {"lan"}


def test_the_father_of_the_registry_is_meant_when_the_father_is_suspected(an, lan):
    declare(lan, relation="spouse", name="Trương Văn Bảo")
    child = make.child(father_name="Trương Văn Bảo")
    assert barred(make.received(an, child=child, suspect="hàng xóm")) == set()
    assert barred(make.received(an, child=child, suspect="bố đẻ đánh")) == {"lan"}


@pytest.mark.parametrize("where", ["house", "child", "carer", "sibling"])
def test_the_household_of_the_child_matches_by_any_number_in_it(an, lan, ward, where):
    house = factories.household(ward, "Trương Văn Bảo", phone="0944444444" if where == "house" else "")
    child = make.child(house=house, phone="0944444444" if where == "child" else "")
    if where == "carer":
        Caregiver.objects.create(child=child, name="Bảo", relation="father", phone="0944 444 444")
    if where == "sibling":
        factories.child(ward, "Trương Văn Em", house=house, identity_number="031219001234", identity_valid=True)
        declare(lan, relation="child", identity="031219001234")
    else:
        declare(lan, phone="0944444444")
    assert barred(make.received(an, child=child)) == {"lan"}


def test_the_household_of_the_suspects_telephone_is_looked_up(an, lan, ward):
    house = factories.household(ward, "Lê Văn Xấu", phone="0955555555")
    factories.child(ward, "Lê Thị Con", house=house, identity_number="031219009999", identity_valid=True)
    declare(lan, relation="child", identity="031219009999")
    assert barred(make.received(an, suspect="số 0955 555 555")) == {"lan"}


def test_a_child_linked_later_and_a_suspect_told_later_are_matched_too(an, lan, chi):

    declare(chi, identity="031219001111")
    case = make.received(an)
    intake.link(case=case, by=an, version=None, child=make.child(identity_number="031219001111", identity_valid=True))
    assert barred(case) == {"chi"}
    declare(lan, phone="0966666666")
    case = make.received(an)
    first = secrecy.suspect(case=case, by=an, version=None, once=uuid.uuid4(), name="Ai đó", phone="0966666660")
    assert barred(case) == set()
    secrecy.suspect(case=case, by=an, version=None, once=uuid.uuid4(), replaces=first, name="Ai đó", phone="0966666666")
    first.refresh_from_db()
    assert barred(case) == {"lan"} and first.voided_at


def test_what_is_declared_later_closes_the_cases_that_were_open(an, lan):
    case = make.received(an, suspect="máy 0977777777")
    declare(lan, phone="0977777777")
    assert barred(case) == {"lan"}
    case.protected_file.refresh_from_db()
    assert case.protected_file.restricted


def test_what_was_declared_is_encrypted_and_seen_by_nobody_else(an, lan, quan):

    declare(lan, name="Phạm Văn Tuấn", identity="031090001234", phone="0977777777")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_declaredperson")
        stored = str(cursor.fetchall())
    assert not any(part in stored for part in ("Tuấn", "031090001234", "0977777777"))
    assert not DeclaredPerson.objects.visible_to(an).exists() and not DeclaredPerson.objects.visible_to(quan).exists()
    assert DeclaredPerson.objects.visible_to(lan).count() == 1


def test_an_officer_who_left_is_still_matched_by_number_and_not_by_name(an, lan):
    declare(lan, name="Phạm Văn Tuấn", phone="0977777777")
    lan.appointments.update(ended_on=people.TODAY)
    assert barred(make.received(an, suspect="Phạm Văn Tuấn")) == set()
    assert barred(make.received(an, suspect="0977777777")) == {"lan"}


def test_the_matching_asks_the_same_number_of_questions_whether_somebody_is_found_or_not(an, lan, django_assert_num_queries):

    case = make.received(an, suspect="0977777777")
    with CaptureQueriesContext(connection) as before:
        assert not matching.involved(case)
    declare(lan, phone="0900000001")
    declare(lan, phone="0977777778")
    with django_assert_num_queries(len(before)):
        assert not matching.involved(case)
