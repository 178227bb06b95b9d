"""The list as a file: formulas, scope, filters, protected groups, the log; and the printed list."""

import csv
import io
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children import outputs
from childcare.children.models import FileAccess
from childcare.children.resources import ChildResource
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories, people

pytestmark = pytest.mark.django_db
PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1+1", "＠x", " =1+1", "\u00a0=1+1",
    "+84 cmd", "-5+cmd|'/C calc'!A0", "@@", "==1", "=-1", "+-1", "=\"a\"", "=1;2",
]  # fmt: skip


def url(form, query=""):
    return reverse("child-export", args=[form]) + query


def rows_of_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def cells_of_xlsx(response):
    book = load_workbook(io.BytesIO(response.content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def child(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    house = factories.household(place, "Nguyễn Văn Hào", address="Số 7")
    factories.poverty(house, "near")
    row = factories.child(
        place, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house, identity_number="031316001234", identity_valid=True, phone="+84912345678", ethnic="E01"
    )  # fmt: skip
    factories.circumstance(row, "N04")
    return row


def test_a_row_tells_what_the_page_tells(as_, an, child):
    heads, row = rows_of_csv(as_(an).get(url("csv")))
    told = dict(zip(heads, row, strict=True))
    assert told["Họ và tên"] == "Nguyễn Thị Hoà" and told["Ngày sinh"] == "12/05/2016" and told["Giới tính"] == "Nữ"
    assert told["Số định danh cá nhân"] == "031316001234" and told["Dân tộc"] == "Kinh" and told["Điện thoại"] == "+84912345678"
    assert (told["Thôn, tổ dân phố"], told["Xã, phường"]) == ("Tổ dân phố 3", "Phường Nam Sơn")
    assert (told["Chủ hộ"], told["Địa chỉ"], told["Loại hộ"]) == ("Nguyễn Văn Hào", "Số 7", "hộ cận nghèo")
    assert told["Hoàn cảnh, nguy cơ"] == "Trẻ em khuyết tật" and told["Mã trẻ"] == str(child.public_id)


def test_numbers_are_text_cells_and_the_file_says_who_took_it(as_, an, child):
    response = as_(an).get(url("xlsx"))
    cells = cells_of_xlsx(response)
    number = next(cell for cell in cells if cell.value == "031316001234")
    assert number.data_type == "s" and number.number_format == "@"
    assert "Nguyễn Thị An (an)" in {cell.value for cell in cells}
    assert "Hoà" not in response["Content-Disposition"] and response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_formula_comes_out_of_any_text_field(as_, an, ward, payload):
    house = factories.household(ward, payload, address=payload)
    factories.child(
        ward, payload, house=house, mother_name=payload, father_name=payload, phone=payload, school_name=payload, schooling=payload, identity_number=payload
    )  # fmt: skip
    client = as_(an)
    cells = cells_of_xlsx(client.get(url("xlsx")))
    assert all(cell.data_type == "s" for cell in cells)
    bad = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    for text in [cell.value for cell in cells] + [cell for row in rows_of_csv(client.get(url("csv"))) for cell in row]:
        assert not text.lstrip(" \u00a0").startswith(bad) or text.lstrip()[1:].replace(" ", "").isdigit(), text


def test_filters_and_scope_are_those_of_the_page(as_, an, dung, chi, ward, child):
    factories.child(ward, "Trần Văn Bình", "2020", "m")
    factories.child(people.unit(people.VAN_DAU), "Ở Văn Đẩu")
    assert len(rows_of_csv(as_(an).get(url("csv", "?sex=f")))) == 2
    assert len(rows_of_csv(as_(an).get(url("csv")))) == 3
    assert len(rows_of_csv(as_(dung).get(url("csv")))) == 4
    assert "Nguyễn Thị Hoà" not in as_(chi).get(url("csv")).content.decode()


def test_only_with_the_permission(as_, binh, quan, son, child):
    for officer in (binh, quan, son):
        for address in (url("xlsx"), url("csv"), reverse("child-print")):
            assert as_(officer).get(address).status_code == 403


def test_another_form_is_not_there(as_, an):
    assert as_(an).get("/tre-em/xuat/exe/").status_code == 404


def test_protected_groups_leave_only_with_their_team(as_, an, lan, dung, ward, child):
    file = factories.protected_file(child, unit=ward)
    factories.circumstance(child, "N11", protected_file=file)
    for officer, seen in ((an, True), (lan, True), (dung, False)):
        client = as_(officer)
        text = client.get(url("csv")).content.decode() + str([cell.value for cell in cells_of_xlsx(client.get(url("xlsx")))])
        pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(client.get(reverse("child-print")).content)).pages)
        assert ("xâm hại tình dục" in text) == seen
        assert ("xâm hại" in " ".join(pdf.split())) == seen
    FileAccess.objects.create(file=file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert "xâm hại" not in as_(an).get(url("csv")).content.decode()


def test_the_log_tells_who_took_whom(as_, an, child):
    as_(an).get(url("csv"))
    entry = Entry.objects.get(action="child.exported")
    assert entry.shown == [str(child.public_id)] and entry.note == "csv, 1 dòng" and "Hoà" not in str(vars(entry))


def test_too_long_a_list_is_refused_with_what_to_do(as_, an, ward, child, monkeypatch):
    monkeypatch.setattr("childcare.children.outputs.PRINT_MOST", 1)
    monkeypatch.setattr("childcare.children.exporting.MOST", 1)
    factories.child(ward)
    for address in (url("csv"), reverse("child-print")):
        response = as_(an).get(address)
        assert response.status_code == 409 and "Hãy lọc" in response.content.decode()


@pytest.fixture
def long(ward, child, monkeypatch):
    """A list too long to be laid out while the officer waits."""
    monkeypatch.setattr("childcare.children.outputs.PRINT_AT_ONCE", 1)
    factories.child(ward, "Trần Văn Bình")


def test_a_long_list_is_laid_out_by_a_job(as_, an, lan, long):
    client, key = as_(an), str(uuid.uuid4())
    assert "In danh sách 2 trẻ em" in client.get(reverse("child-print")).content.decode()
    assert not Job.objects.exists()  # asking writes nothing
    answers = {client.post(reverse("child-print"), {"once": key}).url for _ in range(3)}
    job = Job.objects.get()
    assert answers == {reverse("job", args=[job.public_id])}
    assert client.get(reverse("child-print-file", args=[job.public_id])).status_code == 404  # not yet
    jobs.run(job.pk)
    job.refresh_from_db()
    response = client.get(job.result["url"])
    assert response["Content-Type"] == "application/pdf" and len(PdfReader(io.BytesIO(response.content)).pages) >= 1
    assert as_(lan).get(job.result["url"]).status_code == 404  # another officer, though of the same ward


def test_a_job_acts_with_the_rights_of_the_moment_it_runs(as_, an, long):
    as_(an).post(reverse("child-print"), {"once": str(uuid.uuid4())})
    an.appointments.update(ended_on=people.TODAY)
    assert jobs.run(Job.objects.get().pk).state == Job.State.REFUSED
    assert not StoredFile.objects.exists()


def test_the_number_of_queries_of_an_export(an, ward, django_assert_max_num_queries):
    for number in range(40):
        factories.circumstance(factories.child(ward, f"Trẻ {number}", house=factories.household(ward)), "N04")
    children = people.unit(people.NAM_SON) and an and factories.c.Child.objects.visible_to(an)
    with django_assert_max_num_queries(5):
        assert len(ChildResource(officer=an, on=people.TODAY).export(children)) == 40


def test_the_printed_list_in_the_layout_of_the_decree(as_, an, child):
    response = as_(an).get(reverse("child-print") + "?sex=f")
    entry = Entry.objects.get(action="child.printed")
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHƯỜNG NAM SƠN", "DANH SÁCH", "LƯU HÀNH NỘI BỘ", "Nguyễn Thị Hoà", "Giới tính: Nữ",
        f"bản in số {entry.copy_number}",
    ):  # fmt: skip
        assert part in text, part
    assert response["Content-Type"] == "application/pdf" and entry.shown == [str(child.public_id)]


def test_an_empty_list_prints_and_exports_too(as_, an):
    assert as_(an).get(reverse("child-print")).status_code == as_(an).get(url("xlsx")).status_code == 200


def place_and_child(ward, number, name):
    return factories.child(factories.hamlet(ward, f"Tổ dân phố {number}"), name, "2016")


def test_a_list_of_more_than_five_thousand_children_is_no_longer_refused():
    assert outputs.PRINT_MOST >= 6000


def test_the_whole_list_a_table_a_hamlet_in_natural_order(as_, an, ward, child):
    place_and_child(ward, 10, "Lê Thị Mười")
    factories.child(ward, "Vũ Văn Đâu")
    rows = outputs.rows_to_print(factories.c.Child.objects.visible_to(an), officer=an, on=people.TODAY)
    assert [(name, [row["name"] for row in mine]) for name, mine in outputs.places_of(rows)] == [
        ("Tổ dân phố 3", ["Nguyễn Thị Hoà"]), ("Tổ dân phố 10", ["Lê Thị Mười"]),
        ("Phường Nam Sơn, chưa rõ tổ, thôn", ["Vũ Văn Đâu"]),
    ]  # fmt: skip
    response = as_(an).get(reverse("child-print") + "?chia=1")
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())
    assert (
        "Tổ dân phố 10: 1 trẻ em" in text and "Phường Nam Sơn, chưa rõ tổ, thôn: 1 trẻ em" in text and "Số trẻ em: 3." in text
    )


