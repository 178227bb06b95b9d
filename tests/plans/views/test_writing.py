"""Writing a plan in the browser's way: begin, paste, look over, save, issue, take the document."""

import pytest
from django.urls import reverse

from plans.actions import writing
from plans.models import Plan
from plans.recognising import recognise
from tests.people import TODAY
from tests.plans.actions.test_writing import TEXT

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def own(an, ward):
    return writing.begin(by=an, unit=ward, kind="year", first_year=2024, last_year=2024, subject="Công tác trẻ em năm 2024")


def url(name, plan, *more):
    return reverse(name, args=[plan.public_id, *more])


def test_an_begins_a_plan_of_her_ward_that_carries_out_the_district_s(as_, an, ward, district_plan):
    client = as_(an)
    page = text(client.get(reverse("plan-add")))
    assert "Quận Kiến An 2024" in page
    response = client.post(reverse("plan-add"), {
        "unit": ward.public_id, "kind": "year", "first_year": "2024", "last_year": "", "subject": "Công tác trẻ em",
        "carries_out": [str(district_plan.public_id)],
    })  # fmt: skip
    plan = Plan.objects.get(unit=ward)
    assert response.url == url("plan-text", plan)
    assert (plan.first_year, plan.last_year, list(plan.carries_out.all())) == (2024, 2024, [district_plan])


def test_years_in_the_wrong_order_come_back_beside_their_box(as_, an, ward):
    data = {"unit": ward.public_id, "kind": "year", "first_year": "2024", "last_year": "2020", "subject": "Công tác trẻ em"}
    page = text(as_(an).post(reverse("plan-add"), data))
    assert "Năm cuối không được trước năm đầu." in page and not Plan.objects.exists()


def reviewed(client, own, **more):
    page = client.post(url("plan-text", own), {"text": TEXT, "version": own.version})
    form = page.context["form"]
    values = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    values = {name: "on" if value is True else value for name, value in values.items()}
    return {**values, "text": TEXT, "version": own.version, "confirm": "1", **more}


def test_what_is_pasted_is_looked_over_before_it_is_saved(as_, an, own):
    client = as_(an)
    page = text(client.post(url("plan-text", own), {"text": TEXT, "version": own.version}))
    assert "97% trẻ em có hoàn cảnh đặc biệt được trợ giúp" in page and "Ghi vào kế hoạch" in page
    assert own.items.count() == 0
    response = client.post(url("plan-text", own), reviewed(client, own))
    assert response.url == url("plan", own)
    assert own.items.count() == 4
    target = own.targets.get()
    assert (target.comparison, target.value, target.unit_text) == ("ge", 97, "%")
    shown = text(client.get(url("plan", own)))
    assert "1. Thăm, tặng quà." in shown and "Ghi ban hành" in shown


def test_an_officer_corrects_the_kind_and_the_value_before_saving(as_, an, own):
    client = as_(an)
    data = reviewed(client, own, **{"loai-3": "activity", "gia-tri-1-0": "95,5", "ma-1-0": "hc-04"})
    client.post(url("plan-text", own), data)
    assert own.tasks.count() == 0
    assert (str(own.targets.get().value), own.targets.get().indicator.code) == ("95.5000", "HC-04")


def test_an_unknown_code_and_a_missing_value_come_back_and_nothing_is_lost(as_, an, own):
    client = as_(an)
    page = text(client.post(url("plan-text", own), reviewed(client, own, **{"ma-1-0": "ZZ-99", "gia-tri-1-0": ""})))
    assert "Không có chỉ tiêu mang mã này" in page and "Hãy gõ giá trị" in page
    assert "1. Thăm, tặng quà." in page and own.items.count() == 0


def test_two_officers_on_one_plan_the_second_keeps_what_was_typed(as_, an, own):
    client = as_(an)
    data = reviewed(client, own)
    writing.save_text(plan=own, by=an, version=1, rows=recognise("I. KHÁC"))
    page = text(client.post(url("plan-text", own), data))
    assert "vừa được người khác sửa" in page and "1. Thăm, tặng quà." in page


def test_bình_chi_and_the_district_do_not_write_the_plan_of_nam_son(as_, an, binh, chi, dung, own):
    for officer in (binh, chi, dung):
        for name in ("plan-text", "plan-issue"):
            assert as_(officer).get(url(name, own)).status_code in (403, 404)
            assert as_(officer).post(url(name, own), {"text": "x", "version": "1"}).status_code in (403, 404)
    assert own.items.count() == 0


def test_a_plan_is_issued_with_number_day_and_signer(as_, an, own):
    own = writing.save_text(plan=own, by=an, version=1, rows=recognise(TEXT))
    data = {"number": "15", "issued_on": "20/03/2024", "authority": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
            "signer_name": "Phạm Thị Lan", "version": own.version}  # fmt: skip
    assert as_(an).post(url("plan-issue", own), data).status_code == 302
    own.refresh_from_db()
    assert (own.state, own.number, own.signer_lines) == ("issued", "15/KH-UBND", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])


def test_one_button_drafts_the_ward_s_plan_from_the_district_s(as_, an, dung, ward, district_plan):
    client = as_(an)
    assert "Dự thảo kế hoạch của đơn vị từ kế hoạch này" in text(client.get(url("plan", district_plan)))
    response = client.post(url("plan-draft", district_plan))
    plan = Plan.objects.get(unit=ward)
    assert response.url == url("plan", plan) and plan.items.count() > 20
    assert as_(dung).post(url("plan-draft", district_plan)).status_code == 404


def test_the_document_is_taken_by_those_who_see_the_plan(as_, an, binh, chi, own, ward):
    writing.save_text(plan=own, by=an, version=1, rows=recognise(TEXT))
    response = as_(an).get(url("plan-file", own, "docx"))
    assert response["Content-Disposition"].startswith("attachment") and response.content[:2] == b"PK"
    assert as_(chi).get(url("plan-file", own, "docx")).status_code == 404
    assert as_(binh).get(url("plan-file", own, "docx")).status_code == 403
    assert as_(an).get(url("plan-file", own, "exe")).status_code == 404


def test_an_earlier_version_is_read_with_its_reason(as_, an, chi, own):
    plan = writing.save_text(plan=own, by=an, version=1, rows=recognise(TEXT))
    plan = writing.issue(
        plan=plan, by=an, version=2, number="15", issued_on=TODAY, signer_lines=["CHỦ TỊCH"], signer_name="Lan"
    )
    writing.save_text(plan=plan, by=an, version=3, rows=recognise("I. KHÁC"), reason="theo quận")
    page = text(as_(an).get(url("plan-version", own, 1)))
    assert "theo quận" in page and "1. Thăm, tặng quà." in page
    assert as_(chi).get(url("plan-version", own, 1)).status_code == 404
