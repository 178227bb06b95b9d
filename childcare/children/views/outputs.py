"""The list of children as a file: print, XLSX, CSV. Only with CHILD_EXPORT, with the filters of the page."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import listing, outputs, printing
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.resources import ChildResource, title
from childcare.documents.downloads import download, download_stored
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job
from childcare.lib.calendar import now


@require(Permission.CHILD_EXPORT)
def child_export(request, form):
    """The children of the filters as a file; sensitive groups only of files that are open to the officer."""
    if form not in ("xlsx", "csv"):
        raise Http404
    filters, children = printing.asked(request.GET, officer=request.user, limit=outputs.EXPORT_LIMIT, verb="xuất")
    dataset = ChildResource(officer=request.user, on=filters.on).export(listing.ordered(children, "name"))
    audit.record("child.exported", by=request.user, shown=dataset["Mã trẻ"], note=f"{form}, {len(dataset)} dòng")
    name = title(filters.place or request.user.units_for(Permission.CHILD_EXPORT)[0], filters.on)
    about = _about(request, filters, len(dataset))
    data = outputs.as_csv(dataset) if form == "csv" else outputs.as_xlsx(dataset, about=about)
    return download(data, name=f"{name}.{form}")


def _about(request, filters, rows):
    tags = [tag["text"] for tag in filters.tags()]
    return [
        ("Người xuất", f"{request.user.full_name} ({request.user.username})"),
        ("Lúc", f"{now():%H:%M %d/%m/%Y}"),
        ("Số dòng", str(rows)),
        ("Điều kiện", "; ".join(tags) or "đang cư trú"),
        ("Lưu ý", "Có thông tin cá nhân của trẻ em: LƯU HÀNH NỘI BỘ"),
    ]


@require(Permission.CHILD_EXPORT)
def child_print(request):
    """The children of the filters as a printed list: a short one at once, a long one as a job that the officer starts."""
    officer = request.user
    filters, children = printing.asked(request.GET, officer=officer, limit=outputs.EXPORT_LIMIT, verb="in")
    if request.method == "POST":
        key = uuid_or_blank(request.POST.get("once")) or uuid.uuid4()
        return redirect("job", printing.enqueue(filters.address()[1:], by=officer, key=key).public_id)
    number = children.order_by()[: outputs.EXPORT_LIMIT].count()
    if number > outputs.PRINT_LIMIT:
        context = {"number": number, "once": uuid.uuid4(), "query": filters.address()}
        return render(request, "children/print_long.html", context)
    name, data = printing.lay_out(request.GET, officer=officer)
    return download(data, name=name)


@require(Permission.CHILD_EXPORT)
def child_print_file(request, public_id):
    """The long list that a job of the officer laid out."""
    job = get_object_or_404(Job, public_id=public_id, kind=printing.KIND, requested_by=request.user, state=Job.State.DONE)
    stored = get_object_or_404(StoredFile, public_id=job.result.get("file"))
    audit.record("child.printed", by=request.user, note=f"tải lại tệp của việc {job.public_id}")
    return download_stored(stored)
