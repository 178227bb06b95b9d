"""Who is proposed as one child, how surely, and in which words; who is not. Worked out by hand from the table of points."""

from dataclasses import replace
from datetime import date

import pytest

from childcare.children import pairing
from childcare.children.pairing import LIKELY, POSSIBLE, Person
from childcare.lib.vietnamese import fold


def one(key=1, name="Nguyễn Thị Hoà", born=date(2016, 5, 12), mother="Trần Thị Lan", **more):
    return Person(key, name, fold(name), born, born, born is not None, mother=fold(mother), **more)


def two(**changes):
    """A child and its double with some changes."""
    return pairing.compare(one(), one(key=2, **changes))


def told(pair):
    return pairing.words(pair.reasons)[0]


def test_the_same_name_birth_and_mother_are_very_likely_one():
    pair = two(name="nguyễn thị hoà")
    assert pair.score == 75 >= LIKELY and told(pair) == "cùng họ tên, ngày sinh, tên mẹ"


def test_name_and_birth_alone_are_possible_and_another_mother_makes_two_children():
    assert two(mother="").score == 55 >= POSSIBLE
    assert two(mother="Lê Thị Mai").score < POSSIBLE


def test_a_birthday_with_day_and_month_changed_over_is_told():
    pair = two(born=date(2016, 12, 5))
    assert pair.score == 70 and "ngày sinh đảo ngày/tháng" in told(pair)


def test_another_year_of_birth_on_the_same_day_is_told_but_not_for_first_of_january():
    assert "birth_year" in two(born=date(2015, 5, 12)).reasons
    a, b = one(born=date(2016, 1, 1)), one(key=2, born=date(2015, 1, 1))
    assert "birth_differs" in pairing.compare(a, b).reasons


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("031216001234", "number_same"), ("31216001234", "number_zero"), ("031216001235", "number_digit"),
        ("031216001243", "number_swap"), ("031216009999", "number_differs"), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_compared_digit_by_digit(other, code):
    reasons = pairing.compare(one(number="031216001234"), one(key=2, number=other)).reasons
    assert [reason for reason in reasons if reason.startswith("number")] == ([code] if code else [])


def test_a_number_that_both_hold_is_shown_whatever_else_differs():
    a = one(number="031216001234")
    pair = pairing.compare(
        a, replace(one(key=2, name="Lê Văn Bình", mother="Phạm Thị Na", born=date(2012, 1, 9)), number=a.number)
    )
    assert pair.score >= LIKELY and not pair.twins
    assert pairing.words(pair.reasons) == ("trùng số định danh", "khác họ tên, ngày sinh, tên mẹ")


def test_a_name_with_one_letter_or_one_word_less_is_near():
    assert "name_near" in two(name="Nguyễn Hoà").reasons
    assert "name_near" in two(name="Nguyễn Thị Hoài").reasons
    assert "name_differs" in two(name="Nguyễn Văn Hào").reasons


def test_only_a_year_of_birth_fits_a_day_of_that_year():
    year = Person(2, "Nguyễn Thị Hoà", "nguyen thi hoa", date(2016, 1, 1), date(2016, 12, 31), False)
    pair = pairing.compare(one(), year)
    assert "birth_part" in pair.reasons and "năm sinh phù hợp" in told(pair)


def test_brother_and_sister_of_one_birth_are_twins_and_not_proposed_as_one():
    pair = pairing.compare(one(sex="f"), one(key=2, name="Nguyễn Văn Hào", sex="m"))
    assert pair.twins and pair.score < POSSIBLE


def test_twins_whose_names_differ_in_their_tones_are_twins_when_one_has_the_tick():
    a, b = one(name="Nguyễn Minh Anh", twin=True), one(key=2, name="Nguyễn Minh Ánh")
    assert pairing.compare(a, b).twins
    assert not pairing.compare(a, replace(a, key=2)).twins, "the very same name twice is one child typed twice"


def test_a_newborn_without_a_name_and_the_named_child_of_the_household_are_possible():
    pair = pairing.compare(
        one(house=7), Person(2, "", "", date(2016, 5, 12), date(2016, 5, 12), True, mother="tran thi lan", house=7)
    )
    assert pair.score == 55 and not pair.twins


def test_pairs_are_found_by_shared_keys_the_surest_first_each_once():
    people = [
        one(1, number="031216001234"), one(2, number="031216001234"),
        one(3, name="Lê Văn Bình", mother=""), one(4, name="Lê Văn Bình", mother=""), one(5, name="Không Ai Giống", mother=""),
    ]  # fmt: skip
    assert [(pair.first.key, pair.second.key) for pair in pairing.pairs(people)] == [(1, 2), (3, 4)]


def test_the_digest_changes_with_what_identifies_a_child_and_with_nothing_else():
    assert two().basis == two(phone="0912", house=3).basis
    for change in (
        {"name": "Nguyễn Thị Hoa"},
        {"born": date(2016, 5, 13)},
        {"mother": ""},
        {"number": "031216001234"},
        {"twin": True},
    ):
        assert two().basis != two(**change).basis, change


def test_a_row_of_the_registry_becomes_a_person():
    row = (
        9,
        "Trần Nam",
        "tran nam",
        date(2016, 1, 1),
        date(2016, 12, 31),
        "year",
        "m",
        "0000000",
        "Lê Thị Đào",
        "",
        None,
        "0912.345",
        True,
    )
    person = pairing.person(row)
    assert (person.number, person.exact, person.mother, person.phone, person.twin) == ("", False, "le thi dao", "0912345", True)
