"""Choose the file, look at it, let it in, see the result; the stranger finds nothing, the colleague may not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children import models as c
from childcare.children.importing import batches
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.spreadsheets import open_workbook
from tests import factories, people
from tests.childcare.children.importing.test_writing import BINH, HOA, LAN, workbook

ADULT = [4, "Trần Văn Lớn", "1/1/1990", "Nam", "", "", "", "", "", "", ""]
LOUD = [5, "VŨ VĂN TO", "1/2/2017", "Nam", "", "Tổ dân phố 9", "", "", "", "", ""]


@pytest.fixture
def hamlets(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2)]


def upload(client, data=None, name="Danh sách tổ 1.xlsx", **fields):
    data = workbook(HOA, BINH, LAN, ADULT, LOUD) if data is None else data
    file = SimpleUploadedFile(name, data)
    page = client.get(reverse("import-upload"))
    initial = page.context["form"].fields["unit"].initial
    return client.post(reverse("import-upload"), {"file": file, "unit": initial or "", "on": "02/05/2024", **fields})


def url(name, batch):
    return reverse(name, args=[batch.public_id])


@pytest.fixture
def batch(as_, an, hamlets):
    """An uploaded and read list of Nam Sơn."""
    upload(as_(an))
    batch = c.ImportBatch.objects.get()
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


def test_the_whole_way_from_the_file_to_the_registry(as_, an, hamlets):
    client = as_(an)
    response = upload(client)
    batch = c.ImportBatch.objects.get()
    assert response.url == url("import-batch", batch)
    assert "Đang đọc tệp" in client.get(response.url).content.decode()
    jobs.run(batch.read_job_id)
    page = client.get(response.url).content.decode()
    assert "Nhập 4 trẻ em" in page and "Nguyễn Thị Hoa" in page and "Viết hoa đúng chữ đầu" in page
    assert not c.Child.objects.exists()
    client.post(url("import-decide", batch), {"kind": "name_case"})
    batch.refresh_from_db()
    assert "Đang ghi vào sổ" in client.get(response.url).content.decode()
    jobs.run(batch.write_job_id)
    page = client.get(response.url).content.decode()
    assert "Đã nhập" in page and "Tải “Tệp cần sửa”" in page
    assert set(c.Child.objects.values_list("full_name", flat=True)) == {
        "Nguyễn Thị Hoa",
        "Nguyễn Văn Bình",
        "Trần Thị Lan",
        "Vũ Văn To",
    }


def test_single_offers_can_be_taken_by_their_position(as_, an, batch):
    [position] = [place for place, offer in enumerate(batches.reading_of(batch).offers) if offer["kind"] == "name_case"]
    as_(an).post(url("import-decide", batch), {"offer": [str(position), "99", "x", "-1"]})
    batch.refresh_from_db()
    assert batch.accepted_offers == [position]
    jobs.run(batch.write_job_id)
    assert c.Child.objects.filter(full_name="Vũ Văn To").exists()


def test_the_preview_says_what_is_odd_in_words(as_, an, batch):
    page = as_(an).get(url("import-batch", batch)).content.decode()
    for text in ("Không có thôn, tổ này", "Tổ dân phố 9", "đủ 18 tuổi", "Đánh dấu", "Được hiểu là"):
        assert text in page or text == "Đánh dấu"
    for code in ("hamlet_unknown", "name_missing", "circumstance:"):
        assert code not in page


def test_no_name_of_a_child_stands_in_the_title_or_address(as_, an, batch):
    page = as_(an).get(url("import-batch", batch)).content.decode()
    assert "Nguyễn" not in page[: page.index("</title>")]


def test_looking_at_the_preview_is_logged_without_names(as_, an, batch):
    as_(an).get(url("import-batch", batch))
    entry = Entry.objects.get(action="import.viewed")
    assert entry.subject_id == str(batch.public_id) and "Hoa" not in str(entry.__dict__)


def test_progress_is_asked_for_until_the_work_is_done(as_, an, hamlets):
    client = as_(an)
    upload(client)
    batch = c.ImportBatch.objects.get()
    assert "hx-get" in client.get(url("import-progress", batch)).content.decode()
    jobs.run(batch.read_job_id)
    assert client.get(url("import-progress", batch))["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "name, data", [("a.xlsx", b"\x89PNG\r\n\x1a\n"), ("a.docx", b"PK\x03\x04"), ("a.xls", b"<html>"), ("a.xlsx", b"")]
)
def test_a_file_that_is_no_workbook_is_refused_on_the_form(as_, an, name, data):
    response = upload(as_(an), data=data, name=name)
    assert response.status_code == 200 and response.context["form"].errors["file"]
    assert not c.ImportBatch.objects.exists() and not Job.objects.exists()


def test_a_workbook_without_a_list_ends_with_its_sentence(as_, an, hamlets):
    client = as_(an)
    upload(client, data=workbook([1, 2], head=["Chỉ tiêu", "Số liệu"]))
    batch = c.ImportBatch.objects.get()
    assert jobs.run(batch.read_job_id).state == "refused"
    page = client.get(url("import-batch", batch)).content.decode()
    assert "Không tìm thấy danh sách trẻ em" in page


def test_a_cancelled_list_writes_nothing_and_cannot_be_let_in(as_, an, batch):
    client = as_(an)
    client.post(url("import-cancel", batch))
    assert client.post(url("import-decide", batch)).status_code == 409
    assert not c.Child.objects.exists()


def test_a_list_is_let_in_once(as_, an, batch):
    client = as_(an)
    client.post(url("import-decide", batch))
    assert client.post(url("import-decide", batch)).status_code == 409
    batch.refresh_from_db()
    jobs.run(batch.write_job_id)
    assert client.post(url("import-decide", batch)).status_code == 409
    assert client.post(url("import-cancel", batch)).status_code == 409
    assert Job.objects.filter(kind="import.write").count() == 1


def test_the_rows_to_mend_are_downloaded_and_can_be_taken_in_again(as_, an, batch):
    response = as_(an).get(url("import-errors", batch))
    assert response["Content-Disposition"].startswith("attachment")
    [sheet] = open_workbook(response.content, "a.xlsx")
    assert sheet.rows[0][1][-1] == "Nội dung cần sửa" and sheet.rows[1][1][1] == "Trần Văn Lớn"


def test_a_list_without_rows_to_mend_has_no_such_file(as_, an, hamlets):
    client = as_(an)
    upload(client, data=workbook(HOA))
    batch = c.ImportBatch.objects.get()
    jobs.run(batch.read_job_id)
    assert client.get(url("import-errors", batch)).status_code == 404


def test_the_template_is_understood_by_the_importer(as_, an, hamlets):
    response = as_(an).get(reverse("import-template"))
    first, guide = open_workbook(response.content, "a.xlsx")
    assert guide.name == "Hướng dẫn"
    buffer = io.BytesIO(
        workbook([1, "Nguyễn Thị Hoa", "12/5/2016", "Nữ", "Kinh", "031316000011", "Tổ dân phố 1"], head=first.rows[0][1])
    )
    client = as_(an)
    upload(client, data=buffer.getvalue())
    batch = c.ImportBatch.objects.get()
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    assert set(batch.mapping["Danh sách"].values()) == {
        "stt", "full_name", "birth_date", "sex", "ethnic", "identity_number", "hamlet", "mother_name", "father_name",
        "household_head", "poverty", "circumstances", "since", "phone", "note",
    }  # fmt: skip
    assert batch.summary["created"] == 1


PAGES = ("import-batch", "import-progress", "import-errors")
POSTS = ("import-decide", "import-cancel")


def test_a_number_that_another_child_holds_stands_beside_that_child_or_names_nobody(as_, an, chi, hamlets):
    held = factories.child(hamlets[0], "Lê Văn Bình", "01/02/2014", identity_number="031316001234", identity_valid=True)
    row = ["1", "Nguyễn Thị Hoà", "12/05/2016", "Nữ", "031316001234"]
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh cá nhân"]
    client = as_(an)
    upload(client, data=workbook(row, head=head))
    batch = c.ImportBatch.objects.get()
    jobs.run(batch.read_job_id)
    page = client.get(url("import-batch", batch))
    assert [(line["name"], line["holder"]["name"]) for line in page.context["held"]] == [("Nguyễn Thị Hoà", "Lê Văn Bình")]
    assert reverse("child", args=[held.public_id]) in page.content.decode()
    assert str(held.public_id) in Entry.objects.filter(action="import.viewed").order_by("-pk")[0].shown
    held.unit = chi.unit
    held.save()
    page = client.get(url("import-batch", batch)).content.decode()
    assert "Một trẻ thuộc đơn vị khác" in page and "Lê Văn Bình" not in page and "Văn Đẩu" not in page


def test_the_stranger_finds_nothing(as_, chi, batch):
    client = as_(chi)
    assert all(client.get(url(name, batch)).status_code == 404 for name in PAGES)
    assert all(client.post(url(name, batch)).status_code == 404 for name in POSTS)
    assert batch.file.name not in client.get(reverse("import-list")).content.decode()


def test_the_colleague_and_the_administrator_may_not(as_, binh, quan, batch):
    for officer in (binh, quan):
        client = as_(officer)
        assert all(client.get(url(name, batch)).status_code == 403 for name in PAGES)
        assert all(client.post(url(name, batch)).status_code == 403 for name in POSTS)
        assert all(client.get(reverse(name)).status_code == 403 for name in ("import-list", "import-upload", "import-template"))


def test_a_commune_of_others_cannot_be_chosen(as_, an, hamlets):
    response = upload(as_(an), unit=str(people.unit(people.VAN_DAU).public_id))
    assert response.status_code == 200 and response.context["form"].errors["unit"]
    assert not c.ImportBatch.objects.exists()


def test_a_day_that_is_not_yet_and_one_before_the_unit_are_refused(as_, an, hamlets):
    assert upload(as_(an), on="01/01/2030").context["form"].errors["on"]
    assert not c.ImportBatch.objects.exists()


def test_sensitive_groups_are_not_shown_without_the_right(as_, an, batch, monkeypatch):
    assert "HIV" in as_(an).get(url("import-batch", batch)).content.decode()
    monkeypatch.setattr(type(an), "can_in", lambda self, permission, unit: permission != "protected.view")
    page = as_(an).get(url("import-batch", batch)).content.decode()
    assert "không hiển thị" in page and "HIV" not in page


def test_lists_need_few_queries(as_, an, batch, django_assert_max_num_queries):
    client = as_(an)
    for _ in range(4):
        upload(client, data=workbook(HOA))
    with django_assert_max_num_queries(14):
        assert client.get(reverse("import-list")).status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get(url("import-batch", batch)).status_code == 200
