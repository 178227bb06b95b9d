"""Quận Kiến An in half a year: on 01/01/2025 its ten wards become seven, on 01/07/2025 the district ends and two wards remain.

Who went where: NQ 1669/NQ-UBTVQH15 of 16/06/2025 (two published lists agree). What joined whom on 01/01/2025 is UNVERIFIED
(NQ 1232/NQ-UBTVQH15; the source says only that seven wards remained): the test takes the mapping of our units.csv.
The units are in the list already; the changes move what is recorded.
"""

from datetime import date

import pytest

from childcare.accounts.models import Appointment
from childcare.children.actions import placing
from childcare.children.models import Child, ProtectedFile, Residence
from childcare.units.models import Unit
from reports import integrity, measures
from tests import factories as f
from tests import people
from tests.unit_changes import carry_out, wards

pytestmark = pytest.mark.django_db
JANUARY, JULY = date(2025, 1, 1), date(2025, 7, 1)
YEAR_2024 = measures.Window(date(2023, 11, 1), date(2024, 10, 31))
YEAR_2025 = measures.Window(date(2024, 11, 1), date(2025, 10, 31))
FIRST = {"11428": 1, "11429": 1, "11449": 2, "11452": 2}  # Quán Trữ, Lãm Hà → Đồng Hòa; Phù Liễn, Tràng Minh → Bắc Hà


def faults():
    return [sentence for check in integrity.CHECKS for sentence in check()]


def january(quan):
    """The first change: two of the seven wards take in two each."""
    olds = wards(*FIRST)
    news = [("11431", "Phường Đồng Hòa", None), ("11449", "Phường Bắc Hà", None)]
    return carry_out(quan, olds, news, on=JANUARY, takes={unit: [FIRST[unit.code]] for unit in olds})


def july(quan):
    """The second change: the seven wards become two of Hải Phòng, the district ends."""
    both, second = [1, 2], [2]
    last = date(2025, 6, 30)
    parts = {code: both for code in ("11431", "11434", "11437", "11443", "11446")} | {"11440": second, "11449": second}
    takes = {Unit.objects.by_code(code, last): into for code, into in parts.items()}
    news = [("11443", "Phường Kiến An", None), ("11446", "Phường Phù Liễn", None)]
    return carry_out(quan, [*takes, Unit.objects.by_code("307", last)], news, on=JULY, takes=takes)


@pytest.fixture
def year(settings):
    """Everybody's day is after both changes."""
    settings.TRAINING_TODAY = "2025-07-02"


@pytest.fixture
def children(db):
    """One child in each of the ten wards of 2024, two in Nam Sơn."""
    codes = ["11428", "11429", "11431", "11434", "11437", "11437", "11440", "11443", "11446", "11449", "11452"]
    return [f.child(f.hamlet(ward, f"Tổ dân phố {number}"), ward.name) for number, ward in enumerate(wards(*codes))]


def test_ten_wards_then_seven_then_two(quan, dung, an, children, year):
    january(quan)
    assert Unit.objects.on(JANUARY).filter(parent__code="307", kind="commune").count() == 7
    dong_hoa, bac_ha = Unit.objects.by_code("11431", JANUARY), Unit.objects.by_code("11449", JANUARY)
    assert Child.objects.filter(unit__path__startswith=dong_hoa.path).count() == 3
    assert Child.objects.filter(unit__path__startswith=bac_ha.path).count() == 2
    july(quan)
    new, other = Unit.objects.by_code("11443", JULY), Unit.objects.by_code("11446", JULY)
    # Bắc Hà (2) and Ngọc Sơn (1) went whole to Phù Liễn; the 8 of the five split wards wait for a person.
    assert Child.objects.filter(unit__path__startswith=other.path).count() == 3
    assert not Child.objects.filter(unit__path__startswith=new.path).exists()
    assert Child.objects.filter(unit__name__startswith="Chưa xếp").count() == 8
    assert not Appointment.objects.on(date(2025, 7, 2)).filter(officer=dung).exists()
    assert new in [row.unit for row in people.Officer.objects.get(pk=an.pk).current_appointments]
    assert not faults()


def test_the_figures_of_both_years(quan, an, children, year):
    """2024 on its own wards: Nam Sơn 2, each other 1, the district 11. Recounted on the boundaries of 2025 after Nam Sơn was
    placed (both children in Kiến An): Kiến An 2, Phù Liễn 3, waiting 6, together 11. No flow counts any of it."""
    district = people.unit("307")
    f.circumstance(children[0], "N04")
    january(quan)
    change = july(quan)
    kien_an, phu_lien = Unit.objects.by_code("11443", JULY), Unit.objects.by_code("11446", JULY)
    line = change.ending.get(unit__code="11437")
    officer = people.Officer.objects.get(pk=an.pk)
    placing.place_children(line=line, rows=list(line.unplaced.values_list("pk", flat=True)), unit=kien_an, by=officer)

    then = measures.count([district], YEAR_2024)
    assert [then.figure("DS-01", unit).numerator for unit in (district, *wards("11437", "11428", "11449"))] == [11, 2, 1, 1]
    city = Unit.objects.by_code("31", JULY)
    now = measures.count([city], YEAR_2024, boundaries=date(2025, 10, 31))
    assert [now.figure("DS-01", unit).numerator for unit in (kien_an, phu_lien)] == [2, 3]
    assert now.rest("DS-01", city).numerator == 6 and now.figure("DS-01", city).numerator == 11
    flows = measures.count([city], YEAR_2025).figure
    got = [flows("HC-32", city, f"flow={part}").numerator for part in ("start", "in", "out", "end")]
    assert got == [1, 0, 0, 1]


def test_what_the_district_held_back_is_held_by_the_city(quan, an, dung, children, year):
    file = f.protected_file(children[4], unit=people.unit("11437"))
    ProtectedFile.objects.filter(pk=file.pk).update(restricted=True, held_by=people.unit("307"))
    july(quan)
    file.refresh_from_db()
    assert file.held_by == Unit.objects.by_code("31", JULY)


def test_every_residence_is_one_chain_without_a_gap(quan, children, year):
    january(quan)
    july(quan)
    for child in children:
        rows = list(Residence.objects.filter(child=child, voided_at=None).order_by("pk"))
        for one, other in zip(rows, rows[1:], strict=False):
            assert (one.ended_on, one.end_reason) == (other.started_on, other.start_reason) != (None, "")
        assert rows[-1].ended_on is None and len(rows) <= 3
