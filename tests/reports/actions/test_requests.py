"""More time, and correcting what was sent: asked once, answered once, and what a granted request does."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import boards, chasing, reminders, todo_requests
from reports.actions import drafting, requests, signing
from reports.models import Obligation, ReportRequest, Submission
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
K = ReportRequest.Kind
LATER = date(2024, 5, 16)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


@pytest.fixture
def owed(an, dung):
    return reporting.owed()


def extension(owed, by, reason="Cán bộ đi tập huấn", day=LATER):
    return requests.ask(obligation=owed, kind=K.EXTEND, by=by, reason=reason, wanted_on=day)


def last_day(owed):
    return Obligation.objects.get(pk=owed.pk).last_day


def test_a_granted_extension_moves_the_last_day_and_keeps_the_first(owed, an, dung):
    row = requests.answer(request=extension(owed, an), by=dung, granted=True)
    kept = Obligation.objects.get(pk=owed.pk)
    assert (kept.last_day, kept.extended_from) == (LATER, date(2024, 5, 9))
    assert (row.granted_on, row.old_last_day, row.answered_by) == (LATER, date(2024, 5, 9), dung)


def test_the_unit_above_may_give_another_day_than_was_asked(owed, an, dung):
    requests.answer(request=extension(owed, an), by=dung, granted=True, day=date(2024, 5, 13))
    assert last_day(owed) == date(2024, 5, 13)


def test_a_second_extension_still_knows_the_first_day(owed, an, dung):
    requests.answer(request=extension(owed, an), by=dung, granted=True)
    requests.extend_unasked(obligation=owed, by=dung, reason="Mưa bão", day=date(2024, 5, 20))
    kept = Obligation.objects.get(pk=owed.pk)
    assert (kept.last_day, kept.extended_from) == (date(2024, 5, 20), date(2024, 5, 9))


def test_a_refusal_says_why_and_changes_nothing(owed, an, dung):
    row = extension(owed, an)
    with pytest.raises(Refusal, match="lý do không đồng ý"):
        requests.answer(request=row, by=dung, granted=False)
    row = requests.answer(request=row, by=dung, granted=False, text="Quận phải gửi Sở ngày 14/5")
    assert row.granted is False and last_day(owed) == date(2024, 5, 9)


def test_a_double_click_asks_and_answers_once(owed, an, dung):
    first, second = extension(owed, an), extension(owed, an)
    assert first == second
    for _ in range(2):
        requests.answer(request=first, by=dung, granted=True)
    assert Entry.objects.filter(action="report.requested").count() == 1
    assert Entry.objects.filter(action="report.request_answered").count() == 1


def test_another_answer_to_an_answered_request_is_refused(owed, an, dung, phuc):
    row = extension(owed, an)
    requests.answer(request=row, by=dung, granted=True)
    with pytest.raises(Refusal, match="đã được trả lời"):
        requests.answer(request=row, by=phuc, granted=False, text="x")


@pytest.mark.parametrize(("day", "word"), [
    (date(2024, 5, 9), "sau hạn hiện nay"), (date(2024, 5, 1), "sau hạn hiện nay"), (None, "sau hạn hiện nay"),
    (date(2025, 5, 9), "quá 90 ngày"),
])  # fmt: skip
def test_a_day_that_is_no_extension_is_refused(owed, an, day, word):
    with pytest.raises(Refusal, match=word):
        extension(owed, an, day=day)


def test_a_day_that_is_past_is_refused(owed, an, settings):
    settings.TRAINING_TODAY = "2024-06-10"
    with pytest.raises(Refusal, match="đã qua"):
        extension(owed, an)


def test_without_a_reason_nothing_is_asked(owed, an, dung):
    with pytest.raises(Refusal, match="ghi lý do"):
        extension(owed, an, reason=" ")
    with pytest.raises(Refusal, match="lý do gia hạn"):
        requests.extend_unasked(obligation=owed, by=dung, reason="", day=LATER)


def test_what_was_sent_needs_no_more_time_and_what_was_not_no_correction(owed, an):
    with pytest.raises(Refusal, match="Chỉ báo cáo đã gửi"):
        requests.ask(obligation=owed, kind=K.REVISE, by=an, reason="Sai số trẻ")
    reporting.sent(an)
    with pytest.raises(Refusal, match="không cần gia hạn"):
        extension(owed, an)


def test_a_report_sent_while_the_request_waited_is_not_extended(owed, an, dung):
    row = extension(owed, an)
    reporting.sent(an)
    with pytest.raises(Refusal, match="không cần gia hạn"):
        requests.answer(request=row, by=dung, granted=True)
    assert last_day(owed) == date(2024, 5, 9)


@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_a_granted_correction_gives_the_report_back_with_the_units_own_reason(owed, an, dung, state):
    getattr(reporting, state)(an)
    row = requests.ask(obligation=owed, kind=K.REVISE, by=an, reason="Ghi thiếu 2 trẻ")
    requests.answer(request=row, by=dung, granted=True)
    sent = Submission.objects.get(obligation=owed, current=True)
    assert sent.state == "returned" and sent.return_reason == "Theo đề nghị của đơn vị: Ghi thiếu 2 trẻ"
    new = drafting.new_version(submission=sent, by=an)
    assert (new.number, new.state) == (2, "draft") and Submission.objects.get(pk=sent.pk).snapshot_id


def test_both_sides_are_told_and_never_the_one_who_did_it(owed, an, dung, phuc):
    row = extension(owed, an)
    assert {message.officer for message in Message.objects.filter(key=f"asked:{row.public_id}")} == {dung, phuc}
    requests.answer(request=row, by=dung, granted=True)
    (told,) = Message.objects.filter(key=f"request:{row.public_id}")
    assert told.officer == an and told.subject.endswith("được gia hạn đến 16/05/2024")


def test_it_waits_for_those_who_may_answer_until_it_is_answered(owed, an, binh, dung, phuc):
    row = extension(owed, an)
    found = {who: [line[1:2] for line in todo_requests.lines(who)] for who in (an, binh, dung, phuc)}
    assert found == {an: [], binh: [], dung: [("Xin gia hạn",)], phuc: [("Xin gia hạn",)]}
    requests.answer(request=row, by=dung, granted=False, text="Không")
    assert not list(todo_requests.lines(dung))


def test_reasons_are_kept_encrypted(owed, an):
    row = extension(owed, an, reason="Cán bộ nghỉ ốm")
    assert "ốm" not in str(ReportRequest.objects.filter(pk=row.pk).extra(select={"raw": "reason"}).values("raw")[0])


def test_lateness_counts_from_the_new_last_day(owed, an, dung, settings):
    requests.extend_unasked(obligation=owed, by=dung, reason="Mưa bão", day=LATER)
    rows, _ = boards.reporting(owed.to_unit, owed.regime_id, "2024-H1", date(2024, 5, 18))
    late = {row["unit"].code: row["late"] for row in rows}
    assert (late[people.NAM_SON], late[people.VAN_DAU]) == (2, 9)


def test_one_period_stays_one_choice_when_a_unit_has_more_time(owed, an, chi, dung):
    requests.extend_unasked(obligation=owed, by=dung, reason="Mưa bão", day=LATER)
    halves = [row for row in boards.periods_owed_to(owed.to_unit) if row[1] == "2024-H1"]
    assert halves == [(owed.regime_id, "2024-H1", date(2024, 5, 9), "6 tháng đầu năm 2024")]
    assert sum(key.endswith("2024-H1") for key, _ in chasing.choices(owed.to_unit)) == 1
    assert chasing.asked(owed.to_unit, f"{owed.regime_id}:2024-H1", LATER).last_day == date(2024, 5, 9)


def test_a_unit_with_more_time_is_reminded_again_before_its_new_day_and_is_not_called_missing(owed, an, chi, dung):
    reminders.remind(on=date(2024, 5, 9))
    assert Message.objects.filter(officer=an, key__startswith="remind:").count() == 1
    requests.extend_unasked(obligation=owed, by=dung, reason="Mưa bão", day=LATER)
    reminders.remind(on=date(2024, 5, 10))
    late = Message.objects.get(officer=dung, key__startswith="missing:", key__endswith=":late")
    assert "Phường Văn Đẩu" in late.body and "Phường Nam Sơn" not in late.body
    reminders.remind(on=LATER)
    told = [message.subject for message in Message.objects.filter(officer=an, key__startswith="remind:").order_by("pk")]
    assert [subject.partition(": ")[2] for subject in told] == [
        "hôm nay là hạn cuối", "còn 6 ngày, chậm nhất 16/05/2024", "hôm nay là hạn cuối",
    ]  # fmt: skip
    assert not Message.objects.filter(officer=an, key__startswith="late:").exists()
