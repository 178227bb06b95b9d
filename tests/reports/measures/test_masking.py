"""Small sensitive numbers on a screen, and that no difference of what is shown gives a masked one away."""

import random
from fractions import Fraction

import pytest

from reports import measures
from reports.models import ZeroConfirmation
from tests import factories as make

CELLS = ("", "sex=m", "sex=f", "form=violence", "form=sexual")


def abuse(unit, sex="m", form="violence", times=1, protected=True):
    for _ in range(times):
        child = make.child(unit, sex=sex)
        file = make.protected_file(child, unit) if protected else None
        make.incident(unit, "abuse", children=[(child, {"form": form})], protected_file=file)


def confirm(unit, window, by, code="XH-01"):
    ZeroConfirmation.objects.create(
        unit=unit, code=code, data_from=window.data_from, cutoff=window.cutoff, checked_with="Công an", confirmed_by=by
    )


@pytest.fixture
def seen(window):
    """`seen(officer, unit)` → the masked table of the unit."""
    return lambda officer, unit: measures.masked(measures.count([unit], window, by=("sex", "form", "group")), officer)


def test_who_may_see_every_row_sees_the_number_and_a_colleague_with_less_does_not(ward, an, binh, seen):
    abuse(ward)
    assert seen(an, ward).figure("XH-01", ward).text == "1"
    hidden = seen(binh, ward).figure("XH-01", ward)
    assert (hidden.masked, hidden.numerator, hidden.value, hidden.text, hidden.counts) == (True, None, None, "***", "")


def test_what_is_computed_from_a_masked_number_is_masked_too(ward, dung, seen):
    abuse(ward)
    table = seen(dung, ward)
    assert table.figure("XH-02", ward).masked and table.figure("XH-04", ward).masked


def test_groups_of_sensitive_circumstances_are_masked_and_the_others_are_not(ward, dung, seen):
    child = make.child(ward)
    make.circumstance(child, "N05", protected_file=make.protected_file(child))
    make.circumstance(child, "N04")
    table = seen(dung, ward)
    assert table.figure("HC-01", ward, "group=N05").masked
    assert table.figure("HC-32", ward, "group=N05&flow=start").masked
    assert table.figure("HC-01", ward, "group=N04").numerator == 1


def test_five_are_shown(ward, dung, seen):
    abuse(ward, times=5)
    assert seen(dung, ward).figure("XH-01", ward).numerator == 5


def test_a_single_masked_ward_is_not_worked_out_from_the_district(ward, other_ward, district, an, dung, window, seen):
    abuse(ward, times=6), abuse(other_ward, times=2)
    table = seen(dung, district)
    assert [table.figure("XH-01", unit).masked for unit in (ward, other_ward, district)] == [True, True, False]
    assert table.figure("XH-01", district).numerator == 8


def test_the_other_sex_is_masked_beside_the_small_one(ward, dung, seen):
    abuse(ward, "m", times=6), abuse(ward, "f", times=1)
    table = seen(dung, ward)
    assert [table.figure("XH-01", ward, cell).masked for cell in ("", "sex=m", "sex=f")] == [False, True, True]


def test_what_the_district_holds_itself_is_not_worked_out_either(ward, district, dung, seen):
    abuse(ward, times=6)
    child = make.child(ward)
    file = make.protected_file(child)
    file.restricted, file.held_by = True, district
    file.save()
    make.incident(ward, "abuse", children=[(child, {"form": "violence"})], protected_file=file)
    table = seen(dung, district)
    assert table.figure("XH-01", ward).masked
    assert table.rest("XH-01", district) is None


def test_who_sees_no_children_sees_no_small_sensitive_number(ward, son, seen):
    abuse(ward, protected=False)
    assert seen(son, ward).figure("XH-01", ward).masked


@pytest.mark.parametrize("seed", range(6))
def test_no_masked_cell_is_solved_by_what_is_shown(ward, other_ward, district, dung, an, window, seen, seed):
    """Random numbers in units × sexes and units × forms: no masked cell is fixed by the sums that hold between the cells."""
    dice = random.Random(seed)
    for unit in (ward, other_ward):
        for sex in "mf":
            for form in ("violence", "sexual"):
                abuse(unit, sex, form, times=dice.choice((0, 0, 1, 2, 3, 6)))
        confirm(unit, window, an)
    units = (ward, other_ward, district)
    table = seen(dung, district)
    figures = {(unit.pk, cell): table.figure("XH-01", unit, cell) for unit in units for cell in CELLS}
    sums = [(figures_of, [(district.pk, cell)]) for cell in CELLS for figures_of in [[(ward.pk, cell), (other_ward.pk, cell)]]]
    for unit in units:
        for parts in (CELLS[1:3], CELLS[3:]):
            sums.append(([(unit.pk, part) for part in parts], [(unit.pk, "")]))
    for cell, figure in figures.items():
        if figure.masked:
            assert not solved(cell, figures, sums), cell


def solved(cell, figures, sums):
    """True when the equations among masked cells fix this one: its unit vector lies in the span of their rows."""
    unknown = [key for key, figure in figures.items() if figure.masked]
    rows = [[Fraction((key in left) - (key in right)) for key in unknown] for left, right in sums]
    return rank([*rows, [Fraction(key == cell) for key in unknown]]) == rank(rows)


def rank(rows):
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found
