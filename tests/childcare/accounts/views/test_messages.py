"""Own messages and own jobs: nobody else's."""

import pytest

from childcare.inbox import actions
from childcare.inbox.models import Message
from childcare.jobs.models import Job
from tests import people

pytestmark = pytest.mark.django_db


def message(officer, key="a", url="/tai-khoan/", subject="Báo cáo 6 tháng còn 7 ngày"):
    return actions.send(officer=officer, key=key, day=people.TODAY, subject=subject, url=url)[0]


def test_unread_messages_stand_first(as_, an):
    for key in "abc":
        message(an, key, subject=f"Việc {key}")
    Message.objects.filter(key="c").update(read_at="2024-05-02T00:00:00Z")
    page = as_(an).get("/nhac-viec/")
    assert [row.key for row in page.context["rows"]] == ["b", "a", "c"]
    assert "2 việc chưa đọc" in page.content.decode()


def test_each_reads_his_own_only(as_, an, binh, chi):
    row = message(an)
    for other in (binh, chi):
        client = as_(other)
        assert "còn 7 ngày" not in client.get("/nhac-viec/").content.decode()
        assert client.post(f"/nhac-viec/{row.public_id}/").status_code == 404
        client.post("/nhac-viec/da-doc/")
    row.refresh_from_db()
    assert row.read_at is None


def test_opening_is_a_post_that_marks_and_goes_there(as_, an):
    row = message(an)
    client = as_(an)
    assert client.get(f"/nhac-viec/{row.public_id}/").status_code == 405
    assert client.post(f"/nhac-viec/{row.public_id}/")["Location"] == "/tai-khoan/"
    row.refresh_from_db()
    assert row.read_at


@pytest.mark.parametrize("url", ["", "https://evil.example/", "//evil.example"])
def test_a_message_leads_nowhere_else(as_, an, url):
    assert as_(an).post(f"/nhac-viec/{message(an, url=url).public_id}/")["Location"] == "/nhac-viec/"


def test_all_are_marked_at_once(as_, an, chi):
    for key in "ab":
        message(an, key)
    message(chi)
    as_(an).post("/nhac-viec/da-doc/")
    assert not an.inbox.unread().exists() and chi.inbox.unread().count() == 1


def test_an_empty_box_says_why(as_, an):
    assert "Chưa có nhắc việc nào" in as_(an).get("/nhac-viec/").content.decode()


def test_the_page_costs_the_same_with_many_messages(as_, an, django_assert_max_num_queries):
    for number in range(120):
        message(an, str(number))
    client = as_(an)
    with django_assert_max_num_queries(7):
        page = client.get("/nhac-viec/")
    assert len(page.context["rows"]) == 100 and page.context["more"]


@pytest.fixture
def job(an):
    return Job.objects.create(kind="reports.remind", key="k", requested_by=an, state="running", done=3, total=12)


def test_the_requester_sees_his_job_and_nobody_else(as_, an, binh, chi, dung, quan, job):
    page = as_(an).get(f"/viec-nen/{job.public_id}/").content.decode()
    assert "Đang chạy" in page and "3/12" in page and f'hx-get="/viec-nen/{job.public_id}/"' in page
    for other in (binh, chi, dung, quan):
        assert as_(other).get(f"/viec-nen/{job.public_id}/").status_code == 404


def test_the_fragment_goes_on_asking_until_the_end(as_, an, job):
    client, address = as_(an), f"/viec-nen/{job.public_id}/"
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in fragment and "<html" not in fragment
    Job.objects.update(state="done", result={"url": "/tai-khoan/", "label": "Mở tệp"})
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "Xong" in page and 'href="/tai-khoan/">Mở tệp' in page and 'hx-trigger="every' not in page


def test_a_refusal_is_shown_with_its_sentence(as_, an, job):
    Job.objects.update(state="refused", message="Tệp này không có cột họ tên.")
    page = as_(an).get(f"/viec-nen/{job.public_id}/").content.decode()
    assert "Bị từ chối" in page and "Tệp này không có cột họ tên." in page
