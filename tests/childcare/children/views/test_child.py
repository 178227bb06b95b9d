"""The page of one child: own facts, dated rows, voided ones struck through, protected ones for their team alone."""

import re
from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions import circumstances
from childcare.children.actions import people as acting
from childcare.children.models import FileAccess
from childcare.lib.calendar import parse_partial
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    house = factories.household(place, address="Số 7")
    factories.poverty(house, "near", 2024)
    return factories.child(
        place, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house, identity_number="031316001234", identity_valid=True
    )


def url(child):
    return reverse("child", args=[child.public_id])


def test_the_page_says_who_it_is(as_, an, child):
    page = as_(an).get(url(child)).content.decode()
    for text in (
        "Nguyễn Thị Hoà",
        "nữ · 12/05/2016 (7 tuổi) · Tổ dân phố 3, Phường Nam Sơn · hộ cận nghèo 2024",
        "031 3 16 001234",
        "Số 7",
    ):
        assert text in page
    assert "Nguyễn" not in page.split("</title>")[0]


def test_dated_rows_are_told_in_words(as_, an, ward, child):
    factories.circumstance(child, "N01.3", since=date(2023, 3, 12))
    factories.circumstance(child, "N04", until=date(2024, 1, 1))
    factories.support(child, "S01", on=date(2023, 4, 1), running=True, amount=540_000, per="month")
    factories.support(child, "S33", on=date(2024, 2, 8), occasion="Tết Nguyên đán")
    factories.incident(ward, on=date(2024, 3, 9), children=[(child, {"outcome": "injured"})])
    page = as_(an).get(url(child)).content.decode()
    for text in (
        "từ 12/03/2023",
        "đến hết 31/12/2023",
        "540.000 đ một tháng",
        "08/02/2024",
        "Tai nạn, thương tích",
        "09/03/2024",
    ):
        assert text in page


def test_the_history_tells_revisions_and_voided_rows_with_their_reason(as_, an, child):
    acting.correct(child=child, by=an, version=1, changes={"birth": parse_partial("13/5/2016"), "ethnic": "E02"})
    row = factories.circumstance(child, "N04")
    circumstances.void(circumstance=row, by=an, version=1, reason="Nhầm trẻ khác")
    context = as_(an).get(url(child))
    page = context.content.decode()
    assert "<s>12/05/2016</s> → 13/05/2016" in page and "→ Tày" in page
    assert "<s>Trẻ em khuyết tật, từ trước</s>" in page and "Nhầm trẻ khác" in page
    assert context.context["circumstances"] == []


def test_the_colleague_sees_no_way_to_change_anything(as_, binh, child):
    factories.circumstance(child, "N04")
    page = as_(binh).get(url(child)).content.decode()
    assert "Trẻ em khuyết tật" in page and "Đính chính" not in page and "Sửa thông tin" not in page


