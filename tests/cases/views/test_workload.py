"""The pages of the workload as each person sees them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions import intake
from cases.models import Case
from childcare.accounts.roles import Role
from childcare.children.models import FileAccess
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
PAGE = reverse("case-workload")


@pytest.fixture
def hang(db):
    return people.officer("hang", "Đào Thị Hằng", Role.COMMUNE, people.NAM_SON)


def given(an, worker, **values):
    return intake.assign(case=make.received(an, **values), by=an, version=None, worker=worker)


def hand_over(person):
    return reverse("case-hand-over", args=[person.public_id])


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("an", 200), ("lan", 200), ("dung", 200), ("phuc", 200), ("son", 200), ("binh", 403), ("quan", 403)]
)
def test_who_opens_the_workload(as_, who, status):
    assert as_(getattr(people, who)()).get(PAGE).status_code == status


def test_the_leader_sees_the_officers_and_hands_over_by_one_button(as_, an, hang, lan):
    case = given(an, hang, child=make.child())
    page = as_(lan).get(PAGE)
    assert "Đào Thị Hằng" in text(page) and hand_over(hang) in text(page)
    shown = as_(lan).get(hand_over(hang))
    assert case.code in text(shown) and "1 hồ sơ sẽ bàn giao" in text(shown)
    answer = as_(lan).post(hand_over(hang), {"to": an.public_id, "reason": "nghỉ việc"}, follow=True)
    assert "Đã bàn giao 1 hồ sơ cho Nguyễn Thị An." in text(answer)
    case.refresh_from_db()
    assert case.worker == an


def test_the_number_of_an_officer_opens_as_many_cases(as_, an, hang, lan):
    cases = [given(an, hang), given(an, hang)]
    page = text(as_(lan).get(reverse("case-of-officer", args=[hang.public_id])))
    assert "2 hồ sơ đang thực hiện" in page and all(case.code in page for case in cases)


def test_without_a_receiver_the_page_says_so_and_keeps_the_reason(as_, an, hang, lan):
    given(an, hang)
    answer = as_(lan).post(hand_over(hang), {"to": "", "reason": "nghỉ việc"})
    assert "Hãy chọn người nhận." in text(answer) and "nghỉ việc" in text(answer)
    assert Case.objects.filter(worker=hang).count() == 1


def test_the_district_sees_numbers_and_no_case(as_, an, hang, dung):
    case = given(an, hang, child=make.child())
    page = text(as_(dung).get(PAGE))
    assert "Phường Nam Sơn" in page and case.code not in page and "Hân" not in page and "Đào Thị Hằng" not in page
    assert as_(dung).get(reverse("case-of-officer", args=[hang.public_id])).status_code == 404


def test_a_stranger_finds_nobody(as_, an, hang, chi):
    given(an, hang)
    assert as_(chi).get(hand_over(hang)).status_code == 404
    assert as_(chi).get(reverse("case-of-officer", args=[hang.public_id])).status_code == 404
    assert "Đào" not in text(as_(chi).get(PAGE))


def pages(client, hang):
    return [text(client.get(url)) for url in (PAGE, hand_over(hang))] + [
        str(client.get(reverse("case-of-officer", args=[hang.public_id])).status_code)
    ]


def bare(page):
    """The page without the token that differs at each opening."""
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


@pytest.mark.parametrize("hidden", ["restricted", "barred"])
def test_no_page_of_the_leader_tells_a_hidden_case_from_none(as_, an, hang, lan, hidden):
    before = pages(as_(lan), hang)
    case = make.received(hang, suspect_related="yes" if hidden == "restricted" else "no")
    Case.objects.filter(pk=case.pk).update(worker=hang)
    if hidden == "barred":
        FileAccess.objects.create(file=case.protected_file, kind="excluded", officer=lan, since=timezone.now())
    after = pages(as_(lan), hang)
    assert [bare(page) for page in before] == [bare(page) for page in after]
    answer = as_(lan).post(hand_over(hang), {"to": an.public_id, "reason": "nghỉ việc"}, follow=True)
    assert "Đã bàn giao 0 hồ sơ cho Nguyễn Thị An." in text(answer)


def test_the_page_takes_as_many_queries_for_twenty_cases_as_for_two(as_, an, hang, lan, django_assert_max_num_queries):
    for _ in range(2):
        given(an, hang)
    client = as_(lan)
    client.get(PAGE)
    for _ in range(18):
        given(an, hang)
    with django_assert_max_num_queries(40):
        client.get(PAGE)
