"""Presenting with reasons, the phiếu trình ký, and the leader's word on the page: An writes, Lan leads, Bình and Chi may not."""

import pytest
from django.urls import reverse

from reports import drafts
from reports.models import Submission
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


def url(name, row, *args):
    return reverse(name, args=[row.obligation.public_id, *args])


def reason_boxes(page):
    return [warning.box for warning in page.context["warnings"]]


def test_every_warning_has_a_box_and_what_is_typed_is_kept(as_, an):
    row = reporting.draft(an)
    page = as_(an).get(url("report-present", row))
    first, second = reason_boxes(page)[:2]
    data = {"version": row.version, first: "  Đã đối   chiếu ", second: "", "keep": "1"}
    answer = as_(an).post(url("report-present", row), data, follow=True)
    assert "Đã lưu lý do." in answer.content.decode() and 'value="Đã đối chiếu"' in answer.content.decode()
    assert Submission.objects.get(pk=row.pk).state == "draft"


def test_presenting_freezes_the_reasons_with_the_report(as_, an):
    row = reporting.draft(an)
    first = reason_boxes(as_(an).get(url("report-present", row)))[0]
    as_(an).post(url("report-present", row), {"version": row.version, first: "Đúng như sổ"})
    row = Submission.objects.get(pk=row.pk)
    assert row.state == "to_sign"
    assert [said["reason"] for said in drafts.load(row).explained.values()] == ["Đúng như sổ"]


def test_a_page_older_than_the_draft_is_refused_and_what_was_typed_is_shown_again(as_, an):
    row = reporting.draft(an)
    first = reason_boxes(as_(an).get(url("report-present", row)))[0]
    answer = as_(an).post(url("report-present", row), {"version": row.version + 7, first: "Lý do gõ rất lâu"})
    text = answer.content.decode()
    assert "vừa được lưu lại" in text and "Lý do gõ rất lâu" in text
    assert Submission.objects.get(pk=row.pk).state == "draft"


def test_a_reason_for_a_warning_that_does_not_exist_is_not_kept(as_, an):
    row = reporting.draft(an)
    as_(an).post(url("report-present", row), {"version": row.version, "reason-0000000000000000": "x", "keep": "1"})
    assert drafts.load(Submission.objects.get(pk=row.pk)).explained == {}


def test_the_leader_gives_his_word_on_the_page(as_, an, lan):
    row = reporting.presented(an)
    page = as_(lan).get(url("report", row)).content.decode()
    assert "Đồng ý ký" in page and "Trả về để sửa" in page
    as_(lan).post(url("report-opinion", row), {"version": row.version, "text": "Bổ sung mục V", "change": "1"})
    assert Submission.objects.get(pk=row.pk).state == "draft"
    assert "Bổ sung mục V" in as_(an).get(url("report", row)).content.decode()


def test_the_writer_sees_the_slip_and_no_buttons_of_the_leader(as_, an):
    row = reporting.presented(an)
    page = as_(an).get(url("report", row)).content.decode()
    assert url("report-slip", row, "pdf") in page and "Trả về để sửa" not in page


@pytest.mark.parametrize(("who", "slip", "word"), [
    ("an", 200, 403), ("lan", 200, 302), ("binh", 403, 403), ("chi", 404, 403), ("dung", 403, 403), ("phuc", 403, 403),
    ("quan", 403, 403),
])  # fmt: skip
def test_who_gets_the_slip_and_who_may_give_a_word(as_, an, who, slip, word):
    row, person = reporting.presented(an), getattr(people, who)()
    assert as_(person).get(url("report-slip", row, "pdf")).status_code == slip
    data = {"version": row.version, "text": "", "agree": "1"}
    assert as_(person).post(url("report-opinion", row), data).status_code == word


def test_the_slip_is_not_there_before_it_is_presented(as_, an):
    row = reporting.draft(an)
    assert as_(an).get(url("report-slip", row, "pdf")).status_code == 404
    assert as_(an).get(url("report-slip", row, "exe")).status_code == 404


def test_the_unit_above_never_reads_the_leaders_word(as_, an, lan, dung):
    row = reporting.presented(an)
    as_(lan).post(url("report-opinion", row), {"version": row.version, "text": "Nội bộ: kiểm lại", "agree": "1"})
    row = Submission.objects.get(pk=row.pk)
    Submission.objects.filter(pk=row.pk).update(state="sent", sent_at=row.presented_at)
    assert "kiểm lại" not in as_(dung).get(url("report", row)).content.decode()
    assert "kiểm lại" in as_(an).get(url("report", row)).content.decode()
