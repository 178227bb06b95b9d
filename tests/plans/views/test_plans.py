"""The plan list, a plan, handing down, judging: who sees, who may, what is written."""

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.units.models import Unit
from plans.models import Plan
from tests import people

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, row):
    return reverse(name, args=[row.public_id])


# list


def test_a_ward_reads_its_own_plan_and_that_of_its_district(as_, an, ward_plan, district_plan):
    page = text(as_(an).get(reverse("plan-list")))
    assert url("plan", ward_plan) in page and url("plan", district_plan) in page
    assert page.index("Kế hoạch của đơn vị") < page.index("Kế hoạch của cấp trên")


def test_another_ward_does_not_see_the_plan_of_nam_son(as_, chi, ward_plan):
    page = text(as_(chi).get(reverse("plan-list")))
    assert url("plan", ward_plan) not in page
    assert as_(chi).get(url("plan", ward_plan)).status_code == 404


def test_a_collaborator_and_the_administrator_have_no_plans(as_, binh, quan, district_plan):
    for officer in (binh, quan):
        assert as_(officer).get(reverse("plan-list")).status_code == 403
        assert as_(officer).get(url("plan", district_plan)).status_code == 403


def test_the_list_is_narrowed_by_year_and_by_whose(as_, dung, ward_plan, district_plan):
    client = as_(dung)
    assert url("plan", district_plan) not in text(client.get(reverse("plan-list"), {"where": "below"}))
    assert url("plan", ward_plan) in text(client.get(reverse("plan-list"), {"where": "below", "year": "2024"}))
    page = text(client.get(reverse("plan-list"), {"where": "above"}))
    assert "Không có kế hoạch nào như vậy" in page and "Của: Cấp trên" in page


def test_a_ward_of_today_reads_the_plans_of_the_wards_it_was_made_of(as_, ward_plan, settings):
    settings.TRAINING_TODAY = "2026-05-02"
    today = Unit.objects.by_code("11443")
    officer = people.Officer.objects.create(username="ha", full_name="Hà", password="!")
    people.Appointment.objects.create(officer=officer, unit=today, role="commune", started_on=today.valid_from)
    page = text(as_(officer).get(reverse("plan-list")))
    assert "Kế hoạch của đơn vị trước đây" in page and url("plan", ward_plan) in page


def test_the_list_asks_few_questions_however_many_plans(as_, dung, district_plan, ward_plan, django_assert_max_num_queries):
    for number in range(30):
        Plan.objects.create(unit=ward_plan.unit, first_year=1990 + number, last_year=1990 + number, subject="Kế hoạch")
    client = as_(dung)
    with django_assert_max_num_queries(12):
        client.get(reverse("plan-list"))


def test_a_strange_page_number_is_the_first_page(as_, an, ward_plan):
    for page in ("0", "-1", "x", "²", "99999999999"):
        assert as_(an).get(reverse("plan-list"), {"trang": page}).status_code == 200


# one plan


def test_a_plan_shows_its_text_in_print_order_its_targets_and_money(as_, an, district_plan):
    page = text(as_(an).get(url("plan", district_plan)))
    order = [
        "Số: /KH-UBND",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. CHỈ TIÊU",
        "II. NHIỆM VỤ, GIẢI PHÁP",
        "V. TỔ CHỨC THỰC HIỆN",
        "PHÓ CHỦ TỊCH",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "từ 99% trở lên" in page and "không có (0 trẻ em)" in page and "trên 90%" in page
    assert "giảm so với cùng kỳ năm trước" in page and "đánh giá bằng nhận xét" in page
    assert "Dự toán ngân sách quận năm 2024." in page


def test_a_handed_down_plan_says_who_handed_it_down(as_, an, ward_plan, district_plan, dung):
    assert "Quận Kiến An giao" in text(as_(an).get(url("plan", ward_plan)))
    assert "đã giao cho 1 đơn vị" in text(as_(dung).get(url("plan", district_plan)))


def test_only_the_unit_itself_gets_the_buttons(as_, an, lan, district_plan, ward_plan):
    assert "Đánh giá<span" in text(as_(an).get(url("plan", ward_plan)))
    assert "Đánh giá<span" not in text(as_(an).get(url("plan", district_plan)))
    assert "Đánh giá<span" not in text(as_(lan).get(url("plan", ward_plan)))


# judging


def assessed(client, target, **posted):
    return client.post(url("target-assess", target), {"version": target.version, **posted})


def test_a_qualitative_target_is_judged_by_status_and_note(as_, an, ward_plan):
    target = ward_plan.targets.get(code="T001-10")
    assert assessed(as_(an), target, status="met", note="Đã tổ chức  lễ phát động.").status_code == 302
    target.refresh_from_db()
    assert (target.status, target.status_note, target.version) == ("met", "Đã tổ chức lễ phát động.", 2)
    entry = Entry.objects.get(action="target.assessed")
    assert entry.fields == ["status", "status_note"] and "lễ" not in f"{entry.note}{entry.subject}"


def test_met_or_missed_needs_a_reason(as_, an, ward_plan):
    response = assessed(as_(an), ward_plan.targets.get(code="T001-10"), status="missed", note=" ")
    assert response.status_code == 409 and "Hãy ghi nhận xét" in text(response)


def test_two_officers_do_not_overwrite_each_other(as_, an, dung, ward_plan):
    target = ward_plan.targets.get(code="T001-10")
    assessed(as_(an), target, status="running", note="Đang làm.")
    response = assessed(as_(dung), target, status="met", note="Xong.")
    assert response.status_code == 409 and "vừa được người khác sửa" in text(response)


def test_a_target_with_a_number_is_not_judged_by_hand(as_, an, ward_plan):
    assert as_(an).get(url("target-assess", ward_plan.targets.get(code="T001-05"))).status_code == 404


def test_strangers_and_leaders_do_not_judge(as_, chi, lan, ward_plan):
    target = ward_plan.targets.get(code="T001-10")
    assert as_(chi).get(url("target-assess", target)).status_code == 404
    assert assessed(as_(lan), target, status="met", note="x").status_code == 403
