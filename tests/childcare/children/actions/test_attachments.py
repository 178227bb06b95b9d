"""Papers of a child: kept harmless and encrypted, covered when sensitive, voided and never deleted."""

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import attachments
from childcare.children.models import Attachment
from childcare.documents import files
from childcare.lib.refusal import Refusal
from tests import factories
from tests.childcare.lib.test_uploads import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà")


def keep(child, by, **values):
    values = {"kind": "birth", "name": "kh sinh.pdf", "data": pdf(), **values}
    return attachments.keep(by=by, child=child, **values)


def test_a_paper_is_kept_under_its_kind_and_never_under_the_name_it_came_with(an, child):
    row = keep(child, an, name="Khai sinh Nguyễn Thị Hoà.pdf", title="số 12/2016")
    assert row.file.name == "Giấy khai sinh.pdf" and row.title == "số 12/2016"
    assert files.open_bytes(row.file).startswith(b"%PDF-")
    assert b"%PDF-" not in files.path_of(row.file).read_bytes()


def test_the_log_tells_that_a_paper_came_and_not_what_it_says(an, child):
    keep(child, an, title="số 12/2016")
    entry = Entry.objects.get(action="attachment.kept")
    assert entry.subject_id == str(child.public_id) and "12/2016" not in str(vars(entry))


def test_a_sensitive_paper_lies_under_the_childs_protected_file_and_the_log_names_the_file(an, child):
    row = keep(child, an, kind="other", sensitive=True)
    assert row.protected_file.child == child
    assert Entry.objects.get(action="attachment.kept").subject_id == str(row.protected_file.public_id)


def test_an_officer_outside_of_the_team_keeps_no_sensitive_paper(binh, child):
    with pytest.raises(Refusal):
        keep(child, binh, sensitive=True)
    assert not Attachment.objects.exists()


def test_the_same_post_twice_keeps_one_paper(an, child):
    key = "0b7c1d9e-6a5f-4f43-9d54-3f6a2f1f0c11"
    first = keep(child, an, once=key)
    assert keep(child, an, once=key) == first and Attachment.objects.count() == 1


def test_a_bad_file_leaves_neither_row_nor_bytes(an, child, settings):
    with pytest.raises(Refusal):
        keep(child, an, data=b"MZ", name="a.exe")
    assert not Attachment.objects.exists() and not list(settings.FILES_DIR.rglob("*.*"))


def test_a_voided_paper_stays_and_a_second_void_is_refused(an, child):
    row = keep(child, an, data=picture(), name="a.jpg", kind="photo")
    attachments.void(attachment=row, by=an, version=row.version, reason="Nhầm trẻ")
    row.refresh_from_db()
    assert row.voided_at and row.void_reason == "Nhầm trẻ" and files.path_of(row.file).exists()
    with pytest.raises(Refusal):
        attachments.void(attachment=row, by=an, version=row.version, reason="Lần nữa")


def test_a_child_has_at_most_so_many_papers(an, child, monkeypatch):
    monkeypatch.setattr(attachments, "MOST", 1)
    keep(child, an)
    with pytest.raises(Refusal):
        keep(child, an)
