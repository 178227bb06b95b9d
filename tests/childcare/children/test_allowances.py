"""What the recorded data point to, worked out by hand over changes of the rate, of age and of circumstance."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.children import allowance_endings, allowance_missing, allowances, history
from childcare.children.actions import allowances as actions
from childcare.children.models import AllowanceRate
from tests import factories as f
from tests import people

pytestmark = pytest.mark.django_db
ON = people.TODAY  # 02/05/2024


def advice(child, officer, on=ON):
    known = allowances.known_of([child], officer, on)[child.pk]
    return allowances.advise(known, on, allowances.Rates(), allowances.Groups())


def told(child, officer, on=ON):
    """(code, coefficient, amount) or None."""
    best, _ = advice(child, officer, on)
    return best and (best.rate.code, best.rate.coefficient, best.rate.amount)


def orphan(ward, birth="12/05/2016", code="N01.3", **fields):
    child = f.child(ward, birth=birth, **fields)
    f.circumstance(child, code, since=date(2020, 1, 1))
    return child


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2021, 6, 30), None),
        (date(2021, 7, 1), 540_000),  # 1,5 × 360.000
        (date(2024, 6, 30), 540_000),
        (date(2024, 7, 1), 750_000),  # 1,5 × 500.000
        (date(2026, 6, 30), 750_000),
        (date(2026, 7, 1), 810_000),  # 1,5 × 540.000
    ],
)
def test_an_orphan_of_four_or_more_gets_the_rate_of_the_day(an, ward, on, amount):
    child = orphan(ward, "12/05/2014")
    assert told(child, an, on) == (amount and ("A2", Decimal("1.5"), amount))


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("03/05/2020", ("A1", Decimal("2.5"), 900_000)),  # four tomorrow
        ("02/05/2020", ("A2", Decimal("1.5"), 540_000)),  # four today
        ("03/05/2008", ("A2", Decimal("1.5"), 540_000)),  # sixteen tomorrow
        ("02/05/2008", None),  # sixteen today
        ("29/02/2020", ("A2", Decimal("1.5"), 540_000)),
    ],
)
def test_the_birthday_itself_counts(an, ward, birth, expected):
    assert told(orphan(ward, birth), an) == expected


def test_who_was_born_on_the_29th_of_february_is_sixteen_on_the_1st_of_march(an, ward):
    child = orphan(ward, "29/02/2008")
    assert told(child, an, date(2024, 2, 28)) and told(child, an, date(2024, 2, 29)) is None
    child = orphan(ward, "29/02/2020")
    assert told(child, an, date(2024, 2, 28))[0] == "A1" and told(child, an, date(2024, 2, 29))[0] == "A2"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("N02.1", "A2"), ("N03.1", "A2"), ("N03.10", "A2"), ("N03.7", None), ("N03.11", None), ("N03.12", None),
        ("N04.1", "A7"), ("N04.2", "A8"), ("N04.3", None), ("N08.2", None), ("N01", "A2"),
    ],
)  # fmt: skip
def test_the_group_alone_decides_nothing_but_what_the_case_of_the_law_says(an, ward, code, expected):
    found = told(orphan(ward, code=code), an)
    assert (found and found[0]) == expected


def test_the_highest_coefficient_alone(an, ward):
    child = orphan(ward)
    f.circumstance(child, "N04.1", paper="GXN 12")
    best, beside = advice(child, an)
    assert (best.rate.code, best.rate.amount, best.doubts) == ("A7", 900_000, ())  # 2,5 before 1,5
    assert [line.rate.code for line in beside] == ["C2"]


def test_a_disability_without_its_certificate_is_doubtful(an, ward):
    best, _ = advice(orphan(ward, code="N04.2"), an)
    assert best.rate.amount == 720_000 and "giấy xác nhận" in best.doubts[0]  # 2,0 × 360.000


def test_hiv_counts_in_a_poor_household_only_and_only_for_who_may_know(an, binh, ward):
    house = f.household(ward)
    child = f.child(ward, birth="12/05/2016", house=house)
    f.circumstance(child, "N05", protected_file=f.protected_file(child, unit=ward))
    assert told(child, an) is None
    f.poverty(house, "near")
    assert told(child, an) is None
    house.poverty.update(level="poor")
    assert told(child, an) == ("A5", Decimal("2.0"), 720_000)
    assert told(child, binh) is None
    assert told(child, an, date(2025, 5, 2)) is None  # no class of that year is recorded


def test_a_circumstance_holds_from_its_first_to_its_last_day(an, ward):
    child = f.child(ward, birth="12/05/2014")
    f.circumstance(child, "N01.3", since=date(2024, 1, 10), until=date(2024, 5, 1))
    assert told(child, an, date(2024, 1, 9)) is None and told(child, an, date(2024, 1, 10))
    assert told(child, an, date(2024, 4, 30)) and told(child, an, date(2024, 5, 1)) is None


def test_a_birth_date_that_is_not_known_to_the_day_is_said(an, ward):
    best, _ = advice(orphan(ward, "2014"), an)
    assert "chưa rõ ngày sinh" in best.doubts
    assert told(f.child(ward, birth=None), an) is None


def test_a_province_may_pay_more_and_never_less(an, quan, ward):
    province = people.unit(people.HAI_PHONG)
    actions.add_period(by=quan, valid_from=date(2024, 3, 1), base=Decimal(400_000), legal_basis="NQ HĐND", unit=province)
    child = orphan(ward, "12/05/2014")
    assert told(child, an, date(2024, 2, 29))[2] == 540_000
    assert told(child, an) == ("A2", Decimal("1.5"), 600_000)  # 1,5 × 400.000
    assert told(child, an, date(2024, 7, 1))[2] == 750_000  # the national 500.000 is higher


def test_unverified_rows_say_so(an, ward):
    child = orphan(ward, "12/05/2014")
    assert advice(child, an)[0].rate.verified
    assert not advice(child, an, date(2024, 7, 1))[0].rate.verified
    assert AllowanceRate.objects.filter(code="A2").count() == 3


def panel_of(child, officer):
    return history.of_child(child, officer=officer, on=ON)["allowance"]


def test_a_voided_or_ended_row_says_nothing_on_the_page(an, ward):
    child = f.child(ward, birth="12/05/2014")
    f.circumstance(child, "N01.3", until=date(2024, 5, 2))
    f.circumstance(child, "N02.1", voided_at="2024-04-01T00:00:00+07:00", void_reason="nhầm")
    f.circumstance(child, "N03.1", since=date(2024, 5, 3))
    assert panel_of(child, an) is None


def test_the_panel_tells_what_runs_and_whether_it_differs(an, ward):
    child = orphan(ward, "12/05/2014")
    panel = panel_of(child, an)
    assert panel["best"].money == "hệ số 1,5 × 360.000 đ = 540.000 đ" and not panel["running"]
    f.support(child, "S01", running=True, per="month", allowance_code="A1")
    assert panel_of(child, an)["differs"]
    assert panel_of(f.child(ward), an) is None


def unpaid(officer, ward, on=ON):
    return set(allowance_missing.unpaid(officer, ward, on).values_list("pk", flat=True))


def test_who_seems_entitled_and_has_no_running_allowance(an, binh, chi, ward):
    without, paid, once, old = (orphan(ward, "12/05/2014") for _ in range(4))
    f.support(paid, "S01", running=True)
    f.support(once, "S01", on=date(2024, 4, 1))  # paid once, nothing runs
    f.support(old, "S01", ended_on=date(2024, 4, 1))
    orphan(ward, "01/01/2007")  # seventeen
    orphan(ward, code="N03.7")
    gone = orphan(ward)
    gone.residing = False
    gone.save()
    assert unpaid(an, ward) == unpaid(binh, ward) == {without.pk, once.pk, old.pk}
    assert unpaid(chi, ward) == set()


def test_what_an_officer_may_not_see_neither_lists_nor_takes_off(an, binh, ward):
    house = f.household(ward)
    child = f.child(ward, birth="12/05/2016", house=house)
    f.poverty(house)
    file = f.protected_file(child, unit=ward)
    f.circumstance(child, "N05", protected_file=file)
    assert unpaid(an, ward) == {child.pk} and unpaid(binh, ward) == set()
    other = orphan(ward, "12/05/2014")
    f.support(other, "S01", running=True, protected_file=f.protected_file(other, unit=ward))
    assert unpaid(an, ward) == {child.pk} and unpaid(binh, ward) == {other.pk}


def endings(officer, ward, until=date(2024, 7, 1), on=ON):
    return [(line.child, line.day, line.why) for line in allowance_endings.endings(officer, ward, on, until)]


def granted(child, code="A2", since=date(2022, 1, 1), **fields):
    return f.support(child, "S01", on=since, running=True, per="month", allowance_code=code, **fields)


def test_steps_of_age_are_told_ahead_and_until_they_are_written_down(an, ward):
    four, sixteen, later, past = (orphan(ward, day) for day in ("01/07/2020", "01/07/2008", "02/07/2008", "10/04/2008"))
    granted(four, "A1")
    for child in (sixteen, later, past):
        granted(child)
    assert endings(an, ward) == [
        (past.pk, date(2024, 4, 10), "đủ 16 tuổi"),
        (four.pk, date(2024, 7, 1), "đủ 4 tuổi"),
        (sixteen.pk, date(2024, 7, 1), "đủ 16 tuổi"),
    ]


def test_a_student_is_told_of_at_twenty_two(an, ward):
    young, old = orphan(ward, "01/01/2007"), orphan(ward, "01/06/2002")
    granted(young, "A3")
    granted(old, "A3")
    assert endings(an, ward) == [(old.pk, date(2024, 6, 1), "đủ 22 tuổi")]


def test_a_disabled_child_has_no_step_at_four(an, ward):
    granted(orphan(ward, "01/06/2020", code="N04.1"), "A7")
    assert endings(an, ward) == []


def test_an_allowance_written_down_without_its_row_is_told_for_a_year(an, ward):
    new, old = orphan(ward, "01/03/2020"), orphan(ward, "01/03/2018")
    for child in (new, old):
        f.support(child, "S01", on=date(2021, 1, 1), running=True)
    assert endings(an, ward) == [(new.pk, date(2024, 3, 1), "đủ 4 tuổi")]


def test_the_end_of_the_circumstance_ends_the_allowance(an, ward):
    child = f.child(ward, birth="12/05/2014")
    f.circumstance(child, "N01.3", until=date(2024, 4, 1))
    granted(child)
    assert endings(an, ward) == [(child.pk, date(2024, 4, 1), "hoàn cảnh đã kết thúc")]
    f.circumstance(child, "N04.2", since=date(2024, 3, 1))
    assert endings(an, ward) == []


def test_without_a_row_that_he_may_see_nobody_learns_that_something_is_hidden(an, binh, ward):
    child = f.child(ward, birth="12/05/2014")
    f.circumstance(child, "N05", until=date(2024, 4, 1), protected_file=f.protected_file(child, unit=ward))
    granted(child, "A8")
    assert len(endings(an, ward)) == 1 and endings(binh, ward) == []
