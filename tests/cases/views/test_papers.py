"""Printing through the pages: An and Lan print, Bình, Chi and the excluded learn nothing; every copy stands in the log."""

import io
import uuid
from datetime import timedelta

import docx
import pytest
from django.urls import reverse

from cases.models import IsolationOrder, Meeting, Placement, StatutoryForm
from cases.printing.catalogue import FORMS
from childcare.audit.models import Entry
from childcare.children.models import FileAccess
from childcare.lib.calendar import now
from tests import people
from tests.cases import casework
from tests.cases.printing import papers as make
from tests.childcare.documents.looking import pages

pytestmark = pytest.mark.django_db
SINCE = "2024-01-01T00:00:00+07:00"


def url(case, key="mau-01", ending="pdf"):
    return reverse("case-print", args=[case.public_id, key, ending])


def text_of(response):
    return "\n".join(page.text for page in pages(response.content))


def test_a_form_is_a_file_without_a_name_and_its_copy_stands_in_the_log(as_, an):
    case = make.told(an)
    answer = as_(an).get(url(case))
    assert answer["Content-Type"] == "application/pdf" and "attachment" in answer["Content-Disposition"]
    assert case.code in answer["Content-Disposition"] and "Han" not in answer["Content-Disposition"]
    entry = Entry.objects.get(action="case.printed")
    assert entry.subject_id == str(case.protected_file.public_id) and entry.note == "Mẫu số 01, pdf" and not entry.shown
    text = text_of(answer)
    assert (
        f"bản in số {entry.copy_number}" in text
        and "Trương Thị Bảo Hân" in text
        and answer["Cache-Control"] == "no-store, private"
    )


def test_the_same_form_as_docx(as_, an):
    case = make.told(an)
    answer = as_(an).get(url(case, ending="docx"))
    assert "Trương Thị Bảo Hân" in "".join(docx.Document(io.BytesIO(answer.content)).element.body.itertext())


@pytest.mark.parametrize("name", ["case-papers", "case-meeting"])
def test_the_pages_are_not_there_for_a_stranger(as_, an, binh, chi, dung, quan, name):
    case = make.told(an)
    for officer in (binh, chi, dung, quan):
        answers = [as_(officer).get(reverse(name, args=[key])).status_code for key in (case.public_id, uuid.uuid4())]
        assert answers[0] == answers[1] in (403, 404)


@pytest.mark.parametrize("key", [form.key for form in FORMS[:8]])
def test_who_is_excluded_cannot_tell_a_printed_file_from_none(as_, an, lan, key):
    case = make.told(an)
    assert as_(lan).get(url(case, key)).status_code == 200
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since=SINCE)
    here = as_(lan).get(url(case, key))
    nowhere = as_(lan).get(reverse("case-print", args=[uuid.uuid4(), key, "pdf"]))
    assert here.status_code == nowhere.status_code == 404 and len(here.content) == len(nowhere.content)
    assert Entry.objects.filter(action="case.printed").count() == 1


def test_who_may_not_know_the_informant_gets_the_form_without(as_, an, lan):
    case = make.told(an)
    assert "Trần Thị Hàng Xóm" in text_of(as_(an).get(url(case)))
    without = text_of(as_(lan).get(url(case)))
    assert "Hàng Xóm" not in without and "0912" not in without and "Họ và tên: ......" in without


@pytest.mark.parametrize("address", ["mau-99/pdf/", "mau-01/xlsx/", "mau-01/pdf/?so=11111111-1111-4111-8111-111111111111"])
def test_what_is_not_there_is_404(as_, an, address):
    case = make.told(an)
    assert as_(an).get(f"/ho-so/{case.public_id}/ban-in/{address}").status_code == 404


