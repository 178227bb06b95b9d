"""Mẫu số 08 and 11 of a carer without any case, Mẫu số 14 of a facility: for who sees them, with whom he sees."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions import placing
from childcare.audit.models import Entry
from childcare.children.models import FileAccess
from tests import factories, people
from tests.cases import care, casework
from tests.childcare.documents.looking import pages

pytestmark = pytest.mark.django_db


def text_of(response):
    return "\n".join(page.text for page in pages(response.content))


def carer_url(row, key="mau-08", ending="pdf"):
    return reverse("carer-print", args=[row.public_id, key, ending])


def facility_url(row, ending="pdf"):
    return reverse("facility-print", args=[row.public_id, ending])


def test_the_application_of_a_family_is_printed_without_a_case(as_, an):
    row = care.carer(an, phone="0912 000 222", wishes="trẻ từ 4 tuổi")
    answer = as_(an).get(carer_url(row))
    text = text_of(answer)
    assert "ĐƠN ĐĂNG KÝ" in text and "Đỗ Văn Hiền" in text and "trẻ từ 4 tuổi" in text
    assert "Hien" not in answer["Content-Disposition"]
    assert Entry.objects.get(action="carer.paper_printed").note == "mau-08, pdf"
    page = as_(an).get(reverse("carer", args=[row.public_id])).content.decode()
    assert carer_url(row) in page and carer_url(row, "mau-11", "docx") in page


def test_the_verification_holds_what_was_found(as_, an):
    text = text_of(as_(an).get(carer_url(care.carer(an), "mau-11")))
    assert "XÁC MINH" in text and "Đủ điều kiện" in text and "Đỗ Văn Hiền" in text


def test_a_relative_notifies_and_does_not_apply(as_, an):
    row = care.carer(an, kind="relative", child=casework.child())
    assert as_(an).get(carer_url(row)).status_code == 404 and as_(an).get(carer_url(row, "mau-11")).status_code == 200
    assert carer_url(row) not in as_(an).get(reverse("carer", args=[row.public_id])).content.decode()


@pytest.mark.parametrize("who", ["binh", "chi", "dung"])
def test_nobody_else_prints_a_carer(as_, an, who):
    row = care.carer(an)
    assert as_(getattr(people, who)()).get(carer_url(row)).status_code in (403, 404)


@pytest.mark.parametrize("key", ["mau-12", "mau-99"])
def test_no_other_form_is_of_a_carer(as_, an, key):
    assert as_(an).get(carer_url(care.carer(an), key)).status_code == 404


def test_the_list_of_a_facility_names_who_is_there_and_who_is_to_leave(as_, an, ward):
    there = care.caring(an, "facility")
    leaving = care.opened(an, child=factories.child(ward, "Lê Văn Chờ"))
    placing.describe(placement=leaving, by=an, version=None, from_facility=there.shelter, needs="Gần trường")
    care.opened(an, child=factories.child(ward, "Trần Văn Khác"))
    text = text_of(as_(an).get(facility_url(there.shelter)))
    assert "Trương Thị Bảo Hân" in text and "20/03/2024" in text and "Lê Văn Chờ" in text and "Gần trường" in text
    assert "Trần Văn Khác" not in text
    # It is the facility's paper: its name at the head, its head signs; the commune only wrote it down.
    head = text.split("DANH SÁCH")[0].upper()
    assert there.shelter.name.upper() in " ".join(head.split()) and "ỦY BAN NHÂN DÂN" not in head
    assert "NGƯỜI ĐỨNG ĐẦU CƠ SỞ" in text and "lập thay cơ sở theo sổ" in " ".join(text.split())
    assert an.full_name in text and "ngõ 7 Đồng Hoà" in text
    assert Entry.objects.get(action="shelter.printed").note == "Mẫu số 14, pdf"


def test_whom_the_reader_may_not_see_is_not_on_it(as_, an, lan):
    case = casework.received(an, child=casework.child())
    there = care.caring(an, "facility", case=case)
    assert "Bảo Hân" in text_of(as_(lan).get(facility_url(there.shelter)))
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert "Bảo Hân" not in text_of(as_(lan).get(facility_url(there.shelter)))


def test_a_trusted_address_has_no_such_list(as_, an):
    assert as_(an).get(facility_url(care.shelter(an))).status_code == 404


def test_the_list_of_places_leads_to_it(as_, an):
    row = care.shelter(an, kind="facility", name="Làng trẻ minh họa")
    assert facility_url(row) in as_(an).get(reverse("shelter-list")).content.decode()


def test_the_page_of_a_placement_offers_the_application_too_and_counts_nothing(as_, an):
    row = care.caring(an, started_on=date(2024, 3, 20))
    url = reverse("placement-print", args=[row.public_id, "mau-08", "pdf"])
    assert url in as_(an).get(reverse("placement", args=[row.public_id])).content.decode()
    assert "ĐƠN ĐĂNG KÝ" in text_of(as_(an).get(url))
    text = text_of(as_(an).get(reverse("placement-print", args=[row.public_id, "mau-10", "pdf"])))
    assert f"bản in số {Entry.objects.filter(action='placement.printed').last().copy_number}" in text