def test_hamlets_of_one_name_in_two_wards_are_two_tables(dung, ward):
    for code in (people.NAM_SON, people.VAN_DAU):
        place_and_child(people.unit(code), 1, "Trần Văn Bình")
    rows = outputs.rows_to_print(factories.c.Child.objects.visible_to(dung), officer=dung, on=people.TODAY)
    assert [name for name, _ in outputs.places_of(rows)] == ["Tổ dân phố 1, Phường Nam Sơn", "Tổ dân phố 1, Phường Văn Đẩu"]


def test_rows_are_read_some_hundred_at_a_time(an, ward, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(outputs, "AT_A_TIME", 2)
    for number in range(5):
        factories.circumstance(factories.child(ward, f"Trẻ {number}"), "N04")
    children = factories.c.Child.objects.visible_to(an)
    with django_assert_max_num_queries(8):
        rows = outputs.rows_to_print(children, officer=an, on=people.TODAY)
    assert [row["name"] for row in rows] == [f"Trẻ {number}" for number in range(5)] and all(row["groups"] for row in rows)


def test_a_long_print_tells_how_far_it_is_with_no_transaction_open_and_bears_the_number_in_the_log(as_, an, long, monkeypatch):
    told, real = [], jobs.progress

    def progress(job, done, total, message=""):
        told.append((done, total, message, connection.in_atomic_block and len(connection.savepoint_ids)))
        real(job, done, total, message)

    monkeypatch.setattr(jobs, "progress", progress)
    as_(an).post(reverse("child-print"), {"once": str(uuid.uuid4()), "chia": "1"})
    job = Job.objects.get()
    depth = len(connection.savepoint_ids)
    jobs.run(job.pk)
    assert told[-1][:3] == (2, 2, "Đang lập các trang") and told[-1][3] == depth
    text = " ".join(
        "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(as_(an).get(Job.objects.get().result["url"]).content)).pages
        ).split()
    )
    entry = Entry.objects.filter(action="child.printed", note__startswith="bản in số").get()
    assert f"bản in số V-{job.public_id.hex[:8].upper()}" in text and entry.note.endswith(", 2 dòng") and len(entry.shown) == 2
    assert "Tổ dân phố 3: 1 trẻ em" in text


def test_the_page_of_a_long_print_offers_a_table_a_hamlet(as_, an, long):
    client = as_(an)
    assert 'name="chia" value="1">' in client.get(reverse("child-print")).text
    assert 'name="chia" value="1" checked>' in client.get(reverse("child-print") + "?chia=1").text
