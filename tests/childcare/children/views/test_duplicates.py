"""The pages of pairs: who may, who sees what, paging, "không trùng" and back; two made one and undone."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions import duplicates, merging, people
from childcare.children.models import Child, DuplicatePair
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


def answers(pair, **changes):
    """What the page proposes, with changes."""
    values = {
        "once": str(uuid.uuid4()), "keep": "first", "residence": "first", "household": "first", "reason": "Cùng giấy khai sinh",
        "first_version": pair[0].version, "second_version": pair[1].version,
    }  # fmt: skip
    return {**values, **changes}


def test_two_are_made_one_field_by_field_and_the_old_code_leads_to_the_kept_child(found, as_, an):
    Child.objects.filter(pk=found[1].pk).update(phone="0912345678", father_name="Nguyễn Văn Hào")
    Child.objects.filter(pk=found[0].pk).update(father_name="Nguyễn Văn Hảo")
    client = as_(an)
    form = client.get(address("child-compare", found)).context["form"]
    assert form.initial["take_phone"] == "second" and form.initial["take_father_name"] == "first" == form.initial["keep"]
    sent = answers(found, take_phone="second", take_father_name="second")
    answer = client.post(address("child-merge", found), sent)
    assert answer["Location"] == f"/tre-em/{found[0].public_id}/"
    found[0].refresh_from_db()
    assert (found[0].phone, found[0].father_name) == ("0912345678", "Nguyễn Văn Hào")
    page = client.get(f"/tre-em/{found[1].public_id}/", follow=True)
    assert (
        page.redirect_chain[0][0] == f"/tre-em/{found[0].public_id}/" and "đã được gộp vào hồ sơ này" in page.content.decode()
    )
    assert client.post(address("child-merge", found), sent)["Location"] == answer["Location"], "a double click leads there too"
    assert client.post("/tre-em/tim/", {"q": str(found[1].public_id), "all": "1"}).content.decode().count("Nguyễn Thị Hoà") >= 1


def test_the_second_row_may_be_the_one_that_stays(found, as_, an):
    answer = as_(an).post(address("child-merge", found), answers(found, keep="second"))
    assert answer["Location"] == f"/tre-em/{found[1].public_id}/"


def test_a_missing_choice_or_reason_keeps_the_page_and_what_was_typed(found, as_, an):
    Child.objects.filter(pk=found[1].pk).update(phone="0912345678")
    page = as_(an).post(address("child-merge", found), answers(found, reason=""))
    text = page.content.decode()
    assert page.status_code == 200 and "Hãy chọn một bên" in text and "Chưa lưu được" in text
    assert Child.objects.filter(pk__in=[child.pk for child in found]).count() == 2


def test_a_row_that_changed_since_the_page_was_opened_is_not_merged(found, as_, an):
    answer = as_(an).post(address("child-merge", found), answers(found, first_version=7))
    assert answer.status_code == 409 and "vừa được sửa" in answer.content.decode()


def test_an_act_in_both_records_is_one_unless_ticked(found, as_, an, ward):
    one = factories.support(found[0], "S33", unit=ward)
    factories.support(found[1], "S33", unit=ward)
    client = as_(an)
    assert "thật sự là hai lần" in client.get(address("child-compare", found)).content.decode()
    client.post(address("child-merge", found), answers(found, twice=[str(one.public_id)]))
    assert found[0].supports.filter(voided_at=None).count() == 2


@pytest.mark.parametrize(("who", "status"), [("binh", 403), ("chi", 404), ("quan", 403)])
def test_nobody_else_merges_or_undoes(found, as_, an, who, status, request):
    row = merging.merge(by=an, kept=found[0], merged=found[1], reason="Cùng một trẻ")
    client = as_(request.getfixturevalue(who))
    assert client.post(address("child-merge", found), answers(found)).status_code == status
    assert client.get(reverse("merge", args=[row.public_id])).status_code == status
    assert client.get(f"/tre-em/{found[1].public_id}/").status_code == (302 if who == "binh" else status)


def test_the_page_of_a_merge_undoes_it_and_says_what_stands_in_the_way(found, as_, an, ward):
    row = merging.merge(by=an, kept=found[0], merged=found[1], reason="Cùng một trẻ")
    client, page = as_(an), reverse("merge", args=[row.public_id])
    assert page in client.get(f"/tre-em/{found[0].public_id}/").content.decode()
    later = factories.support(found[0], "S33", unit=ward)
    assert "Chưa hoàn tác được" in client.get(page).content.decode()
    assert client.post(page, {"reason": "Nhầm"}).status_code == 409
    later.delete()
    assert "Hoàn tác việc gộp" in client.get(page).content.decode()
    answer = client.post(page, {"reason": "Hai chị em họ"})
    assert answer["Location"] == address("child-compare", found)
    assert Child.objects.filter(pk__in=[child.pk for child in found]).count() == 2
    assert "đã hoàn tác" in client.get(page).content.decode()


def test_the_history_of_the_kept_child_tells_of_both_rows(found, as_, an):
    people.correct(child=found[1], by=an, version=1, changes={"school_name": "Trường Nam Sơn"})
    merging.merge(by=an, kept=found[0], merged=found[1], reason="Cùng một trẻ")
    page = as_(an).get(f"/tre-em/{found[0].public_id}/").content.decode()
    assert "Trường Nam Sơn" in page and "trong hồ sơ đã gộp vào hồ sơ này" in page
