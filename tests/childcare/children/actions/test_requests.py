"""Requests about data: two working days to answer, fifteen days to act, one extension, a person checks the asker first."""

import uuid
from datetime import date

import pytest
from django.db import connection

from childcare.children.actions import requests
from childcare.children.models import DataRequest, DataRule
from childcare.lib.refusal import Refusal
from childcare.units.models import DayOverride
from tests import factories

pytestmark = pytest.mark.django_db


def receive(unit, by, on=date(2024, 5, 2), **values):
    values = {"asker": "Trương Văn Bảo", "relation": "cha", "kind": "see", "once": uuid.uuid4(), **values}
    return requests.receive(by=by, unit=unit, received_on=on, **values)


@pytest.mark.parametrize(
    ("received", "answer_by", "act_by"),
    [
        (date(2024, 5, 2), date(2024, 5, 4), date(2024, 5, 17)),  # Thursday: Friday, and Saturday 4/5 worked for 29/4
        (date(2024, 5, 10), date(2024, 5, 14), date(2024, 5, 25)),  # Friday: Monday, Tuesday
        (date(2024, 4, 26), date(2024, 5, 3), date(2024, 5, 11)),  # 29/4 given away for 4/5, 30/4 and 1/5: Thursday, Friday
    ],
)
def test_the_clocks_run_from_the_receipt_over_weekends_and_holidays(an, ward, received, answer_by, act_by):
    row = receive(ward, an, received)
    assert (row.answer_by, row.act_by) == (answer_by, act_by)


def test_a_day_off_announced_late_moves_the_answer(an, ward):
    DayOverride.objects.create(day=date(2024, 5, 3), working=False)
    assert receive(ward, an).answer_by == date(2024, 5, 6)


def test_the_clock_is_data_and_not_code(an, ward):
    DataRule.objects.filter(code="CK24").update(amount=20)
    assert receive(ward, an).act_by == date(2024, 5, 22)


def test_numbers_run_without_gaps_in_each_unit(an, chi, ward):
    assert [receive(ward, an).number, receive(ward, an).number, receive(chi.unit, chi).number] == [1, 2, 1]


def test_the_same_post_twice_is_one_request_and_nobody_elses_key_is_taken(an, chi, ward):
    key = uuid.uuid4()
    assert receive(ward, an, once=key) == receive(ward, an, once=key)
    with pytest.raises(Refusal):
        receive(chi.unit, chi, once=key)
    assert DataRequest.objects.count() == 1


def test_nothing_goes_out_before_a_person_checked_the_asker(an, ward):
    row = receive(ward, an)
    with pytest.raises(Refusal, match="Hãy kiểm tra người yêu cầu"):
        requests.answer(request=row, by=an, version=row.version, on=date(2024, 5, 3), text="Mời lên nhận bản sao")
    row.refresh_from_db()
    assert row.state == "open" and row.answer == ""


def test_from_receipt_to_result(an, ward):
    row = receive(ward, an)
    assert row.due == date(2024, 5, 4)
    row = requests.answer(request=row, by=an, version=row.version, on=date(2024, 5, 3), text="Đồng ý", checked=True)
    assert (row.state, row.due) == ("answered", date(2024, 5, 17))
    row = requests.extend(request=row, by=an, version=row.version, reason="Chờ Công an trả lời")
    assert row.due == date(2024, 6, 1)
    row = requests.close(request=row, by=an, version=row.version, on=date(2024, 5, 20), result="Đã giao bản sao")
    assert (row.state, row.due, row.open) == ("done", None, False)


def test_a_refusal_needs_no_check_and_ends_the_request(an, ward):
    row = receive(ward, an)
    row = requests.answer(request=row, by=an, version=row.version, on=date(2024, 5, 3), text="Không có quyền", refuse=True)
    assert row.state == "refused" and row.closed_on == date(2024, 5, 3)


def test_steps_out_of_order_are_refused(an, ward):
    row = receive(ward, an)
    with pytest.raises(Refusal, match="trả lời người yêu cầu trước"):
        requests.close(request=row, by=an, version=row.version, on=date(2024, 5, 3), result="x")
    with pytest.raises(Refusal, match="không thể trước"):
        requests.answer(request=row, by=an, version=row.version, on=date(2024, 5, 1), text="x", checked=True)
    row = requests.extend(request=row, by=an, version=row.version, reason="x")
    with pytest.raises(Refusal, match="đã gia hạn một lần"):
        requests.extend(request=row, by=an, version=row.version, reason="x")


def test_a_deed_already_late_cannot_be_put_off(an, ward):
    row = receive(ward, an, on=date(2024, 4, 1))
    with pytest.raises(Refusal, match="đã qua"):
        requests.extend(request=row, by=an, version=row.version, reason="x")


def test_two_officers_on_one_request_the_second_is_told(an, ward):
    row = receive(ward, an)
    requests.extend(request=row, by=an, version=row.version, reason="x")
    with pytest.raises(Refusal, match="vừa được sửa"):
        requests.answer(request=row, by=an, version=row.version, on=date(2024, 5, 3), text="x", checked=True)


def test_texts_and_the_asker_lie_encrypted(an, ward):
    receive(ward, an, content="xin bản sao hồ sơ", child=factories.child(ward))
    with connection.cursor() as cursor:
        cursor.execute("SELECT asker, content FROM children_datarequest")
        told = str(cursor.fetchone())
    assert "Bảo" not in told and "bản sao" not in told
