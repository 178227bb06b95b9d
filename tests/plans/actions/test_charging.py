"""What an activity cost stands once in the plan's money and follows the activity."""

from datetime import date

import pytest
from django.urls import reverse

from plans.actions import activities, charging
from plans.models import BudgetEntry, BudgetLine, Plan
from tests import people

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


@pytest.fixture
def line(ward):
    plan = Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch", state="issued")
    return BudgetLine.objects.create(plan=plan, position=1, text="Ngân sách phường")


@pytest.fixture
def held(an, ward):
    return lambda **more: activities.record(
        by=an, unit=ward, **{"held_on": DAY, "kind": "communication", "title": "Buổi", "money": 3_000_000, **more}
    )


def spent():
    return [(row.amount, row.on, row.activity_id) for row in BudgetEntry.objects.filter(voided_at=None)]


def test_the_cost_is_written_once(an, line, held):
    row = held()
    charging.charge(activity=row, line=line, by=an, amount=3_000_000)
    assert spent() == [(3_000_000, DAY, row.pk)]
    with pytest.raises(charging.Refusal, match="đã ghi vào một khoản"):
        charging.charge(activity=row, line=line, by=an, amount=1)


@pytest.mark.parametrize(
    "more, sentence", [({"planned": True}, "chưa làm"), ({"money": 2_000_000}, "2.000.000 đồng")], ids=["planned", "more"]
)
def test_what_was_not_held_or_cost_less_is_refused(an, line, held, more, sentence):
    with pytest.raises(charging.Refusal, match=sentence):
        charging.charge(activity=held(**more), line=line, by=an, amount=3_000_000)
    assert spent() == []


def test_the_whole_cost_follows_a_correction_and_a_part_stays_a_part(an, line, held):
    whole, part = held(), held()
    charging.charge(activity=whole, line=line, by=an, amount=3_000_000)
    charging.charge(activity=part, line=line, by=an, amount=1_000_000)
    one = activities.correct(activity=whole, by=an, version=1, money=2_500_000)
    two = activities.correct(activity=part, by=an, version=1, money=2_500_000, held_on=date(2024, 3, 2))
    assert sorted(spent()) == [(1_000_000, date(2024, 3, 2), two.pk), (2_500_000, DAY, one.pk)]


def test_a_correction_of_words_moves_the_entry_along(an, line, held):
    row = held()
    entry = charging.charge(activity=row, line=line, by=an, amount=3_000_000)
    new = activities.correct(activity=row, by=an, version=1, title="Buổi khác")
    entry.refresh_from_db()
    assert entry.activity == new and entry.voided_at is None


def test_a_voided_activity_spent_nothing(an, line, held):
    row = held()
    charging.charge(activity=row, line=line, by=an, amount=3_000_000)
    activities.void(activity=row, by=an, version=1, reason="Ghi trùng")
    assert spent() == [] and BudgetEntry.objects.get().void_reason == "Hoạt động bị hủy"


def test_an_writes_it_from_the_page_and_a_stranger_cannot(as_, an, chi, lan, line, held):
    row = held()
    address, page = reverse("activity-charge", args=[row.public_id]), reverse("activity", args=[row.public_id])
    assert address in as_(an).get(page).content.decode()
    assert as_(chi).get(address).status_code == 404 and as_(lan).get(address).status_code == 403
    as_(an).post(address, {"line": str(line.public_id), "amount": "3.000.000"})
    assert spent() == [(3_000_000, DAY, row.pk)]
    shown = as_(an).get(page).content.decode()
    assert "Ngân sách phường" in shown and address not in shown
    again = as_(an).post(address, {"line": str(line.public_id), "amount": "3.000.000"}).content.decode()
    assert "đã ghi vào một khoản" in again


def test_a_line_of_another_ward_and_a_total_are_not_offered(as_, an, line, held):
    other = Plan.objects.create(
        unit=people.unit(people.VAN_DAU), first_year=2024, last_year=2024, subject="Khác", state="issued"
    )
    BudgetLine.objects.create(plan=other, position=1, text="Của Văn Đẩu")
    part = BudgetLine.objects.create(plan=line.plan, position=2, text="Phần", part_of=line)
    form = as_(an).get(reverse("activity-charge", args=[held().public_id])).context["form"]
    assert list(form.rows.values()) == [part]


def test_a_correction_that_is_refused_loses_nothing_typed(as_, an, ward, line, held):
    row = held()
    charging.charge(activity=row, line=line, by=an, amount=3_000_000)
    BudgetEntry.objects.create(line=line, kind="allocated", on=DAY, amount=3_500_000)
    values = {
        "kind": "communication", "title": "Viết rất dài", "held_on": "1/3/2024", "unit": str(ward.public_id), "money": "9.000.000",
        "version": "1",
    }  # fmt: skip
    page = as_(an).post(reverse("activity-edit", args=[row.public_id]), values).content.decode()
    assert "mới được cấp 3.500.000 đồng" in page and "Viết rất dài" in page
    assert spent()[0] == (3_000_000, DAY, row.pk)
