"""What the pages of a report show: steps, words, who may do what."""

from datetime import UTC, date, datetime

import pytest

from reports import pages
from reports.models import Submission
from tests import people
from tests.reports import reporting

S = Submission.State


def states(state):
    return [step["state"] for step in pages.steps(Submission(state=state))]


def test_the_steps_say_where_the_report_is():
    assert states(S.DRAFT) == ["now", "todo", "todo", "todo", "todo"]
    assert states(S.SIGNED) == ["done", "done", "now", "todo", "todo"]
    assert states(S.ACCEPTED) == ["done"] * 5
    assert pages.steps(Submission(state=S.RETURNED))[-1] == {"word": "Yêu cầu chỉnh sửa", "state": "now"}
    assert [step["state"] for step in pages.steps(None)] == ["todo"] * 5


@pytest.mark.parametrize(
    "submission, own, above",
    [
        (None, "Chưa bắt đầu", "Chưa gửi"),
        (Submission(state=S.DRAFT), "Dự thảo", "Chưa gửi"),
        (Submission(state=S.TO_SIGN), "Chờ ký", "Chờ ký"),
        (Submission(state=S.SENT), "Đã gửi", "Đã gửi"),
        (Submission(state=S.ACCEPTED, on_behalf=True), "Nhập thay", "Nhập thay"),
    ],
)
def test_a_state_in_a_word_at_home_and_above(submission, own, above):
    row = pages.Row(None, submission, 0, None, "")
    assert (row.word, row.word_above) == (own, above)


def test_late_is_told_of_what_was_sent_and_of_what_was_not():
    sent = Submission(state=S.SENT, sent_at=datetime(2024, 5, 11, tzinfo=UTC))
    assert pages.late_text(sent, 2) == "Gửi chậm 2 ngày"
    assert pages.late_text(None, 2) == "Chưa gửi, chậm 2 ngày"
    assert pages.late_text(sent, 0) == ""


@pytest.mark.django_db
def test_rights_are_those_in_exactly_the_unit_that_owes_or_takes():
    owed = reporting.owed()
    an, lan, dung, phuc, chi, son = (
        pages.May.of(getattr(people, name)(), owed) for name in ("an", "lan", "dung", "phuc", "chi", "son")
    )
    assert an.write and an.send and not an.accept
    assert not lan.write and lan.sign and lan.send
    assert dung.accept and dung.on_behalf and not dung.write and not dung.send
    assert phuc.accept and not phuc.on_behalf
    assert not any((chi.write, chi.accept, chi.own, son.write, son.accept, son.on_behalf))


@pytest.mark.django_db
def test_the_last_working_day_stands_beside_a_last_day_off():
    rows = pages.rows_of([reporting.owed(period="2024")])
    assert (rows[0].obligation.last_day, rows[0].working_day) == (date(2024, 11, 9), date(2024, 11, 8))
    assert rows[0].window == "01/11/2023 – 31/10/2024"


@pytest.mark.django_db
@pytest.mark.parametrize("code, word", [(people.NAM_SON, "UBND quận"), (people.KIEN_AN, "Sở")])
def test_who_takes_the_report_in_a_word(code, word):
    assert pages.receiver_word(reporting.owed(code)) == word
