"""Staff and training: every figure worked out by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from childcare.indicators.models import Indicator
from plans.actions import activities
from reports import manual, measures
from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlets(ward):
    return [f.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2, 3)]


@pytest.fixture
def staff(ward, hamlets):
    """One official, two collaborators in two of three hamlets, a security man, somebody who left in March."""
    return {
        "official": staffing.post(ward, "Lê Công", "official").staff,
        "one": staffing.post(hamlets[0], "Mai Một").staff,
        "two": staffing.post(hamlets[1], "Mai Hai").staff,
        "guard": staffing.post(hamlets[2], "Mai Ba", "security").staff,
        "gone": staffing.post(hamlets[2], "Mai Bốn", ended_on=date(2024, 3, 1)).staff,
    }


def test_hamlets_with_a_collaborator_over_all_hamlets(figure, staff):
    found = figure("NL-04")
    assert (found.numerator, found.denominator, found.text) == (2, 3, "66,7%")


def test_two_collaborators_of_one_hamlet_make_one_hamlet(figure, hamlets, staff):
    staffing.post(hamlets[0], "Mai Năm")
    assert figure("NL-04").numerator == 2


def test_a_collaborator_at_the_commune_serves_no_hamlet(figure, ward, staff):
    staffing.post(ward, "Mai Sáu")
    assert figure("NL-04").counts == "2/3"


def test_a_hamlet_asked_by_itself(figure, hamlets, staff):
    assert figure("NL-04", unit=hamlets[0]).counts == "1/1"
    assert figure("NL-04", unit=hamlets[2]).counts == "0/1"


def test_a_hamlet_beside_its_commune_is_known_as_soon_as_the_commune_has_a_list(ward, hamlets, window):
    staffing.post(hamlets[0])
    assert measures.count([ward], window).figure("NL-04", hamlets[1]).counts == "0/1"


def test_nobody_entered_is_missing_and_says_what_to_enter(figure, hamlets):
    for code in ("NL-01", "NL-02", "NL-04"):
        found = figure(code)
        assert found.missing and "Chưa ghi danh sách nhân lực" in found.note, code


def test_without_hamlets_there_is_no_share_of_them(figure, ward):
    staffing.post(ward, "Lê Công", "official")
    assert figure("NL-04").missing and "Chưa nhập thôn" in figure("NL-04").note


def test_a_person_trained_twice_counts_once_and_who_left_is_in_neither_number(figure, ward, staff):
    staffing.training(ward, "Lớp 1", came=[staff["official"], staff["one"], staff["gone"]])
    staffing.training(ward, "Lớp 2", on=date(2024, 4, 30), came=[staff["one"]])
    assert figure("NL-01").counts == "2/4"  # official, one of official, one, two, guard
    assert figure("NL-02").counts == "2/3"  # the guard is neither an official nor a collaborator
    assert figure("NL-02", "kind=collaborator").counts == "1/2"
    assert figure("NL-01", "kind=security").counts == "0/1"


def test_a_training_outside_the_window_does_not_count(figure, ward, staff):
    staffing.training(ward, on=date(2024, 5, 1), came=[staff["one"]])
    staffing.training(ward, on=date(2023, 10, 31), came=[staff["two"]])
    assert figure("NL-01").counts == "0/4"


def test_a_number_alone_is_luot_and_never_a_share(figure, ward, staff):
    staffing.training(ward, people=9)
    staffing.training(ward, people=7)
    found = figure("NL-01")
    assert found.missing and "16 lượt người ở 2 lớp" in found.note and "đánh dấu người dự" in found.note


def test_luot_stands_beside_the_share_when_others_are_known_by_name(figure, ward, staff):
    staffing.training(ward, people=9)
    staffing.training(ward, people=30, came=[staff["one"]])
    assert figure("NL-01").counts == "1/4" and "9 lượt người ở 1 lớp" in figure("NL-01").note


def test_a_voided_training_counts_nothing(figure, ward, staff, an):
    activity = staffing.training(ward, came=[staff["one"]])
    activities.void(activity=activity, by=an, version=1, reason="Ghi trùng")
    assert figure("NL-01").counts == "0/4"


def test_who_was_trained_by_the_district_counts_in_the_ward(figure, district, staff):
    staffing.training(district, came=[staff["one"], staff["two"]])
    assert figure("NL-02").counts == "2/3"


def test_the_district_adds_numerators_and_denominators_and_a_person_of_two_wards_counts_once(
    figure, district, other_ward, staff, ward
):
    other = f.hamlet(other_ward, "Tổ dân phố 1")
    staffing.post(other, staff=staff["one"])
    staffing.post(other, "Đỗ Một")
    staffing.training(ward, came=[staff["one"]])
    assert figure("NL-02", unit=district).counts == "1/4"  # official, one, two and Đỗ Một; not 2/5
    assert figure("NL-02", unit=other_ward).counts == "1/2"
    assert figure("NL-04", unit=district).counts == "3/4"  # wards without any hamlet tell nothing
    assert "2/" in figure("NL-04", unit=district).note


def test_lower_units_that_were_reached_by_a_training(figure, district, ward, other_ward, hamlets, staff):
    staffing.training(ward, came=[staff["one"]])
    found = figure("NL-03", unit=district)
    assert found.numerator == 1 and found.value == 1 and found.note == "1/10 đơn vị cấp dưới trực tiếp."
    staffing.training(other_ward, people=5)
    assert figure("NL-03", unit=district).numerator == 2
    assert figure("NL-03").numerator == 1  # of the ward's hamlets the one whose collaborator came
    assert figure("NL-03").note == "1/3 đơn vị cấp dưới trực tiếp."


def test_a_typed_figure_answers_while_nobody_is_in_the_list_and_the_list_afterwards(figure, ward, hamlets, window, an):
    manual.enter(
        by=an, unit=ward, indicator=Indicator.objects.get(code="NL-04"), data_from=window.data_from, cutoff=window.cutoff,
        origin="sector", source="UBND phường", numerator=1, denominator=2,
    )  # fmt: skip
    assert figure("NL-04").counts == "1/2"
    staffing.post(hamlets[0])
    assert figure("NL-04").counts == "1/3"


def test_counted_again_as_it_was_known_before(ward, hamlets, window, staff):
    before = timezone.now()
    staffing.post(hamlets[2], "Mai Sau")
    known = measures.Window(window.data_from, window.cutoff, known_at=before)
    assert measures.count([ward], known).figure("NL-04", ward).numerator == 2
    assert measures.count([ward], window).figure("NL-04", ward).numerator == 3


def test_the_people_behind_the_number_are_exactly_those(ward, window, staff, an, chi):
    staffing.training(ward, came=[staff["one"], staff["two"]])
    assert set(measures.rows("NL-01", ward, window)) == {staff["one"], staff["two"]}
    assert measures.openable(an, "NL-01", ward, window).count() == 2
    assert measures.openable(chi, "NL-01", ward, window) is None
    assert {row.name for row in measures.rows("NL-04", ward, window)} == {"Tổ dân phố 1", "Tổ dân phố 2"}


def test_a_board_that_asks_for_no_staff_pays_nothing_for_it(ward, window):
    with CaptureQueriesContext(connection) as asked:
        measures.count([ward], window).figure("DS-01", ward)
    assert not any("plans_staffpost" in query["sql"] for query in asked.captured_queries)
