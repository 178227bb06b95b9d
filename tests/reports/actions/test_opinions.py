"""The leader's word on a report that waits for his signature."""

import pytest
from django.db import connection

from childcare.audit.models import Entry
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports.actions import drafting, opinions
from reports.models import Submission
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


def give(row, by, agrees=True, text="", version=None):
    return opinions.give(submission=row, by=by, agrees=agrees, text=text, version=version or row.version)


def test_agreeing_keeps_the_report_waiting_and_tells_the_writer(an, lan):
    row = give(reporting.presented(an), lan)
    assert (row.state, row.opinion_agrees, row.opinion_by) == ("to_sign", True, lan)
    assert [message.subject for message in Message.objects.filter(officer=an, key__startswith="opinion:")] == [
        "Phạm Thị Lan đồng ý ký báo cáo 6 tháng đầu năm 2024 của Phường Nam Sơn"
    ]
    assert Entry.objects.filter(action="report.opinion", note="đồng ý ký").count() == 1


def test_asking_for_a_change_makes_it_a_draft_again_with_the_words_on_it(an, lan):
    row = give(reporting.presented(an), lan, agrees=False, text="Viết rõ mục V.")
    assert (row.state, row.opinion, row.snapshot) == ("draft", "Viết rõ mục V.", None)
    assert "yêu cầu sửa" in Message.objects.get(officer=an, key__startswith="opinion:").subject


def test_asking_for_a_change_without_words_is_refused(an, lan):
    row = reporting.presented(an)
    with pytest.raises(Refusal, match="cần sửa chỗ nào"):
        give(row, lan, agrees=False, text="  ")
    assert Submission.objects.get(pk=row.pk).state == "to_sign"


def test_a_double_click_has_one_effect(an, lan):
    row = reporting.presented(an)
    give(row, lan, agrees=False, text="Sửa mục V.")
    give(row, lan, agrees=False, text="Sửa mục V.")
    assert Entry.objects.filter(action="report.opinion").count() == 1
    assert Message.objects.filter(key__startswith="opinion:").count() == 1


def test_a_page_older_than_the_report_is_refused(an, lan):
    row = reporting.presented(an)
    drafting.withdraw(submission=row, by=an)
    with pytest.raises(Refusal, match="không còn chờ ký"):
        give(row, lan)
    again = Submission.objects.get(pk=row.pk)
    drafting.present(submission=again, by=an, version=again.version)
    with pytest.raises(Refusal, match="trình lại"):
        give(row, lan, version=row.version)


def test_a_word_on_an_earlier_text_is_gone_when_the_report_is_presented_again(an, lan):
    row = give(reporting.presented(an), lan, agrees=False, text="Sửa mục V.")
    row = drafting.present(submission=row, by=an, version=row.version)
    assert (row.opinion, row.opinion_agrees, row.opinion_at, row.opinion_by) == ("", None, None, None)


def test_the_words_are_kept_encrypted(an, lan):
    row = give(reporting.presented(an), lan, text="Bổ sung phần đuối nước")
    with connection.cursor() as cursor:
        cursor.execute("SELECT opinion FROM reports_submission WHERE id = %s", [row.pk])
        assert "đuối" not in str(cursor.fetchone()[0])
