"""Pairs are found and kept, go when they are alike no more, and a judgement stays until a child changes."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from childcare.children.actions import duplicates, people
from childcare.children.models import DuplicatePair
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db
DISTINCT = DuplicatePair.State.DISTINCT


@pytest.fixture
def double(ward):
    """The same girl typed twice in two hamlets, and a boy who is like nobody."""
    rows = [
        factories.child(factories.hamlet(ward), "Nguyễn Thị Hoà", "12/05/2016", "f", mother_name="Trần Thị Lan")
        for _ in range(2)
    ]
    factories.child(ward, "Lê Văn Bình", "01/02/2014")
    return rows


def test_a_search_keeps_the_pair_and_a_second_one_finds_nothing_new(double, ward):
    assert duplicates.search(unit=ward) == 1
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.score, pair.twins) == (*double, 75, False)
    duplicates.search(unit=ward)
    assert DuplicatePair.objects.get().pk == pair.pk


def test_a_pair_that_is_alike_no_more_goes(double, ward, an):
    duplicates.search(unit=ward)
    people.correct(child=double[1], by=an, version=1, changes={"full_name": "Phạm Văn Tùng", "mother_name": "Lê Thị Na"})
    assert duplicates.search(unit=ward) == 0 and not DuplicatePair.objects.exists()


def test_a_judgement_stays_with_who_when_and_why_until_one_of_them_changes(double, ward, an):
    duplicates.search(unit=ward)
    row = duplicates.judge_distinct(first=double[1], second=double[0], by=an, reason="Hai chị em họ, đã hỏi gia đình")
    assert (row.state, row.decided_by, row.reason) == (DISTINCT, an, "Hai chị em họ, đã hỏi gia đình") and row.decided_at
    people.correct(child=double[0], by=an, version=1, changes={"phone": "0912345678"})
    duplicates.search(unit=ward)
    assert DuplicatePair.objects.get().state == DISTINCT, "a telephone does not identify a child"
    people.correct(child=double[0], by=an, version=2, changes={"father_name": "Nguyễn Văn Hào"})
    duplicates.search(unit=ward)
    again = DuplicatePair.objects.get()
    assert again.state == DuplicatePair.State.OPEN and again.decided_by == an


def test_a_pair_that_no_search_found_may_be_judged_too_and_a_judgement_needs_a_reason(double, an):
    duplicates.judge_distinct(first=double[0], second=double[1], by=an, reason="Đã kiểm tra giấy khai sinh")
    assert DuplicatePair.objects.get().state == DISTINCT
    with pytest.raises(Refusal):
        duplicates.judge_distinct(first=double[0], second=double[1], by=an, reason=" ")


def test_twins_are_kept_as_twins_and_wait_for_nobody(ward):
    house = factories.household(ward)
    for name, sex in (("Nguyễn Minh Anh", "f"), ("Nguyễn Minh Đức", "m")):
        factories.child(ward, name, "12/05/2016", sex, house=house, mother_name="Trần Thị Lan")
    assert duplicates.search(unit=ward) == 0
    assert DuplicatePair.objects.get().twins and not DuplicatePair.objects.waiting().exists()


def test_children_of_two_wards_are_found_by_a_search_of_the_district_and_kept_by_that_of_a_ward(double, ward, chi, dung):
    double[1].unit = chi.unit
    double[1].save()
    assert duplicates.search(unit=ward) == 0
    assert duplicates.search(unit=dung.unit) == 1
    duplicates.search(unit=ward)
    assert DuplicatePair.objects.count() == 1


def test_only_the_one_who_may_judge_both_sees_the_pair(double, ward, an, binh, chi, dung, quan):
    duplicates.search(unit=ward)
    seen = {who.username: DuplicatePair.objects.visible_to(who).count() for who in (an, binh, chi, dung, quan)}
    assert seen == {"an": 1, "binh": 0, "chi": 0, "dung": 1, "quan": 0}


def test_a_double_click_and_a_colleague_ask_for_one_search(ward, an):
    key = uuid.uuid4()
    first = duplicates.ask(unit=ward, by=an, once=key)
    assert duplicates.ask(unit=ward, by=an, once=key) == first == duplicates.ask(unit=ward, by=an, once=uuid.uuid4())
    jobs.run(first.pk)
    assert duplicates.ask(unit=ward, by=an, once=uuid.uuid4()) != first


def test_the_job_runs_with_the_rights_of_the_moment(double, ward, an):
    job = duplicates.ask(unit=ward, by=an, once=uuid.uuid4())
    an.appointments.update(ended_on=date(2024, 5, 1))
    assert jobs.run(job.pk).state == Job.State.REFUSED and not DuplicatePair.objects.exists()


def test_once_a_day_a_commune_with_new_or_changed_children_is_searched_by_itself(double, ward):
    assert duplicates.ask_where_changed(at=timezone.now()) == 1
    duplicates.ask_where_changed(at=timezone.now())
    job = Job.objects.get(kind=duplicates.KIND)
    assert jobs.run(job.pk).state == Job.State.DONE and DuplicatePair.objects.count() == 1


def test_a_search_asks_no_query_a_child_or_a_pair(ward, django_assert_max_num_queries):
    for number in range(30):
        for _ in range(2):
            factories.child(ward, f"Nguyễn Văn Số{number}", "12/05/2016", mother_name=f"Trần Thị {number}")
    with django_assert_max_num_queries(8):
        duplicates.search(unit=ward)
    with django_assert_max_num_queries(8):
        duplicates.search(unit=ward)
