"""The advice on the page, the decision in one step, the two lists on the screen and on paper, the table."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from childcare.children import allowance_missing
from childcare.children.models import AllowanceRate, ProcessingRestriction, Support
from tests import factories as f
from tests import people

pytestmark = pytest.mark.django_db


def url(name, row=None):
    return reverse(name, args=[row.public_id] if row else [])


def text(response):
    return response.content.decode()


def orphan(ward, name="Trần Thị Lan", birth="12/05/2014", code="N01.3"):
    child = f.child(ward, name, birth)
    f.circumstance(child, code, since=date(2020, 1, 1))
    return child


def test_the_page_of_the_child_advises_and_decides_nothing(as_, an, binh, ward):
    child = orphan(ward)
    page = text(as_(an).get(url("child", child)))
    assert "theo dữ liệu đã ghi" in page and "540.000 đ" in page and "không phải quyết định" in page
    assert url("allowance-add", child) in page and url("allowance-add", child) not in text(as_(binh).get(url("child", child)))


def test_the_advice_tells_nothing_of_a_fact_under_a_closed_file(as_, an, binh, ward):
    house = f.household(ward)
    child = f.child(ward, "Lê Văn Tí", "12/05/2016", house=house)
    f.poverty(house)
    before = len(as_(binh).get(url("child", child)).content)
    f.circumstance(child, "N05", protected_file=f.protected_file(child, unit=ward))
    assert "HIV" in text(as_(an).get(url("child", child)))
    page = as_(binh).get(url("child", child))
    assert len(page.content) == before and "Trợ cấp hằng tháng" not in text(page)
    assert "Lê Văn Tí" not in text(as_(binh).get(url("allowance-unpaid")))


def test_the_decision_is_written_down_in_one_step(as_, an, binh, chi, ward):
    child = orphan(ward)
    page = text(as_(an).get(url("allowance-add", child)))
    assert 'value="A2" selected' in page
    as_(an).post(url("allowance-add", child), {
        "once": str(uuid.uuid4()), "code": "A2", "started_on": "1/5/2024", "decision": "45/QĐ-UBND", "decision_on": "2/5/2024",
    })  # fmt: skip
    assert Support.objects.get(child=child).amount == 540_000
    page = text(as_(an).get(url("child", child)))
    assert "Đang ghi hưởng" in page and "45/QĐ-UBND" in page
    assert as_(binh).get(url("allowance-add", child)).status_code == 403
    assert as_(chi).get(url("allowance-add", child)).status_code == 404


def test_a_decision_without_its_number_is_not_written_and_nothing_is_lost(as_, an, ward):
    child = orphan(ward)
    page = text(as_(an).post(url("allowance-add", child), {"code": "A2", "started_on": "1/5/2024", "note": "xét ngày 30/4"}))
    assert "Hãy điền ô này" in page and "xét ngày 30/4" in page and not Support.objects.exists()


def test_the_lists_stay_in_the_scope(as_, an, binh, chi, dung, son, ward):
    orphan(ward)
    old = orphan(ward, "Bùi Văn Cả", "10/04/2008")
    f.support(old, "S01", on=date(2020, 1, 1), running=True, allowance_code="A2")
    for officer in (an, binh, dung):
        assert "Trần Thị Lan" in text(as_(officer).get(url("allowance-unpaid")))
        page = text(as_(officer).get(url("allowance-ending")))
        assert "Bùi Văn Cả" in page and "đã qua" in page
    for name in ("allowance-unpaid", "allowance-ending"):
        page = text(as_(chi).get(url(name)))
        assert "Trần Thị Lan" not in page and "Bùi Văn Cả" not in page
        assert as_(son).get(url(name)).status_code == 403


def test_a_place_of_somebody_else_is_not_asked(as_, chi, ward):
    orphan(ward)
    assert "Trần Thị Lan" not in text(as_(chi).get(f"{url('allowance-unpaid')}?unit={ward.public_id}"))


@pytest.mark.parametrize("name", ["allowance-unpaid", "allowance-ending"])
def test_a_long_list_asks_no_more_questions_than_a_short_one(as_, an, ward, name, django_assert_max_num_queries):
    house = f.household(ward)
    for number in range(60):
        child = f.child(ward, f"Trẻ {number}", "10/06/2008", house=house)
        f.circumstance(child, "N01.3")
        if name == "allowance-ending":
            f.support(child, "S01", on=date(2020, 1, 1), running=True)
    as_(an).get(url(name))
    with django_assert_max_num_queries(30):
        page = text(as_(an).get(url(name)))
    assert page.count('href="/tre-em/') > 50 and "60 " in page and "trang=2" in page


@pytest.mark.parametrize("name", ["allowance-unpaid-print", "allowance-ending-print"])
def test_the_lists_on_paper_are_for_who_may_take_lists_out(as_, an, binh, ward, name):
    child = orphan(ward, birth="10/04/2008" if "ending" in name else "12/05/2014")
    if "ending" in name:
        f.support(child, "S01", on=date(2020, 1, 1), running=True)
    answer = as_(an).get(url(name))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert as_(binh).get(url(name)).status_code == 403


def test_a_child_whose_data_rest_is_on_no_paper(an, ward):
    child = orphan(ward)
    ProcessingRestriction.objects.create(child=child, reason="theo yêu cầu", started_on=people.TODAY)
    found = allowance_missing.unpaid(an, ward, people.TODAY)
    assert found.count() == 1 and not found.exportable_by(an).exists()


def test_the_table_is_seen_by_officers_and_set_by_the_administrator(as_, an, binh, quan):
    page = text(as_(an).get(url("allowance-rates")))
    assert "chưa đối chiếu văn bản" in page and url("allowance-rate-add") not in page
    assert as_(binh).get(url("allowance-rates")).status_code == 403
    rate = AllowanceRate.objects.get(code="A2", valid_from=date(2024, 7, 1))
    assert as_(an).get(url("allowance-rate", rate)).status_code == 403
    as_(quan).post(url("allowance-rate", rate), {
        "version": rate.version, "base_amount": "500.000", "coefficient": "1,5", "valid_from": "1/7/2024", "last_day": "30/6/2026",
        "legal_basis": "NĐ 76/2024/NĐ-CP", "verified": "on",
    })  # fmt: skip
    rate.refresh_from_db()
    assert rate.verified and rate.amount == 750_000 and rate.valid_to == date(2026, 7, 1)
    as_(quan).post(url("allowance-rate-add"), {"valid_from": "1/1/2027", "base": "600.000", "legal_basis": "NĐ mới"})
    assert AllowanceRate.objects.filter(valid_from=date(2027, 1, 1)).count() == 16