def test_the_case_lists_the_forms_of_its_step_and_the_page_all_of_them(as_, an):
    case = make.told(an)
    page = as_(an).get(reverse("case", args=[case.public_id])).content.decode()
    assert url(case, "mau-01") in page and url(case, "mau-02") in page and url(case, "mau-06") not in page
    assert reverse("form-blank", args=["mau-02", "pdf"]) in page
    whole = as_(an).get(reverse("case-papers", args=[case.public_id])).content.decode()
    assert all(url(case, form.key) in whole for form in FORMS) and f"?so={case.intakes.get().public_id}" in whole
    assert "chưa đối chiếu" not in whole.lower()


def test_all_forms_cost_the_same_however_many_rows(as_, an, django_assert_max_num_queries):
    case = make.whole(an)
    for _ in range(4):
        make.order(case.emergency_steps.get(kind="isolation"), an)
    with django_assert_max_num_queries(46):
        as_(an).get(reverse("case-papers", args=[case.public_id]))


def test_empty_forms_are_for_everybody_who_works_on_cases(as_, an, quan, binh):
    assert text_of(as_(an).get(reverse("form-blank", args=["mau-05", "pdf"]))).startswith("UBND QUẬN KIẾN AN")
    assert "......" in text_of(as_(quan).get(reverse("form-blank", args=["mau-05", "pdf"])))
    assert as_(binh).get(reverse("form-blank", args=["mau-05", "pdf"])).status_code == 403
    assert as_(an).get(reverse("form-blank", args=["mau-99", "pdf"])).status_code == 404


def test_the_administrator_sees_what_was_not_checked_and_the_officer_does_not(as_, an, quan):
    address = reverse("form-list")
    mine, his = as_(an).get(address).content.decode(), as_(quan).get(address).content.decode()
    assert "Chưa đối chiếu văn bản" in his and "Nghị định không có mẫu" in his and "Sửa" in his
    assert "đối chiếu" not in mine and reverse("carer-register", args=["pdf"]) in mine
    assert reverse("carer-register", args=["pdf"]) not in his


def test_a_form_is_put_right_by_the_administrator_alone(as_, an, quan):
    row = StatutoryForm.objects.get(code="02")
    address = reverse("form-change", args=[row.pk])
    assert as_(an).get(address).status_code == 403 and as_(quan).get(address).status_code == 200
    values = {"version": row.version, "name": row.name, "evidence": "text", "bases": ""}
    assert "Ghi văn bản và ngày đã đối chiếu" in as_(quan).post(address, values).content.decode()
    as_(quan).post(address, {**values, "checked_against": "Công báo 12", "checked_on": "2/5/2024"})
    row.refresh_from_db()
    assert row.evidence == "text" and row.checked_on == people.TODAY


def test_the_register_of_carers_is_printed_for_its_commune(as_, an, chi, dung):
    address = reverse("carer-register", args=["pdf"])
    assert as_(an).get(address).status_code == as_(chi).get(address).status_code == 200
    assert as_(dung).get(address).status_code == 403 and Entry.objects.filter(action="carer.printed").count() == 2


def test_the_minutes_through_the_page_and_their_correction(as_, an):
    case = casework.assessed(an, make.told(an))
    address = reverse("case-meeting", args=[case.public_id])
    values = {"day": "2/5/2024", "hour": "0:25", "version": case.version, "once": str(uuid.uuid4()), **make.MET}
    page = as_(an).post(address, values, follow=True).content.decode()
    meeting = Meeting.objects.get()
    assert "Đã lưu biên bản họp." in page and "Lê Văn Tổ" in page and f"?sua={meeting.public_id}" in page
    form = as_(an).get(address, {"sua": meeting.public_id}).content.decode()
    assert "Trẻ tạm ở nhà bà ngoại." in form and "02/05/2024" in form
    case.refresh_from_db()
    changed = {**values, "version": case.version, "once": str(uuid.uuid4()), "measures": "Ở nhà bác ruột."}
    as_(an).post(f"{address}?sua={meeting.public_id}", changed)
    assert Meeting.objects.filter(voided_at=None).get().measures == "Ở nhà bác ruột."
    assert as_(an).get(address, {"sua": meeting.public_id}).status_code == 404
    assert as_(an).get(address, {"sua": "x"}).status_code == 404


