"""The pages of the clocks as each person sees them."""

import pytest
from django.urls import reverse

from cases.models import AssessmentItem, AssessmentRule, ClockReminder, ClockRule, UnitClock
from tests import people

pytestmark = pytest.mark.django_db
OWN, SETTINGS = reverse("case-clocks"), reverse("clock-settings")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "own", "settings_page"),
    [("an", 200, 403), ("lan", 200, 403), ("chi", 200, 403), ("binh", 403, 403), ("dung", 404, 403), ("quan", 403, 200)],
)
def test_who_opens_them(as_, who, own, settings_page):
    client = as_(getattr(people, who)())
    assert client.get(OWN).status_code == own and client.get(SETTINGS).status_code == settings_page


def test_the_ward_sets_a_shorter_clock_and_drops_it(as_, an, ward):
    client = as_(an)
    assert "Thực hiện can thiệp khẩn cấp" in text(client.get(OWN))
    answer = client.post(reverse("case-clock-set", args=["CK02"]), {"amount": "8", "basis": "Quy chế"}, follow=True)
    assert "8 giờ" in text(answer) and UnitClock.objects.get().unit == ward
    client.post(reverse("case-clock-drop", args=["CK02"]))
    assert not UnitClock.objects.filter(valid_to=None).exists()


def test_longer_is_refused_with_the_name_of_the_law(as_, an):
    answer = as_(an).post(reverse("case-clock-set", args=["CK04"]), {"amount": "6", "basis": "Quy chế"})
    assert answer.status_code == 409 and "NĐ 56/2017 Điều 28.1 cho nhiều nhất 5 ngày làm việc" in text(answer)


@pytest.mark.parametrize("code", ["CK01", "CK17", "XX", "A201"])
def test_other_clocks_are_not_found(as_, an, code):
    assert as_(an).get(reverse("case-clock-set", args=[code])).status_code == 404


def test_the_administrator_sees_what_is_not_checked_and_marks_it(as_, quan):
    client = as_(quan)
    assert "chưa đối chiếu văn bản" in text(client.get(SETTINGS))
    client.post(reverse("clock-verify", args=["CK17"]), {"legal_basis": "NĐ 147/2025 Điều 5"})
    assert ClockRule.objects.get(code="CK17").evidence == "text"


def test_the_administrator_corrects_a_rule_a_line_and_the_proposal(as_, quan):
    client = as_(quan)
    values = {"valid_from": "3/5/2024", "name": "Can thiệp", "amount": "10", "measure": "hours", "legal_basis": "NĐ mới"}
    assert client.post(reverse("clock-correct", args=["CK02"]), values).status_code == 302
    assert ClockRule.objects.filter(code="CK02").count() == 2
    client.post(reverse("assessment-item-correct", args=["A201"]), {"name": "Tổn hại"})
    assert AssessmentItem.objects.get(code="A201.1").name == "Tổn hại"
    levels = {"when_more": "high", "when_equal": "high", "when_fewer": "low"}
    rule = {"valid_from": "3/5/2024", "harm_mark": "high", "ability_mark": "high", "legal_basis": "họp", **levels}
    assert client.post(reverse("assessment-rule-set"), rule).status_code == 302
    assert AssessmentRule.objects.count() == 2 and "Từ 03/05/2024" in text(client.get(SETTINGS))


def test_the_administrator_adds_and_drops_a_mark(as_, quan):
    client = as_(quan)
    mark = {"code": "CK02", "measure": "hours", "side": "before", "amount": "9", "goes_to": "worker"}
    assert "9 giờ trước" in text(client.post(SETTINGS, mark, follow=True))
    row = ClockReminder.objects.get(code="CK02")
    assert "9 giờ trước" not in text(client.post(reverse("clock-reminder-drop"), {"row": row.pk}, follow=True))
    assert client.post(reverse("clock-reminder-drop"), {"row": "x"}).status_code == 409


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_, quan):
    answer = as_(quan).post(
        reverse("clock-correct", args=["CK02"]), {"valid_from": "32/1/2024", "name": "Tên mới", "measure": "hours"}
    )
    assert answer.status_code == 200 and "32/1/2024" in text(answer) and "Tên mới" in text(answer)
