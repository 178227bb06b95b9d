"""The page of requests: An asks, Lan reads, Dũng answers, Bình has no part, Chi and the Sở's officer are strangers."""

import pytest
from django.urls import reverse

from reports.actions import requests
from reports.models import Obligation, ReportRequest
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
ASKED = {"kind": "extend", "wanted_on": "16/05/2024", "reason": "Cán bộ đi tập huấn"}


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


@pytest.fixture
def owed(an, dung):
    return reporting.owed()


def url(name, owed):
    return reverse(name, args=[owed.public_id])


def test_the_whole_way_from_asking_to_the_new_day(owed, an, dung, as_):
    answer = as_(an).post(url("report-request-ask", owed), ASKED, follow=True).content.decode()
    assert "Đã gửi đề nghị tới Quận Kiến An." in answer and "đang chờ" in answer and "Gửi đề nghị tới" not in answer
    row = ReportRequest.objects.get()
    assert "chờ trả lời" in as_(dung).get(url("report-requests", owed)).content.decode()
    as_(dung).post(url("report-request-answer", owed), {"request": row.pk, "day": "15/05/2024", "text": "", "grant": "1"})
    page = as_(an).get(url("report", owed)).content.decode()
    assert "chậm nhất 15/05/2024" in page and "đã gia hạn, trước đó 09/05/2024" in page


def test_a_day_that_is_no_date_comes_back_with_what_was_typed(owed, an, as_):
    answer = as_(an).post(url("report-request-ask", owed), {**ASKED, "wanted_on": "mai"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "Chưa gửi được." in text and "Cán bộ đi tập huấn" in text
    assert not ReportRequest.objects.exists()


def test_the_unit_above_may_extend_without_being_asked(owed, dung, as_):
    page = as_(dung).get(url("report-requests", owed)).content.decode()
    assert "Gia hạn cho Phường Nam Sơn" in page
    as_(dung).post(url("report-extend", owed), {"wanted_on": "16/05/2024", "reason": "Mưa bão"})
    assert str(Obligation.objects.get(pk=owed.pk).last_day) == "2024-05-16"
    assert "cấp trên tự gia hạn" in as_(dung).get(url("report-requests", owed)).content.decode()


def test_after_sending_the_unit_may_ask_to_correct(owed, an, as_):
    reporting.sent(an)
    page = as_(an).get(url("report-requests", owed)).content.decode()
    assert "Đề nghị chỉnh sửa sau khi gửi" in page and "Xin gia hạn" not in page
    as_(an).post(url("report-request-ask", owed), {"kind": "revise", "reason": "Ghi thiếu 2 trẻ"})
    assert ReportRequest.objects.get().kind == "revise"


@pytest.mark.parametrize(("who", "reading", "ask", "answer"), [
    ("an", 200, 302, 403), ("lan", 200, 403, 403), ("binh", 403, 403, 403), ("chi", 404, 404, 404), ("dung", 200, 403, 404),
    ("son", 403, 403, 403), ("quan", 403, 403, 403),
])  # fmt: skip
def test_who_reads_asks_and_answers(owed, as_, who, reading, ask, answer):
    person = getattr(people, who)()
    assert as_(person).get(url("report-requests", owed)).status_code == reading
    assert as_(person).post(url("report-request-ask", owed), ASKED).status_code == ask
    given = as_(person).post(url("report-request-answer", owed), {"request": "0", "text": "", "grant": "1"}).status_code
    assert given == answer
    assert as_(person).post(url("report-extend", owed), {"wanted_on": "", "reason": ""}).status_code == (
        200 if who == "dung" else answer
    )


def test_a_request_of_another_report_cannot_be_answered_here(owed, an, chi, dung, as_):
    other = reporting.owed(people.VAN_DAU)
    row = requests.ask(obligation=other, kind="extend", by=chi, reason="x", wanted_on=reporting.date(2024, 5, 16))
    sent = {"request": row.pk, "text": "", "grant": "1"}
    assert as_(dung).post(url("report-request-answer", owed), sent).status_code == 404
