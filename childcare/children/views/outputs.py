"""The list of children as a file: print, XLSX, CSV. Only with CHILD_EXPORT, with the filters of the page."""

import uuid
from tempfile import TemporaryDirectory

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import exporting, layouts, outputs, printing
from childcare.children.forms.filters import uuid_or_blank
from childcare.documents.downloads import download, download_stored
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job
from childcare.lib.vietnamese import clean_text


@require(Permission.CHILD_EXPORT)
def child_export(request, form):
    """The children of the filters as a file: a few at once, more with a reason, many by a job that can be stopped.

    Sensitive groups stand in it only of files that are open to the officer.
    """
    if form not in exporting.FORMS:
        raise Http404
    filters, children = exporting.asked(request.GET, officer=request.user)
    number = children.order_by().count()
    reason = clean_text(request.POST.get("reason", ""))[:200]
    layout = uuid_or_blank(request.GET.get("mau"))
    if form == exporting.OWN:
        layouts.find(layouts.unit_of(filters, request.user), layout)
    if number > exporting.FEW and not reason:
        context = {
            "number": number, "form": form, "word": exporting.FORMS[form], "once": uuid.uuid4(), "query": filters.address(),
            "at_once": number <= exporting.AT_ONCE, "missing": request.method == "POST",
        }  # fmt: skip
        return render(request, "children/export_reason.html", context)
    if number > exporting.AT_ONCE:
        key = uuid_or_blank(request.POST.get("once")) or uuid.uuid4()
        job = exporting.enqueue(filters.address()[1:], form=form, by=request.user, key=key, reason=reason, layout=layout)
        return redirect("job", job.public_id)
    return _at_once(request, form, reason, layout)


def _at_once(request, form, reason, layout):
    with TemporaryDirectory(prefix="export-") as folder:
        path = exporting.file_in(folder, form)
        name, ids = exporting.write(path, request.GET, officer=request.user, reason=reason, form=form, layout=layout)
        exporting.log(ids, by=request.user, form=form, reason=reason)
        return download(path.read_bytes(), name=name)


@require(Permission.CHILD_EXPORT)
def child_export_file(request, public_id):
    """The long list that a job of the officer wrote."""
    return _made(request, public_id, exporting.KIND, "child.exported")


def _made(request, public_id, kind, action):
    """The file of a job: for its requester alone, while he may still take lists from the units it came from."""
    job = get_object_or_404(Job, public_id=public_id, kind=kind, requested_by=request.user, state=Job.State.DONE)
    stored = get_object_or_404(StoredFile, public_id=job.result.get("file"))
    if not printing.still_open(job, request.user):
        raise Http404
    audit.record(action, by=request.user, note=f"tải lại tệp của việc {job.public_id}")
    return download_stored(stored)


@require(Permission.CHILD_EXPORT)
def child_print(request):
    """The children of the filters as a printed list: a short one at once, a long one as a job that the officer starts."""
    officer = request.user
    filters, children = printing.to_print(request.GET, officer=officer)
    by_place = (request.POST or request.GET).get("chia") == "1"
    if request.method == "POST":
        key = uuid_or_blank(request.POST.get("once")) or uuid.uuid4()
        return redirect("job", printing.enqueue(filters.address()[1:], by=officer, key=key, by_place=by_place).public_id)
    number = children.order_by().count()
    if number > outputs.PRINT_AT_ONCE:
        context = {"number": number, "once": uuid.uuid4(), "query": filters.address(), "by_place": by_place}
        return render(request, "children/print_long.html", context)
    name, data = printing.lay_out(request.GET, officer=officer, by_place=by_place)
    return download(data, name=name)


@require(Permission.CHILD_EXPORT)
def child_print_file(request, public_id):
    """The long list that a job of the officer laid out."""
    return _made(request, public_id, printing.KIND, "child.printed")
