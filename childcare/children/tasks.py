"""Jobs of the registry. Each acts with the rights that its requester has when it runs."""

from django.urls import reverse

from childcare.accounts.models import Officer
from childcare.children import printing
from childcare.children.importing import batches
from childcare.children.models import ImportBatch
from childcare.jobs import actions as jobs
from childcare.jobs.registry import handles

STEPS = "Đang đọc danh sách"


def _of(job):
    batch = ImportBatch.objects.select_related("unit", "file", "write_job").get(pk=job.params["batch"])
    return batch, Officer.objects.get(pk=job.requested_by_id)


def _result(batch, label):
    return {"url": reverse("import-batch", args=[batch.public_id]), "label": label}


@handles("import.read")
def read(job):
    """Read an uploaded list."""
    batch, by = _of(job)
    jobs.progress(job, 0, 0, STEPS)
    batches.read_file(batch=batch, by=by, progress=lambda done, total: jobs.progress(job, done, total, STEPS))
    return _result(batch, "Xem trước danh sách")


@handles("import.write")
def write(job):
    """Write the rows that the officer let in."""
    batch, by = _of(job)
    total = batch.summary.get("accepted", 0)
    jobs.progress(job, 0, total, "Đang ghi vào sổ")
    batches.write_batch(batch=batch, by=by)
    jobs.progress(job, total, total, "Đã ghi vào sổ")
    return _result(batch, "Xem kết quả nhập")


@handles(printing.KIND)
def print_list(job):
    """Lay out a long list of children."""
    return printing.run(job)
