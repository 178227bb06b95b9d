"""The book of a fund: numbers, balances worked out by hand, what is refused, supports paid once."""

from datetime import date

import pytest
from django.utils import timezone

from childcare.audit.models import Entry
from plans import fund_books as books
from plans.actions import activities, funds
from plans.models import FundEntry
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db
JAN, FEB, MAR = date(2024, 1, 10), date(2024, 2, 10), date(2024, 3, 10)


@pytest.fixture
def fund(an, ward):
    return funds.open_fund(
        by=an, unit=ward, kind="protection", name="Quỹ bảo vệ trẻ em", opened_on=date(2024, 1, 1), money=2_000_000
    )


@pytest.fixture
def receive(an, fund):
    return lambda amount, on=JAN, **more: funds.receive(
        by=an, fund=fund, **{"on": on, "amount": amount, "text": "Ủng hộ", "origin": "donor", **more}
    )


@pytest.fixture
def spend(an, fund):
    return lambda amount, on=FEB, **more: funds.spend(
        by=an, fund=fund, **{"on": on, "amount": amount, "text": "Thăm hỏi", "purpose": "relief", **more}
    )


def gift(child, amount=500_000, source="Quỹ bảo vệ trẻ em phường", **fields):
    return make.support(child, "S34", on=FEB, amount=amount, source=source, **fields)


def test_the_balance_is_what_there_was_and_came_less_what_went(fund, receive, spend):
    receive(3_000_000)
    receive(1_500_000, form="goods", text="30 cặp sách", estimated=True)
    spend(1_200_000)
    spend(500_000, form="goods")
    assert books.balance(fund, date(2024, 1, 9)) == {"money": 2_000_000, "goods": 0}
    assert books.balance(fund, JAN) == {"money": 5_000_000, "goods": 1_500_000}
    assert books.balance(fund, FEB) == {"money": 3_800_000, "goods": 1_000_000}
    assert books.book(fund, 2024).rows == [
        ("Đầu kỳ", 2_000_000, 0, 2_000_000), ("Thu", 3_000_000, 1_500_000, 4_500_000),
        ("Chi", 1_200_000, 500_000, 1_700_000), ("Còn lại", 3_800_000, 1_000_000, 4_800_000),
    ]  # fmt: skip
    assert books.balances([fund]) == {fund.pk: 4_800_000}


def test_the_closing_of_a_year_opens_the_next(settings, fund, receive, spend):
    receive(1_000_000)
    settings.TRAINING_TODAY = "2025-02-01"
    spend(400_000, on=date(2025, 1, 15))
    before, after = books.book(fund, 2024), books.book(fund, 2025)
    assert before.closing == after.opening == {"money": 3_000_000, "goods": 0}
    assert after.closing["money"] == 2_600_000 and books.years(fund) == [2025, 2024]


def test_numbers_run_by_kind_and_year_and_are_not_used_again(an, receive, spend):
    first, second, out = receive(100_000), receive(200_000), spend(50_000)
    assert [first.code, second.code, out.code] == ["T01/2024", "T02/2024", "C01/2024"]
    funds.void(entry=second, by=an, version=1, reason="Ghi trùng")
    assert receive(300_000).code == "T03/2024"


def test_the_number_of_a_paper_is_taken_once_unless_its_entry_was_voided(an, receive):
    first = receive(100_000, paper="PT 07")
    with pytest.raises(funds.Refusal, match="Số chứng từ này đã ghi"):
        receive(200_000, paper="PT 07")
    funds.void(entry=first, by=an, version=1, reason="Ghi sai")
    assert receive(200_000, paper="PT 07").paper == "PT 07"


def test_no_more_is_spent_than_there_is_on_the_day_and_after(fund, receive, spend):
    receive(1_000_000, on=MAR)
    with pytest.raises(funds.Refusal, match="chỉ còn 2.000.000 đồng tiền"):
        spend(2_000_001, on=FEB)
    spend(2_500_000, on=MAR)
    with pytest.raises(funds.Refusal, match="chỉ còn 500.000 đồng"):
        spend(600_000, on=FEB)  # there were two million that day, and they are needed in March
    with pytest.raises(funds.Refusal, match="hiện vật"):
        spend(1, form="goods")


def test_income_that_was_spent_cannot_be_voided_before_the_spending(an, receive, spend):
    came = receive(1_000_000)
    gone = spend(2_800_000)
    with pytest.raises(funds.Refusal, match="đã được chi"):
        funds.void(entry=came, by=an, version=1, reason="Ghi sai")
    funds.void(entry=gone, by=an, version=1, reason="Ghi sai")
    came.refresh_from_db()
    assert funds.void(entry=came, by=an, version=1, reason="Ghi sai").voided_by == an
    assert {entry.action for entry in Entry.objects.filter(action__startswith="fund.")} == {
        "fund.opened", "fund.received", "fund.spent", "fund.voided",
    }  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  "])
def test_voiding_needs_a_reason(an, receive, reason):
    entry = receive(100_000)
    with pytest.raises(funds.Refusal, match="lý do"):
        funds.void(entry=entry, by=an, version=1, reason=reason)
    assert FundEntry.objects.valid().filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    "on, sentence", [(date(2023, 12, 31), "số dư đầu"), (date(2024, 5, 3), "chưa tới")], ids=["before", "after"]
)
def test_days_before_the_book_and_after_today_are_refused(receive, on, sentence):
    with pytest.raises(funds.Refusal, match=sentence):
        receive(100_000, on=on)


