"""The pages of pairs: who may, who sees what, paging, "không trùng" and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions import duplicates
from childcare.children.models import DuplicatePair
from childcare.children.views import duplicates as pages
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/tre-em/trung/"


@pytest.fixture
def double(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    return [factories.child(place, "Nguyễn Thị Hoà", "12/05/2016", "f", mother_name="Trần Thị Lan") for _ in range(2)]


@pytest.fixture
def found(double, ward):
    duplicates.search(unit=ward)
    return double


def address(name, pair):
    return reverse(name, args=[pair[0].public_id, pair[1].public_id])


def test_the_list_says_why_and_leads_to_the_two(found, as_, an):
    page = as_(an).get(LIST).content.decode()
    assert "cùng họ tên, ngày sinh, tên mẹ" in page and "Rất có thể" in page and address("child-compare", found) in page
    assert Entry.objects.filter(action="duplicate.listed").get().shown == [str(child.public_id) for child in found]


@pytest.mark.parametrize("name", ["binh", "quan", "lan"])
def test_a_colleague_with_less_gets_no_list_and_no_comparison(found, as_, name, request):
    client = as_(request.getfixturevalue(name))
    assert client.get(LIST).status_code == 403 == client.get(address("child-compare", found)).status_code


def test_a_stranger_sees_an_empty_list_and_no_such_children(found, as_, chi):
    client = as_(chi)
    assert "Nguyễn Thị Hoà" not in client.get(LIST).content.decode()
    for name in ("child-compare", "child-distinct", "child-judge-again"):
        send = client.get if name == "child-compare" else client.post
        assert send(address(name, found), {"reason": "x"}).status_code == 404


def test_a_pair_with_one_child_out_of_scope_is_not_there(found, chi, as_, an):
    found[1].unit = chi.unit
    found[1].save()
    client = as_(an)
    assert "Nguyễn Thị Hoà" not in client.get(LIST).content.decode()
    assert client.get(address("child-compare", found)).status_code == 404


def test_a_child_is_not_compared_with_itself(found, as_, an):
    assert as_(an).get(address("child-compare", [found[0], found[0]])).status_code == 404


def test_side_by_side_shows_fields_that_differ_and_facts_that_the_officer_may_see(found, as_, an, lan, ward, dung):
    found[1].school_name = "Trường Nam Sơn, lớp 2A"
    found[1].save()
    factories.circumstance(found[0], "N04")
    factories.circumstance(found[1], "N11.4", protected_file=factories.protected_file(found[1], unit=ward))
    page = as_(an).get(address("child-compare", found)).content.decode()
    assert "khác nhau" in page and "lớp 2A" in page and "Hạn chế người xem" in page
    page = as_(dung).get(address("child-compare", found)).content.decode()
    assert "lớp 2A" in page and "Hạn chế người xem" not in page


def test_not_the_same_is_remembered_shown_and_taken_back(found, as_, an):
    client = as_(an)
    assert "Hãy điền" in client.post(address("child-distinct", found), {"reason": ""}).content.decode()
    client.post(address("child-distinct", found), {"reason": "Hai chị em họ"})
    assert "Nguyễn Thị Hoà" not in client.get(LIST).content.decode()
    page = client.get(f"{LIST}?xem=khong-trung").content.decode()
    assert "Hai chị em họ" in page and an.full_name in page
    assert "đã kết luận" in client.get(address("child-compare", found)).content.decode()
    client.post(address("child-judge-again", found))
    assert DuplicatePair.objects.get().state == "open"
    assert client.post(address("child-judge-again", found)).status_code == 404


def test_the_list_is_paged_the_surest_first_and_every_pair_stands_on_one_page(ward, as_, an, monkeypatch, found):
    monkeypatch.setattr(pages, "SIZE", 2)
    for name in ("Lê Văn Bình", "Phạm Văn Tùng"):
        for _ in range(2):
            factories.child(ward, name, "12/05/2016")
    duplicates.search(unit=ward)
    client, seen, query = as_(an), [], ""
    for _ in range(2):
        context = client.get(f"{LIST}{query}").context
        seen += [row["pair"].score for row in context["rows"]]
        query = f"?sau={context['next']}"
    assert seen == [75, 55, 55] and query == "?sau="
    assert client.get(f"{LIST}?sau=x_y").status_code == 200
    assert client.get(f"{LIST}?xem=gi").status_code == 404


def test_more_pairs_ask_no_more_queries(ward, as_, an, found):
    client = as_(an)
    client.get(LIST)
    few = queries(client)
    for number in range(20):
        for _ in range(2):
            factories.child(ward, f"Lê Văn Bình {chr(97 + number)}", "12/05/2016", mother_name="Trần Thị Lan")
    duplicates.search(unit=ward)
    assert DuplicatePair.objects.count() > 15 and queries(client) <= few


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    return len(captured)


def test_a_search_is_asked_for_in_ones_own_unit_only(ward, as_, an, chi, double):
    client = as_(an)
    answer = client.post("/tre-em/trung/tim/", {"unit": str(ward.public_id)})
    assert answer.status_code == 302 and "/viec-nen/" in answer["Location"]
    assert client.post("/tre-em/trung/tim/", {"unit": str(chi.unit.public_id)}).status_code == 404
    answer = as_(an).get(LIST).content.decode()
    assert "Tìm trẻ trùng" in answer
