"""An import is undone as a whole, or not at all; its children are as if never entered, and yet the history tells."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone

from childcare.audit.models import Entry
from childcare.children import models as c
from childcare.children import search
from childcare.children.actions import people, residence
from childcare.children.importing import batches, undoing
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from reports import integrity, measures
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Chủ hộ",
    "Loại hộ năm 2024",
    "Hoàn cảnh đặc biệt",
]
ROWS = [
    HEAD,
    ["1", "Nguyễn Thị Đào", "12/05/2016", "Nữ", "031316000012", "Nguyễn Văn Hào", "Hộ nghèo", "Trẻ em khuyết tật"],
    ["2", "Nguyễn Văn Mận", "13/06/2018", "Nam", "", "Nguyễn Văn Hào", "Hộ nghèo", ""],
    ["3", "Trần Văn Sẵn", "01/02/2015", "Nam", "031215000077", "", "", ""],
]


def workbook(rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Danh sách")
    for place, cells in enumerate(rows):
        sheet.write_row(place, 0, cells)
    book.close()
    return buffer.getvalue()


@pytest.fixture
def there(ward):
    """A child who was there before, without its number."""
    return factories.child(ward, "Trần Văn Sẵn", "1/2/2015")


@pytest.fixture
def batch(an, ward, there):
    batches.take_in(data=workbook(ROWS), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an, same=True)
    return c.ImportBatch.objects.get()


def undo(batch, by, reason="Nhầm tệp"):
    undoing.ask(batch=batch, by=by, reason=reason)
    return jobs.run(Job.objects.get(kind=undoing.KIND, state=Job.State.WAITING).pk)


def figure(ward, code, known_at=None):
    window = measures.Window(date(2023, 11, 1), date(2024, 5, 2), known_at=known_at)
    return measures.count([ward], window).figure(code, ward).numerator


def test_everything_is_as_if_never_entered(batch, an, ward, there):
    assert (figure(ward, "DS-01"), figure(ward, "DS-08")) == (3, 2)
    before = timezone.now()
    assert undo(batch, an).state == Job.State.DONE
    assert [child.pk for child in c.Child.objects.all()] == [there.pk]
    there.refresh_from_db()
    assert (there.identity_number, there.identity_valid) == (None, False)
    assert search.find("Đào", officer=an)[0] == [] and search.find("031316000012", officer=an)[0] == []
    assert (figure(ward, "DS-01"), figure(ward, "DS-08")) == (1, 0)
    assert (figure(ward, "DS-01", before), figure(ward, "DS-08", before)) == (3, 2)
    assert not c.Circumstance.objects.filter(voided_at=None).exists() and not c.PovertyStatus.objects.valid().exists()
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, batch.undo_reason) == ("undone", an, "Nhầm tệp")
    entry = Entry.objects.get(action="import.undone")
    assert entry.note == "children=2, corrected=1" and "Đào" not in str(vars(entry))
    assert [line for check in integrity.CHECKS for line in check()] == []


def test_the_history_of_who_was_there_before_tells_both_steps(batch, an, there):
    undo(batch, an)
    rows = list(there.revisions.order_by("pk").values_list("field", "source", "new"))
    assert rows == [("identity_number", "nhập tệp", "031215000077"), ("identity_number", "hoàn tác nhập tệp", "")]


def test_the_same_file_goes_in_again_and_can_be_undone_again(batch, an, ward):
    undo(batch, an)
    _, counts, _ = batches.take_in(data=workbook(ROWS), name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an, same=True)
    assert (counts["created"], counts["updated"]) == (2, 1)
    assert (figure(ward, "DS-01"), figure(ward, "DS-08")) == (3, 2)
    undo(c.ImportBatch.objects.latest("pk"), an)
    assert c.Child.objects.count() == 1


def test_it_runs_once_however_often_it_is_run(batch, an):
    undo(batch, an)
    revisions = c.ChildRevision.objects.count()
    undoing.undo(batch=batch, by=an)
    assert c.ChildRevision.objects.count() == revisions and Entry.objects.filter(action="import.undone").count() == 1
    with pytest.raises(Refusal, match="đã ghi vào sổ"):
        undoing.ask(batch=batch, by=an, reason="x")


def imported(name):
    return c.Child.objects.get(full_name=name)


LATER = {
    "fact": lambda an, ward: factories.circumstance(imported("Nguyễn Thị Đào"), "N01"),
    "caregiver": lambda an, ward: c.Caregiver.objects.create(child=imported("Nguyễn Văn Mận"), name="x", relation="father"),
    "correction": lambda an, ward: people.correct(
        child=imported("Nguyễn Thị Đào"), by=an, version=1, changes={"phone": "0912345678"}
    ),
    "departure": lambda an, ward: residence.end(
        child=imported("Nguyễn Thị Đào"), by=an, on=date(2024, 5, 1), reason=c.Residence.Reason.DEPARTURE
    ),
    "member": lambda an, ward: factories.child(ward, "Em út", house=c.Household.objects.get()),
    "number": lambda an, ward: people.correct(
        child=imported("Trần Văn Sẵn"), by=an, version=2, changes={"identity_number": "031215000088"}
    ),
    "incident": lambda an, ward: factories.incident(ward, children=[(imported("Nguyễn Thị Đào"), {})]),
}


@pytest.mark.parametrize("later", LATER)
def test_a_later_change_stands_in_the_way_and_nothing_is_undone(as_, batch, an, ward, later):
    LATER[later](an, ward)
    with pytest.raises(Refusal, match="thay đổi ghi sau"):
        undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    page = as_(an).get(reverse("import-undo", args=[batch.public_id])).content.decode()
    assert "Chưa hoàn tác được" in page and "Lý do hoàn tác" not in page
    assert imported("Nguyễn Văn Mận") and not c.Child.with_removed.filter(removed_at__isnull=False).exists()


def test_a_change_that_was_voided_is_no_hindrance(batch, an):
    row = factories.circumstance(imported("Nguyễn Thị Đào"), "N01")
    c.Circumstance.objects.filter(pk=row.pk).update(voided_at=timezone.now(), void_reason="nhầm")
    assert undo(batch, an).state == Job.State.DONE


def test_a_change_between_asking_and_running_keeps_the_import_whole(batch, an):
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    factories.circumstance(imported("Nguyễn Thị Đào"), "N01")
    job = jobs.run(Job.objects.get(kind=undoing.KIND).pk)
    batch.refresh_from_db()
    assert (job.state, batch.state) == (Job.State.REFUSED, "done") and "thay đổi ghi sau" in batch.message
    assert c.Child.objects.count() == 3


def test_of_what_the_officer_may_not_see_only_the_number(as_, batch, an, ward, dung):
    child = imported("Nguyễn Thị Đào")
    file = factories.protected_file(child, officer=dung)
    factories.circumstance(child, "N11", protected_file=file)
    page = as_(an).get(reverse("import-undo", args=[batch.public_id])).content.decode()
    assert "1 thay đổi" in page and "hoàn cảnh ghi sau" not in page.lower().replace("hồ sơ được bảo vệ ghi sau", "")


def test_after_thirty_days_it_is_refused(batch, an):
    c.ImportBatch.objects.update(finished_at=timezone.now() - timedelta(days=30, minutes=1))
    batch.refresh_from_db()
    with pytest.raises(Refusal, match="30 ngày"):
        undoing.ask(batch=batch, by=an, reason="x")


def test_a_batch_without_trace_is_refused(batch, an):
    c.ImportTrace.objects.all().delete()
    batch = c.ImportBatch.objects.get()
    with pytest.raises(Refusal, match="dấu vết"):
        undoing.ask(batch=batch, by=an, reason="x")


def test_the_colleague_may_not_and_the_stranger_finds_nothing(as_, batch, binh, chi, an):
    url = reverse("import-undo", args=[batch.public_id])
    assert as_(binh).post(url, {"reason": "x"}).status_code == 403
    assert as_(chi).post(url, {"reason": "x"}).status_code == 404
    with pytest.raises(Refusal):
        undoing.ask(batch=batch, by=chi, reason="x")


def test_the_page_asks_for_the_reason_and_shows_what_was_done(as_, batch, an):
    assert (
        reverse("import-undo", args=[batch.public_id])
        in as_(an).get(reverse("import-batch", args=[batch.public_id])).content.decode()
    )
    url = reverse("import-undo", args=[batch.public_id])
    assert "2 trẻ được thêm" in as_(an).get(url).content.decode()
    assert as_(an).post(url, {"reason": ""}).status_code == 200
    assert as_(an).post(url, {"reason": "Nhầm tệp"}).status_code == 302
    jobs.run(Job.objects.get(kind=undoing.KIND).pk)
    page = as_(an).get(reverse("import-batch", args=[batch.public_id])).content.decode()
    assert "đã hoàn tác lần nhập này" in page and "Nhầm tệp" in page


def test_the_number_of_queries_does_not_depend_on_the_rows(an, ward, django_assert_max_num_queries):
    rows = [
        [str(number), f"Lê Văn {chr(65 + number % 26)}{number}", "12/05/2016", "Nam", "", f"Lê Văn Chủ {number}", "", ""]
        for number in range(150)
    ]
    batches.take_in(data=workbook([HEAD, *rows]), name="b.xlsx", unit=ward, on=date(2024, 5, 2), by=an, same=True)
    batch = c.ImportBatch.objects.get()
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    batch.refresh_from_db()
    with django_assert_max_num_queries(75):
        undoing.undo(batch=batch, by=an)
    assert not c.Child.objects.exists()
