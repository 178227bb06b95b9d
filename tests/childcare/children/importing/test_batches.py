"""Jobs of an import: killed anywhere and run again, done once; with the rights of now, not of then."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.children import models as c
from childcare.children.importing import batches, writing
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.childcare.children.importing.test_writing import BINH, HOA, workbook

ADULT = [4, "Trần Văn Lớn", "1/1/1990", "Nam", "", "", "", "", "", "", ""]


class Killed(BaseException):
    """What a killed worker leaves behind: no marking, no excuse."""


@pytest.fixture
def batch(ward, an):
    factories.hamlet(ward, "Tổ dân phố 1")
    return batches.upload(by=an, unit=ward, on=people.TODAY, name="a.xlsx", data=workbook(HOA, BINH, ADULT))


def again(job_id):
    """The lease of a killed worker runs out, and another takes the job."""
    Job.objects.filter(pk=job_id, state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    return jobs.run(job_id)


def decided(batch, an):
    jobs.run(batch.read_job_id)
    batches.decide(batch=batch, by=an, accepted=[])
    batch.refresh_from_db()
    return batch


def test_reading_leads_to_a_preview_with_its_counts(batch):
    assert jobs.run(batch.read_job_id).state == "done"
    batch.refresh_from_db()
    assert batch.state == "preview"
    assert {key: batch.summary[key] for key in ("rows", "accepted", "rejected", "created")} == {
        "rows": 3,
        "accepted": 2,
        "rejected": 1,
        "created": 2,
    }
    assert batch.errors_file.name == "Tệp cần sửa - a.xlsx"


def test_a_kill_while_reading_delays_and_doubles_nothing(batch, monkeypatch):
    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(batches, "_leave", die)
        with pytest.raises(Killed):
            jobs.run(batch.read_job_id)
    assert StoredFile.objects.count() == 1  # what was kept of the reading went with its transaction
    again(batch.read_job_id)
    batch.refresh_from_db()
    assert batch.state == "preview" and StoredFile.objects.count() == 3


@pytest.mark.parametrize("place", ["write", "save"])
def test_a_kill_while_writing_leaves_nothing_and_the_next_run_does_it_once(batch, an, monkeypatch, place):
    decided(batch, an)

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        if place == "write":
            patch.setattr(writing.Writer, "_write_poverty", die)
        else:
            patch.setattr(c.ImportBatch, "save", die)
        with pytest.raises(Killed):
            jobs.run(batch.write_job_id)
    assert not c.Child.objects.exists()
    assert again(batch.write_job_id).state == "done"
    assert c.Child.objects.count() == 2


def test_a_kill_after_the_commit_and_before_the_mark_writes_once(batch, an, monkeypatch):
    decided(batch, an)

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "finish", die)
        with pytest.raises(Killed):
            jobs.run(batch.write_job_id)
    assert c.Child.objects.count() == 2
    assert again(batch.write_job_id).state == "done"
    assert c.Child.objects.count() == 2
    batch.refresh_from_db()
    assert batch.state == "done" and batch.summary["created"] == 2


def test_a_job_acts_with_the_rights_of_the_moment(batch, an):
    decided(batch, an)
    Appointment.objects.filter(officer=an).update(ended_on=date(2024, 5, 1))
    assert jobs.run(batch.write_job_id).state == "refused"
    assert not c.Child.objects.exists()


def test_a_reading_without_the_right_is_refused(batch, an):
    an.is_active = False
    an.save(update_fields=["is_active"])
    assert jobs.run(batch.read_job_id).state == "refused"
    batch.refresh_from_db()
    assert batch.state == "refused" and batch.reading is None


def test_after_a_refused_writing_the_preview_stands_again(batch, an):
    decided(batch, an)
    Appointment.objects.filter(officer=an).update(ended_on=date(2024, 5, 1))
    jobs.run(batch.write_job_id)
    Appointment.objects.filter(officer=an).update(ended_on=None)
    batch = c.ImportBatch.objects.get()
    assert batches.is_open(batch)
    batches.decide(batch=batch, by=type(an).objects.get(), accepted=[])
    batch.refresh_from_db()
    assert jobs.run(batch.write_job_id).state == "done"
    assert c.Child.objects.count() == 2


def test_a_list_cancelled_while_it_was_read_stays_cancelled(batch, an):
    batches.cancel(batch=batch, by=an)
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    assert batch.state == "cancelled" and batch.reading is None


def test_a_day_outside_the_life_of_the_unit_is_refused(ward, an):
    with pytest.raises(Refusal):
        batches.upload(by=an, unit=ward, on=date(2026, 1, 1), name="a.xlsx", data=workbook(HOA))


def test_every_kind_of_job_has_its_handler_in_every_process():
    assert {"import.read", "import.write"} <= set(jobs.HANDLERS)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to lose")
@pytest.mark.django_db(transaction=True)
def test_a_database_connection_lost_in_the_middle_leaves_nothing_and_the_next_run_does_it_once(monkeypatch):
    ward, an = people.unit(people.NAM_SON), people.an()
    factories.hamlet(ward, "Tổ dân phố 1")
    batch = batches.upload(by=an, unit=ward, on=people.TODAY, name="a.xlsx", data=workbook(HOA, BINH, ADULT))
    decided(batch, an)

    def lose(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(writing.Writer, "_write_poverty", lose)
        assert jobs.run(batch.write_job_id).state == "waiting"
    assert not c.Child.objects.exists() and not c.Household.objects.exists()
    assert again(batch.write_job_id).state == "done"
    assert c.Child.objects.count() == 2
