"""Pages of regimes, calls and outlines: Dũng takes reports of the district, An writes in a ward, Chi and Sơn are strangers."""

import re

import pytest
from django.urls import reverse

from childcare.documents.models import StoredFile
from reports import drafts
from reports.actions import drafting, outlines
from reports.models import Obligation, Outline, Regime, ReportCall
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
QUARTER = {
    "name": "Báo cáo quý", "from_kinds": ["commune"], "document": "Công văn 45", "since": "02/05/2024", "due_day": "10", "due_after": "1",
}  # fmt: skip


def key_of(page):
    return re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]


def test_the_district_adds_a_regime_and_stops_it(an, dung, chi, as_):
    assert "Thêm chế độ báo cáo" in as_(dung).get(reverse("regime-list")).content.decode()
    page = as_(dung).get(reverse("regime-add") + "?ky=quarter").content.decode()
    assert "Hằng quý" in page and "xã, phường" in page
    scope = str(people.unit(people.KIEN_AN).public_id)
    bad = as_(dung).post(reverse("regime-add") + "?ky=quarter", {**QUARTER, "scope": scope, "due_day": "40"})
    assert bad.status_code == 200 and "Báo cáo quý" in bad.content.decode()
    assert as_(dung).post(reverse("regime-add") + "?ky=quarter", {**QUARTER, "scope": scope}).status_code == 302
    row = Regime.objects.get(code="DP0001")
    listed = as_(dung).get(reverse("regime-list")).content.decode()
    assert "trước ngày 10 của tháng sau kỳ" in listed and reverse("regime-off", args=[row.pk]) in listed
    law = Regime.objects.get(code="RG01")
    assert reverse("regime-off", args=[law.pk]) not in listed
    assert as_(dung).get(reverse("regime-off", args=[law.pk])).status_code == 404
    assert as_(chi).get(reverse("regime-off", args=[row.pk])).status_code == 404
    done = as_(dung).post(reverse("regime-off", args=[row.pk]), {"scope": scope, "since": "02/05/2024"})
    assert done.status_code == 302 and not Obligation.objects.filter(regime=row).exists()
    assert as_(dung).get(reverse("regime-add") + "?ky=khac").status_code == 404


def test_the_administrator_turns_an_unread_regime_on_and_sees_that_it_was_not_read(an, dung, quan, as_):
    row = Regime.objects.get(code="RG11")
    page = as_(quan).get(reverse("regime-list")).content.decode()
    assert reverse("regime-on", args=[row.pk]) in page and "cần đối chiếu văn bản gốc" in page
    data = {
        "scope": str(people.unit(people.HAI_PHONG).public_id),
        "since": "02/05/2024",
        "due_day": "15",
        "due_month": "1",
        "next_year": "on",
    }
    assert as_(quan).post(reverse("regime-on", args=[row.pk]), data).status_code == 302
    assert Obligation.objects.filter(regime__code="RG11", unit__code=people.NAM_SON).exists()
    assert as_(quan).get(reverse("regime-on", args=[Regime.objects.get(code="RG23").pk])).status_code == 404


def test_asking_the_wards_for_one_report_with_its_outline(an, binh, chi, dung, son, as_, client):
    reporting.small_ward()
    wards = [str(people.unit(code).public_id) for code in (people.NAM_SON, people.VAN_DAU)]
    page = as_(dung).get(reverse("call-add")).content.decode()
    data = {
        "key": key_of(page), "subject": "Kết quả rà soát trẻ em bị bỏ rơi", "document": "", "data_from": "01/01/2024",
        "cutoff": "30/04/2024", "last_day": "20/05/2024", "units": wards,
    }  # fmt: skip
    late = as_(dung).post(reverse("call-add"), {**data, "last_day": "01/05/2024"})
    assert late.status_code == 200 and "đã qua" in late.content.decode()
    for _ in range(2):
        answer = as_(dung).post(reverse("call-add"), data, follow=True).content.decode()
    assert "Phường Nam Sơn" in answer and ReportCall.objects.count() == 1
    call = ReportCall.objects.get()
    as_(dung).post(reverse("call-outline", args=[call.public_id]))
    outline = Outline.objects.get()
    url = reverse("outline", args=[outline.public_id])
    as_(dung).post(url, {"what": "section", "title": "Cách làm", "hint": ""})
    as_(dung).post(url, {"what": "item", "name": "Trẻ em bị bỏ rơi", "measure": "trẻ em", "hint": "", "summed": "on"})
    wrong = as_(dung).post(url, {"what": "item", "name": "Tỷ lệ", "measure": "%", "hint": "", "summed": "on"}).content.decode()
    assert "Tỷ lệ không cộng được" in wrong and outline.items.count() == 1
    owed = Obligation.objects.get(call=call, unit__code=people.NAM_SON)
    drafting.begin(obligation=owed, by=an)
    page = as_(an).get(reverse("report", args=[owed.public_id])).content.decode()
    item = outline.items.get()
    assert (
        "Cách làm" in page
        and "Nguồn số nhập tay" not in page
        and f'name="extra-{item.code}"' in page
        and "I. Nội dung báo cáo" in page
    )
    version = owed.submissions.get().version
    saved = as_(an).post(
        reverse("report-save", args=[owed.public_id]), {"version": version, "text-N": "Đã rà soát.", f"extra-{item.code}": "hai"}, follow=True
    ).content.decode()  # fmt: skip
    assert 'value="hai"' in saved and "không phải là số" in saved and "Đã rà soát." in saved
    as_(an).post(
        reverse("report-save", args=[owed.public_id]), {"version": owed.submissions.get().version, f"extra-{item.code}": "2"}
    )
    assert drafts.load(owed.submissions.get()).figures(item.code).numerator == 2
    for page in (url, reverse("call", args=[call.public_id])):
        assert [as_(who).get(page).status_code for who in (an, chi, son, dung)] == [404, 404, 404, 200]
        assert as_(binh).get(page).status_code == 403
    book = as_(dung).get(reverse("call", args=[call.public_id]) + "?dang=xlsx")
    assert book.content[:2] == b"PK" and "Báo cáo đột xuất" in as_(dung).get(reverse("report-owed")).content.decode()
    assert "Kết quả rà soát" in as_(dung).get(reverse("call-list")).content.decode()


def test_the_file_of_an_outline_is_read_by_every_unit_that_reports_by_it(an, chi, dung, son, as_):
    reporting.owed()
    page = as_(dung).get(reverse("outline-add")).content.decode()
    assert "6 tháng đầu năm 2024 · Báo cáo kết quả công tác trẻ em 6 tháng (xã, phường)" in page
    made = as_(dung).post(reverse("outline-add"), {"report": "RG01|half|2024-H1", "only": "on", "title": "Đề cương 45"})
    row = Outline.objects.get()
    assert made.status_code == 302 and (str(row.since), str(row.until)) == ("2024-04-30", "2024-05-01")
    Outline.objects.filter(pk=row.pk).update(
        file=StoredFile.objects.create(name="de-cuong.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    )
    listed = as_(dung).get(reverse("outline-list")).content.decode()
    assert "Đề cương 45" in listed and "có tệp đính kèm" in listed
    drafting.begin(obligation=reporting.owed(), by=an)
    assert (
        reverse("outline-file", args=[row.public_id])
        in as_(an).get(reverse("report", args=[reporting.owed().public_id])).content.decode()
    )
    assert as_(son).get(reverse("outline-file", args=[row.public_id])).status_code == 404
    outlines.stop(outline=row, by=dung)
    assert "Đã thôi dùng" in as_(dung).get(reverse("outline-list")).content.decode()
