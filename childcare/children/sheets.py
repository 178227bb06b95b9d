"""Printed papers of the registry: a short one at once, a long one as a job with the rights of the moment it runs.

A paper is a function `(officer, **parameters) → Made`; its name is what the job remembers. Every copy bears the number of
its entry in the log.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.urls import reverse

from childcare.accounts.models import Officer
from childcare.accounts.roles import Permission
from childcare.children.actions.protection import commune_of
from childcare.children.querysets import open_files
from childcare.documents import issuers
from childcare.documents.docx import render_docx
from childcare.documents.downloads import TYPES
from childcare.documents.files import store
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import Paragraph
from childcare.documents.xlsx import render_xlsx
from childcare.jobs import actions as jobs
from childcare.lib.calendar import now, show
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

KIND = "children.sheet"
AT_ONCE = 200
MOVED = "Quyền của anh/chị đã thay đổi từ khi lập văn bản này nên không tải được nữa. Nếu vẫn cần, hãy lập lại văn bản."
LAYING = "Đang lập các trang"
RENDERERS = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
SHEETS, CHECKS = {}, {}


@dataclass(frozen=True)
class Made:
    """A laid-out paper: what the file is called (never a child's name), and the document.

    A long one is kept and given out later: `unit` is the place that it is about, `files` are keys of the protected files of
    which it tells, `children` public ids of whom it names, where that has to be asked again before.
    """

    name: str
    document: object
    unit: object = None
    files: tuple = ()
    children: tuple = ()


def sheet(name):
    """Register a paper under a name."""

    def register(function):
        SHEETS[name] = function
        return function

    return register


def recheck(name):
    """Register what is asked before a kept paper is given out: `(officer, children, **parameters)`, which refuses."""

    def register(function):
        CHECKS[name] = function
        return function

    return register


def require_still(job, officer):
    """Refuse when the paper that a job kept may be given out no longer: its place and its protected files must be his still."""
    unit, files = Unit.objects.filter(pk=job.result.get("unit")).first(), set(job.result.get("files", []))
    if unit is None or not officer.can_in(Permission.CHILD_EXPORT, unit):
        raise Refusal(MOVED)
    if files and open_files(officer).filter(pk__in=files).count() < len(files):
        raise Refusal(MOVED)
    check = CHECKS.get(job.params["sheet"])
    if check:
        check(officer, job.result.get("children", []), **job.params["params"])


def render(name, ending, *, officer, **params):
    """(file name, bytes) of a paper."""
    made = SHEETS[name](officer, **params)
    return f"{made.name}.{ending}", _bytes(made, ending)


def _bytes(made, ending, progress=None):
    """The file. `progress(rows, of)` is told how far a PDF is."""
    more = {"progress": progress} if progress and ending == "pdf" else {}
    return RENDERERS[ending](made.document, **more)


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
    made = SHEETS[job.params["sheet"]](officer, **job.params["params"])
    data = _bytes(made, ending, told)
    with transaction.atomic():
        stored = store(name=f"{made.name}.{ending}", content_type=TYPES[ending], data=data, by=officer)
        url = reverse("sheet-file", args=[job.public_id])
        result = {"file": str(stored.public_id), "url": url, "label": "Tải văn bản"}
        if made.unit is not None:
            result["unit"] = made.unit.pk
        if made.files:
            result["files"] = sorted(made.files)
        if made.children:
            result["children"] = list(made.children)
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
