"""New figures before they are taken: old → new and why; the same causes in the difference to a signed report."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from childcare.children.models import Child, ChildRevision, Circumstance, Residence
from reports import causes, collecting, differences, refreshing
from reports.actions import drafting, signing
from reports.models import Submission
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
R = Residence.Reason


@pytest.fixture
def ward(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def change(ward):
    """One child more, one that moved away, one corrected so that it counts no more as disabled."""
    factories.child(ward, "Phạm Thị Mới", "09/09/2019", "f")
    Residence.objects.filter(child__full_name="Trần Thị Hoa").update(ended_on=date(2024, 4, 20), end_reason=R.DEPARTURE)
    Circumstance.objects.filter(child__full_name="Lê Văn Minh").update(voided_at=timezone.now(), void_reason="Nhập nhầm")


def test_each_figure_tells_old_new_and_why(ward, an):
    row = reporting.draft(an)
    change(ward)
    found = {one["code"]: (one["before"], one["after"], one["why"]) for one in refreshing.pending(row, an)}
    assert "DS-01" not in found  # one came, one left: the number is the same
    assert found["HC-01"] == ("2", "1", ["bớt 1: 1 hoàn cảnh, nguy cơ bị hủy, đính chính"])
    factories.child(ward, "Đỗ Văn Đến", "01/01/2015", "m", since=date(2024, 3, 1))
    found = {one["code"]: (one["before"], one["after"], one["why"]) for one in refreshing.pending(row, an)}
    assert found["DS-01"] == ("3", "4", ["thêm 2: 2 trẻ ghi vào sổ sau", "bớt 1: 1 chuyển đi, ghi sau"])


def test_the_officer_reads_then_takes_and_nobody_else(ward, an, as_):
    row = reporting.draft(an)
    row = drafting.save_text(submission=row, by=an, version=row.version, texts={"V": "Lời của tôi"})
    change(ward)
    url = reverse("report-refresh", args=[row.obligation.public_id])
    page = as_(an).get(url).content.decode()
    assert "hoàn cảnh, nguy cơ bị hủy, đính chính" in page and "Lê Văn Minh" not in page
    assert Submission.objects.get(pk=row.pk).version == row.version  # reading takes nothing
    for who, status in ((people.lan(), 403), (people.dung(), 403), (people.chi(), 404), (people.binh(), 403)):
        assert as_(who).get(url).status_code == status and as_(who).post(url).status_code == status
    as_(an).post(url)
    row = Submission.objects.get(pk=row.pk)
    assert refreshing.pending(row, an) == [] and "Lời của tôi" in row.text
    assert "Không có số nào thay đổi" in as_(an).get(url).content.decode()


def test_a_small_sensitive_number_is_explained_only_to_who_may_see_it(ward, an):
    """Of a harmed child under a protected file the number is the report's; why it moved is not for who is shut out."""
    row = reporting.draft(an)
    nam = Child.objects.get(full_name="Nguyễn Văn Nam")
    file = factories.protected_file(nam, ward)
    factories.incident(ward, "abuse", children=[(nam, {"form": "violence"})], protected_file=file)
    assert [one["why"] for one in refreshing.pending(row, an) if one["code"] == "XH-01"] == [["thêm 1: 1 ghi sau hoặc sửa lại"]]
    file.access.create(officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert [one["why"] for one in refreshing.pending(row, an) if one["code"] == "XH-01"] == [[]]


def test_a_signed_report_is_compared_with_the_same_causes(ward, an):
    row = reporting.signed(an)
    change(ward)
    minh = Child.objects.get(full_name="Lê Văn Minh")
    Child.objects.filter(pk=minh.pk).update(sex="f")
    ChildRevision.objects.create(child=minh, field="sex", old="m", new="f")
    found = {one["code"]: one["why"] for one in differences.rows(row.obligation, row.snapshot, an)}
    assert found["HC-01"] == ["bớt 1: 1 hoàn cảnh, nguy cơ bị hủy, đính chính"]
    assert found["DS-05"] == ["bớt 1: 1 sửa thông tin của trẻ"]
    assert found["DS-06"] == ["thêm 2: 1 trẻ ghi vào sổ sau, 1 sửa thông tin của trẻ", "bớt 1: 1 chuyển đi, ghi sau"]


def test_a_district_is_told_whose_report_came_or_changed(ward, an, dung):
    row = drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung)
    assert refreshing.pending(row, dung) == [] and not row.draft_keys.exists()
    reporting.accepted(an)
    found = {one["code"]: (one["after"], one["why"]) for one in refreshing.pending(row, dung)}
    assert found["DS-01"] == ("3", ["Nam Sơn: – → 3"]) and found["HC-01"] == ("2", ["Nam Sơn: – → 2"])


def test_the_causes_of_many_figures_are_found_by_a_few_questions(ward, an, django_assert_max_num_queries):
    row = reporting.draft(an)
    change(ward)
    then, now = dict(row.draft_keys.values_list("code", "keys")), dict(collecting.keys_of(row.obligation))
    with django_assert_max_num_queries(14):
        assert causes.explain(row.obligation, row.figures_at, then, now)
