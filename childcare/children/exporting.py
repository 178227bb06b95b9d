"""A list of children as a workbook or CSV: at once when it is short, else as a job that shows its progress and can be stopped.

The file is written row by row, so that its length does not matter to the memory; it goes to its requester alone.
"""

import csv
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from childcare.accounts.models import Officer
from childcare.accounts.roles import Permission
from childcare.children import layout_files, layouts, listing, ministry, outputs, printing
from childcare.children.resources import BATCH, ChildResource, title
from childcare.documents.downloads import TYPES
from childcare.documents.files import store
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.calendar import now
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import safe_cell
from childcare.lib.vietnamese import number

KIND = "children.export"
MINISTRY = "bo"  # a workbook in the column order of the ministry's software
OWN = "mau"  # a workbook as the unit's own lists look
FORMS = {
    "xlsx": "Bảng tính Excel", "csv": "Tệp CSV", MINISTRY: "Tệp theo cột của phần mềm của Bộ", OWN: "Tệp theo mẫu của đơn vị",
}  # fmt: skip
BOOKS = (MINISTRY, OWN)
FEW, AT_ONCE, MOST = 50, 500, 200_000  # rows without a reason, without a job, at all
MOST_OWN = 20_000  # rows that the import takes in again
AT_A_TIME = 2  # exports of one officer (OP-05)
UNCHECKED = ("Thứ tự cột", "theo mẫu của hệ thống này; chưa đối chiếu với tệp thật của phần mềm của Bộ")
READING = "Đang ghi danh sách ra tệp"


def asked(query, *, officer):
    """(filters, children): what a query of the list page asks for, within the units where the officer may export."""
    return printing.asked(query, officer=officer, limit=MOST, verb="xuất")


def enqueue(query, *, form, by, key, reason="", columns=(), layout=""):
    """The job that exports a list; the same key is the same job. `columns` are names of ChildResource, none: all of them;
    `layout` the public id of the unit's own layout, for the form OWN.
    """
    key = f"{KIND}:{by.pk}:{key}"
    waiting = Job.objects.filter(kind=KIND, requested_by=by, state__in=[Job.State.WAITING, Job.State.RUNNING]).exclude(key=key)
    if waiting.count() >= AT_A_TIME:
        raise Refusal(f"Anh/chị đang có {AT_A_TIME} danh sách chưa xuất xong. Hãy chờ xong hoặc dừng bớt rồi xuất tiếp.")
    params = {"query": query, "form": form, "reason": reason[:200], "columns": list(columns), "layout": str(layout)}
    return jobs.enqueue(KIND, key=key, by=by, **params)


def run(job):
    """Write the list and keep it for its requester, who must still have the right. Run again it finds what it kept."""
    if job.result.get("file"):
        return job.result
    officer = Officer.objects.get(pk=job.requested_by_id)
    if not officer.can(Permission.CHILD_EXPORT):
        raise Refusal("Anh/chị không còn quyền xuất danh sách trẻ em.")
    jobs.progress(job, 0, 0, "Đang lọc danh sách")
    form, reason = job.params["form"], job.params.get("reason", "")
    with TemporaryDirectory(prefix="export-") as folder:
        path = file_in(folder, form)
        told = partial(jobs.progress, job)
        name, ids = write(
            path, QueryDict(job.params["query"]), officer=officer, reason=reason, columns=job.params["columns"], form=form,
            progress=told, layout=job.params.get("layout", ""),
        )  # fmt: skip
        jobs.progress(job, len(ids), len(ids), "Đang cất tệp")
        data = path.read_bytes()
    with transaction.atomic():
        log(ids, by=officer, form=form, reason=reason)
        stored = store(name=name, content_type=TYPES[path.suffix[1:]], data=data, by=officer)
        result = {
            "file": str(stored.public_id), "url": reverse("child-export-file", args=[job.public_id]), "label": "Tải tệp về",
            "units": printing.units_of(officer),
        }  # fmt: skip
        jobs.keep(job, result)
    return result


def file_in(folder, form):
    """Where a list of this form is written."""
    return Path(folder) / f"list.{'xlsx' if form in BOOKS else form}"


