"""Pages of bulk actions: from the ticked list to what was written, and who may open them."""

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children import listing, sheets
from childcare.children.bulk_actions import choosing
from childcare.children.models import BulkAction, Child, Support
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db
START = reverse("bulk-start")


@pytest.fixture
def children(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    return [factories.child(place, f"Nguyễn Văn {name}", "2016") for name in ("Anh", "Bảo", "Cảnh")]


def started(client, children):
    client.post(START, {"child": [str(child.public_id) for child in children]})
    return BulkAction.objects.latest("pk")


def prepared(client, children, **values):
    bulk = started(client, children)
    answer = client.post(
        reverse("bulk-form", args=[bulk.public_id, "support"]),
        {
            "kind": "S33",
            "started_on": "1/5/2024",
            "amount": "200.000",
            "occasion": "Tết Trung thu",
            "note": "Có bánh",
            **values,
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return bulk


def test_the_list_offers_ticks_only_to_those_who_record(as_, an, binh, dung, children):
    assert 'name="child"' in as_(an).get(reverse("child-list")).content.decode()
    for officer in (binh, dung):
        assert 'name="child"' not in as_(officer).get(reverse("child-list")).content.decode()


def test_from_ticks_to_written_rows(as_, an, children):
    client = as_(an)
    bulk = prepared(client, children)
    page = client.get(reverse("bulk", args=[bulk.public_id])).content.decode()
    assert "3 trẻ em sẽ được ghi, tổng số tiền 600.000 đ" in page and not Support.objects.exists()
    for _ in range(2):
        client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1", "3"]})
    assert Support.objects.count() == 2 and {row.note for row in Support.objects.all()} == {"Có bánh"}
    page = client.get(reverse("bulk", args=[bulk.public_id])).content.decode()
    assert "2 trẻ em đã ghi, tổng số tiền 400.000 đ" in page and "bỏ ra theo ý người ghi" in page
    assert "Tết Trung thu" in client.get(reverse("bulk-list")).content.decode()


def test_all_of_the_filter_only_when_it_is_the_number_that_was_shown(as_, an, ward, children):
    client = as_(an)
    assert 'value="3"' in client.get(reverse("child-list") + "?age=6-10").content.decode()
    factories.child(ward, "Mới Đến", "2016")
    answer = client.post(START, {"all": "3", "query": "age=6-10"})
    assert answer.status_code == 409 and "danh sách có 3 trẻ; bây giờ có 4" in answer.content.decode()
    assert client.post(START, {"all": "4", "query": "age=6-10"}).status_code == 302
    assert BulkAction.objects.get().items.count() == 4


def test_nobody_ticked_is_told_what_to_do(as_, an):
    answer = as_(an).post(START, {})
    assert answer.status_code == 409 and "Chưa chọn trẻ nào" in answer.content.decode()


@pytest.mark.parametrize("kind", ["support", "circumstance", "insurance", "poverty", "hamlet"])
def test_every_form_opens(as_, an, children, kind):
    client = as_(an)
    bulk = started(client, children)
    assert client.get(reverse("bulk", args=[bulk.public_id])).status_code == 200
    assert client.get(reverse("bulk-form", args=[bulk.public_id, kind])).status_code == 200


def test_sensitive_kinds_are_not_offered(as_, an, children):
    client = as_(an)
    page = client.get(reverse("bulk-form", args=[started(client, children).public_id, "circumstance"])).content.decode()
    assert "khuyết tật" in page and "xâm hại" not in page and "HIV" not in page


def test_card_numbers_are_typed_for_each(as_, an, children):
    client = as_(an)
    bulk = started(client, children)
    address = reverse("bulk-form", args=[bulk.public_id, "insurance"])
    assert client.post(address, {}).status_code == 200  # nothing said: the form comes back
    client.post(address, {"insurance_until": "31/12/2025", "number-1": "te 131 0000000001"})
    client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1", "2", "3"]})
    assert Child.objects.get(full_name="Nguyễn Văn Anh").insurance_number == "TE1310000000001"
    assert Child.objects.filter(insurance_until="2025-12-31").count() == 3


def test_strangers_and_collaborators_open_nothing(as_, an, binh, chi, quan, children):
    bulk = prepared(as_(an), children)
    for officer, status in ((binh, 403), (quan, 403), (chi, 404)):
        client = as_(officer)
        assert client.get(reverse("bulk", args=[bulk.public_id])).status_code == status
        assert client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1"]}).status_code == status
        assert client.get(reverse("bulk-paper", args=[bulk.public_id, "pdf"])).status_code == status
    assert not Support.objects.exists()


def test_the_leader_prints_and_changes_nothing(as_, an, lan, children):
    bulk = prepared(as_(an), children)
    client = as_(lan)
    assert client.get(reverse("bulk", args=[bulk.public_id])).status_code == 200
    assert client.get(reverse("bulk-paper", args=[bulk.public_id, "pdf"])).status_code == 200
    assert client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1"]}).status_code == 403


def test_undo_asks_for_its_reason(as_, an, children):
    client = as_(an)
    bulk = prepared(client, children)
    client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1", "2", "3"]})
    address = reverse("bulk-undo", args=[bulk.public_id])
    assert client.post(address, {"reason": " "}).status_code == 200 and Support.objects.valid().count() == 3
    client.post(address, {"reason": "Nhầm dịp"})
    assert not Support.objects.valid().exists()
    assert "Nhầm dịp" in client.get(reverse("bulk", args=[bulk.public_id])).content.decode()
    assert client.get(reverse("bulk-paper", args=[bulk.public_id, "pdf"])).status_code == 409


def test_a_long_pay_out_list_is_laid_out_by_a_job(as_, an, lan, children, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    client = as_(an)
    bulk = prepared(client, children)
    address = reverse("bulk-paper", args=[bulk.public_id, "docx"])
    assert "Lập văn bản 3 dòng" in client.get(address).content.decode() and not Job.objects.exists()
    job = jobs.run(Job.objects.get(public_id=client.post(address).url.split("/")[-2]).pk)
    assert client.get(job.result["url"]).status_code == 200 and Entry.objects.filter(action="sheet.downloaded").exists()
    assert as_(lan).get(job.result["url"]).status_code == 404


def test_names_stand_in_no_address_and_not_in_the_log(as_, an, children):
    client = as_(an)
    bulk = prepared(client, children)
    client.post(reverse("bulk-write", args=[bulk.public_id]), {"keep": ["1"]})
    assert not any("Nguyễn Văn Anh" in str(vars(entry)) for entry in Entry.objects.all())


LIST, PICK = reverse("child-list"), reverse("bulk-pick")


@pytest.fixture
def many(ward, monkeypatch):
    """Five girls on pages of two."""
    monkeypatch.setattr(listing.page, "__kwdefaults__", {**listing.page.__kwdefaults__, "size": 2})
    return [factories.child(ward, f"Nguyễn Thị {name}", "2016", "f") for name in ("Ánh", "Bích", "Chi", "Diệp", "Én")]


def keys(children):
    return [str(child.public_id) for child in children]


def go_on(client, shown, ticked, to="?sex=f", query="sex=f"):
    return client.post(PICK, {"query": query, "shown": ",".join(keys(shown)), "child": keys(ticked), "to": to})


def ticked_on(page):
    return page.text.count("data-pick checked>")


def test_ticks_are_kept_when_the_next_page_is_opened(as_, an, many):
    client = as_(an)
    following = client.get(LIST + "?sex=f").context["pager"]["next"]
    answer = go_on(client, many[:2], many[:1], to=following)
    assert answer.url == LIST + following
    page = client.get(answer.url)
    assert "gồm 1 trẻ ở trang khác" in page.text and 'data-elsewhere="1"' in page.text and ticked_on(page) == 0
    assert ticked_on(client.get(LIST + "?sex=f")) == 1 and "gồm" not in client.get(LIST + "?sex=f").text


def test_what_was_ticked_before_is_taken_with_what_is_ticked_now_and_is_then_forgotten(as_, an, many):
    client = as_(an)
    go_on(client, many[:2], many[:2])
    client.post(
        START, {"query": "sex=f", "shown": ",".join(keys(many[:2])), "child": keys(many[1:2])}
    )  # the first was unticked
    assert [item.child for item in BulkAction.objects.get().items.all()] == [many[1]]
    assert ticked_on(client.get(LIST + "?sex=f")) == 0
    go_on(client, many[:2], many[:2])
    client.post(START, {"query": "sex=f&sort=birth", "shown": ",".join(keys(many[2:4])), "child": keys(many[3:4])})
    assert {item.child for item in BulkAction.objects.latest("pk").items.all()} == {many[0], many[1], many[3]}


def test_another_filter_has_no_ticks_of_this_one_and_another_officer_none_at_all(as_, an, lan, many):
    client = as_(an)
    go_on(client, many[:2], many[:2])
    assert ticked_on(client.get(LIST)) == 0 and ticked_on(client.get(LIST + "?sex=f&sort=name")) == 2
    assert ticked_on(as_(lan).get(LIST + "?sex=f")) == 0


def test_all_ticks_are_given_up_together(as_, an, many):
    client = as_(an)
    go_on(client, many[:2], many[:2])
    assert "Bỏ chọn hết" in client.get(LIST + "?sex=f").text
    assert client.post(PICK, {"none": "1", "to": "?sex=f"}).url == LIST + "?sex=f"
    page = client.get(LIST + "?sex=f")
    assert ticked_on(page) == 0 and "Bỏ chọn hết" not in page.text


def test_going_on_leads_nowhere_but_to_the_list(as_, an, many):
    for to in ("https://example.com/", "//example.com", "?next=https://example.com&sex=f", "/tre-em/them/"):
        assert (
            go_on(as_(an), many[:2], [], to=to).url.startswith(LIST + "?")
            and "example" not in go_on(as_(an), many[:2], [], to=to).url
        )


def test_too_many_ticks_are_refused_and_those_before_stay(as_, an, many, monkeypatch):
    monkeypatch.setattr(choosing, "LIMIT", 2)
    client = as_(an)
    go_on(client, many[:2], many[:2])
    answer = go_on(client, many[2:4], many[2:3])
    assert answer.status_code == 409 and "Mỗi lần chọn nhiều nhất" in answer.text
    assert ticked_on(client.get(LIST + "?sex=f")) == 2


def test_who_records_nothing_keeps_no_ticks(as_, binh, dung, many):
    for officer in (binh, dung):
        assert go_on(as_(officer), many[:2], many[:1]).status_code == 403
        assert 'form="pick"' not in as_(officer).get(LIST + "?sex=f").text


def test_a_child_out_of_reach_is_never_taken_by_a_tick(as_, chi, many):
    client = as_(chi)
    go_on(client, many[:2], many[:2])
    assert client.post(START, {"query": "sex=f", "shown": "", "child": keys(many[2:3])}).status_code == 409
    assert not BulkAction.objects.exists()
