"""Trao đổi about a paragraph: the two units and nobody else, on a returned report, at redraft, on a draft that is shown; never printed."""

import pytest
from django.urls import reverse

from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import comments, documents, exporting
from reports.actions import answering, commenting, drafting, signing
from reports.models import ReportComment, Submission
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
SAID = "Đề nghị nêu rõ số cộng tác viên"


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def url(name, row, *args):
    return reverse(name, args=[row.obligation.public_id, *args])


def test_the_district_asks_about_a_paragraph_the_ward_answers_and_both_see_it_until_it_is_done(as_, an, dung):
    row = reporting.sent(an)
    first = as_(dung).get(url("report-comment-section", row, "V")).content.decode()
    assert "Đội ngũ cán bộ làm công tác trẻ em chủ yếu kiêm nhiệm." in first  # the paragraphs to choose from
    as_(dung).post(url("report-comment-section", row, "V"), {"text": SAID, "quote": "0"})
    thread = ReportComment.objects.get()
    assert (thread.quote, thread.unit.code, thread.number) == (
        "Đội ngũ cán bộ làm công tác trẻ em chủ yếu kiêm nhiệm.", people.KIEN_AN, 1,
    )  # fmt: skip
    told = Message.objects.get(officer=an, key=f"comment:{thread.public_id}")
    assert "mục Tồn tại, hạn chế, nguyên nhân" in told.subject and SAID not in told.subject + told.body
    answering.return_(submission=row, by=dung, reason="Xem trao đổi ở mục V")
    page = as_(an).get(url("report", row)).content.decode()
    assert SAID in page and "1 trao đổi chưa xong" in page  # on the report that came back
    as_(an).post(url("report-new-version", row))
    page = as_(an).get(url("report", row)).content.decode()
    assert SAID in page and "Trả lời trao đổi (1 chưa xong)" in page and 'name="text-V"' in page  # and at redraft
    as_(an).post(url("report-comment-section", row, "V"), {"text": "Đã bổ sung", "thread": str(thread.pk)})
    assert Message.objects.filter(officer=dung, subject__startswith="Phường Nam Sơn trao đổi về").count() == 1
    assert "Đã bổ sung" in as_(dung).get(url("report-comments", row)).content.decode()  # though it sees no draft
    as_(dung).post(url("report-comment-settle", row), {"thread": str(thread.pk)})
    assert SAID not in as_(an).get(url("report", row)).content.decode()
    assert "Đã xong: Vũ Văn Dũng" in as_(an).get(url("report-comments", row)).content.decode()
    as_(an).post(url("report-comment-section", row, "V"), {"text": "Xin hỏi thêm", "thread": str(thread.pk)})
    assert ReportComment.objects.get(pk=thread.pk).resolved_at is None  # an answer opens it again


def test_nobody_but_the_two_units_reads_or_writes(as_, an, dung):
    row = reporting.sent(an)
    commenting.write(obligation=row.obligation, section="V", text=SAID, by=dung)
    pages = [url("report-comments", row), url("report-comment-section", row, "V")]
    for who, status in ((people.son(), 403), (people.chi(), 404), (people.binh(), 403), (people.quan(), 403)):
        client = as_(who)
        assert [client.get(page).status_code for page in pages] == [status, status]
        assert client.post(pages[1], {"text": "Lạ"}).status_code == status
        assert client.post(url("report-comment-settle", row), {"thread": ReportComment.objects.get().pk}).status_code == status
        assert not ReportComment.objects.visible_to(who).exists() and comments.threads(row.obligation, who) == []
        with pytest.raises(Refusal, match="đơn vị nhận báo cáo"):
            commenting.write(obligation=row.obligation, section="V", text="Lạ", by=who)
    assert SAID not in as_(people.son()).get(url("report", row)).content.decode()
    assert [as_(one()).get(pages[0]).status_code for one in (people.lan, people.phuc)] == [200, 200]


def test_it_is_never_printed_nor_exported(an, dung):
    row = reporting.sent(an)
    commenting.write(obligation=row.obligation, section="V", text=SAID, by=dung)
    row = Submission.objects.select_related("obligation__unit__parent", "snapshot", "document").get(pk=row.pk)
    assert SAID not in str(documents.of_submission(row))
    assert all(SAID.encode() not in exporting.data_of(row, ending) for ending in ("json", "xlsx"))


def test_a_draft_is_read_by_the_unit_above_only_while_it_is_shown(as_, an, dung):
    row = reporting.draft(an)
    assert "3 trẻ em dưới 16 tuổi" not in as_(dung).get(url("report", row)).content.decode()
    assert as_(dung).post(url("report-show", row)).status_code == 403
    as_(an).post(url("report-show", row))
    page = as_(dung).get(url("report", row)).content.decode()
    assert "3 trẻ em dưới 16 tuổi" in page and "Trao đổi về mục này" in page and "Tiếp nhận</button>" not in page
    assert Message.objects.filter(officer=dung, subject__contains="cho xem dự thảo").count() == 1
    assert "chưa gửi báo cáo này" in as_(people.son()).get(url("report", row)).content.decode()  # not the level above that
    as_(dung).post(url("report-comment-section", row, "II"), {"text": SAID})
    assert SAID in as_(an).get(url("report", row)).content.decode()
    as_(an).post(url("report-show", row), {"hide": "1"})
    assert "chưa gửi báo cáo này" in as_(dung).get(url("report", row)).content.decode()
    drafting.present(submission=row, by=an, version=Submission.objects.get(pk=row.pk).version)
    with pytest.raises(Refusal, match="Chỉ bản dự thảo"):
        commenting.show(submission=row, by=an, shown=True)


def test_a_double_click_says_it_once_and_an_empty_remark_is_refused(as_, an, dung):
    row = reporting.sent(an)
    for _ in range(2):
        as_(dung).post(url("report-comment-section", row, "V"), {"text": SAID})
    thread = ReportComment.objects.get()
    for _ in range(2):
        as_(an).post(url("report-comment-section", row, "V"), {"text": "Vâng", "thread": str(thread.pk)})
    assert thread.answers.count() == 1
    refused = as_(dung).post(url("report-comment-section", row, "V"), {"text": "   "})
    assert refused.status_code == 200 and ReportComment.objects.count() == 2
    assert as_(dung).get(url("report-comment-section", row, "III")).status_code == 404  # a heading without text
    assert (
        as_(dung).post(url("report-comment-section", row, "II"), {"text": "Vâng", "thread": str(thread.pk)}).status_code == 404
    )
