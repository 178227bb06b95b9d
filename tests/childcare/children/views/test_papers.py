"""Papers, consents and resting data through the pages: An may, Bình may not, Chi finds nothing."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children import exporting, printing
from childcare.children.actions import attachments, consents
from childcare.children.models import Attachment, Consent, FileAccess, ProcessingRestriction, Purpose
from tests import factories
from tests.childcare.lib.test_uploads import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", birth="2020")


@pytest.fixture
def paper(an, child):
    return attachments.keep(by=an, child=child, kind="birth", name="a.pdf", data=pdf())


@pytest.fixture
def consent(an, child):
    purpose = Purpose.objects.get(code="MD07")
    return consents.give(by=an, child=child, purpose=purpose, giver="Hào", proof="giấy", given_on=date(2024, 4, 1))


@pytest.fixture
def restriction(an, child):
    return consents.restrict(by=an, child=child, reason="người giám hộ yêu cầu", since=date(2024, 5, 1))


def url(name, row):
    return reverse(name, args=[row.public_id])


@pytest.mark.parametrize("name", ["attachment-add", "consent-add", "restriction-add"])
def test_who_may_open_which_form_about_a_child(as_, an, binh, chi, child, name):
    assert as_(an).get(url(name, child)).status_code == 200
    assert as_(binh).get(url(name, child)).status_code == as_(binh).post(url(name, child), {}).status_code == 403
    assert as_(chi).get(url(name, child)).status_code == as_(chi).post(url(name, child), {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("attachment-void", "paper"), ("consent-withdraw", "consent"), ("consent-void", "consent"),
        ("restriction-lift", "restriction"),
    ],
)  # fmt: skip
def test_who_may_change_a_row(as_, an, binh, chi, request, name, row):
    address = url(name, request.getfixturevalue(row))
    assert as_(an).get(address).status_code == 200
    assert as_(binh).post(address, {}).status_code == 403
    assert as_(chi).get(address).status_code == as_(chi).post(address, {}).status_code == 404


def upload(client, child, name="anh.jpg", data=None, **values):
    file = SimpleUploadedFile(name, picture() if data is None else data)
    values = {"kind": "photo", "file": file, "once": str(uuid.uuid4()), **values}
    return client.post(url("attachment-add", child), values)


def test_a_photo_from_the_form_to_the_page_and_back(as_, an, binh, chi, child):
    assert upload(as_(an), child, title="chụp ngày 01/05/2024").url == url("child", child)
    page = as_(an).get(url("child", child)).content.decode()
    assert "chụp ngày 01/05/2024" in page and "JPG, 1 KB" in page
    row = Attachment.objects.get()
    for officer in (an, binh):  # who sees the child sees its plain papers
        response = as_(officer).get(url("attachment-file", row))
        assert response.status_code == 200 and response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    assert as_(chi).get(url("attachment-file", row)).status_code == 404
    entry = Entry.objects.filter(action="attachment.downloaded").first()
    assert entry.subject_id == str(child.public_id) and entry.shown == [str(row.public_id)]


def test_a_sensitive_paper_is_not_there_for_who_is_not_on_the_team(as_, an, binh, child):
    upload(as_(an), child, kind="other", sensitive="on")
    row = Attachment.objects.get()
    assert as_(an).get(url("attachment-file", row)).status_code == 200
    assert as_(binh).get(url("attachment-file", row)).status_code == 404
    assert url("attachment-file", row) not in as_(binh).get(url("child", child)).content.decode()


def test_an_excluded_officer_opens_no_paper_of_the_file(as_, an, child):
    upload(as_(an), child, kind="other", sensitive="on")
    row = Attachment.objects.get()
    FileAccess.objects.create(file=row.protected_file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert as_(an).get(url("attachment-file", row)).status_code == 404
    assert as_(an).get(url("attachment-void", row)).status_code == 404


def test_a_paper_moves_with_its_child_at_once(as_, an, chi, child, paper):
    address = url("attachment-file", paper)
    child.unit = chi.unit
    child.save(update_fields=["unit"])
    assert as_(an).get(address).status_code == 404 and as_(chi).get(address).status_code == 200


def test_a_wrong_file_comes_back_with_a_sentence_and_what_was_typed(as_, an, child):
    page = upload(as_(an), child, name="a.exe", data=b"MZ\x90", title="giấy số 12").content.decode()
    assert "Chỉ nhận tệp PDF" in page and "giấy số 12" in page and not Attachment.objects.exists()


def test_a_voided_paper_opens_no_more(as_, an, child, paper):
    values = {"reason": "Nhầm trẻ", "version": paper.version}
    assert as_(an).post(url("attachment-void", paper), values).url == url("child", child)
    assert as_(an).get(url("attachment-file", paper)).status_code == 404


def test_a_consent_from_the_form_to_the_page(as_, an, child):
    values = {"purpose": "MD05", "given_on": "1/4/2024", "giver": "Nguyễn Văn Hào", "once": str(uuid.uuid4())}
    page = as_(an).post(url("consent-add", child), values, follow=True).content.decode()
    assert Consent.objects.get().started_on == date(2024, 4, 1)
    assert "Chưa đủ" in page and "giấy tờ chứng minh" in page and "Nguyễn Văn Hào" in page


def test_the_form_offers_only_purposes_that_need_consent(as_, an, child):
    page = as_(an).get(url("consent-add", child)).content.decode()
    assert 'value="MD05"' in page and 'value="MD01"' not in page


def test_a_withdrawn_consent_stays_readable(as_, an, child, consent):
    as_(an).post(url("consent-withdraw", consent), {"on": "2/5/2024", "version": consent.version})
    assert "đã rút ngày 02/05/2024" in as_(an).get(url("child", child)).content.decode()


def test_a_restricted_child_is_on_the_screen_and_in_no_file(as_, an, child, ward):
    factories.child(ward, "Trần Văn Kia")
    values = {"since": "2/5/2024", "reason": "người giám hộ yêu cầu", "once": str(uuid.uuid4())}
    assert as_(an).post(url("restriction-add", child), values).status_code == 302
    assert "Đang hạn chế xử lý dữ liệu" in as_(an).get(url("child", child)).content.decode()
    assert "Nguyễn Thị Hoà" in as_(an).get(reverse("child-list")).content.decode()
    row = ProcessingRestriction.objects.get()
    as_(an).post(url("restriction-lift", row), {"on": "2/5/2024", "version": row.version})
    assert "Đang hạn chế" not in as_(an).get(url("child", child)).content.decode()


def test_a_list_that_goes_out_says_how_many_it_leaves_out(an, child, restriction, ward):
    factories.child(ward, "Trần Văn Kia")
    filters, children = printing.asked(QueryDict(""), officer=an, limit=10, verb="xuất")
    assert [row.full_name for row in children] == ["Trần Văn Kia"]
    assert printing.kept_back(filters, an) == "không đưa vào 1 trẻ đang hạn chế xử lý dữ liệu"
    about = dict(exporting.about_of(an, filters, 1))
    assert about["Hạn chế xử lý"] == "không đưa vào 1 trẻ đang hạn chế xử lý dữ liệu"
    consents.lift(restriction=restriction, by=an, version=restriction.version, on=date(2024, 5, 2))
    assert printing.kept_back(filters, an) == "" and "Hạn chế xử lý" not in dict(exporting.about_of(an, filters, 2))
