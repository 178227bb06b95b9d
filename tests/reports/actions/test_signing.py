"""Signing on paper: number, day, signer, scan; figures and bytes frozen, all or nothing."""

import hashlib
from datetime import date

import pytest

from childcare.documents.files import open_bytes, path_of
from childcare.documents.models import IssuedDocument, StoredFile
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import drafts, exporting, freezing
from reports.actions import drafting, signing
from reports.models import Submission
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


@pytest.fixture
def quick(monkeypatch):
    """Documents whose bytes cost nothing, for what is not about them."""
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())


def sign(row, by, **changes):
    return signing.sign(submission=row, by=by, version=row.version, **{**reporting.SIGNED, "scan": reporting.PDF, **changes})


def test_a_signed_report_keeps_number_day_signer_and_its_bytes(an):
    row = reporting.signed(an)
    document = row.document
    assert (row.state, document.full_number, document.issued_on) == ("signed", "05/BC-UBND", date(2024, 5, 2))
    assert (document.signer_authority, document.signer_name) == (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Phạm Thị Lan")
    assert open_bytes(document.pdf).startswith(b"%PDF") and open_bytes(document.docx).startswith(b"PK")
    assert open_bytes(document.scan) == reporting.PDF
    assert document.subject == "Kết quả công tác trẻ em 6 tháng đầu năm 2024"


def test_figures_that_change_after_signing_do_not_change_the_report(an, small_ward):
    row = reporting.signed(an)
    before = exporting.data_of(row, "pdf"), exporting.data_of(row, "json"), row.snapshot.digest
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    row = Submission.objects.get(pk=row.pk)
    assert (exporting.data_of(row, "pdf"), exporting.data_of(row, "json"), row.snapshot.digest) == before
    assert drafts.load(row).figures("DS-01").numerator == 3
    assert hashlib.sha256(before[0]).hexdigest() == row.document.pdf.sha256
    assert freezing.verify(row.snapshot)


def test_signing_twice_by_the_same_officer_has_one_effect(an, quick):
    row = reporting.presented(an)
    first = sign(row, an)
    assert sign(row, an).pk == first.pk
    assert IssuedDocument.objects.count() == 1


def test_somebody_else_is_told_who_signed_and_when(an, lan, quick):
    row = reporting.presented(an)
    sign(row, an)
    with pytest.raises(Refusal, match="Nguyễn Thị An đã ghi nhận ký lúc .* ngày 02/05/2024"):
        sign(row, lan, number="06")
    assert IssuedDocument.objects.count() == 1


def test_all_or_nothing_when_the_last_step_fails(an, quick, monkeypatch):
    row = reporting.presented(an)
    monkeypatch.setattr(signing, "tell", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign(row, an)
    row.refresh_from_db()
    assert row.state == "to_sign" and not IssuedDocument.objects.exists() and not StoredFile.objects.exists()


def test_bytes_of_a_failed_signing_do_not_stay_on_the_disk(an, quick, monkeypatch, settings):
    row = reporting.presented(an)
    monkeypatch.setattr(signing, "tell", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign(row, an)
    assert [file for file in settings.FILES_DIR.rglob("*") if file.is_file()] == []


def test_what_was_withdrawn_and_presented_again_is_not_signed_by_an_old_page(an, quick):
    row = reporting.presented(an)
    old = row.version
    row = drafting.withdraw(submission=row, by=an)
    row = drafting.present(submission=row, by=an, version=row.version)
    with pytest.raises(Refusal, match="tải lại trang"):
        signing.sign(submission=row, by=an, version=old, **reporting.SIGNED)


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"issued_on": date(2024, 5, 3)}, "không được sau hôm nay"),
        ({"issued_on": date(2024, 4, 29)}, "trước ngày chốt số liệu 30/04/2024"),
        ({"scan": b"MZ not a scan"}, "PDF, JPG hoặc PNG"),
        ({"scan": b"%PDF-" + b"x" * signing.LARGEST}, "quá 10 MB"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(an, quick, changes, sentence):
    with pytest.raises(Refusal, match=sentence):
        sign(reporting.presented(an), an, **changes)


def test_one_number_is_given_once_a_year_by_one_issuer(an, quick, small_ward):
    IssuedDocument.objects.create(
        unit=small_ward, kind="BÁO CÁO", number="05", notation="BC-UBND", issued_on=date(2024, 2, 1), subject="Khác"
    )
    with pytest.raises(Refusal, match="Số 05/BC-UBND năm 2024 đã dùng"):
        sign(reporting.presented(an), an, number="5")


def test_a_scan_is_told_by_its_bytes_never_by_its_name():
    assert signing.kind_of_scan(b"\x89PNG\r\n\x1a\n...") == ("image/png", "png")
    assert signing.kind_of_scan(b"\xff\xd8\xff\xe0") == ("image/jpeg", "jpg")


def test_the_scan_may_come_later_and_only_once(an, quick):
    row = sign(reporting.presented(an), an, scan=None)
    row = signing.attach_scan(submission=row, by=an, scan=reporting.PDF)
    assert path_of(row.document.scan).exists()
    with pytest.raises(Refusal, match="đã có bản quét"):
        signing.attach_scan(submission=row, by=an, scan=reporting.PDF)


def test_the_clerk_signs_and_the_writer_is_told_to_send(an, quick):
    clerk = people.officer("thu", "Đào Thị Thư", "clerk", people.NAM_SON)
    sign(reporting.presented(an), clerk)
    assert Message.objects.filter(officer=an, subject__contains="còn phải gửi").count() == 1
