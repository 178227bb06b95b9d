"""The step "Ghép cột": what the officer sees, says and gets back; and the pages of offers taken one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children import models as c
from childcare.children.importing import batches
from childcare.jobs import actions as jobs
from tests import factories
from tests.childcare.children.importing.test_mapping import FIELDS, ODD, ROW
from tests.childcare.children.importing.test_reading import book
from tests.childcare.children.importing.test_writing import workbook
from tests.childcare.children.views.test_imports import upload, url


def read_now():
    batch = c.ImportBatch.objects.latest("pk")
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def batch(as_, an, ward):
    """A list whose headings say nothing."""
    factories.hamlet(ward, "Thôn Trung Chính")
    upload(as_(an), data=book(("DS", [ODD, ROW]), ("Danh mục", [["Mã", "Tên", "Cấp"], ["1", "Kinh", "x"]])))
    return read_now()


def answer(fields=FIELDS, **more):
    return {"sheet-0-0": "on", **{f"column-0-{number}": name for number, name in enumerate(fields)}, **more}


def test_a_list_that_is_not_understood_leads_to_the_step(as_, an, batch):
    response = as_(an).get(url("import-batch", batch))
    assert response.url == url("import-mapping", batch)
    page = as_(an).get(response.url).content.decode()
    for text in ("Ghép cột", "Quý danh cháu", "Nguyễn Thị Hoa", "Trang “DS” có danh sách trẻ em", "Không dùng cột này"):
        assert text in page


def test_saving_reads_again_and_says_what_was_remembered(as_, an, batch):
    client = as_(an)
    response = client.post(url("import-mapping", batch), answer())
    assert response.url == url("import-batch", batch)
    read_now()
    page = client.get(response.url).content.decode()
    assert "Nhập 1 trẻ em" in page and "Dùng cách ghép cột đã nhớ" in page and an.full_name in page
    client.post(url("import-mapping-forget", batch))
    assert read_now().state == "mapping" and not c.ImportMapping.objects.exists()


@pytest.mark.parametrize(
    "sent, sentence",
    [
        (answer(["stt", "", "birth_date", "hamlet", "", ""]), "chưa có cột “Họ và tên”"),
        (answer(["stt", "full_name", "birth_date", "hamlet", "full_name", ""]), "Đã có một cột khác là “Họ và tên”"),
        ({}, "Chưa chọn trang nào"),
    ],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(as_, an, batch, sent, sentence):
    response = as_(an).post(url("import-mapping", batch), sent)
    page = response.content.decode()
    assert response.status_code == 200 and sentence in page
    assert not c.ImportMapping.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "mapping"


def test_a_meaning_that_is_not_offered_is_refused(as_, an, batch):
    response = as_(an).post(url("import-mapping", batch), answer(["stt", "full_name", "password", "", "", ""]))
    assert response.status_code == 200 and response.context["form"].errors


def test_who_may_not_see_sensitive_facts_is_not_offered_them_and_sees_no_samples(as_, an, batch, monkeypatch):
    can_in = type(an).can_in
    monkeypatch.setattr(
        type(an), "can_in", lambda self, permission, unit: permission != "protected.view" and can_in(self, permission, unit)
    )
    page = as_(an).get(url("import-mapping", batch)).content.decode()
    assert "circumstance:N05" not in page and "circumstance:N04.2" in page


def test_looking_and_mapping_are_logged_without_names(as_, an, batch):
    as_(an).get(url("import-mapping", batch))
    as_(an).post(url("import-mapping", batch), answer())
    entries = Entry.objects.filter(action__in=["import.viewed", "import.mapped"])
    assert entries.count() == 2 and not any("Hoa" in str(entry.__dict__) for entry in entries)


ROUTES = [("import-mapping", ()), ("import-offers", ("name_case",)), ("import-cases", ("hamlet_unknown",))]


def test_the_stranger_finds_nothing_and_the_colleague_may_not(as_, chi, binh, batch):
    for name, more in ROUTES:
        address = reverse(name, args=[batch.public_id, *more])
        assert as_(chi).get(address).status_code == 404 and as_(binh).get(address).status_code == 403
    assert as_(chi).post(url("import-mapping-forget", batch)).status_code == 404
    assert as_(binh).post(url("import-mapping", batch), answer()).status_code == 403


# --- offers and cases, page by page ---------------------------------------------------------------------------------

LOUD = 230


@pytest.fixture
def loud(as_, an, ward):
    """A list of 230 names in capitals in a hamlet that nobody knows."""
    rows = [
        [n, f"VŨ VĂN {chr(65 + n % 26)}{'A' * (n // 26)}", "2016", "Nam", "", "Tổ lạ", "", "", "", "", ""] for n in range(LOUD)
    ]
    upload(as_(an), data=workbook(*rows))
    return read_now()


def offers_url(batch, page=1):
    return reverse("import-offers", args=[batch.public_id, "name_case"]) + f"?trang={page}"


def test_thousands_of_offers_are_paged_and_the_preview_shows_the_first(as_, an, loud):
    page = as_(an).get(url("import-batch", loud)).content.decode()
    assert page.count('name="offer"') == 50 and "Chọn từng dòng trong 230 dòng" in page
    page = as_(an).get(offers_url(loud, 3)).content.decode()
    assert page.count('name="offer"') == 30 and "Trang 3/3" in page


def test_all_but_one_can_be_taken(as_, an, loud):
    client = as_(an)
    client.post(offers_url(loud), {"which": "all"})
    positions = [place for place, offer in enumerate(batches.reading_of(loud).offers) if offer["kind"] == "name_case"]
    response = client.post(offers_url(loud, 2), {"offer": [str(place) for place in positions[101:200]]})
    assert response.url == offers_url(loud, 3)
    loud.refresh_from_db()
    assert loud.accepted_offers == [place for place in positions if place != positions[100]]
    assert "đang nhận 229 trên 230 dòng" in client.get(url("import-batch", loud)).content.decode()
    client.post(url("import-decide", loud))
    loud.refresh_from_db()
    jobs.run(loud.write_job_id)
    assert sum(name.isupper() for name in c.Child.objects.values_list("full_name", flat=True)) == 1


def test_none_can_be_taken_again_and_strange_positions_are_passed_over(as_, an, loud):
    client = as_(an)
    client.post(offers_url(loud), {"which": "all"})
    client.post(offers_url(loud), {"which": "none"})
    client.post(offers_url(loud), {"offer": ["999999", "x", "-1"]})
    loud.refresh_from_db()
    assert loud.accepted_offers == []


def test_every_line_of_a_warning_can_be_seen_and_an_unknown_part_is_not_found(as_, an, loud):
    client = as_(an)
    page = client.get(reverse("import-cases", args=[loud.public_id, "hamlet_unknown"]) + "?trang=3").content.decode()
    assert page.count("Tổ Lạ") + page.count("Tổ lạ") == 30
    for kind in ("nothing", "names", "rejected"):
        assert client.get(reverse("import-cases", args=[loud.public_id, kind])).status_code == 404
    assert client.get(reverse("import-offers", args=[loud.public_id, "nothing"])).status_code == 404


def test_the_pages_ask_few_questions_whatever_the_length(as_, an, loud):
    client = as_(an)
    client.get(offers_url(loud))
    for address in (offers_url(loud), url("import-batch", loud)):
        with CaptureQueriesContext(connection) as context:
            client.get(address)
        assert len(context.captured_queries) <= 16, len(context.captured_queries)


def test_nothing_is_chosen_once_the_list_was_let_in(as_, an, loud):
    client = as_(an)
    client.post(url("import-decide", loud))
    assert client.post(offers_url(loud), {"which": "all"}).status_code == 409
    assert client.get(offers_url(loud)).status_code == 409
    assert client.get(url("import-mapping", loud)).status_code == 409
