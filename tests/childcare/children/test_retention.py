"""What is kept no longer: by the rule's own number, only files that can be made again, once, told in the log."""

from datetime import UTC, datetime, timedelta

import pytest

from childcare.audit.models import Entry
from childcare.children import retention
from childcare.children.actions import attachments
from childcare.children.models import DataRule, ImportBatch
from childcare.children.tasks import keep_no_longer
from childcare.documents import files
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from reports.integrity import breaches
from tests import factories, people
from tests.childcare.lib.test_uploads import pdf

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def kept(by=None):
    return files.store(name="danh-sach.xlsx", content_type="x", data=b"x", by=by)


def batch(an, ward, *, days, state="done"):
    row = ImportBatch.objects.create(unit=ward, on=people.TODAY, file=kept(), reading=kept(), uploaded_by=an, state=state)
    ImportBatch.objects.filter(pk=row.pk).update(
        finished_at=NOW - timedelta(days=days) if state == "done" else None, created_at=NOW - timedelta(days=days)
    )
    return row


def made(an, *, days):
    stored = kept(an)
    job = Job.objects.create(kind="children.print", key=str(stored.public_id), requested_by=an, state="done")
    Job.objects.filter(pk=job.pk).update(finished_at=NOW - timedelta(days=days), result={"file": str(stored.public_id)})
    return stored


def test_an_uploaded_list_is_given_up_a_year_after_its_end_and_the_batch_stays(an, ward):
    old, young = batch(an, ward, days=366), batch(an, ward, days=364)
    assert retention.apply(now=NOW) == {"LG05": 2, "LG06": 0}
    old.file.refresh_from_db()
    young.file.refresh_from_db()
    assert old.file.discarded_at and young.file.discarded_at is None
    assert not files.path_of(old.file).exists() and files.open_bytes(young.file) == b"x"
    assert ImportBatch.objects.filter(pk=old.pk).exists()


def test_a_list_nobody_decided_about_is_never_given_up(an, ward):
    batch(an, ward, days=900, state="preview")
    assert retention.apply(now=NOW)["LG05"] == 0


def test_a_made_list_is_given_up_after_a_week(an):
    old, young = made(an, days=8), made(an, days=6)
    assert retention.apply(now=NOW)["LG06"] == 1
    with pytest.raises(Refusal, match="hết thời gian lưu giữ"):
        old.refresh_from_db()
        files.open_bytes(old)
    assert files.open_bytes(young) == b"x"


def test_the_number_of_days_is_data_and_none_keeps_for_ever(an):
    made(an, days=8)
    DataRule.objects.filter(code="LG06").update(amount=10)
    assert retention.apply(now=NOW)["LG06"] == 0
    DataRule.objects.filter(code="LG06").update(amount=None)
    assert retention.apply(now=NOW + timedelta(days=9000))["LG06"] == 0


def test_running_again_finds_nothing_and_each_file_is_told_once(an):
    made(an, days=8)
    assert [retention.apply(now=NOW)["LG06"] for _ in range(2)] == [1, 0]
    assert Entry.objects.filter(action="file.discarded").count() == 1


def test_a_kill_after_the_bytes_went_is_mended_by_the_next_run(an):
    stored = made(an, days=8)
    files.path_of(stored).unlink()
    assert retention.apply(now=NOW)["LG06"] == 1
    stored.refresh_from_db()
    assert stored.discarded_at


def test_papers_of_children_are_never_given_up_and_nothing_is_broken_afterwards(an, ward):
    paper = attachments.keep(by=an, child=factories.child(ward), kind="birth", name="a.pdf", data=pdf())
    made(an, days=8)
    retention.apply(now=NOW + timedelta(days=9000))
    paper.file.refresh_from_db()
    assert paper.file.discarded_at is None and not list(breaches())


def test_there_is_one_job_a_day(db):
    keep_no_longer()
    keep_no_longer()
    assert Job.objects.filter(kind="children.retention").count() == 1
