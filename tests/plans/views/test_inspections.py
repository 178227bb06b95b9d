"""Pages of checks: who reads what and when, what the unit answers, the paper."""

import uuid
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from childcare.documents.files import open_bytes
from plans.models import Inspection, InspectionPhoto, Recommendation
from reports import agenda
from tests import people
from tests.plans.actions.test_inspections import concluded, planned
from tests.plans.views.test_deeds import photo_bytes

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def page(client, name, row, *more):
    return client.get(reverse(name, args=[row.public_id, *more]))


def test_the_district_records_a_check_of_a_ward(as_, dung, ward):
    posted = {
        "unit": str(ward.public_id),
        "team": "",
        "decision": "",
        "starts_on": "6/5/2024",
        "ends_on": "7/5/2024",
        "scope": "Hồ sơ",
    }
    response = as_(dung).post(reverse("inspection-add"), posted)
    row = Inspection.objects.get()
    assert response.url == reverse("inspection", args=[row.public_id])
    assert (row.unit, row.by_unit, row.own) == (ward, people.unit(people.KIEN_AN), False)


def test_a_ward_records_only_its_own_check(as_, an, ward):
    other = people.unit(people.VAN_DAU)
    posted = {"team": "", "decision": "", "starts_on": "2/5/2024", "ends_on": "2/5/2024", "scope": "Tự kiểm tra ao hồ"}
    as_(an).post(reverse("inspection-add"), {**posted, "unit": str(other.public_id)})
    assert not Inspection.objects.exists()
    as_(an).post(reverse("inspection-add"), {**posted, "unit": str(ward.public_id)})
    assert Inspection.objects.get().own


def test_a_refusal_stands_in_the_form_with_what_was_typed(as_, dung, ward):
    posted = {
        "unit": str(ward.public_id),
        "team": "Đoàn A",
        "decision": "",
        "starts_on": "6/5/2024",
        "ends_on": "7/5/2024",
        "scope": "Hồ sơ lưu",
    }
    shown = text(as_(dung).post(reverse("inspection-add"), posted))
    assert "số quyết định" in shown and "Hồ sơ lưu" in shown


def test_before_the_conclusion_the_ward_sees_that_it_is_checked_and_not_what_was_found(as_, an, binh, chi, dung):
    row = planned()
    as_(dung).post(reverse("inspection-recommend", args=[row.public_id]), {"text": "Bổ sung giấy khai sinh", "due_on": ""})
    assert "Bổ sung giấy khai sinh" in text(page(as_(dung), "inspection", row))
    shown = text(page(as_(an), "inspection", row))
    assert "Việc quản lý hồ sơ trẻ em" in shown and "Bổ sung giấy khai sinh" not in shown
    assert page(as_(an), "inspection-conclude", row).status_code == 404
    assert page(as_(binh), "inspection", row).status_code == 403
    assert page(as_(chi), "inspection", row).status_code == 404
    assert page(as_(an), "inspection-file", row, "pdf").status_code == 404


def test_after_it_the_ward_reads_answers_and_mends(as_, an, chi, dung):
    row = concluded(date(2024, 5, 9))
    shown = text(page(as_(an), "inspection", row))
    assert "Hồ sơ đủ" in shown and "còn 7 ngày" in shown
    as_(an).post(reverse("inspection-answer", args=[row.public_id]), {"answer": "Tiếp thu", "version": row.version})
    one = Recommendation.objects.get()
    address = reverse("recommendation-mend", args=[one.public_id])
    assert as_(chi).get(address).status_code == 404 and as_(dung).get(address).status_code == 404
    as_(an).post(address, {"result": "Đã bổ sung 12 giấy", "done_on": "2/5/2024", "version": one.version})
    shown = text(page(as_(dung), "inspection", row))
    assert "Tiếp thu" in shown and "Đã bổ sung 12 giấy" in shown and "quá hạn" not in shown


def test_the_paper_says_everything(as_, an, chi):
    row = concluded(date(2024, 5, 9), None, team="Đoàn liên ngành", decision="12/QĐ-UBND")
    with pdfplumber.open(BytesIO(page(as_(an), "inspection-file", row, "pdf").content)) as pdf:
        said = " ".join(sheet.extract_text() for sheet in pdf.pages).replace("\n", " ")
    for part in ("KẾT LUẬN", "Đoàn liên ngành theo 12/QĐ-UBND", "Hồ sơ đủ", "Kiến nghị 1", "09/05/2024", "chưa ấn"):
        assert part in said
    assert page(as_(an), "inspection-file", row, "docx").content[:2] == b"PK"
    assert page(as_(chi), "inspection-file", row, "pdf").status_code == 404


