"""The pages about sending reports: for those who take reports, nobody else; GET writes nothing but its audit entry."""

import io
from datetime import datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from childcare.audit.models import Entry
from childcare.documents.files import open_bytes
from childcare.documents.models import IssuedDocument
from childcare.inbox.models import Message
from childcare.lib.calendar import TZ
from reports import chasing, reminders
from reports.obligations import ensure_obligations
from tests import people
from tests.reports.test_boards import submit

pytestmark = pytest.mark.django_db
PAGES = ["sending", "sending-year"]


@pytest.fixture(autouse=True)
def owed(an, chi, dung):
    ensure_obligations(2024)


@pytest.fixture
def key(dung):
    return chasing.nearest(dung.unit, people.TODAY)


@pytest.mark.parametrize("name", PAGES)
def test_only_those_who_take_reports_see_it(name, dung, lan, binh, as_):
    assert as_(dung).get(reverse(name)).status_code == 200
    for person in (lan, binh):
        assert as_(person).get(reverse(name)).status_code == 403


def test_a_ward_sees_its_own_units_below_and_never_the_districts_list(an, key, as_):
    page = as_(an).get(reverse("sending"))
    assert "Chưa có báo cáo nào phải gửi lên" in page.content.decode()
    for name in ("sending", "sending-told"):
        assert as_(an).get(reverse(name), {"ky": key}).status_code == 404
    assert as_(an).get(reverse("sending-paper", args=["cong-van"]), {"ky": key}).status_code == 404


def test_the_page_shows_who_was_reminded_when(dung, key, as_):
    reminders.remind(on=people.TODAY)
    text = as_(dung).get(reverse("sending")).content.decode()
    assert "0 gửi đúng hạn, 0 gửi chậm, 10 chưa gửi trên 10 đơn vị" in text
    assert text.count("đã nhắc 1 ngày") == 2 and text.count("chưa nhắc") == 8
    proof = as_(dung).get(reverse("sending-told"), {"ky": key}).content.decode()
    assert "Nguyễn Thị An" in proof and "Lê Thị Chi" in proof and proof.count(">chưa đọc<") == 2


def test_the_pages_ask_a_fixed_number_of_queries(dung, key, as_, django_assert_max_num_queries):
    reminders.remind(on=people.TODAY)
    client = as_(dung)
    for name in ("sending", "sending-told", "sending-year"):
        with django_assert_max_num_queries(20):
            client.get(reverse(name), {"ky": key})


@pytest.mark.parametrize(("paper", "ending", "head"), [
    ("cong-van", "pdf", b"%PDF"), ("cong-van", "docx", b"PK"), ("thong-bao", "pdf", b"%PDF"), ("thong-bao", "docx", b"PK"),
])  # fmt: skip
def test_the_papers_come_as_pdf_and_word_and_are_logged(paper, ending, head, dung, key, as_):
    answer = as_(dung).get(reverse("sending-paper", args=[paper]), {"ky": key, "dang": ending, "in_name": "phong"})
    assert answer.status_code == 200 and answer.content.startswith(head)
    assert Entry.objects.filter(action="reminders.paper").count() == 1


def test_a_day_that_is_past_comes_back_with_a_sentence(dung, key, as_):
    answer = as_(dung).get(reverse("sending-paper", args=["cong-van"]), {"ky": key, "by_day": "01/05/2024"}, follow=True)
    assert "Ngày này đã qua" in answer.content.decode()


@pytest.mark.parametrize("query", [{"ky": "x"}, {"ky": "1:"}, {"dang": "exe"}])
def test_what_does_not_exist_is_not_found(query, dung, as_):
    assert as_(dung).get(reverse("sending-paper", args=["cong-van"]), query).status_code == 404
    assert as_(dung).get(reverse("sending-paper", args=["khac"]), {}).status_code == 404


def test_no_letter_is_made_when_all_have_sent(dung, key, as_):
    for row in chasing.asked(dung.unit, key, people.TODAY).rows:
        submit(row["unit"].code, "sent", datetime(2024, 5, 2, 9, tzinfo=TZ))
    answer = as_(dung).get(reverse("sending-paper", args=["cong-van"]), {"ky": key}, follow=True)
    text = answer.content.decode()
    assert "không cần công văn đôn đốc" in text and "Công văn đôn đốc (PDF)" not in text and "Đôn đốc 0" not in text


def test_chasing_from_the_page_reminds_only_about_that_report_and_comes_back(dung, an, key, as_):
    regime, period = key.split(":")
    answer = as_(dung).post(reverse("nudge"), {"period": period, "regime": regime, "back": "1"})
    assert answer.url == f"{reverse('sending')}?ky={regime}%3A{period}"
    assert Message.objects.filter(officer=an, key__startswith="nudge:").count() == 1
    as_(dung).post(reverse("nudge"), {"period": period, "regime": "999999"})
    assert Message.objects.filter(officer=an, key__startswith="nudge:").count() == 1


def test_the_year_leaves_as_a_workbook_with_a_row_for_every_ward(dung, as_):
    answer = as_(dung).get(reverse("sending-year"), {"nam": "2024", "dang": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    names = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Phường Nam Sơn", "Phường Văn Đẩu", "Chưa đến hạn"} <= names


def test_the_summary_leads_to_it_for_those_who_may(dung, an, as_):
    assert reverse("sending") in as_(dung).get(reverse("summary")).content.decode()
    assert f'href="{reverse("sending")}' in as_(an).get(reverse("summary")).content.decode()


def test_a_paper_is_issued_with_its_number_and_goes_into_the_register(dung, phuc, lan, an, key, as_):
    address = reverse("sending-issue", args=["cong-van"]) + f"?ky={key}&in_name=phong"
    facts = {"number": "31", "issued_on": "2/5/2024", "authority": "TRƯỞNG PHÒNG", "signer_name": "Đỗ Văn Phúc"}
    assert as_(lan).post(address, facts).status_code == 403
    wrong = as_(dung).post(address, {**facts, "position": "Phó Trưởng phòng"})
    assert wrong.status_code == 409 and "KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG" in wrong.content.decode()
    page = as_(dung).post(address, {**facts, "position": "Trưởng phòng"}, follow=True).content.decode()
    made = IssuedDocument.objects.get()
    assert (made.kind, made.full_number, made.office.sign) == ("", "31/LĐTBXH", "LĐTBXH")
    assert "31/LĐTBXH" in page and "Công văn: đôn đốc gửi" in page and open_bytes(made.pdf).startswith(b"%PDF")
    assert made.row.recipients and Entry.objects.filter(action="document.issued").count() == 1
    assert as_(dung).post(address, facts).status_code == 409  # the number stands in the book
    assert as_(dung).get(reverse("sending-issue", args=["thong-bao"]) + "?ky=khong-co").status_code == 404
