"""The register of requests about data: An keeps it, Lan (leader) reads it, Bình has no right, Chi finds nothing."""

import uuid

import pytest
from django.urls import reverse

from childcare.children.models import DataRequest
from tests import factories
from tests.childcare.children.actions.test_requests import receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(an, ward):
    return receive(ward, an)


def url(name, row):
    return reverse(name, args=[row.public_id])


def test_who_reads_the_register(as_, an, binh, chi, lan, quan, row):
    for officer in (an, lan):
        assert "Trương Văn Bảo" in as_(officer).get(reverse("request-list")).content.decode()
        assert as_(officer).get(url("request", row)).status_code == 200
    for officer in (binh, quan):
        assert as_(officer).get(reverse("request-list")).status_code == 403
        assert as_(officer).get(url("request", row)).status_code == 403
    assert "Trương Văn Bảo" not in as_(chi).get(reverse("request-list")).content.decode()
    assert as_(chi).get(url("request", row)).status_code == 404


@pytest.mark.parametrize("name", ["request-answer", "request-extend", "request-close"])
def test_who_acts_on_a_request(as_, an, binh, chi, lan, row, name):
    assert as_(an).get(url(name, row)).status_code == 200
    for officer in (binh, lan):
        assert as_(officer).post(url(name, row), {}).status_code == 403
    assert as_(chi).post(url(name, row), {}).status_code == 404


def test_from_the_form_to_the_result(as_, an, ward):
    child = factories.child(ward, "Nguyễn Thị Hoà")
    client = as_(an)
    values = {
        "unit": str(ward.public_id), "received_on": "2/5/2024", "kind": "see", "asker": "Nguyễn Văn Hào", "relation": "cha",
        "content": "Xin bản sao", "once": str(uuid.uuid4()),
    }  # fmt: skip
    page = client.post(f"{reverse('request-add')}?child={child.public_id}", values, follow=True).content.decode()
    row = DataRequest.objects.get()
    assert "Trả lời chậm nhất 04/05/2024" in page and row.child == child and url("child", child) in page
    answer = {"on": "2/5/2024", "text": "Mời anh lên nhận", "version": row.version}
    assert "Hãy kiểm tra người yêu cầu" in client.post(url("request-answer", row), answer).content.decode()
    assert client.post(url("request-answer", row), {**answer, "checked": "on"}).status_code == 302
    row.refresh_from_db()
    done = {"on": "2/5/2024", "result": "Đã giao", "version": row.version}
    assert "Đã kết thúc yêu cầu." in client.post(url("request-close", row), done, follow=True).content.decode()


def test_a_request_names_no_child_that_the_reader_does_not_see(as_, an, chi, ward):
    elsewhere = factories.child(chi.unit, "Trẻ Ở Văn Đẩu")
    row = receive(ward, an, child=elsewhere)
    page = as_(an).get(url("request", row)).content.decode()
    assert "Trẻ Ở Văn Đẩu" not in page and str(elsewhere.public_id) not in page


def test_what_owes_something_stands_first(as_, an, ward):
    done = receive(ward, an)
    DataRequest.objects.filter(pk=done.pk).update(state="done")
    receive(ward, an, asker="Chờ Trả Lời")
    page = as_(an).get(reverse("request-list")).content.decode()
    assert page.index("Chờ Trả Lời") < page.index("Trương Văn Bảo")


def test_a_late_answer_is_said_in_words(as_, an, ward, settings):
    receive(ward, an)
    settings.TRAINING_TODAY = "2024-05-08"
    assert "quá 4 ngày" in as_(an).get(reverse("request-list")).content.decode()


def test_an_empty_register_says_what_it_is_for(as_, an):
    assert "Chưa có yêu cầu nào" in as_(an).get(reverse("request-list")).content.decode()


def test_the_list_costs_the_same_for_two_and_for_twenty(as_, an, ward, django_assert_max_num_queries):
    for _ in range(20):
        receive(ward, an)
    client = as_(an)
    with django_assert_max_num_queries(12):
        client.get(reverse("request-list"))


def test_every_officer_reads_why_and_how_long_data_are_kept(as_, an, binh, chi, quan):
    for officer in (an, binh, chi, quan):
        page = as_(officer).get(reverse("data-rules")).content.decode()
        assert "2 ngày làm việc" in page and "không xóa" in page and "chưa đối chiếu nguyên văn" in page
    assert reverse("request-list") not in as_(quan).get(reverse("data-rules")).content.decode()
