"""Nhập thay: a paper report typed in by the district, marked, confirmed or disputed by the ward."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import drafts, freezing
from reports.actions import drafting, on_behalf
from reports.pages import rows_of
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
MULTIPLIERS = {"HC-04": 100, "HC-02": 100}
TYPED = {
    "DS-01": (Decimal(120), None),
    "HC-01": (Decimal(4), None),
    "HC-04": (Decimal(3), Decimal(4)),
    "XH-01": (Decimal(0), None),
}


def enter(by, figures=TYPED, **values):
    owed = reporting.owed(people.VAN_DAU)
    content = {"figures": figures, "multipliers": MULTIPLIERS}
    given = {"received_on": date(2024, 5, 2), "content": content, "number": "9", **values}
    return on_behalf.enter(obligation=owed, by=by, **given)


@pytest.fixture(autouse=True)
def ward(an, chi, dung):
    return people.unit(people.VAN_DAU)


def test_a_paper_report_is_taken_marked_and_frozen(dung):
    row = enter(dung, scan=reporting.PDF)
    assert (row.state, row.on_behalf, row.created_by, row.number) == ("accepted", True, dung, 1)
    assert row.snapshot.figures.get(code="HC-04").denominator == 4
    assert (row.document.full_number, row.paper.content_type) == ("09/BC-UBND", "application/pdf")
    assert freezing.verify(row.snapshot)


def test_rates_that_follow_from_what_was_typed_are_kept_too(dung):
    figures = drafts.load(enter(dung)).figures
    assert (figures("HC-02").text, figures("HC-03").count) == ("4/120 (3,3%)", "3")
    assert figures("XH-01").zero and figures("TN-05").missing


@pytest.mark.parametrize("day, late", [(date(2024, 5, 9), 0), (date(2024, 5, 11), 2)])
def test_the_day_the_paper_came_decides_whether_it_was_late(dung, settings, day, late):
    settings.TRAINING_TODAY = "2024-05-12"
    row = enter(dung, received_on=day)
    assert rows_of([row.obligation])[0].late == late


def test_the_ward_is_told_and_confirms(dung, chi):
    row = enter(dung)
    assert Message.objects.filter(officer=chi, subject__contains="đã được nhập thay").count() == 1
    row = on_behalf.confirm(submission=row, by=chi)
    assert row.confirmed_by == chi
    with pytest.raises(Refusal, match="đã xác nhận"):
        enter(dung)


def test_the_ward_says_what_is_wrong_and_may_write_its_own(dung, chi):
    row = on_behalf.dispute(submission=enter(dung), by=chi, reason="Có 5 trẻ em, không phải 4")
    assert row.state == "returned" and row.return_reason == "Có 5 trẻ em, không phải 4"
    assert Message.objects.filter(officer=dung, subject="Phường Văn Đẩu báo số liệu nhập thay chưa đúng").count() == 1
    own = drafting.new_version(submission=row, by=chi)
    assert (own.number, own.on_behalf, own.state) == (2, False, "draft")


def test_typed_again_the_first_is_kept_as_replaced(dung):
    first, second = enter(dung), enter(dung, {"DS-01": (Decimal(121), None)}, number="10")
    first.refresh_from_db()
    assert (first.state, first.current, second.number, second.current) == ("replaced", False, 2, True)


def test_a_report_that_the_ward_has_on_its_way_is_not_replaced(dung, chi):
    reporting.presented(chi, code=people.VAN_DAU)
    with pytest.raises(Refusal, match="Chờ ký"):
        enter(dung)


def test_a_draft_of_the_ward_stays_in_the_history(dung, chi):
    draft = reporting.draft(chi, code=people.VAN_DAU)
    row = enter(dung)
    draft.refresh_from_db()
    assert (draft.state, draft.current, row.number) == ("replaced", False, 2)


def test_a_scan_that_is_none_leaves_nothing_behind(dung, settings):
    with pytest.raises(Refusal, match="PDF, JPG hoặc PNG"):
        enter(dung, scan=b"MZ")
    assert not reporting.owed(people.VAN_DAU).submissions.exists()
