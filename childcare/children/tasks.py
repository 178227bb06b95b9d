"""Jobs of the registry. Each acts with the rights that its requester has when it runs."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.models import Officer
from childcare.children import donors, exporting, extracts, printing, retention, reviewing, sheets
from childcare.children.actions import checklists, duplicates
from childcare.children.bulk_actions import paying, running
from childcare.children.importing import batches, lists, undoing
from childcare.children.models import ImportBatch, TakenList
from childcare.jobs import actions as jobs
from childcare.jobs.registry import handles
from childcare.lib.calendar import today

SHEETS = (paying, reviewing, extracts, donors)  # modules that register papers: the worker must have them too
STEPS = "Đang đọc danh sách"


def _of(job):
    batch = ImportBatch.objects.select_related("unit", "file", "write_job").get(pk=job.params["batch"])
    return batch, Officer.objects.get(pk=job.requested_by_id)


def _result(batch, label):
    return {"url": reverse("import-batch", args=[batch.public_id]), "label": label}


def _list_of(job):
    row = TakenList.objects.select_related("unit", "file").get(pk=job.params["list"])
    return row, Officer.objects.get(pk=job.requested_by_id)


@handles("import.read")
def read(job):
    """Read an uploaded list."""
    batch, by = _of(job)
    jobs.progress(job, 0, 0, STEPS)
    batches.read_file(batch=batch, by=by, progress=lambda done, total: jobs.progress(job, done, total, STEPS))
    return _result(batch, "Xem trước danh sách")


@handles(checklists.KIND)
def check_list(job):
    """Lay out a list to be checked."""
    return checklists.run(job) | {"url": reverse("check-lists"), "label": "Về danh sách cần rà soát"}


@handles(undoing.KIND)
def undo(job):
    """Undo an import as a whole."""
    batch, by = _of(job)
    total = batch.summary.get("created", 0) + batch.summary.get("updated", 0)
    jobs.progress(job, 0, total, "Đang hoàn tác lần nhập")
    undoing.undo(batch=batch, by=by)
    jobs.progress(job, total, total, "Đã hoàn tác")
    return _result(batch, "Xem lần nhập")


@handles("import.write")
def write(job):
    """Write the rows that the officer let in."""
    batch, by = _of(job)
    total = batch.summary.get("accepted", 0)
    jobs.progress(job, 0, total, "Đang ghi vào sổ")
    batches.write_batch(batch=batch, by=by)
    jobs.progress(job, total, total, "Đã ghi vào sổ")
    return _result(batch, "Xem kết quả nhập")


@handles(duplicates.KIND)
def find_duplicates(job):
    """Look for children who may be one and the same."""
    requester = Officer.objects.get(pk=job.requested_by_id) if job.requested_by_id else None
    number = duplicates.run(job, requester)
    jobs.progress(job, 1, 1, f"Có {number} cặp chờ xem trong đơn vị này")
    return {"url": reverse("duplicate-list"), "label": "Xem các cặp"}


@shared_task(name="children.duplicates")
def find_duplicates_daily():
    """Once a day where children were added or changed."""
    duplicates.ask_where_changed(at=timezone.now())


@shared_task(name="children.retention")
def keep_no_longer():
    """Once a day: one job that gives up what is kept no longer."""
    jobs.enqueue(retention.KIND, key=f"{retention.KIND}:{today()}")


@handles(retention.KIND)
def give_up(job):
    """Give up the bytes of files whose time of keeping has ended."""
    return retention.apply(now=timezone.now())


@handles("list.read")
def read_list(job):
    """Read a list that another sector keeps."""
    row, by = _list_of(job)
    jobs.progress(job, 0, 0, STEPS)
    lists.read_file(taken=row, by=by, progress=lambda done, total: jobs.progress(job, done, total, STEPS))
    return {"url": reverse("list", args=[row.public_id]), "label": "Xem trước danh sách"}


@handles("list.write")
def write_list(job):
    """Write the rows of such a list that the officer let in."""
    row, by = _list_of(job)
    jobs.progress(job, 0, 0, "Đang ghi")
    lists.write_list(taken=row, by=by)
    return {"url": reverse("list", args=[row.public_id]), "label": "Xem kết quả"}


@handles(exporting.KIND, cancellable=True)
def export_list(job):
    """Write a long list of children to a file."""
    return exporting.run(job)


@handles(printing.KIND, cancellable=True)
def print_list(job):
    """Lay out a long list of children."""
    return printing.run(job)


@handles(running.JOB)
def bulk(job):
    """Write one thing for many children."""
    return running.run(job)


@handles(sheets.KIND)
def sheet(job):
    """Lay out a long paper."""
    return sheets.run(job)
