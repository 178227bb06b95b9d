"""Printed papers of the registry: a short one at once, a long one as a job with the rights of the moment it runs.

A paper is a function `(officer, **parameters) → Made`; its name is what the job remembers. Every copy bears the number of
its entry in the log.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.urls import reverse

from childcare.accounts.models import Officer
from childcare.children.actions.protection import commune_of
from childcare.documents import issuers
from childcare.documents.docx import render_docx
from childcare.documents.downloads import TYPES
from childcare.documents.files import store
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import Paragraph
from childcare.documents.xlsx import render_xlsx
from childcare.jobs import actions as jobs
from childcare.lib.calendar import now, show

KIND = "children.sheet"
AT_ONCE = 200
LAYING = "Đang lập các trang"
RENDERERS = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
SHEETS = {}


@dataclass(frozen=True)
class Made:
    """A laid-out paper: what the file is called (never a child's name), and the document."""

    name: str
    document: object


def sheet(name):
    """Register a paper under a name."""

    def register(function):
        SHEETS[name] = function
        return function

    return register


def render(name, ending, *, officer, progress=None, **params):
    """(file name, bytes) of a paper. `progress(rows, of)` is told how far a PDF is."""
    made = SHEETS[name](officer, **params)
    more = {"progress": progress} if progress and ending == "pdf" else {}
    return f"{made.name}.{ending}", RENDERERS[ending](made.document, **more)


def enqueue(name, ending, *, by, key, **params):
    """The job that lays out a long paper; the same key is the same job."""
    return jobs.enqueue(KIND, key=f"{KIND}:{by.pk}:{key}", by=by, sheet=name, ending=ending, params=params)


def run(job):
    """Lay the paper out and keep it for its requester. Run again it finds what it kept."""
    if job.result.get("file"):
        return job.result
    officer = Officer.objects.get(pk=job.requested_by_id)
    jobs.progress(job, 0, 0, "Đang lập văn bản")
    ending = job.params["ending"]
    told = partial(jobs.progress, job, message=LAYING)
    name, data = render(job.params["sheet"], ending, officer=officer, progress=told, **job.params["params"])
    with transaction.atomic():
        stored = store(name=name, content_type=TYPES[ending], data=data, by=officer)
        url = reverse("sheet-file", args=[job.public_id])
        result = {"file": str(stored.public_id), "url": url, "label": "Tải văn bản"}
        jobs.keep(job, result)
    return result


def issuer_of(unit):
    """The people's committee of the commune in which the unit lies."""
    return issuers.issuer_of(commune_of(unit))


def copy_line(officer, copy):
    """Who printed the copy, when, which number it bears."""
    return Paragraph(
        f"Người in: {officer.full_name}, lúc {now():%H:%M} ngày {show(now().date())}; bản in số {copy}.", italic=True
    )
