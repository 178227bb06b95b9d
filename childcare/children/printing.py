"""A list of children as a PDF: at once when it is short, as a job when it is long, with the rights of the moment it runs.

Six thousand children are three hundred pages: the job lays them out part by part, tells how far it is, and can be stopped;
no transaction is open meanwhile. Each copy bears a number under which the log names whom it shows.
"""

from functools import partial

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from childcare.accounts.models import Officer
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import listing, outputs
from childcare.children.forms.filters import ChildFilter
from childcare.children.resources import title
from childcare.documents.downloads import PDF
from childcare.documents.files import store
from childcare.documents.pdf import render_pdf
from childcare.jobs import actions as jobs
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

KIND = "children.print"
LAYING = "Đang lập các trang"
TOO_MANY = "Danh sách có hơn {} trẻ em, quá dài để {} một lần. Hãy lọc theo địa bàn hoặc nhóm rồi làm lại."


def asked(query, *, officer, limit, verb):
    """(filters, children within the units where the officer may export). Refused beyond the limit."""
    filters = ChildFilter(query, officer=officer)
    children = filters.children.exportable_by(officer)
    if children.order_by()[: limit + 1].count() > limit:
        raise Refusal(TOO_MANY.format(f"{limit:,}".replace(",", "."), verb))
    return filters, children


def kept_back(filters, officer):
    """What a list says of the children whom it leaves out; "" when there are none."""
    count = filters.children.kept_back(officer).order_by().count()
    return f"không đưa vào {count} trẻ đang hạn chế xử lý dữ liệu" if count else ""


def lay_out(query, *, officer, by_place=False):
    """(file name, bytes) of the list that a query of the list page asks for. The copy bears the number of its log entry."""
    filters, children = to_print(query, officer=officer)
    entry = audit.record("child.printed", by=officer, shown=ids_of(children))
    name, document = _document(filters, children, officer=officer, copy=entry.copy_number, by_place=by_place)
    return name, render_pdf(document)


def to_print(query, *, officer):
    """(filters, children) of a list to be printed. Refused when it is too long for paper."""
    return asked(query, officer=officer, limit=outputs.PRINT_MOST, verb="in")


def ids_of(children):
    """Public ids in the order of names."""
    return list(listing.ordered(children, "name").values_list("public_id", flat=True))


def _document(filters, children, *, officer, copy, by_place):
    unit = filters.place or officer.units_for(Permission.CHILD_EXPORT)[0]
    tags = [*(tag["text"] for tag in filters.tags()), *filter(None, [kept_back(filters, officer)])]
    document = outputs.printed(
        unit=unit, officer=officer, children=children, on=filters.on, tags=tags, copy=copy, by_place=by_place
    )
    return f"{title(unit, filters.on)}.pdf", document


def enqueue(query, *, by, key, by_place=False):
    """The job that lays out a long list; the same key is the same job."""
    return jobs.enqueue(KIND, key=f"{KIND}:{by.pk}:{key}", by=by, query=query, by_place=by_place)


def run(job):
    """Lay the list out and keep it for its requester, who must still have the right. Run again it finds what it kept."""
    if job.result.get("file"):
        return job.result
    officer = Officer.objects.get(pk=job.requested_by_id)
    if not officer.can(Permission.CHILD_EXPORT):
        raise Refusal("Anh/chị không còn quyền in danh sách trẻ em.")
    jobs.progress(job, 0, 0, "Đang lập danh sách")
    filters, children = to_print(QueryDict(job.params["query"]), officer=officer)
    ids, copy = ids_of(children), f"V-{job.public_id.hex[:8].upper()}"
    name, document = _document(filters, children, officer=officer, copy=copy, by_place=job.params.get("by_place", False))
    data = render_pdf(document, partial(jobs.progress, job, message=LAYING))
    with transaction.atomic():
        jobs.go_on(job)  # stopped meanwhile: neither file nor entry
        outputs.log("child.printed", ids, by=officer, note=f"bản in số {copy}, {len(ids)} dòng")
        stored = store(name=name, content_type=PDF, data=data, by=officer)
        url = reverse("child-print-file", args=[job.public_id])
        result = {"file": str(stored.public_id), "url": url, "label": "Tải danh sách", "units": units_of(officer)}
        jobs.keep(job, result)
    return result


def units_of(officer):
    """Keys of the units where the officer may export, kept with what he took from them."""
    return [unit.pk for unit in officer.units_for(Permission.CHILD_EXPORT)]


def still_open(job, officer):
    """True while the officer may export from every unit from which the file of the job was taken."""
    units = Unit.objects.filter(pk__in=job.result.get("units", []))
    return all(officer.can_in(Permission.CHILD_EXPORT, unit) for unit in units)
