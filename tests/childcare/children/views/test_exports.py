"""Long lists as files: a reason, a job with progress that can be stopped, a file for its requester alone."""

import csv
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from childcare.accounts.models import Appointment
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children import exporting, outputs
from childcare.children.resources import ChildResource
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db
REASON = "Đối chiếu với công an phường"


def url(form="csv", query=""):
    return reverse("child-export", args=[form]) + query


@pytest.fixture
def three(ward, monkeypatch):
    """Three children: more than a few, more than are written at once."""
    monkeypatch.setattr(exporting, "FEW", 1)
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    return [factories.child(ward, name) for name in ("Nguyễn Thị Hoà", "Trần Văn Bình", "=Lê An")]


def ask(client, form="csv", query="", **more):
    return client.post(url(form, query), {"reason": REASON, "once": str(uuid.uuid4()), **more})


def done(client, form="csv", query=""):
    ask(client, form, query)
    job = jobs.run(Job.objects.latest("pk").pk)
    return job, client.get(job.result["url"])


def test_more_than_a_few_need_a_reason_and_asking_writes_nothing(as_, an, three):
    client = as_(an)
    page = client.get(url())
    assert "Xuất danh sách 3 trẻ em" in page.text and "Lý do xuất" in page.text
    again = ask(client, reason="  ")
    assert (
        "Hãy ghi lý do" in again.text
        and not Job.objects.exists()
        and not Entry.objects.filter(action="child.exported").exists()
    )


def test_a_list_of_middle_length_comes_at_once_with_its_reason_in_log_and_file(as_, an, three, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 3)
    answer = ask(as_(an), "xlsx")
    told = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content))["Thông tin"]]
    assert ["Lý do", REASON] in told and ["Số dòng", "3"] in told and not Job.objects.exists()
    entry = Entry.objects.get(action="child.exported")
    assert entry.note == f"xlsx, 3 dòng; lý do: {REASON}" and len(entry.shown) == 3


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_long_list_is_written_by_a_job_in_the_order_of_names(as_, an, lan, three, form):
    client = as_(an)
    job, answer = done(client, form)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content))["Trẻ em"]]
    place = rows[0].index("Họ và tên")
    assert [row[place] for row in rows[1:]] == ["'=Lê An", "Trần Văn Bình", "Nguyễn Thị Hoà"]
    assert (job.state, job.done, job.total) == (Job.State.DONE, 3, 3)
    assert as_(lan).get(job.result["url"]).status_code == 404


def test_the_filters_of_the_page_hold(as_, an, ward, three):
    factories.child(ward, "Vũ Thị Mai", sex="f")
    _, answer = done(as_(an), query="?sex=m")
    assert "Vũ Thị Mai" not in answer.content.decode() and "Trần Văn Bình" in answer.content.decode()


def test_the_same_form_sent_twice_is_one_job_and_a_third_at_a_time_is_refused(as_, an, three):
    client, once = as_(an), str(uuid.uuid4())
    assert len({ask(client, once=once).url for _ in range(2)}) == 1 and Job.objects.count() == 1
    ask(client)
    assert ask(client).status_code == 409 and ask(client, once=once).status_code == 302 and Job.objects.count() == 2


def test_a_waiting_export_is_stopped_from_its_page(as_, an, lan, three):
    client = as_(an)
    job_page = ask(client).url
    job = Job.objects.get()
    cancel = reverse("job-cancel", args=[job.public_id])
    assert "Dừng việc này" in client.get(job_page).text and client.get(cancel).status_code == 405
    assert as_(lan).post(cancel).status_code == 404
    client = as_(an)
    assert client.post(cancel).url == job_page
    page = client.get(job_page).text
    assert "Đã hủy" in page and "Dừng việc này" not in page and "Tải tệp" not in page
    assert jobs.run(job.pk) is None and not StoredFile.objects.exists()