def test_the_stranger_finds_nothing_and_cannot_tell_it_from_nothing(as_, chi, child):
    there = as_(chi).get(url(child))
    nowhere = as_(chi).get(reverse("child", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.status_code == nowhere.status_code == 404 and without_token(there) == without_token(nowhere)


def without_token(response):
    return re.sub(r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+', "", response.content.decode())


def test_protected_facts_show_to_the_team_and_leave_no_trace_for_others(as_, an, lan, binh, dung, ward, child):
    file = factories.protected_file(child, unit=ward)
    factories.circumstance(child, "N11", since=date(2024, 2, 1), protected_file=file)
    factories.support(child, "S17", provider="Nhà tạm lánh", protected_file=file)
    factories.incident(ward, "abuse", children=[(child, {"form": "sexual"})], protected_file=file)
    for officer, seen in ((an, True), (lan, True), (binh, False), (dung, False)):
        page = as_(officer).get(url(child)).content.decode()
        for trace in ("xâm hại tình dục", "Nhà tạm lánh", "Xâm hại trẻ em", "Hạn chế người xem"):
            assert (trace in page) == seen, (officer, trace)


def test_an_excluded_officer_sees_the_child_and_nothing_of_the_file(as_, an, ward, child):
    file = factories.protected_file(child, unit=ward)
    factories.circumstance(child, "N11", protected_file=file)
    FileAccess.objects.create(file=file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    page = as_(an).get(url(child)).content.decode()
    assert "Nguyễn Thị Hoà" in page and "xâm hại" not in page and "Hạn chế người xem" not in page


def test_looking_is_logged_without_the_name(as_, an, child):
    as_(an).get(url(child))
    entry = Entry.objects.get(action="child.viewed")
    assert entry.subject_id == str(child.public_id) and "Hoà" not in str(vars(entry))


def test_the_number_of_queries_does_not_grow_with_the_history(as_, an, ward, child, django_assert_max_num_queries):
    for number in range(12):
        factories.support(child, "S33", on=date(2024, 1, 1 + number))
        factories.circumstance(child, f"N{number + 1:02d}", until=date(2024, 1, 1))
        factories.incident(ward, children=[(child, {})])
    client = as_(an)
    with django_assert_max_num_queries(23):  # two of them: placements and promises of the family
        client.get(url(child))


def test_somebody_of_sixteen_and_who_has_left_are_told(as_, an, ward):
    old = factories.child(ward, "Lê An", "2/5/2008")
    gone = factories.child(ward, "Vũ Đi", "2015", residing=False)
    assert "Đã đủ 16 tuổi" in as_(an).get(url(old)).content.decode()
    assert "không còn cư trú" in as_(an).get(url(gone)).content.decode()


# --- household -----------------------------------------------------------------------------------------------------------


def test_a_household_shows_its_children_its_classes_and_its_risks(as_, an, child):
    house = child.household
    factories.poverty(house, "poor", 2023)
    factories.circumstance(house, "R12")
    page = as_(an).get(reverse("household", args=[house.public_id])).content.decode()
    for text in ("Nguyễn Thị Hoà", "năm 2024", "hộ cận nghèo", "năm 2023", "hộ nghèo", "cha mẹ ly hôn"):
        assert text in page


def test_a_household_of_another_ward_is_not_there(as_, chi, child):
    assert as_(chi).get(reverse("household", args=[child.household.public_id])).status_code == 404


def test_a_risk_of_the_household_shows_on_the_child(as_, an, child):
    factories.circumstance(child.household, "R12")
    assert "(của hộ)" in as_(an).get(url(child)).content.decode()


# --- search box ----------------------------------------------------------------------------------------------------------


def test_the_box_finds_within_the_place_and_logs_ids_only(as_, an, binh, chi, child):
    for officer, seen in ((an, True), (binh, True), (chi, False)):
        response = as_(officer).post(reverse("child-search"), {"q": "nguyen thi hoa"}, headers={"HX-Request": "true"})
        assert (url(child) in response.content.decode()) == seen
        assert "<html" not in response.content.decode()
    assert {tuple(entry.shown) for entry in Entry.objects.filter(action="child.searched")} == {(str(child.public_id),)}
    assert "hoa" not in str([vars(entry) for entry in Entry.objects.all()])


def test_without_script_the_answer_is_a_page_and_an_address_finds_nothing(as_, an, child):
    assert "<html" in as_(an).post(reverse("child-search"), {"q": "hoa"}).content.decode()
    assert as_(an).get(reverse("child-search") + "?q=hoa").status_code == 405


def test_everything_is_shown_on_demand(as_, an, ward):
    for number in range(12):
        factories.child(ward, f"Hoà {number}")
    client = as_(an)
    fragment = client.post(reverse("child-search"), {"q": "hoa"}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.count("<li>") == 10 and "Xem tất cả" in fragment
    page = client.post(reverse("child-search"), {"q": "hoa", "all": "1"})
    assert len(page.context["found"]) == 12


def test_who_sees_no_children_cannot_search(as_, quan):
    assert as_(quan).post(reverse("child-search"), {"q": "hoa"}).status_code == 403
    assert people.TODAY