def test_the_same_post_twice_makes_one_entry(an, fund):
    key = "8c0f3d1e-6b57-4a55-9a3b-6d3a6c2f1e11"
    values = {"by": an, "once": key, "fund": fund, "on": JAN, "amount": 100_000, "text": "Ủng hộ", "origin": "donor"}
    assert funds.receive(**values) == funds.receive(**values)
    assert fund.entries.filter(kind="income").count() == 1


def test_supports_of_the_registry_are_paid_once_and_add_up(an, ward, fund, spend):
    first, second = gift(make.child(ward)), gift(make.child(ward), 300_000)
    with pytest.raises(funds.Refusal, match="cộng lại là 800.000 đồng"):
        spend(700_000, supports=[first, second])
    entry = spend(800_000, supports=[first, second])
    assert {row.support for row in entry.paid.all()} == {first, second}
    with pytest.raises(funds.Refusal, match="vừa được chi ở khoản khác"):
        spend(500_000, supports=[first])
    funds.void(entry=entry, by=an, version=1, reason="Nhầm quỹ")
    assert spend(500_000, supports=[first]).paid.count() == 1


def test_what_lies_under_a_protected_file_or_elsewhere_is_not_offered(an, ward, fund):
    child = make.child(ward)
    file = make.protected_file(child, unit=ward)
    open_one = gift(child)
    gift(child, protected_file=file)
    gift(make.child(ward), source="Ngân sách phường")
    gift(make.child(people.unit(people.VAN_DAU)))
    assert list(funds.payable(fund, an)) == [open_one]


def test_a_support_of_a_protected_file_cannot_be_paid_by_its_id(ward, spend):
    child = make.child(ward)
    secret = gift(child, protected_file=make.protected_file(child, unit=ward))
    with pytest.raises(funds.Refusal, match="không còn trong danh sách"):
        spend(500_000, supports=[secret])
    assert not FundEntry.objects.filter(kind="spending").exists()


def test_a_support_that_a_merge_gave_another_row_was_paid_and_counts_where_it_is_now(an, ward, fund, spend):
    old = gift(make.child(ward))
    spend(500_000, supports=[old], purpose="relief")
    kept = make.child(ward)
    old.voided_at, old.void_reason = timezone.now(), "Gộp trẻ"
    old.save()
    gift(kept, replaces=old)
    assert not funds.payable(fund, an).exists()
    assert books.purposes(fund, 2024)[0].children == 1


def test_a_support_that_was_voided_helped_nobody(ward, fund, spend):
    old = gift(make.child(ward))
    spend(500_000, supports=[old], purpose="relief")
    old.voided_at, old.void_reason = timezone.now(), "Ghi nhầm"
    old.save()
    assert books.purposes(fund, 2024)[0].children == 0


def test_what_an_activity_raised_is_received_once(an, ward, receive):
    raised = activities.record(by=an, unit=ward, held_on=JAN, kind="fundraising", title="Vận động đầu năm", raised=1_000_000)
    receive(800_000, activity=raised)
    with pytest.raises(funds.Refusal, match="đã là 800.000 đồng"):
        receive(300_000, activity=raised)
    with pytest.raises(activities.Refusal, match="Quỹ đã ghi thu 800.000 đồng"):
        activities.correct(activity=raised, by=an, version=1, raised=700_000)
    new = activities.correct(activity=raised, by=an, version=1, raised=900_000)
    assert new.fund_entries.get().amount == 800_000


def spent_on(spend, purpose, children):
    spend(100_000, purpose=purpose, children=children)


def test_few_children_are_not_told_and_cannot_be_reckoned(fund, spend):
    for purpose, children in (("health", 3), ("education", 12), ("relief", 7)):
        spent_on(spend, purpose, children)
    shown = {row.name: row.shown for row in books.purposes(fund, 2024)}
    assert shown == {"Sức khỏe, dinh dưỡng": "dưới 5", "Giáo dục": "12", "Thăm hỏi, hỗ trợ đột xuất": "không nêu"}


def test_children_of_named_supports_count_once_a_purpose(ward, fund, spend):
    children = [make.child(ward) for _ in range(5)]
    spend(2_500_000 - 500_000, supports=[gift(child) for child in children[:4]], purpose="health", on=MAR)
    assert books.purposes(fund, 2024)[0].children == 4


def words(document):
    texts = [getattr(block, "text", "") for block in document.blocks]
    cells = [str(cell) for block in document.blocks if hasattr(block, "rows") for row in block.rows for cell in row]
    return " | ".join([*texts, *cells])


def test_the_publication_names_donors_and_no_child(an, ward, fund, receive, spend):
    child = make.child(ward, "Trương Thị Bảo Hân")
    receive(3_000_000, donor="Công ty Bình Minh")
    receive(1_000_000, donor="Bà Ngô Thị Kín", anonymous=True)
    receive(600_000, form="goods", text="20 chăn ấm", estimated=True, donor="Chùa Long Hoa")
    spend(500_000, supports=[gift(child)], text="Hỗ trợ cháu Bảo Hân")
    document = books.publication(fund, 2024, officer=an)
    said = words(document)
    assert "Công ty Bình Minh" in said and "Hiện vật: 20 chăn ấm (giá trị ước tính)" in said
    assert books.UNNAMED in said and "Ngô Thị Kín" not in said
    assert "Hân" not in said and "dưới 5" in said
    assert "Sáu triệu một trăm nghìn đồng" in said  # 2,0 + 3,0 + 1,0 + 0,6 − 0,5
    assert "Bốn triệu sáu trăm nghìn đồng" in said and "Năm trăm nghìn đồng" in said
