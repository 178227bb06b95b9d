"""The page that asks which hamlet a spelling means."""

import pytest
from django.urls import reverse

from childcare.children import models as c
from childcare.jobs import actions as jobs
from tests import factories
from tests.childcare.children.importing.test_hamlets import rows
from tests.childcare.children.views.test_imports import upload


@pytest.fixture
def own(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (2, 10)]


@pytest.fixture
def batch(as_, an, own):
    upload(as_(an), data=rows(("Khu nhà máy", ""), ("Khu nhà máy", ""), ("Chợ Mới", "")))
    return read_now()


def read_now():
    batch = c.ImportBatch.objects.latest("pk")
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


def url(batch, name="import-hamlets"):
    return reverse(name, args=[batch.public_id])


def test_the_preview_asks_and_the_choice_is_asked_no_more(as_, an, batch, own):
    client = as_(an)
    page = client.get(url(batch, "import-batch")).content.decode()
    assert "2 cách ghi thôn, tổ phần mềm chưa hiểu" in page and url(batch) in page
    page = client.get(url(batch)).content.decode()
    for text in ("Khu nhà máy", "2 dòng", "Lê Thị Hoa, Lê Thị Lan", "Chưa rõ, để ở cấp xã, phường"):
        assert text in page
    assert page.index("Tổ dân phố 2") < page.index("Tổ dân phố 10")
    response = client.post(url(batch), {"hamlet-0": str(own[0].public_id), "hamlet-1": ""})
    assert response.url == url(batch, "import-batch")
    read_now()
    page = client.get(response.url).content.decode()
    assert "1 cách ghi thôn, tổ phần mềm chưa hiểu" in page and "được hiểu theo tên cũ hoặc theo lần chọn trước" in page
    page = client.get(url(batch)).content.decode()
    assert "Nguyễn Thị An đã chọn" in page and f'value="{own[0].public_id}" selected' in page


def test_what_is_not_offered_is_refused_and_nothing_is_kept(as_, an, batch, ward):
    response = as_(an).post(url(batch), {"hamlet-0": str(ward.public_id)})
    assert response.status_code == 200 and "Hãy chọn một thôn, tổ trong danh sách." in response.content.decode()
    assert not c.ImportHamlet.objects.exists()


def test_the_stranger_finds_nothing_and_the_colleague_may_not(as_, chi, binh, batch):
    assert as_(chi).get(url(batch)).status_code == 404 and as_(chi).post(url(batch), {}).status_code == 404
    assert as_(binh).get(url(batch)).status_code == 403


def test_a_list_that_was_let_in_asks_no_more(as_, an, batch):
    as_(an).post(url(batch, "import-decide"), {})
    jobs.run(c.ImportBatch.objects.get().write_job_id)
    assert as_(an).get(url(batch)).status_code == 409
