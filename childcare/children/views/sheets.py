"""How a paper of the registry is handed over: a short one as a download, a long one by a job that the officer starts."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import sheets
from childcare.children.forms.filters import uuid_or_blank
from childcare.documents.downloads import download, download_stored
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job


def deliver(request, name, ending, *, number, back, **params):
    """The paper as a download; one of more than AT_ONCE rows is asked for with a page and laid out by a job."""
    if number <= sheets.AT_ONCE:
        file, data = sheets.render(name, ending, officer=request.user, **params)
        return download(data, name=file)
    if request.method == "POST":
        key = uuid_or_blank(request.POST.get("once")) or uuid.uuid4()
        return redirect("job", sheets.enqueue(name, ending, by=request.user, key=key, **params).public_id)
    context = {"number": number, "once": uuid.uuid4(), "back": back}
    return render(request, "children/sheet_long.html", context)


@require(Permission.CHILD_EXPORT, Permission.CHILD_VIEW)
def sheet_file(request, public_id):
    """The long paper that a job of the officer laid out."""
    job = get_object_or_404(Job, public_id=public_id, kind=sheets.KIND, requested_by=request.user, state=Job.State.DONE)
    stored = get_object_or_404(StoredFile, public_id=job.result.get("file"))
    sheets.require_still(job, request.user)
    audit.record("sheet.downloaded", by=request.user, note=f"việc {job.public_id}")
    return download_stored(stored)