def write(path, query, *, officer, reason="", columns=(), form="", progress=None, layout=""):
    """(name of the file, public ids of the children): the list of a query written to `path` (.xlsx or .csv)."""
    filters, children = asked(query, officer=officer)
    if form == OWN:
        return _write_own(path, filters, children, officer=officer, reason=reason, progress=progress, layout=layout)
    total = children.order_by().count()
    resource, ids = ChildResource(officer=officer, on=filters.on), []
    heads, fields = _layout(resource, columns, form)
    rows = _rows(resource, listing.ordered(children, "name"), fields, ids, progress or (lambda *_: None), total)
    about = about_of(officer, filters, total, reason) + ([UNCHECKED] if form == MINISTRY and ministry.unchecked() else [])
    if path.suffix == ".csv":
        _csv(path, heads, rows)
    else:
        outputs.xlsx_into(path, heads, rows, about=about, constant_memory=True, in_memory=False, tmpdir=str(path.parent))
    unit = filters.place or officer.units_for(Permission.CHILD_EXPORT)[0]
    return f"{title(unit, filters.on)}{' theo cột phần mềm của Bộ' if form == MINISTRY else ''}{path.suffix}", ids


def _write_own(path, filters, children, *, officer, reason, progress, layout):
    unit = layouts.unit_of(filters, officer)
    chosen = layouts.find(unit, layout)
    total, ids = children.order_by().count(), []
    if total > MOST_OWN:
        raise Refusal(printing.TOO_MANY.format(number(MOST_OWN), "xuất"))
    about = [*about_of(officer, filters, total, reason), ("Mẫu", f"như tệp {chosen.file_name}")]
    layout_files.write(
        path, chosen.table, children, officer=officer, on=filters.on, about=about, ids=ids,
        progress=lambda done, of: progress and progress(done, of, READING),
    )  # fmt: skip
    return f"{title(filters.place or unit, filters.on)} theo mẫu của đơn vị.xlsx", ids


def _layout(resource, columns, form):
    """(headings, fields) of the file; in the ministry's a field may be missing (left empty) or the number of the row."""
    if form == MINISTRY:
        told = ministry.columns()
        return [column.heading for column in told], [resource.fields.get(column.field, column.field) for column in told]
    fields = [resource.fields[column] for column in columns if column in resource.fields] or list(resource.fields.values())
    return [field.column_name for field in fields], fields


def _rows(resource, children, fields, ids, progress, total):
    rows = resource.iter_queryset(children)
    while batch := list(islice(rows, BATCH)):
        for child in batch:
            ids.append(child.public_id)
            yield [_cell(resource, field, child, len(ids)) for field in fields]
        progress(len(ids), max(total, len(ids)), READING)


def _cell(resource, field, child, number):
    if isinstance(field, str):
        return str(number) if field == "number" else ""
    return resource.export_field(field, child)


def _csv(path, heads, rows):
    """CSV for Excel: UTF-8 with its mark, every cell text that is no formula."""
    with open(path, "w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL)
        writer.writerow(heads)
        for row in rows:
            writer.writerow([safe_cell(value) for value in row])


def about_of(officer, filters, rows, reason=""):
    """The second sheet: who took the list, when, why, with which filters."""
    tags = [tag["text"] for tag in filters.tags()]
    return [
        ("Người xuất", f"{officer.full_name} ({officer.username})"),
        ("Lúc", f"{now():%H:%M %d/%m/%Y}"),
        *([("Lý do", reason)] if reason else []),
        ("Số dòng", str(rows)),
        ("Điều kiện", "; ".join(tags) or "đang cư trú"),
        *([("Hạn chế xử lý", kept)] if (kept := printing.kept_back(filters, officer)) else []),
        ("Lưu ý", "Có thông tin cá nhân của trẻ em: LƯU HÀNH NỘI BỘ"),
    ]


def log(ids, *, by, form, reason=""):
    """Tell the log whom the officer took away, how and why."""
    why = f"; lý do: {reason}" if reason else ""
    outputs.log("child.exported", ids, by=by, note=f"{form}, {len(ids)} dòng{why}")