def test_a_running_export_that_is_stopped_leaves_no_file_and_no_entry(as_, an, three, monkeypatch):
    monkeypatch.setattr("childcare.children.resources.BATCH", 1)
    monkeypatch.setattr(exporting, "BATCH", 1)
    ask(as_(an), "xlsx")
    job, real = Job.objects.get(), jobs.progress

    def stopped_after_the_first_row(row, number, total, message=""):
        real(row, number, total, message)
        if number == 1:
            jobs.cancel(Job.objects.get(pk=row.pk), by=an)

    monkeypatch.setattr(jobs, "progress", stopped_after_the_first_row)
    job = jobs.run(job.pk)
    assert (job.state, job.done, job.total) == (Job.State.CANCELLED, 1, 3)
    assert not StoredFile.objects.exists() and not Entry.objects.filter(action="child.exported").exists()
    assert "Tải tệp" not in as_(an).get(reverse("job", args=[job.public_id])).text


def test_a_print_job_that_is_stopped_while_it_lays_out_leaves_nothing(as_, an, three, monkeypatch):
    monkeypatch.setattr("childcare.children.outputs.PRINT_AT_ONCE", 1)
    as_(an).post(reverse("child-print"), {"once": str(uuid.uuid4())})
    job = Job.objects.get()
    monkeypatch.setattr(
        "childcare.children.printing.render_pdf",
        lambda document, progress: jobs.cancel(Job.objects.get(pk=job.pk), by=an) or b"%PDF",
    )
    assert jobs.run(job.pk).state == Job.State.CANCELLED
    assert not StoredFile.objects.exists() and not Entry.objects.filter(action="child.printed").exists()


def test_a_worker_killed_after_the_file_was_kept_makes_no_second(as_, an, three):
    job, _ = done(as_(an))
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    assert jobs.run(job.pk).result == job.result
    assert (
        StoredFile.objects.count() == 1 and Entry.objects.filter(action="child.exported", note__startswith="csv").count() == 1
    )


def test_the_job_acts_with_the_rights_of_the_moment_and_the_file_goes_with_the_post(as_, an, three):
    client = as_(an)
    job, answer = done(client)
    assert answer.status_code == 200
    ask(client)
    an.appointments.update(ended_on=people.TODAY)
    other = people.unit(people.VAN_DAU)
    Appointment.objects.create(officer=an, unit=other, role=Role.COMMUNE, started_on=people.TODAY)
    assert client.get(job.result["url"]).status_code == 404
    later = jobs.run(Job.objects.latest("pk").pk)
    assert "Nguyễn Thị Hoà" not in client.get(later.result["url"]).content.decode()


def test_only_the_columns_asked_for_in_their_order(an, three, tmp_path):
    job = exporting.enqueue("", form="csv", by=an, key="x", columns=["sex", "full_name", "no_such"])
    assert jobs.run(job.pk).state == Job.State.DONE
    path = tmp_path / "list.csv"
    exporting.write(path, {}, officer=an, columns=["sex", "full_name"])
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == '"Giới tính","Họ và tên"'
    assert {"sex", "full_name"} <= set(ChildResource(officer=an, on=people.TODAY).fields)


def test_a_long_list_stands_in_the_log_in_parts(an, three, monkeypatch):
    monkeypatch.setattr(outputs, "SHOWN", 2)
    exporting.log([child.public_id for child in three], by=an, form="csv")
    assert [len(entry.shown) for entry in Entry.objects.filter(action="child.exported").order_by("pk")] == [2, 1]


def test_beyond_the_limit_it_is_said_what_to_do(an, three, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 2)
    with pytest.raises(Refusal, match="Hãy lọc"):
        exporting.asked({}, officer=an)


@pytest.mark.parametrize("who", ["binh", "quan"])
def test_the_colleague_without_the_right_is_turned_away(as_, three, request, who):
    assert as_(request.getfixturevalue(who)).post(url(), {"reason": REASON}).status_code == 403