def test_what_is_wrong_in_the_minutes_is_said_and_nothing_is_lost(as_, an):
    case = casework.assessed(an, make.told(an))
    values = {"day": "2/5/2024", "hour": "25:00", "version": case.version, "once": str(uuid.uuid4()), **make.MET}
    page = as_(an).post(reverse("case-meeting", args=[case.public_id]), values).content.decode()
    assert "Không đọc được giờ" in page and "Lê Văn Tổ" in page and not Meeting.objects.exists()


def test_a_decision_on_the_isolation_through_the_page(as_, an, lan, chi):
    case = make.told(an)
    step = make.isolated(case, an)
    address = reverse("case-isolation-order", args=[step.public_id, "cach-ly"])
    assert "07/05/2024" in as_(an).get(address).content.decode()
    assert as_(lan).get(address).status_code == 403 and as_(chi).get(address).status_code == 404
    values = {"once": str(uuid.uuid4()), "until": "7/5/2024", "place": "Nhà bà ngoại", "number": "31", "signed_on": "2/5/2024"}
    page = as_(an).post(address, values, follow=True).content.decode()
    assert "Nhà bà ngoại" in page and IsolationOrder.objects.get().number == "31"
    late = as_(an).post(
        reverse("case-isolation-order", args=[step.public_id, "gia-han"]),
        {**values, "once": str(uuid.uuid4()), "until": "30/5/2024"},
    )
    assert late.status_code == 409 and "17/05/2024" in late.content.decode()
    assert as_(an).get(reverse("case-isolation-order", args=[step.public_id, "khac"])).status_code == 404
    ending = reverse("case-isolation-order", args=[step.public_id, "ket-thuc"])
    as_(an).post(ending, {"once": str(uuid.uuid4()), "ended_on": "2/5/2024", "carer": "mẹ"})
    step.refresh_from_db()
    assert step.ended_on == people.TODAY


def test_who_opened_the_file_in_an_emergency_reads_it_and_prints_nothing(as_, an, dung):
    case = make.told(an)
    FileAccess.objects.create(
        file=case.protected_file, officer=dung, kind="emergency", since=SINCE, until=now() + timedelta(hours=3)
    )
    page = as_(dung).get(reverse("case", args=[case.public_id]))
    assert page.status_code == 200 and "ban-in" not in page.content.decode()
    assert as_(dung).get(url(case)).status_code == 404 and not Entry.objects.filter(action="case.printed").exists()


def test_the_forms_of_a_placement_are_printed_for_who_is_trusted_with_it(as_, an, binh, chi, lan):
    row = Placement.objects.create(
        unit=people.unit(people.NAM_SON),
        child=casework.child(),
        form="relative",
        opened_on=people.TODAY,
        situation="Sống với bà",
    )
    address = reverse("placement-print", args=[row.public_id, "mau-10", "pdf"])
    text = text_of(as_(an).get(address))
    assert "Sống với bà" in text and "Trương Thị Bảo Hân" in text and as_(lan).get(address).status_code == 200
    assert address in as_(an).get(reverse("placement", args=[row.public_id])).content.decode()
    assert as_(binh).get(address).status_code == 403 and as_(chi).get(address).status_code == 404
    assert as_(an).get(reverse("placement-print", args=[row.public_id, "mau-01", "pdf"])).status_code == 404
    assert Entry.objects.filter(action="placement.printed").count() == 2


def test_a_placement_of_a_closed_file_is_not_there_for_who_is_excluded(as_, an, lan):
    case = make.told(an)
    row = Placement.objects.create(
        unit=case.unit, child=case.child, case=case, protected_file=case.protected_file, form="relative", opened_on=people.TODAY
    )
    address = reverse("placement-print", args=[row.public_id, "mau-12", "pdf"])
    assert as_(lan).get(address).status_code == 200
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since=SINCE)
    assert as_(lan).get(address).status_code == 404
