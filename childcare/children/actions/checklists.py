"""A list to be checked goes out: its number, its holder, its rows; the files are laid out by a job."""

from django.db import transaction
from django.db.models import Max

from childcare.accounts.models import Officer
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import checklists
from childcare.children.actions.protection import commune_of
from childcare.children.models import CheckList, CheckListRow
from childcare.documents import downloads, files
from childcare.documents.pdf import render_pdf
from childcare.jobs import actions as jobs
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

KIND = "children.checklist"
NOBODY = "Địa bàn này không còn trẻ nào thiếu hoặc sai thông tin: không cần lập danh sách."
NO_RIGHT = "Anh/chị không còn quyền in danh sách trẻ em của địa bàn này."


@transaction.atomic
def send_out(*, by, unit, holder):
    """Register a list of the place for its holder, with the next number of the commune's year, and queue its files."""
    if not by.can_in(Permission.CHILD_EXPORT, unit):
        raise Refusal(NO_RIGHT)
    if not checklists.to_check(unit, by).exists():
        raise Refusal(NOBODY)
    commune, day = commune_of(unit), today()
    Unit.objects.select_for_update(no_key=True).get(pk=commune.pk)
    last = CheckList.objects.filter(commune=commune, year=day.year).aggregate(last=Max("number"))["last"] or 0
    row = CheckList.objects.create(
        unit=unit, commune=commune, year=day.year, number=last + 1, holder=holder, made_on=day, made_by=by
    )
    row.job = jobs.enqueue(KIND, key=f"{KIND}:{row.public_id}", by=by, list=row.pk)
    row.save(update_fields=["job"])
    return row


def run(job):
    """Lay out the workbook and the paper, once; the children are those of the moment."""
    row = CheckList.objects.select_related("unit", "commune", "commune__parent", "made_by").get(pk=job.params["list"])
    by = Officer.objects.get(pk=job.requested_by_id)
    if not by.can_in(Permission.CHILD_EXPORT, row.unit):
        raise Refusal(NO_RIGHT)
    if row.xlsx_id is None:
        places = checklists.by_hamlet(row.unit, by)
        total = sum(len(children) for _, children in places)
        jobs.progress(job, 0, total, "Đang lập danh sách")
        data, paper = checklists.workbook(row, places), render_pdf(checklists.document(row, places))
        _keep(row, by, places, data, paper)
        jobs.progress(job, total, total, "Đã lập danh sách")
    return {}


@transaction.atomic
def _keep(row, by, places, data, paper):
    name = f"Danh sách cần rà soát, bổ sung {row.unit.name} bản {row.number} ngày {show(row.made_on).replace('/', '-')}"
    row.xlsx = files.store(name=f"{name}.xlsx", content_type=downloads.XLSX, data=data, by=by)
    row.pdf = files.store(name=f"{name}.pdf", content_type=downloads.PDF, data=paper, by=by)
    row.save(update_fields=["xlsx", "pdf"])
    rows = [
        CheckListRow(list=row, child=child, hamlet=hamlet, defects=checklists.defects(child)[:200])
        for hamlet, children in places
        for child in children
    ]
    CheckListRow.objects.bulk_create(rows, batch_size=500)
    audit.record("checklist.made", by=by, subject=row, shown=[line.child.public_id for line in rows])