def photo(client, row, name="anh.jpg"):
    """Post a photo of a check."""
    file = SimpleUploadedFile(name, photo_bytes(), content_type="image/jpeg")
    posted = {"once": str(uuid.uuid4()), "file": file, "caption": "Ao đã rào", "agreed": "on"}
    return client.post(reverse("inspection-photo-add", args=[row.public_id]), posted)


def test_the_district_mends_its_draft_and_voids_a_wrong_check_and_the_ward_may_do_neither(as_, an, binh, chi, dung):
    row = planned()
    as_(dung).post(reverse("inspection-recommend", args=[row.public_id]), {"text": "Sai chữ", "due_on": ""})
    one = Recommendation.objects.get()
    correct, drop = (reverse(f"recommendation-{what}", args=[one.public_id]) for what in ("correct", "drop"))
    void = reverse("inspection-void", args=[row.public_id])
    assert "Sai chữ" in text(as_(dung).get(correct)) and correct in text(page(as_(dung), "inspection", row))
    for person, status in ((an, 404), (chi, 404), (binh, 403)):
        assert {as_(person).get(where).status_code for where in (correct, drop, void)} == {status}
    as_(dung).post(correct, {"text": "Đúng chữ", "due_on": "9/5/2024", "version": 1})
    assert Recommendation.objects.get().text == "Đúng chữ"
    assert as_(dung).get(drop).status_code == 200 and Recommendation.objects.exists()
    as_(dung).post(drop, {"version": 2})
    assert not Recommendation.objects.exists()
    assert "lý do" in text(as_(dung).post(void, {"version": row.version, "reason": ""})).lower()
    as_(dung).post(void, {"version": row.version, "reason": "Ghi nhầm phường"})
    assert page(as_(dung), "inspection", row).status_code == 404 and Inspection.objects.get().voided_at


def test_photos_of_a_check_are_added_and_voided_by_their_own_side_and_read_after_the_conclusion(as_, an, binh, chi, dung):
    row = planned()
    assert photo(as_(an), row).status_code == 404  # not concluded: the ward has nothing to show yet
    photo(as_(dung), row)
    first = InspectionPhoto.objects.get()
    assert b"GPS" not in open_bytes(first.file) and page(as_(an), "check-photo", first).status_code == 404
    concluded_row = concluded()
    photo(as_(dung), concluded_row)
    photo(as_(an), concluded_row)
    theirs, own = InspectionPhoto.objects.filter(inspection=concluded_row)
    assert (theirs.of_checked, own.of_checked) == (False, True)
    for person, status in ((an, 200), (dung, 200), (chi, 404), (binh, 403)):
        assert page(as_(person), "check-photo", theirs).status_code == status
    assert "Khắc phục" in text(page(as_(dung), "inspection", concluded_row))
    for person, other, mine in ((an, theirs, own), (dung, own, theirs)):
        assert page(as_(person), "check-photo-void", other).status_code == 404
        as_(person).post(reverse("check-photo-void", args=[mine.public_id]), {"reason": "Rõ mặt trẻ", "version": 1})
        assert page(as_(person), "check-photo", mine).status_code == 404


def test_the_list_counts_what_is_left_and_asks_few_questions(
    as_, an, dung, django_assert_num_queries, django_assert_max_num_queries
):
    concluded(date(2024, 5, 9), None)
    with django_assert_max_num_queries(20) as asked:
        shown = text(as_(dung).get(reverse("inspection-list")))
    assert "Phường Nam Sơn" in shown
    for _ in range(5):
        concluded(None)
    with django_assert_num_queries(len(asked)):
        as_(dung).get(reverse("inspection-list"))


def test_a_check_and_its_kien_nghi_stand_in_the_calendar_of_the_ward(an, chi, ward):
    concluded(date(2024, 5, 9), None)
    year = (date(2024, 1, 1), date(2024, 12, 31))
    found = [(row.day, row.title) for row in agenda.entries(an, ward, *year) if row.kind == "inspection"]
    assert found == [
        (date(2024, 4, 22), "Kiểm tra Phường Nam Sơn: Quận Kiến An"),
        (date(2024, 5, 9), "Hạn khắc phục kiến nghị"),
    ]
    assert not [row for row in agenda.entries(chi, people.unit(people.VAN_DAU), *year) if row.kind == "inspection"]
    assert "Kiến nghị 2" in [what for what, _, _ in agenda.undated(an, ward, 2024)]
