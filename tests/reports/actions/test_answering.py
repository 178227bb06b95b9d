"""Gửi, tiếp nhận, yêu cầu chỉnh sửa: once, in order, by somebody else, late by the Vietnamese day."""

from datetime import datetime

import pytest

from childcare.inbox.models import Message
from childcare.lib.calendar import TZ
from childcare.lib.refusal import Refusal
from reports import states
from reports.actions import answering, drafting, signing
from reports.models import Submission
from reports.obligations import days_late, sent_on
from reports.pages import rows_of
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def at(monkeypatch, *moment):
    monkeypatch.setattr(answering, "stamp", lambda: datetime(*moment, tzinfo=TZ))


def test_a_sent_report_tells_those_who_take_it_without_a_word_of_children(an, dung, phuc):
    row = reporting.sent(an)
    assert (row.state, row.sent_by) == ("sent", an)
    messages = Message.objects.filter(key=f"sent:{row.public_id}").order_by("officer__username")
    assert [message.officer for message in messages] == [dung, phuc]
    assert messages[0].subject == "Phường Nam Sơn đã gửi báo cáo 6 tháng đầu năm 2024"
    assert (
        "Nam" not in messages[0].subject.replace("Nam Sơn", "") and messages[0].url == f"/bao-cao/{row.obligation.public_id}/"
    )


@pytest.mark.parametrize(
    "moment, late",
    [((2024, 5, 9, 23, 59, 59, 900_000), 0), ((2024, 5, 10, 0, 0, 0, 100_000), 1), ((2024, 5, 12, 8, 0), 3)],
)
def test_late_is_told_by_the_vietnamese_day_of_the_server(an, monkeypatch, settings, moment, late):
    row = reporting.signed(an)
    at(monkeypatch, *moment)
    row = answering.send(submission=row, by=an)
    assert days_late(row.obligation, sent_on(Submission.objects.get(pk=row.pk)), None) == late
    assert rows_of([row.obligation])[0].late_text == (f"Gửi chậm {late} ngày" if late else "")


def test_the_first_sending_decides_whether_it_was_late(an, dung, monkeypatch):
    row = reporting.sent(an)
    row = answering.return_(submission=row, by=dung, reason="Thiếu phụ lục")
    new = drafting.new_version(submission=row, by=an)
    new = drafting.present(submission=new, by=an, version=new.version)
    new = signing.sign(submission=new, by=an, version=new.version, **{**reporting.SIGNED, "number": "06"})
    at(monkeypatch, 2024, 5, 20, 8, 0)
    answering.send(submission=new, by=an)
    assert rows_of([row.obligation])[0].late == 0


def test_sending_twice_has_one_effect_and_the_other_is_told_who_and_when(an, lan):
    row = reporting.sent(an)
    assert answering.send(submission=row, by=an).version == row.version
    with pytest.raises(Refusal, match="Nguyễn Thị An đã gửi lúc .* ngày 02/05/2024"):
        answering.send(submission=row, by=lan)
    assert Message.objects.filter(key__startswith="sent:").values("officer").distinct().count() == 1


def test_nothing_is_sent_before_its_document_is_there(an):
    row = reporting.signed(an)
    row.document.pdf = None
    row.document.save()
    with pytest.raises(Refusal, match="chưa tạo xong"):
        answering.send(submission=row, by=an)


def test_accepting_tells_the_ward_once(an, dung):
    row = answering.accept(submission=reporting.sent(an), by=dung)
    assert (row.state, row.answered_by) == ("accepted", dung)
    answering.accept(submission=row, by=dung)
    assert (
        Message.objects.filter(officer=an, subject="Báo cáo 6 tháng đầu năm 2024 của Phường Nam Sơn đã được tiếp nhận").count()
        == 1
    )


def test_nobody_accepts_what_he_wrote_signed_or_sent(an, dung, phuc):
    row = reporting.sent(an)
    for field in ("created_by", "presented_by", "signed_by", "sent_by"):
        Submission.objects.filter(pk=row.pk).update(**{field: dung})
        with pytest.raises(Refusal, match="không được tự tiếp nhận"):
            answering.accept(submission=row, by=dung)
        Submission.objects.filter(pk=row.pk).update(**{field: an})
    assert answering.accept(submission=row, by=phuc).state == "accepted"


def test_a_returned_report_becomes_a_new_version_with_its_words(an, dung):
    row = reporting.draft(an)
    drafting.save_text(submission=row, by=an, version=row.version, texts={"V": "Còn thiếu cộng tác viên."})
    row = answering.return_(submission=reporting.sent(an), by=dung, reason="Thiếu  số liệu BHYT")
    assert row.return_reason == "Thiếu  số liệu BHYT"
    new = drafting.new_version(submission=row, by=an)
    assert (new.number, new.state, new.current) == (2, "draft", True)
    assert "Còn thiếu cộng tác viên." in new.text
    row.refresh_from_db()
    assert (row.state, row.current) == ("replaced", False) and row.document.full_number == "05/BC-UBND"
    assert drafting.new_version(submission=row, by=an).pk == new.pk


def test_a_return_needs_its_reason(an, dung):
    with pytest.raises(Refusal, match="Hãy ghi rõ"):
        answering.return_(submission=reporting.sent(an), by=dung, reason=" ")


ACTS = {
    "present": lambda row, by: drafting.present(submission=row, by=by, version=row.version),
    "withdraw": lambda row, by: drafting.withdraw(submission=row, by=by),
    "sign": lambda row, by: signing.sign(submission=row, by=by, version=row.version, **{**reporting.SIGNED, "number": "77"}),
    "send": lambda row, by: answering.send(submission=row, by=by),
    "accept": lambda row, by: answering.accept(submission=row, by=by),
    "return": lambda row, by: answering.return_(submission=row, by=by, reason="Thiếu"),
    "replace": lambda row, by: drafting.new_version(submission=row, by=by),
}


@pytest.mark.parametrize("state", ["draft", "to_sign", "signed", "sent", "accepted", "returned"])
@pytest.mark.parametrize("act", list(ACTS))
def test_every_act_follows_only_in_its_states(an, act, state):
    made = {
        "draft": reporting.draft, "to_sign": reporting.presented, "signed": reporting.signed, "sent": reporting.sent,
        "accepted": reporting.accepted, "returned": lambda by: answering.return_(submission=reporting.sent(by), by=people.phuc(), reason="Thiếu"),
    }  # fmt: skip
    row = made[state](an)
    other = people.officer("khac", "Người Khác", "office_leader", people.KIEN_AN)
    if state in states.TRANSITIONS[act][0]:
        assert ACTS[act](row, other).state in (states.TRANSITIONS[act][1], "draft")
    else:
        with pytest.raises(Refusal):
            ACTS[act](row, other)
        row.refresh_from_db()
        assert row.state == state
